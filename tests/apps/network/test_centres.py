"""From where travel to a place is counted: its own middle, that of its points, or of what lies above it."""

from __future__ import annotations

import pytest

from nuanxin.network.centres import NoCentre, centre
from nuanxin.network.queries import UnknownPlace, region
from tests.factories.points import LAT, LON, point

pytestmark = pytest.mark.django_db
GAOPING, MISHAN, JINCHENG, CHAOYANG = 140581_000000, 140581_101000, 140500_000000, 110105_000000


def test_a_region_of_the_tables_has_its_own_middle() -> None:
    told = centre(CHAOYANG)
    assert (told.lon, told.lat, told.of) == (region(CHAOYANG).lon, region(CHAOYANG).lat, CHAOYANG)


def test_without_one_and_without_points_that_above_it_counts_and_says_so() -> None:
    told = centre(MISHAN)
    assert told.of == JINCHENG
    assert (told.lon, told.lat) == (region(JINCHENG).lon, region(JINCHENG).lat)


def test_the_points_of_a_county_tell_its_middle_and_a_far_village_does_not_draw_it() -> None:
    for east in (-100, 0, 200):
        point(east, invented=False)
    point(20_000, 15_000, invented=False)
    point(0, -9_000, invented=True)  # an invented one has no say where there are real ones
    told = centre(GAOPING)
    # medians of -100, 0, 200, 20,000 m east and 0, 0, 0, 15,000 m north
    assert told.lon == pytest.approx(LON + 100 / 90_190)
    assert told.lat == pytest.approx(LAT)
    assert told.of == GAOPING
    # the township has neither a middle nor points of its own: its county's is the nearest that is known
    assert centre(MISHAN).of == GAOPING


def test_an_abolished_code_counts_as_what_took_over() -> None:
    hangzhou_yuhang = 330184_000000  # Yuhang while it was a city, a district since 2001
    told = centre(hangzhou_yuhang)
    assert told.lon == pytest.approx(120, abs=1)


def test_what_is_no_place_has_no_middle() -> None:
    with pytest.raises(UnknownPlace):
        centre(999999_000000)
    with pytest.raises(NoCentre):
        centre(0)
