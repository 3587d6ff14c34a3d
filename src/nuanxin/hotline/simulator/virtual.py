"""The gateway's switchboard and the simulated engine in one process and in a time of their own: a day passes in minutes.

The same board, rules, requests and events as over the network; only the transport and the clock are others.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from nuanxin.hotline.gateway import backs, platform
from nuanxin.hotline.gateway.agree import Engine as Standing
from nuanxin.hotline.gateway.agree import agree, calls_unknown
from nuanxin.hotline.gateway.dispatch import Found, Request, dispatch
from nuanxin.hotline.gateway.events import read_event
from nuanxin.hotline.gateway.operations import BadOrder, Route, request_of
from nuanxin.hotline.gateway.platform import Away, Open, Told
from nuanxin.hotline.gateway.sending import meaning_of_refusal
from nuanxin.hotline.gateway.switchboard import Switchboard
from nuanxin.hotline.models import Exchange
from nuanxin.hotline.rules.voice.values import Heard, Order, Tell, Tried
from nuanxin.hotline.simulator.engine import Engine

TOGETHER = 20  # happenings told in one transaction at most


class Record(Protocol):
    """What keeps the calls: the database, or a test's paper."""

    def tell(self, tells: Sequence[Tell], at: datetime) -> Told:
        """Keep what happened."""

    def dispatch(self, asked: Request, at: datetime) -> Found:
        """Ask for ways and operators."""

    def answer(self, answers: Sequence[tuple[int, str]], at: datetime) -> None:
        """Answer commands."""

    def tried(self, tried: Tried, at: datetime) -> None:
        """Note an attempt."""

    def open_calls(self) -> list[Open]:
        """Calls that are not over."""

    def known_calls(self, calls: Sequence[str]) -> dict[str, int]:
        """How many events are on file of each of these; 0 for one that is not known."""


@dataclass(frozen=True, slots=True)
class DatabaseRecord:
    """The real one."""

    exchange: Exchange

    def tell(self, tells: Sequence[Tell], at: datetime) -> Told:
        """Keep what happened."""
        return platform.tell(self.exchange, tells, at)

    def dispatch(self, asked: Request, at: datetime) -> Found:
        """Ask for ways and operators."""
        return dispatch(self.exchange, asked, at)

    def answer(self, answers: Sequence[tuple[int, str]], at: datetime) -> None:
        """Answer commands."""
        platform.answer(answers, at)

    def tried(self, tried: Tried, at: datetime) -> None:
        """Note an attempt."""
        backs.tried(tried)

    def open_calls(self) -> list[Open]:
        """Calls that are not over."""
        return platform.open_calls(self.exchange)

    def known_calls(self, calls: Sequence[str]) -> dict[str, int]:
        """How many events are on file of each of these; 0 for one that is not known."""
        return platform.known_calls(self.exchange, calls)


@dataclass(frozen=True, slots=True)
class Faults:
    """Shares of the events that go wrong on their way."""

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0  # by up to three seconds, so behind others


class Died(Exception):
    """The gateway was killed in the middle of a step."""


class VirtualTime:
    """Things to be done, in order."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self._ahead: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0

    def __call__(self) -> datetime:
        return self.now

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Do it after so many seconds."""
        self._count += 1
        heapq.heappush(self._ahead, (self.now + timedelta(seconds=seconds), self._count, act))

    def next(self, until: datetime) -> bool:
        """Do the next thing; false when there is none before ``until``, which is now then."""
        if not self._ahead or self._ahead[0][0] > until:
            self.now = max(self.now, until)
            return False
        self.now, _, act = heapq.heappop(self._ahead)
        act()
        return True


class VirtualExchange:
    """Engine, board and record together."""

    def __init__(
        self,
        record: Record,
        start: datetime,
        *,
        seed: int = 1,
        faults: Faults | None = None,
        beat: float = 1.0,
    ) -> None:
        self.time = VirtualTime(start)
        self.engine = Engine(self.time, self.time.later, self._event)
        self.board = Switchboard()
        self.record, self.route, self.beat = record, Route(), beat
        self.faults, self._random = faults or Faults(), random.Random(seed)  # noqa: S311
        self._inbox: deque[Heard] = deque()
        self._tells: list[Tell] = []
        self._answers: list[tuple[int, str]] = []
        self._tried: list[Tried] = []
        self._due: datetime | None = None
        self._beating = False
        self.dies_in = 0  # steps until the gateway is killed between two of them; 0: it lives
        self._away = False  # the record could not be reached; it is tried again with the next beat

    # ---- time

    def run(self, until: datetime) -> None:
        """Let time pass until then."""
        while self._next(until):
            pass

    def _next(self, until: datetime) -> bool:
        try:
            more = self.time.next(until)
            self.settle()
        except Died:
            self.crash_gateway()
            return True
        return more

    def _one_step(self) -> None:
        """The smallest thing that a killed process has done or has not: a line of the journal, one order."""
        if self.dies_in:
            self.dies_in -= 1
            if not self.dies_in:
                raise Died

    def settle(self) -> None:
        """Carry out everything that follows from what was heard."""
        while self._inbox or (self.board.routes and not self._away) or self._carry_out():
            while self._inbox:
                self.board.hear(self._inbox.popleft(), self.time.now)
            self._carry_out()
            if self.board.routes and not self._away:
                self._visit()
        self._plan()

    def _plan(self) -> None:
        due = self.board.due()
        if due is not None and due != self._due:
            self._due = due
            self.time.later(max((due - self.time.now).total_seconds(), 0), self._tick)
        if not self._beating and (self._away or any(line.waits for line in self.board.lines.values())):
            self._beating = True
            self.time.later(self.beat, self._beat)

    def _tick(self) -> None:
        self._due = None
        self.board.tick(self.time.now)

    def _beat(self) -> None:
        self._beating = False
        self._visit()

    def look(self) -> None:
        """See at once what the desk wants, as the next beat would."""
        self._visit()
        self.settle()

    # ---- engine

    def _event(self, event: dict[str, Any]) -> None:
        chance = self._random.random()
        if chance < self.faults.lost:
            return
        heard = read_event(event, self.route.app)
        if heard is None:
            return
        if chance > 1 - self.faults.late:
            self.time.later(self._random.uniform(0.1, 3), lambda: self._inbox.append(heard))
            return
        self._inbox.append(heard)
        if chance < self.faults.lost + self.faults.doubled:
            self._inbox.append(heard)

    def _carry_out(self) -> bool:
        effects = self.board.effects()
        if not effects:
            return False
        self._one_step()
        self._tells += effects.tells  # from here on in the journal
        self._tried += effects.tried
        for order in effects.orders:
            self._one_step()
            self._order(order)
        self._one_step()
        self._answers += [(one.command, one.result) for one in effects.answers]
        if len(self._tells) >= TOGETHER or effects.answers or effects.tried:
            self.flush()
        return True

    def _order(self, order: Order) -> None:
        try:
            sent = request_of(order, self.route)
            status, _ = self.engine.handle(sent.method, sent.path, sent.query)
        except BadOrder:
            status = 400
        meaning = meaning_of_refusal(order, status) if status >= 400 else None
        if meaning is not None:
            self._inbox.append(meaning)

    # ---- record

    def flush(self) -> bool:
        """Tell what has not been told yet; false where the record cannot be reached, and nothing is lost by it."""
        try:
            if self._tells:
                told = self.record.tell(self._tells, self.time.now)
                self._tells = []
                self.board.denied(told.denied, self.time.now)
            while self._tried:
                self.record.tried(self._tried[0], self.time.now)
                del self._tried[0]
            if self._answers:
                self.record.answer(self._answers, self.time.now)
                self._answers = []
        except Away:
            self._away = True
            return False
        self._away = False
        return True

    def _visit(self) -> None:
        if not self.flush():
            return
        asked = self.board.request(self.time.now) or Request()
        try:
            found = self.record.dispatch(asked, self.time.now)
        except Away:
            self._away = True
            self.board.ask_again(asked)
            return
        self.board.found(found, self.time.now)

    # ---- crashes

    def crash_gateway(self) -> None:
        """The gateway dies: what it knew is gone, but for the journal; it starts anew."""
        self.board = Switchboard()
        self._inbox.clear()
        self._answers = []  # in no journal: the desk sees that nobody answered
        self._due, self._beating = None, False
        self.reconnect()

    def reconnect(self) -> None:
        """The connection comes back: record and engine are brought into agreement, once all is told."""
        if not self.flush():
            self.time.later(self.beat, self.reconnect)
            return
        channels = [self.engine.describe(one) for one in self.engine.channels.values()]
        bridges = [self.engine.describe_bridge(name) for name in self.engine.bridges]
        standing = Standing(channels, bridges, self.route.app)
        known = self.record.known_calls(calls_unknown(self.board, standing))
        agree(self.board, standing, self.record.open_calls(), known, list(self.engine.stored), self.time.now)
        self.settle()

    def crash_engine(self) -> None:
        """The engine dies: every channel and bridge is gone, and nobody tells of it."""
        self.engine.channels.clear()
        self.engine.bridges.clear()
        self.engine.playbacks.clear()
        self.engine.live.clear()
