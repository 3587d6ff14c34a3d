"""Reading an OpenStreetMap extract into plain segments: every piece of a road between two neighbouring nodes."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import osmium
from numpy.typing import NDArray

from nuanxin.network.spatial.roads.profiles import HIGHWAYS

BOTH, ALONG, AGAINST = 0, 1, 2
REPORT_EVERY = 20_000  # ways between two reports of progress

_CLOSED = frozenset({"no", "private"})
_ROUND = frozenset({"roundabout", "circular"})
_PLACE = {name: number for number, name in enumerate(HIGHWAYS)}


class UnreadableExtract(ValueError):
    """The file is no OpenStreetMap extract, is cut off, or holds no road."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Pieces of roads. ``start`` and ``end`` are places in ``lon`` and ``lat`` (10**-7 degrees, WGS-84)."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    highway: NDArray[np.uint8]  # place in HIGHWAYS
    direction: NDArray[np.uint8]  # BOTH, ALONG or AGAINST, for vehicles
    lon: NDArray[np.int32]
    lat: NDArray[np.int32]

    def __len__(self) -> int:
        return int(self.start.shape[0])


def read_extract(path: Path, progress: Callable[[int], object] = lambda ways: None) -> Segments:
    """Read the roads of a PBF (or other OpenStreetMap) file. ``progress`` hears the number of ways so far.

    Raises UnreadableExtract with what is wrong and what to do; FileNotFoundError. Memory: some 30 bytes for each
    piece of road and what osmium needs for the nodes of the extract (16 bytes each).
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    refs, highway, direction, lons, lats = array("q"), array("B"), array("B"), array("i"), array("i")
    try:
        _collect(path, refs, highway, direction, lons, lats, progress)
    except (RuntimeError, ValueError) as fault:
        raise UnreadableExtract(f"{path.name} cannot be read to its end ({fault}). Fetch it anew.") from fault
    if not highway:
        raise UnreadableExtract(f"{path.name} holds no road that anybody can use.")
    names = np.frombuffer(refs, np.int64)
    _, first, number = np.unique(names, return_index=True, return_inverse=True)
    ends = number.astype(np.int32).reshape(-1, 2)
    return Segments(
        start=np.ascontiguousarray(ends[:, 0]),
        end=np.ascontiguousarray(ends[:, 1]),
        highway=np.frombuffer(highway, np.uint8),
        direction=np.frombuffer(direction, np.uint8),
        lon=np.frombuffer(lons, np.int32)[first],
        lat=np.frombuffer(lats, np.int32)[first],
    )


def _collect(path: Path, refs: array[int], highway: array[int], direction: array[int], lons: array[int],
             lats: array[int], progress: Callable[[int], object]) -> None:  # fmt: skip
    """Append both ends of every usable piece of road, in the order of the file."""
    ways = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    ways = ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    ways = ways.with_filter(osmium.filter.KeyFilter("highway"))
    seen = 0
    for entity in ways:
        way = cast("osmium.osm.Way", entity)  # the filters let nothing else through
        seen += 1
        if seen % REPORT_EVERY == 0:
            progress(seen)
        tags = way.tags
        kind = _PLACE.get(tags["highway"])
        if kind is None or tags.get("access") in _CLOSED or tags.get("area") == "yes":
            continue
        turned = _direction(tags.get("oneway"), tags.get("junction"), tags["highway"])
        last: tuple[int, int, int] | None = None
        for node in way.nodes:
            place = node.location
            if not place.valid():
                last = None  # outside the extract: the road goes on there without us
                continue
            here = (node.ref, place.x, place.y)
            if last is not None and last[0] != here[0]:
                refs.extend((last[0], here[0]))
                lons.extend((last[1], here[1]))
                lats.extend((last[2], here[2]))
                highway.append(kind)
                direction.append(turned)
            last = here
    progress(seen)


def _direction(oneway: str | None, junction: str | None, kind: str) -> int:
    if oneway in ("yes", "true", "1"):
        return ALONG
    if oneway in ("-1", "reverse"):
        return AGAINST
    if oneway is None and (junction in _ROUND or kind == "motorway"):
        return ALONG
    return BOTH
