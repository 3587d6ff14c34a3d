"""``make bench-network [OSM=folder] [SCALE=1.0]``: every figure beside its peers in the same run, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from bench.machine import about
from bench.network.circles import coverage, growth
from bench.network.extracts import extracts
from bench.network.people import five_by_road, siting
from bench.network.points import nearest

TARGETS = {
    "nearest_of_scipy": {"none": 0.30, "common": 0.15, "rare": 0.05},
    "nearest_of_postgis_geography": 0.02,
    "coverage_walk_2000_of_scipy": 0.15,
    "coverage_walk_2000_of_pandana": 0.01,
    "ten_million_of_scipy": 0.12,
    "ten_million_peak_mib": 1536,
    "five_by_road_of_scipy": 0.05,
    "siting_of_optimum": 0.99,
    "siting_of_highs_time": 0.001,
}
SIZES = [300_000, 1_000_000, 3_000_000, 10_000_000]
PARTS = ("nearest", "coverage", "growth", "five_by_road", "siting")


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.network", description=(__doc__ or "").partition(":")[2])
    parser.add_argument(
        "--osm", default="", help="a folder of OpenStreetMap extracts; Helsinki unless told otherwise"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="of the invented network")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="nodes of the largest tiled graph")
    parser.add_argument(
        "--proof-seconds", type=float, default=120.0, help="how long HiGHS may look for its proof"
    )
    parser.add_argument("--no-pandana", action="store_true", help="do not build its environment")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    told = parser.parse_args(arguments)
    files = extracts(told.osm)
    work: dict[str, Any] = {
        "nearest": lambda: nearest(told.scale, told.seed, True),
        "coverage": lambda: coverage(files, not told.no_pandana),
        "growth": lambda: growth(files, [size for size in SIZES if size <= told.largest]),
        "five_by_road": lambda: five_by_road(files),
        "siting": lambda: siting(5_000, 100, told.proof_seconds),
    }
    results = {}
    for part in told.only:
        print(f"measuring: {part}", file=sys.stderr)
        results[part] = work[part]()
    body = {
        "what": "network",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {**about(), **{name: version(name) for name in ("numpy", "numba", "scipy", "osmium")}},
        "extracts": [file.name for file in files],
        "targets": TARGETS,
        "results": results,
    }
    print(json.dumps(body, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
