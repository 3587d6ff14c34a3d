"""The nearest service points in a straight line, with filters that prune: a balanced tree over the unit sphere.

Points are reordered so that every node of an implicit binary heap holds one run of them. A node keeps the box
around its points and the joined masks of what they offer, so that a search passes whole provinces in which
nobody speaks the language or is open at the hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nuanxin.network.spatial.filters import Opening
from nuanxin.network.spatial.sphere import chord_of_metres, unit_vectors
from nuanxin.network.spatial.tree_kernels import (
    Hours,
    enclose,
    nearest,
    nearest_each,
    plant,
    within,
)

LEAF = 8  # points in a leaf at most; measured: 4 to 16 differ little, 8 is best without a filter

_ARRAYS = ("points", "ids", "masks", "patterns", "boxes", "joined")


@dataclass(frozen=True, slots=True)
class PointTree:
    """A built tree; every array may be a memory map. ``ids`` gives the caller's number of each point."""

    points: NDArray[np.float64]  # (n, 3), in tree order
    ids: NDArray[np.int32]
    masks: NDArray[np.uint64]
    patterns: NDArray[np.int32]
    boxes: NDArray[np.float64]
    joined: NDArray[np.uint64]
    levels: int  # how often the whole is halved

    def __len__(self) -> int:
        return int(self.ids.shape[0])

    def nearest(self, lon: float, lat: float, k: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Numbers and metres of the ``k`` nearest of all points, the nearest first; fewer where there are fewer."""
        metres, slots = nearest(
            self.points, self.ids, self.boxes, self.joined, self.masks, self.levels, lon, lat, k, None, None
        )
        return slots, metres

    def nearest_fitting(
        self, lon: float, lat: float, k: int, needs: ArrayLike, opening: Opening | None = None
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The ``k`` nearest whose mask meets every one of ``needs`` (shares a bit with it) and that are open."""
        metres, slots = nearest(
            self.points, self.ids, self.boxes, self.joined, self.masks, self.levels, lon, lat, k,
            np.asarray(needs, np.uint64), self._hours(opening),
        )  # fmt: skip
        return slots, metres

    def _hours(self, opening: Opening | None) -> Hours:
        if opening is None:
            return None
        return self.patterns, opening.groups, opening.patterns, opening.special, opening.special_open

    def nearest_each(
        self, lon: ArrayLike, lat: ArrayLike, needs: ArrayLike = (), opening: Opening | None = None
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """For each of many places the number of its nearest fitting point (-1: none) and metres (infinite)."""
        lons, lats = (np.ascontiguousarray(each, np.float64) for each in (lon, lat))
        wanted = np.asarray(needs, np.uint64)
        if not len(self):
            return np.full(lons.shape[0], -1, np.int32), np.full(lons.shape[0], np.inf)
        metres, slots = nearest_each(
            self.points, self.ids, self.boxes, self.joined, self.masks, self.levels, lons, lats,
            wanted if wanted.shape[0] else None, self._hours(opening),
        )  # fmt: skip
        return slots, metres

    def within(self, lon: float, lat: float, metres: float) -> NDArray[np.int32]:
        """Numbers of all points within ``metres`` of a place, in no order that means anything."""
        return within(self.points, self.ids, self.boxes, self.levels, lon, lat, chord_of_metres(metres))

    def save(self, folder: Path) -> None:
        """Write the arrays into an existing folder, one file each."""
        for name in _ARRAYS:
            np.save(folder / f"tree-{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> PointTree:
        """Map a saved tree into memory: nothing is read before it is asked for. Raises FileNotFoundError."""
        held = {name: np.load(folder / f"tree-{name}.npy", mmap_mode="r") for name in _ARRAYS}
        return cls(**held, levels=(held["boxes"].shape[0] // 2).bit_length() - 1)


def build_tree(
    lon: ArrayLike, lat: ArrayLike, masks: ArrayLike | None = None, patterns: ArrayLike | None = None
) -> PointTree:
    """Build the tree of points in degrees. ``masks``: what each offers; ``patterns``: the number of its hours.

    Points keep the number of their place in the input. 990,000 points take about a second.
    """
    places = np.ascontiguousarray(unit_vectors(lon, lat).reshape(-1, 3))
    count = places.shape[0]
    levels = max(0, (max(count, 1) - 1) // LEAF).bit_length()
    offered = np.zeros(count, np.uint64) if masks is None else np.asarray(masks, np.uint64)
    hours = np.zeros(count, np.int32) if patterns is None else np.asarray(patterns, np.int32)
    order = plant(places, levels)
    points, masked, hourly = np.ascontiguousarray(places[order]), offered[order], hours[order]
    groups = np.left_shift(np.uint64(1), (hourly % 64).astype(np.uint64))
    boxes, joined = enclose(points, masked, groups, levels)
    return PointTree(points, order, masked, hourly, boxes, joined, levels)
