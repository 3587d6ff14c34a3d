"""Where sealed values lie: the columns of every model, and the file stores that upper rooms register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import connection, models

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField
from nuanxin.audit.sealing import blind_index, key_of, open_sealed, seal


class SealedStore(Protocol):
    """Sealed files, such as evidence, walked in the order of their names.

    ``read`` gives nothing for one that is gone; ``replace`` swaps one in a single step.
    """

    @property
    def name(self) -> str: ...
    def count(self) -> int: ...
    def after(self, name: str, limit: int) -> list[str]: ...
    def context(self, name: str) -> str: ...
    def read(self, name: str) -> bytes: ...
    def replace(self, name: str, sealed: bytes) -> None: ...


_stores: dict[str, SealedStore] = {}


def register_store(store: SealedStore) -> None:
    """Called once by an upper room when Django starts (AppConfig.ready)."""
    _stores[store.name] = store


def stores() -> tuple[SealedStore, ...]:
    """Every registered store."""
    return tuple(_stores.values())


def _column(field: models.Field[Any, Any]) -> str:
    return str(field.column)


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A model with sealed columns and the blind indexes beside them."""

    model: type[models.Model]
    sealed: tuple[EncryptedTextField, ...]
    indexes: tuple[BlindIndexField, ...]

    @property
    def label(self) -> str:
        """``app.Model``."""
        return self.model._meta.label

    def _sql(self, name: str) -> str:
        return connection.ops.quote_name(name)

    @property
    def _table(self) -> str:
        return self._sql(self.model._meta.db_table)

    @property
    def _key(self) -> str:
        return self._sql(_column(self._pk))

    @property
    def _pk(self) -> models.Field[Any, Any]:
        return self.model._meta.pk

    @property
    def columns(self) -> list[str]:
        """Sealed columns, then index columns."""
        fields: tuple[models.Field[Any, Any], ...] = (*self.sealed, *self.indexes)
        return [_column(field) for field in fields]

    def count(self) -> int:
        """Rows in the table."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {self._table}")  # noqa: S608 - names of our own models
            return int(cursor.fetchone()[0])

    def by_key(self, keys: list[str]) -> dict[str, dict[str, int]]:
        """How many values of each sealed column each key has sealed."""
        found: dict[str, dict[str, int]] = {}
        for field in self.sealed:
            column = self._sql(_column(field))
            sums = ", ".join([f"COALESCE(SUM(CASE WHEN {column} LIKE %s THEN 1 ELSE 0 END), 0)"] * len(keys))
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {sums} FROM {self._table}", [f"{key}:%" for key in keys])  # noqa: S608
                counts = cursor.fetchone()
            found[field.name] = {key: int(count) for key, count in zip(keys, counts, strict=True) if count}
        return found

    def page(self, after: str, limit: int) -> list[tuple[Any, ...]]:
        """Rows (key, sealed values, indexes) after a primary key, locked for this transaction."""
        where, params = "", []
        if after:
            where = f"WHERE {self._key} > %s"
            params = [self._pk.get_db_prep_value(self._pk.to_python(after), connection)]
        names = ", ".join([self._key, *map(self._sql, self.columns)])
        lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {names} FROM {self._table} {where} ORDER BY {self._key} LIMIT %s{lock}",  # noqa: S608
                [*params, limit],
            )
            return list(cursor.fetchall())

    def renewed(self, row: tuple[Any, ...], active: str) -> list[Any]:
        """The row's columns, sealed and indexed with the present keys. Raises SealBroken."""
        values = dict(zip(self.columns, row[1:], strict=True))
        plain: dict[str, str] = {}
        for field in self.sealed:
            stored = values[_column(field)]
            if stored:
                plain[field.name] = open_sealed(stored, context=field.context)
                if key_of(stored) != active:
                    values[_column(field)] = seal(plain[field.name], context=field.context)
        for index in self.indexes:
            text = plain.get(index.of)
            values[_column(index)] = blind_index(index.kind, text) if text else None
        return [values[column] for column in self.columns]

    def put(self, rows: list[tuple[Any, list[Any]]]) -> None:
        """Write renewed columns by primary key."""
        sets = ", ".join(f"{self._sql(column)} = %s" for column in self.columns)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {self._table} SET {sets} WHERE {self._key} = %s",  # noqa: S608
                [(*values, key) for key, values in rows],
            )


def sealed_tables() -> list[SealedTable]:
    """Every model of the project that has sealed columns."""
    found = []
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        sealed = tuple(field for field in fields if isinstance(field, EncryptedTextField))
        indexes = tuple(field for field in fields if isinstance(field, BlindIndexField) and field.of)
        if sealed:
            found.append(SealedTable(model, sealed, indexes))
    return found
