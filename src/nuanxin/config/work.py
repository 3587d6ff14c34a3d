"""``nuanxin work``: runs the periodic jobs of every room, each on its own thread, so that a slow SMS gateway
does not hold up the clocks.

One worker has the work at a time, by a lock that the operating system or PostgreSQL frees when its process
dies; a second worker stands by and takes over within seconds.
"""

from __future__ import annotations

import fcntl
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from nuanxin.config import schedule
from nuanxin.config.schedule import Periodic, Standing

REPORT_EVERY = 5.0  # seconds between heartbeats
STAND_BY = 3.0  # seconds between looks whether the work is free
LONGEST_BACKOFF = 600.0
ADVISORY_LOCK = 0x6E75616E78696E  # "nuanxin" in ASCII: one number for this purpose in the whole database
GIVES_BACK = (
    10.0  # seconds between runs from which on a job keeps no connection: opening one costs milliseconds
)
GRACE = 30.0  # seconds that running jobs get to finish

log = structlog.get_logger("nuanxin.work")


class Stop(threading.Event):
    """Set by SIGTERM or SIGINT, or when the lock is lost."""


def main(jobs: list[Periodic], *, once: bool = False) -> int:
    """Run until told to stop. ``once``: each job one time, in order; 1 when any failed."""
    if once:
        standings = {job.name: Standing() for job in jobs}
        for job in jobs:
            run_once(job, standings[job.name])
        schedule.save(standings.items(), datetime.now(UTC))
        return int(any(standing.failures for standing in standings.values()))
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with sole_worker(stop) as alive:
        if alive is None:
            return 0
        return _work(jobs, stop, alive)


def _work(jobs: list[Periodic], stop: Stop, alive: Any) -> int:
    standings = {job.name: Standing() for job in jobs}
    threads = [
        threading.Thread(target=_loop, args=(job, standings[job.name], stop), name=job.name, daemon=True)
        for job in jobs
    ]
    for thread in threads:
        thread.start()
    print(f"working: {', '.join(job.name for job in jobs) or 'no jobs'}", flush=True)
    told: dict[str, int] = {}
    code = 0
    while not stop.wait(REPORT_EVERY):
        try:
            alive()
            schedule.save(standings.items(), datetime.now(UTC))
        except DatabaseError as fault:
            # Without the lock another worker may be at work: give way, the supervisor starts us anew.
            log.error("worker.lost_database", error=type(fault).__name__)
            code = 1
            stop.set()
        _tell(standings, told)
    for thread in threads:
        thread.join(GRACE)
    return code


def _tell(standings: dict[str, Standing], told: dict[str, int]) -> None:
    news = [
        f"{name} {s.done - told.get(name, 0)}" for name, s in standings.items() if s.done > told.get(name, 0)
    ]
    told.update({name: s.done for name, s in standings.items()})
    if news:
        print(f"{datetime.now(UTC):%H:%M:%S} done: {', '.join(news)}", flush=True)


def _loop(job: Periodic, standing: Standing, stop: Stop) -> None:
    while not stop.wait(pause(job.every, standing.failures) if standing.started_at else 0):
        run_once(job, standing)
        # Two dozen jobs would hold two dozen of the server's connections open, nearly always for nothing.
        (connections.close_all if job.every >= GIVES_BACK else close_old_connections)()
    connections.close_all()


def pause(every: float, failures: int) -> float:
    """Seconds until the next run: the job's own pace, doubled for each failure in a row up to ten minutes."""
    return every if not failures else max(every, min(LONGEST_BACKOFF, every * 2.0 ** min(failures, 16)))


def run_once(job: Periodic, standing: Standing) -> None:
    """Run a job now and note how it went. An error is noted and logged: the next run may succeed."""
    at = datetime.now(UTC)
    standing.started_at = at
    try:
        standing.done += job.run(at) or 0
    except Exception as fault:
        standing.failures += 1
        standing.last_error = type(fault).__name__
        log.exception("job.failed", job=job.name, failures=standing.failures)
    else:
        standing.failures, standing.last_error, standing.succeeded_at = 0, "", datetime.now(UTC)


@contextmanager
def sole_worker(stop: Stop) -> Iterator[Any]:
    """Wait until the work is ours; yields a callable that raises DatabaseError when the lock is lost, or None
    when told to stop while waiting."""
    take = _file_lock if connections["default"].vendor == "sqlite" else _advisory_lock
    waited = False
    while not stop.is_set():
        with take() as alive:
            if alive is not None:
                yield alive
                return
        if not waited:
            print("another worker has the work; standing by", file=sys.stderr, flush=True)
            waited = True
        stop.wait(STAND_BY)
    yield None


@contextmanager
def _file_lock() -> Iterator[Any]:
    with (Path(settings.DATA_DIR) / "work.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lambda: None


@contextmanager
def _advisory_lock() -> Iterator[Any]:
    # A connection of its own: the lock lives as long as it does, whatever jobs do to theirs.
    own = connections.create_connection("default")
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
            (taken,) = cursor.fetchone()

        def alive() -> None:
            with own.cursor() as cursor:
                cursor.execute("SELECT 1")

        yield alive if taken else None
    finally:
        own.close()
