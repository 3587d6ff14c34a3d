"""Which way and how far, as one tells it on a street: one of eight directions, and a rounded distance. Pure."""

from __future__ import annotations

import math

from nuanxin.network.spatial.sphere import EARTH_RADIUS, distance

METRES_PER_DEGREE = EARTH_RADIUS * math.pi / 180
DIRECTIONS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
HERE_M = 30  # nearer than this no direction is told


def direction(lon: float, lat: float, to_lon: float, to_lat: float) -> str:
    """The compass direction in which one sets out; empty where both are the same spot for somebody on foot."""
    if distance(lon, lat, to_lon, to_lat) < HERE_M:
        return ""
    a, b, east = math.radians(lat), math.radians(to_lat), math.radians(to_lon - lon)
    y = math.sin(east) * math.cos(b)
    x = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(east)
    return DIRECTIONS[round(math.degrees(math.atan2(y, x)) / 45) % 8]


def spoken_metres(metres: float) -> tuple[str, str]:
    """A distance as one says it, and its unit: ("350", "m"), ("1.2", "km"), ("27", "km")."""
    if metres < 95:
        return str(max(10, round(metres / 10) * 10)), "m"
    if metres < 975:
        return str(round(metres / 50) * 50), "m"
    if metres < 9_950:
        return f"{metres / 1000:.1f}", "km"
    return f"{metres / 1000:,.0f}", "km"
