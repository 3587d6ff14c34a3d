"""Where the country has land: enough to tell a point in the sea or abroad, no more."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nuanxin.network.rules.gazetteer import gazetteer
from nuanxin.network.rules.land import CELLS, COLUMNS, ROWS, SOUTH, WEST, near_land, on_land
from nuanxin.network.rules.townships import townships


@pytest.mark.parametrize(
    ("what", "lon", "lat", "land"),
    [
        ("Beijing", 116.40, 39.90, True),
        ("Kashgar", 75.99, 39.47, True),
        ("Sanya", 109.50, 18.27, True),
        ("Zhoushan, an island", 122.20, 29.99, True),
        ("Hong Kong", 114.17, 22.30, True),
        ("Dandong, on the border river", 124.38, 40.13, True),
        ("East China Sea", 124.00, 30.00, False),
        ("Bohai", 119.50, 38.80, False),
        ("Qiongzhou Strait", 110.20, 20.15, False),
        ("Pyongyang", 125.75, 39.02, False),
        ("Hanoi", 105.80, 21.00, False),
        ("Ulan Bator", 106.90, 47.90, False),
        ("null island", 0.0, 0.0, False),
        ("Beijing with its numbers swapped", 39.90, 116.40, False),
        ("no number", math.nan, 39.90, False),
        ("infinite", 116.40, math.inf, False),
        ("beyond the earth", 1e300, -1e300, False),
    ],
)
def test_land_is_told_from_sea_and_from_abroad(what: str, lon: float, lat: float, land: bool) -> None:
    assert bool(on_land(lon, lat)) is land, what
    assert bool(near_land(lon, lat)) is land, what


def test_a_small_island_and_new_land_are_near_land() -> None:
    # Dishui Lake, land won from the sea south-east of Shanghai after the outlines were drawn: 121.97, 30.87
    assert bool(near_land(121.97, 30.87))
    # 100 km out at sea nothing is near.
    assert not bool(near_land(123.2, 31.0))


def test_every_region_and_township_with_a_point_is_near_land() -> None:
    towns = [townships().at(row) for row in range(len(townships()))]
    places = [p for p in (*gazetteer(), *towns) if p.lon is not None]
    assert near_land([p.lon for p in places], [p.lat for p in places]).all()


def test_the_land_is_as_large_as_the_country() -> None:
    rows, columns = np.mgrid[0:ROWS:5, 0:COLUMNS:5]
    lat, lon = SOUTH + (rows + 0.5) / CELLS, WEST + (columns + 0.5) / CELLS
    side = 5 * 111.2 / CELLS  # km to a step of latitude
    area = float((on_land(lon, lat) * np.cos(np.radians(lat))).sum()) * side**2
    assert area == pytest.approx(
        9.5e6, rel=0.03
    )  # 9.6 million km² by the country's own count, islands and lakes in


def test_shapes_follow_numpy() -> None:
    assert on_land([116.4, 124.0], [39.9, 30.0]).tolist() == [True, False]
    assert on_land([], []).shape == (0,)
