"""Shifted positions made true, and positions that cannot be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.network.rules.coordinates import System, coordinate_fault, from_wgs84, place_fault, to_wgs84
from nuanxin.network.rules.gazetteer import Level, gazetteer
from nuanxin.network.rules.land import is_near_land, near_land
from nuanxin.network.spatial.sphere import distance as metres

EAST, NORTH = st.floats(74, 134), st.floats(17, 53)


@given(lon=EAST, lat=NORTH, system=st.sampled_from([System.GCJ02, System.BD09]))
def test_the_way_back_is_exact_to_a_centimetre(lon: float, lat: float, system: System) -> None:
    back = to_wgs84(*from_wgs84(lon, lat, system), system)
    assert metres(lon, lat, *back) < 0.01


@given(lon=EAST, lat=NORTH)
def test_the_shift_is_some_hundred_metres_and_never_nothing(lon: float, lat: float) -> None:
    assert 10 < metres(lon, lat, *from_wgs84(lon, lat, System.GCJ02)) < 1500


@given(lon=st.floats(70, 140), lat=st.floats(0, 57))
def test_one_point_is_near_land_as_many_are(lon: float, lat: float) -> None:
    assert is_near_land(lon, lat) == bool(near_land([lon], [lat])[0])


def test_known_positions() -> None:
    # Published example of the formulas: (116.404, 39.915) in WGS-84 is (116.41024449916938, 39.91640428150164).
    found = from_wgs84(116.404, 39.915, System.GCJ02)
    assert found == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)
    # Baidu's position of (116.404, 39.915) in GCJ-02 is (116.41036949371029, 39.92133699351021).
    true = to_wgs84(116.404, 39.915, System.GCJ02)
    assert from_wgs84(*true, System.BD09) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-7)


def test_abroad_nothing_is_shifted() -> None:
    assert to_wgs84(2.35, 48.86, System.GCJ02) == (2.35, 48.86)


def test_every_region_lies_where_a_position_may_lie_and_near_itself() -> None:
    wrong = [
        (place.name_zh, fault.code)
        for place in gazetteer()
        if place.lon is not None and place.lat is not None and place.level is Level.COUNTY and place.current
        for fault in (
            coordinate_fault(place.lon, place.lat) or place_fault(place.code, place.lon, place.lat),
        )
        if fault is not None
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "lon", "lat", "far"),
    [
        (140581_000000, 112.92, 35.80, False),
        (140581_101000, 112.98, 35.76, False),  # a township is looked for near its county
        (140581_000000, 112.55, 37.87, True),  # Taiyuan
        (652824_000000, 88.17, 37.00, False),  # in the south of 若羌, 250 km from its town
        (440300_000000, 116.40, 39.90, True),  # Shenzhen, told in Beijing
        (110000_000000, 112.55, 37.87, False),  # a province is too large to tell
    ],
)
def test_far_from_the_region_of_the_code(code: int, lon: float, lat: float, far: bool) -> None:
    assert (place_fault(code, lon, lat) is not None) is far
