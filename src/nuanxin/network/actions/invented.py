"""The invented network: put on file all at once or not at all, and taken away again. It is marked as invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection

from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.network.actions.points import day_of, next_change
from nuanxin.network.models import PointChange, PointException, ServicePoint
from nuanxin.network.rules.generation import SOURCE, Points, counts, generate

_COLUMNS = (
    "name_zh", "name_en", "kind", "place", "lon", "lat", "address_zh", "address_en", "phone", "hours", "services",
    "languages", "step_free", "capacity", "verified_on", "active", "invented", "source", "reference", "version",
)  # fmt: skip


class RealPoints(Exception):
    """There are points on file that nobody invented; ``count`` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class AlreadyThere(Exception):
    """An invented network is on file; take it away first."""


def invent_network(
    *,
    scale: float,
    seed: int,
    by: Actor,
    at: datetime,
    beside_real: bool = False,
    wanted: Callable[[Points], Any] | None = None,
    say: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Put an invented network on file. Returns how many points.

    ``wanted``: a flag for each point of a chunk, for a part of the network. Raises RealPoints where others are on
    file unless ``beside_real``, AlreadyThere, ValueError for a scale or seed out of range, PermissionDenied.
    """
    _check(by)
    total = sum(counts(scale).values())
    with write():
        real = ServicePoint.objects.filter(invented=False).count()
        if real and not beside_real:
            raise RealPoints(real)
        if ServicePoint.objects.filter(source=SOURCE).exists():
            raise AlreadyThere
        done = written = 0
        for points in generate(scale, seed):
            rows = list(_rows(points, day_of(at)))
            if wanted is not None:
                rows = [row for row, kept in zip(rows, wanted(points), strict=True) if kept]
            if rows:
                _insert(rows, next_change(len(rows)))
            done += len(points)
            written += len(rows)
            say(done, total)
        payload = {"points": written, "scale_millionths": round(scale * 10**6), "seed": seed}
        append([NewEvent(STREAM_SITE, 0, "points.invented", payload)], by=by, at=at)
    return written


def remove_invented(*, by: Actor, at: datetime) -> int:
    """Take the invented network away. Returns how many points; points of other sources stay. Raises PermissionDenied."""
    _check(by)
    with write():
        gone = ServicePoint.objects.filter(source=SOURCE, invented=True)
        ServicePoint.objects.filter(merged_into__in=gone.values("id")).update(merged_into=None)
        PointException.objects.filter(point__in=gone.values("id")).delete()
        removed = gone._raw_delete(gone.db)  # no row points at these any more, and a million need not be read
        if removed:
            number = next_change()
            PointChange.objects.filter(id=1).update(removed=number)
            append([NewEvent(STREAM_SITE, 0, "points.invented_removed", {"points": removed})], by=by, at=at)
    return int(removed)


def _check(by: Actor) -> None:
    if not by.has(Role.SYSTEM):
        raise PermissionDenied("only the command line makes or removes an invented network")


def _rows(points: Points, today: date) -> Iterator[tuple[Any, ...]]:
    """Values in the order of ``_COLUMNS``, without the version."""
    columns = zip(
        points.names_zh(), points.names_en(), points.kinds(), points.place.tolist(), points.lon.tolist(),
        points.lat.tolist(), points.phones(), points.hours_texts(), points.services.tolist(),
        points.languages.tolist(), points.step_free.tolist(), points.capacity.tolist(),
        points.verified_days.tolist(), points.references(), strict=True,
    )  # fmt: skip
    for zh, en, kind, place, lon, lat, phone, hours, offers, spoken, free, people, days, key in columns:
        verified = today - timedelta(days=days) if days >= 0 else None
        yield (
            zh, en, kind, place, lon, lat, "", "", phone, hours, offers, spoken, free, people or None, verified,
            True, True, SOURCE, key,
        )  # fmt: skip


def _insert(rows: list[tuple[Any, ...]], first: int) -> None:
    """Rows with versions from ``first`` on, as fast as the database takes them."""
    table, names = ServicePoint._meta.db_table, ", ".join(_COLUMNS)
    numbered = ((*row, number) for number, row in enumerate(rows, first))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in numbered:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(_COLUMNS))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - constants
        cursor.executemany(statement, [_plain(row) for row in numbered])


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value.isoformat() if isinstance(value, date) else value for value in row)
