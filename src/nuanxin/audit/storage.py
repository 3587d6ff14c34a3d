"""How events reach the database: two plain statements, since every move of every case pays for them.

Through the ORM the same two cost more than twice the CPU.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from nuanxin.audit import chain
from nuanxin.audit.models import Event
from nuanxin.audit.models.events import canonical

COLUMNS = (
    "id", "province", "stream", "seq", "kind", "version", "recorded_at", "effective_on",
    "actor_kind", "actor_id", "payload", "mac",
)  # fmt: skip
_ROWS = 80  # rows a statement: 960 parameters, under every limit of every SQLite
_ROW = f"({', '.join(['%s'] * len(COLUMNS))})"
_INSERT = f"INSERT INTO audit_event ({', '.join(COLUMNS)}) VALUES "  # noqa: S608 - constants
_HEADS = "INSERT INTO audit_head (stream, seq, mac, proof, exported) VALUES "
_MOVE = " ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, mac = excluded.mac, proof = excluded.proof"


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a stream, as a writer may keep it in its own row to save the read."""

    seq: int
    mac: bytes


def material(event: Event) -> bytes:
    """What the chain covers of an event."""
    return chain.row_bytes(
        event.id, event.province, event.stream, event.seq, event.kind, event.version, event.recorded_at,
        event.effective_on, event.actor_kind, event.actor_id, canonical(event.payload),
    )  # fmt: skip


def _values(event: Event) -> tuple[Any, ...]:
    adapt = connection.ops
    return (
        event.id, event.province, event.stream, event.seq, event.kind, event.version,
        adapt.adapt_datetimefield_value(event.recorded_at), adapt.adapt_datefield_value(event.effective_on),
        event.actor_kind, event.actor_id, canonical(event.payload), event.mac,
    )  # fmt: skip


def insert_events(events: Sequence[Event]) -> None:
    """One statement for as many rows as fit. Raises IntegrityError where a place in a stream is taken."""
    with connection.cursor() as cursor:
        for start in range(0, len(events), _ROWS):
            part = events[start : start + _ROWS]
            values = [value for event in part for value in _values(event)]
            cursor.execute(_INSERT + ", ".join([_ROW] * len(part)), values)


def put_heads(ends: Mapping[int, Tip], key: bytes) -> None:
    """Move the heads to their new ends, in the order given: by stream, so that writers never cross."""
    rows = [(s, end.seq, end.mac, chain.head_proof(key, s, end.seq, end.mac)) for s, end in ends.items()]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            places = ", ".join(["(%s, %s, %s, %s, 0)"] * len(part))
            cursor.execute(_HEADS + places + _MOVE, [value for row in part for value in row])
