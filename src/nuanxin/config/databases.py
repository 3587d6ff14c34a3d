"""One place that turns DATABASE_URL into tuned Django database settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from nuanxin.config.environment import EnvironmentFault

# Why each: WAL lets readers go on while one writes; FULL keeps every acknowledged submission over a power
# cut; mmap and cache keep a million-row queue in memory; temp tables stay off the disk.
SQLITE_INIT = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=1073741824; "
    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
)


def database_settings(url: str) -> dict[str, Any]:
    """Django's DATABASES["default"] for a sqlite:/// or postgresql:// url. Raises EnvironmentFault."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # sqlite:////absolute and sqlite:///absolute both mean a path from the root: one form to remember.
        name = "/" + unquote(parts.path).lstrip("/")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            # IMMEDIATE: two writers meet at BEGIN and wait, not in mid-transaction and fail.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_INIT},
            "CONN_MAX_AGE": None,
            # a file, not memory: tests open several connections, as production does
            "TEST": {"NAME": f"{name}.test"},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"application_name": "nuanxin"},
        }
    raise EnvironmentFault(f"DATABASE_URL takes sqlite:///path or postgresql://…, not {parts.scheme!r}")
