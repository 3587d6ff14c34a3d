"""Why a month has no roster: a small set of rules that cannot stand together, each in words.

First what can be counted at one desk; then days, then runs of eight days, then the whole month: a part that has no
roster shows that the month has none, and its reasons are few. The solver names rules that contradict each other; each is
then left out in turn, and stays out where the others contradict each other without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ortools.sat.python import cp_model

from nuanxin.hotline.rules.rosters import wording
from nuanxin.hotline.rules.rosters.answer import Because, Reason
from nuanxin.hotline.rules.rosters.check import Fault
from nuanxin.hotline.rules.rosters.demand import Moment, moments_of
from nuanxin.hotline.rules.rosters.model import RosterModel
from nuanxin.hotline.rules.rosters.month import Demand, Month

_WINDOW = 8  # days: a rest day in seven, and a night that reaches in
_EFFORT = 2.0  # deterministic seconds for one part; the same on every machine
_MOST_LEFT_OUT = 60


def reasons_of(month: Month, effort: float = 60.0) -> tuple[Reason, ...]:
    """Rules of a month that cannot stand together; none when nothing was proved with the effort given."""
    if found := counted(month):
        return found
    for days in _parts(month.days):
        built = RosterModel(month, days)
        whole = len(days) == len(month.days)
        core = _contradiction(built, effort if whole else _EFFORT)
        if core:
            return tuple(_reason(month, because) for because in _smaller(built, core))
    return ()


def counted(month: Month) -> tuple[Reason, ...]:
    """What can be said without a solver: the first hours of a desk for which there are too few people, if any."""
    return next(_counted(month), ())


def left_open(month: Month, faults: Iterable[Fault]) -> tuple[Reason, ...]:
    """What stays open in a roster that could not be completed: each demand with how many people are missing."""
    return tuple(
        Reason(
            "open", wording.left_open(month, fault.demand, fault.missing), day=fault.day, demand=fault.demand
        )
        for fault in faults
        if fault.demand is not None
    )


def _counted(month: Month) -> Iterator[tuple[Reason, ...]]:
    """Hours that no shift covers, and demands for more people than there are."""
    for demand in sorted(month.demands, key=lambda one: (one.day, one.start, -len(one.skills))):
        for moment in moments_of(month, demand):
            if demand.people and not moment.shifts:
                text = wording.no_shift(month, demand, moment.start, moment.end)
                yield (Reason("no_shift", text, day=demand.day, demand=demand),)
            if demand.day == month.first and _nobody_before(month, moment):
                text = wording.nobody_before(month, demand, moment.start, moment.end)
                yield (Reason("before", text, day=demand.day, demand=demand),)
        able = [one for one in month.people if demand.skills <= one.skills]
        able = [one for one in able if not one.desks or demand.desk in one.desks]
        here = [one for one in able if demand.day not in one.leave]
        if len(here) < demand.people and not _came_before(month, demand):
            because = Because("demand", demand=demand, day=demand.day)
            short = wording.too_few(month, demand, demand.people - len(here))
            yield (
                _reason(month, because),
                *(
                    _reason(month, Because("leave", one.code, demand.day))
                    for one in able
                    if demand.day in one.leave
                ),
                Reason("too_few", short, day=demand.day, demand=demand),
            )


def _nobody_before(month: Month, moment: Moment) -> bool:
    """Whether only nights of the day before could cover a moment, and too few are told of."""
    if not moment.shifts or any(ago == 0 for ago, _ in moment.shifts):
        return False
    skilled = {one.code for one in month.people if moment.demand.skills <= one.skills}
    there = [
        duty
        for duty in month.before
        if (moment.demand.day - duty.day).days == 1
        and (1, duty.shift) in moment.shifts
        and duty.desk == moment.demand.desk
        and duty.person in skilled
    ]
    return len(there) < moment.demand.people


def _came_before(month: Month, demand: Demand) -> bool:
    """Whether people of the month before are still there, who are not counted among the month's."""
    return any(duty.desk == demand.desk for duty in month.before) and demand.day == month.first


def _parts(days: Sequence[date]) -> Iterator[Sequence[date]]:
    """Two days (a night and its morning), then eight, then all."""
    for length in (2, _WINDOW):
        if length < len(days):
            yield from (days[at : at + length] for at in range(len(days) - length + 1))
    yield days


def _contradiction(built: RosterModel, effort: float, only: Iterable[Because] | None = None) -> list[Because]:
    """Rules that the solver finds to contradict each other; empty when there is a roster, or nothing was proved."""
    chosen = list(built.rules) if only is None else list(only)
    built.model.clear_assumptions()
    built.model.add_assumptions([built.rules[because] for because in chosen])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    if solver.solve(built.model) != cp_model.INFEASIBLE:
        return []
    indices = set(solver.sufficient_assumptions_for_infeasibility())
    return [because for because in chosen if built.rules[because].index in indices] or chosen


def _smaller(built: RosterModel, core: list[Because]) -> list[Because]:
    """Leaves out one rule after the other for as long as the rest is still proved to be a contradiction."""
    kept = list(core)
    for because in core[:_MOST_LEFT_OUT]:
        rest = [one for one in kept if one != because]
        if because in kept and (found := _contradiction(built, _EFFORT, rest)):
            kept = found
    return kept


def _reason(month: Month, because: Because) -> Reason:
    text = wording.sentence(month, because)
    return Reason(because.code, text, because.person, because.day, because.demand)
