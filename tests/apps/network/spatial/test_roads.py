"""The contracted graph against SciPy on the whole one: equal to the tenth of a second, in both directions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from nuanxin.network.spatial.filters import HAS_EXCEPTIONS, Opening
from nuanxin.network.spatial.roads.around import Anchors, anchor, nearest_by_time
from nuanxin.network.spatial.roads.graph import ModeGraph, build_graph
from nuanxin.network.spatial.roads.links import NO_WAY, Links
from nuanxin.network.spatial.roads.reach import UNREACHED, reach
from tests.apps.network.spatial.towns import matrix, oracle_around, oracle_reach, random_links

SEEDS = st.integers(0, 100_000)


@settings(max_examples=150, deadline=None)
@given(
    seed=SEEDS, points=st.integers(0, 12), limit=st.sampled_from([1, 500, 3000, 18_000]), ways=st.floats(0, 1)
)
def test_reach_is_that_of_scipy(seed: int, points: int, limit: int, ways: float) -> None:
    links = random_links(seed, one_way=ways)
    graph, number = build_graph(links)
    at = np.random.default_rng(seed).choice(links.nodes, points).astype(np.int32)
    found = reach(graph, number[at], limit)[number]
    expected = oracle_reach(links, at, limit) if points else np.full(links.nodes, NO_WAY)
    assert found.tolist() == expected.tolist()


@settings(max_examples=80, deadline=None)
@given(seed=SEEDS, points=st.integers(1, 12), limit=st.sampled_from([200, 3000]), ways=st.floats(0, 1))
def test_the_way_to_the_door_counts(seed: int, points: int, limit: int, ways: float) -> None:
    links = random_links(seed, one_way=ways)
    graph, number = build_graph(links)
    rng = np.random.default_rng(seed)
    at, access = rng.choice(links.nodes, points), rng.integers(0, 400, points).astype(np.int32)
    found = reach(graph, number[at], limit, access)[number]
    each = np.array([dijkstra(matrix(links).T, indices=p) + a for p, a in zip(at, access, strict=True)])
    nearest = each.min(axis=0)
    assert found.tolist() == np.where(nearest <= limit, nearest, NO_WAY).astype(int).tolist()


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, points=st.integers(1, 30), k=st.integers(1, 8), ways=st.floats(0, 1), rare=st.booleans())
def test_the_nearest_by_time_are_those_of_scipy(
    seed: int, points: int, k: int, ways: float, rare: bool
) -> None:
    links = random_links(seed, one_way=ways)
    graph, number = build_graph(links)
    rng = np.random.default_rng(seed)
    at, access = rng.choice(links.nodes, points), rng.integers(0, 400, points)
    masks = rng.integers(0, 4, points).astype(np.uint64)
    anchors = anchor(graph, np.arange(points), number[at], access, masks)
    origin = int(rng.integers(links.nodes))
    times, slots = nearest_by_time(graph, anchors, int(number[origin]), k, 20_000, [2] if rare else [])
    away = oracle_around(links, origin, at) + access
    away[away > 20_000] = np.inf
    if rare:
        away[(masks & np.uint64(2)) == 0] = np.inf
    order = np.lexsort((np.arange(points), away))[:k]
    expected = [int(n) for n in order if np.isfinite(away[n])]
    assert slots.tolist() == expected
    assert times.tolist() == [int(away[n]) for n in expected]


def test_only_open_points_are_found_by_time() -> None:
    links = random_links(1, one_way=0.0)
    graph, number = build_graph(links)
    masks = np.array([0, HAS_EXCEPTIONS, HAS_EXCEPTIONS, 0], np.uint64)
    anchors = anchor(
        graph, np.arange(4), number[np.array([3, 40, 80, 100])], np.zeros(4), masks, [0, 0, 1, 1]
    )
    opening = Opening(np.array([0, 1], np.uint8), np.array([1, 2], np.int32), np.array([1, 0], np.uint8))
    _, slots = nearest_by_time(graph, anchors, int(number[3]), 4, 10**6, (), opening)
    assert sorted(slots.tolist()) == [1, 3]


def test_a_ring_without_a_crossing_is_searched_too() -> None:
    low, high = np.array([0, 1, 2, 0], np.int32), np.array([1, 2, 3, 3], np.int32)
    times = np.array([10, 20, 30, 40], np.int32)
    places = np.zeros(4, np.int32)
    graph, number = build_graph(Links(low, high, times, times, places, places))
    assert graph.keys == 1
    assert reach(graph, number[[1]].astype(np.int32), 1000)[number].tolist() == [10, 0, 20, 50]


def test_a_street_that_returns_to_its_own_crossing() -> None:
    """0-1-2-3-1: the ring 1-2-3 hangs on the crossing 1."""
    low, high = np.array([0, 1, 2, 1], np.int32), np.array([1, 2, 3, 3], np.int32)
    times = np.array([5, 10, 10, 100], np.int32)
    places = np.zeros(4, np.int32)
    graph, number = build_graph(Links(low, high, times, times, places, places))
    assert reach(graph, number[[2]].astype(np.int32), 1000)[number].tolist() == [15, 10, 0, 10]
    anchors = anchor(graph, [7, 8], number[[2, 3]], [0, 0])
    assert [each.tolist() for each in nearest_by_time(graph, anchors, int(number[0]), 2, 1000)] == [
        [15, 25],
        [7, 8],
    ]


def test_contraction_keeps_a_third_or_less_of_a_street_with_bends() -> None:
    steps = np.arange(999, dtype=np.int32)
    times, places = np.ones(999, np.int32), np.zeros(1000, np.int32)
    graph, number = build_graph(Links(steps, steps + 1, times, times, places, places))
    assert (graph.keys, graph.nodes) == (2, 1000)
    found = reach(graph, number[[500]].astype(np.int32), 300)[number]
    assert found[[199, 200, 500, 800, 801]].tolist() == [UNREACHED, 300, 0, 300, UNREACHED]


@pytest.mark.parametrize("one_way", [0.0, 0.5])
def test_saved_graphs_answer_alike(tmp_path, one_way: float) -> None:  # type: ignore[no-untyped-def]
    links = random_links(9, one_way=one_way)
    graph, number = build_graph(links)
    anchors = anchor(graph, [0, 1], number[[5, 90]], [0, 3])
    graph.save(tmp_path)
    anchors.save(tmp_path)
    again, points = ModeGraph.load(tmp_path), Anchors.load(tmp_path)
    assert reach(again, number[[5]], 9000).tolist() == reach(graph, number[[5]], 9000).tolist()
    here = int(number[30])
    assert nearest_by_time(again, points, here, 2, 9000)[0].tolist() == (
        nearest_by_time(graph, anchors, here, 2, 9000)[0].tolist()
    )


def test_stray_pieces_match_no_place() -> None:
    """Two nodes on an island of their own are no use to anybody where the rest of the town is one part."""
    steps = np.arange(199, dtype=np.int32)
    low, high = np.append(steps, 200), np.append(steps + 1, 201)
    times, places = np.ones(200, np.int32), np.zeros(202, np.int32)
    graph, number = build_graph(
        Links(low.astype(np.int32), high.astype(np.int32), times, times, places, places)
    )
    assert graph.usable[number[[0, 150, 200, 201]]].tolist() == [1, 1, 0, 0]
