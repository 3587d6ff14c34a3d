"""What a month of duty asks: desks, shifts, people, demands, limits; and one assignment of it.

Minutes count from the midnight that begins a day; the end of a night lies past 1,440.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from nuanxin.hotline.rules.rosters.limits import DAY, Limits, Span
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.calendar import DayKind, kind_of

LAWYER = "lawyer"


def speaks(language: str) -> str:
    """The skill of speaking a language."""
    return f"speaks:{language}"


@dataclass(frozen=True, slots=True)
class Desk:
    """A place to sit: a general queue, a special desk, a station. ``shifts``: codes of those it uses; none: all."""

    code: str
    name: Bilingual
    shifts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shift:
    """Work of one day in one or more spans (a split shift has two); the last may run past midnight."""

    code: str
    name: Bilingual
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Minute of the day."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Minute; above 1,440 on the next day."""
        return self.spans[-1][1]

    @property
    def minutes(self) -> int:
        """Minutes worked; the pause between two spans is none."""
        return sum(end - start for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be on duty. ``desks``: where they may sit; none: everywhere. ``leave``: whole days.

    ``nights`` and ``overtime`` false: may not work at night or longer (Labour Law art. 61 and 63, or a doctor's word).
    ``week``: minutes of any week that a contract allows at most. ``share``: hundredths of full time, by which hours are
    even. ``carried_nights`` and ``carried_holidays``: what they have had before, so that shares even out over the year.
    """

    code: str
    name: str
    skills: frozenset[str] = frozenset()
    desks: frozenset[str] = frozenset()
    leave: frozenset[date] = frozenset()
    nights: bool = True
    carried_nights: int = 0
    carried_holidays: int = 0
    overtime: bool = True
    week: int | None = None
    share: int = 100


@dataclass(frozen=True, slots=True)
class Demand:
    """From ``start`` to ``end`` of a day at least ``people`` sit at a desk who have all of ``skills``."""

    desk: str
    day: date
    start: int
    end: int
    people: int
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One person in one shift at one desk, on the day on which the shift begins."""

    day: date
    person: str
    shift: str
    desk: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A wish that holds, such as an agreed swap: this shift (and desk, where one is named), or None: free that day."""

    person: str
    day: date
    shift: str | None
    desk: str | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """The whole question, from ``first`` to ``last``, both included (a month, or any other run of days).

    ``before``: what was worked in the days before, for rest and the first week. ``holidays``: statutory ones, from
    :func:`statutory_holidays`. ``skill_names``: what reasons call a skill. ``limits``: from :func:`limits.limits_on`.
    """

    first: date
    last: date
    desks: tuple[Desk, ...]
    shifts: tuple[Shift, ...]
    people: tuple[Person, ...]
    demands: tuple[Demand, ...]
    fixed: tuple[Fixed, ...] = ()
    before: tuple[Duty, ...] = ()
    holidays: frozenset[date] = frozenset()
    skill_names: dict[str, Bilingual] = field(default_factory=dict)
    limits: Limits = field(kw_only=True)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))

    def at_night(self, shift: Shift) -> bool:
        """Whether any of a shift lies in the night."""
        return self.limits.at_night(shift.spans)


def statutory_holidays(first: date, last: date) -> frozenset[date]:
    """The statutory holidays of a run of days; :class:`CalendarMissing` where a year is not published."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return frozenset(day for day in days if kind_of(day) is DayKind.STATUTORY)


def monday_of(day: date) -> date:
    """The Monday on which a day's week begins."""
    return day - timedelta(day.weekday())


def week_limit(month: Month, monday: date) -> int:
    """Minutes of a week without overtime: a statutory holiday takes a day off."""
    holidays = sum(monday + timedelta(n) in month.holidays for n in range(7))
    return max(0, month.limits.week - holidays * month.limits.day)


def free_between(earlier: tuple[date, Shift], later: tuple[date, Shift]) -> int:
    """Minutes from the end of one shift to the start of a later one."""
    return (later[0] - earlier[0]).days * DAY + later[1].start - earlier[1].end


def faults_of(month: Month) -> list[str]:
    """Everything that cannot be meant, in words for who prepared the month; nothing when it can be solved."""
    desks, shifts = {one.code for one in month.desks}, {one.code for one in month.shifts}
    people = {one.code for one in month.people}
    longest = month.limits.day + month.limits.overtime_day
    faults = [] if month.first <= month.last else ["the last day lies before the first"]
    for what, codes in (("desk", month.desks), ("shift", month.shifts), ("person", month.people)):
        faults += [f"{what} {code}: twice" for code in _twice(one.code for one in codes)]
    for shift in month.shifts:
        if not is_in_order(shift):
            faults.append(f"shift {shift.code}: spans that overlap, run backwards or end behind the next day")
        elif shift.minutes > longest:
            faults.append(f"shift {shift.code}: longer than a day with overtime may be")
    faults += [f"desk {one.code}: no such shift" for one in month.desks if one.shifts - shifts]
    faults += [
        f"person {one.code}: share or week below 1" for one in month.people if one.share < 1 or one.week == 0
    ]
    faults += [f"person {one.code}: no such desk" for one in month.people if one.desks - desks]
    for number, demand in enumerate(month.demands):
        if demand.desk not in desks or not 0 <= demand.start < demand.end <= DAY or demand.people < 0:
            faults.append(f"demand {number}: no such desk, or hours that do not lie in a day")
        elif not month.first <= demand.day <= month.last:
            faults.append(f"demand {number}: its day lies outside the month")
    for wish in month.fixed:
        named = {wish.shift} - {None} <= shifts and {wish.desk} - {None} <= desks and wish.person in people
        if not named or not month.first <= wish.day <= month.last:
            faults.append(f"fixed {wish.person} {wish.day}: a person, shift, desk or day that is not there")
    for duty in month.before:
        if duty.day >= month.first or duty.person not in people or duty.shift not in shifts:
            faults.append(
                f"before {duty.person} {duty.day}: not before the month, or a person or shift not there"
            )
    return faults


def is_in_order(shift: Shift) -> bool:
    """Whether a shift's spans follow each other, begin on its day and end on the next at the latest."""
    edges = [edge for span in shift.spans for edge in span]
    rising = all(earlier < later for earlier, later in pairwise(edges))
    return bool(edges) and rising and 0 <= shift.start < DAY and shift.end <= 2 * DAY


def _twice(codes: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({code for code in codes if code in seen or seen.add(code)})  # type: ignore[func-returns-value]
