"""Severance: years of service times the month's wage, with floor and cap (劳动合同法 art. 47, 87, 97).

All sums are exact fractions of a fen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from nuanxin.law.periods.counting import add_months, month_length

# 劳动合同法 art. 97(3), 98: severance years count from the day it came into force
IN_FORCE = date(2008, 1, 1)
YEAR_MONTHS, HALF_YEAR = 12, 6
CAP_TIMES, CAP_YEARS = 3, 12
_DAY = timedelta(days=1)

LastDay = Callable[[date, int], date]


def day_before(start: date, months: int) -> date:
    """So many months are full the day before the corresponding day, or before the last of a shorter month."""
    return add_months(start, months) - _DAY


def month_end(start: date, months: int) -> date:
    """As :func:`day_before`, but a month without the corresponding day is full only at its end."""
    corresponding = add_months(start, months)
    shorter = month_length(corresponding.year, corresponding.month) < start.day
    return corresponding if shorter else corresponding - _DAY


# Divided where work began on a 29th to 31st: when is a month full that has no such day?
COUNTINGS: dict[str, LastDay] = {"day_before": day_before, "month_end": month_end}


def months_of_service(start: date, last: date) -> int:
    """Full months from the first day of work to the last, both worked."""
    months = (last.year - start.year) * YEAR_MONTHS + last.month - start.month + 1
    while day_before(start, months) > last:
        months -= 1
    return months


def calendar_months(start: date, last: date) -> int:
    """The calendar months in which there was work."""
    return (last.year - start.year) * YEAR_MONTHS + last.month - start.month + 1


def severance_years(start: date, last: date, full: LastDay = day_before) -> Fraction:
    """Art. 47(1): full years; six months or more as one more, less than six months as a half."""
    years = last.year - start.year + 1
    while years and full(start, years * YEAR_MONTHS) > last:
        years -= 1
    if years and full(start, years * YEAR_MONTHS) == last:
        return Fraction(years)
    six_more = full(start, years * YEAR_MONTHS + HALF_YEAR)
    return years + (Fraction(1) if six_more <= last else Fraction(1, 2))


def average(wages: Sequence[int], bonus: int) -> Fraction:
    """The months' average, with a twelfth of the year's bonus on top (实施条例 art. 27)."""
    return Fraction(sum(wages), len(wages)) + Fraction(bonus, YEAR_MONTHS)


@dataclass(frozen=True, slots=True)
class Base:
    """The month's wage that counts. ``lifted`` to the minimum wage, or ``capped`` at three local averages."""

    month: Fraction
    lifted: bool
    capped: bool

    def months(self, years: Fraction) -> Fraction:
        """How many months' wages: as many as years, but at most twelve under the cap."""
        return min(years, Fraction(CAP_YEARS)) if self.capped else years


def base_of(wage: Fraction, minimum: int | None, local_average: Fraction | None) -> Base:
    """Art. 47(2), 实施条例 art. 27: no less than the minimum; exactly three times the average is not capped."""
    lifted = minimum is not None and wage < minimum
    month = Fraction(minimum) if minimum is not None and lifted else wage
    if local_average is not None and month > CAP_TIMES * local_average:
        return Base(CAP_TIMES * local_average, lifted, capped=True)
    return Base(month, lifted, capped=False)
