"""The arithmetic of the chain: what a mac covers. Plain values in, bytes out; no database."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

GENESIS = b"\0" * 32  # the mac before the first event of a stream


def row_bytes(
    id: int,
    province: int,
    stream: int,
    seq: int,
    kind: str,
    version: int,
    recorded_at: datetime,
    effective_on: date | None,
    actor_kind: str,
    actor_id: int,
    payload: str,
) -> bytes:
    """The canonical bytes of an event. ``payload`` is its stored text; the instant is spelled in UTC."""
    row: Sequence[Any] = (
        id, province, stream, seq, kind, version,
        recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        effective_on.isoformat() if effective_on else None,
        actor_kind, actor_id, payload,
    )  # fmt: skip
    return json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()


def mac(key: bytes, before: bytes, row: bytes) -> bytes:
    """HMAC-SHA256 of the mac before and the row."""
    return hmac.digest(key, before + row, "sha256")


def head_proof(key: bytes, stream: int, seq: int, last: bytes) -> bytes:
    """What seals a head row. The label keeps it apart from an event's mac."""
    return hmac.digest(key, b"head:%d:%d:" % (stream, seq) + last, "sha256")
