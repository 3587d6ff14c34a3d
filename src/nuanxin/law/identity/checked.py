"""What a check of an identifier found."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_SEPARATORS = str.maketrans("", "", " -\t·.‐‑‒–—−()\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class Checked:
    """``valid``: fit to be used. ``normalised``: its one form, empty where invalid. ``warnings``: stable codes.

    A warning never makes a number wrong; it says what a person should look at.
    """

    valid: bool
    normalised: str
    warnings: tuple[str, ...] = ()


INVALID = Checked(False, "")


def invalid(*warnings: str) -> Checked:
    """A wrong identifier, with what is wrong about it."""
    return Checked(False, "", warnings)


def compact(value: str) -> str:
    """Full-width characters to plain ones, separators away, letters upper case."""
    return unicodedata.normalize("NFKC", value).translate(_SEPARATORS).strip().upper()
