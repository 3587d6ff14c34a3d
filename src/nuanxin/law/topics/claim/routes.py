"""Where the worker can go with a claim, and what runs there: six routes, each open or not, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.limitation import Limitation
from nuanxin.law.limitation.inspection import two_years
from nuanxin.law.limitation.running import runs_on
from nuanxin.law.periods import due
from nuanxin.law.periods.counting import roll
from nuanxin.law.question import Values
from nuanxin.law.topic import Body
from nuanxin.law.topics.claim import outcomes
from nuanxin.law.topics.claim.time_limits import clock, clock_of, earliest

# what inspection looks after and orders to be paid (监察条例 art. 11, 26)
SUPERVISED = frozenset({
    "wages", "overtime", "minimum_wage", "deduction", "severance", "annual_leave", "extra_compensation",
})  # fmt: skip


@dataclass(slots=True)
class Way:
    """What the routes turn on. ``breach_ended_on``: as told, or the last day of unpaid work, where it is known.

    ``acknowledged``: the sum was put in writing (an IOU or settlement). ``crime``: the answer of that topic.
    ``units``: whether a licensed unit is among the parties.
    """

    shared: Values
    relation: str | None
    kinds: Collection[str]
    acknowledged: bool
    labour: Sequence[Limitation]
    civil: Sequence[Limitation]
    breach_ended_on: date | None
    crime: Body | None
    units: bool


def routes(way: Way) -> list[dict[str, Any]]:
    """All six, in the order in which they are thought of first."""
    return [
        _inspection(way),
        outcomes.MEDIATE_CIVIL if way.relation == "service" else outcomes.MEDIATE_LABOUR,
        _arbitration(way),
        _payment_order(way),
        _court(way),
        _criminal_report(way.crime),
    ]


def _inspection(way: Way) -> dict[str, Any]:
    """Wages, the top-up and severance; within two years; not beside an arbitration or a suit."""
    if way.relation == "service" and not way.units:
        return outcomes.NO_UNIT
    if way.kinds and SUPERVISED.isdisjoint(way.kinds):
        return outcomes.NOT_SUPERVISED
    if way.shared.get("filed_on") is not None:
        return outcomes.ALREADY_FILED
    ended, today = way.breach_ended_on, way.shared["as_of"]
    if ended is None or ended > today:
        return outcomes.COMPLAIN_SOME_TIME
    strict = two_years(ended)
    try:
        open_ = runs_on(today, strict)
    except CalendarMissing:
        return outcomes.COMPLAIN_SOME_TIME
    runs = clock_of("limitation.inspection_complaint", ended, strict, roll(strict)[0])
    if not open_:
        return {**outcomes.TWO_YEARS_OVER, "clock": runs}
    return outcomes.route(
        "inspection", True, join(outcomes.COMPLAIN, _by(strict)), outcomes.IN_TWO_YEARS, runs
    )


def _arbitration(way: Way) -> dict[str, Any]:
    """Not for a service contract. Once filed, the time to accept runs; before that, the earliest limitation."""
    if way.relation == "service":
        return outcomes.NO_EMPLOYMENT
    why = outcomes.ARBITRATE if way.relation == "employment" else outcomes.ARBITRATE_RELATION
    filed = way.shared.get("filed_on")
    if filed is not None:
        return outcomes.route(
            "arbitration", True, why, outcomes.FIRST, _accepting(filed, way.shared.get("place"))
        )
    found = earliest(way.labour)
    if found is None:
        return outcomes.route("arbitration", True, why, outcomes.FIRST)
    words = _by(found.strict) if found.status == "open" and found.strict else outcomes.LATE
    return outcomes.route(
        "arbitration", True, join(why, words), outcomes.FIRST, clock(found, "limitation.arbitration")
    )


def _accepting(filed: date, place: str | None) -> dict[str, Any] | None:
    """The five working days in which the commission says whether it accepts; None beyond the known calendar."""
    try:
        ended = due("arbitration.accept", filed, place)
    except CalendarMissing:
        return None
    return clock_of(ended.rule, filed, ended.strict, ended.strict)


def _payment_order(way: Way) -> dict[str, Any]:
    if not way.acknowledged:
        return outcomes.NOT_ACKNOWLEDGED
    return outcomes.ORDER_CIVIL if way.relation == "service" else outcomes.ORDER_LABOUR


def _court(way: Way) -> dict[str, Any]:
    """Straight away for an IOU or a service contract; otherwise after arbitration."""
    found = earliest(way.civil)
    if way.acknowledged:
        told = outcomes.SUE_ON_IOU if set(way.kinds) <= {"wages", "interest"} else outcomes.SUE_ON_IOU_ALONE
    elif way.relation == "service":
        told = outcomes.SUE_AT_ONCE
    else:
        told = outcomes.ARBITRATION_FIRST if way.relation == "employment" else outcomes.REFUSED_THEN_SUE
    return told if found is None else {**told, "clock": clock(found, "limitation.civil")}


def _criminal_report(crime: Body | None) -> dict[str, Any]:
    if crime is None or "met" not in crime:
        return outcomes.CRIME_UNKNOWN
    if crime["met"]:
        return outcomes.CRIME_MET
    return outcomes.ORDER_COMES_FIRST if crime["amount_met"] else outcomes.AMOUNT_NOT_MET


def _by(strict: date) -> Bilingual:
    last = dated(strict)
    return Bilingual(f"最迟{last.zh}。", f"By {last.en} at the latest.")
