"""SQLite in an archive: a copy of the database file as of one moment, while others write."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from nuanxin.config.backups.archive import BackupFault

DUMP = "database.sqlite3"


def dump(source: Path, folder: Path) -> Path:
    """Copy the database as one transaction sees it. Writers go on meanwhile (WAL)."""
    target = folder / DUMP
    reader, copy = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reader.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        reader.close()
        copy.close()
    return target


def check(path: Path) -> None:
    """Raises BackupFault unless the file is a sound SQLite database."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        (verdict,) = database.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as fault:
        raise BackupFault(f"the database in the archive is damaged: {fault}") from fault
    finally:
        database.close()
    if verdict != "ok":
        raise BackupFault(f"the database in the archive is damaged: {verdict}")
