"""Coordinates: from the systems of Chinese maps into WGS-84, and what is wrong with a position. Pure.

Maps published in China shift positions by up to some 700 metres (GCJ-02; BD-09 shifts that once more). The shift
itself is a published approximation of the transformation, good to about a metre; it is inverted here by iteration.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.rules.gazetteer import UNIT, Level, gazetteer
from nuanxin.network.rules.land import EAST, NORTH, SOUTH, WEST, is_near_land
from nuanxin.network.spatial.sphere import EARTH_RADIUS, distance

_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323  # of the Krasovsky ellipsoid, which the shift uses
_TURN = math.pi * 3000.0 / 180.0
_CLOSE = 1e-9  # degrees: a tenth of a millimetre

# A point is far from its county when it lies so far from the county's own position and so many other counties are
# nearer: in a city a hundred kilometres are many counties away, in the desert they are none.
FAR_M, FAR_COUNTIES = 60_000, 20
FAR_FROM_CITY = 60  # counties, where the tables tell the position of the city alone


class System(StrEnum):
    """A coordinate system that imports may come in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@dataclass(frozen=True, slots=True)
class CoordinateFault:
    """What is wrong with a position, and in which field."""

    code: str
    field: str
    zh: str
    en: str


def to_wgs84(lon: float, lat: float, system: System) -> tuple[float, float]:
    """A position of another system in WGS-84 degrees, to a metre. Outside the country nothing is shifted."""
    if system is System.BD09:
        lon, lat = _bd09_to_gcj02(lon, lat)
    if system is System.WGS84 or not _in_box(lon, lat):
        return lon, lat
    guess_lon, guess_lat = lon, lat
    for _ in range(20):
        shifted_lon, shifted_lat = from_wgs84(guess_lon, guess_lat, System.GCJ02)
        off_lon, off_lat = lon - shifted_lon, lat - shifted_lat
        guess_lon, guess_lat = guess_lon + off_lon, guess_lat + off_lat
        if abs(off_lon) < _CLOSE and abs(off_lat) < _CLOSE:
            break
    return guess_lon, guess_lat


def from_wgs84(lon: float, lat: float, system: System) -> tuple[float, float]:
    """A WGS-84 position in another system. Outside the country nothing is shifted."""
    if system is System.WGS84 or not _in_box(lon, lat):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    north = math.radians(lat)
    part = 1 - _ECCENTRICITY * math.sin(north) ** 2
    d_lat = _shift_lat(x, y) * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (part * math.sqrt(part)) * math.pi)
    d_lon = _shift_lon(x, y) * 180.0 / (_AXIS / math.sqrt(part) * math.cos(north) * math.pi)
    if system is System.GCJ02:
        return lon + d_lon, lat + d_lat
    return _gcj02_to_bd09(lon + d_lon, lat + d_lat)


def coordinate_fault(lon: float, lat: float) -> CoordinateFault | None:
    """What is wrong with a WGS-84 position of a point in China, the likeliest cause named; None: nothing.

    The sea is known on a grid of two kilometres: a point on a pier or a small island passes.
    """
    if not (math.isfinite(lon) and math.isfinite(lat)) or not (-180 <= lon <= 180 and -180 <= lat <= 180):
        return CoordinateFault(
            "not_on_earth",
            "lon",
            "经度或纬度不是地球上的度数。",
            "Longitude or latitude is no number of degrees on earth.",
        )
    if not _in_box(lon, lat):
        if _in_box(lat, lon):
            return CoordinateFault(
                "swapped", "lon", f"经度和纬度可能写反了：请试试经度{lat}、纬度{lon}。",
                f"Longitude and latitude seem to be swapped: try longitude {lat}, latitude {lon}.",
            )  # fmt: skip
        return CoordinateFault(
            "outside",
            "lon",
            "这个位置不在中国境内。请核对经纬度。",
            "This position is not in China. Check the degrees.",
        )
    if not is_near_land(lon, lat):
        return CoordinateFault(
            "sea_or_abroad", "lon", "这个位置在海上或境外。请核对经纬度。",
            "This position lies in the sea or abroad. Check the degrees.",
        )  # fmt: skip
    return None


_FAR = CoordinateFault(
    "far_from_place",
    "lon",
    "这个位置离所填地区太远。请核对经纬度和地区代码。",
    "This position is far from the region of the code. Check the degrees and the code.",
)


def _in_box(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _shift_lat(x: float, y: float) -> float:
    found = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    found += (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    found += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    return found + (160.0 * math.sin(y / 12.0 * math.pi) + 320 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0


def _shift_lon(x: float, y: float) -> float:
    found = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    found += (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    found += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    return found + (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0


def _gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    far = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _TURN)
    return far * math.cos(angle) + 0.0065, far * math.sin(angle) + 0.006


def _bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """By iteration: the published way back is off by up to half a metre."""
    guess_lon, guess_lat = lon - 0.0065, lat - 0.006
    for _ in range(20):
        there_lon, there_lat = _gcj02_to_bd09(guess_lon, guess_lat)
        off_lon, off_lat = lon - there_lon, lat - there_lat
        guess_lon, guess_lat = guess_lon + off_lon, guess_lat + off_lat
        if abs(off_lon) < _CLOSE and abs(off_lat) < _CLOSE:
            break
    return guess_lon, guess_lat


@lru_cache(maxsize=1)
def _positions() -> tuple[dict[int, tuple[float, float]], NDArray[np.float64], NDArray[np.float64]]:
    """Positions of regions by code, and those of the counties in force as arrays in radians."""
    known = {
        place.code: (place.lon, place.lat)
        for place in gazetteer()
        if place.level >= Level.CITY and place.lon is not None and place.lat is not None
    }
    current = [at for code, at in known.items() if code // UNIT % 100 and gazetteer().place(code).current]
    both = np.radians(np.array(current))
    return known, both[:, 0], both[:, 1]


@lru_cache(maxsize=65536)
def _near_enough(county: int, lon: float, lat: float) -> bool:
    known, lons, lats = _positions()
    city = county - county % (100 * UNIT)
    home = known.get(county) or known.get(city)
    if home is None:
        return True  # the tables tell neither
    away = distance(lon, lat, *home)
    if away <= FAR_M:
        return True
    rise, turn = np.sin((lats - math.radians(lat)) / 2), np.sin((lons - math.radians(lon)) / 2)
    half = rise**2 + math.cos(math.radians(lat)) * np.cos(lats) * turn**2
    nearer = int(np.count_nonzero(half < math.sin(away / 2 / EARTH_RADIUS) ** 2))
    return nearer < (FAR_COUNTIES if county in known and county != city else FAR_FROM_CITY)


def place_fault(place: int, lon: float, lat: float) -> CoordinateFault | None:
    """Whether a position in WGS-84 is far from the county of a stored code. Coarse: borders are not known.

    Provinces are not tested.
    """
    county = place - place % UNIT
    if county // UNIT % 10_000 == 0:
        return None
    # A hundred metres are enough, and the same village asks again.
    return None if _near_enough(county, round(lon, 3), round(lat, 3)) else _FAR
