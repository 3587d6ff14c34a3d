"""The reader's language, for facts that carry both languages with them (clocks, steps, places, refusals)."""

from __future__ import annotations

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


def _numbered(article: str) -> str:
    number, bracket, rest = article.partition("(")
    return f"第{number}条" + (f"（{rest.rstrip(')')}）" if bracket else "")
