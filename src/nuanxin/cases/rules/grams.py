"""Pieces of names for searching by a part: one and two characters of a person's name, two of a firm's."""

from __future__ import annotations

import unicodedata


def _letters(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum())


def _pairs(letters: str) -> set[str]:
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def person_grams(name: str) -> set[str]:
    """Every character and every pair of neighbours: a surname alone finds its people."""
    letters = _letters(name)
    return set(letters) | _pairs(letters)


def firm_grams(name: str) -> set[str]:
    """Every pair of neighbours; one character of a firm's name finds too much to be of use."""
    return _pairs(_letters(name))


def query_grams(typed: str) -> list[str]:
    """What a typed part of a name must have: all its pairs, or its only character."""
    letters = _letters(typed)
    return sorted(_pairs(letters)) if len(letters) > 1 else list(letters)


def contains(name: str, typed: str) -> bool:
    """Whether the name really has the typed part: pairs alone may come from different places."""
    return _letters(typed) in _letters(name)
