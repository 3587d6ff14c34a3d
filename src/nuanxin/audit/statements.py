"""Hot statements past the ORM: a model's columns and conversions, with the statement made once in a process.

The ORM builds every statement anew, which costs more CPU than the database takes to carry it out. What every
submission and every move pays for goes through here; all else stays with the ORM.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=models.Model)
_PARAMETERS = 900  # a statement: under every limit of every SQLite


def _database() -> BaseDatabaseWrapper:
    """The connection itself: through ``django.db.connection`` each of some hundred look-ups a row costs twice."""
    return connections[DEFAULT_DB_ALIAS]


class Columns(Generic[M]):
    """A model's columns as a statement of our own reads them, under ``alias``."""

    def __init__(self, model: type[M], alias: str) -> None:
        database = _database()
        fields = model._meta.concrete_fields
        self._model = model
        self._names = [field.attname for field in fields]
        self.sql = ", ".join(f"{alias}.{_quoted(field.column)}" for field in fields)
        self.count = len(fields)
        self._converters = [
            (place, tuple(converters), column)
            for place, field in enumerate(fields)
            for column in [field.get_col(model._meta.db_table)]
            if (converters := database.ops.get_db_converters(column) + column.get_db_converters(database))
        ]

    def read(self, values: Sequence[Any]) -> M:
        """The instance of one row."""
        database, row = _database(), list(values)
        for place, converters, column in self._converters:
            for convert in converters:
                row[place] = convert(row[place], column, database)
        return self._model.from_db(database.alias, self._names, row)


def _quoted(name: str | None) -> str:
    return _database().ops.quote_name(name or "")


class _Writing:
    """A table's columns with the functions that turn an instance into what is stored."""

    def __init__(self, model: type[models.Model]) -> None:
        self.table = _quoted(model._meta.db_table)
        fields = [
            f for f in model._meta.concrete_fields if not f.generated and not isinstance(f, models.AutoField)
        ]
        self.stores = [(field.pre_save, field.get_db_prep_save) for field in fields]
        self.columns = ", ".join(_quoted(field.column) for field in fields)
        self.places = f"({', '.join(['%s'] * len(fields))})"
        self.rows = max(1, _PARAMETERS // len(fields))


@cache
def _writing(model: type[models.Model], _vendor: str) -> _Writing:
    return _Writing(model)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows, one statement for as many rows of a model as fit; models in the order of their first row.

    As ``bulk_create``, without signals; keys that the database gives are not read back. Works inside ``write()``.
    """
    kinds: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    database = _database()
    with database.cursor() as cursor:
        for model, items in kinds.items():
            to = _writing(model, database.vendor)
            for start in range(0, len(items), to.rows):
                part = items[start : start + to.rows]
                values = [
                    prepare(before(row, True), database) for row in part for before, prepare in to.stores
                ]
                places = ", ".join([to.places] * len(part))
                cursor.execute(f"INSERT INTO {to.table} ({to.columns}) VALUES {places}", values)  # noqa: S608
    for row in rows:
        row._state.adding, row._state.db = False, database.alias


@cache
def _update(model: type[models.Model], names: tuple[str, ...], _vendor: str) -> tuple[str, list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    values = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    return f"UPDATE {table} SET {values} WHERE {key} = %s", fields  # noqa: S608 - names of our own models


def update(row: models.Model, names: tuple[str, ...]) -> None:
    """Store these columns of one row that exists. Names are field names. Works inside ``write()``."""
    database = _database()
    statement, fields = _update(type(row), names, database.vendor)
    values = [field.get_db_prep_save(getattr(row, field.attname), database) for field in fields]
    with database.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])
