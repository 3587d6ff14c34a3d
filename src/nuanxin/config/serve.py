"""``nuanxin serve``: granian runs the WSGI application in processes; whitenoise serves static files."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from nuanxin.config.environment import Environment, EnvironmentFault, read_environment
from nuanxin.config.keys import load_keys

THREADS = (
    4  # a process: Django works under one lock, so more threads only wait; fewer would wait for the disk
)
STOP_WITHIN = 20  # seconds that requests in hand get to end


def main(arguments: Sequence[str]) -> int:
    """Serve until SIGTERM or Ctrl-C; requests in hand are answered first. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="nuanxin serve", description="Answer web and API requests.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; loopback unless told otherwise"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1), help="processes")
    parser.add_argument("--threads", type=int, default=THREADS, help="threads in each process")
    options = parser.parse_args(arguments)
    fault = _fault_before_start() or port_fault(options.host, options.port)
    if fault:
        print(f"nuanxin serve: {fault}", file=sys.stderr)
        return 1
    environment = read_environment()
    _fresh_metrics_folder(environment)
    lock = _serving(environment.data_dir)  # held while this process lives: a restore must not run under it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuanxin.config.settings")

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "nuanxin.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_WITHIN,
        log_level=LogLevels.warning,
    ).serve()
    lock.close()
    return 0


def port_fault(host: str, port: int) -> str | None:
    """Why nothing can listen there, in one line, or None."""
    if not 1 <= port <= 65535:
        return f"{port} is not a port; take one from 1 to 65535"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                f"port {port} of {host} cannot be used ({error.strerror}); choose another, such as {port + 1}"
            )
    return None


def _fault_before_start() -> str | None:
    """What would stop every process from starting, told once instead of once a process."""
    try:
        environment = read_environment()
        if not environment.debug:
            load_keys(environment.keys_file or environment.data_dir / "keys.json")
    except EnvironmentFault as fault:
        return str(fault)
    return None


def _serving(data_dir: Path) -> TextIO:
    data_dir.mkdir(parents=True, exist_ok=True)
    file = (data_dir / "serve.lock").open("w")
    fcntl.flock(file, fcntl.LOCK_SH)  # shared: several servers may run on one folder, on different ports
    return file


def _fresh_metrics_folder(environment: Environment) -> None:
    """A folder where all processes of this server count; what an earlier one left is removed."""
    folder = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(environment.data_dir / "metrics")))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
