"""Where the next points should go: the choice that brings most people into the half-hour circle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuanxin.network import roads
from nuanxin.network.cells import cells as people_cells
from nuanxin.network.coverage import Circle, Coverage, counted, times
from nuanxin.network.picture import picture
from nuanxin.network.rules.people import Cells
from nuanxin.network.spatial.roads.around import anchor, nearest_by_time
from nuanxin.network.spatial.roads.profiles import straight_seconds
from nuanxin.network.spatial.siting import Cover, choose, solve_exactly
from nuanxin.network.spatial.tree import build_tree

MOST = 1_000  # new points in one question
PROVABLE = 2_000  # places up to which the best is proved on the way, where somebody asks for it


@dataclass(frozen=True, slots=True)
class Site:
    """A proposed point: at a place where people live, with the people it newly reaches after those before it."""

    lon: float
    lat: float
    county: int
    people: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Sites in the order in which they should open.

    ``of_best``: covered people as a part of the proved best; None where no proof was asked for or none was found
    in time.
    """

    before: Coverage
    sites: tuple[Site, ...]
    people_after: float
    of_best: float | None

    @property
    def share_after(self) -> float | None:
        """The part of the people within the circle once all sites are open."""
        return self.people_after / self.before.people if self.before.people else None


def propose(region: int, circle: Circle, count: int, *, proof_seconds: float = 0.0) -> Proposal:
    """Choose at most ``count`` places of a region for new points.

    Candidates are the places themselves, so that a site lies where people are. A new point is taken to do what is
    asked and to be open at that hour. Raises ValueError for a count outside 1 … ``MOST``.
    """
    if not 1 <= count <= MOST:
        raise ValueError(f"between 1 and {MOST} new points")
    held = people_cells()
    part = held.some(held.within(region))
    found = times(picture(), part, circle)
    before = counted(region, part, found, circle, 0)
    cover = _cover(part, part.some(found.seconds > circle.minutes * 60), circle)
    chosen = choose(cover, count)
    best = None
    if proof_seconds > 0 and len(part) <= PROVABLE:
        best = solve_exactly(cover, count, proof_seconds)
    return Proposal(
        before=before,
        sites=tuple(
            Site(float(part.lon[c]), float(part.lat[c]), int(part.county[c]), float(people))
            for c, people in zip(chosen.chosen.tolist(), chosen.added.tolist(), strict=True)
        ),
        people_after=before.people_covered + chosen.covered,
        of_best=None if best is None else chosen.covered / best.covered if best.covered else 1.0,
    )


def _cover(candidates: Cells, gap: Cells, circle: Circle) -> Cover:
    """Which places without help a point at each candidate would reach, by road where both lie on one graph."""
    pairs = _near_pairs(candidates, gap, circle)
    for road_set in roads.sets():
        graph = road_set.graph(circle.mode)
        own, nodes, metres = roads.matched(graph, candidates.lon, candidates.lat)
        there, starts, away = roads.matched(graph, gap.lon, gap.lat)
        if not own.shape[0] or not there.shape[0]:
            continue
        sites = anchor(graph.graph, own, nodes, roads.access_times(metres))
        keep = ~(np.isin(pairs[:, 0], own) & np.isin(pairs[:, 1], there))
        found = [pairs[keep]]
        for place, node, begin in zip(
            there.tolist(), starts.tolist(), roads.access_times(away).tolist(), strict=True
        ):
            limit = circle.minutes * 600 - begin
            if limit >= 0:
                _, reached = nearest_by_time(graph.graph, sites, node, len(own), limit)
                found.append(np.stack((reached, np.full(reached.shape[0], place)), axis=1).astype(np.int64))
        pairs = np.concatenate(found)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs = pairs[order]
    edges = np.searchsorted(pairs[:, 0], np.arange(len(candidates) + 1))
    return Cover(edges.astype(np.int32), pairs[:, 1].astype(np.int32), gap.people)


def _near_pairs(candidates: Cells, gap: Cells, circle: Circle) -> NDArray[np.int64]:
    """Pairs of candidate and place within the straight-line circle."""
    radius = circle.minutes * 60 / straight_seconds(1.0, circle.mode)
    tree = build_tree(gap.lon, gap.lat)
    rows = [
        np.stack((np.full(len(near), number), near), axis=1)
        for number, (lon, lat) in enumerate(
            zip(candidates.lon.tolist(), candidates.lat.tolist(), strict=True)
        )
        if len(near := tree.within(lon, lat, radius))
    ]
    return np.concatenate(rows).astype(np.int64) if rows else np.zeros((0, 2), np.int64)
