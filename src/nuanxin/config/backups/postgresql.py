"""PostgreSQL in an archive: every table as COPY text, all as of one moment, by any server version.

No outside program is needed and nothing depends on its version: the tables are made by migrations, brought to
the state the archive was taken in, filled, and brought up to date.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction

FOLDER = "tables"
INDEX = "tables.json"
SKIPPED = frozenset({"django_migrations"})  # written by the migrations of the restore


def dump(folder: Path) -> list[tuple[str, Path]]:
    """Write every table of one snapshot. Returns (name in the archive, path)."""
    (folder / FOLDER).mkdir()
    index: dict[str, list[str]] = {}
    files: list[tuple[str, Path]] = []
    # A connection of its own: the snapshot's isolation must not leak into anybody else's transaction.
    own = connections.create_connection("default")
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for table in sorted(set(own.introspection.table_names(cursor)) - SKIPPED):
                index[table] = _columns(cursor, table)
                path = folder / FOLDER / table
                _copy_out(cursor, table, index[table], path)
                files.append((f"{FOLDER}/{table}", path))
            cursor.execute("COMMIT")
    finally:
        own.close()
    (folder / INDEX).write_text(json.dumps(index))
    return [(INDEX, folder / INDEX), *files]


def load(folder: Path, migrations: dict[str, str]) -> None:
    """Fill this database from an unpacked archive, replacing what is there."""
    index: dict[str, list[str]] = json.loads((folder / INDEX).read_text())
    for app, name in migrations.items():
        call_command("migrate", app, name, verbosity=0, interactive=False)
    tables = ", ".join(_quoted(table) for table in index)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in index:
            cursor.execute(f"ALTER TABLE {_quoted(table)} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {tables}")
        for table, columns in index.items():
            _copy_in(cursor, table, columns, folder / FOLDER / table)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, columns in index.items():
            cursor.execute(f"ALTER TABLE {_quoted(table)} ENABLE TRIGGER USER")
            _advance_sequences(cursor, table, columns)


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [str(name) for (name,) in cursor.fetchall()]


def _copy_out(cursor: Any, table: str, columns: list[str], path: Path) -> None:
    with path.open("wb") as file, cursor.copy(f"COPY {_quoted(table)} ({_list(columns)}) TO STDOUT") as copy:
        for chunk in copy:
            file.write(chunk)


def _copy_in(cursor: Any, table: str, columns: list[str], path: Path) -> None:
    with path.open("rb") as file, cursor.copy(f"COPY {_quoted(table)} ({_list(columns)}) FROM STDIN") as copy:
        while chunk := file.read(1024 * 1024):
            copy.write(chunk)


def _advance_sequences(cursor: Any, table: str, columns: list[str]) -> None:
    for column in columns:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(table), column])
        (sequence,) = cursor.fetchone()
        if sequence is not None:
            highest = f"SELECT max({_quoted(column)}) FROM {_quoted(table)}"  # noqa: S608 - names from the catalogue
            cursor.execute(f"SELECT setval(%s, coalesce(({highest}), 0) + 1, false)", [sequence])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _list(columns: list[str]) -> str:
    return ", ".join(_quoted(column) for column in columns)
