"""Opening hours: read, written, and asked about an instant. Days of 2026 as the State Council arranged them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nuanxin.network.opening import day_type, state_of
from nuanxin.network.rules.hours import (
    CHINA,
    DAY,
    LONGEST,
    Day,
    Hours,
    HoursFault,
    open_at,
    parse_hours,
    week_of,
)

OFFICE = "Mo-Fr 09:00-12:00,14:00-17:30; PH off"


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off",) * 2,
        ("24/7", "24/7"),
        ("Mo-Su,PH 00:00-24:00", "24/7"),
        ("", ""),  # not known
        ("Mo-Fr 9:00-17:00", "Mo-Fr 09:00-17:00; PH off"),
        ("09:00-17:00", "Mo-Su 09:00-17:00; PH off"),
        ("Mo-Fr 09:00-17:00; We off", "Mo-Tu 09:00-17:00; Th-Fr 09:00-17:00; PH off"),
        ("Sa,Su,PH 10:00-12:00", "Sa-Su 10:00-12:00; PH 10:00-12:00"),
        ("Fr-Mo 10:00-11:00", "Mo 10:00-11:00; Fr-Su 10:00-11:00; PH off"),
        ("Mo-Su 22:00-06:00", "Mo-Su 22:00-06:00; PH off"),
        ("Mo 14:00-17:00,09:00-12:00", "Mo 09:00-12:00,14:00-17:00; PH off"),
        ("Mo-Fr 09:00-12:00；Sa 09:00-11:00", "Mo-Fr 09:00-12:00; Sa 09:00-11:00; PH off"),
    ],
)
def test_hours_are_read_and_written_in_one_way(text: str, canonical: str) -> None:
    assert str(parse_hours(text)) == canonical
    assert parse_hours(canonical) == parse_hours(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sometimes", "cannot be read"),
        ("Mo-Fr", "cannot be read"),
        ("Xx 09:00-12:00", "cannot be read"),
        ("Mo 9-12", "cannot be read"),
        ("Mo 09:61-12:00", "no such time"),
        ("Mo 25:00-26:00", "no such time"),
        ("Mo-PH 09:00-12:00", "cannot be read"),
        ("Mo 09:00-09:00", "ends when it begins"),
        ("Mo 17:00-09:00", "ends before it begins"),
        ("Mo 14:00-02:00", "ends before it begins"),
        ("Mo 09:00-13:00,12:00-14:00", "overlap"),
        ("Mo 22:00-09:00; Tu 08:00-12:00", "overlap"),
        ("Su 22:00-09:00; Mo 08:00-12:00", "overlap"),
        ("Mo 09:00-12:00" * 50, "too long"),
        # as written it fits, but what would be kept ("; PH off" behind it) does not
        (
            "; ".join(
                f"{d} {','.join(f'{h:02d}:0{i}-{h:02d}:30' for h in (8, 14))}"
                for i, d in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))
            ),
            "too long",
        ),
    ],
)
def test_hours_that_cannot_be_meant_are_said_plainly(text: str, said: str) -> None:
    with pytest.raises(HoursFault, match=said) as raised:
        parse_hours(text)
    assert raised.value.zh


@pytest.mark.parametrize(
    ("hours", "asked", "open_now", "then"),
    [
        (OFFICE, "2026-11-27 11:00", True, "2026-11-27 12:00"),
        (OFFICE, "2026-11-27 12:00", False, "2026-11-27 14:00"),  # the end does not belong to it
        (OFFICE, "2026-11-27 18:00", False, "2026-11-30 09:00"),  # Friday evening
        (OFFICE, "2026-10-01 10:00", False, "2026-10-08 09:00"),  # National Day to 7 October
        (OFFICE, "2026-10-10 10:00", True, "2026-10-10 12:00"),  # a Saturday made up for
        ("Mo-Fr 09:00-12:00; PH 09:00-11:00", "2026-10-02 10:00", True, "2026-10-02 11:00"),
        ("Mo-Su 08:00-20:00; PH off", "2026-10-01 10:00", False, "2026-10-08 08:00"),
        (
            "Mo-Sa 08:00-20:00; PH off",
            "2026-10-03 10:00",
            False,
            "2026-10-08 08:00",
        ),  # Saturday in the holiday
        ("Su 08:00-20:00; PH off", "2026-10-04 10:00", False, "2026-10-11 08:00"),  # Sunday in the holiday
        ("Mo-Su 22:00-06:00", "2026-11-27 03:00", True, "2026-11-27 06:00"),
        ("Fr 22:00-06:00", "2026-11-28 05:59", True, "2026-11-28 06:00"),  # Friday's night
        ("Fr 22:00-06:00", "2026-11-28 06:00", False, "2026-12-04 22:00"),
        ("Mo 09:00-24:00; Tu 00:00-05:00", "2026-11-23 23:00", True, "2026-11-24 05:00"),
    ],
)
def test_open_until_and_opens_next(hours: str, asked: str, open_now: bool, then: str) -> None:
    assert state_of(parse_hours(hours), {}, at(asked)) == (open_now, at(then))


def test_a_point_that_never_closes_has_no_end_and_a_year_without_calendar_is_not_certain() -> None:
    assert state_of(parse_hours("24/7"), {}, at("2026-10-01 03:00")) == (True, None)
    assert day_type(date(2026, 10, 1))[1]
    assert not day_type(date(2031, 1, 6))[1]


def test_an_exception_replaces_a_day_and_only_that_day() -> None:
    hours, closed = parse_hours(OFFICE), {date(2026, 11, 27): parse_hours("")}
    assert state_of(hours, closed, at("2026-11-27 10:00")) == (False, at("2026-11-30 09:00"))
    other = {date(2026, 11, 27): parse_hours("10:00-14:00")}
    assert state_of(hours, other, at("2026-11-27 13:00")) == (True, at("2026-11-27 14:00"))


def test_the_minutes_of_a_week_wrap_round_sunday_night() -> None:
    mask = week_of(parse_hours("Su 22:00-06:00"))
    assert mask.sum() == 8 * 60
    assert mask[0]
    assert mask[6 * 60 - 1]
    assert not mask[6 * 60]


SPANS = st.lists(st.integers(0, DAY), min_size=2, max_size=4, unique=True).map(
    lambda cuts: tuple(zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)


@given(week=st.lists(st.one_of(st.just(()), SPANS), min_size=8, max_size=8).filter(any))
def test_writing_and_reading_come_back_to_the_same_and_the_mask_agrees_with_single_questions(
    week: list,
) -> None:
    hours = Hours(tuple(week))
    assume(len(str(hours)) <= LONGEST)
    assert parse_hours(str(hours)) == hours
    mask = week_of(hours)
    for weekday in range(7):  # 7 to 13 December 2026 is an ordinary week
        day, before = date(2026, 12, 7 + weekday), date(2026, 12, 6 + weekday)
        for minute in range(0, DAY, 97):
            asked = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=CHINA)
            days = (Day(before, day_type(before)[0]), Day(day, day_type(day)[0]))
            assert open_at(hours, asked, *days) == mask[weekday * DAY + minute]
