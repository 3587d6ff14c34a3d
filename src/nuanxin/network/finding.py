"""The nearest help: the one door for the portal, the API, the counter, the hotline and the command line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from nuanxin.network.models import ServicePoint
from nuanxin.network.opening import AHEAD, exceptions_of, opening, state_of
from nuanxin.network.picture import Picture, picture
from nuanxin.network.roads import access_time, anchors, sets
from nuanxin.network.rules.hours import CHINA, parse_hours
from nuanxin.network.rules.points import Need, required_groups
from nuanxin.network.spatial.filters import Opening
from nuanxin.network.spatial.roads.around import nearest_by_time
from nuanxin.network.spatial.roads.profiles import Mode, straight_seconds
from nuanxin.network.spatial.sphere import distance

__all__ = ["FARTHEST_MINUTES", "MOST", "Mode", "Spot", "nearest"]

MOST = 50  # points in one answer
FARTHEST_MINUTES = 120  # by road; what is farther is told by straight line
_ANY = 0xFF  # the bits of all kinds: every point has one

Candidate = tuple[float, int, str]  # seconds, number, estimate


@dataclass(frozen=True, slots=True)
class Spot:
    """A point near a place. ``estimate`` is ``road`` or ``straight_line``; instants are in China's time."""

    point: ServicePoint
    minutes: int
    estimate: str
    distance_m: int
    open_now: bool
    open_until: datetime | None
    opens_next: datetime | None


def nearest(*, lon: float, lat: float, k: int, need: Need, mode: Mode, at: datetime) -> tuple[Spot, ...]:
    """The ``k`` points that meet a need and are reached first, the first of them in front; fewer where there are fewer.

    By road where a graph of the place is loaded, else by straight line at the usual pace, and each says which.
    Two queries, and a third in a minute's first question about what is open. Raises KeyError for unknown codes of
    a need, ValueError for a ``k`` outside 1 … ``MOST``.
    """
    if not 1 <= k <= MOST:
        raise ValueError(f"k is between 1 and {MOST}")
    shown = picture()
    needs = required_groups(need)
    open_now = opening(shown, at) if need.open_now else None
    found, on_roads = _by_road(shown, lon, lat, k, needs, mode, open_now)
    if len(found) < k:
        # nothing nearer was missed: a point that the graph does not know lies far from its roads
        found += _by_line(shown, lon, lat, k, needs, mode, open_now, on_roads)
    found.sort()
    return _spots(shown, found[:k], lon, lat, at)


def _by_road(shown: Picture, lon: float, lat: float, k: int, needs: tuple[int, ...], mode: Mode,
             open_now: Opening | None) -> tuple[list[Candidate], set[int]]:  # fmt: skip
    """Points by travel time, and the numbers of all points that the graph knows."""
    for roads in sets():
        graph = roads.graph(mode) if roads.holds(lon, lat) else None
        start = graph.match(lon, lat) if graph else None
        if graph is None or start is None:
            continue
        on_graph = anchors(shown, roads, mode)
        begin = access_time(start[1])
        limit = FARTHEST_MINUTES * 600 - begin
        times, numbers = nearest_by_time(graph.graph, on_graph, start[0], k, limit, needs, open_now)
        found = [
            ((time + begin) / 10.0, number, "road")
            for time, number in zip(times.tolist(), numbers.tolist(), strict=True)
        ]
        return found, set(on_graph.ids.tolist()) if len(found) < k else set()
    return [], set()


def _by_line(shown: Picture, lon: float, lat: float, k: int, needs: tuple[int, ...], mode: Mode,
             open_now: Opening | None, on_roads: set[int]) -> list[Candidate]:  # fmt: skip
    """Points by straight line; those that a road graph knows are left out: it has said what it knows of them."""
    wanted = k
    while True:
        if needs or open_now:
            numbers, metres = shown.tree.nearest_fitting(lon, lat, wanted, needs or (_ANY,), open_now)
        else:
            numbers, metres = shown.tree.nearest(lon, lat, wanted)
        found = [
            (straight_seconds(metre, mode), number, "straight_line")
            for number, metre in zip(numbers.tolist(), metres.tolist(), strict=True)
            if number not in on_roads
        ]
        if len(found) >= k or len(numbers) < wanted:
            return found
        wanted *= 4


def _spots(shown: Picture, found: list[Candidate], lon: float, lat: float, at: datetime) -> tuple[Spot, ...]:
    ids = [int(shown.points.ids[number]) for _, number, _ in found]
    rows = ServicePoint.objects.in_bulk(ids)
    today = at.astimezone(CHINA).date()
    days = (today.fromordinal(today.toordinal() - 1), today.fromordinal(today.toordinal() + AHEAD))
    exceptions = exceptions_of(ids, days) if ids else {}
    spots = []
    for (seconds, _, estimate), key in zip(found, ids, strict=True):
        point = rows.get(key)
        if point is None or not point.active:
            continue  # ended within the last seconds
        is_open, change = state_of(parse_hours(point.hours), exceptions.get(key, {}), at)
        spots.append(Spot(
            point=point, minutes=max(1, math.ceil(seconds / 60 - 1e-9)), estimate=estimate,
            distance_m=round(distance(lon, lat, point.lon, point.lat)), open_now=is_open,
            open_until=change if is_open else None, opens_next=None if is_open else change,
        ))  # fmt: skip
    return tuple(spots)
