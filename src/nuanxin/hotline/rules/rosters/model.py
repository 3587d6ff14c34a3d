"""A month as a model of CP-SAT: who works which shift at which desk, and every rule with its name.

Each rule hangs on a literal of its own (``Because``), so that a month without a solution can say which rules cannot
stand together. A roster is searched with all of them true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from ortools.sat.python import cp_model

from nuanxin.hotline.rules.rosters.answer import Because
from nuanxin.hotline.rules.rosters.demand import moments_of, shifts_of
from nuanxin.hotline.rules.rosters.month import (
    Demand,
    Duty,
    Fixed,
    Month,
    Person,
    Shift,
    free_between,
    monday_of,
    week_limit,
)

Literal = cp_model.IntVar
Works = dict[tuple[date, str], Literal]  # of one person: by day and shift


class RosterModel:
    """The model of a run of days out of a month. ``seats``: by person, day, shift, desk; ``works``: without the desk."""

    def __init__(self, month: Month, days: Iterable[date] | None = None) -> None:
        self.month = month
        self.days = month.days if days is None else tuple(days)
        self.model = cp_model.CpModel()
        self.rules: dict[Because, Literal] = {}
        self.seats: dict[Duty, Literal] = {}
        self.works: dict[str, Works] = {}
        self.covering: dict[tuple[date, str, str], list[tuple[str, Literal]]] = defaultdict(list)
        self._past: dict[str, list[tuple[date, Shift]]] = defaultdict(list)
        for duty in month.before:
            self._past[duty.person].append((duty.day, self.shifts[duty.shift]))
        for person in month.people:
            self._sit(person)
            self._leave(person)
            self._rest(person)
            self._rest_days(person)
            self._hours(person)
            self._contract(person)
        for wish in month.fixed:
            self._fix(wish)
        # Behind the last day of a week there may be a morning that only its last night can cover.
        covered = {*self.days, month.last + timedelta(1)}
        for demand in month.demands:
            if demand.day in covered:
                self._cover(demand)

    @cached_property
    def shifts(self) -> dict[str, Shift]:
        """By code."""
        return {shift.code: shift for shift in self.month.shifts}

    def rule(self, because: Because) -> Literal:
        """The literal that a rule hangs on."""
        if because not in self.rules:
            self.rules[because] = self.model.new_bool_var(f"rule {len(self.rules)} {because.code}")
        return self.rules[because]

    def _sit(self, person: Person) -> None:
        """One shift a day at most, and in it exactly one desk."""
        works: dict[tuple[date, str], list[Literal]] = defaultdict(list)
        for day in self.days:
            for desk in self.month.desks:
                if person.desks and desk.code not in person.desks:
                    continue
                for shift in shifts_of(desk, self.month.shifts):
                    duty = Duty(day, person.code, shift.code, desk.code)
                    seat = self.model.new_bool_var(f"{day} {person.code} {shift.code} {desk.code}")
                    self.seats[duty] = seat
                    works[day, shift.code].append(seat)
                    self.covering[day, shift.code, desk.code].append((person.code, seat))
        self.works[person.code] = {}
        for (day, code), seats in works.items():
            worked = self.model.new_bool_var(f"{day} {person.code} {code}")
            self.model.add(sum(seats) == worked)
            self.works[person.code][day, code] = worked
            if not person.nights and self.month.at_night(self.shifts[code]):
                self.model.add_implication(self.rule(Because("no_nights", person.code)), worked.Not())
        for day in self.days:
            self.model.add_at_most_one(self.on(person.code, day).values())

    def on(self, person: str, day: date) -> dict[str, Literal]:
        """What somebody may work on a day, by shift."""
        return {code: worked for (when, code), worked in self.works[person].items() if when == day}

    def _leave(self, person: Person) -> None:
        """On a day of leave no shift begins, and no night runs into it."""
        for (day, code), worked in self.works[person.code].items():
            reached = [day, day + timedelta(1)] if self.shifts[code].end > 24 * 60 else [day]
            for free in reached:
                if free in person.leave:
                    self.model.add_implication(self.rule(Because("leave", person.code, free)), worked.Not())

    def _rest(self, person: Person) -> None:
        """Between the end of a shift and the start of the next day's lie at least the hours of rest."""
        rule, least = self.rule(Because("rest")), self.month.limits.rest
        for day in self.days:
            for code, worked in self.on(person.code, day).items():
                after = self.on(person.code, day + timedelta(1)).items()
                mine = (day, self.shifts[code])
                close = [
                    next_one
                    for other, next_one in after
                    if free_between(mine, (day + timedelta(1), self.shifts[other])) < least
                ]
                if close:
                    self.model.add(worked + sum(close) <= 1).only_enforce_if(rule)
                if any(free_between(past, mine) < least for past in self._past[person.code]):
                    self.model.add_implication(rule, worked.Not())

    def _rest_days(self, person: Person) -> None:
        """In any seven days running there is a day without a shift, free for 24 hours on end."""
        length, rule = self.month.limits.days_with_rest, self.rule(Because("rest_day"))
        worked_before = {day for day, _ in self._past[person.code]}
        first, last = self.days[0], self.days[-1]
        rests = {day: self._rest_day(person, day) for day in self.days}
        for offset in range(1 - length, (last - first).days + 2 - length):
            window = [first + timedelta(offset + n) for n in range(length)]
            past = [day for day in window if day < first]
            # Days before the month that nobody told of count as free: it is not known that they were not.
            if all(day in worked_before for day in past):
                self.model.add_bool_or([rests[day] for day in window if day >= first]).only_enforce_if(rule)

    def _rest_day(self, person: Person, day: date) -> Literal:
        rest = self.model.new_bool_var(f"{day} {person.code} rests")
        yesterday, tomorrow = day - timedelta(1), day + timedelta(1)
        for worked in self.on(person.code, day).values():
            self.model.add_implication(rest, worked.Not())
        before: list[tuple[tuple[date, Shift], list[Literal]]] = [
            (past, []) for past in self._past[person.code] if past[0] == yesterday
        ]
        before += [
            ((yesterday, self.shifts[code]), [worked])
            for code, worked in self.on(person.code, yesterday).items()
        ]
        for earlier, literals in before:
            for code, later in self.on(person.code, tomorrow).items():
                if free_between(earlier, (tomorrow, self.shifts[code])) < self.month.limits.rest_day:
                    self.model.add_bool_or([rest.Not(), later.Not(), *(one.Not() for one in literals)])
        return rest

    def _hours(self, person: Person) -> None:
        """Overtime beyond the day's and the week's hours stays within what a month may have."""
        limits, holidays = self.month.limits, self.month.holidays
        by_week: dict[date, list[cp_model.LinearExprT]] = defaultdict(list)
        over: list[cp_model.LinearExprT] = []
        for (day, code), worked in self.works[person.code].items():
            minutes = self.shifts[code].minutes
            if day not in holidays:
                by_week[monday_of(day)].append(min(minutes, limits.day) * worked)
            if minutes > limits.day:
                over.append((minutes - limits.day) * worked)
                if not person.overtime:
                    rule = self.rule(Because("no_overtime", person.code))
                    self.model.add_implication(rule, worked.Not())
        for monday, terms in by_week.items():
            so_far = sum(
                min(shift.minutes, limits.day)
                for day, shift in self._past[person.code]
                if monday_of(day) == monday and day not in holidays
            )
            room = max(0, week_limit(self.month, monday) - so_far)
            beyond = self.model.new_int_var(0, limits.overtime_month, f"{monday} {person.code} overtime")
            self.model.add(sum(terms) - room <= beyond).only_enforce_if(self.rule(Because("overtime")))
            over.append(beyond)
            if not person.overtime:
                self.model.add(beyond == 0).only_enforce_if(self.rule(Because("no_overtime", person.code)))
        if over:
            self.model.add(sum(over) <= limits.overtime_month).only_enforce_if(self.rule(Because("overtime")))

    def _contract(self, person: Person) -> None:
        """No week has more than a person's contract allows, whatever day it is."""
        if person.week is None:
            return
        for monday in sorted({monday_of(day) for day in self.days}):
            terms = [
                self.shifts[code].minutes * worked
                for (day, code), worked in self.works[person.code].items()
                if monday_of(day) == monday
            ]
            past = sum(shift.minutes for day, shift in self._past[person.code] if monday_of(day) == monday)
            rule = self.rule(Because("week", person.code))
            self.model.add(sum(terms) <= max(0, person.week - past)).only_enforce_if(rule)

    def _fix(self, wish: Fixed) -> None:
        if wish.day not in self.days:
            return
        rule = self.rule(Because("fixed", wish.person, wish.day))
        if wish.shift is None:
            for worked in self.on(wish.person, wish.day).values():
                self.model.add_implication(rule, worked.Not())
            return
        wanted = [
            seat
            for duty, seat in self.seats.items()
            if (duty.person, duty.day, duty.shift) == (wish.person, wish.day, wish.shift)
            and wish.desk in (None, duty.desk)
        ]
        self.model.add_bool_or(wanted).only_enforce_if(rule)

    def _cover(self, demand: Demand) -> None:
        """At every moment of the demand enough people with its skills sit at the desk."""
        rule = self.rule(Because("demand", day=demand.day, demand=demand))
        able = {one.code for one in self.month.people if demand.skills <= one.skills}
        for moment in moments_of(self.month, demand):
            there: list[Literal] = []
            already = 0
            for ago, code in moment.shifts:
                begins = demand.day - timedelta(ago)
                there += [seat for who, seat in self.covering[begins, code, demand.desk] if who in able]
                already += sum(
                    duty.person in able
                    for duty in self.month.before
                    if (duty.day, duty.shift, duty.desk) == (begins, code, demand.desk)
                )
            if begins_before(self.days[0], demand.day, moment.shifts) and self.days[0] > self.month.first:
                continue  # a window inside the month does not know who came on duty the night before
            self.model.add(sum(there) >= demand.people - already).only_enforce_if(rule)


def begins_before(first: date, day: date, shifts: Iterable[tuple[int, str]]) -> bool:
    """Whether some of the shifts at work began before ``first``."""
    return any(day - timedelta(ago) < first for ago, _ in shifts)
