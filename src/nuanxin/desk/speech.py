"""The reader's language, for facts that carry both languages with them (clocks, steps, places, refusals)."""

from __future__ import annotations

from django.utils.translation import get_language


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def said(zh: str, en: str) -> str:
    """One of two sentences."""
    return en if english() else zh


def between() -> str:
    """What stands between the words of a list."""
    return ", " if english() else "、"
