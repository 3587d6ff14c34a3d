"""Clocks by themselves: met, missed, dropped, paused, counted on; never later than the law has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nuanxin.cases.rules.clocks import (
    CLOCK_RULES,
    KEPT_ENDED,
    Clock,
    ClockState,
    clock_from_json,
    earliest,
    moved_on,
    pause,
    resume,
    stop,
    trim,
)
from nuanxin.law.periods import RULES

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda d: d.replace(tzinfo=UTC))
clocks = st.builds(
    Clock,
    rule=st.sampled_from(["legal_aid.review", "promise.same_day"]),
    state=st.sampled_from(list(ClockState)),
    started_at=moments,
    due=moments,
    strict=st.sampled_from(["", "2026-03-09"]),
    rolled=st.just(""),
    provisional=st.booleans(),
    begins=st.sampled_from(["", "2026-03-01"]),
    paused_days=st.integers(0, 9),
    paused_at=st.none() | moments,
    warned=st.booleans(),
    late=st.booleans(),
    ended_at=st.none() | moments,
)


def running(days: int = 7) -> Clock:
    return Clock(
        "legal_aid.review", ClockState.RUNNING, AT, AT + timedelta(days=days), "2026-03-09", "2026-03-09"
    )


def test_in_time_is_met_after_the_end_is_missed_another_way_is_dropped() -> None:
    assert stop(running(), AT + timedelta(days=7)).state is ClockState.MET
    assert stop(running(), AT + timedelta(days=7, seconds=1)).state is ClockState.MISSED
    assert stop(running(), AT + timedelta(days=9), dropped=True).state is ClockState.DROPPED


def test_an_ended_clock_stays_as_it_ended() -> None:
    met = stop(running(), AT)
    assert stop(met, AT + timedelta(days=99)) is met
    assert pause(met, AT) is met
    assert resume(met, AT) is met


def test_a_pause_moves_the_end_by_its_whole_days() -> None:
    again = resume(pause(running(), AT + timedelta(days=1)), AT + timedelta(days=4, hours=23))
    assert (again.state, again.due) == (ClockState.RUNNING, AT + timedelta(days=10))
    assert (again.strict, again.paused_days) == ("2026-03-12", 3)


def test_a_pause_within_a_day_moves_nothing() -> None:
    again = resume(pause(running(), AT), AT + timedelta(hours=23))
    assert (again.due, again.strict, again.rolled) == (running().due, "2026-03-09", "2026-03-09")


def test_a_clock_that_was_paused_before_its_end_and_met_after_it_is_met() -> None:
    paused = pause(running(), AT + timedelta(days=6))
    assert stop(paused, AT + timedelta(days=30)).state is ClockState.MET


def test_a_new_end_is_warned_of_anew() -> None:
    warned = Clock(
        **{**{f: getattr(running(), f) for f in running().__slots__}, "warned": True, "late": True}
    )
    later = moved_on(warned, 3, AT)
    assert (later.warned, later.late) == (False, False)
    assert moved_on(warned, 3, AT + timedelta(days=10)).late


@given(clocks)
def test_a_clock_is_stored_and_read_back(clock: Clock) -> None:
    assert clock_from_json(clock.as_json()) == clock


@given(clocks, moments, moments)
def test_a_pause_never_makes_an_end_later_than_the_pause_was_long(
    clock: Clock, one: datetime, two: datetime
) -> None:
    begin, end = sorted((one, two))
    again = resume(pause(clock, begin), end)
    assert again.due - clock.due <= max(end - begin, timedelta(0)) or clock.state is ClockState.PAUSED
    assert again.due >= clock.due


@given(st.lists(clocks, max_size=40))
def test_live_clocks_are_never_trimmed(many: list[Clock]) -> None:
    kept = trim(many)
    live = [c for c in many if c.state in {ClockState.RUNNING, ClockState.PAUSED}]
    assert [c for c in kept if c.state in {ClockState.RUNNING, ClockState.PAUSED}] == live
    assert len(kept) - len(live) <= KEPT_ENDED


@given(st.lists(clocks, max_size=10))
def test_the_earliest_running_clock_is_the_next(many: list[Clock]) -> None:
    found = earliest(many)
    ends = [c.due for c in many if c.state is ClockState.RUNNING]
    assert (found.due if found else None) == min(ends, default=None)


def test_a_clock_of_law_names_the_articles_of_its_period() -> None:
    for key, rule in CLOCK_RULES.items():
        assert rule.statutory == (key in RULES)
        assert rule.basis == (RULES[key].basis if rule.statutory else ())
