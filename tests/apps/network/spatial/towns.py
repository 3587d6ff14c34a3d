"""Invented road nets for tests: streets with bends, one-way streets, rings, dead ends, stray pieces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmium
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from nuanxin.network.spatial.roads.links import NO_WAY, Links


def random_links(seed: int, nodes: int = 120, extra: int = 40, one_way: float = 0.2) -> Links:
    """A tangle: long chains (each node joined to an earlier one near it), crossings, one-way pieces, loose ends."""
    rng = np.random.default_rng(seed)
    near = np.maximum(np.arange(1, nodes) - rng.integers(1, 4, nodes - 1), 0)
    pairs = {
        (int(min(a, b)), int(max(a, b)))
        for a, b in zip(near, range(1, nodes), strict=True)
        if rng.random() < 0.95
    }
    for a, b in rng.integers(0, nodes, (extra, 2)).tolist():
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    low, high = (np.array(column, np.int32) for column in zip(*sorted(pairs), strict=True))
    times = rng.integers(1, 900, (2, low.shape[0]))
    times[1] = np.where(rng.random(low.shape[0]) < 0.5, times[0], times[1])
    turn = rng.random(low.shape[0])
    times[0, turn < one_way / 2] = NO_WAY
    times[1, turn > 1 - one_way / 2] = NO_WAY
    up, down = times.astype(np.int32)
    places = rng.integers(0, 10_000, (nodes, 2)).astype(np.int32)
    return Links(low, high, up, down, places[:, 0] + 1_130_000_000, places[:, 1] + 350_000_000)


def matrix(links: Links) -> csr_array:
    """The same graph for SciPy."""
    ahead, behind = links.up < NO_WAY, links.down < NO_WAY
    weights = np.concatenate((links.up[ahead], links.down[behind])).astype(float)
    rows = np.concatenate((links.low[ahead], links.high[behind]))
    columns = np.concatenate((links.high[ahead], links.low[behind]))
    return csr_array(coo_array((weights, (rows, columns)), shape=(links.nodes,) * 2))


def oracle_reach(links: Links, points: NDArray[np.int32], limit: int) -> NDArray[np.int32]:
    """SciPy's answer to ``reach``: time from each node to the nearest point, NO_WAY beyond the limit."""
    found = dijkstra(csr_array(matrix(links).T), indices=points, min_only=True, limit=limit)
    times: NDArray[np.int32] = np.where(np.isinf(found), NO_WAY, found).astype(np.int32)
    return times


def oracle_around(links: Links, node: int, points: NDArray[np.int32]) -> NDArray[np.float64]:
    """SciPy's time from one node to each point."""
    times: NDArray[np.float64] = dijkstra(matrix(links), indices=node)[points]
    return times


Way = tuple[list[int], dict[str, str]]


def write_pbf(path: Path, nodes: dict[int, tuple[float, float]], ways: list[Way]) -> Path:
    """Write a small OpenStreetMap extract."""
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for ref, (lon, lat) in nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=ref, location=(lon, lat), version=1))
        for number, (refs, tags) in enumerate(ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=refs, tags=tags, version=1))
    return path
