"""Questions about single days and counts of working days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from enum import StrEnum

from nuanxin.law.calendar.store import CalendarMissing, year_table


class DayKind(StrEnum):
    """A day is a working day, a rest day (200 % when worked) or a statutory holiday (300 %)."""

    WORKING = "working"
    REST = "rest"
    STATUTORY = "statutory"


_KINDS = (DayKind.WORKING, DayKind.REST, DayKind.STATUTORY)


def kind_of(day: date) -> DayKind:
    """The kind of ``day``; :class:`CalendarMissing` if its year is not published."""
    return _KINDS[_code(day.toordinal())]


def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``; make-up weekends count as working days (放假办法 art. 6, 7)."""
    return _code(day.toordinal()) == 0


def next_working_day(day: date) -> date:
    """``day`` itself when it is a working day, otherwise the first one after it (民法典 art. 203)."""
    ordinal = day.toordinal()
    while _code(ordinal):
        ordinal += 1
    return date.fromordinal(ordinal)


def previous_working_day(day: date) -> date:
    """``day`` itself when it is a working day, otherwise the last one before it."""
    ordinal = day.toordinal()
    while _code(ordinal):
        ordinal -= 1
    return date.fromordinal(ordinal)


def add_working_days(start: date, count: int) -> date:
    """The ``count``-th working day after ``start``, which is itself not counted; ``count`` is at least 1.

    :class:`CalendarMissing` when the count passes through a year that is not published.
    """
    table = year_table()
    ordinal = start.toordinal()
    year = date.fromordinal(ordinal + 1).year
    block_end = table.block_ends.get(year)
    if block_end is None:
        raise CalendarMissing(year)
    place = bisect_right(table.working, ordinal) + count - 1
    if place >= len(table.working) or table.working[place] > block_end:
        raise CalendarMissing(date.fromordinal(block_end).year + 1)
    return date.fromordinal(table.working[place])


def working_and_paid_days(first: date, last: date) -> tuple[int, int]:
    """From ``first`` to ``last``, both counted: the working days, and the paid days among them all.

    Paid days are working days and statutory holidays; of both, a month has 21.75 on average (人社部发〔2025〕2号).
    """
    table = year_table()
    begin, end = first.toordinal(), last.toordinal()
    known_until = table.block_ends.get(first.year)
    if known_until is None:
        raise CalendarMissing(first.year)
    if end > known_until:
        raise CalendarMissing(date.fromordinal(known_until).year + 1)
    working = bisect_right(table.working, end) - bisect_left(table.working, begin)
    return working, working + bisect_right(table.statutory, end) - bisect_left(table.statutory, begin)


def _code(ordinal: int) -> int:
    try:
        return year_table().kinds[ordinal]
    except KeyError:
        raise CalendarMissing(date.fromordinal(ordinal).year) from None
