"""Heads exported outside the database, so that a cut tail or a deleted case shows.

``DATA_DIR/heads/YYYY-MM-DD.jsonl`` (UTC days) only grows: one line for a head that has moved since the last
export. Each line is signed over the line before it, across files; and each export is an event in the database
with its last signature. So neither side can lose its end without the other telling. Copy the folder to
another machine: whoever holds this one holds both sides.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.models import Head
from nuanxin.audit.streams import STREAM_CHECKPOINTS, STREAM_SITE
from nuanxin.audit.transactions import write

EXPORTED = "audit.checkpointed"
RESTARTED = "audit.exports_restarted"
BATCH = 1000
_MARK = "UPDATE audit_head SET exported = %s WHERE stream = %s AND exported < %s"


@dataclass(frozen=True, slots=True)
class Line:
    """One exported head. ``sound`` is false where the file was altered at this line or just before it."""

    place: str  # file:line
    sound: bool
    signature: str
    at: str = ""
    stream: int = 0
    seq: int = 0
    mac: bytes = b""


def folder() -> Path:
    """Where the exports lie."""
    return Path(settings.DATA_DIR) / "heads"


def checkpoint(*, at: datetime) -> int:
    """Export every head that moved since the last export; returns how many. For an hourly job."""
    with alone() as place:
        if not Head.objects.filter(seq__gt=F("exported")).exclude(stream=STREAM_CHECKPOINTS).exists():
            return 0
        instant = at.astimezone(UTC)
        file = place / f"{instant:%Y-%m-%d}.jsonl"
        signature, count = _last_signature(place), 0
        for batch in _batches():
            signature = _add(file, batch, instant.isoformat(timespec="seconds"), signature)
            with write(), connection.cursor() as cursor:
                cursor.executemany(_MARK, [(seq, stream, seq) for stream, seq, _ in batch])
            count += len(batch)
        with write():
            said = {"lines": count, "signature": signature}
            append([NewEvent(STREAM_CHECKPOINTS, 0, EXPORTED, said)], by=SYSTEM, at=at)
    return count


def restart(*, at: datetime) -> int:
    """Begin the exports anew, after a restore or a lost folder: old files go aside, every head is exported.

    The record says that it happened: from then on the verifier no longer asks for the earlier exports.
    """
    with alone() as place:
        files = sorted(place.glob("*.jsonl"))
        if files:
            aside = place / f"until-{at.astimezone(UTC):%Y%m%dT%H%M%S}"
            aside.mkdir(exist_ok=True)
            for file in files:
                file.rename(aside / file.name)
    with write():
        Head.objects.update(exported=0)
        append([NewEvent(STREAM_SITE, 0, RESTARTED, {"files": len(files)})], by=SYSTEM, at=at)
        append([NewEvent(STREAM_CHECKPOINTS, 0, RESTARTED, {"files": len(files)})], by=SYSTEM, at=at)
    return checkpoint(at=at)


@contextmanager
def alone() -> Iterator[Path]:
    """Nobody exports meanwhile, here or in a backup, which must copy exports and database as one."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (place / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place


def _batches() -> Iterator[list[tuple[int, int, bytes]]]:
    last = -1
    while True:
        moved = Head.objects.filter(seq__gt=F("exported"), stream__gt=last).order_by("stream")
        batch = [(s, seq, bytes(mac)) for s, seq, mac in moved.values_list("stream", "seq", "mac")[:BATCH]]
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def _add(file: Path, batch: list[tuple[int, int, bytes]], instant: str, signature: str) -> str:
    """Append the lines and wait for the disk. Returns the last signature."""
    lines = []
    for stream, seq, mac in batch:
        row = {"at": instant, "stream": stream, "seq": seq, "mac": mac.hex()}
        signature = _sign(row, signature)
        lines.append(json.dumps({**row, "signature": signature}).encode() + b"\n")
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as out:
        out.truncate(
            len(_whole_lines(out.read()))
        )  # a crash may have left half a line, which nothing relies on
        out.seek(0, os.SEEK_END)
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
    return signature


def _sign(row: dict[str, Any], before: str) -> str:
    text = json.dumps([row["at"], row["stream"], row["seq"], row["mac"], before])
    return hmac.digest(settings.KEYS.chain, b"checkpoint:" + text.encode(), "sha256").hex()


def _whole_lines(content: bytes) -> bytes:
    return content[: content.rfind(b"\n") + 1]


def _last_signature(place: Path) -> str:
    for file in sorted(place.glob("*.jsonl"), reverse=True):
        lines = _whole_lines(file.read_bytes()).splitlines()
        if lines:
            return _parse(lines[-1], "", file.name).signature
    return ""


def read() -> Iterator[Line]:
    """Every exported line in order. A line that does not follow from the one before is not sound."""
    before = ""
    for file in sorted(folder().glob("*.jsonl")):
        for number, raw in enumerate(_whole_lines(file.read_bytes()).splitlines(), 1):
            line = _parse(raw, before, f"{file.name}:{number}")
            before = line.signature
            yield line


def _parse(raw: bytes, before: str, place: str) -> Line:
    try:
        row = json.loads(raw)
        signature, mac = str(row["signature"]), bytes.fromhex(row["mac"])
        sound = hmac.compare_digest(_sign(row, before), signature)
        return Line(place, sound, signature, str(row["at"]), int(row["stream"]), int(row["seq"]), mac)
    except (ValueError, KeyError, TypeError):
        return Line(place, False, "")
