"""Where the number of calls changes in the course of a day, and where it only seems to. Pure.

In a quiet quarter-hour the difference between no call and two is chance. So the day is cut into stretches of one rate,
and a new stretch begins only where the counts prove one: the cut with the greatest Poisson likelihood, in which each
stretch more has to pay ``PROOF`` (an exact search, as in Jackson et al., "An algorithm for optimal partitioning of data
on an interval", 2005). A busy day is followed closely, a quiet night is one stretch. The day has no edge at midnight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

# What a stretch more has to gain in logarithms of likelihood, times the logarithm of the number of places where it could
# begin. 1 is the usual price of one rate and one place; twice that lets chance cut one day of a hundred at most.
PROOF = 2.0

Stretch = tuple[int, int]  # from this quarter to before that one; may pass the day's end


def stretches(counts: Sequence[int]) -> tuple[Stretch, ...]:
    """The day in stretches of one rate, in order; the last may go on past midnight. One stretch where nothing is proved."""
    size = len(counts)
    cuts = _cuts(np.asarray(counts, dtype=np.float64))
    if not cuts:
        return ((0, size),)
    # Again from a place where it surely changes: midnight is none by itself.
    turn = max(cuts, key=lambda cut: abs(counts[cut] - counts[cut - 1]))
    turned = np.roll(np.asarray(counts, dtype=np.float64), -turn)
    edges = [turn, *(turn + cut for cut in _cuts(turned)), turn + size]
    return tuple(pairwise(edges))


def level(counts: Sequence[int], cut: Sequence[Stretch]) -> tuple[float, ...]:
    """The mean of each quarter's stretch; 0 only where no call has ever come in a stretch that stands out by it."""
    size = len(counts)
    found = [0.0] * size
    for start, end in cut:
        there = [quarter % size for quarter in range(start, end)]
        mean = sum(counts[quarter] for quarter in there) / len(there)
        for quarter in there:
            found[quarter] = mean
    return tuple(found)


def _cuts(counts: NDArray[np.float64]) -> list[int]:
    """Where stretches after the first begin, by the best cut of a line."""
    size = len(counts)
    sums = np.concatenate(([0.0], np.cumsum(counts)))
    price = PROOF * math.log(size)
    best = np.zeros(size + 1)
    since = np.zeros(size + 1, dtype=np.int64)
    best[0] = -price
    for end in range(1, size + 1):
        calls, length = sums[end] - sums[:end], np.arange(end, 0, -1, dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            fit = np.where(calls > 0, calls * np.log(calls / length), 0.0)
        gains = best[:end] + fit - price
        since[end] = int(np.argmax(gains))
        best[end] = gains[since[end]]
    found, at = [], int(since[size])
    while at:
        found.append(at)
        at = int(since[at])
    return found[::-1]
