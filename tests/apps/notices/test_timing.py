"""When a notice may leave and when it is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.notices.rules.timing import MOST_TRIES, SHANGHAI, BadHours, next_try, within_hours

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(
    lambda value: value.replace(tzinfo=UTC)
)
clock = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]:02d}:{t[1]:02d}")


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        (shanghai(2, 10), "", shanghai(2, 10)),
        (shanghai(2, 10), "09:00-12:00", shanghai(2, 10)),
        (shanghai(2, 10), "19:00-21:00", shanghai(2, 19)),
        (shanghai(2, 21), "19:00-21:00", shanghai(3, 19)),
        (shanghai(2, 19), "19:00-21:00", shanghai(2, 19)),
        (shanghai(2, 23), "22:00-06:00", shanghai(2, 23)),
        (shanghai(2, 5), "22:00-06:00", shanghai(2, 5)),
        (shanghai(2, 6), "22:00-06:00", shanghai(2, 22)),
        (shanghai(2, 10), "08:00-08:00", shanghai(2, 10)),
    ],
)
def test_contact_hours(at: datetime, hours: str, expected: datetime) -> None:
    assert within_hours(at, hours) == expected


@given(instants, clock, clock)
def test_it_leaves_within_a_day_and_inside_the_hours(at: datetime, start: str, end: str) -> None:
    leaves = within_hours(at, f"{start}-{end}")
    assert at <= leaves < at + timedelta(days=1)
    assert within_hours(leaves, f"{start}-{end}") == leaves


@pytest.mark.parametrize("hours", ["9-12", "24:00-25:00", "09:00", "09:00 - 12:00", "evening"])
def test_hours_that_are_none_are_refused(hours: str) -> None:
    with pytest.raises(BadHours):
        within_hours(AT, hours)


def test_each_wait_is_longer_than_the_one_before_and_there_is_a_last() -> None:
    waits = [after - AT for n in range(1, MOST_TRIES) if (after := next_try(n, AT)) is not None]
    assert len(waits) == MOST_TRIES - 1
    assert waits == sorted(set(waits))
    assert next_try(MOST_TRIES, AT) is None
    assert sum(waits, timedelta()) > timedelta(hours=20)  # a gateway that is down over night loses nothing
