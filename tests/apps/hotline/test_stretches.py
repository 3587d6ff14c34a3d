"""The need of quiet hours does not waver with chance, and what does change in a day is found."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.forecast import forecast
from nuanxin.hotline.rules.staffing import QUARTERS, Target, need_by_quarter
from nuanxin.hotline.rules.stretches import level, stretches

TUESDAY = date(2026, 6, 9)
PROMISED = Target(0.95, 30, 0.05)
counted = st.lists(st.integers(0, 60), min_size=QUARTERS, max_size=QUARTERS)


def _drawn(rates, seed: int, days: int = 79) -> dict[date, tuple[int, ...]]:
    """A past in which calls come at random (Poisson) with these means of a quarter."""
    source = np.random.default_rng(seed)
    return {
        TUESDAY - timedelta(n): tuple(int(one) for one in source.poisson(rates)) for n in range(1, days + 1)
    }


def _need(calls) -> tuple[int, ...]:
    return need_by_quarter(calls, handling=300, patience=120, target=PROMISED, away=0.15, at_least=1)


def _steps(need) -> int:
    """How often in a day, midnight included, the need changes."""
    return sum(need[quarter] != need[quarter - 1] for quarter in range(QUARTERS))


@given(counted)
def test_stretches_are_the_whole_day_once(counts):
    cut = stretches(counts)
    assert sum(end - start for start, end in cut) == QUARTERS
    assert all(before[1] == after[0] and after[0] < after[1] for before, after in pairwise(cut))
    assert sum(level(counts, cut)) == pytest.approx(sum(counts))


@given(counted, st.integers(1, QUARTERS - 1))
def test_a_day_with_one_sure_change_is_cut_the_same_wherever_it_begins(counts, turn):
    """Midnight is no edge: calls from 8 to 20 and none in the night, the day begun at any quarter."""
    flat = [40 if 32 <= quarter < 80 else 0 for quarter in range(QUARTERS)]
    turned = flat[turn:] + flat[:turn]
    edges = {edge % QUARTERS for part in stretches(turned) for edge in part}
    assert edges == {(32 - turn) % QUARTERS, (80 - turn) % QUARTERS}


@settings(max_examples=40, deadline=None)
@given(st.floats(0.02, 0.6), st.integers(0, 10_000))
def test_chance_does_not_move_the_need_of_a_quiet_day(rate, seed):
    """Quarters of one rate, however small: one need all day. It was 2 where one call had come in eight days and 1 where none
    had; with 0.05 calls a quarter it changed 9 times a day in the mean."""
    found = forecast(_drawn(np.full(QUARTERS, rate), seed), TUESDAY)
    assert _steps(_need(found.quarters)) <= 2  # a chance of one in a hundred cuts the day once
    assert min(found.quarters) > 0


def test_of_a_hundred_days_of_one_rate_hardly_one_is_cut():
    whole = [stretches(np.random.default_rng(n).poisson(0.4, QUARTERS).tolist()) for n in range(100)]
    assert sum(len(one) > 1 for one in whole) <= 1


@pytest.mark.parametrize("seed", range(5))
def test_a_night_is_quiet_and_a_morning_is_not(seed):
    """0.1 calls a quarter from 22 to 7, 1 by day, 3 from 8:30 to 11:30 and from 14 to 17:30: as many steps of the need as
    the true rates have, each within half an hour of its place."""
    rates = np.array([
        0.1 if q < 28 or q >= 88 else 3.0 if 34 <= q < 46 or 56 <= q < 70 else 1.0 for q in range(QUARTERS)
    ])  # fmt: skip
    need, true = _need(forecast(_drawn(rates, seed), TUESDAY).quarters), _need(tuple(rates))
    assert _steps(need) <= _steps(true)
    assert sum(mine != right for mine, right in zip(need, true, strict=True)) <= 2 * _steps(true) + 12
    assert need[:24] == true[:24]


@pytest.mark.parametrize("seed", range(5))
def test_a_busy_day_is_followed_closely(seed):
    """Two peaks of 14 and 10 calls a quarter: the forecast keeps within a tenth of the true hours' calls in the mean."""
    rates = np.array([
        2 + 12 * np.exp(-(((q - 40) / 8) ** 2)) + 8 * np.exp(-(((q - 62) / 8) ** 2)) for q in range(QUARTERS)
    ])  # fmt: skip
    found = np.array(forecast(_drawn(rates, seed), TUESDAY).quarters)
    assert float(np.abs(found - rates).sum() / rates.sum()) < 0.10


def test_a_weekday_with_calls_enough_keeps_its_own_hours():
    """Tuesdays have their peak two hours later than the other days, with hundreds of calls: they are not smeared over."""
    early, late = (
        tuple(20 if q in peak else 1 for q in range(QUARTERS)) for peak in (range(36, 44), range(44, 52))
    )
    past = {
        day: late if day.weekday() == 1 else early for day in (TUESDAY - timedelta(n) for n in range(1, 80))
    }  # fmt: skip
    found = forecast(past, TUESDAY).quarters
    assert found[40] == pytest.approx(1, abs=0.6)
    assert found[48] == pytest.approx(20, abs=1.5)


def test_a_weekday_with_few_calls_has_the_hours_of_all():
    """Eight Tuesdays with one call each, at 10, of days that else ring at 7:30, 10, 12:30 and 15: no hour is taken for
    dead, and 10 has more than its fourth."""
    past = {
        day: tuple(int(q in ((40,) if day.weekday() == 1 else (30, 40, 50, 60))) for q in range(QUARTERS))
        for day in (TUESDAY - timedelta(n) for n in range(1, 80))
    }
    found = forecast(past, TUESDAY).quarters
    assert sum(found) == pytest.approx(1)
    assert min(found[30], found[50], found[60]) > 0.05
    assert 0.25 < found[40] < 0.7


def test_two_calls_in_eight_days_are_not_none():
    """The median of the totals is 0, their mean a fourth: an open desk is not planned as if nobody ever rang."""
    past = {
        day: tuple(int(q == 40 and n in {7, 14}) for q in range(QUARTERS))
        for n, day in ((n, TUESDAY - timedelta(n)) for n in range(1, 80))
    }
    assert sum(forecast(past, TUESDAY).quarters) == pytest.approx(0.25)
