"""One worker's five nearest by road, and where the next hundred points should go."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from bench.network.extracts import links_of, matrix
from bench.network.timing import each, ratio, repeated
from nuanxin.network.spatial.roads.around import anchor, nearest_by_time
from nuanxin.network.spatial.roads.graph import build_graph
from nuanxin.network.spatial.roads.profiles import Mode
from nuanxin.network.spatial.siting import Cover, choose, cover_of, solve_exactly

RADIUS = 0.012  # of the square that holds the towns: some eight places around each candidate
TWO_HOURS = 72_000  # tenths of a second


def five_by_road(files: list[Path]) -> dict[str, Any]:
    """2,000 questions on the walking graph. SciPy looks farther and farther, or is told how far."""
    links = links_of(files, Mode.WALK)
    graph, number = build_graph(links)
    rng = np.random.default_rng(2)
    at = rng.choice(links.nodes, 2_000, replace=False)
    anchors = anchor(graph, np.arange(at.shape[0]), number[at], np.zeros(at.shape[0]))
    asked = rng.choice(links.nodes, 2_000)
    starts = number[asked].tolist()
    ours = each(lambda n: nearest_by_time(graph, anchors, starts[n], 5, TWO_HOURS), len(starts))
    forward = matrix(links)
    limits = []
    for start in starts:
        times, _ = nearest_by_time(graph, anchors, start, 5, TWO_HOURS)
        limits.append(
            float(times[-1]) if times.shape[0] else 1.0
        )  # the best case for SciPy: told how far to look
    peer = each(lambda n: _growing(forward, int(asked[n]), at), 400)
    told = each(lambda n: dijkstra(forward, indices=int(asked[n]), limit=limits[n])[at], 400)
    different = 0
    for n in range(400):
        found, _ = nearest_by_time(graph, anchors, starts[n], 5, TWO_HOURS)
        away = np.sort(dijkstra(forward, indices=int(asked[n]), limit=TWO_HOURS)[at])[:5]
        different += found.tolist() != [int(t) for t in away if np.isfinite(t)]
    return {
        "nodes": links.nodes, "points": 2_000, "questions": len(starts), "different_answers": different,
        "ours": ours, "scipy": peer, "of_scipy": ratio(ours, peer, "p50_us", "p99_us"),
        "scipy_told_the_limit": told, "of_scipy_told_the_limit": ratio(ours, told, "p50_us", "p99_us"),
    }  # fmt: skip


def _growing(forward: csr_array, start: int, at: NDArray[np.int64]) -> NDArray[np.float64]:
    """SciPy cannot stop at the fifth point: look five minutes far, then twice as far, until five are there."""
    limit = 3_000.0
    while True:
        away: NDArray[np.float64] = dijkstra(forward, indices=start, limit=limit)[at]
        if limit >= TWO_HOURS or np.isfinite(away).sum() >= 5:
            return np.sort(away)[:5]
        limit *= 2


def siting(candidates: int, chosen: int, seconds: float) -> dict[str, Any]:
    """A made instance: places in towns, people by a long-tailed law, each candidate covering what lies near it."""
    cover = _made(candidates)
    ours, answer = repeated(lambda: choose(cover, chosen), 15)
    began = time.perf_counter()
    best = solve_exactly(cover, chosen, seconds)
    took = (time.perf_counter() - began) * 1e3
    return {
        "candidates": candidates, "places": cover.weight.shape[0], "pairs": cover.places.shape[0], "chosen": chosen,
        "ours": ours, "highs": {"ms": round(took, 1), "proved": best is not None},
        "of_optimum": round(answer.covered / best.covered, 5) if best else None,
        "of_highs_time": round(ours["median_ms"] / took, 6),
    }  # fmt: skip


def _made(count: int) -> Cover:
    rng = np.random.default_rng(7)
    towns = rng.random((60, 2))
    size = rng.pareto(1.2, 60) + 0.2
    at = towns[rng.choice(60, count, p=size / size.sum())] + rng.normal(0, 0.09, (count, 2))
    people = np.rint(rng.lognormal(4, 1.3, count))
    return cover_of(list(cKDTree(at).query_ball_point(at, RADIUS)), people)
