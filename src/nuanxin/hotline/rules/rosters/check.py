"""Looks over a roster, whoever made it: the solver, a person, or both after a swap. Pure, and without the solver.

It lays every duty out in minutes and shares no line with the model, so that each can find the other's mistakes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nuanxin.hotline.rules.rosters.limits import DAY
from nuanxin.hotline.rules.rosters.month import (
    Demand,
    Duty,
    Fixed,
    Month,
    Person,
    Shift,
    monday_of,
    week_limit,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: ``code``, when and with whom, and the demand that is not met (``missing``: how many people)."""

    code: str
    day: date
    person: str = ""
    demand: Demand | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class _Worked:
    """A duty with its shift, in minutes since the first day that there is."""

    duty: Duty
    shift: Shift

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        midnight = self.duty.day.toordinal() * DAY
        return tuple((start + midnight, end + midnight) for start, end in self.shift.spans)


def check_roster(month: Month, duties: Iterable[Duty]) -> list[Fault]:
    """Everything in which a roster breaks what the month asks; nothing when it keeps all. Duties name known codes."""
    shifts = {shift.code: shift for shift in month.shifts}
    new = sorted(duties)
    by_person: dict[str, list[_Worked]] = defaultdict(list)
    for duty in (*sorted(month.before), *new):
        by_person[duty.person].append(_Worked(duty, shifts[duty.shift]))
    faults: list[Fault] = []
    for person in month.people:
        worked = by_person[person.code]
        faults += _seats(month, person, worked)
        faults += _rest(month, person, worked)
        faults += _rest_days(month, person, worked)
        faults += _hours(month, person, worked)
    faults += [Fault("fixed", wish.day, wish.person) for wish in month.fixed if not _kept(wish, new)]
    at_desk: dict[tuple[str, date], list[_Worked]] = defaultdict(list)
    for one in (worked for each in by_person.values() for worked in each):
        at_desk[one.duty.desk, one.duty.day].append(one)
    for demand in month.demands:  # who began today, and who came yesterday and is still there
        days = (demand.day - timedelta(1), demand.day)
        there = [one for day in days for one in at_desk[demand.desk, day]]
        faults += _demand(month, demand, there)
    return faults


def _seats(month: Month, person: Person, worked: list[_Worked]) -> Iterator[Fault]:
    desks = {desk.code: desk for desk in month.desks}
    days = [one.duty.day for one in worked]
    for one in worked:
        day, desk = one.duty.day, desks.get(one.duty.desk)
        if day < month.first:
            continue
        if day > month.last:
            yield Fault("outside", day, person.code)
        if days.count(day) > 1:
            yield Fault("twice", day, person.code)
        if desk is None or (person.desks and desk.code not in person.desks):
            yield Fault("desk", day, person.code)
        elif desk.shifts and one.shift.code not in desk.shifts:
            yield Fault("shift", day, person.code)
        if not person.nights and month.at_night(one.shift):
            yield Fault("no_nights", day, person.code)
        touched = {date.fromordinal(minute // DAY) for start, end in one.spans for minute in (start, end - 1)}
        for free in sorted(touched & person.leave):
            yield Fault("leave", free, person.code)


def _rest(month: Month, person: Person, worked: list[_Worked]) -> Iterator[Fault]:
    for place, later in enumerate(worked):
        for earlier in worked[:place]:
            if earlier.duty.day == later.duty.day or later.duty.day < month.first:
                continue
            if later.spans[0][0] - earlier.spans[-1][1] < month.limits.rest:
                yield Fault("rest", later.duty.day, person.code)


def _rest_days(month: Month, person: Person, worked: list[_Worked]) -> Iterator[Fault]:
    rests = _rest_days_of(month, worked)
    length = month.limits.days_with_rest
    start = month.first - timedelta(length - 1)
    while start + timedelta(length - 1) <= month.last:
        if not any(start + timedelta(n) in rests for n in range(length)):
            yield Fault("rest_day", start + timedelta(length - 1), person.code)
        start += timedelta(1)


def _rest_days_of(month: Month, worked: list[_Worked]) -> set[date]:
    """Days on which no shift begins and that lie in a break of 24 hours; before the month the first is enough."""
    begun = {one.duty.day for one in worked}
    found = set()
    day = month.first - timedelta(month.limits.days_with_rest)
    while day <= month.last:
        ends = [one.spans[-1][1] for one in worked if one.duty.day < day]
        starts = [one.spans[0][0] for one in worked if one.duty.day > day]
        long_enough = not ends or not starts or min(starts) - max(ends) >= month.limits.rest_day
        if day not in begun and (day < month.first or long_enough):
            found.add(day)
        day += timedelta(1)
    return found


def _hours(month: Month, person: Person, worked: list[_Worked]) -> Iterator[Fault]:
    limits = month.limits
    overtime = 0
    before: dict[date, int] = defaultdict(int)
    weeks: dict[date, int] = defaultdict(int)
    whole: dict[date, int] = defaultdict(int)
    for one in worked:
        day, minutes = one.duty.day, one.shift.minutes
        whole[monday_of(day)] += minutes
        if minutes > limits.day + limits.overtime_day:
            yield Fault("overtime_day", day, person.code)
        if day not in month.holidays:
            (weeks if day >= month.first else before)[monday_of(day)] += min(minutes, limits.day)
        if day >= month.first:
            overtime += max(0, minutes - limits.day)
            if not person.overtime and minutes > limits.day:
                yield Fault("no_overtime", day, person.code)
    for monday, minutes in weeks.items():
        longer = max(0, minutes - max(0, week_limit(month, monday) - before[monday]))
        overtime += longer
        if longer and not person.overtime:
            yield Fault("no_overtime", max(monday, month.first), person.code)
        if person.week is not None and whole[monday] > person.week:
            yield Fault("week", max(monday, month.first), person.code)
    if overtime > limits.overtime_month:
        yield Fault("overtime", month.last, person.code)


def _kept(wish: Fixed, duties: list[Duty]) -> bool:
    mine = [duty for duty in duties if (duty.person, duty.day) == (wish.person, wish.day)]
    if wish.shift is None:
        return not mine
    return any(duty.shift == wish.shift and wish.desk in (None, duty.desk) for duty in mine)


def _demand(month: Month, demand: Demand, worked: list[_Worked]) -> Iterator[Fault]:
    """The worst minute of a demand, looked at minute by minute."""
    able = {person.code for person in month.people if demand.skills <= person.skills}
    midnight = demand.day.toordinal() * DAY
    there = [0] * DAY
    for one in worked:
        if one.duty.person in able:
            for start, end in one.spans:
                for minute in range(max(0, start - midnight), min(DAY, end - midnight)):
                    there[minute] += 1
    least = min(there[demand.start : demand.end])
    if least < demand.people:
        yield Fault("demand", demand.day, demand=demand, missing=demand.people - least)
