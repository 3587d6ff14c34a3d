"""Adding to the event log: the only door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection

from nuanxin.audit import chain, storage
from nuanxin.audit.actor import Actor
from nuanxin.audit.ids import next_id
from nuanxin.audit.models import Event, Head
from nuanxin.audit.payload import check
from nuanxin.audit.storage import Tip

_KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class StreamMoved(Exception):
    """Somebody else wrote to the stream first; nothing of this transaction is kept. Read again and retry."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One event to add. ``payload`` holds row ids and coded values only (see ``audit.payload``).

    ``kind`` is dotted snake_case such as ``case.accepted``; ``version`` is of that kind's payload.
    """

    stream: int
    province: int
    kind: str
    payload: dict[str, Any]
    effective_on: date | None = None
    version: int = 1


NEW_STREAM = Tip(0, chain.GENESIS)


def tip(event: Event) -> Tip:
    """The end of the stream after ``event``."""
    return Tip(event.seq, bytes(event.mac))


def append(
    events: Sequence[NewEvent], *, by: Actor, at: datetime, head: Head | Tip | None = None
) -> list[Event]:
    """Add events in order, in the caller's transaction: two statements, three without ``head``.

    ``head`` is the stream's end if the caller knows it (``NEW_STREAM`` for one that begins); then all events
    are of one stream. ``at`` is the aware instant of the action. Returns the rows; ``tip()`` of the last is
    the new end. Raises UnfitPayload, ValueError for a bad kind, a naive instant or several streams with
    ``head``, and StreamMoved if another writer was faster.
    """
    if not events:
        return []
    if at.tzinfo is None:
        raise ValueError("at is an aware datetime")
    if not connection.in_atomic_block:
        raise ValueError("append works inside write()")
    ends = _ends({event.stream for event in events}, head)
    key = settings.KEYS.chain
    rows = []
    for event in events:
        row = _row(event, by, at, ends[event.stream], key)
        ends[event.stream] = tip(row)
        rows.append(row)
    try:
        storage.insert_events(rows)
        storage.put_heads(ends, key)
    except IntegrityError as fault:
        raise StreamMoved(f"streams {sorted(ends)}") from fault
    return rows


def _ends(streams: set[int], head: Head | Tip | None) -> dict[int, Tip]:
    if head is not None:
        if len(streams) > 1:
            raise ValueError("with head given, all events belong to one stream")
        return {streams.pop(): Tip(head.seq, bytes(head.mac))}
    found = Head.objects.filter(stream__in=streams).order_by("stream").select_for_update()
    known = {stream: Tip(seq, bytes(mac)) for stream, seq, mac in found.values_list("stream", "seq", "mac")}
    return {stream: known.get(stream, NEW_STREAM) for stream in sorted(streams)}


@lru_cache(maxsize=512)
def _check_kind(kind: str) -> None:
    if not _KIND.fullmatch(kind) or len(kind) > 64:
        raise ValueError(f"event kind {kind!r} is not dotted snake_case")


def _row(event: NewEvent, by: Actor, at: datetime, end: Tip, key: bytes) -> Event:
    _check_kind(event.kind)
    if isinstance(event.effective_on, datetime):
        raise ValueError("effective_on is a legal day, not an instant")
    check(event.payload)
    row = Event(
        id=next_id(event.province),
        province=event.province,
        stream=event.stream,
        seq=end.seq + 1,
        kind=event.kind,
        version=event.version,
        recorded_at=at,
        effective_on=event.effective_on,
        actor_kind=by.kind,
        actor_id=by.id,
        payload=event.payload,
    )
    row.mac = chain.mac(key, end.mac, storage.material(row))
    return row
