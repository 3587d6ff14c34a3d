"""``nuanxin doctor``: is everything that this installation needs there and in order?"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import django

if TYPE_CHECKING:
    from nuanxin.network.models import Agency

LEAST_DISK = 2 * 1024**3  # bytes
QUIET_WORKER = 60  # seconds
MOST_NAMED = 5  # offices that a finding names
CLOCK_DIFFERENCE = 5  # seconds between this machine and its database
LAST_MONTH = 12
SQLITE_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
POSTGRESQL_SETTINGS = {"fsync": "on", "synchronous_commit": ("on", "local", "remote_write", "remote_apply")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check. ``state``: ok; warn (works, but look); fault (must be put right)."""

    check: str
    state: str
    detail: str


def main(arguments: Sequence[str]) -> int:
    """Run every check. Returns 1 when one found a fault."""
    parser = argparse.ArgumentParser(prog="nuanxin doctor", description="Check what this installation needs.")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    django.setup()
    findings = [finding for check in CHECKS for finding in _safely(check)]
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{finding.state:<5}  {finding.check:<12} {finding.detail}")
    return int(any(finding.state == "fault" for finding in findings))


def _safely(check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except Exception as fault:  # a check that breaks has found something, and the others still run
        return [Finding(check.__name__.removeprefix("_"), "fault", f"{type(fault).__name__}: {fault}")]


def _keys() -> Iterator[Finding]:
    from django.conf import settings

    path = settings.KEYS_FILE.path
    inside = Path(settings.DATA_DIR) in path.parents
    yield Finding(
        "keys", "ok", f"{path}, active key {settings.KEYS.active}, mode {path.stat().st_mode & 0o777:o}"
    )
    if inside and not settings.DEMO:
        yield Finding("keys", "warn", "the keys lie beside the data; put them elsewhere and set KEYS_FILE")


def _database() -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, wanted in SQLITE_PRAGMAS.items():
                cursor.execute(f"PRAGMA {name}")
                (value,) = cursor.fetchone()
                yield Finding("database", "ok" if value == wanted else "fault", f"SQLite {name} = {value}")
            return
        for name, allowed in POSTGRESQL_SETTINGS.items():
            cursor.execute(f"SHOW {name}")
            (value,) = cursor.fetchone()
            yield Finding("database", "ok" if value in allowed else "fault", f"PostgreSQL {name} = {value}")


def _migrations() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    open_ones = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if open_ones:
        yield Finding("migrations", "fault", f"{len(open_ones)} to apply; run: nuanxin migrate")
    else:
        yield Finding("migrations", "ok", "all applied")


def _triggers() -> Iterator[Finding]:
    from django.db import connection

    from nuanxin.audit import triggers

    missing = triggers.missing(connection)
    detail = f"missing: {', '.join(missing)}" if missing else "the event log refuses changes"
    yield Finding("event log", "fault" if missing else "ok", detail)


def _disk() -> Iterator[Finding]:
    from django.conf import settings

    free = shutil.disk_usage(settings.DATA_DIR).free
    yield Finding(
        "disk", "ok" if free >= LEAST_DISK else "fault", f"{free / 1e9:.1f} GB free for {settings.DATA_DIR}"
    )


def _clock() -> Iterator[Finding]:
    from django.db import connection

    here = datetime.now(UTC)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (there,) = cursor.fetchone()
        apart = abs((there - here).total_seconds())
        state = "ok" if apart <= CLOCK_DIFFERENCE else "fault"
        yield Finding("clock", state, f"{apart:.1f} s apart from the database server")
    from nuanxin.config.models import JobState

    newest = JobState.objects.order_by("-succeeded_at").values_list("succeeded_at", flat=True).first()
    if newest is not None and (newest - here).total_seconds() > CLOCK_DIFFERENCE:
        yield Finding(
            "clock", "fault", f"work is on file for {newest:%Y-%m-%d %H:%M}, which lies ahead of this clock"
        )
    else:
        yield Finding(
            "clock", "ok", f"{here:%Y-%m-%d %H:%M:%S} UTC; see that time synchronisation (NTP) is on"
        )


def _fonts() -> Iterator[Finding]:
    lister = shutil.which("fc-list")
    found = (
        lister and subprocess.run([lister, ":lang=zh"], capture_output=True, text=True, check=False).stdout
    )
    if found:
        yield Finding("fonts", "ok", f"{len(found.splitlines())} Chinese fonts")
    else:
        yield Finding(
            "fonts", "warn", "no Chinese font found; on Debian or Ubuntu: apt-get install fonts-noto-cjk"
        )


def _scanner() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.CLAMD:
        yield Finding("scanner", "warn", "CLAMD is not set: uploads are not scanned, and say so")
        return
    answered = _answers(settings.CLAMD)
    yield Finding(
        "scanner",
        "ok" if answered else "fault",
        f"clamd at {settings.CLAMD}" + ("" if answered else " does not answer"),
    )


def _gateway() -> Iterator[Finding]:
    from django.conf import settings

    url = settings.SMS_GATEWAY_URL
    if not url:
        state = "ok" if settings.DEMO else "warn"
        yield Finding(
            "SMS gateway",
            state,
            "SMS_GATEWAY_URL is not set: a demonstration keeps texts, an installation lets them wait",
        )
        return
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    answered = _answers(f"{parts.hostname}:{port}")
    state = (
        "ok"
        if answered and (parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"})
        else "fault"
    )
    detail = "answers" if answered else "cannot be reached"
    yield Finding("SMS gateway", state, f"{parts.hostname} {detail}, over {parts.scheme}")


def _worker() -> Iterator[Finding]:
    from nuanxin.config import schedule

    ago = schedule.seconds_since_heartbeat(datetime.now(UTC))
    if ago is None or ago > QUIET_WORKER:
        told = "has never reported" if ago is None else f"last reported {ago:.0f} s ago"
        yield Finding("worker", "fault", f"{told}; start: nuanxin work")
    else:
        yield Finding("worker", "ok", f"reported {ago:.0f} s ago")
    for job in schedule.state():
        if job.failures:
            yield Finding(
                "worker", "fault", f"{job.name} failed {job.failures} times in a row: {job.last_error}"
            )


def _voice() -> Iterator[Finding]:
    from nuanxin.hotline.gateway.run import last_report
    from nuanxin.hotline.models import Exchange

    for exchange in Exchange.objects.filter(kind=Exchange.Kind.ARI, active=True).order_by("pk"):
        at, untold, unheard = last_report(exchange.pk)
        ago = (datetime.now(UTC) - at).total_seconds() if at else None
        if ago is None or ago > QUIET_WORKER:
            told = "has never reported here" if ago is None else f"last reported {ago:.0f} s ago"
            yield Finding(
                "telephone", "fault", f"the gateway of exchange {exchange.pk} {told};"
                f" start: nuanxin hotline gateway --exchange {exchange.pk}",
            )  # fmt: skip
        else:
            state = "warn" if untold or unheard else "ok"
            lacks = f", {unheard} recorded sentences missing (nuanxin hotline prompts)" if unheard else ""
            yield Finding(
                "telephone",
                state,
                f"exchange {exchange.pk} reported {ago:.0f} s ago, {untold} happenings untold{lacks}",
            )


def _duty() -> Iterator[Finding]:
    from nuanxin.accounts.queries import without_anybody
    from nuanxin.audit.actor import Role
    from nuanxin.cases.queries.queue import agencies_awaiting
    from nuanxin.network.models import Agency

    # From the table and not from the picture that the server keeps: this is another process.
    offices = list(Agency.objects.filter(active=True).exclude(kind=Agency.Kind.BUREAU).order_by("region"))
    silent = without_anybody(Role.DUTY_LAWYER, [one.region for one in offices], datetime.now(UTC))
    lost = [one for one in offices if one.region in silent]
    waiting = agencies_awaiting("answer") & {one.pk for one in lost}
    if waiting:
        stuck = [one for one in lost if one.pk in waiting]
        yield Finding("questions", "fault", f"questions wait where no duty lawyer can answer: {_some(stuck)}")
    if lost:
        yield Finding(
            "questions", "warn", f"{len(lost)} of {len(offices)} agencies have no duty lawyer: {_some(lost)}; "
            "grant the role there, or in the city or province above",
        )  # fmt: skip
    else:
        yield Finding("questions", "ok", f"each of {len(offices)} agencies has a duty lawyer")


def _some(offices: Sequence[Agency]) -> str:
    """The first few offices by name, with their region."""
    named = [f"{one.name_en} ({one.region // 10**6:06d})" for one in offices[:MOST_NAMED]]
    return ", ".join(named) + (" …" if len(offices) > MOST_NAMED else "")


def _law() -> Iterator[Finding]:
    from nuanxin.law.calendar import known_years
    from nuanxin.law.parameters import load

    values, last = sum(map(len, load().values())), known_years()[-1]
    now = datetime.now(UTC)
    # the State Council publishes a year's holidays in the autumn before it
    missing = last < now.year or (last == now.year and now.month == LAST_MONTH)
    told = f"{values} dated values, holidays known to the end of {last}"
    yield Finding(
        "law", "warn" if missing else "ok", f"{told}; add {last + 1} to LAW_DATA" if missing else told
    )


def _settings() -> Iterator[Finding]:
    from django.conf import settings

    if settings.DEBUG:
        yield Finding("settings", "fault", "NUANXIN_DEBUG=1 shows inner workings to strangers")
    if settings.DEMO:
        yield Finding("settings", "warn", "this is a demo: its sign-ins are public")
    elif not settings.SESSION_COOKIE_SECURE:
        yield Finding("settings", "warn", "SECURE=1 is not set: cookies also travel over plain HTTP")
    if not settings.RATE_LIMIT:
        yield Finding("settings", "fault", "RATE_LIMIT=off is for load tests on this machine")
    yield Finding("settings", "ok", f"process {os.getpid()}, address {settings.BASE_URL}")


def _answers(place: str) -> bool:
    """Whether something listens at host:port or at a socket's path, within two seconds."""
    try:
        if place.startswith("/"):
            with socket.socket(socket.AF_UNIX) as unix:
                unix.settimeout(2)
                unix.connect(place)
        else:
            host, _, port = place.rpartition(":")
            socket.create_connection((host, int(port)), timeout=2).close()
    except (OSError, ValueError):
        return False
    return True


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _settings, _keys, _database, _migrations, _triggers, _disk, _clock, _fonts, _scanner, _gateway, _worker,
    _voice, _duty, _law,
)  # fmt: skip
