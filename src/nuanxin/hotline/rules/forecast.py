"""How many calls each quarter-hour of a day will bring, from those of the past. Pure.

What holds: people ring by the clock and by the kind of day, and the number goes up before Spring Festival, when wages of
the year are settled. A single quarter has few calls, and the median of few is nought where the mean is a half; so the
median is taken of the day's total, which one wild day cannot move, and the hours of the day share it out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from nuanxin.hotline.rules.staffing import QUARTERS
from nuanxin.law.calendar import CalendarMissing, DayKind, kind_of

LAST = 8  # days of the same kind that a forecast rests on
FEWEST = 3  # with fewer a day is not forecast
_NEAR = 2  # quarters to either side that count for a quarter's share
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
    holidays, and any day of the same kind for the weekday.
    """
    wanted = kind_of(day)
    kinds = {past: kind for past in history if past < day and (kind := _kind(past)) is not None}
    same = [
        past
        for past, kind in kinds.items()
        if kind is wanted and (wanted is DayKind.STATUTORY or past.weekday() == day.weekday())
    ]
    stand_in = len(same) < FEWEST
    if stand_in:
        works = _works(wanted)
        same = [past for past, kind in kinds.items() if _works(kind) == works]
    rests_on = tuple(sorted(same, reverse=True)[:LAST])
    if len(rests_on) < FEWEST:
        return Forecast(day, (), rests_on, stand_in=stand_in)
    growth = _growth(history, day, rests_on)
    level = median(sum(history[past]) for past in rests_on) * growth
    return Forecast(
        day,
        tuple(level * share for share in shape([history[past] for past in rests_on])),
        rests_on,
        growth,
        stand_in,
    )


def shape(days: Collection[Day]) -> tuple[float, ...]:
    """Each quarter's share of a day's calls, smoothed over its neighbours across midnight; the shares add up to 1."""
    sums = [sum(day[quarter] for day in days) for quarter in range(QUARTERS)]
    whole = sum(sums)
    if not whole:
        return (1 / QUARTERS,) * QUARTERS
    width = 2 * _NEAR + 1
    return tuple(
        sum(sums[(quarter + step) % QUARTERS] for step in range(-_NEAR, _NEAR + 1)) / (width * whole)
        for quarter in range(QUARTERS)
    )


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
