"""Interest: on money paid late at the market rate of the time, and the doubled part in enforcement.

Days are counted from the day after the last day in time to the day of payment (民诉法 art. 85,
迟延履行利息司法解释 art. 2, 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from nuanxin.law.parameters import Row, load
from nuanxin.law.parameters.store import NATIONAL

LPR = "lpr_one_year"
# 迟延履行利息司法解释 art. 1: 1.75 ten-thousandths a day
DEFAULT_A_DAY = Fraction(175, 1_000_000)
# art. 7: in force from this day; earlier days follow the earlier rules
DEFAULT_SINCE = date(2014, 8, 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many days at one yearly rate; ``row`` is the published rate, None where the rate was given."""

    days: int
    rate: Fraction
    row: Row | None = None


def lpr_stretches(last_in_time: date, paid_on: date) -> list[Stretch] | None:
    """The days after ``last_in_time`` up to ``paid_on``, each at the one-year LPR in force on it.

    None when the table has no rate for one of the days: there was none before 2019-08-20.
    """
    if paid_on <= last_in_time:
        return []
    found: list[Stretch] = []
    # newest first: each row holds from its first day until the day before the row after it began
    open_until = paid_on
    for row in load().get((LPR, "", NATIONAL), ()):
        if row.since > open_until:
            continue
        if row.until is not None and row.until < open_until:
            return None
        begins = max(row.since, last_in_time + timedelta(days=1))
        found.insert(0, Stretch((open_until - begins).days + 1, Fraction(row.value), row))
        open_until = begins - timedelta(days=1)
        if open_until <= last_in_time:
            return found
    return None


def late_payment(principal: int, stretches: Iterable[Stretch], year: int) -> Fraction:
    """Simple interest in fen, not yet rounded, on a year of 365 or 360 days."""
    return sum((principal * part.rate * part.days / year for part in stretches), Fraction(0))


def enforcement_default(principal: int, days: int) -> Fraction:
    """The doubled part in fen, not yet rounded; the ordinary interest a judgment orders comes on top."""
    return principal * DEFAULT_A_DAY * days
