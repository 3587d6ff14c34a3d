"""From measurements to figures: medians of repeats, and the best public peer's beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from bench.load import Timed
from bench.machine import Meter

# ministryofjustice/cla_backend, the UK's Civil Legal Advice back end: run by us on a machine of the same size in
# 2026 with PostgreSQL 15 and 50,000 invented cases, closed loop over loopback. CPU is application + database in
# milliseconds an operation; p50 and p99 in milliseconds. The machine was shared, so CPU is the sounder figure.
PEER: dict[str, Any] = {
    "what": "ministryofjustice/cla_backend (UK Civil Legal Advice), same method, 50,000 cases, PostgreSQL",
    "create": {"cpu_app": 134, "cpu_database": 88, "clients_1": {"p50": 184, "p99": 569},
               "clients_4": {"p50": 422, "p99": 943}},
    "list_page_1": {"cpu_app": 61, "cpu_database": 192, "queries": 44, "clients_1": {"p50": 155, "p99": 335},
                    "clients_4": {"p50": 437, "p99": 885}},
    "list_page_1000": {"cpu_app": 48, "cpu_database": 337, "clients_1": {"p50": 420, "p99": 724},
                       "clients_4": {"p50": 1236, "p99": 2153}},
    "search_number": {"cpu_app": 19, "cpu_database": 37, "clients_1": {"p50": 53, "p99": 77},
                      "clients_4": {"p50": 124, "p99": 375}},
    "search_phone": {"cpu_app": 18, "cpu_database": 34, "clients_1": {"p50": 48, "p99": 216},
                     "clients_4": {"p50": 133, "p99": 309}},
    "search_name": {"cpu_app": 56, "cpu_database": 139, "clients_1": {"p50": 248, "p99": 456},
                    "clients_4": {"p50": 491, "p99": 1772}},
    "search_name_longer": {"cpu_app": 33, "cpu_database": 400, "clients_1": {"p50": 480, "p99": 639},
                           "clients_4": {"p50": 1470, "p99": 2042}},
    "move": {"cpu_app": 28, "cpu_database": 21},
}  # fmt: skip


def at(seconds: Sequence[float], part: float) -> float:
    """A quantile of sorted seconds, in milliseconds."""
    return round(seconds[min(len(seconds) - 1, int(len(seconds) * part))] * 1e3, 2)


def repeated(times: int, once: Callable[[], tuple[Timed, Meter]]) -> dict[str, Any]:
    """Run ``once`` so many times; the medians, with the load average that ran beside."""
    runs = [_one(*once()) for _ in range(times)]
    figures = {name: round(median(run[name] for run in runs), 2) for name in runs[0]}
    figures["errors"] = int(sum(run["errors"] for run in runs))
    return {**figures, "repeats": times, "load_average": round(os.getloadavg()[0], 2)}


def _one(timed: Timed, meter: Meter) -> dict[str, float]:
    count = len(timed.seconds)
    cost = meter.cost(count)
    return {
        "operations": count, "cpu_app": cost.app, "cpu_database": cost.database, "cpu": cost.app + cost.database,
        "p50": at(timed.seconds, 0.5), "p99": at(timed.seconds, 0.99), "per_second": count / timed.elapsed,
        "errors": timed.errors,
    }  # fmt: skip
