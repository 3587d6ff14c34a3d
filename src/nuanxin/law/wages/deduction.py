"""Damages that an employer takes out of a month's wage (工资支付暂行规定 art. 16). Exact fractions of a fen."""

from __future__ import annotations

from fractions import Fraction

MOST_SHARE = Fraction(20, 100)


def allowed(wage: int, minimum: int) -> Fraction:
    """At most a fifth of the month's wage, and at least the minimum wage has to be left."""
    return min(MOST_SHARE * wage, Fraction(max(wage - minimum, 0)))


def refund(wage: int, minimum: int, deducted: int) -> Fraction:
    """What was taken beyond that."""
    return max(deducted - allowed(wage, minimum), Fraction(0))
