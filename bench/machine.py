"""The server under measurement, and what it costs: CPU time of its processes as the kernel counts it."""

from __future__ import annotations

import http.client
import os
import platform
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.register import ROOT, Opened

_TICK = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN = 60  # seconds


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name. Raises OSError for a process that has ended."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def family(root: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parents[int(name)] = int(_stat(int(name))[1])
            except OSError:
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def cpu_seconds(root: int) -> float:
    """CPU time of a process and all below it, with what children that have ended used. In steps of 10 ms."""
    total = 0
    for pid in family(root):
        try:
            stat = _stat(pid)
        except OSError:
            continue
        total += sum(int(ticks) for ticks in stat[11:15])
    return total / _TICK


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds of an operation: in the server's processes and in PostgreSQL's (SQLite works in the former)."""

    app: float
    database: float


class Meter:
    """Reads the CPU time of the server and of its database."""

    def __init__(self, app: int, database: int) -> None:
        self._app, self._database = app, database
        self._before = self._now()

    def _now(self) -> tuple[float, float]:
        return cpu_seconds(self._app), cpu_seconds(self._database) if self._database else 0.0

    def cost(self, operations: int) -> Cost:
        """What each of so many operations cost since this meter was made."""
        app, database = self._now()
        return Cost(
            round((app - self._before[0]) * 1e3 / operations, 2),
            round((database - self._before[1]) * 1e3 / operations, 2),
        )


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    port: int
    pid: int
    database_pid: int

    def meter(self) -> Meter:
        """A meter that starts now."""
        return Meter(self.pid, self.database_pid)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(opened: Opened, port: int, *options: str) -> subprocess.Popen[bytes]:
    """``nuanxin serve`` on loopback, in a group of its own."""
    environment = {**os.environ, **opened.environment, "BASE_URL": f"http://127.0.0.1:{port}"}
    with (Path(opened.environment["DATA_DIR"]) / "serve.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "nuanxin", "serve", "--port", str(port), *options],
            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


def wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    """Return when it answers. Raises RuntimeError when it does not within a minute."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    kill(process)
    raise RuntimeError("the server did not start; see serve.log in its folder")


def kill(process: subprocess.Popen[bytes]) -> None:
    """End every process of a server at once, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_family(root: int) -> None:
    """End a process and all below it, whatever groups they are in."""
    for pid in family(root):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def serving(opened: Opened, *options: str) -> Iterator[Running]:
    """Have a server for a while; stopped gently."""
    port = free_port()
    process = start(opened, port, *options)
    try:
        wait_until_ready(process, port)
        yield Running(port, process.pid, opened.database_pid)
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            kill(process)


def about() -> dict[str, Any]:
    """The machine and the versions that a measurement belongs to."""
    import sqlite3

    import django
    import granian

    return {
        "processor": _first("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "django": django.__version__,
        "granian": granian.__version__,
        "sqlite": sqlite3.sqlite_version,
        "commit": _commit(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def _first(path: str, name: str) -> str:
    lines = Path(path).read_text().splitlines() if Path(path).exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith(name)), platform.machine()
    )


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
