"""How far a fill has come, kept in the database itself, so that a stopped one goes on with nothing lost or doubled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from bench.tables import take_indexes_down
from nuanxin.audit.transactions import write


@dataclass(frozen=True, slots=True)
class State:
    """The present of the invented world, the ids set aside for it, and the chunks that are in."""

    now: datetime
    first_id: int
    chunks: int


def known() -> bool:
    """Whether a fill has begun here."""
    return "bench_fill" in connection.introspection.table_names()


def begin(tables: Sequence[str], now: datetime, ids: int) -> None:
    """Set ids aside, take the indexes down, and note both, in one transaction."""
    with write(), connection.cursor() as cursor:
        cursor.execute("SELECT next FROM audit_idblock WHERE id = 1")
        (first,) = cursor.fetchone() or (1,)
        cursor.execute("UPDATE audit_idblock SET next = next + %s WHERE id = 1", [ids])
        cursor.execute("CREATE TABLE bench_fill (name varchar(20) PRIMARY KEY, value text NOT NULL)")
        noted = {
            "now": now.isoformat(), "first_id": first, "chunks": 0, "indexes": take_indexes_down(tables),
        }  # fmt: skip
        for name, value in noted.items():
            cursor.execute("INSERT INTO bench_fill (name, value) VALUES (%s, %s)", [name, json.dumps(value)])


def read() -> State:
    """How far it has come."""
    noted = _noted()
    return State(
        datetime.fromisoformat(str(noted["now"])), int(str(noted["first_id"])), int(str(noted["chunks"]))
    )


def _noted() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, value FROM bench_fill")
        return {str(name): json.loads(value) for name, value in cursor.fetchall()}


def done(chunk: int) -> None:
    """Note a chunk as in, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bench_fill SET value = %s WHERE name = 'chunks'", [json.dumps(chunk + 1)])


def finish() -> None:
    """Put the indexes back, let numbers that the database gives go on after the filled ones, gather statistics.

    SQLite gets none, as in use: the plans must not hang on them.
    """
    statements = _noted()["indexes"]
    assert isinstance(statements, list)
    with connection.cursor() as cursor:
        for statement in statements:
            name = str(statement).split(" ON ")[0].split()[-1].strip('"')
            if name not in _present():
                cursor.execute(str(statement))
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _present() -> set[str]:
    of = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
        "postgresql": "SELECT indexname FROM pg_indexes",
    }
    with connection.cursor() as cursor:
        cursor.execute(of[connection.vendor])
        return {str(name) for (name,) in cursor.fetchall()}
