"""What each page of advice asks, in which order. Questions are shared, so that nothing is asked twice.

Only what the chosen heads need is asked. A question left out is kept as an empty answer: it was met.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nuanxin.portal.rules.advice.told import EVENTS, has_iou, items, relation, value
from nuanxin.portal.rules.route import Answers, Table

When = Callable[[Answers], bool]


def _always(_: Answers) -> bool:
    return True


def _any(*heads: str) -> When:
    return lambda answers: not set(heads).isdisjoint(items(answers))


def _said(key: str, *values: str) -> When:
    return lambda answers: value(answers, key) in values


def _paid_by(*bases: str) -> When:
    return lambda answers: "wages" in items(answers) and value(answers, "pay") in bases


def _dates_tell(answers: Answers) -> bool:
    """A month's wage is counted from day to day; a day's wage only where nobody knows how many days."""
    basis = value(answers, "pay")
    by_day = basis == "day" and "days" in answers and value(answers, "days") is None
    return "wages" in items(answers) and (basis == "month" or by_day)


def _wage_is_missing(answers: Answers) -> bool:
    needed = _any("overtime", "double_wage", "annual_leave", "work_injury")(answers)
    return needed and not (_paid_by("month")(answers) and value(answers, "rate_month"))


def _may_be_civil(answers: Answers) -> bool:
    """A day of payment matters for an IOU and wherever it may be no employment."""
    pay = not {"wages", "overtime"}.isdisjoint(items(answers))
    return pay and (has_iou(answers) or relation(answers) != "employment")


def _no_day_was_agreed(answers: Answers) -> bool:
    """Then the first demand counts instead, unless it is known from what happened since."""
    unknown = "due" in answers and value(answers, "due") is None
    return _may_be_civil(answers) and unknown and "on_demand" not in answers


def _left(answers: Answers) -> bool:
    return "severance" in items(answers) and value(answers, "still") == "no"


def _grade_known(answers: Answers) -> bool:
    return "work_injury" in items(answers) and value(answers, "grade") is not None


_OVER: When = _said("still", "no")
OWED: Table = {
    "items": _always,
    "caller": _always,
    "where": _always,
    "pay": _any("wages"),
    "rate_month": _paid_by("month"),
    "rate_day": _paid_by("day"),
    "rate_hour": _paid_by("hour"),
    "rate_piece": _paid_by("piece"),
    "rate_sum": _paid_by("sum"),
    "days": _paid_by("day"),
    "hours": _paid_by("hour"),
    "units": _paid_by("piece"),
    "unpaid": _dates_tell,
    "paid": _paid_by("month", "day", "hour", "piece", "sum"),
    "wage": _wage_is_missing,
    "overtime": _any("overtime"),
    "overtime_paid": _any("overtime"),
    "signed": _any("double_wage"),
    "signed_on": lambda answers: _any("double_wage")(answers) and value(answers, "signed") == "yes",
    "began": _any("double_wage", "severance", "annual_leave"),
    "still": _always,
    "ended": _OVER,
    "reason": _left,
    "average": _any("severance"),
    "notice": lambda answers: _left(answers) and value(answers, "reason") == "employer_no_fault",
    "last_wage": lambda answers: (
        _left(answers)
        and value(answers, "reason") == "employer_no_fault"
        and value(answers, "notice") != "yes"
    ),
    "leave": _any("annual_leave"),
    "leave_used": _any("annual_leave"),
    "full_year": _any("annual_leave"),
    "grade": _any("work_injury"),
    "local": _grade_known,
    "due": _may_be_civil,
    "demanded": _no_day_was_agreed,
}


def _happened(kind: str) -> When:
    return lambda answers: kind in (value(answers, "since") or ())


HOW_LONG: Table = {
    "items": _always,
    "caller": _always,
    # whoever said that they are paid by an IOU is not asked again
    "iou": lambda answers: "wages" in items(answers) and value(answers, "pay") is None,
    "due": _may_be_civil,
    "signed": _any("double_wage"),
    "signed_on": lambda answers: _any("double_wage")(answers) and value(answers, "signed") == "yes",
    "began": _any("double_wage"),
    "hurt": _any("work_injury"),
    "still": _always,
    "ended": _OVER,
    "since": _always,
    **{f"on_{kind}": _happened(kind) for kind in EVENTS},
}


def _site(answers: Answers) -> bool:
    return bool(value(answers, "site") == "yes")


def _on_a_site(key: str, *values: str) -> When:
    return lambda answers: _site(answers) and value(answers, key) in values


def _licence_matters(answers: Answers) -> bool:
    caller = value(answers, "caller")
    if caller == "contractor":
        return value(answers, "above") in {"sub", "firm"}
    return (caller == "company" and not (_site(answers) and value(answers, "main") == "main")) or (
        caller == "platform" and value(answers, "station") == "station"
    )


def _owner_known(answers: Answers) -> bool:
    return _site(answers) and value(answers, "owner") is not None


WHO_PAYS: Table = {
    "caller": _always,
    "site": _said("caller", "contractor", "company"),
    "above": _said("caller", "contractor"),
    "lent": _on_a_site("caller", "contractor"),
    "main": _on_a_site("caller", "company"),
    "licence": _licence_matters,
    "sender": _said("caller", "agency"),
    "station": _said("caller", "platform"),
    "board": lambda answers: (
        _site(answers) and value(answers, "above") != "builder" and value(answers, "main") != "main"
    ),
    "owner": _site,
    "owner_paid": _owner_known,
    "permit": _owner_known,
    "began": _always,
    "still": _always,
    "ended": _OVER,
}

DOORS: Mapping[str, Table] = {"owed": OWED, "how-long": HOW_LONG, "who-pays": WHO_PAYS}


def _asked_somewhere(key: str) -> When:
    tables = [table[key] for table in DOORS.values() if key in table]
    return lambda answers: any(when(answers) for when in tables)


# Every question of all three: what counts for one page counts for the others and for the application.
ALL: Table = {key: _asked_somewhere(key) for table in DOORS.values() for key in table}
