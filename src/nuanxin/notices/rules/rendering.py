"""Filling a message's text, and how many SMS segments it takes."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
# GSM 03.38 basic set as far as our English texts use it; anything beyond makes the message UCS-2.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


class BadText(ValueError):
    """A message text that cannot be used; the sentence says why."""


def variables(text: str) -> frozenset[str]:
    """The names of the places in a text."""
    return frozenset(_PLACE.findall(text))


def check_text(text: str, allowed: frozenset[str]) -> None:
    """Raises BadText for a place that the message cannot fill, or a brace or bracket that is not closed."""
    unknown = variables(text) - allowed
    if unknown:
        raise BadText(f"unknown place: {', '.join(sorted(unknown))}; allowed: {', '.join(sorted(allowed))}")
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        raise BadText("a { or } that is no place such as {number}")
    rest = _OPTIONAL.sub("", rest)
    if "[" in rest or "]" in rest:
        raise BadText("a [ or ] that is not closed, or one inside another")


def render(text: str, values: Mapping[str, str]) -> str:
    """Fill the places. ``[a part in brackets]`` is left out when one of its places is empty.

    Values are put in as they are and never read as text with places. Raises BadText for a missing value.
    """
    missing = variables(text) - values.keys()
    if missing:
        raise BadText(f"no value for {', '.join(sorted(missing))}")
    pieces: list[str] = []
    end = 0
    for match in _OPTIONAL.finditer(text):
        pieces.append(_fill(text[end : match.start()], values))
        if all(values[name] for name in variables(match[1])):
            pieces.append(_fill(match[1], values))
        end = match.end()
    pieces.append(_fill(text[end:], values))
    return "".join(pieces)


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: values[match[1]], text)


def segments(text: str) -> int:
    """How many SMS a text is charged as: 70 characters (67 when several) in Chinese, 160 (153) in plain Latin."""
    if all(character in _GSM for character in text):
        single, part, length = 160, 153, len(text)
    else:
        single, part, length = 70, 67, len(text.encode("utf-16-le")) // 2
    return 1 if length <= single else -(-length // part)
