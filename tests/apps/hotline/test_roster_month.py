"""What a month of duty asks, and the checker that looks over a roster without the solver."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.hotline.rules.rosters.demand import from_quarters, lawyer_at, moments_of, only_by_night
from nuanxin.hotline.rules.rosters.month import (
    Demand,
    Duty,
    Fixed,
    Person,
    Shift,
    faults_of,
    free_between,
    statutory_holidays,
    week_limit,
)
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.calendar import CalendarMissing
from tests.apps.hotline.months import EARLY, LATE, MONDAY, NIGHT, SPLIT, WAGES, days, month, people


def _on(day: int, shift: str, person: str = "p0", desk: str = "general") -> Duty:
    return Duty(MONDAY + timedelta(day), person, shift, desk)


def test_shifts_know_their_minutes_and_nights():
    assert (EARLY.minutes, LATE.minutes, NIGHT.minutes, SPLIT.minutes) == (480, 480, 540, 420)
    # The late shift ends at midnight, so two hours of it lie in the night.
    assert [LIMITS.at_night(one.spans) for one in (EARLY, LATE, NIGHT, SPLIT)] == [False, True, True, False]
    # 24:00 to 8:00 is 8 hours; from the late shift (until 24:00) to an early one at 8:00.
    assert free_between((MONDAY, LATE), (MONDAY + timedelta(1), EARLY)) == 480


def test_holidays_come_from_the_calendar_and_shorten_the_week():
    # 2026: National Day 1 to 3 October are statutory; the week of 28 September has 40 - 3 x 8 = 16 hours.
    october = month(date(2026, 10, 1), date(2026, 10, 31))
    assert october.holidays == frozenset(days(date(2026, 10, 1), 3))
    assert week_limit(october, date(2026, 9, 28)) == 16 * 60
    assert week_limit(october, date(2026, 10, 12)) == 40 * 60
    with pytest.raises(CalendarMissing):
        statutory_holidays(date(2099, 1, 1), date(2099, 1, 2))


def test_needs_of_quarters_become_demands():
    need = [0] * 32 + [2] * 16 + [3] * 48
    assert [(one.start, one.end, one.people) for one in from_quarters("general", MONDAY, need)] == [
        (480, 720, 2),
        (720, 1440, 3),
    ]
    with pytest.raises(ValueError, match="96"):
        from_quarters("general", MONDAY, [1] * 95)


def test_a_special_desk_asks_for_a_lawyer_past_midnight_too():
    evening, morning = lawyer_at("wages", MONDAY, [(1200, 1500)])
    assert (evening.day, evening.start, evening.end, evening.skills) == (
        MONDAY,
        1200,
        1440,
        frozenset({"lawyer"}),
    )
    assert (morning.day, morning.start, morning.end) == (MONDAY + timedelta(1), 0, 60)


def test_a_demand_is_cut_where_shifts_change():
    asked = month(MONDAY, MONDAY)
    whole = Demand("general", MONDAY, 0, 1440, 1)
    found = [(one.start, one.end, set(one.shifts)) for one in moments_of(asked, whole)]
    assert found == [
        (0, 480, {(1, "night")}),
        (480, 960, {(0, "early")}),
        (960, 1380, {(0, "late")}),
        (1380, 1440, {(0, "late"), (0, "night")}),
    ]
    assert [(one.start, one.end) for one in only_by_night(asked, whole)] == [(0, 480)]


WEEK = month(MONDAY, MONDAY + timedelta(6), people=people(2, lawyers=1))
LIMITS = WEEK.limits


@pytest.mark.parametrize(
    ("change", "duties", "codes"),
    [
        ({}, [], set()),
        ({}, [_on(n, "early") for n in range(5)], set()),
        ({}, [_on(0, "early"), _on(0, "late")], {"twice"}),
        ({}, [_on(9, "early")], {"outside"}),
        ({}, [_on(0, "early", desk="wages")], {"desk"}),
        ({"desks": (replace(WAGES, code="general"),)}, [_on(0, "night")], {"shift"}),
        ({"people": (Person("p0", "王芳", nights=False),)}, [_on(0, "night")], {"no_nights"}),
        ({"people": (Person("p0", "王芳", leave=frozenset({MONDAY})),)}, [_on(0, "early")], {"leave"}),
        # The night of Monday runs into the Tuesday of leave; the late shift ends with Monday.
        (
            {"people": (Person("p0", "王芳", leave=frozenset({MONDAY + timedelta(1)})),)},
            [_on(0, "night")],
            {"leave"},
        ),
        (
            {"people": (Person("p0", "王芳", leave=frozenset({MONDAY + timedelta(1)})),)},
            [_on(0, "late")],
            set(),
        ),
        ({}, [_on(0, "late"), _on(1, "early")], {"rest"}),
        ({}, [_on(0, "early"), _on(1, "late")], set()),
        ({"before": (_on(-1, "late"),)}, [_on(0, "early")], {"rest"}),
        ({}, [_on(n, "early") for n in range(7)], {"rest_day"}),
        (
            {"before": tuple(_on(-n, "early") for n in (1, 2, 3))},
            [_on(n, "early") for n in range(4)],
            {"rest_day"},
        ),
        # The Wednesday between is free, but from Wednesday 8:00 to Thursday 8:00 less than 24 hours would be needed:
        # the night of Tuesday ends on Wednesday at 8:00, the early shift begins 24 hours later, which is just enough.
        ({}, [_on(n, "night") for n in (0, 1)] + [_on(n, "late") for n in (3, 4, 5, 6)], set()),
        # 6 early shifts are 48 hours: 8 of overtime, one more than the 7 allowed here.
        (
            {"limits": replace(LIMITS, overtime_month=7 * 60)},
            [_on(n, "early") for n in range(6)],
            {"overtime"},
        ),
        ({"limits": replace(LIMITS, overtime_month=8 * 60)}, [_on(n, "early") for n in range(6)], set()),
        # The ninth hour of a night is overtime of its day.
        ({"limits": replace(LIMITS, overtime_month=59)}, [_on(0, "night")], {"overtime"}),
        ({"limits": replace(LIMITS, overtime_day=30)}, [_on(0, "night")], {"overtime_day"}),
        # A protected person: five days of eight hours are the week; a sixth, or the ninth hour of a night, is overtime.
        ({"people": (Person("p0", "王芳", overtime=False),)}, [_on(n, "early") for n in range(5)], set()),
        (
            {"people": (Person("p0", "王芳", overtime=False),)},
            [_on(n, "early") for n in range(6)],
            {"no_overtime"},
        ),
        ({"people": (Person("p0", "王芳", overtime=False),)}, [_on(0, "night")], {"no_overtime"}),
        # A contract of 20 hours: two early shifts are 16, three 24.
        ({"people": (Person("p0", "王芳", week=1200),)}, [_on(0, "early"), _on(1, "early")], set()),
        ({"people": (Person("p0", "王芳", week=1200),)}, [_on(n, "early") for n in range(3)], {"week"}),
        ({"fixed": (Fixed("p0", MONDAY, None),)}, [_on(0, "early")], {"fixed"}),
        ({"fixed": (Fixed("p0", MONDAY, "early"),)}, [_on(0, "early")], set()),
        ({"fixed": (Fixed("p0", MONDAY, "early", "wages"),)}, [_on(0, "early")], {"fixed"}),
        ({"demands": (Demand("general", MONDAY, 480, 961, 1),)}, [_on(0, "early")], {"demand"}),
        ({"demands": (Demand("general", MONDAY, 480, 960, 1),)}, [_on(0, "early")], set()),
        ({"demands": lawyer_at("general", MONDAY, [(480, 960)])}, [_on(0, "early", "p1")], {"demand"}),
        (
            {"demands": (Demand("general", MONDAY, 0, 480, 1),), "before": (_on(-1, "night"),)},
            [],
            set(),
        ),
    ],
)
def test_the_checker_finds_what_is_wrong(change, duties, codes):
    assert {fault.code for fault in check_roster(replace(WEEK, **change), duties)} == codes


def test_work_on_a_holiday_fills_no_week():
    # 28 September to 4 October 2026: 16 ordinary hours. Three holidays worked and two early shifts before: no overtime.
    first = date(2026, 9, 28)
    asked = month(first, first + timedelta(6), limits=replace(LIMITS, overtime_month=0))
    worked = [Duty(day, "p0", "early", "general") for day in days(first, 2) + days(date(2026, 10, 1), 3)]
    assert check_roster(asked, worked) == []
    third = Duty(date(2026, 9, 30), "p0", "early", "general")
    assert {fault.code for fault in check_roster(asked, [*worked, third])} == {"overtime"}


@pytest.mark.parametrize(
    "change",
    [
        {"last": MONDAY - timedelta(1)},
        {"desks": (WAGES, WAGES)},
        {"shifts": (EARLY, EARLY)},
        {"shifts": (Shift("long", Bilingual("", ""), ((0, 12 * 60),)),)},
        {"shifts": (Shift("wrong", Bilingual("", ""), ((600, 540),)),)},
        {"desks": (replace(WAGES, shifts=frozenset({"nowhere"})),)},
        {"people": people(1, desks=frozenset({"nowhere"}))},
        {"demands": (Demand("nowhere", MONDAY, 0, 60, 1),)},
        {"demands": (Demand("general", MONDAY, 60, 60, 1),)},
        {"demands": (Demand("general", MONDAY - timedelta(1), 0, 60, 1),)},
        {"fixed": (Fixed("nobody", MONDAY, None),)},
        {"before": (_on(0, "early"),)},
    ],
)
def test_what_cannot_be_meant_is_named(change):
    assert faults_of(WEEK) == []
    assert faults_of(replace(WEEK, **change))
