"""The road graphs of this installation, and the service points matched to them."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from nuanxin.network.picture import Picture
from nuanxin.network.spatial.roads.around import Anchors, anchor
from nuanxin.network.spatial.roads.profiles import DETOUR, WALKING, Mode
from nuanxin.network.spatial.roads.storing import FARTHEST, RoadGraph, RoadSet, road_sets

CHECKED = 10.0  # seconds between two looks at the folder

_held: tuple[float, tuple[tuple[str, int], ...], tuple[RoadSet, ...]] = (-CHECKED, (), ())


def home() -> Path:
    """Where the graphs of this installation lie."""
    return Path(settings.DATA_DIR) / "roads"


def sets() -> tuple[RoadSet, ...]:
    """The road sets on disk; a new import is seen within ten seconds."""
    global _held
    asked, stamps, found = _held
    now = time.monotonic()
    if now - asked < CHECKED:
        return found
    files = sorted(home().glob("*/about.json")) if home().is_dir() else []
    fresh = tuple((str(file), file.stat().st_mtime_ns) for file in files)
    if fresh != stamps:
        found = road_sets(home())
    _held = (now, fresh, found)
    return found


def forget() -> None:
    """Look at the folder again at the next question."""
    global _held
    _held = (-CHECKED, (), ())


def access_time(metres: float) -> int:
    """Tenths of a second on foot between a place and its road."""
    return round(metres * DETOUR * 36.0 / WALKING)


def access_times(metres: NDArray[np.float64]) -> NDArray[np.int32]:
    """The same for many."""
    found: NDArray[np.int32] = np.rint(metres * DETOUR * 36.0 / WALKING).astype(np.int32)
    return found


def matched(graph: RoadGraph, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[
    NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]
]:  # fmt: skip
    """Of many places those near a road: their positions in the input, their nodes, the metres to them."""
    slots, metres = graph.tree.nearest_each(lon, lat)
    near = np.flatnonzero((slots >= 0) & (metres <= FARTHEST))
    return near, np.asarray(graph.usable)[slots[near]].astype(np.int32), metres[near]


def anchors(picture: Picture, roads: RoadSet, mode: Mode) -> Anchors:
    """The points of a picture on the graph of a mode, matched at the first question."""
    key = ("anchors", roads.folder, mode)
    found = picture.kept.get(key)
    if not isinstance(found, Anchors):
        graph, points = roads.graph(mode), picture.points
        inside = roads.inside(points.lon, points.lat)
        near, nodes, metres = matched(graph, points.lon[inside], points.lat[inside])
        numbers = inside[near]
        found = anchor(
            graph.graph, numbers, nodes, access_times(metres), points.masks[numbers], points.patterns[numbers]
        )
        picture.kept[key] = found
    return found
