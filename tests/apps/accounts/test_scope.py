"""Regions as ranges: properties that hold for every code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.accounts.scope import (
    HIGHEST,
    NATION,
    Level,
    NotARegion,
    contains,
    intersection,
    level_of,
    region_range,
)
from nuanxin.audit.actor import NOWHERE

villages = st.integers(11_01_01_001_001, 82_99_99_999_999)
widths = st.sampled_from([1, 10**3, 10**6, 10**8, 10**10])
codes = st.builds(lambda village, width: village // width * width, villages, widths) | st.just(NATION)


@given(codes)
def test_a_region_lies_in_its_own_range(code: int) -> None:
    low, high = region_range(code)
    assert low == code
    assert code <= high <= HIGHEST


@given(codes, codes)
def test_two_regions_are_nested_or_apart(one: int, other: int) -> None:
    (low, high), (other_low, other_high) = region_range(one), region_range(other)
    apart = high < other_low or other_high < low
    assert apart or contains(one, other) or contains(other, one)


@given(villages, st.integers(0, 3))
def test_every_superior_contains_its_inferiors(village: int, step: int) -> None:
    chain = [village // width * width for width in (1, 10**3, 10**6, 10**8, 10**10)] + [NATION]
    assert contains(chain[step + 1], chain[step])


@given(st.frozensets(codes, min_size=1, max_size=4))
def test_several_regions_never_reach_beyond_any_of_them(regions: frozenset[int]) -> None:
    low, high = intersection(regions)
    if (low, high) != NOWHERE:
        assert all(region_range(code)[0] <= low and high <= region_range(code)[1] for code in regions)


def test_no_region_is_nowhere() -> None:
    assert intersection(frozenset()) == NOWHERE


@pytest.mark.parametrize(
    ("code", "level", "high"),
    [
        (0, Level.NATION, 999_999_999_999),
        (140000_000000, Level.PROVINCE, 149999_999999),
        (140500_000000, Level.CITY, 140599_999999),
        (140581_000000, Level.COUNTY, 140581_999999),
        (140581_101000, Level.TOWN, 140581_101999),
        (140581_101204, Level.VILLAGE, 140581_101204),
        (140581_100000, Level.TOWN, 140581_100999),  # a township whose own number ends in zeros
        (441900_003000, Level.TOWN, 441900_003999),  # Dongguan has townships and no counties
    ],
)
def test_levels_by_trailing_zeros(code: int, level: Level, high: int) -> None:
    assert level_of(code) is level
    assert region_range(code) == (code, high)


@pytest.mark.parametrize("code", [-1, 14, 140581, 10**12])
def test_what_is_not_a_region_is_refused(code: int) -> None:
    with pytest.raises(NotARegion):
        region_range(code)
