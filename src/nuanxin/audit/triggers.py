"""Triggers that make the database itself refuse to change or delete events, on SQLite and PostgreSQL.

A later migration that makes SQLite rebuild ``audit_event`` or ``audit_head`` drops them: it must run
``install`` again. ``audit verify`` reports any that is missing.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_STAYS = "events are append-only"
_FORWARD = "the head of a stream only moves forward"

# INSERT OR REPLACE deletes rows without telling delete triggers, hence the one on insert.
_SQLITE = {
    "audit_event_no_update": f"BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END",
    "audit_event_no_delete": f"BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END",
    "audit_event_no_replace": (
        "BEFORE INSERT ON audit_event WHEN EXISTS "
        "(SELECT 1 FROM audit_event WHERE id = NEW.id OR (stream = NEW.stream AND seq = NEW.seq)) "
        "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    ),
    "audit_head_no_delete": f"BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, '{_FORWARD}'); END",
    "audit_head_forward": (
        "BEFORE UPDATE ON audit_head WHEN NEW.stream <> OLD.stream OR NEW.seq < OLD.seq "
        "OR (NEW.seq = OLD.seq AND NEW.mac <> OLD.mac) "
        f"BEGIN SELECT RAISE(ABORT, '{_FORWARD}'); END"
    ),
}

_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_REFUSE = "EXECUTE FUNCTION audit_refuse('{}')"
_POSTGRESQL = {
    "audit_event_no_change": (
        f"BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW {_REFUSE.format(_STAYS)}"
    ),
    "audit_event_no_truncate": f"BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT {_REFUSE.format(_STAYS)}",
    "audit_head_no_delete": f"BEFORE DELETE ON audit_head FOR EACH ROW {_REFUSE.format(_FORWARD)}",
    "audit_head_no_truncate": (
        f"BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT {_REFUSE.format(_FORWARD)}"
    ),
    "audit_head_forward": (
        "BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NEW.stream <> OLD.stream OR NEW.seq < OLD.seq "
        f"OR (NEW.seq = OLD.seq AND NEW.mac <> OLD.mac)) {_REFUSE.format(_FORWARD)}"
    ),
}


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


def _table(name: str) -> str:
    return "audit_event" if name.startswith("audit_event") else "audit_head"


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger, replacing older versions."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, body in _wanted(connection).items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger: for undoing the migration, and for tests that tamper."""
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            on = f" ON {_table(name)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that the database lacks or has switched off."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in _wanted(connection) if name not in present]
