"""What an employer pays on top for missing an order to pay (劳动合同法 art. 85). Exact fractions of a fen."""

from __future__ import annotations

from fractions import Fraction

LEAST_SHARE, MOST_SHARE = Fraction(50, 100), Fraction(1)


def between(due: int) -> tuple[Fraction, Fraction]:
    """From half to the whole of what was to be paid."""
    return LEAST_SHARE * due, MOST_SHARE * due
