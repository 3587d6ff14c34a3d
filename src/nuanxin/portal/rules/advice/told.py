"""Reading what was told: days as far as they are known, what is owed, who called. A thing not known stays None."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from nuanxin.portal.rules.body import RELATIONS
from nuanxin.portal.rules.route import Answers, answer

_WHOLE = len("2026-03-31")


def value(answers: Answers, key: str) -> Any:
    """The answer to a question with one field, which has the name of the question; None where it was left out."""
    return answer(answers, key, key) or None


def items(answers: Answers) -> tuple[str, ...]:
    """What is not paid."""
    return tuple(value(answers, "items") or ())


def whole_day(text: str | None) -> str | None:
    """A day known to the day; None for a month, a year or nothing."""
    return text if text and len(text) == _WHOLE else None


def bounds(text: str, today: date) -> tuple[date, date]:
    """The first and the last day that a year, a month or a day can mean; none later than today."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    year, first_month, last_month = parts[0], *(parts[1:2] or [1]), *(parts[1:2] or [12])
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return date(year, first_month, 1), min(last, today)


def still_employed(answers: Answers) -> bool | None:
    """Whether the work goes on."""
    return {"yes": True, "no": False}.get(value(answers, "still"))


def ended(answers: Answers) -> str | None:
    """The last day as far as it is known, for work that is over."""
    return value(answers, "ended") if still_employed(answers) is False else None


def relation(answers: Answers) -> str:
    """What kind of work it was, as the engine calls it: only who called to it is known."""
    return RELATIONS.get(value(answers, "caller") or "", "unknown")


def has_iou(answers: Answers) -> bool:
    """Whether the sum was put in writing."""
    return bool(value(answers, "pay") == "sum" or value(answers, "iou") == "yes")


def monthly_wage(answers: Answers) -> str | None:
    """The ordinary wage of a month."""
    by_month = value(answers, "pay") == "month"
    wage: str | None = (by_month and value(answers, "rate_month")) or value(answers, "wage")
    return wage


EVENTS = ("demand", "complaint", "mediation", "suit", "promise")


def events(answers: Answers) -> list[dict[str, str]]:
    """What happened since, each with its days."""
    told = value(answers, "since") or ()
    return [
        {"kind": kind, "on": on}
        for kind in EVENTS
        if kind in told
        for on in answers.get(f"on_{kind}", {}).values()
        if on
    ]


def number(text: str) -> int | float:
    """A count as a JSON number."""
    found = float(text)
    return int(found) if found.is_integer() else found
