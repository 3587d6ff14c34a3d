"""Dividing a sum by weights so that the shares add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence


def by_weight(total: int, weights: Sequence[int]) -> list[int]:
    """Largest remainders: every share is within one fen of its exact part, and together they are the total.

    Raises ValueError when no weight is positive.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be positive")
    shares = [total * weight // whole for weight in weights]
    rest = total - sum(shares)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for place in order[:rest]:
        shares[place] += 1
    return shares
