"""Calls expected by quarter-hour, what the forecast rests on, and that the need taken from it holds when played."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.hotline.rules.forecast import FEWEST, LAST, Forecast, forecast, shape, spring_festival
from nuanxin.hotline.rules.simulation import band, draw_calls, play
from nuanxin.hotline.rules.staffing import QUARTER, QUARTERS, Target, Traffic, need_by_quarter
from nuanxin.law.calendar import CalendarMissing

FLAT = (1,) * QUARTERS  # 96 calls a day
TUESDAY = date(2026, 6, 9)


def _past(day: date, weeks: int, calls: tuple[int, ...] = FLAT) -> dict[date, tuple[int, ...]]:
    """The same calls on every day of the weeks before."""
    return {day - timedelta(n): calls for n in range(1, weeks * 7 + 1)}


def test_a_tuesday_rests_on_the_last_eight_tuesdays():
    found = forecast(_past(TUESDAY, 12), TUESDAY)
    # 5 May 2026 was a Tuesday too, but a day off: it is no day of this kind.
    weeks = [n for n in range(1, LAST + 2) if TUESDAY - timedelta(7 * n) != date(2026, 5, 5)]
    assert found.rests_on == tuple(TUESDAY - timedelta(7 * n) for n in weeks)
    assert sum(found.quarters) == pytest.approx(96)
    assert (found.growth, found.stand_in) == (1.0, False)


def test_one_wild_day_does_not_move_the_level():
    history = _past(TUESDAY, 12) | {TUESDAY - timedelta(7): (100,) * QUARTERS}
    # Seven of the eight days had 96 calls, so the median is 96 whatever the eighth had.
    assert sum(forecast(history, TUESDAY).quarters) == pytest.approx(96)


def test_few_calls_are_not_forecast_as_none():
    """One call a day, always in another hour: the median of each quarter would be 0, that of the day is 1."""
    history = {
        TUESDAY - timedelta(7 * n): tuple(int(quarter == 8 * n) for quarter in range(QUARTERS))
        for n in range(1, 9)
    }
    assert sum(forecast(history, TUESDAY).quarters) == pytest.approx(1)


def test_holidays_are_apart():
    """1 October 2026, a Thursday: it rests on statutory holidays, not on Thursdays."""
    day, holidays = (
        date(2026, 10, 1),
        [date(2026, 5, 1), date(2026, 6, 19), date(2026, 4, 5), date(2026, 9, 25)],
    )
    history = _past(day, 30) | {one: (0,) * 95 + (7,) for one in holidays}
    found = forecast(history, day)
    assert found.rests_on[0] == date(2026, 9, 25)
    assert set(holidays) <= set(found.rests_on)
    assert sum(found.quarters) < 96
    # Of five days before, two were free (a Sunday, and the Saturday of the festival): too few for a forecast.
    assert not forecast({day - timedelta(n): FLAT for n in range(1, 6)}, day).known
    thin = forecast(_past(day, 3), day)
    assert thin.stand_in


def test_a_saturday_worked_in_exchange_is_a_working_day():
    """10 October 2026 is a Saturday on which people work; there are no three such, so working days stand in."""
    day = date(2026, 10, 10)
    found = forecast(_past(day, 8), day)
    assert found.stand_in
    assert all(one.weekday() < 5 or one == date(2026, 9, 20) for one in found.rests_on)


def test_the_weeks_before_spring_festival_grow_as_they_did_last_year():
    """2026: the eve, 16 February, is the first statutory day. In 2025 (28 January) calls doubled in the 28 days before."""
    assert spring_festival(date(2026, 3, 1)) == date(2026, 2, 16)
    last = spring_festival(date(2025, 3, 1))
    assert last == date(2025, 1, 28)
    day = date(2026, 2, 3)
    history = _past(date(2026, 1, 18), 70)
    history |= {last - timedelta(n): (2,) * QUARTERS for n in range(1, 29)}
    found = forecast(history, day)
    assert found.growth == pytest.approx(2.0)
    assert sum(found.quarters) == pytest.approx(192)
    assert forecast(_past(date(2026, 1, 18), 20), day).growth == 1.0  # the past year is not whole
    assert forecast(history, date(2026, 3, 3)).growth == 1.0


def test_what_is_not_known_is_not_guessed():
    assert forecast({}, TUESDAY) == Forecast(TUESDAY, (), (), stand_in=True)
    assert not forecast({TUESDAY - timedelta(n): FLAT for n in range(1, FEWEST)}, TUESDAY).known
    with pytest.raises(CalendarMissing):
        forecast({}, date(2099, 1, 5))


days = st.lists(st.lists(st.integers(0, 9), min_size=QUARTERS, max_size=QUARTERS), min_size=1, max_size=8)


@given(days)
def test_shares_of_a_day_add_up_to_one(past):
    shares = shape(past[:1], past)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0


def test_the_need_of_a_forecast_holds_when_it_is_played():
    """The busiest and a quiet quarter of a forecast day, each played for 20,000 calls with the people it asks for: at
    least 95 % are answered within 30 seconds, and with one person fewer they are not, beyond the band of confidence."""
    calls = tuple(12 if 36 <= quarter < 48 else 3 for quarter in range(QUARTERS))
    found = forecast(_past(TUESDAY, 12, calls), TUESDAY)
    target = Target(0.95, 30, 0.05)
    need = need_by_quarter(found.quarters, handling=300, patience=120, target=target)
    for quarter in (40, 4):
        traffic = Traffic(found.quarters[quarter] / QUARTER, 300, 120)
        assert _in_time(traffic, need[quarter], 11).mean + _in_time(traffic, need[quarter], 11).half >= 0.95
        fewer = _in_time(traffic, need[quarter] - 1, 11)
        assert fewer.mean - fewer.half < 0.95


def _in_time(traffic: Traffic, agents: int, seed: int):
    played = play(draw_calls(traffic, 20_000, seed), agents)
    return band(played.answered & (played.waits <= 30))
