"""The reader's language, for facts that carry both languages with them (clocks, steps, places, refusals)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from nuanxin.ui import citing


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def said(zh: str, en: str) -> str:
    """One of two sentences."""
    return en if english() else zh


def between() -> str:
    """What stands between the words of a list."""
    return ", " if english() else "、"


def cited_as(instrument: str, *articles: str) -> str:
    """Articles of law as one cites them: 《法律援助法》第42条（3）、第43条 / Legal Aid Law art. 42(3), 43."""
    return citing.cited_as("en" if english() else "zh", instrument, *articles)


def cited(provisions: Iterable[tuple[str, str]]) -> str:
    """Provisions as instrument and article, each instrument named once."""
    named: dict[str, list[str]] = {}
    for instrument, article in provisions:
        numbers = named.setdefault(instrument, [])
        if article and article not in numbers:
            numbers.append(article)
    return said("；", "; ").join(cited_as(instrument, *numbers) for instrument, numbers in named.items())
