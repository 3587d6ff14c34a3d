"""How many calls each quarter-hour of a day will bring, from those of the past. Pure.

What holds: people ring by the clock and by the kind of day, and the number goes up before Spring Festival, when wages of
the year are settled. A single quarter has few calls, and the median of few is nought where the mean is a half; so the
median is taken of the day's total, which one wild day cannot move, and the hours of the day share it out. They do so by
stretches of one rate (``rules.stretches``), found in all days of the kind, so that chance does not move the need of a
quiet hour; within a stretch the weekday's own calls count the more, the more of them there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from nuanxin.hotline.rules.staffing import QUARTERS
from nuanxin.hotline.rules.stretches import level, stretches
from nuanxin.law.calendar import CalendarMissing, DayKind, kind_of

LAST = 8  # days of the same kind that a forecast rests on
FEWEST = 3  # with fewer a day is not forecast
POOLED = 40  # days of any weekday that say where in the day the calls lie: eight weeks of working days
_SPREAD = 10  # shape of the gamma prior of a weekday's rate: weekdays differ by a third (1 / sqrt(10)) where nothing is known
_BEFORE = 28  # days before Spring Festival in which calls grow
_COMPARED = 56  # days before those, against which the growth is measured
_GROWTH = (1.0, 4.0)  # what a growth may be; a smaller or larger one is a fault of the data

Day = Sequence[int]  # calls of its 96 quarters


@dataclass(frozen=True, slots=True)
class Forecast:
    """Calls expected in each quarter of a day. ``rests_on``: the days it was taken from, newest first.

    ``growth``: what Spring Festival adds, 1 when it is far or unknown. ``stand_in``: too few days of this kind are known,
    and others stand in for them. No ``quarters``: too few days of any kind.
    """

    day: date
    quarters: tuple[float, ...]
    rests_on: tuple[date, ...]
    growth: float = 1.0
    stand_in: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a forecast."""
        return bool(self.quarters)


def forecast(history: Mapping[date, Day], day: date) -> Forecast:
    """The forecast of one day. :class:`CalendarMissing` where the kind of the day itself is not known yet.

    Statutory holidays rest on such holidays, every other day on the last eight of its weekday that were of its kind (a
    Saturday worked in exchange counts as a working day). Where there are fewer than three, rest days stand in for
    holidays, and any day of the same kind for the weekday. Where few calls came, the other weekdays of the kind help.
    """
    wanted = kind_of(day)
    kinds = {past: kind for past in history if past < day and (kind := _kind(past)) is not None}
    same = [
        past
        for past, kind in kinds.items()
        if kind is wanted and (wanted is DayKind.STATUTORY or past.weekday() == day.weekday())
    ]
    alike = sorted((past for past, kind in kinds.items() if _works(kind) == _works(wanted)), reverse=True)
    stand_in = len(same) < FEWEST
    if stand_in:
        same = alike
    rests_on = tuple(sorted(same, reverse=True)[:LAST])
    if len(rests_on) < FEWEST:
        return Forecast(day, (), rests_on, stand_in=stand_in)
    growth = _growth(history, day, rests_on)
    own, all_ = [history[past] for past in rests_on], [history[past] for past in alike[:POOLED]]
    total = _daily_level(own) * growth
    return Forecast(
        day,
        tuple(total * share for share in shape(own, all_)),
        rests_on,
        growth,
        stand_in,
    )


def shape(own: Collection[Day], alike: Collection[Day]) -> tuple[float, ...]:
    """Each quarter's share of a day's calls; they add up to 1. 0 only in hours in which provably nobody rings.

    ``own``: days of the weekday, ``alike``: days of the kind, which say where the rate changes. With few calls of its own
    a stretch has the rate of all days, with many its own.
    """
    sums, pooled = _sums(own), _sums(alike)
    cut = stretches(pooled)
    mine, others = level(sums, cut), level(pooled, cut)
    scale = max(1, sum(sums)) / max(1, sum(pooled))
    found = [0.0] * QUARTERS
    for start, end in cut:
        expected = others[start % QUARTERS] * scale * (end - start)
        rate = _drawn(mine[start % QUARTERS] * (end - start), expected) / (end - start)
        for quarter in range(start, end):
            found[quarter % QUARTERS] = rate
    whole = sum(found)
    return tuple(one / whole if whole else 1 / QUARTERS for one in found)


def _daily_level(days: Sequence[Day]) -> float:
    """The median of the days; the mean where calls are so few that it is nought."""
    return median(map(sum, days)) or sum(map(sum, days)) / len(days)


def _drawn(own: float, expected: float) -> float:
    """A stretch's calls on a weekday, drawn to what all days let expect: the mean after Poisson counts and a gamma prior."""
    return expected * (own + _SPREAD) / (expected + _SPREAD)


def _sums(days: Collection[Day]) -> list[int]:
    return [sum(day[quarter] for day in days) for quarter in range(QUARTERS)]


def _works(kind: DayKind) -> bool:
    return kind not in {DayKind.STATUTORY, DayKind.REST}


def _kind(day: date) -> DayKind | None:
    try:
        return kind_of(day)
    except CalendarMissing:  # a past year that nobody entered: its days are left out
        return None


def _growth(history: Mapping[date, Day], day: date, rests_on: Collection[date]) -> float:
    """How many times as many calls came in the weeks before last Spring Festival as in those before them.

    1 when the day does not lie in those weeks, when the past year is not whole in the history, and when the days that
    the forecast rests on lie in those weeks themselves.
    """
    festival = spring_festival(day)
    if festival is None or not 0 < (festival - day).days <= _BEFORE:
        return 1.0
    if any((festival - past).days <= _BEFORE for past in rests_on):
        return 1.0
    last = spring_festival(day - timedelta(365))
    if last is None:
        return 1.0
    rising = _daily(history, last - timedelta(_BEFORE), last)
    usual = _daily(history, last - timedelta(_BEFORE + _COMPARED), last - timedelta(_BEFORE))
    if not rising or not usual:
        return 1.0
    low, high = _GROWTH
    return min(high, max(low, rising / usual))


def _daily(history: Mapping[date, Day], first: date, behind: date) -> float:
    """Calls a day; 0 when a day is missing."""
    days = [first + timedelta(n) for n in range((behind - first).days)]
    if any(day not in history for day in days):
        return 0.0
    return sum(sum(history[day]) for day in days) / len(days)


def spring_festival(day: date) -> date | None:
    """The first statutory holiday of the Spring Festival of a day's year; None while the calendar does not know it."""
    around = (date(day.year, 1, 20) + timedelta(n) for n in range(35))
    return next((one for one in around if _kind(one) is DayKind.STATUTORY), None)
