"""Figures for Prometheus: requests of all server processes, and how the background work stands.

``nuanxin serve`` gives its processes one folder (PROMETHEUS_MULTIPROC_DIR) so that each scrape sees them all.
Labels are routes, methods, status codes and job names: never a number, a name or an address.
"""

from __future__ import annotations

import os
from datetime import datetime

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client import REGISTRY as PROCESS
from prometheus_client.multiprocess import MultiProcessCollector

from nuanxin.config import schedule

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS = Counter("nuanxin_requests_total", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram(
    "nuanxin_request_seconds",
    "Time to answer.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request. An invented method counts as OTHER, so that nobody can grow the labels."""
    REQUESTS.labels(method if method in METHODS else "OTHER", route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def exposition(at: datetime) -> tuple[bytes, str]:
    """The text for one scrape and its content type."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        body = generate_latest(registry)
    else:
        body = generate_latest(PROCESS)
    return body + generate_latest(_work(at)), CONTENT_TYPE_LATEST


def _work(at: datetime) -> CollectorRegistry:
    registry = CollectorRegistry()
    age = Gauge("nuanxin_job_age_seconds", "Since a job last ended well.", ("job",), registry=registry)
    failures = Gauge("nuanxin_job_failures", "Failures in a row.", ("job",), registry=registry)
    for job in schedule.state():
        failures.labels(job.name).set(job.failures)
        if job.succeeded_at is not None:
            age.labels(job.name).set((at - job.succeeded_at).total_seconds())
    heartbeat = schedule.seconds_since_heartbeat(at)
    if heartbeat is not None:
        Gauge("nuanxin_worker_heartbeat_seconds", "Since a worker last reported.", registry=registry).set(
            heartbeat
        )
    return registry
