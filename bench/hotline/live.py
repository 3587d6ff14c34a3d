"""How soon a console shows what happened to a call: real gateway, real server, simulated engine, polled as the page polls.

A caller who waits hangs up. Measured is the time from the engine's event until a console that polls as the page does
has fetched its queue without that caller: gateway, journal, database, the wait for the next poll, two requests.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import secrets
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bench.figures import at
from bench.hotline.house import Room, seated
from bench.load import Client, Request
from bench.machine import Meter, cpu_seconds, serving
from bench.register import Opened

WAITING = 30  # callers who wait at any time
SETTLED = 15.0  # seconds until a new caller stands in the queue, menus and all
_TAKE = re.compile(rb"hotline/(\d+)/take")


@dataclass
class Console:
    """One page of the hotline, polling; ``seen``: when it fetched its queue, and which calls stood in it."""

    headers: dict[str, str]
    seen: list[tuple[float, frozenset[int]]] = field(default_factory=list)
    polls: int = 0
    errors: int = 0

    def watch(self, port: int, offset: float, every: float, stop: threading.Event) -> None:
        """Poll as often as the page does, until told to stop."""
        client, known, queue = Client(port), "", ""
        due = time.perf_counter() + offset
        while not stop.wait(max(due - time.perf_counter(), 0)):
            due = max(due + every, time.perf_counter())
            self.polls += 1
            answer = client.send(self._get("/desk/hotline/live/", "If-None-Match", known))
            if answer.status != 200:
                self.errors += answer.status != 304
                continue
            said = json.loads(answer.body)
            known = '"' + ";".join(f"{name}={value}" for name, value in sorted(said.items())) + '"'
            if said["queue"] != queue:
                queue = said["queue"]
                part = client.send(self._get("/desk/hotline/", "X-Part", "queue"))
                self.errors += part.status != 200
                self.seen.append((time.time(), frozenset(map(int, _TAKE.findall(part.body)))))
        client.close()

    def _get(self, path: str, name: str, value: str) -> bytes:
        extra = {name: value} if value else {}
        return Request("GET", path, {**self.headers, **extra}).raw()


def measure(opened: Opened, seats: int, seconds: int, seed: int) -> dict[str, Any]:
    """Run and give the figures. The operators are on a break, so that everybody waits."""
    from datetime import UTC, datetime, timedelta

    from django.db import connections

    from bench.desk import Desk
    from nuanxin.desk.views.hotline.console import EVERY

    every = EVERY / 1000
    room = seated(seats, datetime.now(UTC) - timedelta(minutes=5), ready=False)
    consoles = [Console(Desk(staff.username).get("").headers) for staff in room.staff]  # type: ignore[arg-type]
    connections.close_all()
    with serving(opened) as server:
        stop = threading.Event()
        watchers = [
            threading.Thread(target=console.watch, args=(server.port, every * number / seats, every, stop))
            for number, console in enumerate(consoles)
        ]
        hung_up, gateway_cpu, meter = asyncio.run(
            _play(opened, room, seconds, seed, watchers, lambda: server.meter())
        )
        stop.set()
        for watcher in watchers:
            watcher.join()
        cost = meter.cost(sum(console.polls for console in consoles))
    return _figures(room, consoles, hung_up, seconds, every, gateway_cpu, cost)


async def _play(
    opened: Opened, room: Room, seconds: int, seed: int, watchers: list[threading.Thread], meter: Any
) -> tuple[list[tuple[str, float]], float, Meter]:
    """Callers come, wait and hang up; which hung up, and when."""
    from nuanxin.hotline.simulator.people import Crowd, Habits
    from nuanxin.hotline.simulator.server import Server

    password = secrets.token_urlsafe(16)
    engine = Server("nuanxin", password)
    await engine.start()
    environment = {**os.environ, **opened.environment, "ARI_URL": engine.url, "ARI_USER": "nuanxin",
                   "ARI_PASSWORD": password}  # fmt: skip
    command = [sys.executable, "-m", "nuanxin", "hotline", "gateway", "--exchange", str(room.exchange.pk)]
    gateway = await asyncio.create_subprocess_exec(*command, env=environment, stdout=subprocess.PIPE)
    try:
        assert gateway.stdout is not None
        await asyncio.wait_for(gateway.stdout.readline(), 60)
        habits = Habits(bounce=0, silent=0, hasty=0, hidden=0, keep_place=0, patience=1e6, speed=10,
                        languages=("1",), topics=("1",))  # fmt: skip
        crowd, chance = Crowd(engine.engine, seed, habits), random.Random(seed)
        waiting = _Waiting(partial(crowd.arrive), chance)
        for _ in range(WAITING):
            waiting.arrive()
            await asyncio.sleep(0.2)
        await asyncio.sleep(SETTLED)
        for watcher in watchers:
            watcher.start()
        await asyncio.sleep(3)
        before, running = cpu_seconds(gateway.pid), meter()
        ends = time.time() + seconds
        while time.time() < ends:
            await asyncio.sleep(chance.expovariate(2))
            waiting.hang_up(engine.engine.close)
            waiting.arrive()
        await asyncio.sleep(3)
        return waiting.hung_up, cpu_seconds(gateway.pid) - before, running
    finally:
        gateway.terminate()
        await gateway.wait()
        await engine.close()


class _Waiting:
    """Who waits, and since when."""

    def __init__(self, arrive: Any, chance: random.Random) -> None:
        self._arrive, self._chance, self._count = arrive, chance, 0
        self.since: dict[str, float] = {}
        self.hung_up: list[tuple[str, float]] = []

    def arrive(self) -> None:
        """One more."""
        self._count += 1
        call = f"live.{self._count}"
        self.since[call] = time.time()
        self._arrive(call)

    def hang_up(self, close: Any) -> None:
        """One of those who stand in the queue by now."""
        ripe = [call for call, since in self.since.items() if time.time() - since > SETTLED]
        if ripe:
            call = self._chance.choice(ripe)
            del self.since[call]
            self.hung_up.append((call, time.time()))
            close(call)


def _figures(
    room: Room,
    consoles: list[Console],
    hung_up: list[tuple[str, float]],
    seconds: int,
    every: float,
    gateway: float,
    cost: Any,
) -> dict[str, Any]:
    from nuanxin.hotline.models import Call, CallEvent

    ids = dict(Call.objects.filter(exchange=room.exchange).values_list("external", "pk"))
    delays, unseen = [], 0
    for external, happened in hung_up:
        for console in consoles:
            shown = [(when, ids[external] in calls) for when, calls in console.seen]
            before = [there for when, there in shown if when <= happened]
            gone = next((when for when, there in shown if when > happened and not there), None)
            if not before or not before[-1]:
                continue  # the console had not seen the caller yet
            if gone is None:
                unseen += 1
            else:
                delays.append(gone - happened)
    delays.sort()
    events = CallEvent.objects.filter(exchange=room.exchange).count()
    polls = sum(console.polls for console in consoles)
    return {
        "consoles": len(consoles), "seconds": seconds, "hang_ups": len(hung_up), "samples": len(delays),
        "never_shown": unseen, "poll_every_seconds": every,
        "event_to_console_ms": {
            "p50": at(delays, 0.5), "p95": at(delays, 0.95), "p99": at(delays, 0.99), "most": at(delays, 1)
        },
        "polls": polls, "errors": sum(console.errors for console in consoles),
        "server_cpu_ms_a_poll": cost.app, "database_cpu_ms_a_poll": cost.database,
        "gateway_cpu_ms_an_event": round(gateway * 1e3 / max(events, 1), 2), "events": events,
    }  # fmt: skip
