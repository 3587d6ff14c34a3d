"""The queue played call by call: the formula lies in its confidence band, and a second way of playing agrees."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator

import numpy as np
import pytest

from nuanxin.hotline.rules.simulation import Calls, band, constant, draw_calls, exponential, lognormal, play
from nuanxin.hotline.rules.staffing import Traffic, service_of

CALLS = 80_000
QUEUES = [
    (Traffic(0.2, 240, 120), 48, 20),  # as many agents as load
    (Traffic(0.2, 240, 90), 40, 20),  # too few: a fifth hangs up
    (Traffic(0.02, 300, 60), 8, 30),  # a small desk
    (Traffic(0.05, 120, None), 8, 20),  # nobody hangs up
]


@pytest.mark.parametrize(("traffic", "agents", "seconds"), QUEUES)
def test_the_formula_lies_in_the_band(traffic, agents, seconds):
    found = play(draw_calls(traffic, CALLS, seed=7), agents)
    expected = service_of(traffic, agents, seconds)
    assert expected.waiting in band(found.waits > 0)
    assert expected.abandoned in band(~found.answered)
    assert expected.mean_wait in band(found.waits)
    assert expected.answered_in_time in band(found.answered & (found.waits <= seconds))


def test_the_band_is_narrow_enough_to_say_something():
    found = play(draw_calls(QUEUES[0][0], CALLS, seed=7), 48)
    assert service_of(QUEUES[0][0], 47).abandoned not in band(~found.answered)
    assert service_of(QUEUES[0][0], 49).abandoned not in band(~found.answered)


def _by_free_times(calls: Calls, agents: int) -> Iterator[tuple[float, bool]]:
    """Kiefer and Wolfowitz: a call waits for the agent who is free first; without events and without a queue."""
    free = [0.0] * agents
    for arrival, talk, patience in zip(calls.arrivals, calls.talks, calls.patience, strict=True):
        wait = max(0.0, free[0] - arrival)
        if wait < patience:
            heapq.heapreplace(free, arrival + wait + talk)
        yield min(wait, patience), wait < patience


@pytest.mark.parametrize("talks", [exponential, constant, lognormal])
def test_two_ways_of_playing_agree(talks):
    calls = draw_calls(Traffic(0.2, 240, 90), 5_000, seed=3, talks=talks)
    found = play(calls, 42)
    waits, answered = zip(*_by_free_times(calls, 42), strict=True)
    assert found.waits == pytest.approx(np.array(waits), abs=1e-6)
    assert found.answered.tolist() == list(answered)


def test_talks_that_are_not_exponential_change_little_where_callers_hang_up():
    """Why the formula may be used for real talks: with the same mean it is off by less than a tenth of the share."""
    traffic, agents = Traffic(0.2, 240, 120), 46
    expected = service_of(traffic, agents).abandoned
    for talks in (constant, lognormal):
        found = band(~play(draw_calls(traffic, CALLS, 11, talks), agents).answered)
        assert found.mean == pytest.approx(expected, rel=0.15)


def test_constant_talks_wait_half_as_long_where_nobody_hangs_up():
    # Pollaczek and Khinchine for one agent: the mean wait is load * talk / (2 (1 - load)) = 0.5 * 60 / 1 = 30 s.
    found = play(draw_calls(Traffic(0.5 / 60, 60, None), CALLS, 5, constant), 1)
    assert 30.0 in band(found.waits)


def test_the_durations_have_the_mean_they_are_asked_for():
    random = np.random.default_rng(1)
    for draw in (exponential, constant, lognormal):
        drawn = draw(random, 200_000, 240)
        assert drawn.mean() == pytest.approx(240, rel=0.02)
    assert lognormal(random, 200_000, 240).std() == pytest.approx(240, rel=0.05)


def test_the_same_seed_gives_the_same_day():
    traffic = Traffic(0.2, 240, 90)
    first, again, other = (play(draw_calls(traffic, 2_000, seed), 45) for seed in (1, 1, 2))
    assert first.waits.tobytes() == again.waits.tobytes()
    assert first.waits.tobytes() != other.waits.tobytes()


def test_nobody_to_answer_and_nobody_to_call():
    found = play(draw_calls(Traffic(0.2, 240, 90), 500, 1), 0)
    assert not found.answered.any()
    assert found.waits.mean() == pytest.approx(90, rel=0.2)
    empty = draw_calls(Traffic(1, 1, None), 0, 1)
    assert len(play(empty, 3).waits) == 0
    assert math.isinf(draw_calls(Traffic(1, 1, None), 1, 1).patience[0])
    with pytest.raises(ValueError, match="batches"):
        band(np.zeros(10))
