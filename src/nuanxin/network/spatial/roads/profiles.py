"""How fast one moves on which road: three plain profiles, the same everywhere, without traffic.

Speeds are typical values of our own choosing (km/h), not measurements; ``docs/network.md`` says so to readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

WALKING = 4.8  # km/h: 80 metres a minute
DETOUR = 1.3  # a way on roads is about so much longer than the straight line


class Mode(StrEnum):
    """A way to get there."""

    WALK = "walk"
    BUS = "bus"
    CAR = "car"


@dataclass(frozen=True, slots=True)
class Profile:
    """Speeds of one mode by OpenStreetMap's ``highway`` value; a road that is not named cannot be used.

    ``one_way``: whether one-way streets bind. ``straight``: km/h in a straight line where no road graph is loaded,
    with the detour taken off already.
    """

    speeds: Mapping[str, float]
    one_way: bool
    straight: float


_FOOT = (
    "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified",
    "residential", "living_street", "service", "road", "pedestrian", "track", "path", "footway", "cycleway",
    "bridleway", "corridor", "trunk", "trunk_link",
)  # fmt: skip
_CAR: dict[str, float] = {
    "motorway": 90, "motorway_link": 45, "trunk": 60, "trunk_link": 40, "primary": 40, "primary_link": 30,
    "secondary": 35, "secondary_link": 30, "tertiary": 30, "tertiary_link": 25, "unclassified": 25, "road": 20,
    "residential": 20, "living_street": 10, "service": 12,
}  # fmt: skip
_BUS_ROADS = ("trunk", "primary", "secondary", "tertiary")
_ON_FOOT = {**dict.fromkeys(_FOOT, WALKING), "steps": WALKING / 2}

PROFILES: Mapping[Mode, Profile] = {
    Mode.WALK: Profile(_ON_FOOT, one_way=False, straight=WALKING / DETOUR),
    # no timetable is known: the pace of a city bus with its stops and waits on the larger roads, on foot elsewhere
    Mode.BUS: Profile({**_ON_FOOT, **dict.fromkeys(_BUS_ROADS, 15.0)}, one_way=False, straight=12.0 / DETOUR),
    Mode.CAR: Profile(_CAR, one_way=True, straight=28.0 / DETOUR),
}

HIGHWAYS = tuple(sorted({name for profile in PROFILES.values() for name in profile.speeds}))
"""Every road type that any mode can use; a segment stores its place in this list."""


def straight_seconds(metres: float, mode: Mode) -> float:
    """Seconds for a straight line of ``metres`` by a mode: an estimate, to be shown as one."""
    return metres * 3.6 / PROFILES[mode].straight
