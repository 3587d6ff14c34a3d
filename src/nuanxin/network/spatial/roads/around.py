"""The nearest points by travel time for one person: a search that stops as soon as nobody nearer can come."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nuanxin.network.spatial.compiled import kernel
from nuanxin.network.spatial.filters import NO_BYTES, Bytes, Ints, Masks, Opening, fits, is_open
from nuanxin.network.spatial.roads.graph import ModeGraph
from nuanxin.network.spatial.roads.links import NO_WAY

Longs = NDArray[np.int64]
Ways = tuple[
    Ints, Ints, Ints, Ints, Ints, Ints, Ints
]  # of the chains: begin, end, there, back, whole, back, of
Points = tuple[Ints, Ints, Ints, Masks, Ints]  # ids, node, access, masks, patterns
Runs = tuple[Ints, Ints]  # where the points of each key and of each chain begin
Question = tuple[Masks, bool, Bytes, Ints, Bytes]  # needs, whether hours count, and what is open

_NO_WAY = int(NO_WAY)
_ALWAYS = Opening(NO_BYTES)
_ARRAYS = ("ids", "node", "access", "masks", "patterns", "key_first", "chain_first")


@dataclass(frozen=True, slots=True)
class Anchors:
    """Points matched to the nodes of one graph, in the order of their nodes, so that each node holds one run.

    ``ids``: the caller's numbers; ``access``: tenths of a second from the node to the door; ``key_first`` and
    ``chain_first``: where the run of each key and of each chain begins.
    """

    ids: Ints
    node: Ints
    access: Ints
    masks: Masks
    patterns: Ints
    key_first: Ints
    chain_first: Ints

    def save(self, folder: Path) -> None:
        """Write the arrays into an existing folder, one file each."""
        for name in _ARRAYS:
            np.save(folder / f"anchors-{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Anchors:
        """Map saved anchors into memory. Raises FileNotFoundError."""
        return cls(**{name: np.load(folder / f"anchors-{name}.npy", mmap_mode="r") for name in _ARRAYS})


def anchor(graph: ModeGraph, ids: ArrayLike, nodes: ArrayLike, access: ArrayLike, masks: ArrayLike | None = None,
           patterns: ArrayLike | None = None) -> Anchors:  # fmt: skip
    """Lay out points by the node that each was matched to. Several points may share a node."""
    at = np.asarray(nodes, np.int32)
    order = np.argsort(at, kind="stable")
    node = at[order]
    offered = np.zeros(at.shape[0], np.uint64) if masks is None else np.asarray(masks, np.uint64)
    hours = np.zeros(at.shape[0], np.int32) if patterns is None else np.asarray(patterns, np.int32)
    keys = np.searchsorted(node, np.arange(graph.keys + 1)).astype(np.int32)
    chains = np.searchsorted(node, np.asarray(graph.inner_first) + graph.keys).astype(np.int32)
    return Anchors(
        np.asarray(ids, np.int32)[order], node, np.asarray(access, np.int32)[order],
        offered[order], hours[order], keys, chains,
    )  # fmt: skip


class _Desk(threading.local):
    """Each thread's own paper for a search: cleared by counting up, not by writing over it."""

    def __init__(self) -> None:
        self.times = np.empty(0, np.int32)
        self.turns = np.empty(0, np.int32)
        self.turn = 0

    def paper(self, keys: int) -> tuple[Ints, Ints, int]:
        """Times, the turn in which each was written, and the present turn."""
        if self.times.shape[0] < keys or self.turn >= 2**31 - 2:
            self.times, self.turns, self.turn = np.empty(keys, np.int32), np.zeros(keys, np.int32), 0
        self.turn += 1
        return self.times, self.turns, self.turn


_desk = _Desk()


def nearest_by_time(graph: ModeGraph, anchors: Anchors, node: int, k: int, limit: int,
                    needs: ArrayLike = (), opening: Opening | None = None) -> tuple[Ints, Ints]:  # fmt: skip
    """Tenths of a second and numbers of the ``k`` points that are reached first from a node, within ``limit``.

    Equal times stand in the order of the points' numbers. ``needs`` and ``opening`` as for the tree.
    """
    times, turns, turn = _desk.paper(graph.keys)
    asked = opening or _ALWAYS
    return _expand(
        graph.first, graph.target, graph.weight, graph.chain,
        (graph.begin, graph.end, graph.there, graph.back, graph.whole, graph.whole_back, graph.chain_of),
        (anchors.ids, anchors.node, anchors.access, anchors.masks, anchors.patterns),
        (anchors.key_first, anchors.chain_first),
        (np.asarray(needs, np.uint64), opening is not None, asked.patterns, asked.special, asked.special_open),
        node, k, limit, times, turns, turn,
    )  # fmt: skip


@kernel
def _offer(found: Ints, slots: Ints, filled: int, time: int, point: int) -> int:
    """Put a point into the sorted best, once, with its best time."""
    size = found.shape[0]
    if filled == size and (time > found[size - 1] or (time == found[size - 1] and point >= slots[size - 1])):
        return filled
    spot = -1
    for held in range(filled):
        if slots[held] == point:
            if found[held] <= time:
                return filled
            spot = held
    if spot < 0:
        if filled < size:
            filled += 1
        spot = filled - 1
    while spot > 0 and (found[spot - 1] > time or (found[spot - 1] == time and slots[spot - 1] > point)):
        found[spot], slots[spot] = found[spot - 1], slots[spot - 1]
        spot -= 1
    found[spot], slots[spot] = time, point
    return filled


@kernel
def _push(heap: Longs, used: int, entry: int) -> tuple[Longs, int]:
    """Add to a binary heap of (time, node) in one number; the heap grows as needed."""
    if used == heap.shape[0]:
        larger = np.empty(2 * used, np.int64)
        larger[:used] = heap
        heap = larger
    at = used
    while at > 0 and heap[(at - 1) >> 1] > entry:
        heap[at] = heap[(at - 1) >> 1]
        at = (at - 1) >> 1
    heap[at] = entry
    return heap, used + 1


@kernel
def _pop(heap: Longs, used: int) -> int:
    """Take the least off; the caller counts down."""
    least, last, size = heap[0], heap[used - 1], used - 1
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = last
    return int(least)


@kernel
def _try(point: int, time: int, limit: int, points: Points, question: Question, found: Ints, slots: Ints,
         filled: int) -> int:  # fmt: skip
    """Offer a point that is reached at a time, with the way from the road to its door, if it fits and is open."""
    ids, _, access, masks, patterns = points
    needs, by_hours, open_patterns, special, special_open = question
    arrived = time + access[point]
    if arrived > limit or not fits(masks[point], needs):
        return filled
    if by_hours and not is_open(
        ids[point], patterns[point], masks[point], open_patterns, special, special_open
    ):
        return filled
    return _offer(found, slots, filled, arrived, ids[point])


@kernel
def _leave_chain(origin: int, ways: Ways, points: Points, runs: Runs, question: Question, limit: int, found: Ints,
                 slots: Ints, times: Ints, turns: Ints, turn: int, heap: Longs) -> tuple[Longs, int, int]:  # fmt: skip
    """Start inside a chain: go to both of its ends, and to the points on it."""
    begin, end, there, back, whole, whole_back, chain_of = ways
    here = origin - runs[0].shape[0] + 1
    on = chain_of[here]
    used, filled = 0, 0
    for side in range(2):
        if (whole[on] if side else whole_back[on]) >= _NO_WAY:
            continue
        node = end[on] if side else begin[on]
        time = whole[on] - there[here] if side else back[here]
        if turns[node] != turn or time < times[node]:
            times[node], turns[node] = time, turn
            heap, used = _push(heap, used, (np.int64(time) << 32) | node)
    for p in range(runs[1][on], runs[1][on + 1]):
        inner = points[1][p] - runs[0].shape[0] + 1
        time = _NO_WAY
        if inner >= here and whole[on] < _NO_WAY:
            time = there[inner] - there[here]
        if inner <= here and whole_back[on] < _NO_WAY:
            time = min(time, back[here] - back[inner])
        if time < _NO_WAY:
            filled = _try(p, time, limit, points, question, found, slots, filled)
    return heap, used, filled


@kernel
def _expand(first: Ints, target: Ints, weight: Ints, chain: Ints, ways: Ways, points: Points, runs: Runs,
            question: Question, origin: int, k: int, limit: int, times: Ints, turns: Ints,
            turn: int) -> tuple[Ints, Ints]:  # fmt: skip
    """Settle nodes in the order of time until the k best are nearer than anything that may still come."""
    keys = first.shape[0] - 1
    _, _, there, back, _, whole_back, _ = ways
    key_first, chain_first = runs
    found, slots = np.empty(k, np.int32), np.empty(k, np.int32)
    heap = np.empty(256, np.int64)
    used, filled = 0, 0
    if origin < keys:
        times[origin], turns[origin] = 0, turn
        heap, used = _push(heap, used, origin)
    else:
        heap, used, filled = _leave_chain(
            origin, ways, points, runs, question, limit, found, slots, times, turns, turn, heap
        )
    while used:
        entry = _pop(heap, used)
        used -= 1
        now, node = entry >> 32, entry & 0xFFFFFFFF
        if now > times[node]:
            continue
        if now > limit or (filled == k and now > found[k - 1]):
            break
        for p in range(key_first[node], key_first[node + 1]):
            filled = _try(p, now, limit, points, question, found, slots, filled)
        for spot in range(first[node], first[node + 1]):
            time, ahead, on = now + weight[spot], target[spot], chain[spot] >> 1
            if turns[ahead] != turn or time < times[ahead]:
                times[ahead], turns[ahead] = time, turn
                if filled < k or time <= found[k - 1]:
                    heap, used = _push(heap, used, (np.int64(time) << 32) | ahead)
            for p in range(chain_first[on], chain_first[on + 1]):
                inner = points[1][p] - keys
                arrived = now + (whole_back[on] - back[inner] if chain[spot] & 1 else there[inner])
                filled = _try(p, arrived, limit, points, question, found, slots, filled)
    return found[:filled], slots[:filled]
