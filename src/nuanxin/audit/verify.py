"""Checking the whole record: every row against its chain, every stream against its head and the exports.

Heads are read before rows, so that a check beside running writers raises no false alarm.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from django.conf import settings
from django.db import connection

from nuanxin.audit import chain, checkpoints, faults, triggers
from nuanxin.audit.checkpoints import checkpoint
from nuanxin.audit.faults import Fault, Tally
from nuanxin.audit.models import Event, Head
from nuanxin.audit.rows import HIGHEST, LOWEST, Row, rows_between
from nuanxin.audit.streams import STREAM_CHECKPOINTS, owners

__all__ = ["Fault", "Tally", "checkpoint", "verify"]

BATCH = 400
WINDOW = 50  # how far around a bad row its right place is looked for


def verify(stream: int | None = None, *, tally: Tally | None = None) -> Iterator[Fault]:
    """Every fault of one stream, or of all, the first bad row first; nothing for a whole record."""
    tally = tally or Tally()
    if stream is None:
        yield from _all_streams(tally)
        yield from _against_exports(None, tally)
        yield from _of_owners()
        for name in triggers.missing(connection):
            yield Fault(faults.UNGUARDED, f"trigger {name} is not there, so changes are not refused")
    else:
        head = _head(stream)
        yield from _one_stream(stream, rows_between(stream, stream), head, tally)
        yield from _against_exports(stream, tally)


def _all_streams(tally: Tally) -> Iterator[Fault]:
    low = LOWEST
    while True:
        heads = {
            head.stream: head for head in Head.objects.filter(stream__gte=low).order_by("stream")[:BATCH]
        }
        high = max(heads) if len(heads) == BATCH else HIGHEST
        for stream, rows in groupby(rows_between(low, high), key=lambda row: row.stream):
            yield from _one_stream(stream, rows, heads.pop(stream, None), tally)
        for stream, head in heads.items():
            yield from _one_stream(stream, (), head, tally)
        if high == HIGHEST:
            return
        low = high + 1


def _head(stream: int) -> Head | None:
    return Head.objects.filter(stream=stream).first()


def _one_stream(stream: int, rows: Iterable[Row], head: Head | None, tally: Tally) -> Iterator[Fault]:
    before, last, sound = chain.GENESIS, 0, True
    tally.streams += 1
    for row in rows:
        tally.events += 1
        expected = last + 1
        fault = _check_row(row, expected, before, sound)
        moved = (
            fault is not None
            and fault.kind == faults.REORDERED
            and row.seq > expected
            and fault.row == row.id
        )
        last = expected if moved else row.seq
        before = row.mac
        if fault is not None:
            sound = False
            yield fault
    yield from _check_head(stream, head, last, before, sound)


def _check_row(row: Row, expected: int, before: bytes, sound: bool) -> Fault | None:
    """``sound``: no fault in this stream so far; after one, a row may follow another than its neighbour."""
    key = settings.KEYS.chain
    if row.seq == expected:
        if row.fits(key, before):
            return None
        near = _near(row)
        if not sound and any(row.fits(key, other.mac) for other in near):
            return None
        belongs = _right_place(row, near, key)
        if belongs is None:
            return Fault(faults.ALTERED, "does not match its mac", row.stream, row.seq, row.id)
        return Fault(faults.REORDERED, f"was written as event {belongs}", row.stream, row.seq, row.id)
    if row.seq < expected:
        return Fault(faults.ALTERED, "stands at a place that is taken", row.stream, row.seq, row.id)
    for other in [row, *_near(row)]:
        if other.fits(key, before, seq=expected):
            return Fault(
                faults.REORDERED, f"was written as event {expected}", row.stream, other.seq, other.id
            )
    gap = f"event {expected}" if row.seq == expected + 1 else f"events {expected} to {row.seq - 1}"
    return Fault(faults.MISSING, f"{gap} should stand before row {row.id}", row.stream, expected)


def _near(row: Row) -> list[Row]:
    around = rows_between(row.stream, row.stream, first=row.seq - WINDOW, last=row.seq + WINDOW)
    return [other for other in around if other.id != row.id]


def _right_place(row: Row, near: list[Row], key: bytes) -> int | None:
    """The place a row was written for, if it stands at another nearby; None if its content was changed."""
    befores = [chain.GENESIS, *(other.mac for other in near)]
    for seq in range(max(1, row.seq - WINDOW), row.seq + WINDOW + 1):
        if seq != row.seq and any(row.fits(key, before, seq=seq) for before in befores):
            return seq
    return None


def _check_head(stream: int, head: Head | None, last: int, mac: bytes, sound: bool) -> Iterator[Fault]:
    if head is None or head.seq < last:  # written while we read, or tampered with: look again
        head = _head(stream)
    if head is None:
        if last:
            yield Fault(faults.HEAD, "the stream has events but no head", stream, last)
        else:
            yield Fault(faults.DELETED, "no event and no head: wholly removed, or never written", stream)
        return
    proof = chain.head_proof(settings.KEYS.chain, stream, head.seq, bytes(head.mac))
    if not hmac.compare_digest(proof, bytes(head.proof)):
        yield Fault(faults.HEAD, "the stored head is forged", stream, head.seq)
    elif last == 0:
        yield Fault(faults.DELETED, f"all {head.seq} events are gone", stream, 1)
    elif last < head.seq:
        yield Fault(faults.CUT, f"the head knows {head.seq} events, {last} are there", stream, last + 1)
    elif last > head.seq:
        yield Fault(faults.HEAD, f"the stored head is behind, at event {head.seq}", stream, last)
    elif sound and not hmac.compare_digest(mac, bytes(head.mac)):
        yield Fault(faults.HEAD, "the last event is not the one that the head knows", stream, head.seq)


def _against_exports(stream: int | None, tally: Tally) -> Iterator[Fault]:
    """Every exported head must still be an event with the same mac, and every export must still be there."""
    promised = set() if stream is not None else _promised()
    lines = checkpoints.read()
    while batch := list(islice(lines, BATCH)):
        for line in batch:
            promised.discard(line.signature)
            if not line.sound and stream is None:
                yield Fault(
                    faults.CHECKPOINT, f"heads/{line.place} was altered, or the line before it removed"
                )
        wanted = [line for line in batch if line.sound and stream in (None, line.stream)]
        if wanted:
            tally.exported += len(wanted)
            tally.newest_export = wanted[-1].at
            yield from _compare(wanted)
    if promised:
        yield Fault(faults.CHECKPOINT, f"{len(promised)} exports that the record speaks of are not in heads/")


def _promised() -> set[str]:
    events = Event.objects.filter(stream=STREAM_CHECKPOINTS)
    restarted = (
        events.filter(kind=checkpoints.RESTARTED).order_by("-seq").values_list("seq", flat=True).first()
    )
    exports = events.filter(kind=checkpoints.EXPORTED, seq__gt=restarted or 0).values_list(
        "payload", flat=True
    )
    return {str(payload.get("signature")) for payload in exports.iterator()}


def _compare(lines: list[checkpoints.Line]) -> Iterator[Fault]:
    places = ", ".join(["(%s, %s)"] * len(lines))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT stream, seq, mac FROM audit_event WHERE (stream, seq) IN (VALUES {places})",  # noqa: S608
            [number for line in lines for number in (line.stream, line.seq)],
        )
        stored = {(stream, seq): bytes(mac) for stream, seq, mac in cursor.fetchall()}
    for line in lines:
        mac = stored.get((line.stream, line.seq))
        if mac is None:
            some = Event.objects.filter(stream=line.stream).exists()
            detail = f"was exported on {line.at} and is gone"
            yield Fault(faults.CUT if some else faults.DELETED, detail, line.stream, line.seq)
        elif mac != line.mac:
            yield Fault(faults.ALTERED, f"differs from its export on {line.at}", line.stream, line.seq)


def _of_owners() -> Iterator[Fault]:
    """A row above with a stream of its own has events: the first came in the same transaction."""
    for owner in owners():
        streams = iter(owner.streams())
        while batch := list(islice(streams, BATCH)):
            known = set(Head.objects.filter(stream__in=batch).values_list("stream", flat=True))
            for stream in batch:
                if stream not in known:
                    yield Fault(
                        faults.DELETED, f"{owner.name} has this row, the record has no event of it", stream
                    )
