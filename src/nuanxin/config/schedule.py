"""The table of periodic jobs, and how they stand.

A room registers its jobs in its ``jobs`` module: ``PERIODIC = [(name, every_seconds, callable)]``. A callable
takes ``at`` (aware, now) and returns how many things it did, or None. It must be safe to run again after a
crash in its middle; ``nuanxin work`` never runs the same job twice at once.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec

from django.apps import apps
from django.db import DatabaseError

from nuanxin.audit.transactions import write
from nuanxin.config.models import JobState

HEARTBEAT = "heartbeat"  # written by the worker itself: it lives, whether or not there is work


@dataclass(frozen=True, slots=True)
class Periodic:
    """One job and its pace in seconds."""

    name: str
    every: float
    run: Callable[[datetime], int | None]


@dataclass(slots=True)
class Standing:
    """What the worker knows of a job since it started; saved now and then."""

    started_at: datetime | None = None
    succeeded_at: datetime | None = None
    done: int = 0
    failures: int = 0
    last_error: str = ""


def periodic_jobs() -> list[Periodic]:
    """Every room's jobs, lowest room first. Raises ValueError when two share a name."""
    jobs: list[Periodic] = []
    for app in apps.get_app_configs():
        module = f"{app.name}.jobs"
        if app.name.startswith("nuanxin.") and find_spec(module) is not None:
            table = getattr(importlib.import_module(module), "PERIODIC", [])
            jobs += [Periodic(name, every, run) for name, every, run in table]
    names = [job.name for job in jobs] + [HEARTBEAT]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise ValueError(f"two jobs are called {', '.join(sorted(doubled))}")
    return jobs


def save(standings: Iterable[tuple[str, Standing]], at: datetime) -> None:
    """Store how the jobs stand, and that the worker lives, in one transaction."""
    rows = [
        JobState(
            name=name,
            started_at=s.started_at,
            succeeded_at=s.succeeded_at,
            done=s.done,
            failures=s.failures,
            last_error=s.last_error,
        )
        for name, s in standings
    ]
    rows.append(JobState(name=HEARTBEAT, started_at=at, succeeded_at=at))
    fields = ["started_at", "succeeded_at", "done", "failures", "last_error"]
    with write():
        JobState.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["name"], update_fields=fields
        )


def state() -> list[JobState]:
    """Every job that has ever run, by name; empty while the database is not migrated."""
    try:
        return list(JobState.objects.exclude(name=HEARTBEAT).order_by("name"))
    except DatabaseError:
        return []


def seconds_since_heartbeat(at: datetime) -> float | None:
    """How long ago a worker last reported, in seconds; None when none ever has."""
    seen = JobState.objects.filter(name=HEARTBEAT).values_list("succeeded_at", flat=True).first()
    return None if seen is None else round((at - seen).total_seconds(), 1)
