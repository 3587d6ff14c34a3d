"""From needs to demands, and from demands to the moments at which somebody must sit there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from nuanxin.hotline.rules.rosters.limits import DAY, Span
from nuanxin.hotline.rules.rosters.month import LAWYER, Demand, Desk, Month, Shift, speaks

_QUARTER = 15


def from_quarters(desk: str, day: date, need: Sequence[int]) -> tuple[Demand, ...]:
    """Demands of a day from 96 needs of a quarter-hour (``staffing.need_by_quarter``); equal neighbours are one."""
    if len(need) * _QUARTER != DAY:
        raise ValueError("a day has 96 quarters of an hour")
    found, since = [], 0
    for quarter in range(1, len(need) + 1):
        if quarter == len(need) or need[quarter] != need[since]:
            if need[since] > 0:
                found.append(Demand(desk, day, since * _QUARTER, quarter * _QUARTER, need[since]))
            since = quarter
    return tuple(found)


def lawyer_at(desk: str, day: date, hours: Iterable[Span]) -> tuple[Demand, ...]:
    """A special desk has at least one lawyer in its hours; a span past midnight reaches into the next day."""
    return _one_at(desk, day, hours, LAWYER)


def speaker_at(desk: str, day: date, hours: Iterable[Span], language: str) -> tuple[Demand, ...]:
    """A desk that promises a language has at least one who speaks it in its hours, also past midnight."""
    return _one_at(desk, day, hours, speaks(language))


def _one_at(desk: str, day: date, hours: Iterable[Span], skill: str) -> tuple[Demand, ...]:
    found = []
    for start, end in hours:
        if start < min(end, DAY):
            found.append(Demand(desk, day, start, min(end, DAY), 1, frozenset({skill})))
        if end > DAY:
            found.append(Demand(desk, day + timedelta(1), 0, end - DAY, 1, frozenset({skill})))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch in which the same shifts are at work. ``shifts``: (how many days before, code) of those that cover it."""

    demand: Demand
    start: int
    end: int
    shifts: frozenset[tuple[int, str]]


def shifts_of(desk: Desk, shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """The shifts that a desk uses."""
    return tuple(shift for shift in shifts if not desk.shifts or shift.code in desk.shifts)


def moments_of(month: Month, demand: Demand) -> tuple[Moment, ...]:
    """Where the demand's hours are cut by shifts that begin or end; of stretches with the same shifts only the first."""
    desk = next(one for one in month.desks if one.code == demand.desk)
    spans = [
        (ago, shift.code, start - ago * DAY, end - ago * DAY)
        for shift in shifts_of(desk, month.shifts)
        for ago in (0, 1)
        for start, end in shift.spans
    ]
    edges = {demand.start, demand.end}
    edges |= {edge for *_, start, end in spans for edge in (start, end) if demand.start < edge < demand.end}
    ordered = sorted(edges)
    found: dict[frozenset[tuple[int, str]], Moment] = {}
    for since, until in pairwise(ordered):
        covering = frozenset(
            (ago, code) for ago, code, start, end in spans if start <= since and until <= end
        )
        found.setdefault(covering, Moment(demand, since, until, covering))
    return tuple(found.values())


def only_by_night(month: Month, demand: Demand) -> tuple[Demand, ...]:
    """The hours of a demand that only shifts begun on the day before can cover."""
    return tuple(
        replace(demand, start=moment.start, end=moment.end)
        for moment in moments_of(month, demand)
        if moment.shifts and all(ago == 1 for ago, _ in moment.shifts)
    )
