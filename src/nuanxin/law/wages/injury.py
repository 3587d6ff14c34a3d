"""The one-off disability payment after a work injury (工伤保险条例 art. 35 to 37, 64). Exact fractions of a fen."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

# grade → months of the worker's own wage
MONTHS = {1: 27, 2: 25, 3: 23, 4: 21, 5: 18, 6: 16, 7: 13, 8: 11, 9: 9, 10: 7}
LEAST_SHARE, MOST_SHARE = Fraction(60, 100), Fraction(3)


class Base(NamedTuple):
    """The wage that counts a month, in fen; ``lifted`` to 60 % of the local average or ``capped`` at 300 %."""

    month: Fraction
    lifted: bool
    capped: bool


def base_of(month_wage: int, local_average: Fraction) -> Base:
    """The worker's own wage within 60 to 300 % of the local average; exactly there nothing changes."""
    least, most = LEAST_SHARE * local_average, MOST_SHARE * local_average
    month = min(max(Fraction(month_wage), least), most)
    return Base(month, month_wage < least, month_wage > most)
