"""Taking times: medians of repeats, p50 and p99 of single questions, CPU beside wall."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def each(ask: Callable[[int], object], count: int, seconds: float = 30.0) -> dict[str, float]:
    """Ask ``count`` questions one by one, or as many as ``seconds`` allow: microseconds at p50, p99 and of CPU."""
    ask(0)
    taken: list[int] = []
    spent, until = time.process_time_ns(), time.perf_counter_ns() + seconds * 1e9
    for number in range(count):
        began = time.perf_counter_ns()
        ask(number)
        taken.append(time.perf_counter_ns() - began)
        if taken and began > until:
            break
    count = len(taken)
    cpu = (time.process_time_ns() - spent) / count
    taken.sort()
    return {
        "questions": count,
        "p50_us": round(taken[count // 2] / 1e3, 2),
        "p99_us": round(taken[min(count - 1, count * 99 // 100)] / 1e3, 2),
        "cpu_us": round(cpu / 1e3, 2),
    }


def repeated(work: Callable[[], T], times: int) -> tuple[dict[str, float], T]:
    """Do the same work several times: median and worst wall milliseconds, CPU milliseconds a time; the last result."""
    result = work()
    taken, spent = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        taken.append((time.perf_counter() - began) * 1e3)
    cpu = (time.process_time() - spent) * 1e3 / times
    return {
        "median_ms": round(statistics.median(taken), 3), "worst_ms": round(max(taken), 3), "cpu_ms": round(cpu, 3)
    }, result  # fmt: skip


def ratio(ours: dict[str, float], peer: dict[str, float], *keys: str) -> dict[str, float]:
    """Ours as a part of the peer's, for each measure."""
    return {key: round(ours[key] / peer[key], 4) for key in keys}


def peak_mib() -> int:
    """The most memory this process has held, mapped files that it touched included, in MiB."""
    # not getrusage: its figure starts with that of the process that started this one
    lines = Path("/proc/self/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024)


def summed(parts: Sequence[dict[str, Any]], key: str) -> float:
    """The sum of one measure over parts."""
    return round(sum(float(part[key]) for part in parts), 3)
