"""Which questions of the application a worker is asked, in which order, from what was answered so far. Pure.

What is no longer asked is hidden, not erased: whoever changes their mind twice finds their words again.
The pages of advice have tables of their own and go the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Answers = Mapping[str, Mapping[str, Any]]
Table = Mapping[str, Callable[[Answers], bool]]

FIRST = "who"
CHECK = "check"  # not a question: the page that shows all answers
TOLD = "told"  # not a question either: what the pages of advice handed over


def answer(answers: Answers, question: str, field: str) -> Any:
    """One answered value; None where the question was not answered."""
    return answers.get(question, {}).get(field)


def for_other(answers: Answers) -> bool:
    """Somebody files for a worker, or for several."""
    return answer(answers, "who", "who") in {"other", "others"}


def for_group(answers: Answers) -> bool:
    """One files for several, as one of them or for them."""
    return answer(answers, "who", "who") in {"group", "others"}


def _always(_: Answers) -> bool:
    return True


def _has_ended(answers: Answers) -> bool:
    return bool(answer(answers, "still", "still") == "no")


# Question -> whether it is asked. The order of this table is the order of the pages.
ASKED: Table = {
    "who": _always,
    "helper": for_other,
    "group": for_group,
    "items": _always,
    "caller": _always,
    "firms": _always,
    "where": _always,
    "began": _always,
    "still": _always,
    "ended": _has_ended,
    "amount": _always,
    "papers": _always,
    "you": _always,
    "identity": _always,
    "needs": _always,
    "contact": _always,
    "story": _always,
}


def asked(answers: Answers, table: Table = ASKED) -> list[str]:
    """The questions for this worker, in order."""
    return [key for key, when in table.items() if when(answers)]


def relevant(answers: Answers, table: Table = ASKED) -> dict[str, Mapping[str, Any]]:
    """The answers that count now: those to questions still asked, and what was handed over."""
    return {key: answers[key] for key in (*asked(answers, table), TOLD) if key in answers}


def first_open(answers: Answers, table: Table = ASKED) -> str:
    """The first question without an answer; CHECK when there is none."""
    return next((key for key in asked(answers, table) if key not in answers), CHECK)


def after(answers: Answers, question: str, table: Table = ASKED) -> str:
    """Where to go from a question just answered.

    Straight on, the first time through; back to the check page for somebody who came from there, unless their
    change brought up a new question.
    """
    if first_open(answers, table) == CHECK:
        return CHECK
    order = asked(answers, table)
    later = order[order.index(question) + 1 :] if question in order else order
    return next((key for key in later if key not in answers), first_open(answers, table))


def before(answers: Answers, question: str, table: Table = ASKED) -> str:
    """The question before this one; empty before the first; the check page once all is answered."""
    if first_open(answers, table) == CHECK:
        return CHECK
    order = asked(answers, table)
    place = order.index(question) if question in order else 0
    return order[place - 1] if place else ""
