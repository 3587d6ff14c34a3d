"""Answers as JSON. What is the same in many answers is written once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# answers are trees, so nothing has to be remembered to find a ring
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Fixed(dict[str, Any]):
    """A part of answers that never changes, with its text. To everybody else it is a dict; nobody may change it."""

    __slots__ = ("text",)

    def __init__(self, part: Mapping[str, Any]) -> None:
        super().__init__(part)
        self.text = _encode(part).encode()


def written(body: Mapping[str, Any]) -> bytes:
    """A body as compact JSON in UTF-8, the same as any encoder would give.

    Fixed parts stand directly in the body's own lists. Raises :class:`UnicodeEncodeError` for half a character.
    """
    pieces: list[bytes] = []
    others: dict[str, Any] = {}
    for key, value in body.items():
        if type(value) is list and value and type(value[-1]) is Fixed:
            pieces += _members(others)
            others = {}
            parts = [one.text if type(one) is Fixed else _encode(one).encode() for one in value]
            pieces.append(b'"%b":[%b]' % (key.encode(), b",".join(parts)))
        else:
            others[key] = value
    return b"{" + b",".join(pieces + _members(others)) + b"}"


def _members(part: dict[str, Any]) -> list[bytes]:
    """What stands between the braces of an object, where there is anything."""
    return [_encode(part)[1:-1].encode()] if part else []
