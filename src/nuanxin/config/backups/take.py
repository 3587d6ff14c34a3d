"""``nuanxin backup FILE``: one archive, consistent, while the service goes on."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from nuanxin import __version__
from nuanxin.config.backups import archive
from nuanxin.config.backups.archive import BackupFault, Manifest


def main(arguments: Sequence[str]) -> int:
    """Make an archive. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="nuanxin backup",
        description="One archive of database, evidence and exported chain heads; never the keys.",
    )
    parser.add_argument(
        "file", type=Path, help="the archive to write; it replaces one of that name when complete"
    )
    parser.add_argument("--json", action="store_true", help="tell size and counts as JSON")
    options = parser.parse_args(arguments)
    django.setup()
    if not options.file.absolute().parent.is_dir():
        print(f"nuanxin backup: there is no folder {options.file.absolute().parent}", file=sys.stderr)
        return 2
    try:
        figures = take(options.file.absolute(), datetime.now(UTC))
    except (BackupFault, OSError) as fault:
        print(f"nuanxin backup: {fault}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(figures))
    else:
        print(f"{options.file}: {figures['bytes'] / 1e6:.1f} MB, {figures['evidence']} evidence files.")
        print("The keys are not in it: keep them elsewhere, without them it cannot be read.")
    return 0


def take(target: Path, at: datetime) -> dict[str, Any]:
    """Write the archive. Returns its figures.

    Heads and database are copied with no export between them, so that the archive's two sides agree. The
    evidence comes after: a file is kept before the row that names it, so every file that the copied rows
    name is there.
    """
    from django.conf import settings
    from django.db import connection

    from nuanxin.audit.checkpoints import alone

    manifest = Manifest(
        format=archive.FORMAT,
        version=__version__,
        taken_at=at.isoformat(),
        vendor=connection.vendor,
        sealed_with=archive.key_mark(settings.KEYS.chain),
        migrations=_leaves(),
    )
    with tempfile.TemporaryDirectory(prefix=".nuanxin-backup-", dir=target.parent) as scratch:
        with alone() as heads:
            shutil.copytree(heads, Path(scratch) / "heads", ignore=shutil.ignore_patterns(".*"))
            files = _dump(Path(scratch))
        files += archive.files_under(Path(scratch), "heads")
        files += archive.files_under(Path(settings.DATA_DIR), "evidence")
        whole = archive.pack(target, manifest, files)
    evidence = sum(member.name.startswith("evidence/") for member in whole.members)
    return {
        "file": str(target),
        "bytes": target.stat().st_size,
        "members": len(whole.members),
        "evidence": evidence,
    }


def _dump(scratch: Path) -> list[tuple[str, Path]]:
    from django.db import connection

    if connection.vendor == "sqlite":
        from nuanxin.config.backups import sqlite

        return [(sqlite.DUMP, sqlite.dump(Path(str(connection.settings_dict["NAME"])), scratch))]
    from nuanxin.config.backups import postgresql

    return postgresql.dump(scratch)


def _leaves() -> dict[str, str]:
    """The last applied migration of each app, in an order in which they can be applied."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    # Plans of several apps overlap: each migration counts where it first stands, or an app that leans on an early
    # one of another would send that other back to it.
    plans = (loader.graph.forwards_plan(leaf) for leaf in loader.graph.leaf_nodes())
    ordered = dict.fromkeys(key for plan in plans for key in plan)
    applied = loader.applied_migrations
    return {app: name for app, name in ordered if (app, name) in applied}
