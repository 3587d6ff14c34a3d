"""A record of calls without a database, by the same rules: for tests of the voice that need thousands of calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from nuanxin.hotline.gateway.dispatch import Found, Request
from nuanxin.hotline.gateway.platform import Open
from nuanxin.hotline.gateway.platform import Told as Answered
from nuanxin.hotline.rules.calls import Happening, State, Told
from nuanxin.hotline.rules.dispatch import InQueue, Ready, by_place, match
from nuanxin.hotline.rules.life import Life, tell
from nuanxin.hotline.rules.routing import Caller, Desk, DeskKind, Target, route
from nuanxin.hotline.rules.voice.values import Offered, Routed, Standing, Tell, Tried, Wanted

START = datetime.fromisoformat("2026-03-02T01:00:00+00:00")
BUSY = {State.OFFERED, State.RINGING, State.ON_CALL, State.WRAP_UP}


@dataclass
class Paper:
    """One desk with some operators; the calls as their events."""

    operators: int = 3
    events: dict[str, list[Told]] = field(default_factory=dict)
    tells: list[Tell] = field(default_factory=list)
    answers: dict[int, str] = field(default_factory=dict)
    attempts: list[Tried] = field(default_factory=list)
    wishes: list[tuple[str, Wanted]] = field(default_factory=list)
    takes: list[tuple[str, int, int]] = field(default_factory=list)  # call, command, staff
    closed: bool = False
    count: int = 0
    lives: dict[str, Life] = field(default_factory=dict)

    def life(self, call: str) -> Life:
        if call not in self.lives:
            self.lives[call] = tell(self.events.get(call, []))
        return self.lives[call]

    def tell(self, tells: Sequence[Tell], at: datetime) -> Answered:
        for one in tells:
            self.tells.append(one)
            self._keep(one.call, one.told)
        return Answered()

    def _keep(self, call: str, told: Told) -> None:
        known = self.events.setdefault(call, [])
        same = [one for one in known if one.id == told.id]
        assert not same or same[0].kind == told.kind, "a number stands for two events"
        if not same:
            known.append(told)
            self.lives.pop(call, None)

    def _own(self, call: str, kind: Happening, at: datetime, operator: int = 0, desk: int = 0) -> None:
        self.count += 1
        self._keep(call, Told(f"d:{self.count}", kind, at, 0, operator, desk))

    def busy(self) -> set[int]:
        return {life.operator for life in map(self.life, self.events) if life.state in BUSY}

    def dispatch(self, asked: Request, at: datetime) -> Found:
        found, waiting = Found(), list(asked.waiting)
        found.heard += self.wishes
        self.wishes = []
        desk = Desk(1, DeskKind.SPECIAL, 0, frozenset({"zh", "yue", "ug", "bo", "ii", "za", "en"}), open=not self.closed,
                    on_duty=self.operators, lawyers=1)  # fmt: skip
        for one in asked.routes:
            choice = route(replace(one.caller, topic="wages"), [desk])
            waiting = [other for other in waiting if other.call != one.call]
            if choice.target is not Target.DESK:
                found.heard.append((one.call, Routed(0)))
                continue
            if self.life(one.call).state is not State.QUEUED:
                self._own(one.call, Happening.QUEUED, at, desk=1)
            found.heard.append((one.call, Routed(1, choice.ask_again, 3, offer=True)))
            waiting.append(InQueue(one.call, 1, one.since or at, 0, one.passed_by, one.caller.emergency))
        busy = self.busy() | set(asked.shun)
        ready = [
            Ready(n, 1, f"80{n}", at - timedelta(n)) for n in range(1, self.operators + 1) if n not in busy
        ]
        for call, command, staff in self.takes:
            queued = next((one for one in waiting if one.call == call), None)
            person = Ready(staff, 1, f"80{staff}", at)
            if queued is None or staff in self.busy() or not self._give(found, queued, person, at, command):
                found.answers.append((command, "too_late"))
                continue
            waiting.remove(queued)
            ready = [one for one in ready if one.staff != staff]
        self.takes = []
        for caller, operator in match(waiting, ready):
            self._give(found, caller, operator, at, 0)
        found.heard += [(one.call, Standing(n)) for n, one in enumerate(by_place(waiting))]
        return found

    def _give(self, found: Found, caller: InQueue, operator: Ready, at: datetime, command: int) -> bool:
        self._own(caller.call, Happening.OFFERED, at, operator=operator.staff)
        life = self.life(caller.call)
        if life.state is not State.OFFERED or life.operator != operator.staff:
            return False
        found.heard.append((caller.call, Offered(operator.staff, operator.extension, command, at)))
        return True

    def wrap_up(self, call: str, staff: int, at: datetime) -> None:
        last = self.life(call).last
        moment = max(at, last.at + timedelta(microseconds=1)) if last else at
        self._own(call, Happening.WRAPPED_UP, moment, operator=staff)

    def answer(self, answers: Sequence[tuple[int, str]], at: datetime) -> None:
        for command, result in answers:
            self.answers.setdefault(command, result)

    def tried(self, tried: Tried, at: datetime) -> None:
        self.attempts.append(tried)

    def open_calls(self) -> list[Open]:
        found = []
        for call in self.events:
            life = self.life(call)
            if life.state in {State.ENDED, State.WRAP_UP}:
                continue
            told = [one for one in self.tells if one.call == call]
            last = life.last.at if life.last else None
            found.append(Open(
                call, life.state, told[-1].phone if told else "", told[-1].language if told else "", "", 0,
                told[-1].recording if told else "", life.desk, life.operator, life.passed_by, life.queued_at, False,
                len(self.events[call]), last,
            ))  # fmt: skip
        return found

    def known_calls(self, calls: Sequence[str]) -> dict[str, int]:
        return {call: len(self.events.get(call, ())) for call in calls}


__all__ = ["START", "Caller", "Paper"]
