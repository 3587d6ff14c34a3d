"""The test harness: which database, a folder of its own, no network, triggers that outlive a flush.

``--database sqlite`` (default) uses a file, so that several connections see the same rows, as in production.
``--database postgresql`` starts a server from a wheel, or uses TEST_DATABASE_URL. Every test that touches the
database gets the mark ``database``, so that one selection runs on both.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "live_server",
    "django_db_reset_sequences",
    "_django_db_helper",
}
# Files that run before all others. The log tests look at all that a process writes, before a browser or a server
# shares it. The others are the longest: two processes take file after file, and whoever took one of these last
# would work on alone.
FIRST = (
    "test_logs.py",
    "test_published.py",
    "test_staff.py",
    "test_portal.py",
    "test_processes.py",
    "test_routes.py",
    "test_install.py",
    "test_crash.py",
    "test_schema.py",
    "test_regions.py",
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
KEPT = {
    "network_region",
    "hotline_wrapupcode",
    "hotline_category",
}  # what only a migration writes: a flush leaves it alone
_owned: list[Any] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="which database")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set the environment before Django reads it. The first process starts the server for all."""
    folder = tempfile.mkdtemp(prefix="nuanxin-test-")
    _owned.append(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.mkdir(f"{folder}/static")
    os.environ["DATA_DIR"] = folder  # never the developer's own data
    os.environ.pop("KEYS_FILE", None)
    if config.getoption("--database") == "postgresql":
        if "TEST_DATABASE_URL" not in os.environ:
            from tests.postgresql import Server

            server = Server()
            _owned.append(server.stop)
            os.environ["TEST_DATABASE_URL"] = server.url
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/nuanxin.sqlite3"
    os.environ["DJANGO_SETTINGS_MODULE"] = "nuanxin.config.settings"
    from django.conf import settings

    _ = settings.INSTALLED_APPS  # pytest-django sets up Django only where the settings have been read


def pytest_unconfigure(config: pytest.Config) -> None:
    while _owned:
        _owned.pop()()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: FIRST.index(item.path.name) if item.path.name in FIRST else len(FIRST))
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)
        if item.get_closest_marker("journey") and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="not run: no Chromium; apt-get install chromium"))


def pytest_collection_finish() -> None:
    """Thousands of collected tests and all modules stay to the end: the collector need not walk them ever again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Tests reach this machine's loopback and nothing else."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if not (host.startswith("127.") or host in {"::1", "localhost"}):
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _own_directory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test sees its own agencies, points and roads: what a process remembers is forgotten between tests."""
    if request.node.get_closest_marker("database") is None:
        yield
        return
    from nuanxin.network import directory, picture, roads

    for remembered in (directory, picture, roads):
        remembered.forget()
    yield
    for remembered in (directory, picture, roads):
        remembered.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Have ids in hand for the whole run, so that no test's statement count depends on who came before."""
    from nuanxin.audit import ids

    with django_db_blocker.unblock():
        ids.ensure(1 << 22)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make the flush after a transactional test pass the triggers of the event log, and leave what migrations
    brought, as in production: regions and the national intake desk."""
    # The base modules first: an operations module cannot be the first of its backend to be imported.
    from django.db.backends.postgresql import base as _postgresql  # noqa: F401, I001
    from django.db.backends.sqlite3 import base as _sqlite3  # noqa: F401
    from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
    from django.db.backends.sqlite3.operations import DatabaseOperations as SQLite

    _tame_flush(SQLite, _without_sqlite_triggers)
    _tame_flush(PostgreSQL, _without_postgresql_triggers)


def _tame_flush(operations: Any, without_triggers: Any) -> None:
    statements, execute = operations.sql_flush, operations.execute_sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> Any:
        return statements(self, style, [table for table in tables if table not in KEPT], **options)

    def execute_sql_flush(self: Any, sql: list[str]) -> None:
        from nuanxin.network import directory
        from nuanxin.network.loading import open_national_intake
        from nuanxin.network.models import Agency

        with without_triggers(self.connection):
            execute(self, sql)
        open_national_intake(Agency)
        directory.changed()

    operations.sql_flush, operations.execute_sql_flush = sql_flush, execute_sql_flush


@contextmanager
def _without_sqlite_triggers(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql IS NOT NULL")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, statement in triggers:
            cursor.execute(statement)


@contextmanager
def _without_postgresql_triggers(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
