"""The half-hour circle: who reaches help within half an hour that is open and does the work, and who does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from nuanxin.network import roads
from nuanxin.network.cells import cells as people_cells
from nuanxin.network.picture import Picture, picture
from nuanxin.network.queries import region_name
from nuanxin.network.rules.hours import DAY, WEEK, week_of
from nuanxin.network.rules.people import Cells
from nuanxin.network.rules.points import Need, required_groups
from nuanxin.network.spatial.filters import Opening
from nuanxin.network.spatial.roads.profiles import Mode, straight_seconds
from nuanxin.network.spatial.roads.reach import UNREACHED, reach
from nuanxin.network.spatial.roads.storing import RoadSet

HALF_AN_HOUR = 30  # minutes
MOST_GAPS = 1_000

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Circle:
    """What is asked: the mode, how many minutes, what the point must do, and the minute of an ordinary week.

    ``minute``: 0 is Monday 00:00 in China; None asks for points whether open or not.
    """

    mode: Mode = Mode.WALK
    minutes: int = HALF_AN_HOUR
    need: Need = field(default_factory=Need)
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A place whose people are too far: where it is, how many they are, and how long they take now."""

    lon: float
    lat: float
    people: float
    county: int
    minutes: float | None  # None: there is no fitting point at all, or by road none within the limit
    estimate: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the circle reaches in a region. People are those of ``rules.people``: an estimate."""

    region: int
    places: int
    places_covered: int
    people: float
    people_covered: float
    by_road: int  # places whose time is by road; the others are straight-line estimates
    points: int  # points of the whole network that are open and do the work
    gaps: tuple[Gap, ...]  # those with most people first

    @property
    def share(self) -> float | None:
        """The part of the people within the circle; None where nobody lives."""
        return self.people_covered / self.people if self.people else None

    @property
    def places_share(self) -> float | None:
        """The part of the places; None where there are none."""
        return self.places_covered / self.places if self.places else None


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from each cell to its nearest fitting point (infinite: none), and whether that is by road."""

    seconds: Floats
    by_road: Flags
    points: int


def coverage(region: int, circle: Circle, *, gaps: int = 20) -> Coverage:
    """Coverage of a region of any level but township. An empty region has no places and no share."""
    held = people_cells()
    part = held.some(held.within(region))
    return counted(region, part, times(picture(), part, circle), circle, gaps)


def coverage_below(regions: Iterable[int], circle: Circle) -> list[Coverage]:
    """Coverage of many regions by one look at the whole country."""
    held = people_cells()
    found = times(picture(), held, circle)
    told = []
    for region in regions:
        inside = held.within(region)
        own = Times(found.seconds[inside], found.by_road[inside], found.points)
        told.append(counted(region, held.some(inside), own, circle, 0))
    return told


def week(region: int, circle: Circle) -> Iterator[tuple[int, Coverage]]:
    """Coverage at half past each of the 168 hours of an ordinary week, Monday first.

    Hours at which the same patterns are open have the same answer and are worked out once.
    """
    shown = picture()
    patterns = np.array([week_of(hours) for hours in shown.points.hours])
    known: dict[bytes, Coverage] = {}
    for hour in range(WEEK // 60):
        minute = hour * 60 + 30
        key = patterns[:, minute].tobytes() if len(patterns) else b""
        if key not in known:
            known[key] = coverage(region, replace(circle, minute=minute), gaps=0)
        yield hour, known[key]


def times(shown: Picture, cells: Cells, circle: Circle) -> Times:
    """Seconds from each cell to its nearest point that is open and fits: by road where a graph knows the cell."""
    needs = required_groups(circle.need)
    opening = None if circle.minute is None else opening_at(shown, circle.minute)
    _, metres = shown.tree.nearest_each(cells.lon, cells.lat, needs, opening)
    seconds = straight_seconds(1.0, circle.mode) * metres
    by_road = np.zeros(len(cells), np.bool_)
    fit = fitting(shown, needs, opening)
    for road_set in roads.sets():
        inside = road_set.inside(cells.lon, cells.lat)
        if inside.shape[0]:
            near, found = _by_road(shown, road_set, cells.lon[inside], cells.lat[inside], circle, fit)
            seconds[inside[near]], by_road[inside[near]] = found, True
    return Times(seconds, by_road, int(fit.sum()))


def _by_road(shown: Picture, road_set: RoadSet, lon: Floats, lat: Floats, circle: Circle,
             fit: Flags) -> tuple[NDArray[np.int64], Floats]:  # fmt: skip
    """Of places inside a road set those that it knows, and their seconds to a point."""
    graph = road_set.graph(circle.mode)
    near, nodes, metres = roads.matched(graph, lon, lat)
    on_graph = roads.anchors(shown, road_set, circle.mode)
    use = fit[on_graph.ids]
    limit = circle.minutes * 600
    reached = reach(graph.graph, on_graph.node[use], limit, on_graph.access[use])[nodes]
    seconds = np.where(reached >= UNREACHED, np.inf, (reached + roads.access_times(metres)) / 10.0)
    return near, seconds


def opening_at(shown: Picture, minute: int) -> Opening:
    """What is open at a minute of an ordinary week."""
    at = minute % WEEK
    return Opening(np.array([week_of(hours)[at] for hours in shown.points.hours], np.uint8))


def fitting(shown: Picture, needs: tuple[int, ...], opening: Opening | None) -> Flags:
    """Which points do what is needed and are open."""
    fit = np.ones(len(shown.points), np.bool_)
    for need in needs:
        fit &= (shown.points.masks & np.uint64(need)) != 0
    if opening is not None:
        fit &= opening.patterns[shown.points.patterns].astype(np.bool_)
    return fit


def counted(region: int, cells: Cells, found: Times, circle: Circle, gaps: int) -> Coverage:
    """The coverage of a region whose cells and their times are these, with at most so many gaps."""
    covered = found.seconds <= circle.minutes * 60
    return Coverage(
        region=region,
        places=len(cells), places_covered=int(covered.sum()),
        people=float(cells.people.sum()), people_covered=float(cells.people[covered].sum()),
        by_road=int(found.by_road.sum()), points=found.points,
        gaps=tuple(_gaps(cells, found, ~covered, gaps)),
    )  # fmt: skip


def _gaps(cells: Cells, found: Times, open_: Flags, most: int) -> Iterator[Gap]:
    numbers = np.flatnonzero(open_)
    order = numbers[np.argsort(-cells.people[numbers], kind="stable")][: min(most, MOST_GAPS)]
    for number in order.tolist():
        seconds = float(found.seconds[number])
        yield Gap(
            lon=float(cells.lon[number]), lat=float(cells.lat[number]), people=float(cells.people[number]),
            county=int(cells.county[number]), minutes=seconds / 60 if np.isfinite(seconds) else None,
            estimate="road" if found.by_road[number] else "straight_line",
        )  # fmt: skip


def body_of(found: Coverage, circle: Circle) -> dict[str, object]:
    """A coverage as the command line and programs read it: plain values, shares to four decimals."""
    return {
        "region": f"{found.region // 10**6:06d}", "name": region_name(found.region, "zh"),
        "mode": circle.mode.value, "minutes": circle.minutes, "minute_of_week": circle.minute,
        "services": sorted(circle.need.services), "language": circle.need.language or None,
        "points": found.points,
        "places": found.places, "places_covered": found.places_covered,
        "places_share": None if found.places_share is None else round(found.places_share, 4),
        "people": round(found.people), "people_covered": round(found.people_covered),
        "people_share": None if found.share is None else round(found.share, 4),
        "by_road": found.by_road, "straight_line": found.places - found.by_road,
        "gaps": [
            {
                "lon": round(gap.lon, 5), "lat": round(gap.lat, 5), "people": round(gap.people),
                "county": f"{gap.county // 10**6:06d}", "county_name": region_name(gap.county, "zh"),
                "minutes": None if gap.minutes is None else round(gap.minutes, 1), "estimate": gap.estimate,
            }
            for gap in found.gaps
        ],
    }  # fmt: skip


def minute_of(day: int, hour: int, minute: int = 0) -> int:
    """The minute of the week for a weekday (Monday is 0) and a time."""
    return day * DAY + hour * 60 + minute
