"""Siting: never worse than greedy, close to the proved best, the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from nuanxin.network.spatial.siting import Cover, choose, cover_of, solve_exactly


def plain(seed: int, candidates: int, places: int, radius: float) -> Cover:
    rng = np.random.default_rng(seed)
    at = rng.random((places, 2))
    weight = np.rint(rng.lognormal(3, 1.2, places))
    return cover_of(list(cKDTree(at).query_ball_point(rng.random((candidates, 2)), radius)), weight)


def people_of(cover: Cover, chosen: list[int]) -> float:
    covered = np.zeros(cover.weight.shape[0], bool)
    for candidate in chosen:
        covered[cover.places[cover.first[candidate] : cover.first[candidate + 1]]] = True
    return float(cover.weight[covered].sum())


def greedy(cover: Cover, count: int) -> float:
    """The plain greedy choice, looked up anew each time: what the lazy one must equal or beat."""
    chosen: list[int] = []
    for _ in range(count):
        gains = [people_of(cover, [*chosen, c]) for c in range(cover.candidates)]
        chosen.append(int(np.argmax(gains)))
    return people_of(cover, chosen)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 6), radius=st.floats(0.02, 0.3))
def test_what_is_said_to_be_covered_is_covered(seed: int, count: int, radius: float) -> None:
    cover = plain(seed, 25, 60, radius)
    answer = choose(cover, count)
    assert answer.covered == pytest.approx(people_of(cover, answer.chosen.tolist()))
    assert answer.covered >= greedy(cover, count) - 1e-9
    assert answer.chosen.shape[0] <= count
    assert (np.diff(answer.added) <= 1e-9).all()
    assert answer.added.sum() == pytest.approx(answer.covered)


@pytest.mark.parametrize("seed", range(8))
def test_small_instances_come_within_one_in_a_hundred_of_the_best(seed: int) -> None:
    cover = plain(seed, 120, 200, 0.09)
    best = solve_exactly(cover, 10)
    assert best is not None
    assert choose(cover, 10).covered >= 0.99 * best.covered


def test_nothing_to_gain_opens_nothing() -> None:
    cover = cover_of([[0], [0], []], [5.0])
    assert choose(cover, 3).chosen.tolist() == [0]
    assert choose(cover_of([[], []], [5.0]), 2).chosen.tolist() == []
    assert choose(cover_of([], [5.0]), 2).covered == 0.0


def test_a_point_where_people_are_beats_a_crowd_of_empty_places() -> None:
    cover = cover_of([[0, 1, 2, 3], [4]], [1.0, 1.0, 1.0, 1.0, 100.0])
    assert choose(cover, 1).chosen.tolist() == [1]


def test_no_proof_in_no_time() -> None:
    assert solve_exactly(plain(1, 300, 600, 0.05), 30, seconds=0.0) is None
