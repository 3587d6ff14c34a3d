"""A register of invented cases that measurements open: one folder under var/bench with its database and keys."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(os.environ.get("BENCH_DIR", ROOT / "var" / "bench"))
DATABASES = ("sqlite", "postgresql")
# What PostgreSQL's manual recommends on a machine of this size; durability stays on.
POSTGRESQL = (
    "-c", "shared_buffers=1GB", "-c", "effective_cache_size=4GB", "-c", "max_wal_size=8GB",
    "-c", "random_page_cost=1.1", "-c", "checkpoint_timeout=15min",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A register that is ready: the environment that leads to it, and PostgreSQL's main process (0 for SQLite)."""

    environment: Mapping[str, str]
    database_pid: int = 0


@dataclass(frozen=True, slots=True)
class Register:
    """One database of one size."""

    database: str
    cases: int

    @property
    def folder(self) -> Path:
        """Where all of it lies."""
        return KEPT / f"{self.database}-{self.cases}"

    @property
    def filled(self) -> bool:
        """Whether a fill has ended here."""
        return (self.folder / "filled.json").exists()

    def told(self) -> dict[str, Any]:
        """What the fill told when it ended."""
        found: dict[str, Any] = json.loads((self.folder / "filled.json").read_text())
        return {"database": self.database, "cases": self.cases, **found}

    def mark(self, told: Mapping[str, Any]) -> None:
        """Note that a fill has ended."""
        (self.folder / "filled.json").write_text(json.dumps(told))

    def remove(self) -> None:
        """Throw it away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def freshen(self) -> None:
        """Bring tables and static files of an earlier fill to the code of today."""
        with self.open() as opened:
            for command in (["migrate"], ["collectstatic", "--noinput"]):
                subprocess.run(
                    [sys.executable, "-m", "nuanxin", *command],
                    env={**os.environ, **opened.environment}, check=True, stdout=subprocess.DEVNULL,
                )  # fmt: skip

    @contextmanager
    def open(self) -> Iterator[Opened]:
        """Have its database running for a while."""
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = {
            "DATA_DIR": str(self.folder), "NUANXIN_DEMO": "1", "RATE_LIMIT": "off",
            "DJANGO_SETTINGS_MODULE": "nuanxin.config.settings",
        }  # fmt: skip
        if self.database == "sqlite":
            yield Opened({**environment, "DATABASE_URL": f"sqlite:///{self.folder}/nuanxin.sqlite3"})
            return
        from tests.postgresql import Server

        server = Server(options=POSTGRESQL, folder=self.folder / "postgresql")
        try:
            yield Opened({**environment, "DATABASE_URL": server.url}, server.pid)
        finally:
            server.stop()


def configure(opened: Opened) -> None:
    """Make this process work on a register; once in a process."""
    os.environ.update(opened.environment)
    import django

    django.setup()
