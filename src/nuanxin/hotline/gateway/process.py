"""The gateway in real time: events from the engine in, orders to it out, everything told through the journal.

Order of things, for each batch of events: told in the journal and forced to disk, then ordered, then told in the
database. The database may be away: calls go on with what is known, nobody new is rung, and it is told later in order.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from nuanxin.hotline.gateway import backs, platform
from nuanxin.hotline.gateway.agree import Engine, agree, calls_unknown, catch_up
from nuanxin.hotline.gateway.ari import Client, EngineAway
from nuanxin.hotline.gateway.database import Database
from nuanxin.hotline.gateway.dispatch import Request, dispatch
from nuanxin.hotline.gateway.events import read_event
from nuanxin.hotline.gateway.journal import Journal
from nuanxin.hotline.gateway.platform import Away
from nuanxin.hotline.gateway.recordings import Recordings
from nuanxin.hotline.gateway.sending import Sender
from nuanxin.hotline.gateway.switchboard import Switchboard
from nuanxin.hotline.models import Exchange
from nuanxin.hotline.queries.habits import habits_of
from nuanxin.hotline.rules.voice.values import Heard, Tell, Tried, Unheard

log = structlog.get_logger("nuanxin.hotline.gateway")
BEAT = 0.5  # seconds between looks at what the desk wants and who is ready
REPORT = 5.0  # seconds between heartbeats
HABITS = 300.0  # seconds between looks at the region's own waits and its desks' talks
BATCH = 50  # happenings in one transaction
LAST = 5.0  # seconds for telling what is left when told to stop


class Clock:
    """Now, aware. It never goes back: a clock that is set back under a running gateway would stop its timers."""

    def __init__(self) -> None:
        self._start, self._ran = datetime.now(UTC), time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._ran)


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


class Gateway:
    """One exchange, one engine."""

    def __init__(
        self, exchange: Exchange, client: Client, journal: Journal, *, clock: Callable[[], datetime],
        beat: float = BEAT, pulse: Path | None = None, ready: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.board = Switchboard()
        self._exchange, self._client, self._journal, self._clock = exchange, client, journal, clock
        self._beat, self._pulse, self._ready = beat, pulse, ready
        self._database = Database()
        self._sender = Sender(client, self._heard)
        self._recordings = Recordings(exchange, client, self._database, clock)
        left = journal.read()
        self._tells: list[Tell] = [one for one in left if isinstance(one, Tell)]
        self._tried: list[Tried] = [one for one in left if isinstance(one, Tried)]
        self._answers: list[tuple[int, str]] = []
        self._writing = asyncio.Lock()
        self._wake, self._changed = asyncio.Event(), asyncio.Event()
        self._flushing = asyncio.Lock()
        self._agreed = False  # once at least
        self._holding = True  # until record and engine agree, nobody is rung
        self._half = False  # agreed without the database, which was away
        self._unheard: set[Unheard] = (
            set()
        )  # sentences that the engine lacks, as far as callers were to hear them
        self._learned = -HABITS  # when the habits were read last, on the clock of the machine

    # ---- life

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``. Calls that talk by then go on talking, and the next run takes them up."""
        await self._reach_database()
        works = (self._listen(), self._watch(), self._visit(), self._report(), _until(stop))
        tasks = [asyncio.create_task(work) for work in works]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()  # a fault of ours ends the process with its trace; the supervisor starts it anew
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._finish()

    async def _reach_database(self) -> None:
        """What an earlier run has left goes first."""
        while True:
            with suppress(Away):
                await self._flush()
                await self._database.run(partial(platform.abandon, self._exchange, self._clock()))
                return
            await asyncio.sleep(self._beat)

    async def _finish(self) -> None:
        await self._sender.idle(LAST)
        with suppress(Away, TimeoutError):
            await asyncio.wait_for(self._flush(), LAST)
        self._journal.close()
        await self._database.close()

    # ---- the engine

    async def _listen(self) -> None:
        async for event in self._client.events(self._on_connect):
            if event.get("type") == "ApplicationReplaced":
                log.warning("gateway.replaced")  # another connection has the application's events now
            heard = read_event(event, self._client.route.app)
            if heard is not None:
                self._heard(heard)
                await self._settle()

    def _heard(self, heard: Heard) -> None:
        self.board.hear(heard, self._clock())
        self._wake.set()

    async def _on_connect(self) -> None:
        log.info("gateway.connected")
        self._holding = True
        await self._sender.idle(LAST)
        while not await self._agree():
            await asyncio.sleep(self._beat)
        self._holding = False

    async def _agree(self) -> bool:
        """Bring record, engine and lines into agreement; false where the database is away and nothing is known yet."""
        standing = await self._client.standing()
        engine = Engine(standing.channels, standing.bridges, self._client.route.app)
        try:
            await self._flush()
            unknown = calls_unknown(self.board, engine)
            opened = await self._database.run(partial(platform.open_calls, self._exchange))
            known = await self._database.run(partial(platform.known_calls, self._exchange, unknown))
            rung = await self._database.run(partial(backs.under_way, self._exchange))
        except Away:
            if not self._agreed:
                return False
            # Those who talk are not kept waiting for the database: the rest is made good when it is back.
            self._half = True
            catch_up(self.board, engine, self._clock())
            await self._settle()
            return True
        self._half = False
        agree(self.board, engine, opened, known, standing.recordings, self._clock(), rung)
        await self._settle()
        if not self._agreed:
            self._agreed = True
            self._ready()
        log.info("gateway.agreed", lines=len(self.board.lines))
        return True

    async def _watch(self) -> None:
        """Do what is due, and what refused orders have meant."""
        while True:
            self._wake.clear()
            self.board.tick(self._clock())
            await self._settle()
            due = self.board.due()
            wait = self._beat if due is None else (due - self._clock()).total_seconds()
            with suppress(TimeoutError):
                async with asyncio.timeout(min(max(wait, 0.01), self._beat)):
                    await self._wake.wait()

    async def _settle(self) -> None:
        """Journal first, then the engine, then, in its own time, the database."""
        async with self._writing:
            effects = self.board.effects()
            said: list[Tell | Tried] = [*effects.tells, *effects.tried]
            if said:
                try:
                    await asyncio.to_thread(self._journal.append, said)
                except OSError as fault:  # a full disk must not close the line of who is talking
                    log.error("gateway.journal", error=type(fault).__name__)
                self._tells += effects.tells
                self._tried += effects.tried
            self._sender.send(effects.orders)
            self._answers += [(one.command, one.result) for one in effects.answers]
        self._recordings.add(effects.keeps)
        for one in effects.unheard - self._unheard:
            log.warning("gateway.no_such_sentence", prompt=one.prompt, language=one.language)
        self._unheard |= effects.unheard
        if effects or self.board.routes:
            self._changed.set()

    # ---- the database

    async def _visit(self) -> None:
        """Tell what is to be told, then ask what is to be asked; again on every change and every beat."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._beat):
                    await self._changed.wait()
            self._changed.clear()
            if self._holding:
                continue
            try:
                self._recordings.mark()
                await self._flush()
                if self._half:
                    await self._client.reconnect()
                    self._half = False
                    continue
                await self._dispatch()
                await self._recordings.fetch(self.board)
            except (Away, EngineAway):
                await asyncio.sleep(self._beat)

    async def _flush(self) -> None:
        async with self._flushing:
            await self._tell_all()

    async def _tell_all(self) -> None:
        while self._tells:
            batch = self._tells[:BATCH]
            told = await self._database.run(partial(platform.tell, self._exchange, batch, self._clock()))
            del self._tells[: len(batch)]
            self.board.denied(told.denied, self._clock())
        while self._tried:
            await self._database.run(partial(backs.tried, self._tried[0]))
            del self._tried[0]
        if self._answers:
            answers = list(self._answers)
            await self._database.run(partial(platform.answer, answers, self._clock()))
            del self._answers[: len(answers)]
        async with self._writing:
            if not self._tells and not self._tried:
                self._journal.empty()

    async def _dispatch(self) -> None:
        if time.monotonic() - self._learned >= HABITS:
            self.board.habits = await self._database.run(partial(habits_of, self._exchange, self._clock()))
            self._learned = time.monotonic()
        asked = self.board.request(self._clock()) or Request()
        try:
            found = await self._database.run(partial(dispatch, self._exchange, asked, self._clock()))
        except Exception:
            self.board.ask_again(asked)
            raise
        self.board.found(found, self._clock())
        self._wake.set()

    # ---- heartbeat

    async def _report(self) -> None:
        while self._pulse is not None:
            said = {"at": self._clock().isoformat(), "agreed": self._agreed, "lines": len(self.board.lines),
                    "untold": len(self._tells), "unheard": len(self._unheard)}  # fmt: skip
            with suppress(OSError):
                await asyncio.to_thread(self._pulse.write_text, json.dumps(said))
            await asyncio.sleep(REPORT)
        await asyncio.Event().wait()
