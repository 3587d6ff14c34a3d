"""Articles of law as one cites them, in the language of the page."""

from __future__ import annotations

from nuanxin.law.basis import in_english


def cited_as(language: str, instrument: str, *articles: str) -> str:
    """《法律援助法》第42条（3）、第43条 / Legal Aid Law art. 42(3), 43; without a number, the whole instrument."""
    numbers = [article for article in articles if article[:1].isdigit()]
    if language.startswith("en"):
        return " art. ".join(part for part in (_english(instrument), ", ".join(numbers)) if part)
    return f"《{instrument}》" + "、".join(_numbered(article) for article in numbers)


def _english(instrument: str) -> str:
    """Local tables of figures have no English name."""
    try:
        return in_english(instrument)
    except KeyError:
        return "the figure published there"


def _numbered(article: str) -> str:
    number, bracket, rest = article.partition("(")
    return f"第{number}条" + (f"（{rest.rstrip(')')}）" if bracket else "")
