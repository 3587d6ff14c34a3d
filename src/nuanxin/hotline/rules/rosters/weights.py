"""What makes one roster better than another: burdens shared fairly, nobody too many, hours even."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from ortools.sat.python import cp_model

from nuanxin.hotline.rules.rosters.demand import moments_of, shifts_of
from nuanxin.hotline.rules.rosters.model import Literal, RosterModel
from nuanxin.hotline.rules.rosters.month import Desk, Duty, Month, Person

_OPEN = 1_000_000  # a demand that stays open, where that is allowed
_SPREAD, _SURPLUS, _HOURS = 10_000, 100, 1  # one night beyond fair, one duty too many, one hour beyond even
_EVEN = 2  # shifts by which months may differ before hours count as uneven


def spread(month: Month, duties: Collection[Duty], *, nights: bool) -> int:
    """The difference between who has most nights (else holidays) and who has fewest, of those who can have any."""
    shifts = {shift.code: shift for shift in month.shifts}
    had: dict[str, int] = defaultdict(int)
    for duty in duties:
        had[duty.person] += month.at_night(shifts[duty.shift]) if nights else duty.day in month.holidays
    counts = [
        had[person.code] + (person.carried_nights if nights else person.carried_holidays)
        for person in sharers(month, nights=nights)
    ]
    return max(counts) - min(counts) if counts else 0


def sharers(month: Month, *, nights: bool) -> list[Person]:
    """Who shares nights (else holidays): who may sit at a desk that has any, works nights, and is not away all month."""
    shifts = {shift.code: shift for shift in month.shifts}
    asked = {demand.desk for demand in month.demands if nights or demand.day in month.holidays}
    night_desks = {
        desk.code
        for desk in month.desks
        if any(
            month.at_night(shift) for code, shift in shifts.items() if not desk.shifts or code in desk.shifts
        )
    }
    where = asked & night_desks if nights else asked
    days = set(month.days) if nights else set(month.days) & month.holidays
    return [
        person
        for person in month.people
        if (not person.desks or person.desks & where)
        and days - person.leave
        and (person.nights or not nights)
        and where
    ]


def weigh(built: RosterModel, worked: Mapping[str, int] | None = None, *, soft: bool = False) -> None:
    """Says what makes one roster better than another; every term is at best 0.

    ``worked``: minutes that each person has had already, where the model is a later week of a month.
    ``soft``: a demand may stay open, which is worse than anything else.
    """
    terms: list[cp_model.LinearExprT] = []
    if soft:
        terms += [_OPEN * (1 - rule) for because, rule in built.rules.items() if because.demand is not None]
    for nights in (True, False):
        people = sharers(built.month, nights=nights)
        if len(people) > 1:
            terms.append(_SPREAD * _beyond_one(built, people, nights=nights))
    terms += [_SURPLUS * _surplus(built, desk) for desk in built.month.desks]
    if len(built.month.people) > 1:
        terms.append(_HOURS * _uneven_hours(built, worked or {}))
    built.model.minimize(sum(terms))


def _beyond_one(built: RosterModel, people: list[Person], *, nights: bool) -> Literal:
    """How far the difference between most and fewest passes one."""
    carried = [one.carried_nights if nights else one.carried_holidays for one in people]
    sums = [
        had
        + sum(
            worked
            for (day, code), worked in built.works[person.code].items()
            if (built.month.at_night(built.shifts[code]) if nights else day in built.month.holidays)
        )
        for person, had in zip(people, carried, strict=True)
    ]
    return _gap_beyond(built, sums, top=len(built.days) + max(carried), allowed=1)


def _gap_beyond(
    built: RosterModel, sums: Sequence[cp_model.LinearExprT], *, top: int, allowed: int, unit: int = 1
) -> Literal:
    """How many units the largest of the sums lies more than ``allowed`` above the smallest."""
    lowest, highest = (built.model.new_int_var(0, top, name) for name in ("fewest", "most"))
    beyond = built.model.new_int_var(0, top // unit + 1, "beyond")
    for one in sums:
        built.model.add(one >= lowest)
        built.model.add(one <= highest)
    built.model.add(highest - lowest - allowed <= unit * beyond)
    return beyond


def _uneven_hours(built: RosterModel, had: Mapping[str, int]) -> Literal:
    """Hours by which the month of who works most passes that of who works least; leave counts as worked."""
    month = built.month
    sums = [
        sum(
            full_time(person, built.shifts[code].minutes) * worked
            for (_, code), worked in built.works[person.code].items()
        )
        + full_time(person, had.get(person.code, 0))
        + leave_minutes(month, person)
        for person in month.people
    ]
    allowed = _EVEN * max(shift.minutes for shift in month.shifts)
    least = min(person.share for person in month.people)
    return _gap_beyond(built, sums, top=62 * 24 * 60 * 100 // least, allowed=allowed, unit=60)


def full_time(person: Person, minutes: int) -> int:
    """What minutes would be for somebody who works full time."""
    return minutes * 100 // person.share


def leave_minutes(month: Month, person: Person) -> int:
    """What leave counts for: five working days in seven."""
    return sum(month.first <= day <= month.last for day in person.leave) * month.limits.day * 5 // 7


def cost_of(month: Month, duties: Collection[Duty]) -> int:
    """What a roster costs; the same figure as the model's, from the duties alone."""
    shifts = {shift.code: shift for shift in month.shifts}
    cost = sum(_SPREAD * max(0, spread(month, duties, nights=nights) - 1) for nights in (True, False))
    for desk in month.desks:
        cost += _SURPLUS * max(0, sum(one.desk == desk.code for one in duties) - least_duties(month, desk))
    minutes = {person.code: leave_minutes(month, person) for person in month.people}
    people = {person.code: person for person in month.people}
    for duty in duties:
        minutes[duty.person] += full_time(people[duty.person], shifts[duty.shift].minutes)
    allowed = _EVEN * max(shift.minutes for shift in month.shifts)
    beyond = max(minutes.values()) - min(minutes.values()) - allowed if len(minutes) > 1 else 0
    return cost + _HOURS * max(0, -(-beyond // 60))


def _surplus(built: RosterModel, desk: Desk) -> Literal:
    """Duties at a desk beyond the least number that could meet its demands if anybody could sit there."""
    least = least_duties(built.month, desk)
    seats = [seat for duty, seat in built.seats.items() if duty.desk == desk.code]
    surplus = built.model.new_int_var(0, len(seats), f"{desk.code} surplus")
    built.model.add(sum(seats) - least <= surplus)
    return surplus


def least_duties(month: Month, desk: Desk) -> int:
    """The least number of duties that covers a desk's demands, whoever sits there: a small problem without people."""
    model = cp_model.CpModel()
    most = len(month.people)
    count = {
        (day, shift.code): model.new_int_var(0, most, f"{day} {shift.code}")
        for day in month.days
        for shift in shifts_of(desk, month.shifts)
    }
    for demand in month.demands:
        if demand.desk != desk.code:
            continue
        for moment in moments_of(month, demand):
            begins = [(demand.day - timedelta(ago), code) for ago, code in moment.shifts]
            already = sum((one.day, one.shift) in begins and one.desk == desk.code for one in month.before)
            there = sum(count[key] for key in begins if key in count)
            model.add(there + already >= demand.people)
    model.minimize(sum(count.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 2.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0  # the month has no roster; the whole model says why
    return int(solver.best_objective_bound + 0.5)
