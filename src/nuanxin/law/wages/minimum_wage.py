"""The top-up to the minimum wage (劳动法 art. 48, 最低工资规定 art. 12). Exact fractions of a fen."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from nuanxin.law.calendar import working_and_paid_days
from nuanxin.law.periods.counting import add_months

# 劳动合同法实施条例 art. 15
PROBATION_SHARE = Fraction(80, 100)
_DAY = timedelta(days=1)


class Month(NamedTuple):
    """A calendar month by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return add_months(self.first, 1) - _DAY


def probation_floor(minimum: int, post_wage: int) -> Fraction:
    """At least 80 % of the post's or the agreed wage, and never under the minimum."""
    return max(PROBATION_SHARE * post_wage, Fraction(minimum))


def first_cycle_ends(stopped_on: date) -> date:
    """The last day of the first pay cycle of a stop, a month from its first day (工资支付暂行规定 art. 12)."""
    return add_months(stopped_on, 1) - _DAY


def days_of_both(month: Month, cycle_ends: date) -> tuple[int, int]:
    """Paid days of a month until the first cycle ends, and after. Raises ``CalendarMissing``."""
    _, before = working_and_paid_days(month.first, cycle_ends)
    _, after = working_and_paid_days(cycle_ends + _DAY, month.last)
    return before, after


def shared_out(first: Fraction, later: Fraction, days: tuple[int, int]) -> Fraction:
    """Two floors in one month, each for its own paid days."""
    before, after = days
    return (first * before + later * after) / (before + after)
