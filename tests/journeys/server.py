"""The whole system as a newcomer starts it: server and worker on a free loopback port, ended with the tests."""

from __future__ import annotations

import hmac
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from nuanxin.config.demonstrate import end_with_parent
from tests.journeys.beside import Beside

SECRET = "journeys"  # between the SMS gateway and us
STARTS_WITHIN = 120  # seconds, on a machine that is busy with other tests
_OURS = ("DATA_DIR", "KEYS", "DJANGO", "DATABASE_URL", "NUANXIN", "RATE_LIMIT", "PROMETHEUS")


class Server:
    """One ``nuanxin demo`` with offices, staff and lawyers, and no case. Limits are off: all come from one address."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder, self.url = folder, f"http://127.0.0.1:{_free_port()}"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
        self.environment |= {"SMS_GATEWAY_SECRET": SECRET, "RATE_LIMIT": "off"}
        if database_url:
            self.environment["DATABASE_URL"] = database_url
        self._texts = count(1)
        self._beside = Beside(self._own_environment())
        command = [
            sys.executable,
            "-m",
            "nuanxin",
            "demo",
            "--no-cases",
            "--dir",
            str(folder),
            "--port",
            self.url[-5:].strip(":"),
        ]
        self.log = folder.parent / f"{folder.name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            if f"ready {self.url}" in self.log.read_text(encoding="utf-8"):
                return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the demonstration did not start:\n{self.log.read_text(encoding='utf-8')}")

    def stop(self) -> None:
        """End it as Ctrl-C would; whatever is still there after that is killed."""
        self._beside.stop()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def last_errors(self) -> str:
        """The end of what the server wrote about its errors."""
        lines = [line for line in self.log.read_text(encoding="utf-8").splitlines() if "exception" in line]
        return lines[-1].replace("\\n", "\n")[-3000:] if lines else ""

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """One ``nuanxin`` command beside the server, on its data."""
        return self._python("-m", "nuanxin", *command)

    def job(self, room: str, function: str, *, hours: float) -> None:
        """Run one periodic job as if ``hours`` had gone by: jobs are told the time and never ask for it."""
        code = (
            "import django; django.setup()\n"
            "from datetime import UTC, datetime, timedelta\n"
            f"from nuanxin.{room}.jobs import {function} as job\n"
            f"print(job(datetime.now(UTC) + timedelta(hours={hours})))"
        )
        done = self._python("-c", code)
        assert done.returncode == 0, done.stderr

    def count_events(self, kind: str) -> int:
        """How many events of a kind the record has."""
        said = self._python(
            "-c",
            "import django; django.setup(); from nuanxin.audit.models import Event; import sys;"
            "print(Event.objects.filter(kind=sys.argv[1]).count())",
            kind,
        )
        return int(said.stdout.split()[-1])

    def python(self, code: str) -> None:
        """Run a few lines beside the server, on its data."""
        done = self._python("-c", code)
        assert done.returncode == 0, done.stderr

    def _python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._beside.run(*arguments)

    def _own_environment(self) -> dict[str, str]:
        return self.environment | {
            "DATA_DIR": str(self.folder),
            "NUANXIN_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "nuanxin.config.settings",
        }

    @contextmanager
    def with_limits(self) -> Iterator[str]:
        """A second server on the same data, with the limits that the first leaves off; gives its address."""
        port = _free_port()
        environment = self._own_environment() | {"RATE_LIMIT": "on"}
        command = [sys.executable, "-m", "nuanxin", "serve", "--port", str(port), "--workers", "1"]
        process = subprocess.Popen(
            command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=end_with_parent,
        )  # fmt: skip
        try:
            for _ in range(300):
                if self.get("/readyz", f"http://127.0.0.1:{port}")[0] == 200:
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)

    def send_text(self, phone: str, text: str) -> None:
        """A text message from a telephone, as the gateway delivers it."""
        body = json.dumps({"id": f"journey-{next(self._texts)}", "from": phone, "text": text}).encode()
        moment = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), moment.encode() + b"." + body, "sha256").hexdigest()
        headers = {
            "Content-Type": "application/json", "X-Nuanxin-Time": moment, "X-Nuanxin-Signature": signature,
        }  # fmt: skip
        request = urllib.request.Request(f"{self.url}/notices/sms/inbound", body, headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert json.load(answer)["code"] == "taken"

    def get(self, path: str, base: str = "") -> tuple[int, str]:
        """Status and body of a page, without a browser; status 0 where nobody answers."""
        try:
            with urllib.request.urlopen((base or self.url) + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode()
        except urllib.error.URLError:
            return 0, ""

    def messages(self) -> list[str]:
        """The texts of the development outbox, newest first."""
        page = self.get("/outbox/")[1]
        return [
            re.sub(r"<[^>]+>", " ", card) for card in re.findall(r"<article.*?</article>", page, re.DOTALL)
        ]

    def message(self, *parts: str, within: float = 20) -> str:
        """Wait for the newest message that has all ``parts`` in it."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for text in self.messages():
                if all(part in text for part in parts):
                    return text
            time.sleep(0.3)
        raise AssertionError(f"no message with {parts} within {within} s; the newest: {self.messages()[:3]}")


def database_for(name: str) -> str:
    """A database of its own on the PostgreSQL server of the tests; empty where they run on SQLite."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        return ""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server.rsplit('/', 1)[0]}/{name}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
