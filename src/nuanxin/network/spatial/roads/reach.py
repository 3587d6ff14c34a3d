"""How long it takes from every node to the nearest of many points, up to a limit: the half-hour circle.

One search from all points at once, along the roads backwards, over the contracted graph. Times are whole tenths
of a second and bounded, so the queue is one list for each tenth of a second (R. Dial, 1969): no heap.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.spatial.compiled import kernel
from nuanxin.network.spatial.roads.graph import ModeGraph
from nuanxin.network.spatial.roads.links import NO_WAY

Ints = NDArray[np.int32]
_NO_WAY = int(NO_WAY)
UNREACHED = _NO_WAY  # the time of a node from which no point is reached within the limit


def reach(graph: ModeGraph, points: Ints, limit: int, access: Ints | None = None) -> Ints:
    """Tenths of a second from each node to the nearest of ``points`` (node numbers); UNREACHED above ``limit``.

    ``access``: tenths of a second from the node of each point to its door, none where left out. Exact: the same
    numbers as a search on the graph that was not contracted.
    """
    times = np.full(graph.nodes, _NO_WAY, np.int32)
    at = np.asarray(points, np.int32)
    if not at.shape[0]:
        return times
    if access is None:
        sources = np.unique(at)
        starts = np.zeros(sources.shape[0], np.int32)
    else:
        order = np.lexsort((access, at))
        sources, begin = np.unique(at[order], return_index=True)
        starts = np.asarray(access, np.int32)[order][begin]
    _search(
        graph.first_in, graph.source, graph.weight_in, graph.begin, graph.end, graph.there, graph.back,
        graph.whole_back, graph.chain_of, sources, starts, limit, times,
    )  # fmt: skip
    _fill(
        graph.keys, graph.begin, graph.end, graph.inner_first, graph.there, graph.back, graph.whole,
        graph.whole_back, graph.chain_of, sources, starts, limit, times,
    )  # fmt: skip
    return times


@kernel
def _search(first: Ints, source: Ints, weight: Ints, begin: Ints, end: Ints, there: Ints, back: Ints,
            whole_back: Ints, chain_of: Ints, points: Ints, starts: Ints, limit: int, times: Ints) -> None:  # fmt: skip
    """Times of the keys. A point inside a chain enters at both ends of it."""
    keys = first.shape[0] - 1
    heads = np.full(limit + 1, -1, np.int32)
    room = source.shape[0] + 2 * points.shape[0]
    nodes, following = np.empty(room, np.int32), np.empty(room, np.int32)
    used = 0
    for number in range(points.shape[0]):
        point, start = points[number], starts[number]
        if start > limit:
            continue
        if point < keys:
            if start < times[point]:
                times[point] = start
                nodes[used], following[used] = point, heads[start]
                heads[start] = used
                used += 1
            continue
        inner = point - keys
        chain = chain_of[inner]
        for side in range(2):
            node = end[chain] if side else begin[chain]
            time = start + (whole_back[chain] - back[inner] if side else there[inner])
            if (whole_back[chain] < _NO_WAY if side else there[inner] < _NO_WAY) and time < times[node]:
                times[node] = time
                if time <= limit:
                    nodes[used], following[used] = node, heads[time]
                    heads[time] = used
                    used += 1
    for now in range(limit + 1):
        entry = heads[now]
        while entry >= 0:
            node = nodes[entry]
            entry = following[entry]
            if times[node] != now:
                continue
            for spot in range(first[node], first[node + 1]):
                time = now + weight[spot]
                if time <= limit and time < times[source[spot]]:
                    times[source[spot]] = time
                    nodes[used], following[used] = source[spot], heads[time]
                    heads[time] = used
                    used += 1


@kernel
def _fill(keys: int, begin: Ints, end: Ints, inner_first: Ints, there: Ints, back: Ints, whole: Ints,
          whole_back: Ints, chain_of: Ints, points: Ints, starts: Ints, limit: int, times: Ints) -> None:  # fmt: skip
    """Times inside the chains: by either end, or to a point in the same chain."""
    for chain in range(begin.shape[0]):
        low, high = inner_first[chain], inner_first[chain + 1]
        if low == high:
            continue
        to_begin, to_end = times[begin[chain]], times[end[chain]]
        ahead, behind = whole[chain] < _NO_WAY, whole_back[chain] < _NO_WAY
        for inner in range(low, high):
            best = _NO_WAY
            if ahead and to_end < _NO_WAY:
                best = whole[chain] - there[inner] + to_end
            if behind and to_begin < _NO_WAY:
                best = min(best, back[inner] + to_begin)
            times[keys + inner] = best if best <= limit else _NO_WAY
    for number in range(points.shape[0]):
        at = points[number] - keys
        if at < 0:
            continue
        chain = chain_of[at]
        for inner in range(inner_first[chain], inner_first[chain + 1]):
            time = _NO_WAY
            if inner <= at and whole[chain] < _NO_WAY:
                time = there[at] - there[inner]
            if inner >= at and whole_back[chain] < _NO_WAY:
                time = min(time, back[inner] - back[at])
            time += starts[number]
            if time <= limit and time < times[keys + inner]:
                times[keys + inner] = time
    for node in range(keys):
        if times[node] > limit:
            times[node] = _NO_WAY
