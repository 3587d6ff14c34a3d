"""The four ways of counting a period: calendar days, working days, months, years (民法典 art. 200 to 203).

The start day is never counted. A month or year ends on the corresponding day; where the month has none, on
its last day.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

from nuanxin.law.calendar import CalendarMissing, add_working_days, is_working_day, next_working_day
from nuanxin.law.periods.rule import Unit

_SATURDAY, _SUNDAY = 5, 6
_FEBRUARY, _IN_EVERY_MONTH = 2, 28
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """The days of a month."""
    return _LENGTHS[month - 1] + (month == _FEBRUARY and isleap(year))


def add_months(start: date, months: int) -> date:
    """The corresponding day so many months later (or earlier, if negative), or the last day of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, start.day)
    return date(year, month + 1, min(start.day, month_length(year, month + 1)))


def add_years(start: date, years: int) -> date:
    """The corresponding day so many years later (or earlier); 29 February becomes the 28th."""
    return add_months(start, 12 * years)


def last_day(start: date, count: int, unit: Unit) -> date:
    """The last day before any roll. Working days raise ``CalendarMissing`` where a year is not published."""
    if unit == "working":
        return add_working_days(start, count)
    if unit == "calendar":
        return start + timedelta(days=count)
    return add_months(start, count if unit == "month" else 12 * count)


def roll(day: date) -> tuple[date | None, int | None]:
    """The day a period ending on ``day`` ends after the roll; with None, the year that is not published."""
    try:
        return next_working_day(day), None
    except CalendarMissing as missing:
        return None, missing.year


def roll_of_worked_weekend(day: date) -> date | None:
    """Where a period ends on a Saturday or Sunday worked in exchange: the day it would move to if weekends moved.

    Such a day is a working day, so by our reading nothing moves; a note of the Supreme Court, read by its
    letter, moves every Saturday and Sunday. None where the question does not arise or cannot be answered.
    """
    if day.weekday() < _SATURDAY:
        return None
    try:
        return (
            next_working_day(day + timedelta(days=_SUNDAY - day.weekday() + 1))
            if is_working_day(day)
            else None
        )
    except CalendarMissing:
        return None


def provisional_working_days(start: date, count: int) -> tuple[date, int | None]:
    """Working days as far as years are published, calendar days beyond: never later than the true day.

    Returns the day and the first year that was not published, None where none was missing.
    """
    day, missing = start, None
    while count:
        day += timedelta(days=1)
        try:
            count -= is_working_day(day)
        except CalendarMissing as error:
            missing = missing or error.year
            count -= 1
    return day, missing
