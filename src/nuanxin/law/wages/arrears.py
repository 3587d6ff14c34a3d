"""What work earned and was not paid: by the month, day, hour or piece (劳动合同法 art. 30).

All sums are exact fractions of a fen; nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from nuanxin.law.calendar import working_and_paid_days
from nuanxin.law.periods.counting import add_months

# 人社部发〔2025〕2号 art. 2: paid days of an average month, the statutory holidays among them
MONTH_DAYS = Fraction(2175, 100)
_MOST_OF_A_MONTH = int(MONTH_DAYS)
DAY_HOURS = 24
_DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """A calendar month, or what of it lies in the period. ``paid_days``: None for a whole month, not counted."""

    first: date
    last: date
    paid_days: int | None

    @property
    def share(self) -> Fraction:
        """What of the month's wage it earns."""
        return Fraction(1) if self.paid_days is None else self.paid_days / MONTH_DAYS

    @property
    def above_a_month(self) -> bool:
        """Whether a part month earns more than the whole: some months have up to 24 paid days, the average 21.75."""
        return self.paid_days is not None and self.paid_days > _MOST_OF_A_MONTH


def stretches(first: date, last: date) -> Iterator[Stretch]:
    """The period month by month, first and last day both worked.

    Raises ``CalendarMissing`` for a part month in an unpublished year; a whole month needs no calendar.
    """
    begins = first
    while begins <= last:
        following = add_months(begins.replace(day=1), 1)
        ends = min(following - _DAY, last)
        whole = begins.day == 1 and ends == following - _DAY
        yield Stretch(begins, ends, None if whole else working_and_paid_days(begins, ends)[1])
        begins = following


def by_the_month(wage: int, period: Sequence[Stretch]) -> Fraction:
    """Whole months at the month's wage, part months by their paid days."""
    parts = [stretch.paid_days for stretch in period if stretch.paid_days is not None]
    return wage * (len(period) - len(parts)) + by_paid_days(wage, Fraction(sum(parts)))


def by_paid_days(wage: int, days: Fraction) -> Fraction:
    """So many paid days at a monthly wage."""
    return wage * days / MONTH_DAYS


def calendar_days(first: date, last: date) -> int:
    """The days of a period, first and last both counted."""
    return (last - first).days + 1


def whole_months(first: date, last: date) -> int | None:
    """How many months a period spans when it ends the day before the corresponding day; None when it does not."""
    months = (last.year - first.year) * 12 + last.month - first.month
    for count in (months, months + 1):
        if count and add_months(first, count) - _DAY == last:
            return count
    return None


class Tier(NamedTuple):
    """A step of a piece price, in fen: up to so many pieces, the last of them included; None for no end."""

    up_to: int | None
    price: int


class Slice(NamedTuple):
    """So many pieces at one price, in fen."""

    units: Fraction
    price: int


def marginal(units: Fraction, tiers: Sequence[Tier]) -> list[Slice] | None:
    """Each tier's price for the pieces that fall into it; None when some pieces lie above the last tier."""
    found, below = [], Fraction(0)
    for tier in tiers:
        top = units if tier.up_to is None else min(units, Fraction(tier.up_to))
        if top > below:
            found.append(Slice(top - below, tier.price))
            below = top
    return found if below == units else None


def whole(units: Fraction, tiers: Sequence[Tier]) -> list[Slice] | None:
    """The price of the tier that the total reaches, for all pieces; None when it lies above the last tier."""
    for tier in tiers:
        if tier.up_to is None or units <= tier.up_to:
            return [Slice(units, tier.price)] if units else []
    return None


TIER_READINGS = {"marginal": marginal, "whole": whole}


def by_the_piece(slices: Sequence[Slice]) -> Fraction:
    """What pieces earn."""
    return sum((one.units * one.price for one in slices), Fraction(0))


def still_owed(due: Fraction, paid: int) -> Fraction:
    """What is left after payments; never below nothing."""
    return max(due - paid, Fraction(0))
