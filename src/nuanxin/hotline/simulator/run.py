"""``nuanxin hotline simulate``: invented callers for a demonstration or a training, with a gateway of their own."""

from __future__ import annotations

import asyncio
import random
import secrets
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.records import Typed, close
from nuanxin.hotline.gateway.ari import Access
from nuanxin.hotline.gateway.operations import Route
from nuanxin.hotline.gateway.run import NotSetUp, alone, serve
from nuanxin.hotline.models import Call, Exchange
from nuanxin.hotline.simulator.people import Crowd, Habits
from nuanxin.hotline.simulator.server import Server

TRAINING = Habits(bounce=0.02, silent=0.03, hasty=0.03, not_there=0.0, busy=0.0, talk=180.0, patience=240.0)

# What stands in the record of an operator who is not there; one who has begun to write is not written over.
WRITTEN = Typed({"reply": "演练通话：说明了下一步。"}, category="wages")


def main(
    exchange: Exchange, *, an_hour: float, seed: int, calls: int, wraps_up: bool, say: Callable[[str], None]
) -> int:
    """Simulate until SIGTERM, or until ``calls`` have come in (0: no end). Raises NotSetUp."""
    if exchange.kind != Exchange.Kind.ARI or not exchange.active:
        raise NotSetUp(f"exchange {exchange.pk} is not an active one of kind ari")
    with alone(exchange.pk):
        asyncio.run(_simulate(exchange, an_hour, seed, calls, wraps_up, say))
    return 0


async def _simulate(
    exchange: Exchange, an_hour: float, seed: int, calls: int, wraps_up: bool, say: Callable[[str], None]
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    password = secrets.token_urlsafe(16)
    server = Server("simulator", password)
    await server.start()
    tasks: set[asyncio.Task[None]] = set()

    def over(call: str, staff: int) -> None:
        if wraps_up:
            task = asyncio.create_task(_wrap_up(exchange, call, staff))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    crowd = Crowd(server.engine, seed, TRAINING, talk_over=over)

    def ready() -> None:
        say(f"simulator of exchange {exchange.pk}: ready, {an_hour:g} calls an hour")
        tasks.add(asyncio.create_task(_arrivals(crowd, an_hour, seed, calls, stop)))

    try:
        await serve(exchange, Access(server.url, "simulator", password), Route(), stop, ready=ready)
    finally:
        await server.close()


async def _arrivals(crowd: Crowd, an_hour: float, seed: int, calls: int, stop: asyncio.Event) -> None:
    """Callers one after the other, at random moments; their numbers tell this run from others."""
    chance = random.Random(seed)  # noqa: S311
    began, number = int(datetime.now(UTC).timestamp()), 0
    while not calls or number < calls:
        number += 1
        crowd.arrive(f"{began}.{number}")
        await asyncio.sleep(chance.expovariate(an_hour / 3600))
    await asyncio.sleep(crowd.habits.patience)
    stop.set()


async def _wrap_up(exchange: Exchange, call: str, staff: int) -> None:
    """Close the record for an operator who is not there, so that a demonstration goes on by itself."""
    await asyncio.sleep(8)
    await asyncio.to_thread(partial(_close_record, exchange, call, staff))


def _close_record(exchange: Exchange, call: str, staff: int) -> None:
    now = datetime.now(UTC)
    row = Call.objects.filter(exchange=exchange, external=call).first()
    person = Staff.objects.filter(pk=staff).first()
    if row is None or person is None:
        return
    try:
        close(call_id=row.pk, typed=WRITTEN, code="advised", by=actor_for(person, now), at=now)
    except Refused:
        return  # the operator has done it, or writes the record now
