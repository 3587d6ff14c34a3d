"""``nuanxin restore FILE``: an archive becomes this installation, and its event log is verified."""

from __future__ import annotations

import argparse
import fcntl
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django

from nuanxin.config.backups import archive
from nuanxin.config.backups.archive import BackupFault, Manifest

LOCKS = ("serve.lock", "work.lock")  # held by the processes that must not run meanwhile


def main(arguments: Sequence[str]) -> int:
    """Restore an archive. Returns the exit code: 1 when it cannot be used or its event log is broken."""
    parser = argparse.ArgumentParser(
        prog="nuanxin restore",
        description="Bring an archive back and verify its events. The keys it was taken under must be here.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="replace the data that is here; it is set aside")
    options = parser.parse_args(arguments)
    django.setup()
    if not options.file.is_file():
        print(f"nuanxin restore: there is no file {options.file}", file=sys.stderr)
        return 2
    try:
        with _nobody_at_work():
            restore(options.file, datetime.now(UTC), force=options.force)
    except (BackupFault, OSError) as fault:
        print(f"nuanxin restore: {fault}", file=sys.stderr)
        return 1
    return _verify()


def restore(file: Path, at: datetime, *, force: bool) -> None:
    """Check the archive whole, then put it in place and bring the tables up to date. Raises BackupFault."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections

    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    if _holds_data() and not force:
        raise BackupFault(
            "this installation holds data; --force replaces it (what is here is set aside first)"
        )
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as scratch:
        manifest = archive.unpack(file, Path(scratch))
        _fits(manifest, settings.KEYS.chain, connection.vendor)
        aside = Path(tempfile.mkdtemp(prefix=f"before-restore-{at:%Y%m%dT%H%M%SZ}-", dir=data))
        if connection.vendor == "sqlite":
            _replace_sqlite(Path(scratch), Path(str(connection.settings_dict["NAME"])), aside)
        else:
            _replace_postgresql(Path(scratch), manifest)
        for folder in archive.FOLDERS:
            _replace(data / folder, Path(scratch) / folder, aside)
        if not any(aside.iterdir()):
            aside.rmdir()
    connections.close_all()
    call_command("migrate", verbosity=0, interactive=False)


def _fits(manifest: Manifest, chain_key: bytes, vendor: str) -> None:
    if manifest.sealed_with != archive.key_mark(chain_key):
        raise BackupFault(
            "the archive was taken under other keys; put its key file in place (KEYS_FILE) first"
        )
    if manifest.vendor != vendor:
        raise BackupFault(f"the archive is of {manifest.vendor}, and DATABASE_URL names {vendor}")


def _replace_sqlite(scratch: Path, database: Path, aside: Path) -> None:
    from django.db import connections

    from nuanxin.config.backups import sqlite

    sqlite.check(scratch / sqlite.DUMP)
    connections.close_all()
    for suffix in ("-wal", "-shm", ""):  # a log of the old database must never be played into the new one
        old = database.with_name(database.name + suffix)
        if old.exists():
            old.replace(aside / old.name)
    shutil.move(scratch / sqlite.DUMP, database)


def _replace_postgresql(scratch: Path, manifest: Manifest) -> None:
    from nuanxin.config.backups import postgresql

    postgresql.load(scratch, manifest.migrations)


def _replace(target: Path, source: Path, aside: Path) -> None:
    if target.exists():
        target.replace(aside / target.name)
    if source.exists():
        shutil.move(source, target)


def _holds_data() -> bool:
    """Whether somebody has used this installation: an event was written, or there is a staff account."""
    from django.db import connection

    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables & {"audit_event", "accounts_staff"}:
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - names above
            if cursor.fetchone() is not None:
                return True
    return False


@contextmanager
def _nobody_at_work() -> Iterator[None]:
    """Hold the locks of server and worker. Raises BackupFault while either runs here."""
    from django.conf import settings

    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    files = []
    try:
        for name in LOCKS:
            file = (data / name).open("w")
            files.append(file)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupFault("stop `nuanxin serve` and `nuanxin work` first") from None
        yield
    finally:
        for file in files:
            file.close()


def _verify() -> int:
    from nuanxin.audit.verify import verify

    fault = next(iter(verify(None)), None)
    if fault is not None:
        print(f"nuanxin restore: the event log of the archive is broken: {fault}", file=sys.stderr)
        return 1
    print("restored; the event log is whole")
    return 0
