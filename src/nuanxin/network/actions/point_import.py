"""Publishing a staged import: all of it in one transaction and with one event, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.network.actions.points import next_change
from nuanxin.network.models import ServicePoint
from nuanxin.network.permissions import check_keep_points
from nuanxin.network.point_files.staging import Staged

BATCH = 2000
_WRITTEN = [
    field.attname for field in ServicePoint._meta.concrete_fields if not field.primary_key
]  # every column of a row that is already there


class NotFit(Exception):
    """The import may not be published: it has faults that nobody agreed to skip, or was not read to its end."""


class Outdated(Exception):
    """Points changed since the dry run so that it no longer fits. Check the file again."""


@dataclass(slots=True)
class Counts:
    """What an import did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0  # rows with faults


def publish_import(
    staged: Staged,
    *,
    by: Actor,
    at: datetime,
    skip_faults: bool = False,
    say: Callable[[int], None] = lambda rows: None,
) -> Counts:
    """Write the good rows of a dry run. Nothing is written unless all of them can be.

    Raises NotFit for a run with faults unless ``skip_faults``, Outdated, PermissionDenied.
    """
    report = staged.report
    if not report.done or report.file_fault is not None or (report.faults and not skip_faults):
        raise NotFit
    counts = Counts(skipped=report.faulty)
    with write():
        for batch in _batches(staged):
            _publish(batch, counts, by)
            say(counts.created + counts.changed + counts.unchanged)
        payload = {
            "created": counts.created, "changed": counts.changed, "unchanged": counts.unchanged,
            "skipped": counts.skipped, "import": staged.key,
        }  # fmt: skip
        append([NewEvent(STREAM_SITE, by.scope[0] // 10**10, "points.imported", payload)], by=by, at=at)
    return counts


def _batches(staged: Staged) -> Iterator[list[dict[str, Any]]]:
    with staged.rows_file.open(encoding="utf-8") as file:
        while lines := list(islice(file, BATCH)):
            yield [json.loads(line) for line in lines]


def _publish(batch: list[dict[str, Any]], counts: Counts, by: Actor) -> None:
    known = ServicePoint.objects.select_for_update().in_bulk([row["point"] for row in batch if row["point"]])
    fresh: list[ServicePoint] = []
    altered: list[ServicePoint] = []
    for row in batch:
        values = _values(row["values"])
        if row["point"] is None:
            fresh.append(ServicePoint(**values))
        elif row["point"] not in known:
            raise Outdated
        elif values:
            point = known[row["point"]]
            check_keep_points(by, point.place)
            for name, value in values.items():
                setattr(point, name, value)
            altered.append(point)
        else:
            counts.unchanged += 1
    _check_keys(fresh)
    changes = [*fresh, *altered]
    first = next_change(len(changes)) if changes else 0
    for number, point in enumerate(changes, first):
        check_keep_points(by, point.place)
        point.version = number
    ServicePoint.objects.bulk_create(fresh, batch_size=500)
    ServicePoint.objects.bulk_create(
        altered, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN
    )
    counts.created += len(fresh)
    counts.changed += len(altered)


def _values(told: dict[str, Any]) -> dict[str, Any]:
    if "verified_on" in told:
        return {**told, "verified_on": date.fromisoformat(told["verified_on"])}
    return told


def _check_keys(fresh: list[ServicePoint]) -> None:
    """A key that came on file since the dry run would make a second point."""
    by_source: dict[str, list[str]] = {}
    for point in fresh:
        if point.reference:
            by_source.setdefault(point.source, []).append(point.reference)
    for source, references in by_source.items():
        if ServicePoint.objects.filter(source=source, reference__in=references).exists():
            raise Outdated
