"""Recordings on their way from the engine into the platform: fetched, sealed, and only then deleted there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog

from nuanxin.hotline.gateway import platform
from nuanxin.hotline.gateway.ari import Client, EngineAway
from nuanxin.hotline.gateway.database import Database
from nuanxin.hotline.gateway.switchboard import Switchboard
from nuanxin.hotline.models import Exchange
from nuanxin.hotline.rules.voice.names import Role, call_of, read_name
from nuanxin.hotline.rules.voice.values import UNKNOWN, Keep

log = structlog.get_logger("nuanxin.hotline.gateway")
A_SECOND = 16_000  # bytes of WAV at 8 kHz and 16 bits, for recordings whose length nobody has told


class Recordings:
    """Those that are still at the engine."""

    def __init__(
        self, exchange: Exchange, client: Client, database: Database, clock: Callable[[], datetime]
    ) -> None:
        self._exchange, self._client, self._database, self._clock = exchange, client, database, clock
        self._new: list[Keep] = []
        self._waiting: list[Keep] = []

    def add(self, keeps: Sequence[Keep]) -> None:
        """These are there to be fetched once the record knows what was told before them."""
        self._new += keeps

    def mark(self) -> None:
        """What is there now may be fetched once everything that is to be told now has been told: that the caller has
        agreed is among it, and without that on the record a recording is not kept."""
        self._waiting += self._new
        self._new = []

    async def fetch(self, board: Switchboard) -> None:
        """Fetch what is there. What fails stays at the engine and is found again with the next connection.
        Raises Away."""
        await self._leftovers(board)
        while self._waiting:
            one = self._waiting[0]
            try:
                await self._fetch(one)
            except EngineAway:
                log.warning("gateway.recording_not_fetched")
            self._waiting.remove(one)
            await asyncio.sleep(0)

    async def _leftovers(self, board: Switchboard) -> None:
        """Recordings whose line is gone: they were made with consent, or would not be there."""
        while board.orphans:
            name = next(iter(board.orphans))
            known = read_name(name)
            if known is not None and known.role is Role.MESSAGE:
                ask = partial(platform.message_found, self._exchange, known.call, name, self._clock())
            else:
                ask = partial(platform.consent_of, self._exchange, call_of(name))
            agreed = await self._database.run(ask)
            board.orphans.discard(name)
            if agreed is not None:
                self._waiting.append(Keep(call_of(name), name, UNKNOWN, agreed))

    async def _fetch(self, one: Keep) -> None:
        content = await self._client.recording(one.name) if one.seconds else b""
        if not content:
            await self._client.forget_recording(one.name)
            return
        seconds = one.seconds if one.seconds != UNKNOWN else max(len(content) // A_SECOND, 1)
        kept = Keep(one.call, one.name, seconds, one.consent_at, one.by)
        if await self._database.run(partial(platform.store, self._exchange, kept, content, self._clock())):
            await self._client.forget_recording(one.name)
