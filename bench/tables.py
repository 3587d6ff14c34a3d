"""Rows on their way into tables, as fast as each database takes them and past the ORM.

Only for filling: values are converted exactly as the models' fields would, so that what is read later is what an
action would have written. Check constraints stay on; indexes are taken down for the time and put back as they were.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connection, models

from nuanxin.audit.encryption import EncryptedTextField
from nuanxin.audit.models.events import PayloadField, canonical
from nuanxin.audit.sealing import seal

Row = Mapping[str, Any]


class Table:
    """One model's table: its columns, their defaults, and how values are stored on this database."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = [f for f in model._meta.concrete_fields if not getattr(f, "generated", False)]
        if isinstance(model._meta.pk, models.AutoField):
            fields.remove(model._meta.pk)
        self.name = model._meta.db_table
        self.columns = [connection.ops.quote_name(cast(str, field.column)) for field in fields]
        self._defaults = {field.attname: field.get_default() for field in fields}
        self._names = [field.attname for field in fields]
        self._stored = [(place, stored) for place, field in enumerate(fields) if (stored := _storing(field))]

    def row(self, values: Row) -> list[Any]:
        """The values in the order of the columns. Raises KeyError for a name that is no column."""
        row = {**self._defaults, **values}
        if len(row) != len(self._names):
            raise KeyError(f"{self.name}: {sorted(values.keys() - self._defaults.keys())}")
        found = [row[name] for name in self._names]
        for place, stored in self._stored:
            if found[place] is not None:
                found[place] = stored(found[place])
        return found


def _storing(field: Any) -> Callable[[Any], Any] | None:
    sqlite = connection.vendor == "sqlite"
    if isinstance(field, EncryptedTextField):
        context = field.context
        return lambda text: seal(text, context=context)
    if isinstance(field, PayloadField):
        return canonical
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=True)
    if isinstance(field, models.DateTimeField):
        return _sqlite_instant if sqlite else None
    if isinstance(field, models.DateField):
        return (lambda day: day.isoformat()) if sqlite else None
    if isinstance(field, models.BooleanField):
        return int if sqlite else None
    return None


def _sqlite_instant(moment: datetime) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def put(table: Table, rows: Iterable[Row]) -> None:
    """Add rows in the caller's transaction."""
    values = [table.row(row) for row in rows]
    columns = ", ".join(table.columns)
    with connection.cursor() as cursor:
        raw: Any = cursor.cursor
        if connection.vendor == "sqlite":
            places = ", ".join("?" * len(table.columns))
            statement = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"
            # the driver's own cursor: Django's would translate the statement for every batch
            connection.connection.executemany(statement, values)
            return
        with raw.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for value in values:
                copy.write_row(value)


def take_indexes_down(tables: Sequence[str]) -> list[str]:
    """Drop the plain indexes of these tables; the statements that bring them back. Constraints stay."""
    statements = []
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "sqlite":
                found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
            else:
                found = (
                    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
                    " (SELECT conname FROM pg_constraint)"
                )
            cursor.execute(found, [table])
            for name, statement in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{name}"')
                statements.append(str(statement))
    return statements


def quick_and_careless() -> None:
    """For the time of a fill: no wait for the disk, and no foreign-key checks a row (``orphans`` looks afterwards)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for pragma in (
                "synchronous=OFF",
                "foreign_keys=OFF",
                "cache_size=-1000000",
                "wal_autocheckpoint=20000",
            ):
                cursor.execute(f"PRAGMA {pragma}")
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '512MB'")


def orphans(tables: Mapping[type[models.Model], Table]) -> list[str]:
    """Foreign keys that lead nowhere: none in a sound fill."""
    found = []
    with connection.cursor() as cursor:
        for model in tables:
            for field in model._meta.concrete_fields:
                if not isinstance(field, models.ForeignKey):
                    continue
                other = field.related_model._meta
                cursor.execute(
                    f"SELECT COUNT(*) FROM {model._meta.db_table} a WHERE a.{field.column} IS NOT NULL AND NOT EXISTS"
                    f" (SELECT 1 FROM {other.db_table} b WHERE b.{other.pk.column} = a.{field.column})"
                )
                (count,) = cursor.fetchone() or (0,)
                if count:
                    found.append(f"{model.__name__}.{field.name}: {count}")
    return found
