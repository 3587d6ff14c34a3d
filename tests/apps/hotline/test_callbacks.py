"""Call-backs: slots with room, counted attempts, and nobody rung when they must not be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.callbacks import (
    SHANGHAI,
    Attempt,
    BadHours,
    SafeContact,
    Status,
    Waiting,
    after,
    in_order,
    may_ring,
    next_allowed,
    offer_call_back,
    slots,
)

DAY = date(2026, 11, 2)
ANY = SafeContact()


def at(clock: str, day: int = 2) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("hours", "clock", "why"),
    [
        ("", "07:59", "outside_hours"),  # the usual hours are 8 to 20
        ("", "08:00", ""),
        ("", "20:00", "outside_hours"),
        ("22:00-06:00", "23:00", ""),  # a night shift's own wish
        ("22:00-06:00", "05:59", ""),
        ("22:00-06:00", "06:00", "outside_hours"),
        ("00:00-00:00", "03:00", ""),  # equal ends: always
    ],
)
def test_when_a_person_may_be_rung(hours: str, clock: str, why: str) -> None:
    assert may_ring(SafeContact(hours=hours), at(clock)) == why


def test_who_must_not_be_rung_is_not() -> None:
    never = SafeContact(may_call=False)
    assert may_ring(never, at("10:00")) == "no_calls"
    assert next_allowed(never, at("10:00")) is None
    assert slots(DAY, hours="09:00-12:00", capacity=2, taken={}, contact=never, at=at("08:00")) == ()
    with pytest.raises(BadHours):
        may_ring(SafeContact(hours="9-12"), at("10:00"))


def test_slots_with_room_that_are_ahead_and_allowed() -> None:
    # Desk 09:15-12:00: whole slots from 09:30. The person: 09:45-11:15, so 10:00 and 10:30 lie inside as a whole.
    # Two of 10:00 are taken (10:10 lies in it), so it is full at a capacity of two.
    found = slots(
        DAY, hours="09:15-12:00", capacity=2, taken={at("10:00"): 1, at("10:10"): 1},
        contact=SafeContact(hours="09:45-11:15"), at=at("08:00"),
    )  # fmt: skip
    assert [(slot.start, slot.left, slot.end) for slot in found] == [(at("10:30"), 2, at("11:00"))]
    desk = slots(DAY, hours="09:15-12:00", capacity=1, taken={}, contact=ANY, at=at("10:31"))
    assert [slot.start for slot in desk] == [at("11:00"), at("11:30")]
    night = slots(
        DAY,
        hours="22:00-02:00",
        capacity=1,
        taken={},
        contact=SafeContact(hours="21:00-23:00"),
        at=at("08:00"),
    )
    assert [slot.start for slot in night] == [at("22:00"), at("22:30")]


def test_three_counted_attempts_then_one_with_priority() -> None:
    # 10:00 + 3 h = 13:00; + 21 h = 10:00 next day; + 27 h = 13:00 the day after: priority; then given up.
    first = after(Attempt.NO_ANSWER, counted=0, priority=False, contact=ANY, at=at("10:00"))
    assert (first.status, first.counted, first.due) == (Status.PROMISED, 1, at("13:00"))
    second = after(Attempt.BUSY, counted=1, priority=False, contact=ANY, at=at("13:00"))
    assert (second.counted, second.due, second.priority) == (2, at("10:00", 3), False)
    third = after(Attempt.WRONG_PERSON, counted=2, priority=False, contact=ANY, at=at("10:00", 3))
    assert (third.counted, third.due, third.priority) == (3, at("13:00", 4), True)
    last = after(Attempt.NO_ANSWER, counted=3, priority=True, contact=ANY, at=at("13:00", 4))
    assert (last.status, last.due) == (Status.UNREACHED, None)


def test_an_attempt_that_never_rang_counts_for_nothing() -> None:
    failed = after(Attempt.NOT_COUNTED, counted=1, priority=False, contact=ANY, at=at("10:00"))
    assert (failed.counted, failed.due, failed.status) == (1, at("10:05"), Status.PROMISED)
    again = after(Attempt.NOT_COUNTED, counted=3, priority=True, contact=ANY, at=at("10:00"))
    assert (again.priority, again.status) == (True, Status.PROMISED)
    assert after(Attempt.REACHED, counted=2, priority=False, contact=ANY, at=at("10:00")).due is None


def test_who_asks_meanwhile_not_to_be_rung_is_left_in_peace() -> None:
    never = SafeContact(may_call=False)
    assert after(Attempt.NO_ANSWER, counted=0, priority=False, contact=never, at=at("10:00")).status is (
        Status.CANCELLED
    )


@settings(deadline=None)
@example(start=560, end=550, now=0, attempt=Attempt.BUSY, counted=0)  # never between 09:10 and 09:20
@given(
    start=st.integers(0, 1439),
    end=st.integers(0, 1439),
    now=st.integers(0, 2879),
    attempt=st.sampled_from(Attempt),
    counted=st.integers(0, 3),
)
def test_no_next_attempt_ever_falls_outside_the_safe_hours(
    start: int, end: int, now: int, attempt: Attempt, counted: int
) -> None:
    hours = f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
    contact = SafeContact(hours=hours)
    moment = at("00:00") + timedelta(minutes=now)
    following = after(attempt, counted=counted, priority=counted == 3, contact=contact, at=moment)
    if following.due is not None:
        assert following.due > moment
        assert may_ring(contact, following.due) == ""
    for slot in slots(DAY, hours="00:00-00:00", capacity=1, taken={}, contact=contact, at=moment):
        assert slot.start >= moment
        assert all(may_ring(contact, slot.start + timedelta(minutes=minute)) == "" for minute in range(30))


def test_a_kept_place_is_worth_as_much_as_one_on_the_line() -> None:
    line = [
        Waiting(1, at("10:05")),
        Waiting(2, at("10:01"), kept=True),
        Waiting(3, at("10:30"), priority=True),
        Waiting(4, at("10:01")),
    ]
    assert [one.id for one in in_order(line)] == [3, 2, 4, 1]


def test_a_call_back_is_offered_where_the_wait_is_long() -> None:
    talk = timedelta(minutes=6)
    # two on duty, nobody ahead: 6 × 1 ÷ 2 = 3 minutes
    assert offer_call_back(ahead=0, on_duty=2, mean_talk=talk, contact=ANY)
    assert not offer_call_back(ahead=0, on_duty=3, mean_talk=talk, contact=ANY)  # 2 minutes
    assert offer_call_back(ahead=0, on_duty=0, mean_talk=talk, contact=ANY)
    assert not offer_call_back(ahead=9, on_duty=1, mean_talk=talk, contact=SafeContact(may_call=False))
