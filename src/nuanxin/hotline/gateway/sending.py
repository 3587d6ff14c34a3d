"""Orders on their way to the engine: those of one call one after the other, those of different calls side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from nuanxin.hotline.gateway.ari import Client, EngineAway
from nuanxin.hotline.gateway.operations import BadOrder
from nuanxin.hotline.rules.voice.names import call_of
from nuanxin.hotline.rules.voice.values import Gone, Heard, Order, Played, Recorded

log = structlog.get_logger("nuanxin.hotline.gateway")
TRIES = (0.0, 0.3, 1.0)  # seconds before each try
FAILED = 34  # Q.850: no circuit; our line failed, nobody was tried
NO_CHANNEL, CONFLICT = 404, 409


class Sender:
    """Sends orders and turns a refusal into what it means for the call."""

    def __init__(self, client: Client, heard: Callable[[Heard], None]) -> None:
        self._client, self._heard = client, heard
        self._last: dict[str, asyncio.Task[None]] = {}

    def send(self, orders: Sequence[Order]) -> None:
        """Send behind what is on its way for the same call."""
        for order in orders:
            call = call_of(order.on)
            task = asyncio.create_task(self._one(self._last.get(call), order))
            self._last[call] = task
            task.add_done_callback(lambda done, call=call: self._forget(call, done))  # type: ignore[misc]

    def _forget(self, call: str, done: asyncio.Task[None]) -> None:
        if self._last.get(call) is done:
            del self._last[call]

    async def _one(self, before: asyncio.Task[None] | None, order: Order) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            status = await self._try(order)
        except BadOrder:
            log.warning("gateway.bad_order", operation=order.operation)
            status = 400
        except EngineAway as fault:
            log.warning("gateway.engine_away", operation=order.operation, error=str(fault))
            status = 503
        if status >= 400:
            meaning = meaning_of_refusal(order, status)
            if meaning is not None:
                self._heard(meaning)

    async def _try(self, order: Order) -> int:
        away = EngineAway("not tried")
        for number, pause in enumerate(TRIES):
            await asyncio.sleep(pause)
            try:
                status = await self._client.carry_out(order)
            except EngineAway as fault:
                away = fault
                continue
            # Tried again after an answer was lost, "there is one already" is the answer that was lost.
            return 200 if status == CONFLICT and number else status
        raise away

    async def idle(self, seconds: float) -> None:
        """Wait until everything is sent, so long at most."""
        if self._last:
            await asyncio.wait(list(self._last.values()), timeout=seconds)


def meaning_of_refusal(order: Order, status: int) -> Heard | None:
    """What the refusal of an order means; None where an event will tell, or nothing follows.

    A channel that there is none of is gone, whether or not its end was or will be told: an end that came before its
    beginning is told no second time, and a caller who is not there would go on through menus and queue to an operator.
    """
    if order.operation in {"answer", "play"} and status == NO_CHANNEL:
        return Gone(order.on)
    if order.operation in {"ring_up", "ring_out", "snoop"}:
        return Gone(order.on, FAILED)
    if order.operation == "play":
        return Played(order.given["playbackId"])
    if order.operation in {"record", "record_bridge"}:
        return Recorded(order.given["name"], 0)
    return None
