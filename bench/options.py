"""What every measurement lets one choose, and how it prints."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.figures import PEER
from bench.machine import about
from bench.register import DATABASES, Register


@dataclass(frozen=True, slots=True)
class Options:
    """Which registers, how many clients, how long."""

    cases: Sequence[int]
    databases: Sequence[str]
    clients: Sequence[int]
    repeats: int
    operations: int

    def arguments(self, register: Register) -> list[str]:
        """The command line that measures one register in the same way."""
        chosen: dict[str, Sequence[object]] = {
            "--cases": [register.cases], "--databases": [register.database], "--clients": self.clients,
            "--repeats": [self.repeats], "--operations": [self.operations],
        }  # fmt: skip
        return [str(word) for name, values in chosen.items() for word in (name, *values)]

    def registers(self) -> list[Register]:
        """The registers, each filled before it is measured."""
        found = [Register(database, cases) for cases in self.cases for database in self.databases]
        for register in found:
            if register.filled:
                register.freshen()
            else:
                command = [sys.executable, "-m", "bench.fill", "--database", register.database, "--cases"]
                subprocess.run([*command, str(register.cases)], check=True, stdout=subprocess.DEVNULL)
        return found


def in_each(module: str, options: Options, measure: Callable[[Register, Options], Any]) -> list[Any]:
    """Measure every register: the only one here, several in a process each, since Django knows one database."""
    registers = options.registers()
    if len(registers) == 1:
        return [measure(registers[0], options)]
    found = []
    for register in registers:
        command = [sys.executable, "-m", module, *options.arguments(register)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found += json.loads(done.stdout)["results"]
    return found


def read_options(name: str, doc: str, arguments: Sequence[str]) -> Options:
    """The command line of a measurement."""
    parser = argparse.ArgumentParser(prog=name, description=doc.partition("\n")[0])
    parser.add_argument("--cases", type=int, nargs="+", default=[50_000])
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--operations", type=int, default=200, help="requests of one repeat, all clients together"
    )
    found = parser.parse_args(arguments)
    return Options(found.cases, found.databases, found.clients, found.repeats, found.operations)


def report(what: str, peer: Any, results: Sequence[Any]) -> None:
    """Print what was measured, where, when, and the peer's figures beside it; ``peer`` None: there is none."""
    told = {
        "what": what,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": about(),
        "units": "cpu, cpu_app, cpu_database: CPU milliseconds an operation; p50, p99: milliseconds; medians of repeats",
        "results": results,
    }
    if peer is not None:
        told["peer"] = {"source": PEER["what"], "figures": peer}
    print(json.dumps(told, ensure_ascii=False, indent=1))
