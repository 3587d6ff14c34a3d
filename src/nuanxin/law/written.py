"""Answers as JSON text. What is the same in many answers is written once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Fixed(dict[str, Any]):
    """A part of answers that never changes, with its text. To everybody else it is a dict; nobody may change it."""

    __slots__ = ("text",)

    def __init__(self, part: Mapping[str, Any]) -> None:
        super().__init__(part)
        self.text = _encode(part)


def written(body: Mapping[str, Any]) -> str:
    """A body as compact JSON, in characters of every script; the same text as any encoder would give."""
    return "{" + ",".join([f"{_encode(key)}:{_value(value)}" for key, value in body.items()]) + "}"


def _value(value: Any) -> str:
    """Fixed parts stand directly in the body's own lists; whatever lies deeper is written as it is."""
    if type(value) is list and any(type(one) is Fixed for one in value):
        return "[" + ",".join([one.text if type(one) is Fixed else _encode(one) for one in value]) + "]"
    return _encode(value)
