"""Where a place lies, as well as is known: its own point, or that of its city."""

from __future__ import annotations

from nuanxin.network.queries import UnknownPlace, region

_WIDTHS = (1, 10**6, 10**8)  # the place itself, its county, its city

Point = tuple[float, float]


def point_of(place: int) -> Point | None:
    """(lon, lat) of a 12-digit region; None where neither it nor its city has a known point."""
    for width in _WIDTHS:
        try:
            found = region(place // width * width)
        except UnknownPlace:
            continue
        if found.lon is not None and found.lat is not None:
            return found.lon, found.lat
    return None
