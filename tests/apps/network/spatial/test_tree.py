"""The nearest points in a straight line, held against SciPy's tree and against looking at every point."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from nuanxin.network.spatial.filters import HAS_EXCEPTIONS, Opening
from nuanxin.network.spatial.sphere import distance, metres_of_chord, unit_vectors
from nuanxin.network.spatial.tree import PointTree, build_tree

Floats = NDArray[np.float64]


def cloud(seed: int, count: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    towns = rng.uniform((75, 18), (134, 53), (max(1, count // 50), 2))
    at = towns[rng.integers(0, towns.shape[0], count)] + rng.normal(0, 0.2, (count, 2))
    return at[:, 0], at[:, 1]


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 64, 65, 1000, 20_000])
def test_the_nearest_are_those_of_scipy(count: int) -> None:
    lon, lat = cloud(count, count)
    tree, peer = build_tree(lon, lat), cKDTree(unit_vectors(lon, lat))
    asked_lon, asked_lat = cloud(count + 1, 200)
    for x, y in zip(asked_lon.tolist(), asked_lat.tolist(), strict=True):
        slots, metres = tree.nearest(x, y, 5)
        chords, expected = peer.query(unit_vectors(x, y), min(5, count))
        assert slots.tolist() == np.atleast_1d(expected).tolist()
        np.testing.assert_allclose(metres, np.atleast_1d(metres_of_chord(chords**2)), rtol=1e-9, atol=1e-6)


@settings(max_examples=120, deadline=None)
@given(
    seed=st.integers(0, 10_000), count=st.integers(1, 300), k=st.integers(1, 12), by_hours=st.booleans(),
    needs=st.lists(st.integers(1, 15), max_size=2), rare=st.floats(0.0, 1.0),
)  # fmt: skip
def test_filters_find_what_looking_at_every_point_finds(
    seed: int, count: int, k: int, by_hours: bool, needs: list[int], rare: float
) -> None:
    rng = np.random.default_rng(seed)
    lon, lat = cloud(seed, count)
    masks = np.where(rng.random(count) < rare, rng.integers(0, 16, count), 1).astype(np.uint64)
    patterns = rng.integers(0, 130, count).astype(np.int32)
    special = np.flatnonzero(rng.random(count) < 0.1).astype(np.int32)
    masks[special] |= HAS_EXCEPTIONS
    opening = Opening(
        (rng.random(130) < 0.3).astype(np.uint8),
        special,
        (rng.random(special.shape[0]) < 0.5).astype(np.uint8),
    )
    tree = build_tree(lon, lat, masks, patterns)
    slots, metres = tree.nearest_fitting(110.0, 35.0, k, needs, opening if by_hours else None)
    is_open = opening.patterns[patterns].astype(bool)
    is_open[special] = opening.special_open.astype(bool)
    fits = np.ones(count, bool)
    for need in needs:
        fits &= (masks & np.uint64(need)) != 0
    if by_hours:
        fits &= is_open
    away = np.array([distance(110.0, 35.0, x, y) for x, y in zip(lon, lat, strict=True)])
    expected = np.sort(away[fits])[:k]
    np.testing.assert_allclose(metres, expected, rtol=1e-7, atol=1e-3)
    assert fits[slots].all()
    assert len(set(slots.tolist())) == len(slots)


def test_equal_distances_stand_in_the_order_of_their_numbers() -> None:
    tree = build_tree([110.0] * 30, [35.0] * 30)
    assert tree.nearest(110.0, 35.0, 4)[0].tolist() == [0, 1, 2, 3]
    fitting = build_tree([110.0] * 30, [35.0] * 30, np.arange(30, dtype=np.uint64))
    assert fitting.nearest_fitting(110.0, 35.0, 3, [8])[0].tolist() == [8, 9, 10]


def test_an_empty_tree_finds_nothing() -> None:
    tree = build_tree([], [])
    assert tree.nearest(110.0, 35.0, 5)[0].shape == (0,)
    assert tree.nearest_fitting(110.0, 35.0, 5, [1])[0].shape == (0,)
    assert tree.nearest_each([110.0], [35.0])[0].tolist() == [-1]
    assert tree.within(110.0, 35.0, 1e6).shape == (0,)


def test_many_places_at_once_find_what_each_finds_alone() -> None:
    lon, lat = cloud(3, 500)
    masks = (np.arange(500) % 7 == 0).astype(np.uint64)
    tree = build_tree(lon, lat, masks)
    asked_lon, asked_lat = cloud(4, 60)
    slots, metres = tree.nearest_each(asked_lon, asked_lat)
    fitting, farther = tree.nearest_each(asked_lon, asked_lat, [1])
    for at, (x, y) in enumerate(zip(asked_lon.tolist(), asked_lat.tolist(), strict=True)):
        assert (slots[at], metres[at]) == tuple(each[0] for each in tree.nearest(x, y, 1))
        assert (fitting[at], farther[at]) == tuple(each[0] for each in tree.nearest_fitting(x, y, 1, [1]))
    assert tree.nearest_each(asked_lon, asked_lat, [2])[0].tolist() == [-1] * 60


def test_all_points_within_a_distance() -> None:
    lon, lat = cloud(5, 2000)
    tree = build_tree(lon, lat)
    away = np.array([distance(lon[0], lat[0], x, y) for x, y in zip(lon, lat, strict=True)])
    assert sorted(tree.within(lon[0], lat[0], 40_000.0).tolist()) == np.flatnonzero(away <= 40_000.0).tolist()


def test_a_saved_tree_answers_alike(tmp_path: Path) -> None:
    lon, lat = cloud(6, 300)
    tree = build_tree(lon, lat)
    tree.save(tmp_path)
    assert (
        PointTree.load(tmp_path).nearest(110.0, 35.0, 5)[0].tolist()
        == tree.nearest(110.0, 35.0, 5)[0].tolist()
    )


def test_no_pattern_open_means_nothing_is_open() -> None:
    tree = build_tree([110.0], [35.0], np.ones(1, np.uint64), [0])
    shut = Opening(np.zeros(1, np.uint8))
    assert tree.nearest_fitting(110.0, 35.0, 1, [1], shut)[0].shape == (0,)
