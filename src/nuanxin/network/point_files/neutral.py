"""Texts that a spreadsheet would take for formulas, made plain when they leave and read back when they return."""

from __future__ import annotations

import re

_SIGNS = "=@\t\r+-"
_NUMBER = re.compile(r"[+-]?[0-9 ().-]*")


def neutral(text: str) -> str:
    """The text with a quote in front where it would be computed; numbers and telephone numbers stay."""
    if text[:1] and text[0] in _SIGNS and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def plain(text: str) -> str:
    """The text as it was before ``neutral``."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _SIGNS else text
