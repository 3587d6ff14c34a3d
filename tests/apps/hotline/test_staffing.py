"""Erlang A against published values, against quadrature, at its limits, and in its properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from nuanxin.hotline.rules.staffing import (
    Service,
    Target,
    Traffic,
    erlang_b,
    erlang_c,
    least_agents,
    need_by_quarter,
    service_of,
)

TRAFFICS = st.builds(
    Traffic,
    calls=st.floats(0.001, 3.0),
    handling=st.floats(20, 900),
    patience=st.floats(5, 5_000),
)


# Erlang B tables, 1 % and 0.1 %: the load that so many circuits carry.
@pytest.mark.parametrize(
    ("agents", "load", "blocked"),
    [(5, 1.361, 0.01), (10, 4.461, 0.01), (20, 12.03, 0.01), (50, 37.90, 0.01), (100, 84.06, 0.01)],
)
def test_erlang_b_as_in_the_tables(agents, load, blocked):
    assert erlang_b(agents, load) == pytest.approx(blocked, rel=3e-3)


def test_erlang_c_by_hand():
    # M/M/1: who waits is the load. M/M/2 at half load: C = (1/2) / (1 + 1 + 1/2 + 1/2 …) = 1/3.
    assert erlang_c(1, 0.4) == pytest.approx(0.4)
    assert erlang_c(2, 1.0) == pytest.approx(1 / 3)
    assert erlang_c(3, 3.0) == 1.0


def test_erlang_c_as_in_the_textbook_of_call_centres():
    # 360 calls in half an hour, 4 minutes each, 55 agents: 23.9 % wait, 8.2 s on average;
    # within 15 s: 1 - 0.239 exp(-(55 - 48) 15 / 240) = 1 - 0.239 * 0.6456 = 84.6 %.
    found = service_of(Traffic(0.2, 240, None), 55, 15)
    assert found.waiting == pytest.approx(0.239, abs=5e-4)
    assert found.mean_wait == pytest.approx(8.2, abs=0.05)
    assert found.answered_in_time == pytest.approx(0.846, abs=5e-4)


def test_erlang_a_as_published():
    # Garnett, Mandelbaum, Reiman, "Designing a call center with impatient customers": 48 calls a minute, 1 minute,
    # 50 agents; nobody hangs up: 20.8 s; patience of 2 minutes: 3.1 % hang up, 3.7 s, agents busy for 93 %.
    patient = service_of(Traffic(0.8, 60, None), 50)
    impatient = service_of(Traffic(0.8, 60, 120), 50)
    assert patient.mean_wait == pytest.approx(20.8, abs=0.05)
    assert impatient.abandoned == pytest.approx(0.031, abs=5e-4)
    assert impatient.mean_wait == pytest.approx(3.7, abs=0.05)
    assert impatient.busy == pytest.approx(0.93, abs=5e-3)


def _by_states(traffic: Traffic, agents: int) -> tuple[float, float, float]:
    """Balance of flows, state by state, with plain fractions of floats: who waits, who hangs up, the mean wait."""
    assert traffic.patience is not None
    weights, weight, state = [1.0], 1.0, 0
    while weight > 1e-25 * max(weights) or state <= agents + traffic.load:
        state += 1
        leaving = min(state, agents) / traffic.handling + max(0, state - agents) / traffic.patience
        weight *= traffic.calls / leaving
        weights.append(weight)
    total = sum(weights)
    queue = sum((state - agents) * w for state, w in enumerate(weights) if state > agents) / total
    return sum(weights[agents:]) / total, queue / traffic.patience / traffic.calls, queue / traffic.calls


@pytest.mark.parametrize(
    ("traffic", "agents"),
    [
        (Traffic(0.8, 60, 120), 50),
        (Traffic(0.8, 60, 120), 40),
        (Traffic(0.01, 300, 30), 1),
        (Traffic(0.5, 200, 600), 90),
        (Traffic(0.5, 200, 5), 120),
    ],
)
def test_the_series_agree_with_the_balance_of_flows(traffic, agents):
    found = service_of(traffic, agents)
    expected = _by_states(traffic, agents)
    assert (found.waiting, found.abandoned, found.mean_wait) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seconds", [0.0, 1.0, 20.0, 300.0])
@pytest.mark.parametrize("agents", [35, 50, 55])
def test_the_answered_in_time_agree_with_quadrature(agents, seconds):
    traffic = Traffic(0.8, 60, 120)

    def density(x: float) -> float:
        return math.exp(0.8 * 120 * (1 - math.exp(-x / 120)) - agents / 60 * x)

    whole = integrate.quad(density, 0, 4_000, limit=2_000, points=(30, 200, 800), epsabs=0, epsrel=1e-11)[0]
    free = 1 / erlang_b(agents - 1, 48) / 0.8
    in_time = integrate.quad(lambda x: density(x) * math.exp(-x / 120), 0, seconds, epsabs=0, epsrel=1e-11)[0]
    expected = (free + in_time) / (free + whole)
    assert service_of(traffic, agents, seconds).answered_in_time == pytest.approx(expected, rel=1e-7)


def test_endless_patience_is_erlang_c():
    close = service_of(Traffic(0.2, 240, 1e9), 55, 15)
    limit = service_of(Traffic(0.2, 240, None), 55, 15)
    assert close.waiting == pytest.approx(limit.waiting, rel=1e-4)
    assert close.mean_wait == pytest.approx(limit.mean_wait, rel=1e-4)
    assert close.answered_in_time == pytest.approx(limit.answered_in_time, rel=1e-4)


def test_no_patience_is_erlang_b():
    assert service_of(Traffic(0.8, 60, 1e-7), 50).abandoned == pytest.approx(erlang_b(50, 48), rel=1e-5)


def test_heavy_overload_loses_what_cannot_be_served():
    # 3,000 agents serve 10 calls a second of 300 s; 20 come: half hang up.
    found = service_of(Traffic(20, 300, 60), 3_000)
    assert found.abandoned == pytest.approx(0.5, abs=1e-6)
    assert found.waiting == pytest.approx(1.0)


@pytest.mark.parametrize("agents", [1, 500, 4_000, 5_000, 6_000, 20_000])
def test_thousands_of_agents_stay_numbers(agents):
    found = service_of(Traffic(5_000 / 300, 300, 90), agents)
    assert all(math.isfinite(value) for value in (found.waiting, found.mean_wait))
    assert 0 <= found.abandoned <= found.waiting <= 1


@settings(max_examples=60, deadline=None)
@given(TRAFFICS, st.integers(1, 400), st.floats(0, 120))
def test_what_always_holds(traffic, agents, seconds):
    found = service_of(traffic, agents, seconds)
    more = service_of(traffic, agents + 1, seconds)
    assert 0 <= found.abandoned <= found.waiting <= 1
    assert 1 - found.waiting <= found.answered_in_time + 1e-9
    assert found.answered_in_time <= 1 - found.abandoned + 1e-9
    assert found.mean_wait == pytest.approx(found.abandoned * traffic.patience, rel=1e-9, abs=1e-300)
    assert more.abandoned <= found.abandoned + 1e-12
    assert more.answered_in_time >= found.answered_in_time - 1e-9
    assert service_of(traffic, agents, seconds + 5).answered_in_time >= found.answered_in_time - 1e-9


@settings(max_examples=40, deadline=None)
@given(TRAFFICS, st.floats(0.5, 0.99), st.floats(0.005, 0.3))
def test_the_least_number_is_enough_and_one_less_is_not(traffic, in_time, abandoned):
    target = Target(in_time, 20, abandoned)
    least = least_agents(traffic, target)
    assert target.met_by(service_of(traffic, least, 20))
    assert not target.met_by(service_of(traffic, least - 1, 20))


def test_nobody_rings_and_nobody_answers():
    assert service_of(Traffic(0, 60, 60), 3) == Service(0.0, 0.0, 0.0, 1.0, 0.0)
    assert service_of(Traffic(1, 60, 60), 0) == Service(1.0, 1.0, 60, 0.0, 0.0)
    assert service_of(Traffic(1, 60, None), 60).mean_wait == math.inf


def test_hardly_any_calls_for_many_agents_stay_numbers():
    # That all but one are busy has a probability of 2e-320; times the calls it is no number any more.
    found = service_of(Traffic(1e-4, 360, 60), 106)
    assert (found.waiting, found.mean_wait, found.answered_in_time) == (0, 0, 1)


def test_the_need_of_a_day():
    calls = [0.0] * 32 + [180.0] * 32 + [12.0] * 32  # 180 calls in 15 minutes are 0.2 a second
    need = need_by_quarter(calls, handling=240, patience=None, away=0.0, at_least=1)
    assert need[0] == 1
    alone = least_agents(Traffic(0.2, 240, None))
    assert need[40] == alone
    assert service_of(Traffic(0.2, 240, None), alone).answered_in_time >= 0.8
    assert service_of(Traffic(0.2, 240, None), alone - 1).answered_in_time < 0.8
    # A fifth of the time away: for each 4 at the telephone 5 on duty.
    assert need_by_quarter(calls, handling=240, patience=None, away=0.2)[40] == math.ceil(alone / 0.8)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Traffic(-1, 60, 60),
        lambda: Traffic(math.nan, 60, 60),
        lambda: Traffic(1, 0, 60),
        lambda: Traffic(1, 60, 0),
        lambda: Target(in_time=1.0),
        lambda: Target(abandoned=0.0),
        lambda: service_of(Traffic(1, 60, 60), -1),
        lambda: need_by_quarter([1.0] * 95, handling=60, patience=60),
        lambda: need_by_quarter([1.0] * 96, handling=60, patience=60, away=1.0),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        wrong()
