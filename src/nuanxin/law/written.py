"""Answers as JSON. What is the same in many answers is written once."""

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
        self.text = _encode(part).encode()


def written(body: Mapping[str, Any]) -> bytes:
    """A body as compact JSON in UTF-8, the same as any encoder would give.

    Raises :class:`UnicodeEncodeError` for half a character.
    """
    return b"{" + b",".join([_member(key, value) for key, value in body.items()]) + b"}"


def _member(key: str, value: Any) -> bytes:
    """Fixed parts stand directly in the body's own lists; whatever lies deeper is written as it is."""
    if type(value) is list and value and type(value[-1]) is Fixed:
        parts = [one.text if type(one) is Fixed else _encode(one).encode() for one in value]
        return b'"%b":[%b]' % (key.encode(), b",".join(parts))
    return f"{_encode(key)}:{_encode(value)}".encode()
