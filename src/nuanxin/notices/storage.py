"""How notices reach the database: one plain statement, since most moves of a case pay for one.

Through the ORM the same costs four times the CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from nuanxin.audit.sealing import blind_index, seal

_PLACE = "notices.notice"  # where sealed values belong: the model's label, as its fields say
_COLUMNS = (
    "id", "province", "case_id", "channel", "phone", "phone_index", "email", "staff_id", "template", "language",
    "values", "discreet", "hours", "next_try_at", "created_at",
    "status", "tries", "wording", "fault", "provider_id",
)  # fmt: skip
_GIVEN = _COLUMNS.index("status")
_ROWS = 60  # rows a statement: 900 parameters, under every limit of every SQLite
_ROW = f"({', '.join(['%s'] * _GIVEN)}, 'queued', 0, 0, '', '')"
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_INSERT = f"INSERT INTO notices_notice ({_NAMES}) VALUES "  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Row:
    """A notice that begins to wait. ``phone``, ``email`` and ``values`` are plain here and sealed on the way."""

    id: int
    province: int
    case_id: int
    channel: str
    phone: str
    email: str
    staff_id: int | None
    template: str
    language: str
    values: str
    discreet: bool
    hours: str
    next_try_at: datetime
    created_at: datetime


def _parameters(row: Row) -> tuple[Any, ...]:
    moment = connection.ops.adapt_datetimefield_value
    return (
        row.id, row.province, row.case_id, row.channel,
        seal(row.phone, context=f"{_PLACE}.phone"), blind_index("phone", row.phone) if row.phone else None,
        seal(row.email, context=f"{_PLACE}.email"), row.staff_id, row.template, row.language,
        seal(row.values, context=f"{_PLACE}.values"), row.discreet, row.hours,
        moment(row.next_try_at), moment(row.created_at),
    )  # fmt: skip


def insert(rows: Sequence[Row]) -> None:
    """One statement for as many rows as fit."""
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            values = [value for row in part for value in _parameters(row)]
            cursor.execute(_INSERT + ", ".join([_ROW] * len(part)), values)
