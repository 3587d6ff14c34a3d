"""The reader's language, for facts that carry both languages with them (clocks, steps, places, refusals)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from nuanxin.law.basis import in_english


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
    if english():
        return f"{in_english(instrument)} art. {', '.join(articles)}"
    return f"《{instrument}》" + "、".join(_numbered(article) for article in articles)


def cited(provisions: Iterable[tuple[str, str]]) -> str:
    """Provisions as instrument and article, each instrument named once. One without a name of ours stands as it is."""
    named: dict[str, list[str]] = {}
    for instrument, article in provisions:
        numbers = named.setdefault(instrument, [])
        if article and article not in numbers:
            numbers.append(article)
    return said("；", "; ").join(_cited(instrument, numbers) for instrument, numbers in named.items())


def _cited(instrument: str, numbers: list[str]) -> str:
    try:
        return cited_as(instrument, *numbers) if numbers else _titled(instrument)
    except KeyError:
        return instrument


def _titled(instrument: str) -> str:
    return in_english(instrument) if english() else f"《{instrument}》"


def _numbered(article: str) -> str:
    number, bracket, rest = article.partition("(")
    return f"第{number}条" + (f"（{rest.rstrip(')')}）" if bracket else "")
