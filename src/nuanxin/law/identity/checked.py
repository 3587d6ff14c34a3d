"""What a check of an identifier found."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# What people put between the signs, and the invisible marks that come along when a number is copied on a telephone.
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_SEPARATORS = str.maketrans("", "", f" -\t·.‐‑‒–—−(){_INVISIBLE}")


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
