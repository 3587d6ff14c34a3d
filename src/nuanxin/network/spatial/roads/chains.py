"""Contracting a road graph: nodes where nothing branches lie inside chains; only the others are searched.

Of the nodes of real extracts about a third are left. Nothing is lost: a chain keeps the time from its start to
each node inside and back, so that every answer is exact to the tenth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.spatial.compiled import kernel
from nuanxin.network.spatial.roads.links import NO_WAY, Links

Ints = NDArray[np.int32]
_NO_WAY = int(NO_WAY)


@dataclass(frozen=True, slots=True)
class Chains:
    """Chains over nodes in the order of ``Links``. Chain ``c`` runs from node ``start[c]`` to node ``end[c]``.

    ``inner[first[c]:first[c + 1]]`` are the nodes inside, in order; ``there`` is the time from the start to each
    of them and ``back`` from it to the start; ``whole`` and ``whole_back`` are the times of the whole chain, from
    start to end and from end to start. NO_WAY where a direction is not allowed.
    """

    keys: Ints  # nodes that are no inner node, ascending
    start: Ints
    end: Ints
    first: Ints
    inner: Ints
    there: Ints
    back: Ints
    whole: Ints
    whole_back: Ints


def contract(links: Links) -> Chains:
    """Find the chains of a graph. Linear in time and memory."""
    count = links.nodes
    both = np.concatenate((links.low, links.high))
    numbers = np.concatenate((np.arange(links.low.shape[0]),) * 2).astype(np.int32)
    order = np.argsort(both, kind="stable")
    first = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(both, minlength=count), out=first[1:])
    is_key = _keys(first, numbers[order], links.low, links.up, links.down)
    parts = _walk(first, numbers[order], links.low, links.high, links.up, links.down, is_key)
    return Chains(np.flatnonzero(is_key).astype(np.int32), *parts)


@kernel
def _keys(first: Ints, around: Ints, low: Ints, up: Ints, down: Ints) -> NDArray[np.uint8]:
    """1 for nodes with another number of neighbours than two, and where a direction ends."""
    count = first.shape[0] - 1
    found = np.ones(count, np.uint8)
    for node in range(count):
        if first[node + 1] - first[node] != 2:
            continue
        one, two = around[first[node]], around[first[node] + 1]
        into = (down[one] if low[one] == node else up[one]) < _NO_WAY
        out_of = (up[one] if low[one] == node else down[one]) < _NO_WAY
        onward = (up[two] if low[two] == node else down[two]) < _NO_WAY
        inward = (down[two] if low[two] == node else up[two]) < _NO_WAY
        if into == onward and out_of == inward:
            found[node] = 0
    return found


@kernel
def _walk(first: Ints, around: Ints, low: Ints, high: Ints, up: Ints, down: Ints,
          is_key: NDArray[np.uint8]) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints, Ints]:  # fmt: skip
    """Follow every link from every key to the next key. A ring without any gets one of its nodes as key."""
    count, pieces = first.shape[0] - 1, low.shape[0]
    seen = np.zeros(pieces, np.uint8)
    start, end = np.empty(pieces, np.int32), np.empty(pieces, np.int32)
    whole, whole_back = np.empty(pieces, np.int32), np.empty(pieces, np.int32)
    begins = np.zeros(pieces + 1, np.int32)
    inner, there, back = np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count, np.int32)
    chains, filled = 0, 0
    for turn in range(2):
        for node in range(count):
            if turn == 0 and not is_key[node]:
                continue
            for spot in range(first[node], first[node + 1]):
                link = around[spot]
                if seen[link]:
                    continue
                is_key[node] = 1
                here, go, come = node, 0, 0
                while True:
                    seen[link] = 1
                    ahead = low[link] == here
                    step = up[link] if ahead else down[link]
                    step_back = down[link] if ahead else up[link]
                    go = min(_NO_WAY, go + step)
                    come = min(_NO_WAY, come + step_back)
                    here = high[link] if ahead else low[link]
                    if is_key[here]:
                        break
                    inner[filled], there[filled], back[filled] = here, go, come
                    filled += 1
                    one, two = around[first[here]], around[first[here] + 1]
                    link = two if one == link else one
                start[chains], end[chains], whole[chains], whole_back[chains] = node, here, go, come
                chains += 1
                begins[chains] = filled
    return (
        start[:chains].copy(), end[:chains].copy(), begins[: chains + 1].copy(), inner[:filled].copy(),
        there[:filled].copy(), back[:filled].copy(), whole[:chains].copy(), whole_back[:chains].copy(),
    )  # fmt: skip
