"""Nearest five of a nation's 990,000 points: without and with filters from common to rare, beside three peers."""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bench.network.postgis import postgis
from bench.network.timing import each, ratio
from nuanxin.network.rules.generation import network
from nuanxin.network.rules.points import Need, required_groups
from nuanxin.network.spatial.sphere import metres_of_chord, unit_vectors
from nuanxin.network.spatial.tree import build_tree

K = 5
QUESTIONS = 4_000
FEWER = 400  # for peers that take long
FILTERS = {
    "none": Need(),
    "most": Need(services=frozenset({"wage_claims"})),
    "common": Need(services=frozenset({"arbitration_help"})),
    "rare": Need(services=frozenset({"night"})),
    "rare_far_away": Need(
        language="ii"
    ),  # spoken in one corner of the country: SciPy asks for half of all points
}

Floats = NDArray[np.float64]
Ask = Callable[
    [float, float, int | None], list[float]
]  # metres of the nearest five that share a bit with a mask


def nearest(scale: float, seed: int, with_postgis: bool) -> dict[str, Any]:
    """Questions are asked where people are: near points of the network, each a little aside."""
    lon, lat, masks = _network(scale, seed)
    rng = np.random.default_rng(seed)
    near = rng.integers(0, lon.shape[0], QUESTIONS)
    asked_lon = (lon[near] + rng.normal(0, 0.01, QUESTIONS)).tolist()
    asked_lat = (lat[near] + rng.normal(0, 0.01, QUESTIONS)).tolist()
    tree = build_tree(lon, lat, masks)
    peers: dict[str, Ask] = {"scipy": _scipy(lon, lat, masks), "sqlite_rtree": _rtree(lon, lat, masks)}
    if with_postgis:
        found = postgis(lon, lat, masks)
        if found is not None:
            peers["postgis_geography"] = found
    told: dict[str, Any] = {"points": lon.shape[0], "questions": QUESTIONS, "k": K, "peers": list(peers)}
    for name, need in FILTERS.items():
        groups = required_groups(need)
        wanted = np.array(groups, np.uint64)
        share = float(((masks & np.uint64(groups[0])) != 0).mean()) if groups else 1.0

        def ours(n: int, wanted: NDArray[np.uint64] = wanted) -> Floats:
            if not wanted.shape[0]:
                return tree.nearest(asked_lon[n], asked_lat[n], K)[1]
            return tree.nearest_fitting(asked_lon[n], asked_lat[n], K, wanted)[1]

        mask = groups[0] if groups else None
        row: dict[str, Any] = {"fitting_share": round(share, 5), "ours": each(ours, QUESTIONS)}
        for peer, ask in peers.items():
            count = QUESTIONS if peer == "scipy" else FEWER
            row[peer] = each(_asking(ask, asked_lon, asked_lat, mask), count)
            row[f"of_{peer}"] = ratio(row["ours"], row[peer], "p50_us", "p99_us")
            theirs = _asking(ask, asked_lon, asked_lat, mask)
            row[f"checked_with_{peer}"], row[f"different_from_{peer}"] = _compared(
                ours, theirs, _TOLERANCE[peer]
            )
        told[name] = row
    return told


_TOLERANCE = {
    "scipy": 1e-9,
    "sqlite_rtree": 1e-6,
    "postgis_geography": 6e-3,
}  # PostGIS measures on the ellipsoid


def _asking(ask: Ask, lon: list[float], lat: list[float], mask: int | None) -> Callable[[int], list[float]]:
    """A peer's answer to question number so and so."""
    return lambda number: ask(lon[number], lat[number], mask)


def _compared(
    ours: Callable[[int], Floats], peer: Callable[[int], list[float]], tolerance: float
) -> tuple[int, int]:
    """How many answers were held against the peer's within ten seconds, and how many of them differ."""
    until, different = time.monotonic() + 10.0, 0
    for number in range(FEWER):
        different += not np.allclose(ours(number), peer(number), rtol=tolerance, atol=0.01)
        if time.monotonic() > until:
            break
    return number + 1, different


def _network(scale: float, seed: int) -> tuple[Floats, Floats, NDArray[np.uint64]]:
    made = network(scale, seed)
    return made.lon, made.lat, made.masks()


def _scipy(lon: Floats, lat: Floats, masks: NDArray[np.uint64]) -> Ask:
    """SciPy has no filters: ask for more and more until five of them fit."""
    tree = cKDTree(unit_vectors(lon, lat))

    def ask(x: float, y: float, mask: int | None) -> list[float]:
        place = unit_vectors(x, y)
        if mask is None:
            return _listed(metres_of_chord(tree.query(place, K)[0] ** 2))
        wanted, bit = 2 * K, np.uint64(mask)
        while True:
            chords, numbers = tree.query(place, wanted)
            fit = chords[(masks[numbers] & bit) != 0][:K]
            if fit.shape[0] == K or wanted >= lon.shape[0]:
                return _listed(metres_of_chord(fit**2))
            wanted = min(wanted * 4, lon.shape[0])

    return ask


def _listed(metres: Floats) -> list[float]:
    return [float(metre) for metre in metres]


def _rtree(lon: Floats, lat: Floats, masks: NDArray[np.uint64]) -> Ask:
    """SQLite's R*Tree finds boxes: a growing box until five lie within its inner circle."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE points USING rtree(id, west, east, south, north, +lon, +lat, +mask)"
    )
    signed = masks.astype(np.int64)
    database.executemany(
        "INSERT INTO points VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((n, x, x, y, y, x, y, m) for n, (x, y, m) in enumerate(zip(lon.tolist(), lat.tolist(), signed.tolist(), strict=True))),
    )  # fmt: skip
    sought = "SELECT lon, lat FROM points WHERE west >= ? AND east <= ? AND south >= ? AND north <= ?"

    def ask(x: float, y: float, mask: int | None) -> list[float]:
        radius = 500.0
        while True:
            north = radius / 111_000.0
            east = north / max(0.2, math.cos(math.radians(abs(y) + north)))
            box: list[float] = [x - east, x + east, y - north, y + north]
            rows = (
                database.execute(sought, box)
                if mask is None
                else database.execute(f"{sought} AND mask & ?", [*box, mask])
            ).fetchall()
            away = sorted(_metres(x, y, *row) for row in rows)
            if (len(away) >= K and away[K - 1] <= radius) or radius > 6e6:
                return away[:K]
            radius *= 2

    return ask


def _metres(x: float, y: float, lon: float, lat: float) -> float:
    rise = math.sin(math.radians(lat - y) / 2) ** 2
    turn = math.sin(math.radians(lon - x) / 2) ** 2
    part = rise + math.cos(math.radians(y)) * math.cos(math.radians(lat)) * turn
    return 2 * 6_371_008.8 * math.asin(math.sqrt(part))
