"""pandana on a graph: time from each node to its nearest point. Runs in an environment of its own (AGPL)."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import pandana  # type: ignore[import-not-found]
import pandas as pd  # type: ignore[import-untyped]


def main(file: str, limit: int, no_way: int) -> None:
    """Build the network, then ask three times; write the median and how many nodes are covered beside the file."""
    held = np.load(file)
    ahead, behind = held["up"] < no_way, held["down"] < no_way
    start = np.concatenate((held["low"][ahead], held["high"][behind]))
    end = np.concatenate((held["high"][ahead], held["low"][behind]))
    weight = np.concatenate((held["up"][ahead], held["down"][behind])).astype(float)
    x, y = pd.Series(held["lon"] * 1e-7), pd.Series(held["lat"] * 1e-7)
    network = pandana.Network(
        x, y, pd.Series(start), pd.Series(end), pd.DataFrame({"time": weight}), twoway=False
    )
    at = held["at"]
    network.set_pois("points", float(limit), 1, x[at], y[at])
    taken: list[float] = []
    found = pd.DataFrame()
    for _ in range(3):
        began = time.perf_counter()
        found = network.nearest_pois(float(limit), "points", num_pois=1, max_distance=float(limit) + 1)
        taken.append((time.perf_counter() - began) * 1e3)
    covered = int((found[1] <= limit).sum())
    Path(file).with_suffix(".json").write_text(json.dumps({  # standard output has its own messages
        "version": pandana.__version__, "median_ms": round(statistics.median(taken), 1), "covered": covered,
        "note": "searches from the node to the point, as it offers; matches points by coordinate",
    }))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
