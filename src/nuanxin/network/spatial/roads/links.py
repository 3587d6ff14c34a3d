"""From pieces of road to the links of one mode: neighbours with a travel time each way, in tenths of a second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.spatial.roads.profiles import HIGHWAYS, Profile
from nuanxin.network.spatial.roads.reading import AGAINST, ALONG, Segments
from nuanxin.network.spatial.sphere import EARTH_RADIUS

NO_WAY = np.int32(2**30)  # a time that nobody travels; twice of it still fits
DEGREES = 1e-7  # of the stored coordinates


@dataclass(frozen=True, slots=True)
class Links:
    """A graph of ``nodes`` nodes in Morton order. Each pair of neighbours is one link, ``low`` < ``high``."""

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    up: NDArray[np.int32]  # deciseconds from low to high, NO_WAY where that is not allowed
    down: NDArray[np.int32]  # from high to low
    lon: NDArray[np.int32]  # of each node, 10**-7 degrees
    lat: NDArray[np.int32]

    @property
    def nodes(self) -> int:
        return int(self.lon.shape[0])

    @property
    def both_ways(self) -> bool:
        """Whether every link takes the same time in both directions."""
        return bool(np.array_equal(self.up, self.down))


def make_links(segments: Segments, profile: Profile) -> Links:
    """The links that a mode can use. Nodes that none of them touches are left out; parallel roads keep the faster."""
    speeds = np.array([profile.speeds.get(name, 0.0) for name in HIGHWAYS])[segments.highway]
    usable = speeds > 0.0
    start, end = segments.start[usable], segments.end[usable]
    kept, ends = np.unique(np.concatenate((start, end)), return_inverse=True)
    order = np.argsort(_morton(segments.lon[kept], segments.lat[kept]), kind="stable")
    rank = np.empty(order.shape[0], np.int32)
    rank[order] = np.arange(order.shape[0], dtype=np.int32)
    lon, lat = segments.lon[kept][order], segments.lat[kept][order]
    a, b = rank[ends[: start.shape[0]]], rank[ends[start.shape[0] :]]
    times = _deciseconds(lon, lat, a, b, speeds[usable])
    along = np.where(segments.direction[usable] == AGAINST, NO_WAY, times) if profile.one_way else times
    against = np.where(segments.direction[usable] == ALONG, NO_WAY, times) if profile.one_way else times
    turned = a > b
    low, high = np.where(turned, b, a), np.where(turned, a, b)
    up, down = np.where(turned, against, along), np.where(turned, along, against)
    return _joined(low, high, up, down, lon, lat)


def _joined(low: NDArray[np.int32], high: NDArray[np.int32], up: NDArray[np.int32], down: NDArray[np.int32],
            lon: NDArray[np.int32], lat: NDArray[np.int32]) -> Links:  # fmt: skip
    """One link for each pair: the fastest each way."""
    order = np.lexsort((high, low))
    low, high, up, down = low[order], high[order], up[order], down[order]
    if not low.shape[0]:
        return Links(low, high, up, down, lon, lat)
    fresh = np.concatenate(([True], (low[1:] != low[:-1]) | (high[1:] != high[:-1])))
    begin = np.flatnonzero(fresh)
    return Links(
        low=low[begin], high=high[begin],
        up=np.minimum.reduceat(up, begin).astype(np.int32),
        down=np.minimum.reduceat(down, begin).astype(np.int32),
        lon=lon, lat=lat,
    )  # fmt: skip


def _deciseconds(lon: NDArray[np.int32], lat: NDArray[np.int32], a: NDArray[np.int32], b: NDArray[np.int32],
                 speeds: NDArray[np.float64]) -> NDArray[np.int32]:  # fmt: skip
    """Times along straight pieces (haversine), rounded to a tenth of a second, at least one."""
    east, north = np.radians(lon * DEGREES), np.radians(lat * DEGREES)
    rise = np.sin((north[a] - north[b]) / 2) ** 2
    turn = np.sin((east[a] - east[b]) / 2) ** 2
    metres = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(rise + np.cos(north[a]) * np.cos(north[b]) * turn))
    times: NDArray[np.int32] = np.maximum(np.rint(metres * 36.0 / speeds), 1).astype(np.int32)
    return times


def _morton(lon: NDArray[np.int32], lat: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A number that is close for places that are close, so that a search touches little memory."""
    x = (lon.astype(np.int64) + 2**31).astype(np.uint64)
    y = (lat.astype(np.int64) + 2**31).astype(np.uint64)
    return _spread(x) | (_spread(y) << np.uint64(1))


def _spread(v: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
                        (2, 0x3333333333333333), (1, 0x5555555555555555)):  # fmt: skip
        v = (v | (v << np.uint64(shift))) & np.uint64(mask)
    return v
