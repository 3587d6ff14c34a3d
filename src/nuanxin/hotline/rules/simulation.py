"""Plays a telephone queue call by call: what the formula of staffing says, seen from the other side. Pure.

Events in order of time: a call comes in, a talk ends, a caller's patience ends. Talks may last as long as one likes,
not only exponentially. The same seed gives the same day, call for call.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuanxin.hotline.rules.staffing import Traffic

Floats = NDArray[np.float64]
Durations = Callable[[np.random.Generator, int, float], Floats]  # generator, how many, mean → seconds
_COMES, _ENDS, _GIVES_UP = 2, 0, 1  # at one moment a talk ends first, and a new call comes last
# Student's t for 19 degrees of freedom, two-sided: https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm
_BATCHES, _STUDENT = 20, {0.95: 2.093, 0.99: 2.861, 0.998: 3.579}


def exponential(random: np.random.Generator, count: int, mean: float) -> Floats:
    """Durations without memory, as the formula takes them."""
    return random.exponential(mean, count)


def constant(random: np.random.Generator, count: int, mean: float) -> Floats:
    """Every duration is the mean."""
    return np.full(count, mean)


def lognormal(random: np.random.Generator, count: int, mean: float) -> Floats:
    """Durations as real talks have them: standard deviation as large as the mean, most shorter, few very long."""
    spread = math.sqrt(math.log(2))
    return random.lognormal(math.log(mean) - spread * spread / 2, spread, count)


@dataclass(frozen=True, slots=True)
class Calls:
    """What will happen whatever the queue does: when each call comes, how long its talk and its patience last."""

    arrivals: Floats
    talks: Floats
    patience: Floats


@dataclass(frozen=True, slots=True)
class Played:
    """What each call met, in order of arrival: seconds waited until the answer or the hang-up, and which it was."""

    waits: Floats
    answered: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Band:
    """A share or mean with its confidence band from batch means."""

    mean: float
    half: float

    def __contains__(self, value: float) -> bool:
        return abs(value - self.mean) <= self.half


def draw_calls(traffic: Traffic, count: int, seed: int, talks: Durations = exponential) -> Calls:
    """``count`` calls of the traffic; arrivals, talks and patience each have a stream of random numbers of their own."""
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(3)]
    patience = np.full(count, math.inf)
    if traffic.patience is not None:
        patience = exponential(streams[2], count, traffic.patience)
    return Calls(
        arrivals=np.cumsum(exponential(streams[0], count, 1 / traffic.calls)),
        talks=talks(streams[1], count, traffic.handling),
        patience=patience,
    )


def play(calls: Calls, agents: int) -> Played:
    """First come, first served by ``agents`` people; who is not answered before the patience ends hangs up."""
    count = len(calls.arrivals)
    arrivals, talks, patience = calls.arrivals.tolist(), calls.talks.tolist(), calls.patience.tolist()
    waits, answered, gone = [0.0] * count, [False] * count, [False] * count
    queue: deque[int] = deque()
    free = agents
    events: list[tuple[float, int, int]] = []  # time, kind, call; the next arrival is always among them
    if count:
        events.append((arrivals[0], _COMES, 0))
    while events:
        now, kind, call = heapq.heappop(events)
        if kind == _COMES:
            queue.append(call)
            if call + 1 < count:
                heapq.heappush(events, (arrivals[call + 1], _COMES, call + 1))
            if not free and patience[call] < math.inf:
                heapq.heappush(events, (now + patience[call], _GIVES_UP, call))
        elif kind == _ENDS:
            free += 1
        elif not answered[call]:
            gone[call], waits[call] = True, patience[call]
        while free and queue:
            first = queue.popleft()
            if not gone[first]:
                answered[first], waits[first] = True, now - arrivals[first]
                free -= 1
                heapq.heappush(events, (now + talks[first], _ENDS, first))
    return Played(np.array(waits), np.array(answered, dtype=np.bool_))


def band(values: Floats | NDArray[np.bool_], confidence: float = 0.998, warm_up: float = 0.05) -> Band:
    """The mean of what single calls met, from 20 batches; the first calls, who met an empty queue, are left out.

    ``confidence``: 0.95, 0.99 or 0.998.
    """
    kept = values[int(len(values) * warm_up) :].astype(np.float64)
    size = len(kept) // _BATCHES
    if not size:
        raise ValueError("too few calls for 20 batches")
    means = kept[: size * _BATCHES].reshape(_BATCHES, size).mean(axis=1)
    half = _STUDENT[confidence] * float(means.std(ddof=1)) / math.sqrt(_BATCHES)
    return Band(float(means.mean()), half)
