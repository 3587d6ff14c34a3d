"""The contracted graph of one mode, as arrays that can be memory-mapped, and the graph of an extract."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from nuanxin.network.spatial.roads.chains import contract
from nuanxin.network.spatial.roads.links import DEGREES, NO_WAY, Links

Ints = NDArray[np.int32]
SMALLEST = 100  # nodes of a part of the graph that a place may be matched to; smaller ones are stray pieces

_ARRAYS = (
    "lon", "lat", "first", "target", "weight", "chain", "first_in", "source", "weight_in", "begin", "end",
    "inner_first", "there", "back", "whole", "whole_back", "chain_of", "usable",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModeGraph:
    """Nodes ``0 … keys-1`` are searched; node ``keys + p`` is the ``p``-th inner node of the chains in order.

    ``first``/``target``/``weight``/``chain``: ways out of a key, in compressed rows; ``chain`` is twice the chain's
    number, plus one where it is walked from its end. ``first_in``/``source``/``weight_in``: ways into a key.
    ``usable``: 1 for nodes of a part large enough to match a place to. Times in tenths of a second.
    """

    lon: Ints
    lat: Ints
    first: Ints
    target: Ints
    weight: Ints
    chain: Ints
    first_in: Ints
    source: Ints
    weight_in: Ints
    begin: Ints
    end: Ints
    inner_first: Ints
    there: Ints
    back: Ints
    whole: Ints
    whole_back: Ints
    chain_of: Ints
    usable: NDArray[np.uint8]

    @property
    def keys(self) -> int:
        """How many nodes are searched."""
        return int(self.first.shape[0]) - 1

    @property
    def nodes(self) -> int:
        return int(self.lon.shape[0])

    def degrees(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude of every node."""
        return self.lon.astype(np.float64) * DEGREES, self.lat.astype(np.float64) * DEGREES

    def save(self, folder: Path) -> None:
        """Write the arrays into an existing folder, one file each."""
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> ModeGraph:
        """Map a saved graph into memory. Raises FileNotFoundError."""
        return cls(**{name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS})


def build_graph(links: Links) -> tuple[ModeGraph, Ints]:
    """Contract a graph and lay it out for searching. Also returns the new number of each of its nodes."""
    chains = contract(links)
    keys = chains.keys.shape[0]
    order = np.concatenate((chains.keys, chains.inner))
    number = np.empty(links.nodes, np.int32)
    number[order] = np.arange(order.shape[0], dtype=np.int32)
    begin, end = number[chains.start], number[chains.end]
    count = begin.shape[0]
    ids = np.arange(count, dtype=np.int32)
    ahead, behind = chains.whole < NO_WAY, chains.whole_back < NO_WAY
    origin = np.concatenate((begin[ahead], end[behind]))
    target = np.concatenate((end[ahead], begin[behind]))
    weight = np.concatenate((chains.whole[ahead], chains.whole_back[behind]))
    chain = np.concatenate((ids[ahead] * 2, ids[behind] * 2 + 1))
    first, out = _rows(origin, keys)
    first_in, into = _rows(target, keys)
    graph = ModeGraph(
        lon=links.lon[order], lat=links.lat[order],
        first=first, target=target[out], weight=weight[out], chain=chain[out],
        first_in=first_in, source=origin[into], weight_in=weight[into],
        begin=begin, end=end, inner_first=chains.first, there=chains.there, back=chains.back,
        whole=chains.whole, whole_back=chains.whole_back,
        chain_of=np.repeat(ids, np.diff(chains.first)),
        usable=_usable(links, order),
    )  # fmt: skip
    return graph, number


def _rows(row: Ints, count: int) -> tuple[Ints, NDArray[np.int64]]:
    """Compressed rows: where each row begins, and the order that sorts the entries by row."""
    first = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(row, minlength=count), out=first[1:])
    return first, np.argsort(row, kind="stable")


def _usable(links: Links, order: Ints) -> NDArray[np.uint8]:
    """Nodes from which one gets to at least ``SMALLEST`` others and back (all, where no part is so large)."""
    low, high = links.low, links.high
    ahead, behind = links.up < NO_WAY, links.down < NO_WAY
    rows, columns = np.concatenate((low[ahead], high[behind])), np.concatenate((high[ahead], low[behind]))
    matrix = coo_array((np.ones(rows.shape[0], np.int8), (rows, columns)), shape=(links.nodes, links.nodes))
    _, part = connected_components(matrix.tocsr(), directed=not links.both_ways, connection="strong")
    sizes = np.bincount(part)
    large: NDArray[np.uint8] = (sizes[part] >= min(SMALLEST, int(sizes.max(initial=0)))).astype(np.uint8)
    return large[order]
