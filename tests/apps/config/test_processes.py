"""The real processes: what a newcomer and a deployer start, stop and kill."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

READY = "ready http://127.0.0.1:"
MIB = 1024 * 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("DATA", "KEYS", "DJANGO"))
    }


class Demo:
    """One ``nuanxin demo`` and what it printed until it was ready."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.port = _free_port()
        command = [sys.executable, "-m", "nuanxin", "demo", "--port", str(self.port), "--dir", str(folder)]
        command += options
        self.process = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith(READY):
                return
        raise AssertionError(f"the demo ended with {self.process.wait(60)}: {self.lines}")

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def answers(self) -> bool:
        try:
            return self.request("GET", "/healthz")[0] == 200
        except OSError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Demo]:
    running = Demo(folder)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_the_demo_prints_logins_and_then_one_ready_line(demo: Demo) -> None:
    assert demo.lines[-1] == f"{READY}{demo.port}"
    assert sum(line.startswith("ready") for line in demo.lines) == 1
    assert any("administrator" in line for line in demo.lines)


def test_the_keys_of_the_demo_are_private(demo: Demo, folder: Path) -> None:
    assert (folder / "keys.json").stat().st_mode & 0o777 == 0o600


def test_the_first_page_is_served(demo: Demo) -> None:
    assert demo.request("GET", "/")[0] == 200


def test_the_worker_of_the_demo_reports(demo: Demo) -> None:
    for _ in range(100):
        seen = json.loads(demo.request("GET", "/readyz")[1])["worker_seconds_ago"]
        if seen is not None:
            return
        time.sleep(0.2)
    pytest.fail("no heartbeat within 20 seconds")


def test_every_server_process_counts_into_one_set_of_metrics(demo: Demo) -> None:
    def counted() -> float:
        text = demo.request("GET", "/metrics")[1].decode()
        line = next(line for line in text.splitlines() if 'route="healthz",status="200"' in line)
        return float(line.rsplit(" ", 1)[1])

    demo.request("GET", "/healthz")
    before = counted()
    for _ in range(40):
        demo.request("GET", "/healthz")
    assert counted() == before + 40


def test_a_body_that_is_too_large_is_read_to_the_end_and_answered(demo: Demo) -> None:
    status, body = demo.request(
        "POST", "/api/v1/law/period", b"x" * (5 * MIB), **{"Content-Type": "application/json"}
    )
    assert (status, json.loads(body)["status"]) == (413, 413)


def test_a_body_sent_in_chunks_has_the_same_limit(demo: Demo) -> None:
    chunks = iter([b"x" * 65536] * 32)
    assert (
        demo.request("POST", "/api/v1/law/period", chunks, **{"Content-Type": "application/json"})[0] == 413
    )


def test_a_body_sent_in_chunks_is_understood(demo: Demo) -> None:
    chunks = iter([b'{"rule": "arbitration.accept",', b' "start": "2025-03-03"}'])
    status, body = demo.request("POST", "/api/v1/law/period", chunks, **{"Content-Type": "application/json"})
    assert (status, json.loads(body)["strict"]) == (200, "2025-03-10")


def test_a_port_in_use_is_one_line_and_exit_1(demo: Demo, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nuanxin", "demo", "--port", str(demo.port), "--dir", str(tmp_path)]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)


def test_sigterm_stops_all_and_a_second_run_keeps_the_data(demo: Demo, folder: Path) -> None:
    assert demo.stop() == 0
    assert not demo.answers()
    second = Demo(folder)
    try:
        assert second.lines[-1].startswith(READY)
        assert not any("loading" in line for line in second.lines)
    finally:
        assert second.stop(signal.SIGINT) == 0


def _calls_rung(folder: Path) -> int:
    with sqlite3.connect(folder / "nuanxin.sqlite3") as opened:
        found = opened.execute("SELECT count(*) FROM hotline_call WHERE external NOT LIKE 'demo-%'")
        return int(found.fetchone()[0])


def test_invented_callers_ring_the_demo_where_it_is_asked_to(folder: Path) -> None:
    assert _calls_rung(folder) == 0
    ringing = Demo(folder, "--calls", "600")
    try:
        for _ in range(100):
            if _calls_rung(folder):
                return
            time.sleep(0.2)
        pytest.fail("nobody rang within 20 seconds")
    finally:
        assert ringing.stop() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_what_a_killed_demo_started_ends_by_itself(folder: Path) -> None:
    killed = Demo(folder)
    killed.process.kill()
    killed.process.wait()
    for _ in range(100):
        if not killed.answers():
            return
        time.sleep(0.2)
    pytest.fail("the server still answers")
