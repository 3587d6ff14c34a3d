"""Finds the roster of a month by OR-Tools CP-SAT, or the reasons why there is none. The same month, the same answer.

What counts among rosters that keep every rule, in this order: nights and holidays shared so that nobody has more than
one more than another; no more people at a desk than it needs; hours shared evenly. All of it is at best 0, so a roster
that reaches 0 is proved to be the best at once; the weeks one after the other often do, and if not they are where the
search over the whole month begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from ortools.sat.python import cp_model

from nuanxin.hotline.rules.rosters.answer import NoRoster, Roster
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.hotline.rules.rosters.demand import only_by_night
from nuanxin.hotline.rules.rosters.explain import counted, left_open, reasons_of
from nuanxin.hotline.rules.rosters.model import RosterModel
from nuanxin.hotline.rules.rosters.month import Duty, Month, faults_of, monday_of
from nuanxin.hotline.rules.rosters.watch import Tell, Watch
from nuanxin.hotline.rules.rosters.weights import cost_of, spread, weigh


def solve_month(
    month: Month,
    effort: float = 60.0,
    seconds: float | None = None,
    *,
    start: Collection[Duty] = (),
    tell: Tell | None = None,
) -> Roster | NoRoster:
    """The roster of a month; :class:`ValueError` with every fault of the question.

    ``effort``: the solver's deterministic seconds (about as long as real ones on a quiet machine), so that the answer
    does not depend on the machine's load: three quarters for the weeks one by one, one for the month. ``seconds``: a
    limit by the clock for that last quarter, for who waits at a screen; where it cuts in, the answer may differ from run to run.
    ``start``: an earlier answer to go on from, whole or not. ``tell`` hears how far it is, and stops it by answering true.
    """
    if faults := faults_of(month):
        raise ValueError("; ".join(faults))
    if short := counted(month):
        return NoRoster(short)
    watch = Watch(tell)
    draft = _draft(month, effort, start, watch)
    if draft is not None and cost_of(month, draft) == 0:
        return _roster(month, draft, proved=True, bound=0.0)
    if watch.stopped:
        return _as_far(month, draft, watch)
    built, solver = RosterModel(month), _solver(effort / 4, seconds)
    _hint(built, draft if draft is not None else start)
    watch.at(stage="month", done=0, of=1)
    status = search(built, solver, watch=watch)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = seated(built, solver)
        if draft is None or cost_of(month, found) <= cost_of(month, draft):
            return _roster(month, found, proved=status == cp_model.OPTIMAL, bound=solver.best_objective_bound)
    if draft is not None or watch.stopped:  # what the weeks gave keeps every rule, too
        return _as_far(month, draft, watch)
    watch.at(stage="why")
    if not watch.stopped and (reasons := reasons_of(month, effort)):
        return NoRoster(reasons)
    best = by_weeks(month, effort, soft=True, watch=watch) or ()
    return _open(month, best, stopped=watch.stopped)


def _draft(month: Month, effort: float, start: Collection[Duty], watch: Watch) -> frozenset[Duty] | None:
    """What to begin the month with: the earlier answer where it keeps every rule, else the weeks one after the other."""
    known = frozenset(start)
    draft = known if known and not check_roster(month, known) else None
    if draft is None:
        draft = by_weeks(month, effort / 2, start=known, watch=watch)
    if draft is None:
        return None
    watch.at(cost=cost_of(month, draft), best=draft)
    if watch.progress.cost and not watch.stopped:
        draft = again_by_weeks(month, draft, effort / 4, watch)
    return draft


def _as_far(month: Month, draft: frozenset[Duty] | None, watch: Watch) -> Roster | NoRoster:
    """The answer of a search that goes no further: a whole roster, or the part that there is."""
    if draft is not None:
        return _roster(month, draft, proved=False, bound=0.0)
    return _open(month, watch.progress.best, stopped=True)


def _open(month: Month, duties: Collection[Duty], *, stopped: bool) -> NoRoster:
    best = tuple(sorted(duties))
    return NoRoster(left_open(month, check_roster(month, best)), proved=False, best=best, stopped=stopped)


def _hint(built: RosterModel, duties: Collection[Duty]) -> None:
    if duties:
        for duty, seat in built.seats.items():
            built.model.add_hint(seat, duty in duties)


def _roster(month: Month, duties: Collection[Duty], *, proved: bool, bound: float) -> Roster:
    ordered = tuple(sorted(duties))
    return Roster(
        duties=ordered,
        proved=proved,
        cost=cost_of(month, ordered),
        bound=bound,
        night_spread=spread(month, ordered, nights=True),
        holiday_spread=spread(month, ordered, nights=False),
    )


def _solver(effort: float, seconds: float | None = None) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # several would race, and the answer depend on who wins
    solver.parameters.linearization_level = 2  # thirty times as fast here as the usual 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    return solver


def search(
    built: RosterModel,
    solver: cp_model.CpSolver,
    worked: Mapping[str, int] | None = None,
    *,
    soft: bool = False,
    watch: Watch | None = None,
) -> cp_model.CpSolverStatus:
    """Solves the model with all its rules in force; ``soft``: demands may stay open."""
    for because, rule in built.rules.items():
        if because.demand is None or not soft:
            built.model.add(rule == 1)
    weigh(built, worked, soft=soft)
    return (watch or Watch()).solve(built.model, solver)


def seated(built: RosterModel, solver: cp_model.CpSolver) -> frozenset[Duty]:
    """The duties of the solution found."""
    return frozenset(duty for duty, seat in built.seats.items() if solver.boolean_value(seat))


def by_weeks(
    month: Month,
    effort: float,
    *,
    soft: bool = False,
    start: Collection[Duty] = (),
    watch: Watch | None = None,
) -> frozenset[Duty] | None:
    """A roster put together week by week, each knowing those before; None when some week finds none that way, or when
    it was stopped (what was found is then the watch's best).

    A month is many times as hard as its weeks. Each week may use its share of the month's overtime, so that what comes
    out keeps the rules of the whole month.
    """
    weeks = sorted({monday_of(day) for day in month.days})
    limits = replace(month.limits, overtime_month=month.limits.overtime_month // len(weeks))
    found: frozenset[Duty] = frozenset()
    watch = watch or Watch()
    for number, monday in enumerate(weeks):
        if watch.at(stage="weeks", done=number, of=len(weeks), best=found):
            return None
        part = _week(replace(month, limits=limits), monday, found)
        built, solver = RosterModel(part), _solver(effort / len(weeks))
        worked = {person.code: 0 for person in month.people}
        for duty in found:
            worked[duty.person] += built.shifts[duty.shift].minutes
        for person in month.people:  # leave of this week is counted by the week itself
            past = sum(month.first <= day < part.first for day in person.leave)
            worked[person.code] += past * month.limits.day * 5 // 7
        _hint(built, start)
        if search(built, solver, worked, soft=soft, watch=watch) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        found |= seated(built, solver)
    return found


def again_by_weeks(
    month: Month, draft: frozenset[Duty], effort: float, watch: Watch | None = None
) -> frozenset[Duty]:
    """Each week once more, the others standing fast: an early week could not know what later ones would need."""
    built = RosterModel(month)
    for rule in built.rules.values():
        built.model.add(rule == 1)
    weigh(built)
    weeks = sorted({monday_of(day) for day in month.days})
    best, cost = draft, cost_of(month, draft)
    watch = watch or Watch()
    for number, monday in enumerate(weeks):
        if watch.at(stage="again", done=number, of=len(weeks), cost=cost, best=best):
            break
        freed = built.model.clone()
        for duty, seat in built.seats.items():
            if monday_of(duty.day) != monday:
                freed.add(seat == (duty in best))
        solver = _solver(effort / len(weeks))
        if cost and watch.solve(freed, solver) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found = seated(built, solver)
            if cost_of(month, found) < cost:
                best, cost = found, cost_of(month, found)
    return best


def _week(month: Month, monday: date, found: Collection[Duty]) -> Month:
    """One week of a month; what was found for the days before is its past, and the burdens of it are carried."""
    first, last = max(month.first, monday), min(month.last, monday + timedelta(6))
    demands = [one for one in month.demands if first <= one.day <= last]
    for one in month.demands:
        if one.day == last + timedelta(1):
            demands += only_by_night(month, one)
    shifts = {shift.code: shift for shift in month.shifts}
    nights = Counter(duty.person for duty in found if month.at_night(shifts[duty.shift]))
    holidays = Counter(duty.person for duty in found if duty.day in month.holidays)
    return replace(
        month,
        first=first,
        last=last,
        people=tuple(
            replace(
                person,
                carried_nights=person.carried_nights + nights[person.code],
                carried_holidays=person.carried_holidays + holidays[person.code],
            )
            for person in month.people
        ),
        demands=tuple(demands),
        fixed=tuple(one for one in month.fixed if first <= one.day <= last),
        before=(*month.before, *sorted(found)),
    )
