"""A public answer as a page shows it: one language, a title, paragraphs, and whether the law may have moved on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nuanxin.hotline.models import PublicAnswer
from nuanxin.hotline.rules.answers import look_again
from nuanxin.hotline.wording import TOPICS
from nuanxin.network.queries import six_digits
from nuanxin.ui.parts import Text

TITLE = 40  # signs of a title
_ARTICLE = re.compile(r"《[^》]{2,40}》(?:第[零〇一二三四五六七八九十百\d]+条(?:之[一二三])?(?:、(?=第))?)*")
_ARTICLE_EN = re.compile(
    r"(?:[A-Z][\w’'-]+(?: (?:of|on|and|for|the|[A-Z][\w’'-]+))* (?:Law|Regulations?|Code|Interpretation)),? arts?\. ?[\d(), and-]*\d\)?"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer in the language of the page; ``language`` is that of the text, which may be Chinese alone."""

    number: int
    topic: Text
    topic_key: str
    title: str
    question: str
    answer: str
    language: str
    law_on: date
    articles: tuple[str, ...]
    moved: bool = False  # its law has changed since, or nobody has looked for a year


def moved(row: PublicAnswer, today: date) -> bool:
    """Whether a reader is told not to rely on it before it was read once more."""
    return look_again(row.topic, place=six_digits(row.region), law_on=row.law_on, today=today) is not None


def shown(row: PublicAnswer, language: str, today: date | None = None) -> Shown:
    """The answer in the language of the page where it has that, else in Chinese. ``today``: where the page says
    whether its law may have moved."""
    english = language == "en" and bool(row.answer_en)
    question, answer = (row.question_en, row.answer_en) if english else (row.question_zh, row.answer_zh)
    return Shown(
        row.number or 0, TOPICS.get(row.topic, TOPICS["other"]), row.topic, title_of(question, english=english), question,
        answer, "en" if english else "zh-Hans", row.law_on, cited(answer),
        today is not None and moved(row, today),
    )  # fmt: skip


def title_of(question: str, *, english: bool = False) -> str:
    """The first sentence of a question, cut to a title."""
    first = re.split(r"(?<=[。？！?!])|\n", question.strip(), maxsplit=1)[0].strip()
    most = 3 * TITLE if english else TITLE
    if len(first) <= most:
        return first
    cut = first[: most - 1]
    return f"{(cut.rpartition(' ')[0] if english else cut) or cut}…"


def cited(answer: str) -> tuple[str, ...]:
    """The laws and articles that a text names, each once, in their order."""
    found = [m[0].strip("、 ,") for pattern in (_ARTICLE, _ARTICLE_EN) for m in pattern.finditer(answer)]
    return tuple(dict.fromkeys(found))[:12]
