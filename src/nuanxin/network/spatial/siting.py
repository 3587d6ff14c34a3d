"""Where the next points should go: cover most people with a given number of new points.

The maximal covering location problem (Church and ReVelle, 1974). Each candidate covers the places that reach it
within the time; places weigh as many people as live there and nobody is near yet. The greedy choice, taken lazily
(Minoux, 1978), is at least 63 % of the best and in practice some 98 %; exchanging chosen candidates for better
ones brings most of the rest. ``solve_exactly`` proves the best with HiGHS where that is small enough to wait for.
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


def choose(cover: Cover, count: int, rounds: int = 2) -> Siting:
    """Choose at most ``count`` candidates; fewer where no further one adds anybody. Deterministic.

    ``rounds``: how often every chosen one is held against all others after the greedy choice.
    """
    around_first, around = _turned(cover)
    chosen = _greedy(cover.first, cover.places, cover.weight, min(count, cover.candidates))
    chosen = _exchange(cover.first, cover.places, cover.weight, around_first, around, chosen, rounds)
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


def _turned(cover: Cover) -> tuple[Ints, Ints]:
    """Which candidates cover each place, in rows."""
    order = np.argsort(cover.places, kind="stable")
    owner = np.repeat(np.arange(cover.candidates, dtype=np.int32), np.diff(cover.first))
    first = np.zeros(cover.weight.shape[0] + 1, np.int32)
    np.cumsum(np.bincount(cover.places, minlength=cover.weight.shape[0]), out=first[1:])
    return first, owner[order]


@kernel
def _gain(first: Ints, places: Ints, weight: Floats, times: Ints, candidate: int) -> float:
    """People a candidate would add to those covered already."""
    total = 0.0
    for at in range(first[candidate], first[candidate + 1]):
        if times[places[at]] == 0:
            total += weight[places[at]]
    return total


@kernel
def _greedy(first: Ints, places: Ints, weight: Floats, count: int) -> Ints:
    """Take the candidate that adds most, again and again; old gains are upper bounds, looked at anew when on top."""
    candidates = first.shape[0] - 1
    times = np.zeros(weight.shape[0], np.int32)
    gains = np.empty(candidates)
    for candidate in range(candidates):
        gains[candidate] = _gain(first, places, weight, times, candidate)
    queue = np.argsort(-gains, kind="mergesort").astype(np.int32)
    chosen, taken, head = np.empty(count, np.int32), 0, 0
    while taken < count and head < candidates:
        top = queue[head]
        gains[top] = _gain(first, places, weight, times, top)
        if gains[top] <= 0.0:
            head += 1
            continue
        spot = head
        while spot + 1 < candidates and (
            gains[queue[spot + 1]] > gains[top]
            or (gains[queue[spot + 1]] == gains[top] and queue[spot + 1] < top)
        ):
            queue[spot] = queue[spot + 1]
            spot += 1
        queue[spot] = top
        if spot != head:
            continue
        chosen[taken] = top
        taken += 1
        head += 1
        for at in range(first[top], first[top + 1]):
            times[places[at]] += 1
    return chosen[:taken].copy()


@kernel
def _exchange(first: Ints, places: Ints, weight: Floats, around_first: Ints, around: Ints, chosen: Ints,
              rounds: int) -> Ints:  # fmt: skip
    """Replace each chosen candidate by the one that gains most in its place, while anything is gained.

    The gain of every candidate is kept up to date place by place, so that one exchange costs what it touches.
    """
    candidates = first.shape[0] - 1
    times = np.zeros(weight.shape[0], np.int32)
    gains = np.zeros(candidates)
    inside = np.zeros(candidates, np.uint8)
    for candidate in chosen:
        inside[candidate] = 1
        for at in range(first[candidate], first[candidate + 1]):
            times[places[at]] += 1
    for candidate in range(candidates):
        gains[candidate] = _gain(first, places, weight, times, candidate)
    for _ in range(rounds):
        improved = False
        for spot in range(chosen.shape[0]):
            out = chosen[spot]
            lost = 0.0
            for at in range(first[out], first[out + 1]):
                place = places[at]
                times[place] -= 1
                if times[place] == 0:
                    lost += weight[place]
                    for other in range(around_first[place], around_first[place + 1]):
                        gains[around[other]] += weight[place]
            inside[out] = 0
            best, most = out, lost * (1.0 + 1e-12)
            for candidate in range(candidates):
                if gains[candidate] > most and not inside[candidate]:
                    best, most = candidate, gains[candidate]
            improved |= best != out
            chosen[spot], inside[best] = best, 1
            for at in range(first[best], first[best + 1]):
                place = places[at]
                times[place] += 1
                if times[place] == 1:
                    for other in range(around_first[place], around_first[place + 1]):
                        gains[around[other]] -= weight[place]
        if not improved:
            break
    return chosen


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
