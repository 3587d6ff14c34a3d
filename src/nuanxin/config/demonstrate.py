"""``nuanxin demo``: keys, tables, demo data, server and worker in one folder, with one command."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from nuanxin.config.serve import port_fault

STARTS_WITHIN = 60  # seconds
PR_SET_PDEATHSIG = 1
MOST_CALLS = 600  # an hour: what the two people of the demo could not answer by far


def main(arguments: Sequence[str]) -> int:
    """Set up once, serve until Ctrl-C or SIGTERM, and stop all that was started. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="nuanxin demo", description="The whole system with demo data.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--dir", type=Path, default=Path("var/demo"), help="keeps database, keys and evidence"
    )
    parser.add_argument("--rate-limit", choices=("on", "off"), default=os.environ.get("RATE_LIMIT", "on"))
    parser.add_argument(
        "--no-cases", action="store_true", help="offices, staff and lawyers only; every case is to be entered"
    )
    parser.add_argument(
        "--calls", type=int, default=0, metavar="AN_HOUR",
        help="invented callers ring the hotline by a simulated telephone engine; without: only a week of past calls",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    if not 0 <= options.calls <= MOST_CALLS or (options.calls and options.no_cases):
        parser.error(f"--calls takes 0 to {MOST_CALLS}, and needs the demo's cases")
    fault = port_fault("127.0.0.1", options.port)
    if fault:
        print(f"nuanxin demo: {fault}", file=sys.stderr)
        return 1
    folder = options.dir.resolve()
    os.environ.update(_environment(folder, options.port, options.rate_limit))
    try:
        logins, telephone = _prepare(folder, cases=not options.no_cases, calls=options.calls)
    except KeyboardInterrupt:
        return 130
    return _run(options.port, logins, telephone)


def _environment(folder: Path, port: int, rate_limit: str) -> dict[str, str]:
    """The demo's own settings; DATABASE_URL is taken when set, so that the demo also runs on PostgreSQL."""
    return {
        "DATA_DIR": str(folder),
        "NUANXIN_DEMO": "1",
        "RATE_LIMIT": rate_limit,
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "nuanxin.config.settings",
    }


def _prepare(folder: Path, *, cases: bool, calls: int) -> tuple[list[str], list[str]]:
    """Keys, tables, static files, demo data (once). Returns the lines that tell the demo logins, and the command
    that rings the hotline (empty where nobody is to ring)."""
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / "demo.json"
    loaded = _step(state)
    if loaded == "loading":  # an earlier run was stopped in the middle: half a demo is of no use
        _remove_half(folder)

    import django
    from django.core.management import call_command

    django.setup()
    print("preparing the database …", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)

    from nuanxin.config import demo

    if loaded != "loaded":
        print("loading the demo data, once …", flush=True)
        state.write_text(json.dumps({"step": "loading"}))
        demo.load(demo.now(), cases=cases)
        state.write_text(json.dumps({"step": "loaded"}))
    lines, telephone = demo.logins(), demo.telephone(calls, demo.now())

    from django.db import connections

    connections.close_all()
    return lines, telephone


def _step(state: Path) -> str:
    try:
        return str(json.loads(state.read_text())["step"])
    except FileNotFoundError:
        return "new"


def _remove_half(folder: Path) -> None:
    if "DATABASE_URL" in os.environ:
        raise SystemExit(
            "nuanxin demo: an earlier run was stopped while it loaded; give it an empty database"
        )
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "keys.json":
            path.unlink()


def _run(port: int, logins: list[str], telephone: list[str]) -> int:
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    children = [_start("serve", "--port", str(port), "--workers", "2"), _start("work")]
    if telephone:
        children.append(_start(*telephone))
    try:
        if not _wait_until_answered(port, children, lambda: stopping):
            if not stopping:
                print("nuanxin demo: the server did not start; see above", file=sys.stderr)
            return 0 if stopping else 1
        for line in logins:
            print(line)
        print(f"ready http://127.0.0.1:{port}", flush=True)
        while not stopping:
            ended = next((child for child in children if child.poll() is not None), None)
            if ended is not None:
                print(f"nuanxin demo: a process ended by itself ({ended.returncode})", file=sys.stderr)
                return 1
            time.sleep(0.2)
        return 0
    finally:
        _end(children)


def _start(*command: str) -> subprocess.Popen[bytes]:
    """A child in a group of its own: Ctrl-C reaches us alone, and we stop the children in order."""
    return subprocess.Popen(
        [sys.executable, "-m", "nuanxin", *command],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if command[0] == "serve" else subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )


def end_with_parent() -> None:
    # Should this process be killed outright, Linux then ends the child too; elsewhere nothing happens here.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _wait_until_answered(
    port: int, children: list[subprocess.Popen[bytes]], stopped: Callable[[], bool]
) -> bool:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and not stopped():
        if any(child.poll() is not None for child in children):
            return False
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return True
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    return False
