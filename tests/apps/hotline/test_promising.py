"""When a call-back is promised: rooms, the soonest half-hour, and whose desk it is."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.callbacks import SHANGHAI, SLOT, SafeContact, Waiting, in_order, may_ring
from nuanxin.hotline.rules.promising import Room, desk_for, offered, overdue, soonest, strictest
from nuanxin.hotline.rules.routing import Caller, Desk, DeskKind

ANY = SafeContact()
GAOPING, JINCHENG, SHENZHEN = 140581_000000, 140500_000000, 440300_000000


def at(clock: str, day: int = 2) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


# Who asks at 11:00:10 may be rung in the half-hour that begins at 11:30: 11:00 has begun already.
SOONEST = [
    ("the next half-hour", Room(), ANY, "11:10", ("11:30", 2)),
    ("a half-hour that begins now", Room(), ANY, "11:00", ("11:00", 2)),
    ("a full one is passed over", Room(capacity=1, taken={at("11:30"): 1}), ANY, "11:10", ("12:00", 2)),
    ("a further try takes a place too", Room(capacity=1, taken={at("11:44"): 1}), ANY, "11:10", ("12:00", 2)),
    ("nobody is rung at night", Room(), ANY, "19:40", ("08:00", 3)),  # usual hours end at 20:00
    ("their own evening", Room(), SafeContact(hours="19:30-21:00"), "11:10", ("19:30", 2)),
    ("the desk opens late", Room(hours="14:10-18:00"), ANY, "11:10", ("14:30", 2)),
    ("a night desk of yesterday", Room(hours="22:00-02:00"), SafeContact(hours="00:00-00:00"), "00:40", ("01:00", 2)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "room", "contact", "asked", "due"), SOONEST, ids=[row[0] for row in SOONEST])
def test_the_soonest_half_hour(
    why: str, room: Room, contact: SafeContact, asked: str, due: tuple[str, int]
) -> None:
    promise = soonest(room, contact, at(asked))
    assert (promise.due, promise.slot) == (at(*due), at(*due)), why


def test_a_desk_that_is_full_for_a_week_still_owes_the_call() -> None:
    full = Room(hours="11:00-12:00", capacity=0)
    assert soonest(full, ANY, at("07:00")).due == at("08:00")
    assert soonest(full, ANY, at("07:00")).slot is None


def test_hours_too_short_for_a_whole_half_hour_get_a_moment_and_never_gets_none() -> None:
    assert soonest(Room(), SafeContact(hours="12:10-12:25"), at("11:00")).due == at("12:10")
    assert soonest(Room(), SafeContact(may_call=False), at("11:00")).due is None


def test_what_is_offered_ends_with_the_third_day() -> None:
    found = offered(Room(hours="09:00-10:00"), ANY, at("09:10"))
    assert [one.start for one in found] == [at("09:30"), at("09:00", 3), at("09:30", 3), at("09:00", 4), at("09:30", 4)]  # fmt: skip


def test_nobody_loosens_what_was_said_before() -> None:
    kept = SafeContact(False, "18:00-21:00", False)
    assert strictest(SafeContact(True, "09:00-12:00", True), kept) == kept
    assert strictest(SafeContact(True, "09:00-12:00", False), ANY) == SafeContact(True, "09:00-12:00", False)


def test_a_promise_is_broken_once_its_half_hour_is_over() -> None:
    assert not overdue(at("11:30"), at("11:59"))
    assert overdue(at("11:30"), at("12:00"))


def test_a_broken_promise_goes_before_a_place_and_priority_before_both() -> None:
    line = [Waiting(1, at("09:00")), Waiting(2, at("10:00"), overdue=True), Waiting(3, at("11:00"), priority=True)]  # fmt: skip
    assert [one.id for one in in_order(line)] == [3, 2, 1]


DESKS = [
    Desk(1, DeskKind.GENERAL, JINCHENG, on_duty=0, open=False),
    Desk(2, DeskKind.SPECIAL, GAOPING, on_duty=0, open=False),
    Desk(3, DeskKind.SPECIAL, SHENZHEN, frozenset({"zh", "yue"}), on_duty=0),
    Desk(4, DeskKind.EMERGENCY, GAOPING),
]
WHOSE = [
    (Caller(place=GAOPING, topic="wages"), 2),
    (
        Caller(place=GAOPING, topic="other"),
        1,
    ),  # no migrant workers' topic: the general queue above the county
    (Caller(place=SHENZHEN, language="yue"), 3),
    (Caller(place=GAOPING, language="yue"), 3),  # who speaks it, far away
    (Caller(place=GAOPING, language="bo"), 2),  # nobody speaks it: the own desk, with an interpreter
    (Caller(place=650100_000000), 1),  # no desk there: any that is not for emergencies
]


@pytest.mark.parametrize(("caller", "desk"), WHOSE)
def test_whose_call_back_it_is_even_while_every_desk_is_closed(caller: Caller, desk: int) -> None:
    assert desk_for(caller, DESKS) == desk
    assert desk_for(caller, []) == 0


@settings(deadline=None, max_examples=60)
@given(
    begins=st.integers(0, 47), length=st.integers(1, 47), capacity=st.integers(1, 3), asked=st.integers(0, 2879),
    asks=st.integers(1, 12), hours=st.sampled_from(["", "18:10-21:00", "22:00-06:00", "00:00-00:00"]),
)  # fmt: skip
def test_no_half_hour_is_promised_more_often_than_the_desk_can_ring(
    begins: int, length: int, capacity: int, asked: int, asks: int, hours: str
) -> None:
    end = (begins + length) % 48
    desk = f"{begins // 2:02d}:{begins % 2 * 30:02d}-{end // 2:02d}:{end % 2 * 30:02d}"
    moment = at("00:00") + timedelta(minutes=asked)
    taken: Counter[datetime] = Counter()
    contact = SafeContact(hours=hours)
    for _ in range(asks):
        promise = soonest(Room(desk, capacity, taken), contact, moment)
        assert promise.due is not None
        assert may_ring(contact, promise.due) == ""
        if promise.slot is not None:
            assert promise.slot >= moment
            assert may_ring(SafeContact(hours=desk), promise.slot + SLOT - timedelta(minutes=1)) == ""
            taken[promise.slot] += 1
    assert all(count <= capacity for count in taken.values())
