"""All calls of one exchange: what is heard goes to its line, what comes out is collected. No network, no database.

The shells around it bring events, carry out orders and visit the database: ``process`` in real time over the network,
``simulator.virtual`` in its own time and in one process.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.gateway.backs import RingBack
from nuanxin.hotline.gateway.dispatch import Found, Request, ToRoute
from nuanxin.hotline.queries.habits import Habits
from nuanxin.hotline.rules.dispatch import InQueue
from nuanxin.hotline.rules.routing import MANDARIN, Caller
from nuanxin.hotline.rules.voice import Line, arrive, hear, ring_back
from nuanxin.hotline.rules.voice.adopt import AtEngine, adopt_ring
from nuanxin.hotline.rules.voice.names import LEGS, call_of, read_name
from nuanxin.hotline.rules.voice.values import (
    Answer,
    AskRoute,
    Denied,
    Entered,
    Gone,
    Heard,
    Keep,
    Key,
    NotPickedUp,
    Order,
    Out,
    Played,
    Recorded,
    Rings,
    Stage,
    Tell,
    Tick,
    Tried,
    Unheard,
    Wanted,
)

# An earlier run may have given names to things whose events are still on their way.
BEHIND = 1000
SHUNNED = timedelta(seconds=60)  # who did not pick up is not rung again for so long


@dataclass
class Effects:
    """What is to be done: first told, then ordered, so that no record is lost by a crash in between."""

    tells: list[Tell] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    keeps: list[Keep] = field(default_factory=list)
    unheard: set[Unheard] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.tells or self.orders or self.answers or self.tried or self.keeps)


class Switchboard:
    """The lines of an exchange by the exchange's number of the call."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.habits = Habits()
        self.wants: dict[str, int] = {}
        self.shunned: dict[int, datetime] = {}
        self.routes: dict[str, None] = {}  # calls that ask for their way, in order
        self.orphans: set[str] = set()  # recordings whose line is not known any more
        self._out = Effects()
        self._timers: list[tuple[datetime, str]] = []
        self._planned: dict[str, datetime] = {}  # the earliest timer of each line that stands in the heap

    # ---- in

    def hear(self, heard: Heard, at: datetime) -> None:
        """One thing that was heard of a channel, a playback or a recording."""
        name = _subject(heard)
        line = self.lines.get(call_of(name))
        if isinstance(heard, Recorded) and (line is None or heard.name not in line.recordings):
            self.orphans.add(heard.name)
        elif line is None:
            self._stranger(heard, name, at)
        else:
            self._step(line, hear(line, heard, at), at)

    def tick(self, at: datetime) -> None:
        """Do what is due."""
        while self._timers and self._timers[0][0] <= at:
            when, call = heapq.heappop(self._timers)
            if self._planned.get(call) == when:
                del self._planned[call]
            line = self.lines.get(call)
            if line is not None and line.due is not None:
                self._step(line, hear(line, Tick(), at), at)

    def due(self) -> datetime | None:
        """When the next tick is needed, or a little before."""
        return self._timers[0][0] if self._timers else None

    def found(self, found: Found, at: datetime) -> None:
        """What the record says."""
        self.wants.update(found.wants)
        self._out.answers += [Answer(command, result) for command, result in found.answers]
        for call, heard in found.heard:
            line = self.lines.get(call)
            if line is not None:
                self._step(line, hear(line, heard, at), at)
            elif isinstance(heard, Wanted):
                self._out.answers.append(Answer(heard.command, "no_such_call"))
        for back in found.backs:
            self._ring_back(back, at)

    def denied(self, denied: Iterable[tuple[str, int]], at: datetime) -> None:
        """The record knows another owner."""
        for call, staff in denied:
            line = self.lines.get(call)
            if line is not None:
                self._step(line, hear(line, Denied(staff), at), at)

    def adopt(self, line: Line, outs: Sequence[Out], at: datetime) -> None:
        """Take up a line that an earlier run has left."""
        self._accustom(line)
        self.lines[line.call] = line
        self._step(line, outs, at)

    def ring_on(self, back: RingBack, there: AtEngine, at: datetime) -> None:
        """Take up a ring-back that an earlier run had begun."""
        line = _line_of(back)
        line.count = BEHIND
        self.adopt(line, adopt_ring(line, there, at), at)

    def answered(self, command: int) -> None:
        """A command was carried out, by the record."""
        self._out.answers.append(Answer(command, "done"))

    def add(self, orders: Iterable[Order]) -> None:
        """Orders that concern no line."""
        self._out.orders += orders

    # ---- out

    def effects(self) -> Effects:
        """What has come out since the last time."""
        out, self._out = self._out, Effects()
        return out

    def request(self, at: datetime) -> Request | None:
        """What to ask of the record now; None where nobody waits."""
        routes = [self._to_route(self.lines[call], at) for call in self.routes if call in self.lines]
        self.routes.clear()
        waiting = [self._in_queue(line) for line in self.lines.values() if line.waits]
        self.shunned = {staff: until for staff, until in self.shunned.items() if until > at}
        return Request(routes, waiting, frozenset(self.shunned), self.habits) if routes or waiting else None

    def ask_again(self, request: Request) -> None:
        """The record could not be reached: ask the same next time."""
        self.routes.update(dict.fromkeys(one.call for one in request.routes))

    # ---- inside

    def _stranger(self, heard: Heard, name: str, at: datetime) -> None:
        """Of a call that is not known: a caller who comes in, or something left over."""
        ours = read_name(name)
        if not isinstance(heard, Entered):
            return
        if ours is None:
            line = Line(heard.channel, heard.channel, phone=heard.phone, place=heard.place)
            self._accustom(line)
            self.lines[line.call] = line
            self._step(line, arrive(line, at), at)
        elif ours.role in LEGS:
            self._out.orders.append(Order("hang_up", name, {"reason": "normal"}))

    def _ring_back(self, back: RingBack, at: datetime) -> None:
        if back.call in self.lines:
            self._out.answers.append(Answer(back.command, "too_late"))
            return
        line = _line_of(back)
        self._accustom(line)
        self.lines[line.call] = line
        self._step(line, ring_back(line, at), at)

    def _accustom(self, line: Line) -> None:
        """A call keeps the waits with which it began."""
        line.ring, line.most_tries = self.habits.ring, self.habits.menu_tries

    def _step(self, line: Line, outs: Sequence[Out], at: datetime) -> None:
        for out in outs:
            self._sort(out, at)
        due = line.due
        if due is not None and (line.call not in self._planned or due < self._planned[line.call]):
            self._planned[line.call] = due
            heapq.heappush(self._timers, (due, line.call))
        if line.stage is Stage.OVER:
            self.wants.pop(line.call, None)
            self.routes.pop(line.call, None)
        if line.done:
            self.lines.pop(line.call, None)

    def _sort(self, out: Out, at: datetime) -> None:
        effects = self._out
        if isinstance(out, Order):
            effects.orders.append(out)
        elif isinstance(out, Tell):
            effects.tells.append(out)
        elif isinstance(out, AskRoute):
            self.routes[out.call] = None
        elif isinstance(out, Answer):
            effects.answers.append(out)
        elif isinstance(out, Tried):
            effects.tried.append(out)
        elif isinstance(out, Keep):
            effects.keeps.append(out)
        elif isinstance(out, Unheard):
            effects.unheard.add(out)
        elif isinstance(out, NotPickedUp):
            self.shunned[out.staff] = at + SHUNNED

    def _to_route(self, line: Line, at: datetime) -> ToRoute:
        waited = max(at - line.since, timedelta(0)) if line.since else timedelta(0)
        caller = Caller(line.language, line.topic, line.place, line.emergency, 0, waited)
        about = About(line.phone, line.language, line.topic, line.place, line.consent)
        return ToRoute(line.call, caller, line.phone, line.since, line.passed_by, about)

    def _in_queue(self, line: Line) -> InQueue:
        since = line.since or datetime.min
        wants = self.wants.get(line.call, 0)
        return InQueue(line.call, line.desk, since, wants, line.passed_by, line.emergency)


def _line_of(back: RingBack) -> Line:
    about = back.about
    return Line(
        back.call, "", phone=about.phone, place=about.place, back=True, rings_back=back.call_back,
        language=about.language or MANDARIN, topic=about.topic, desk=back.desk, staff=back.staff,
        extension=back.extension, command=back.command,
    )  # fmt: skip


def _subject(heard: Heard) -> str:
    """What the event is about."""
    if isinstance(heard, (Entered, Gone, Rings, Key)):
        return heard.channel
    if isinstance(heard, Played):
        return heard.playback
    return heard.name if isinstance(heard, Recorded) else ""
