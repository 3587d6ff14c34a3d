"""A stream of invented events, and hands that tamper with it past every guard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from nuanxin.audit import triggers
from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.models import Event
from nuanxin.audit.transactions import write

AT = datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC)
CASE = 44 << 46 | 7
OTHER = 44 << 46 | 8


def new_event(number: int = 1, stream: int = CASE) -> NewEvent:
    """One coded event."""
    payload = {
        "from": "submitted",
        "to": "accepted",
        "holder": 440300000000 + number,
        "days": [1, None, True],
    }
    return NewEvent(stream, 44, "case.accepted", payload, effective_on=date(2026, 3, 2))


def make_stream(length: int, stream: int = CASE) -> list[Event]:
    """``length`` events in ``stream``, written one by one as a case writes them."""
    rows: list[Event] = []
    for number in range(1, length + 1):
        with write():
            rows += append([new_event(number, stream)], by=SYSTEM, at=AT + timedelta(minutes=number))
    return rows


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back: one copy of the rows for each example of a property."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_triggers() -> Iterator[None]:
    """What a person with the database's own password can do."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def sql(statement: str, *params: Any) -> None:
    """One raw statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
