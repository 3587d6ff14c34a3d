"""What always holds of a limitation, whatever happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.limitation import Event, Facts, Limitation, Missing, Obstacle, limitation

D = date.fromisoformat

DAYS = st.dates(D("2015-01-01"), D("2025-06-30"))
KINDS = st.sampled_from(["demand", "complaint", "promise", "agreement", "mediation", "suit"])
EVENTS = st.lists(st.builds(Event, KINDS, DAYS), max_size=6).map(tuple)
OBSTACLES = st.lists(
    st.builds(lambda day, length: Obstacle(day, day + timedelta(days=length)), DAYS, st.integers(0, 200)),
    max_size=4,
).map(tuple)
CLAIMS = st.sampled_from(["wages", "severance", "annual_leave", "double_wage", "service_pay", "iou"])
TODAY = D("2026-06-30")


def facts(claim: Any, start: date, events: Any = (), obstacles: Any = (), **rest: Any) -> Facts:
    return Facts(
        claim,
        TODAY,
        relation_ended_on=start,
        knew_on=start,
        due_on=start,
        events=events,
        obstacles=obstacles,
        **rest,
    )


def found(asked: Facts) -> Limitation:
    result = limitation(asked)
    assert not isinstance(result, Missing)
    return result


@given(CLAIMS, DAYS, EVENTS, OBSTACLES)
def test_nothing_that_happens_brings_the_end_forward(
    claim: Any, start: date, events: Any, obstacles: Any
) -> None:
    bare, full = found(facts(claim, start)), found(facts(claim, start, events, obstacles))
    assert full.strict is not None
    assert bare.strict is not None
    assert full.strict >= bare.strict
    assert full.rolled is None or full.rolled >= full.strict


@given(CLAIMS, DAYS, EVENTS, OBSTACLES, DAYS, st.integers(0, 2000))
def test_a_later_filing_is_never_better(
    claim: Any, start: date, events: Any, obstacles: Any, filed: date, later: int
) -> None:
    try:
        first = found(facts(claim, start, events, obstacles, filed_on=filed))
        second = found(facts(claim, start, events, obstacles, filed_on=filed + timedelta(days=later)))
    except CalendarMissing:
        return
    assert first.in_time or not second.in_time
    assert first.strict == second.strict  # a later filing never changes when the period ended


@given(CLAIMS, DAYS, EVENTS, OBSTACLES)
def test_the_trail_is_in_order_starts_once_and_ends_where_the_answer_does(
    claim: Any, start: date, events: Any, obstacles: Any
) -> None:
    result = found(facts(claim, start, events, obstacles))
    days = [step.on for step in result.trail]
    assert days == sorted(days)
    assert [step.effect for step in result.trail].count("starts") == 1
    assert result.trail[-1].ends == result.strict
    assert len(result.trail) == 1 + len(events) + len(obstacles)


@given(DAYS, EVENTS)
def test_the_order_in_which_events_are_told_does_not_matter(start: date, events: Any) -> None:
    assert found(facts("wages", start, events)).strict == found(facts("wages", start, events[::-1])).strict
