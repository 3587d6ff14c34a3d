"""Kill the server with SIGKILL at random moments under load: ``make test-crash [TIMES=200]``.

After every kill the server starts again on the same data. At the end every acknowledged submission must give the
same answer to its key, no case may be half written, and the audit chain must be whole. Prints JSON.
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
from bench.machine import free_port, kill, wait_until_ready

CLIENTS = 4
LONGEST = 1.2  # seconds of load before a kill
PLACES = ("140581", "440306", "330110", "340802", "110105")


@dataclass(slots=True)
class Seen:
    """What the clients sent, and what was acknowledged: key -> (body, answer)."""

    acknowledged: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    sent: int = 0
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


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
                else:
                    seen.wrong.append(f"{answer.status} {answer.body[:120]!r}")
    except OSError:
        return  # killed: what was not acknowledged may or may not be there


def environment_of(folder: Path) -> dict[str, str]:
    """A server of its own: its folder, no rate limits, keys made on first use."""
    url = os.environ.get("CRASH_DATABASE_URL", f"sqlite:///{folder}/nuanxin.sqlite3")
    made = {"DATA_DIR": str(folder), "DATABASE_URL": url, "NUANXIN_DEMO": "1", "RATE_LIMIT": "off"}
    return {**os.environ, **made}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command of the platform to its end."""
    command = [sys.executable, "-m", "nuanxin", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def start(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """The server in a process group of its own, answering."""
    with (Path(environment["DATA_DIR"]) / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "nuanxin", "serve", "--port", str(port)],
            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    wait_until_ready(process, port)
    return process


def crash_once(environment: dict[str, str], seen: Seen, dice: random.Random) -> None:
    """Start, load with several clients, and kill all its processes at a random moment."""
    port = free_port()
    process = start(environment, port)
    stop = threading.Event()
    threads = [
        threading.Thread(target=load, args=(port, seen, stop, random.Random(dice.random())))
        for _ in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(dice.uniform(0.05, LONGEST))
    kill(process)
    stop.set()
    for thread in threads:
        thread.join(30)


def lost(environment: dict[str, str], seen: Seen) -> list[str]:
    """Acknowledged submissions whose key does not give the same answer any more."""
    port = free_port()
    process = start(environment, port)
    client, found = Client(port), []
    try:
        for key, (body, first) in seen.acknowledged.items():
            answer = client.send(request_for(key, body))
            if answer.status != 201 or answer.body != first or not answer.replay:
                found.append(key)
    finally:
        client.close()
        kill(process)
    return found


def main(arguments: Sequence[str]) -> int:
    """Crash so many times; exit code 0 when nothing acknowledged was lost and the chain is whole, else 1."""
    parser = argparse.ArgumentParser(prog="bench.crash", description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    dice, seen, began = random.Random(options.seed), Seen(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="nuanxin-crash-") as folder:
        environment = environment_of(Path(folder))
        run(environment, "migrate").check_returncode()
        for number in range(1, options.times + 1):
            crash_once(environment, seen, dice)
            if number % 10 == 0:
                print(
                    f"{number} of {options.times} kills, {len(seen.acknowledged)} acknowledged",
                    file=sys.stderr,
                )
        missing = lost(environment, seen)
        verified = run(environment, "audit", "verify", "--json")
    result = {
        "kills": options.times, "clients": CLIENTS, "sent": seen.sent, "acknowledged": len(seen.acknowledged),
        "lost": len(missing), "wrong_answers": seen.wrong[:5], "chain_whole": verified.returncode == 0,
        "seconds": round(time.monotonic() - began), "database": "given" if "CRASH_DATABASE_URL" in os.environ else "sqlite",
    }  # fmt: skip
    print(json.dumps(result))
    if verified.returncode:
        print(verified.stdout[-2000:], verified.stderr[-2000:], file=sys.stderr)
    return 0 if not missing and not seen.wrong and verified.returncode == 0 and seen.acknowledged else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
