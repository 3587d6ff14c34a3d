"""Reading a JSON text so that it can mean one thing only: no NaN, no key twice in one object, any length of number.

A key that stands twice is refused with its pointer: which of two wages or days was meant is not ours to guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from nuanxin.law.question import pointer

_MOST_DIGITS = 4_000  # Python refuses to read whole numbers of more than 4,300
_INFINITY: Final = float("inf")


class NotJson(ValueError):
    """The text is no JSON; the message says where."""


class KeyTwice(ValueError):
    """A key stands twice in one object. ``paths``: the pointer of each such key; ``value``: all the rest as read."""

    def __init__(self, paths: list[str], value: Any) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths
        self.value = value


class _Twice(Exception):
    """A key stands twice somewhere; said before anybody knows where."""


class _Pairs(list[tuple[str, Any]]):
    """An object as it was written, with every key."""


def read(text: str) -> Any:
    """The value of a JSON text, a byte order mark passed over.

    Raises :class:`NotJson`, and :class:`KeyTwice` with every place. A whole number of thousands of digits is read as
    infinity, which no question takes.
    """
    text = text.removeprefix("\ufeff")
    try:
        return _read(text)
    except json.JSONDecodeError as fault:
        raise NotJson(str(fault)) from None
    except RecursionError:
        raise NotJson("nested too deeply") from None


def _read(text: str) -> Any:
    try:
        try:
            return _READ(text)
        except (NotJson, json.JSONDecodeError):
            raise
        except ValueError:  # too many digits
            return _LONG_NUMBERS(text)
    except _Twice:
        written = _AS_WRITTEN(text)
        raise KeyTwice(list(dict.fromkeys(_doubles(written, ""))), _plain(written)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise _Twice
    return whole


def _refuse(name: str) -> None:
    raise NotJson(f"{name} is not JSON")


def _whole(digits: str) -> int | float:
    if len(digits) <= _MOST_DIGITS:
        return int(digits)
    return -_INFINITY if digits.startswith("-") else _INFINITY


def _doubles(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, inner in value:
            if key in seen:
                yield pointer(path, key)
            seen.add(key)
            yield from _doubles(inner, pointer(path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _doubles(inner, f"{path}/{place}")


def _plain(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {key: _plain(inner) for key, inner in value}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


_READ = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse).decode
_LONG_NUMBERS = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse, parse_int=_whole).decode
_AS_WRITTEN = json.JSONDecoder(object_pairs_hook=_Pairs, parse_constant=_refuse, parse_int=_whole).decode
