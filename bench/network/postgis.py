"""PostGIS geography as a peer, where ``BENCH_POSTGIS`` names a database that has the extension."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import numpy as np
import psycopg
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def postgis(
    lon: Floats, lat: Floats, masks: NDArray[np.uint64]
) -> Callable[[float, float, int | None], list[float]] | None:
    """Load the points into a table with a GiST index and ask by ``<->``; None where no such database is named."""
    url = os.environ.get("BENCH_POSTGIS")
    if not url:
        print("PostGIS is not measured: BENCH_POSTGIS names no database", file=sys.stderr)
        return None
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    connection.execute("DROP TABLE IF EXISTS bench_points")
    connection.execute(
        "CREATE UNLOGGED TABLE bench_points (lon float8, lat float8, mask bigint, at geography(Point))"
    )
    with connection.cursor().copy("COPY bench_points (lon, lat, mask) FROM STDIN") as copy:
        for row in zip(lon.tolist(), lat.tolist(), masks.astype(np.int64).tolist(), strict=True):
            copy.write_row(row)
    connection.execute("UPDATE bench_points SET at = ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography")
    connection.execute("CREATE INDEX ON bench_points USING gist (at)")
    connection.execute("VACUUM ANALYZE bench_points")

    def ask(x: float, y: float, mask: int | None) -> list[float]:
        here = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography"
        where = "" if mask is None else "WHERE mask & %s <> 0"
        query = f"SELECT ST_Distance(at, {here}) FROM bench_points {where} ORDER BY at <-> {here} LIMIT 5"
        given: list[float | int] = [x, y, *([] if mask is None else [mask]), x, y]
        return [row[0] for row in connection.execute(query, given, prepare=True)]

    return ask
