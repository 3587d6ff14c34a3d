"""Half-hour coverage of real roads: from every node to the nearest of 200 or 2,000 points, beside SciPy and pandana."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.network.extracts import links_of, matrix, tiled
from bench.network.timing import peak_mib, ratio, repeated
from bench.peers.places import peer_python
from nuanxin.network.spatial.roads.graph import ModeGraph, build_graph
from nuanxin.network.spatial.roads.links import NO_WAY, Links
from nuanxin.network.spatial.roads.profiles import Mode
from nuanxin.network.spatial.roads.reach import reach

HALF_AN_HOUR = 18_000  # tenths of a second
_PANDANA = Path(__file__).parent.parent / "peers" / "pandana_reach.py"


def coverage(files: list[Path], pandana: bool) -> list[dict[str, Any]]:
    """The real extracts, on foot and by car, with few points and with many."""
    told = []
    for mode in (Mode.WALK, Mode.CAR):
        links = links_of(files, mode)
        for points in (200, 2_000):
            told.append({"mode": mode.value, **_one(links, points, times=15, pandana=pandana)})
    return told


def growth(files: list[Path], sizes: list[int]) -> list[dict[str, Any]]:
    """The walking graph again and again up to ten million nodes; each size in a process of its own, for its memory."""
    told = []
    for size in sizes:
        command = [sys.executable, "-m", "bench.network.circles", str(size), *map(str, files)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        told.append(json.loads(done.stdout))
    return told


def _one(links: Links, points: int, times: int, pandana: bool = False) -> dict[str, Any]:
    graph, number = build_graph(links)
    rng = np.random.default_rng(1)
    at = np.sort(rng.choice(links.nodes, min(points, links.nodes), replace=False))
    ours, found = repeated(lambda: reach(graph, number[at], HALF_AN_HOUR), times)
    backwards = csr_array(matrix(links).T)
    peer, far = repeated(
        lambda: dijkstra(backwards, indices=at, min_only=True, limit=HALF_AN_HOUR), max(2, times // 3)
    )
    expected = np.where(np.isinf(far), NO_WAY, far).astype(np.int32)
    told: dict[str, Any] = {
        "nodes": links.nodes, "searched_nodes": graph.keys, "points": at.shape[0],
        "covered": round(float((found < NO_WAY).mean()), 4), "different_nodes": int((found[number] != expected).sum()),
        "ours": ours, "scipy": peer, "of_scipy": ratio(ours, peer, "median_ms", "cpu_ms"),
    }  # fmt: skip
    if pandana:
        told["pandana"] = _pandana(links, at)
        told["of_pandana"] = round(ours["median_ms"] / told["pandana"]["median_ms"], 4)
        told["pandana"]["different_covered"] = abs(
            told["pandana"].pop("covered") - int((found < NO_WAY).sum())
        )
    return told


def _pandana(links: Links, at: np.ndarray[Any, Any]) -> dict[str, Any]:
    """pandana's nearest point of interest for each node, in its own environment."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.npz"
        np.savez(
            file,
            low=links.low,
            high=links.high,
            up=links.up,
            down=links.down,
            lon=links.lon,
            lat=links.lat,
            at=at,
        )
        command = [str(peer_python("pandana")), str(_PANDANA), str(file), str(HALF_AN_HOUR), str(int(NO_WAY))]
        subprocess.run(command, check=True, stdout=sys.stderr)
        found: dict[str, Any] = json.loads(file.with_suffix(".json").read_text())
    return found


def _alone(size: int, files: list[Path]) -> dict[str, Any]:
    """One size: our search in a process that only maps the saved graph, then SciPy's here."""
    links = tiled(links_of(files, Mode.WALK), size)
    points = max(200, round(links.nodes * 2_000 / 298_000))
    began = time.perf_counter()
    graph, number = build_graph(links)
    built = time.perf_counter() - began
    at = np.sort(np.random.default_rng(1).choice(links.nodes, points, replace=False))
    with tempfile.TemporaryDirectory() as folder:
        graph.save(Path(folder))
        np.save(Path(folder) / "points.npy", number[at])
        command = [sys.executable, "-m", "bench.network.circles", "map", folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        ours = json.loads(done.stdout)
        found = np.load(Path(folder) / "times.npy")
    backwards = csr_array(matrix(links).T)
    peer, far = repeated(lambda: dijkstra(backwards, indices=at, min_only=True, limit=HALF_AN_HOUR), 2)
    expected = np.where(np.isinf(far), NO_WAY, far).astype(np.int32)
    return {
        "nodes": links.nodes, "searched_nodes": graph.keys, "points": points, "contraction_s": round(built, 2),
        "different_nodes": int((found[number] != expected).sum()),
        "ours": ours, "scipy": peer, "of_scipy": ratio(ours, peer, "median_ms", "cpu_ms"),
    }  # fmt: skip


def _mapped(folder: Path) -> dict[str, float]:
    graph, points = ModeGraph.load(folder), np.load(folder / "points.npy")
    ours, found = repeated(lambda: reach(graph, points, HALF_AN_HOUR), 5)
    np.save(folder / "times.npy", found)
    return {**ours, "peak_mib": peak_mib()}


if __name__ == "__main__":
    mapped = sys.argv[1] == "map"
    told = _mapped(Path(sys.argv[2])) if mapped else _alone(int(sys.argv[1]), [Path(n) for n in sys.argv[2:]])
    print(json.dumps(told))
