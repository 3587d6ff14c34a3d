"""Road graphs on disk: one folder for each extract, with a graph for each mode, memory-mapped when used."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.spatial.roads.graph import ModeGraph, build_graph
from nuanxin.network.spatial.roads.links import make_links
from nuanxin.network.spatial.roads.profiles import PROFILES, Mode
from nuanxin.network.spatial.roads.reading import Segments, UnreadableExtract, read_extract
from nuanxin.network.spatial.tree import PointTree, build_tree

FORMAT = 1  # of the folders; another number is built anew
FARTHEST = 1_000.0  # metres from a place to its road; farther, the graph does not know the place
MARGIN = 0.02  # degrees around the box of an extract
UNFINISHED = ".unfinished"

Progress = Callable[[str], object]


@dataclass(frozen=True)
class RoadGraph:
    """One mode's graph with the tree that matches places to its nodes."""

    graph: ModeGraph
    tree: PointTree  # of the usable nodes
    usable: np.ndarray[tuple[int], np.dtype[np.int32]]  # node numbers, in the order of the tree's numbers

    def match(self, lon: float, lat: float) -> tuple[int, float] | None:
        """The node nearest to a place and the metres to it; None where that is farther than ``FARTHEST``."""
        slots, metres = self.tree.nearest(lon, lat, 1)
        if not slots.shape[0] or metres[0] > FARTHEST:
            return None
        return int(self.usable[slots[0]]), float(metres[0])


@dataclass(frozen=True)
class RoadSet:
    """The roads of one extract."""

    name: str
    folder: Path
    nodes: dict[str, int]  # of each mode's graph
    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a place lies in the box around the extract's roads, or within a kilometre or two of it."""
        return bool(self.inside(np.array([lon]), np.array([lat])).shape[0])

    def inside(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
        """The positions in the input of all places that ``holds`` is true for."""
        return np.flatnonzero(
            (lon >= self.west - MARGIN) & (lon <= self.east + MARGIN)
            & (lat >= self.south - MARGIN) & (lat <= self.north + MARGIN)
        )  # fmt: skip

    @cached_property
    def _graphs(self) -> dict[Mode, RoadGraph]:
        return {}

    def graph(self, mode: Mode) -> RoadGraph:
        """The graph of a mode, mapped into memory at its first use."""
        found = self._graphs.get(mode)
        if found is None:
            folder = self.folder / mode.value
            found = RoadGraph(
                ModeGraph.load(folder),
                PointTree.load(folder),
                np.load(folder / "usable-nodes.npy", mmap_mode="r"),
            )
            self._graphs[mode] = found
        return found


def import_extract(path: Path, home: Path, *, name: str = "", say: Progress = lambda text: None) -> RoadSet:
    """Read an OpenStreetMap extract and keep its graphs in ``home``, replacing those of the same name.

    Work goes on in a folder beside it that takes the name when all is written, so that a stop leaves the old
    roads in use; the next run goes on where the last one stopped, as long as the file is the same. Raises
    UnreadableExtract, FileNotFoundError.
    """
    title = name or path.name.split(".")[0]
    if not title or not all(c.isalnum() or c in "-_" for c in title):
        raise UnreadableExtract(f"{title!r} cannot name a road set: use letters, digits, - and _ (--name).")
    if not path.is_file():
        raise FileNotFoundError(path)
    bench, goal = home / (title + UNFINISHED), home / title
    print_of = f"{path.stat().st_size} {path.stat().st_mtime_ns} {FORMAT}"
    mark = bench / "source.txt"
    if not mark.is_file() or mark.read_text() != print_of:
        shutil.rmtree(bench, ignore_errors=True)
        bench.mkdir(parents=True)
        mark.write_text(print_of)
    segments = _segments(path, bench, say)
    counts = {mode.value: _one_mode(segments, mode, bench, say) for mode in Mode}
    _describe(bench, title, segments, counts)
    for name_of in [f.name for f in fields(Segments)]:
        (bench / f"segments-{name_of}.npy").unlink(missing_ok=True)
    old = home / (title + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if goal.exists():
        goal.rename(old)
    bench.rename(goal)
    shutil.rmtree(old, ignore_errors=True)
    return _read(goal)


def road_sets(home: Path) -> tuple[RoadSet, ...]:
    """The finished road sets of a folder, by name."""
    return tuple(_found(home))


def _found(home: Path) -> Iterator[RoadSet]:
    for folder in sorted(home.glob("*/about.json")) if home.is_dir() else ():
        if not folder.parent.name.endswith((UNFINISHED, ".old")):
            yield _read(folder.parent)


def _read(folder: Path) -> RoadSet:
    about = json.loads((folder / "about.json").read_text())
    return RoadSet(folder.name, folder, about["nodes"], *about["box"])


def _segments(path: Path, bench: Path, say: Progress) -> Segments:
    """The pieces of road, read from the file or kept from a run that was stopped after reading."""
    names = [f.name for f in fields(Segments)]
    done = bench / "segments.done"
    if done.is_file():
        return Segments(**{n: np.load(bench / f"segments-{n}.npy", mmap_mode="r") for n in names})
    try:
        segments = read_extract(path, lambda ways: say(f"{ways} ways read"))
    except UnreadableExtract:
        shutil.rmtree(bench)  # nothing of it is worth going on with
        raise
    for n in names:
        np.save(bench / f"segments-{n}.npy", getattr(segments, n))
    done.touch()
    return segments


def _one_mode(segments: Segments, mode: Mode, bench: Path, say: Progress) -> int:
    """Build and write one mode's graph, unless a run before has."""
    folder, done = bench / mode.value, bench / f"{mode.value}.done"
    if done.is_file():
        return int(done.read_text())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    links = make_links(segments, PROFILES[mode])
    if not links.low.shape[0]:
        raise UnreadableExtract(f"The extract has no road for {mode.value}: nothing is connected.")
    graph, _ = build_graph(links)
    graph.save(folder)
    usable = np.flatnonzero(graph.usable).astype(np.int32)
    lon, lat = graph.degrees()
    build_tree(lon[usable], lat[usable]).save(folder)
    np.save(folder / "usable-nodes.npy", usable)
    done.write_text(str(graph.nodes))
    say(f"{mode.value}: {graph.nodes} nodes, {graph.keys} after contraction")
    return graph.nodes


def _describe(bench: Path, title: str, segments: Segments, counts: dict[str, int]) -> None:
    degrees = (segments.lon.min(), segments.lat.min(), segments.lon.max(), segments.lat.max())
    box = [round(float(value) * 1e-7, 7) for value in degrees]
    (bench / "about.json").write_text(
        json.dumps({"name": title, "box": box, "nodes": counts, "format": FORMAT})
    )
