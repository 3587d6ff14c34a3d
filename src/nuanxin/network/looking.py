"""One look at a region, for a page: its coverage, that of the regions below, the places themselves, the points in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

import numpy as np

from nuanxin.accounts.scope import region_range
from nuanxin.network import roads
from nuanxin.network.cells import cells as people_cells
from nuanxin.network.coverage import (
    Circle,
    Coverage,
    Flags,
    Floats,
    Times,
    counted,
    fitting,
    opening_at,
    times,
    week,
)
from nuanxin.network.picture import picture
from nuanxin.network.queries import children, townships_of
from nuanxin.network.rules.gazetteer import Place
from nuanxin.network.rules.people import Cells, people
from nuanxin.network.rules.points import required_groups
from nuanxin.network.spatial.sphere import distance

BESIDE = 3_000.0  # metres from a township's middle within which a place is told by its name


@dataclass(frozen=True, slots=True)
class Look:
    """``parts``: the regions one step below, by code. ``cells`` are the region's places, ``covered`` those in reach."""

    whole: Coverage
    parts: tuple[Coverage, ...]
    cells: Cells
    covered: Flags


def look(region: int, circle: Circle, *, gaps: int = 20) -> Look:
    """Look at a region of any level but township. Raises UnknownPlace."""
    held = people_cells()
    own = held.some(held.within(region))
    found = times(picture(), own, circle)
    parts = []
    for place in children(region):
        inside = own.within(place.code)
        at = Times(found.seconds[inside], found.by_road[inside], found.points)
        parts.append(counted(place.code, own.some(inside), at, circle, 0))
    return Look(
        whole=counted(region, own, found, circle, gaps),
        parts=tuple(parts),
        cells=own,
        covered=found.seconds <= circle.minutes * 60,
    )


def points_within(region: int, circle: Circle) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of the region's points that are open and do what is needed."""
    shown = picture()
    opening = None if circle.minute is None else opening_at(shown, circle.minute)
    fit = fitting(shown, required_groups(circle.need), opening)
    low, high = region_range(region)
    fit &= (shown.points.places >= low) & (shown.points.places <= high)
    return np.asarray(shown.points.lon[fit]), np.asarray(shown.points.lat[fit])


def hours(region: int, circle: Circle, *, seconds: float) -> Iterator[tuple[int, Coverage]]:
    """Coverage at half past each hour of the week, Monday first, until so much time has passed."""
    begun = monotonic()
    for hour, found in week(region, circle):
        yield hour, found
        if monotonic() - begun > seconds:
            return


def township_beside(lon: float, lat: float, county: int) -> Place | None:
    """The township of a county whose middle is known and lies beside a place, for telling which place it is.

    The first such question of a process takes half a second, to read the townships.
    """
    nearest = min(
        ((distance(lon, lat, place.lon, place.lat), place) for place in _placed(county)
         if place.lon is not None and place.lat is not None),
        key=lambda found: found[0], default=None,
    )  # fmt: skip
    return nearest[1] if nearest and nearest[0] <= BESIDE else None


@lru_cache(maxsize=512)
def _placed(county: int) -> tuple[Place, ...]:
    return tuple(place for place in townships_of(county) if place.lon is not None)


def roads_loaded() -> bool:
    """Whether any part of the country has a road graph here."""
    return bool(roads.sets())


def people_are_shipped() -> bool:
    """Whether people are counted with the shipped estimate, and not with cells of this deployment."""
    return people_cells() is people()
