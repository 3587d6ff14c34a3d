"""All active service points as arrays: what searches by distance and coverage look at; the tables hold the records.

A picture knows the changes up to one number. A process asks for the number at most every ``FRESH`` seconds and lays
what changed since over its picture. ``draw`` keeps a picture on disk and names it in the database, for a country's
points; every process maps it into memory.
"""

from __future__ import annotations

import json
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from numpy.typing import NDArray

from nuanxin.audit.transactions import write
from nuanxin.network.models import PointChange, PointException, ServicePoint
from nuanxin.network.rules.hours import NEVER, Hours, parse_hours
from nuanxin.network.rules.points import attribute_mask
from nuanxin.network.spatial.filters import HAS_EXCEPTIONS
from nuanxin.network.spatial.tree import PointTree, build_tree

FRESH = 2.0  # seconds
FRESH_MANY = 30.0
MANY = 50_000  # points from which on a picture is renewed beside the requests
OVERLAID = 2_000  # changes that are laid over a picture; more, and all points are read
BATCH = 20_000  # rows read at once

_COLUMNS = ("id", "kind", "services", "languages", "step_free", "hours", "lon", "lat", "place")
_ARRAYS = ("ids", "lon", "lat", "places", "masks", "patterns")

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """Points column by column, sorted by row id. ``patterns`` are places in ``hours``."""

    ids: Longs
    lon: Floats
    lat: Floats
    places: Longs
    masks: NDArray[np.uint64]
    patterns: NDArray[np.int32]
    hours: tuple[Hours, ...]

    def __len__(self) -> int:
        return int(self.ids.shape[0])


@dataclass(frozen=True)
class Picture:
    """The points as they are after change ``version``. ``number`` in ``tree`` and ``points`` is the same."""

    points: Columns
    tree: PointTree
    version: int
    token: str

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What is worked out from this picture and lives as long: matched roads, what is open this minute."""
        return {}


@dataclass
class _Held:
    picture: Picture | None = None
    asked: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_held = _Held()


def picture() -> Picture:
    """The present picture: one query when not asked for ``FRESH`` seconds, a few when points changed.

    A picture of many points is renewed beside the requests, which go on with the old one: a change of one among a
    country's points shows within ``FRESH_MANY`` seconds and the second that drawing takes.
    """
    held, now = _held.picture, time.monotonic()
    if held is None:
        return _renew()
    many = len(held.points) >= MANY
    if now - _held.asked < (FRESH_MANY if many else FRESH):
        return held
    if not many:
        return _renew()
    if _held.lock.acquire(blocking=False):
        _held.lock.release()
        _held.asked = now
        threading.Thread(target=_renew_beside, name="points", daemon=True).start()
    return held


def _renew() -> Picture:
    with _held.lock:
        state = PointChange.objects.filter(id=1).first() or PointChange(id=1)
        if _held.picture is None or _held.picture.token != state.token:
            _held.picture = _newer(_held.picture, state)
        _held.asked = time.monotonic()
        return _held.picture


def _renew_beside() -> None:
    try:
        _renew()
    finally:
        connection.close()


def forget() -> None:
    """Make this process draw anew: for tests, whose changes are taken back."""
    _held.picture, _held.asked = None, 0.0


def is_stale() -> bool:
    """Whether so many points have no picture on disk, or so many changed since, that one should be drawn."""
    state = PointChange.objects.filter(id=1).first()
    if state is None or state.last - state.pictured <= OVERLAID:
        return False
    return ServicePoint.objects.filter(active=True).count() >= MANY


def draw(say: Callable[[str], object] = lambda text: None) -> Picture:
    """Draw a picture of all points, keep it on disk, name it in the database and remove older ones."""
    state, columns = _read_all(say)
    tree = build_tree(columns.lon, columns.lat, columns.masks, columns.patterns)
    home = Path(settings.DATA_DIR) / "points"
    name = f"{state.last}-{secrets.token_hex(4)}"
    folder = home / f"{name}.unfinished"
    folder.mkdir(parents=True)
    for each in _ARRAYS:
        np.save(folder / f"{each}.npy", getattr(columns, each))
    tree.save(folder)
    about = {"hours": [str(hours) for hours in columns.hours], "version": state.last}
    (folder / "about.json").write_text(json.dumps(about))
    folder.rename(home / name)
    with write():
        PointChange.objects.get_or_create(id=1)
        PointChange.objects.filter(id=1).update(picture=name, pictured=state.last)
    for old in home.iterdir():
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)  # who has it mapped keeps it until they let go
    return Picture(columns, tree, state.last, state.token)


def _newer(held: Picture | None, state: PointChange) -> Picture:
    """Lay changes over the held picture or the one on disk, or draw a new one."""
    base = held
    if state.picture and (base is None or base.version < state.pictured):
        base = _from_disk(state) or base
    if base is not None and state.removed <= base.version <= state.last:
        changed = list(
            ServicePoint.objects.filter(version__gt=base.version).values_list(*_COLUMNS, "active")[
                : OVERLAID + 1
            ]
        )
        if len(changed) <= OVERLAID:
            return _overlaid(base, changed, state)
    fresh, columns = _read_all(lambda text: None)
    tree = build_tree(columns.lon, columns.lat, columns.masks, columns.patterns)
    return Picture(columns, tree, fresh.last, fresh.token)


def _from_disk(state: PointChange) -> Picture | None:
    folder = Path(settings.DATA_DIR) / "points" / state.picture
    try:
        about = json.loads((folder / "about.json").read_text())
        arrays = {each: np.load(folder / f"{each}.npy", mmap_mode="r") for each in _ARRAYS}
        tree = PointTree.load(folder)
    except FileNotFoundError:
        return None  # drawn on another machine, or being replaced just now
    columns = Columns(**arrays, hours=tuple(parse_hours(text) for text in about["hours"]))
    return Picture(columns, tree, about["version"], "")


def _read_all(say: Callable[[str], object]) -> tuple[PointChange, Columns]:
    """Every active point and the state that they belong to, in one snapshot of the database."""
    with transaction.atomic():
        state = PointChange.objects.filter(id=1).first() or PointChange(id=1)
        rows = ServicePoint.objects.filter(active=True).order_by("id").values_list(*_COLUMNS)
        special = set(PointException.objects.values_list("point_id", flat=True).distinct())
        return state, _columns(rows.iterator(chunk_size=BATCH), special, {}, say)


def _columns(rows: Iterable[tuple[Any, ...]], special: set[int], patterns: dict[str, int],
             say: Callable[[str], object] = lambda text: None) -> Columns:  # fmt: skip
    """Rows into arrays, a batch at a time."""
    parts: list[tuple[NDArray[Any], ...]] = []
    batch: list[tuple[Any, ...]] = []

    def close() -> None:
        ids, masks, numbers = [], [], []
        for row in batch:
            pattern = patterns.setdefault(row[5], len(patterns))
            mask = attribute_mask(kind=row[1], services=row[2], languages=row[3], step_free=row[4])
            ids.append(row[0])
            masks.append(mask | int(HAS_EXCEPTIONS) if row[0] in special else mask)
            numbers.append(pattern)
        parts.append((
            np.array(ids, np.int64), np.array([r[6] for r in batch], np.float64),
            np.array([r[7] for r in batch], np.float64), np.array([r[8] for r in batch], np.int64),
            np.array(masks, np.uint64), np.array(numbers, np.int32),
        ))  # fmt: skip
        batch.clear()

    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            close()
            say(f"{len(parts) * BATCH} points read")
    close()
    joined = {
        name: np.concatenate(column) for name, column in zip(_ARRAYS, zip(*parts, strict=True), strict=True)
    }
    return Columns(**joined, hours=tuple(_hours(text) for text in patterns))


def _hours(text: str) -> Hours:
    """Stored hours were checked when written; a row that another program wrote wrongly counts as never open."""
    try:
        return parse_hours(text)
    except ValueError:
        return NEVER


def _overlaid(base: Picture, changed: list[tuple[Any, ...]], state: PointChange) -> Picture:
    """The base without the changed points, and their present rows behind."""
    if not changed:
        return Picture(base.points, base.tree, state.last, state.token)
    gone = np.isin(base.points.ids, np.array([row[0] for row in changed], np.int64))
    rows = sorted(row[:-1] for row in changed if row[-1])
    special = set(
        PointException.objects.filter(point_id__in=[r[0] for r in rows]).values_list("point_id", flat=True)
    )
    patterns = {str(hours): number for number, hours in enumerate(base.points.hours)}
    fresh = _columns(rows, special, patterns)
    old = base.points
    merged = {
        each: np.concatenate((getattr(old, each)[~gone], getattr(fresh, each))) for each in _ARRAYS
    }  # fmt: skip
    order = np.argsort(merged["ids"], kind="stable")
    columns = Columns(**{each: array[order] for each, array in merged.items()}, hours=fresh.hours)
    tree = build_tree(columns.lon, columns.lat, columns.masks, columns.patterns)
    return Picture(columns, tree, state.last, state.token)
