"""Paid annual leave not taken (职工带薪年休假条例 art. 5, 实施办法 art. 5, 10 to 12). Exact fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

# 人社部发〔2025〕2号 art. 2
MONTH_DAYS = Fraction(2175, 100)
# 300 % of the day wage, of which 100 % was paid with the month's wage (实施办法 art. 10)
TIMES = 2
# the divisor stands in the rules and holds in leap years too (实施办法 art. 5, 12)
YEAR_DAYS = 365


def days_in_the_year(joined_on: date | None, left_on: date | None) -> int | None:
    """The calendar days that count: until the day of leaving, or from the day of joining; None for a full year.

    With both, the days with this employer in the year of leaving.
    """
    if left_on is not None:
        begins = date(left_on.year, 1, 1)
        if joined_on is not None:
            begins = max(begins, joined_on)
        return (left_on - begins).days + 1
    if joined_on is not None:
        return (date(joined_on.year, 12, 31) - joined_on).days + 1
    return None


def open_days(entitled: int, used: Fraction, counted: int | None) -> Fraction:
    """Days not taken: shared out by days, less what was taken, and only then without the fraction of a day.

    What was taken too much is not taken back (实施办法 art. 12). A full year keeps its half days.
    """
    if counted is None:
        return max(entitled - used, Fraction(0))
    left = Fraction(counted, YEAR_DAYS) * entitled - used
    return Fraction(max(left.numerator // left.denominator, 0))


def pay(month_wage: int, days: Fraction) -> Fraction:
    """What is still owed for the days, in fen."""
    return days * TIMES * month_wage / MONTH_DAYS
