"""Kill the server with SIGKILL at random moments under load: ``make test-crash [TIMES=200] [DATABASE=postgresql]``.

After every kill the server starts again on the same data, and the last acknowledged submissions must give the same
answer to their keys. At the end all of them must, no case may be half written, the database must find its files
sound, and the audit chain must be whole. ``--kill database`` kills PostgreSQL as well. Prints JSON, stops by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.load import Client, Request
from bench.machine import free_port, kill, kill_family, start, wait_until_ready
from bench.register import DATABASES, Opened

CLIENTS = 4
LONGEST = 1.2  # seconds of load before a kill
LOOKED_AT = 12  # of the last acknowledged ones after each start
PLACES = ("140581", "440306", "330110", "340802", "110105")


@dataclass(slots=True)
class Seen:
    """What the clients sent, and what was acknowledged: key -> (body, answer)."""

    acknowledged: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    sent: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


class House:
    """One installation that is killed again and again: its folder, and its own PostgreSQL where that is asked for."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self._server: Any = None
        folder.chmod(0o711)  # PostgreSQL runs as another account and must get through
        (folder / "data").mkdir()
        self.open_database()

    def open_database(self) -> None:
        """Start PostgreSQL on its old files; nothing to do for SQLite."""
        if self.database == "postgresql":
            from tests.postgresql import Server

            self._server = Server(options=(), folder=self.folder / "postgresql")

    def kill_database(self) -> None:
        """Kill every process of PostgreSQL and start it again, which makes it recover."""
        kill_family(self._server.pid)
        self._server.stop()
        self.open_database()

    def close(self) -> None:
        """Stop PostgreSQL."""
        if self._server is not None:
            self._server.stop()

    @property
    def opened(self) -> Opened:
        """The environment as it is now: PostgreSQL comes back on another port."""
        data = self.folder / "data"
        url = self._server.url if self._server is not None else f"sqlite:///{data}/nuanxin.sqlite3"
        made = {"DATA_DIR": str(data), "DATABASE_URL": url, "NUANXIN_DEMO": "1", "RATE_LIMIT": "off"}
        return Opened(made)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command of the platform, or a module of these measurements, to its end."""
        command, environment = [sys.executable, "-m", *arguments], {**os.environ, **self.opened.environment}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def serve(self) -> tuple[subprocess.Popen[bytes], int]:
        """The server in a process group of its own, answering; and its port."""
        port = free_port()
        process = start(self.opened, port)
        wait_until_ready(process, port)
        return process, port


def request_for(key: str, body: bytes) -> bytes:
    """A submission as bytes on the wire."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    return Request("POST", "/api/v1/applications", headers, body).raw()


def body_for(number: int) -> bytes:
    """An invented application."""
    body: dict[str, Any] = {
        "door": "web", "kind": "aid", "applicant": {"name": "演示工友", "phone": f"190{number % 10**8:08d}"},
        "place": PLACES[number % len(PLACES)], "items": ["wages"], "amount_claimed": "5200.00",
        "respondents": [{"name": "演示建筑有限公司", "role": "employer"}], "story": {"text": "（演示）没给工资。"},
        "consent": True,
    }  # fmt: skip
    return json.dumps(body).encode()


def load(port: int, seen: Seen, stop: threading.Event, dice: random.Random) -> None:
    """Submit until told to stop or until the server is gone."""
    try:
        client = Client(port)
        while not stop.is_set():
            key, body = uuid.uuid4().hex, body_for(dice.randrange(10**8))
            with seen.lock:
                seen.sent += 1
            answer = client.send(request_for(key, body))
            with seen.lock:
                if answer.status == 201:
                    seen.acknowledged[key] = (body, answer.body)
                elif not stop.is_set():
                    seen.wrong.append(f"{answer.status} {answer.body[:120]!r}")
    except OSError:
        return  # killed: what was not acknowledged may or may not be there


def crash_once(house: House, seen: Seen, dice: random.Random, *, database: bool) -> None:
    """Start, look at what was acknowledged last, load with several clients, kill all at a random moment."""
    process, port = house.serve()
    ask_again(port, seen, list(seen.acknowledged)[-LOOKED_AT:])
    stop = threading.Event()
    threads = [
        threading.Thread(target=load, args=(port, seen, stop, random.Random(dice.random())))
        for _ in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(dice.uniform(0.05, LONGEST))
    if database:
        stop.set()  # what the server says while its database is gone is no acknowledgement, and no fault
        house.kill_database()
    kill(process)
    stop.set()
    for thread in threads:
        thread.join(30)


def ask_again(port: int, seen: Seen, keys: Sequence[str]) -> None:
    """Send these again; whichever does not get its first answer, word for word, as a replay is lost."""
    client = Client(port)
    for key in keys:
        body, first = seen.acknowledged[key]
        answer = client.send(request_for(key, body))
        if answer.status != 201 or answer.body != first or not answer.replay:
            seen.lost.add(key)
    client.close()


def prove(house: House, seen: Seen, options: argparse.Namespace) -> dict[str, Any]:
    """Crash as often as wanted, or as the minutes allow, and look at what is left."""
    dice, began, kills = random.Random(options.seed), time.monotonic(), 0
    while kills < options.times and time.monotonic() - began < options.minutes * 60:
        crash_once(house, seen, dice, database=options.kill == "database" and kills % 2 == 1)
        kills += 1
        if kills % 10 == 0:
            print(f"{kills} of {options.times} kills, {len(seen.acknowledged)} acknowledged", file=sys.stderr)
    process, port = house.serve()
    ask_again(port, seen, list(seen.acknowledged))
    kill(process)
    whole, verified = house.run("bench.whole"), house.run("nuanxin", "audit", "verify", "--json")
    told = json.loads(whole.stdout or "null") or {"cases": 0, "faults": {whole.stderr[-500:]: 1}}
    if verified.returncode:
        print(verified.stdout[-2000:], verified.stderr[-2000:], file=sys.stderr)
    return {
        "database": house.database, "killed": options.kill, "kills": kills, "wanted": options.times,
        "clients": CLIENTS, "sent": seen.sent, "acknowledged": len(seen.acknowledged), "lost": len(seen.lost),
        "wrong_answers": seen.wrong[:5], "cases": told["cases"],
        "half_written": {what: count for what, count in told["faults"].items() if count},
        "chain_whole": verified.returncode == 0, "seconds": round(time.monotonic() - began),
    }  # fmt: skip


def sound(told: dict[str, Any]) -> bool:
    """Whether the proof holds."""
    faults = told["lost"] or told["wrong_answers"] or told["half_written"] or not told["chain_whole"]
    enough = told["kills"] == told["wanted"] and told["acknowledged"] > 0
    return enough and not faults and told["acknowledged"] <= told["cases"] <= told["sent"]


def main(arguments: Sequence[str]) -> int:
    """Crash so many times; exit code 0 when nothing acknowledged was lost and all is whole, else 1."""
    parser = argparse.ArgumentParser(prog="bench.crash", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--kill", choices=("server", "database"), default="server")
    parser.add_argument("--minutes", type=int, default=90, help="give up after so long")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.kill == "database" and options.database != "postgresql":
        parser.error("SQLite has no process of its own to kill; add --database postgresql")
    with tempfile.TemporaryDirectory(prefix="nuanxin-crash-") as folder:
        house = House(Path(folder), options.database)
        try:
            house.run("nuanxin", "migrate").check_returncode()
            told = prove(house, Seen(), options)
        finally:
            house.close()
    print(json.dumps(told, ensure_ascii=False))
    return 0 if sound(told) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
