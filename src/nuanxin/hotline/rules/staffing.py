"""How many people a telephone queue needs: Erlang A (M/M/n+M), with Erlang B and C as its limits. Pure.

Calls come at random, talks and patience last exponentially long, and who is not answered in time hangs up. Palm's
model, in the form of Mandelbaum and Zeltyn, "Service engineering in action: the Palm/Erlang-A queue" (2007). All sums
have positive terms only and are taken through logarithms, so thousands of agents and heavy overload lose no digits.
Times are seconds, rates are per second. :mod:`nuanxin.hotline.rules.simulation` plays the same queue.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

QUARTER = 15 * 60.0  # seconds
QUARTERS = 96  # of a day
_TINY = 45.0  # what lies this far under the largest logarithm adds nothing in double precision


@dataclass(frozen=True, slots=True)
class Traffic:
    """One queue: calls a second, mean seconds of a talk with its wrap-up, mean seconds of patience.

    ``patience`` None: nobody ever hangs up (Erlang C). :class:`ValueError` for what cannot be.
    """

    calls: float
    handling: float
    patience: float | None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.calls) and self.calls >= 0):
            raise ValueError("calls: a finite number, not below 0")
        if not (math.isfinite(self.handling) and self.handling > 0):
            raise ValueError("handling: a finite number above 0")
        if self.patience is not None and not (math.isfinite(self.patience) and self.patience > 0):
            raise ValueError("patience: a finite number above 0, or None")

    @property
    def load(self) -> float:
        """Erlangs: how many talks would run at once if everybody were answered at once."""
        return self.calls * self.handling


@dataclass(frozen=True, slots=True)
class Service:
    """What callers meet. Shares are of all calls, those that hang up included.

    ``answered_in_time``: answered within the seconds asked for; who hung up before counts against it.
    ``mean_wait``: seconds, of those who were answered and of those who hung up; infinite for an overloaded Erlang C.
    """

    waiting: float
    abandoned: float
    mean_wait: float
    answered_in_time: float
    busy: float  # share of an agent's time


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised: at least ``in_time`` of all calls answered within ``seconds``, at most ``abandoned`` lost."""

    in_time: float = 0.80
    seconds: float = 20.0
    abandoned: float = 0.05

    def __post_init__(self) -> None:
        if not (0 <= self.in_time < 1 and 0 < self.abandoned <= 1 and 0 <= self.seconds < math.inf):
            raise ValueError("in_time lies in [0, 1), abandoned in (0, 1], seconds is finite and not below 0")

    def met_by(self, service: Service) -> bool:
        """Whether both promises are kept."""
        return service.answered_in_time >= self.in_time and service.abandoned <= self.abandoned


def erlang_b(agents: int, load: float) -> float:
    """The share of calls that find all agents busy where nobody can wait."""
    blocked = 1.0
    for count in range(1, agents + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(agents: int, load: float) -> float:
    """The share of calls that wait where nobody hangs up; 1 when the load is not below the agents."""
    if load >= agents:
        return 1.0
    blocked = erlang_b(agents, load)
    return agents * blocked / (agents - load * (1 - blocked))


def service_of(traffic: Traffic, agents: int, seconds: float = 20.0) -> Service:
    """What ``agents`` people give to the traffic in the steady state; ``seconds``: what counts as in time."""
    if agents < 0 or not seconds >= 0:
        raise ValueError("agents and seconds may not be below 0")
    if traffic.calls == 0:
        return Service(0.0 if agents else 1.0, 0.0, 0.0, 1.0 if agents else 0.0, 0.0)
    if traffic.patience is None:
        return _without_patience(traffic, agents, seconds)
    if agents == 0:
        return Service(1.0, 1.0, traffic.patience, 0.0, 0.0)
    return _with_patience(traffic, traffic.patience, agents, seconds)


def _without_patience(traffic: Traffic, agents: int, seconds: float) -> Service:
    if traffic.load >= agents:
        return Service(1.0, 0.0, math.inf, 0.0, 1.0 if agents else 0.0)
    waiting = erlang_c(agents, traffic.load)
    spare = (agents - traffic.load) / traffic.handling
    in_time = 1.0 - waiting * math.exp(-spare * seconds)
    return Service(waiting, 0.0, waiting / spare, in_time, traffic.load / agents)


def _with_patience(traffic: Traffic, patience: float, agents: int, seconds: float) -> Service:
    calls, leaving, clearing = traffic.calls, 1 / patience, agents / traffic.handling
    # The density of the wait that a patient caller would have is proportional to exp(g(x)), with
    # g(x) = calls/leaving (1 - exp(-leaving x)) - clearing x. Its integral from t is exp(g(t)) times a series.
    queue_sum, queue_mean = _series(clearing, leaving, calls)
    whole = queue_sum - math.log(clearing)
    blocked = erlang_b(agents - 1, traffic.load)
    # The product itself may be too small for a number where its logarithm is not.
    odds = math.log(calls) + math.log(blocked) + whole if blocked > 0 else -math.inf
    waiting = 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
    answered_late = _answered_after(calls, leaving, clearing, seconds) - whole
    answered_at_all = _answered_after(calls, leaving, clearing, 0.0) - whole
    after = math.exp(min(0.0, answered_at_all)) - math.exp(min(0.0, answered_late))
    queue = waiting * queue_mean
    abandoned = min(1.0, leaving * queue / calls)
    return Service(
        waiting=waiting,
        abandoned=abandoned,
        mean_wait=queue / calls,
        answered_in_time=min(1.0, max(0.0, (1 - waiting) + waiting * after)),
        busy=min(1.0, traffic.load * (1 - abandoned) / agents),
    )


def _answered_after(calls: float, leaving: float, clearing: float, since: float) -> float:
    """The logarithm of the integral of exp(g(x) - leaving x) from ``since``: callers still there when it is their turn."""
    left = math.exp(-leaving * since)
    if calls * left == 0:
        return -math.inf
    exponent = -calls / leaving * math.expm1(-leaving * since) - (clearing + leaving) * since
    return exponent + _series(clearing + leaving, leaving, calls * left)[0] - math.log(clearing + leaving)


def _series(base: float, step: float, rate: float) -> tuple[float, float]:
    """Of the terms r(j) = product over k = 1..j of rate / (base + k step): the logarithm of their sum, and the mean j."""
    terms = np.arange(1, _length(base, step, rate) + 1, dtype=np.float64)
    logarithms = np.concatenate(([0.0], np.cumsum(np.log(rate / (base + terms * step)))))
    top = float(logarithms.max())
    weights = np.exp(logarithms - top)
    total = float(weights.sum())
    return top + math.log(total), float(weights[1:] @ terms) / total


def _length(base: float, step: float, rate: float) -> int:
    """After how many terms nothing is added any more: behind the peak they fall like a bell or like a power."""
    peak = max(0.0, (rate - base) / step)
    bell = math.sqrt(2 * _TINY * (rate / step + 1)) + _TINY
    power = _TINY / math.log(base / rate) if rate < base else math.inf
    return int(min(peak + 2 * bell, power)) + 2


@lru_cache(maxsize=65_536)
def least_agents(traffic: Traffic, target: Target = Target()) -> int:
    """The least number of agents that keeps the target; both promises get easier with every agent more."""
    if traffic.calls == 0:
        return 0 if target.in_time == 0 else 1
    low, high = -1, max(1, math.ceil(traffic.load))
    while not target.met_by(service_of(traffic, high, target.seconds)):
        low, high = high, 2 * high + 1
    while high - low > 1:
        middle = (low + high) // 2
        if target.met_by(service_of(traffic, middle, target.seconds)):
            high = middle
        else:
            low = middle
    return high


def need_by_quarter(
    calls: Sequence[float],
    *,
    handling: float,
    patience: float | None,
    target: Target = Target(),
    away: float = 0.0,
    at_least: int = 0,
) -> tuple[int, ...]:
    """People to roster for each quarter-hour of a day, from the calls forecast for each.

    ``away``: the share of paid time that people are not at the telephone (breaks, training). ``at_least``: who sits
    there even when nobody rings. Each quarter is taken by itself as if it lasted; with talks much shorter than an hour
    the error is small. :class:`ValueError` unless there are 96 quarters and ``away`` lies in [0, 1).
    """
    if len(calls) != QUARTERS:
        raise ValueError("a day has 96 quarters of an hour")
    if not 0 <= away < 1 or at_least < 0:
        raise ValueError("away lies in [0, 1), at_least is not below 0")
    found = []
    for count in calls:
        traffic = Traffic(count / QUARTER, handling, patience)
        agents = least_agents(traffic, target) if count > 0 else 0
        found.append(max(at_least, math.ceil(agents / (1 - away) - 1e-9)))
    return tuple(found)
