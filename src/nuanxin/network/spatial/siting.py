"""Where the next points should go: cover most people with a given number of new points.

The maximal covering location problem (Church and ReVelle, 1974). Each candidate covers the places that reach it
within the time; places weigh as many people as live there and nobody is near yet. The greedy choice is at least
63 % of the best and in practice some 98 %; exchanging chosen candidates for better ones, and
closing a few to choose them anew, brings most of the rest.
What each candidate would gain is kept up to date place by place, so that nothing is counted anew. ``solve_exactly`` proves the best with HiGHS where that is small enough to wait for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from nuanxin.network.spatial.compiled import kernel

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
TORN = 4  # chosen candidates that are closed together and chosen anew

Rows = tuple[Ints, Ints]  # where each row begins, and the entries


@dataclass(frozen=True, slots=True)
class Cover:
    """Which places each candidate covers: ``places[first[c]:first[c + 1]]``; ``weight`` of each place (people)."""

    first: Ints
    places: Ints
    weight: Floats

    @property
    def candidates(self) -> int:
        return int(self.first.shape[0]) - 1


@dataclass(frozen=True, slots=True)
class Siting:
    """Chosen candidates in the order of choice, the people each added then, and the people covered in all."""

    chosen: Ints
    added: Floats
    covered: float


def cover_of(lists: list[ArrayLike], weight: ArrayLike) -> Cover:
    """Put the lists of covered places, one for each candidate, into rows."""
    rows = [np.asarray(each, np.int32) for each in lists]
    first = np.zeros(len(rows) + 1, np.int32)
    np.cumsum([row.shape[0] for row in rows], out=first[1:])
    return Cover(
        first, np.concatenate(rows) if rows else np.zeros(0, np.int32), np.asarray(weight, np.float64)
    )


def choose(cover: Cover, count: int, rounds: int = 300) -> Siting:
    """Choose at most ``count`` candidates; fewer where no further one adds anybody. Deterministic.

    ``rounds``: how often a few are closed and chosen anew after no exchange of one for one gains anything.
    """
    if not cover.candidates:
        return Siting(np.zeros(0, np.int32), np.zeros(0), 0.0)
    turned = _turned(cover.first, cover.places, cover.weight.shape[0])
    rows = (cover.first, cover.places)
    chosen = _choose(rows, turned, cover.weight, min(count, cover.candidates), rounds)
    order, added = _in_order(cover.first, cover.places, cover.weight, chosen)
    return Siting(order, added, float(added.sum()))


def solve_exactly(cover: Cover, count: int, seconds: float = 60.0) -> Siting | None:
    """The best choice by mixed-integer programming; None where it was not proved within ``seconds``."""
    reach = _matrix(cover)
    places, candidates = reach.shape
    goal = np.concatenate((-cover.weight, np.zeros(candidates)))
    linked = hstack((eye_array(places), -reach))
    budget = csr_array(np.concatenate((np.zeros(places), np.ones(candidates)))[None, :])
    rules = LinearConstraint(
        vstack((linked, budget)), -np.inf, np.concatenate((np.zeros(places), [float(count)]))
    )
    whole = np.concatenate((np.zeros(places), np.ones(candidates)))
    answer = milp(
        goal, constraints=rules, integrality=whole, bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )  # fmt: skip
    if answer.status != 0:
        return None
    chosen = np.flatnonzero(answer.x[places:] > 0.5).astype(np.int32)
    order, added = _in_order(cover.first, cover.places, cover.weight, chosen)
    return Siting(order, added, float(added.sum()))


def _matrix(cover: Cover) -> csr_array:
    """Places in rows, candidates in columns."""
    ones = np.ones(cover.places.shape[0])
    return csr_array(
        csr_array((ones, cover.places, cover.first), shape=(cover.candidates, cover.weight.shape[0])).T
    )


@kernel
def _turned(first: Ints, places: Ints, count: int) -> tuple[Ints, Ints]:
    """Which candidates cover each place, in rows: a counting sort."""
    begin = np.zeros(count + 1, np.int32)
    for place in places:
        begin[place + 1] += 1
    for place in range(count):
        begin[place + 1] += begin[place]
    spot, around = begin.copy(), np.empty(places.shape[0], np.int32)
    for candidate in range(first.shape[0] - 1):
        for at in range(first[candidate], first[candidate + 1]):
            around[spot[places[at]]] = candidate
            spot[places[at]] += 1
    return begin, around


@kernel
def _gain(first: Ints, places: Ints, weight: Floats, times: Ints, candidate: int) -> float:
    """People a candidate would add to those covered already."""
    total = 0.0
    for at in range(first[candidate], first[candidate + 1]):
        if times[places[at]] == 0:
            total += weight[places[at]]
    return total


@kernel
def _take(
    candidate: int, step: int, gains: Floats, times: Ints, cover: Rows, turned: Rows, weight: Floats
) -> float:
    """Open a candidate (step 1) or close it (-1), and keep the gains of all others true. People that come or go.

    Only places that become covered, or cease to be, change any gain: an exchange costs what it touches.
    """
    people = 0.0
    for at in range(cover[0][candidate], cover[0][candidate + 1]):
        place = cover[1][at]
        before = times[place]
        times[place] += step
        if before == 0 or times[place] == 0:
            people += weight[place]
            for other in range(turned[0][place], turned[0][place + 1]):
                gains[turned[1][other]] -= step * weight[place]
    return people


@kernel
def _exchange(chosen: Ints, gains: Floats, times: Ints, cover: Rows, turned: Rows, weight: Floats) -> None:
    """Hold each chosen one against all others, until no exchange gains anything."""
    improved = True
    while improved:
        improved = False
        for spot in range(chosen.shape[0]):
            lost = _take(int(chosen[spot]), -1, gains, times, cover, turned, weight)
            best = np.argmax(gains)
            if gains[best] > lost * (1.0 + 1e-12):
                chosen[spot] = best
                improved = True
            _take(int(chosen[spot]), 1, gains, times, cover, turned, weight)


@kernel
def _try_anew(
    chosen: Ints, rounds: int, gains: Floats, times: Ints, cover: Rows, turned: Rows, weight: Floats
) -> None:
    """Close a few of the chosen and fill their number greedily anew; keep what covers more, else go back.

    Which few is drawn by a fixed rule, so that the same question has the same answer every time.
    """
    size = min(TORN, chosen.shape[0])
    spots, before, draw = np.empty(size, np.int64), np.empty(size, np.int32), np.uint64(1)
    for _ in range(rounds if chosen.shape[0] > 1 else 0):
        lost, won = 0.0, 0.0
        for at in range(size):
            draw = draw * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
            spots[at] = (int(draw >> np.uint64(33)) % (chosen.shape[0] - at)) + at
            spot = spots[at]
            chosen[at], chosen[spot] = chosen[spot], chosen[at]
            before[at] = chosen[at]
            lost += _take(chosen[at], -1, gains, times, cover, turned, weight)
        for at in range(size):
            chosen[at] = np.argmax(gains)
            won += _take(chosen[at], 1, gains, times, cover, turned, weight)
        if won < lost:
            for at in range(size):
                _take(chosen[at], -1, gains, times, cover, turned, weight)
            for at in range(size):
                chosen[at] = before[at]
                _take(chosen[at], 1, gains, times, cover, turned, weight)


@kernel
def _choose(cover: Rows, turned: Rows, weight: Floats, count: int, rounds: int) -> Ints:
    """Greedy, then exchanges one for one, then a few torn out and set anew."""
    candidates = cover[0].shape[0] - 1
    times, gains = np.zeros(weight.shape[0], np.int32), np.empty(candidates)
    for candidate in range(candidates):
        gains[candidate] = _gain(cover[0], cover[1], weight, times, candidate)
    chosen, taken = np.empty(count, np.int32), 0
    while taken < count:
        best = np.argmax(gains)
        if gains[best] <= 0.0:
            break
        chosen[taken] = best
        taken += 1
        _take(int(best), 1, gains, times, cover, turned, weight)
        gains[best] = 0.0  # exactly, whatever rounding left
    _exchange(chosen[:taken], gains, times, cover, turned, weight)
    _try_anew(chosen[:taken], rounds, gains, times, cover, turned, weight)
    return chosen[:taken].copy()


@kernel
def _in_order(first: Ints, places: Ints, weight: Floats, chosen: Ints) -> tuple[Ints, Floats]:
    """Order a choice by what each adds to those before it: the first points to open first."""
    times = np.zeros(weight.shape[0], np.int32)
    left = chosen.copy()
    order, added = np.empty(left.shape[0], np.int32), np.empty(left.shape[0])
    for spot in range(left.shape[0]):
        best, most = -1, -1.0
        for at in range(left.shape[0]):
            if left[at] >= 0:
                gain = _gain(first, places, weight, times, left[at])
                if gain > most:
                    best, most = at, gain
        order[spot], added[spot] = left[best], most
        for at in range(first[left[best]], first[left[best] + 1]):
            times[places[at]] += 1
        left[best] = -1
    return order, added
