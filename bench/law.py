"""Speed of the law engine on typical claims: ``make bench-law [CLAIMS=540000] [PEER=1]``. Prints JSON.

540,000 workers is the country's year. Each claim comes in as a line of JSON and goes out as a line of JSON, as
``nuanxin law --batch`` reads and writes them: read, checked, every head worked out, limitation, final award, routes
and evidence, explained in two languages. One process, then two; and single claims one by one for p50 and p99.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import claims
from bench.machine import about
from bench.openfisca import measure_peer
from nuanxin.config.law_batch import as_line, batch
from nuanxin.law import answer

YEAR = 540_000
TARGET = {"claims_per_second_two_processes": 9_000, "p99_ms_of_one": 1.0}
_WARM = 2_000


@dataclass(frozen=True, slots=True)
class Options:
    """How many claims, from which seed, in how many processes, and whether the peer runs beside."""

    claims: int
    singles: int
    seed: int
    processes: Sequence[int]
    peer: bool


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    options = _read(arguments)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(claims.lines(options.claims, options.seed))
        found: dict[str, Any] = {"one_by_one": _one_by_one(options)}
        found["batch"] = [_batch(file, options.claims, processes) for processes in options.processes]
    told = {
        "what": "law",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": about(),
        "units": "p50_ms, p99_ms: wall time of one claim; cpu_ms: CPU time a claim, all processes together",
        "claims": options.claims,
        "seed": options.seed,
        "target": TARGET,
        "results": found,
    }
    if options.peer:
        told["peer"] = _beside(measure_peer(options.claims, options.seed), found)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def _read(arguments: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="bench.law", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=YEAR)
    parser.add_argument("--singles", type=int, default=20_000, help="claims measured one by one")
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--peer", action="store_true", help="OpenFisca-core on as many persons, in its own environment"
    )
    found = parser.parse_args(arguments)
    return Options(found.claims, found.singles, found.seed, found.processes, found.peer)


def _one_by_one(options: Options) -> dict[str, Any]:
    """Question in, body out and written as JSON, each timed by itself; no claim comes twice."""
    asked = list(claims.claims(options.singles + _WARM, options.seed + 1))
    seconds = []
    for number, question in enumerate(asked):
        began = time.perf_counter()
        body = answer("claim", question)
        written = as_line(body)
        taken = time.perf_counter() - began
        if "errors" in body:
            raise ValueError(f"a bad claim was invented: {body['errors']}")
        if number >= _WARM:
            seconds.append((taken, len(written)))
    sizes = [size for _, size in seconds]
    ordered = sorted(one for one, _ in seconds)
    return {
        "claims": len(seconds),
        "p50_ms": _quantile(ordered, 0.5),
        "p99_ms": _quantile(ordered, 0.99),
        "bytes_of_an_answer": round(sum(sizes) / len(sizes)),
    }


def _quantile(ordered: Sequence[float], part: float) -> float:
    """A quantile of sorted seconds, in milliseconds."""
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1e3, 3)


def _batch(file: Path, count: int, processes: int) -> dict[str, Any]:
    """The whole file through the door of the command line; the answers go to the null device."""
    with file.open(encoding="utf-8") as asked, open(os.devnull, "w", encoding="utf-8") as out:
        cpu, began = os.times(), time.perf_counter()
        status = batch(asked, out, processes)
        elapsed, spent = time.perf_counter() - began, os.times()
    if status:
        raise ValueError("a bad claim was invented")
    used = sum(spent[:4]) - sum(cpu[:4])
    return {
        "processes": processes,
        "claims_per_second": round(count / elapsed),
        "seconds": round(elapsed, 2),
        "seconds_for_a_year": round(elapsed * YEAR / count, 1),
        "cpu_ms": round(used * 1e3 / count, 3),
    }


def _beside(peer: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The peer's figures and ours as ratios; above one, ours is faster."""
    best = max(one["claims_per_second"] for one in found["batch"])
    return {
        **peer,
        "ratio_batch": round(best / peer["vectorised"]["persons_per_second"], 4),
        "ratio_one": round(peer["one_by_one"]["p50_ms"] / found["one_by_one"]["p50_ms"], 1),
        "note": (
            "OpenFisca works on columns of numbers, so a whole population costs it little a person; it reads no question, "
            "explains nothing and cites nothing. One person at a time it builds a simulation for each."
        ),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
