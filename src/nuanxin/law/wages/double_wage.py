"""The second wage for work without a written contract (劳动合同法 art. 82, 实施条例 art. 6, 7, 解释二 art. 6).

All sums are exact fractions of a fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from nuanxin.law.calendar import working_and_paid_days
from nuanxin.law.periods.counting import add_months

# 劳动合同法 art. 97(2), 98: who worked before had a month from this day to get a written contract
IN_FORCE = date(2008, 1, 1)
YEAR_MONTHS = 12
# 人社部发〔2025〕2号 art. 2
MONTH_DAYS = Fraction(2175, 100)
_DAY = timedelta(days=1)
_WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the last day of double wage; months are counted from ``anchor``'s day of the month.

    ``to_the_end``: it ends because the year is full.
    """

    first: date
    last: date
    anchor: date
    to_the_end: bool

    def since(self, day: date) -> Window | None:
        """What of the window lies on or after ``day``; None when nothing does."""
        return replace(self, first=max(self.first, day)) if day <= self.last else None


def without_contract(started_on: date, until: date) -> Window | None:
    """From the day a month after the start to the day before the year is full, or to ``until`` if earlier."""
    begin = max(started_on, IN_FORCE)
    return _window(begin, add_months(begin, 1), add_months(begin, YEAR_MONTHS) - _DAY, until)


def after_expiry(expired_on: date, until: date, *, grace_month: bool) -> Window | None:
    """From the day after the contract ran out, or a month later, for at most a year from that day after."""
    begin = max(expired_on + _DAY, IN_FORCE)
    return _window(begin, add_months(begin, int(grace_month)), add_months(begin, YEAR_MONTHS) - _DAY, until)


def _window(anchor: date, first: date, longest: date, until: date) -> Window | None:
    last = min(longest, until)
    return Window(first, last, anchor, last == longest) if first <= last else None


class Stretch(NamedTuple):
    """A month of double wage, or what of it lies in the window."""

    first: date
    last: date
    whole: bool

    @property
    def month(self) -> str:
        """The calendar month whose wage counts: the one in which the stretch begins."""
        return month_key(self.first)


def month_key(day: date) -> str:
    """``2026-03``."""
    return day.isoformat()[:7]


def months_touched(window: Window) -> list[str]:
    """The calendar months in which the window has a day, in order."""
    return [stretch.month for stretch in _cut(window, window.first.replace(day=1))]


def _cut(window: Window, anchor: date) -> Iterator[Stretch]:
    """The window cut at every day that corresponds to ``anchor``."""
    number = (window.first.year - anchor.year) * 12 + window.first.month - anchor.month
    if add_months(anchor, number) > window.first:
        number -= 1
    begins = add_months(anchor, number)
    while begins <= window.last:
        number += 1
        following = add_months(anchor, number)
        first, last = max(begins, window.first), min(following - _DAY, window.last)
        yield Stretch(first, last, whole=first == begins and last == following - _DAY)
        begins = following


class Share(NamedTuple):
    """How much of a month's wage a part month earns: so many days over so many."""

    days: int
    over: Fraction

    @property
    def value(self) -> Fraction:
        """Never more than the whole month, though a part may have more days than a month has on average."""
        return min(self.days / self.over, _WHOLE)


def working_days(stretch: Stretch) -> Share:
    """Working days ÷ 21.75."""
    return Share(working_and_paid_days(stretch.first, stretch.last)[0], MONTH_DAYS)


def paid_days(stretch: Stretch) -> Share:
    """Working days and statutory holidays ÷ 21.75."""
    return Share(working_and_paid_days(stretch.first, stretch.last)[1], MONTH_DAYS)


def of_own_month(stretch: Stretch) -> Share:
    """Working days ÷ the working days of that calendar month."""
    begin = stretch.first.replace(day=1)
    whole, _ = working_and_paid_days(begin, add_months(begin, 1) - _DAY)
    return Share(working_and_paid_days(stretch.first, stretch.last)[0], Fraction(whole))


class Part(NamedTuple):
    """A part month with its wage in fen and its share."""

    stretch: Stretch
    wage: int
    share: Share


class Sum(NamedTuple):
    """What a window earns under one reading. ``wages``: those of the whole months, in fen, in order.

    ``amount``: the second wage in fen, not yet rounded.
    """

    window: Window
    wages: list[int]
    parts: list[Part]
    amount: Fraction


def _sum(window: Window, stretches: list[Stretch], wages: Mapping[str, int], share: Counted) -> Sum:
    whole = [wages[stretch.month] for stretch in stretches if stretch.whole]
    parts = [Part(one, wages[one.month], share(one)) for one in stretches if not one.whole]
    return Sum(
        window, whole, parts, sum([part.wage * part.share.value for part in parts], Fraction(sum(whole)))
    )


Counted = Callable[[Stretch], Share]
# Divided (解释二 art. 6 says only "by the days actually worked in that month"): which months, and over what.
READINGS: Mapping[str, tuple[bool, Counted]] = {
    "anniversary": (True, working_days),
    "calendar": (False, working_days),
    "calendar_own_divisor": (False, of_own_month),
    "calendar_paid_days": (False, paid_days),
}


def sums(window: Window, wages: Mapping[str, int]) -> dict[str, Sum]:
    """The sum under each reading; one alone where the readings cannot differ or do not.

    ``wages`` holds every month that the window touches. Whole months from the day of the start at one wage are
    what they are in every reading. Raises ``CalendarMissing`` for a part month in an unpublished year.
    """
    found = {}
    by_anchor = {True: list(_cut(window, window.anchor))}
    for id_, (from_anchor, share) in READINGS.items():
        if from_anchor not in by_anchor:
            by_anchor[from_anchor] = list(_cut(window, window.first.replace(day=1)))
        found[id_] = _sum(window, by_anchor[from_anchor], wages, share)
        if from_anchor and not found[id_].parts and len(set(wages.values())) == 1:
            return found
    first = next(iter(found))
    return found if len({one.amount for one in found.values()}) > 1 else {first: found[first]}
