"""Where the country has land, on a grid of about two kilometres. Pure.

Coarse on purpose: it tells a point in the sea or far abroad from a point in the country, and says nothing about
where a border runs. Built by scripts/build_land.py; sources and licences: docs/data-sources.md.
"""

from __future__ import annotations

import gzip
import math
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0  # degrees, WGS-84
CELLS = 50  # to a degree: 0.02 degrees, at most 2.2 km
COLUMNS, ROWS = round((EAST - WEST) * CELLS), round((NORTH - SOUTH) * CELLS)

Bits = NDArray[np.uint8]
Flags = NDArray[np.bool_]


@lru_cache(maxsize=1)
def _grid() -> Bits:
    """One bit a cell, from the south-west corner eastwards and then northwards."""
    packed = files("nuanxin.network").joinpath("data/land.bin.gz").read_bytes()
    return np.frombuffer(gzip.decompress(packed), dtype=np.uint8)


def on_land(lon: ArrayLike, lat: ArrayLike) -> Flags:
    """For each point whether its cell is land of the country for the greater part. NaN and infinity are not."""
    return _look(_columns(lon), _rows(lat))


def near_land(lon: ArrayLike, lat: ArrayLike, cells: int = 2) -> Flags:
    """For each point whether land lies within so many cells, so that small islands and new land are not refused.

    A point for which this is false lies in the sea or abroad, by some four kilometres or more.
    """
    columns, rows = _columns(lon), _rows(lat)
    found = np.zeros(np.broadcast(columns, rows).shape, dtype=np.bool_)
    for east in range(-cells, cells + 1):
        for north in range(-cells, cells + 1):
            found |= _look(columns + east, rows + north)
    return found


def is_near_land(lon: float, lat: float, cells: int = 2) -> bool:
    """The same for one point, a hundred times as fast: the cells are looked at in plain Python, the nearest first."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return False
    column, row = math.floor((lon - WEST) * CELLS), math.floor((lat - SOUTH) * CELLS)
    grid = _grid()
    for north, east in _around(cells):
        at_column, at_row = column + east, row + north
        if 0 <= at_column < COLUMNS and 0 <= at_row < ROWS:
            at = at_row * COLUMNS + at_column
            if grid[at >> 3] >> (7 - (at & 7)) & 1:
                return True
    return False


@lru_cache(maxsize=4)
def _around(cells: int) -> tuple[tuple[int, int], ...]:
    steps = range(-cells, cells + 1)
    return tuple(sorted(((n, e) for n in steps for e in steps), key=lambda way: way[0] ** 2 + way[1] ** 2))


def _columns(lon: ArrayLike) -> NDArray[np.int64]:
    return _steps(lon, WEST)


def _rows(lat: ArrayLike) -> NDArray[np.int64]:
    return _steps(lat, SOUTH)


def _steps(degrees: ArrayLike, begin: float) -> NDArray[np.int64]:
    steps = np.floor((np.asarray(degrees, dtype=np.float64) - begin) * CELLS)
    # What is no number, or no place on earth, is as far away as anything beyond the grid.
    whole: NDArray[np.int64] = np.clip(
        np.nan_to_num(steps, nan=-1e6, posinf=1e6, neginf=-1e6), -1e6, 1e6
    ).astype(np.int64)
    return whole


def _look(columns: NDArray[np.int64], rows: NDArray[np.int64]) -> Flags:
    inside = (columns >= 0) & (columns < COLUMNS) & (rows >= 0) & (rows < ROWS)
    at = np.where(inside, rows * COLUMNS + columns, 0)
    bits: Flags = ((_grid()[at >> 3] >> (7 - (at & 7)).astype(np.uint8)) & 1).astype(np.bool_)
    return inside & bits
