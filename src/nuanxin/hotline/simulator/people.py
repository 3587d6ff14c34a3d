"""Invented people at the telephones: they press keys, hang up, bounce, stay silent, do not pick up. Seeded."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from nuanxin.hotline.rules.voice.names import Role, read_name
from nuanxin.hotline.simulator.engine import Engine

PHONES = 10_000  # different numbers among the callers


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares of one, and means in seconds."""

    bounce: float = 0.02  # hang up before anything is said
    silent: float = 0.05  # press no key at all
    hasty: float = 0.05  # hang up in a menu
    hidden: float = 0.08  # no number
    agree: float = 0.7  # to be recorded
    keep_place: float = 0.5  # take the offer to be rung
    speaks: float = 0.8  # leave a message
    patience: float = 300.0
    talk: float = 420.0
    not_there: float = 0.05  # operators who do not pick up
    busy: float = 0.02  # telephones that are busy or not registered
    speed: float = 1.0  # how fast people act; a demo is quicker than life
    languages: tuple[str, ...] = ("1", "1", "1", "1", "1", "1", "2", "3", "4", "7")
    topics: tuple[str, ...] = ("1", "1", "1", "1", "2", "3", "0", "9")


@dataclass
class Seen:
    """What the simulation saw: what the record must agree with."""

    arrived: int = 0
    talked: set[str] = field(default_factory=set)


class Crowd:
    """Everybody at a telephone."""

    def __init__(
        self, engine: Engine, seed: int, habits: Habits | None = None, *,
        talk_over: Callable[[str, int], None] = lambda _call, _staff: None,
    ) -> None:  # fmt: skip
        self.engine, self.random, self.habits = engine, random.Random(seed), habits or Habits()  # noqa: S311
        self.seen, self._talk_over = Seen(), talk_over
        self._silent: set[str] = set()
        self._talks: dict[str, str] = {}  # operator's leg -> caller
        engine.people = self

    def arrive(self, call: str, place: str = "") -> None:
        """One more caller."""
        chance, habits = self.random, self.habits
        number = "" if chance.random() < habits.hidden else f"139{chance.randrange(PHONES):08d}"
        self.seen.arrived += 1
        if chance.random() < habits.silent:
            self._silent.add(call)
        self.engine.call_in(call, number, place)
        if chance.random() < habits.bounce:
            self._later(chance.uniform(0.05, 0.8), lambda: self.engine.close(call))
        elif chance.random() < habits.hasty:
            self._later(chance.uniform(1, 40), lambda: self.engine.close(call))
        self._later(chance.expovariate(1 / habits.patience) + 5, lambda: self._lose_patience(call))

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        self.engine.later(seconds / self.habits.speed, act)

    def _lose_patience(self, call: str) -> None:
        if call not in self._talks.values():
            self.engine.close(call)

    # ---- what the engine lets them know

    def hears(self, channel: str, media: str) -> None:
        """Press a key for a menu, mostly a fitting one."""
        key = self._key(media.rsplit("/", 1)[-1])
        if key and channel not in self._silent:
            self._later(self.random.uniform(0.5, 6), lambda: self.engine.press(channel, key))

    def _key(self, sentence: str) -> str:
        chance, habits = self.random, self.habits
        if sentence == "languages":
            return chance.choice(habits.languages)
        if sentence == "topics":
            return chance.choice(habits.topics)
        if sentence == "consent":
            return "1" if chance.random() < habits.agree else "2"
        if sentence == "call-back-offer":
            return "1" if chance.random() < habits.keep_place else ""
        return ""

    def recorded(self, channel: str, name: str) -> None:
        """Speak and press the hash key, or hang up at the tone."""
        if self.random.random() < self.habits.speaks:
            self._later(self.random.uniform(3, 40), lambda: self.engine.press(channel, "#"))
        else:
            self._later(self.random.uniform(0.1, 1.5), lambda: self.engine.close(channel))

    def rung(self, channel: str, endpoint: str) -> None:
        """A telephone: busy, not picked up, or picked up after some seconds."""
        chance, habits = self.random.random(), self.habits
        if chance < habits.busy:
            self._later(0.2, lambda: self.engine.refuse(channel, "BUSY", 17))
            return
        self._later(self.random.uniform(0.1, 0.6), lambda: self.engine.rings(channel))
        if chance >= habits.busy + habits.not_there:
            self._later(self.random.uniform(1, 8), lambda: self.engine.pick_up(channel))

    def joined(self, bridge: str, channels: list[str]) -> None:
        """A talk begins; either side ends it."""
        name = read_name(bridge)
        operator = next((one for one in channels if _role(one) is Role.OPERATOR), "")
        caller = next((one for one in channels if _role(one) in {None, Role.PERSON}), "")
        if (
            name is None
            or name.role is not Role.BRIDGE
            or not operator
            or not caller
            or operator in self._talks
        ):
            return
        self._talks[operator] = caller
        self.seen.talked.add(name.call)
        ends = caller if self.random.random() < 0.7 else operator
        self._later(self.random.expovariate(1 / self.habits.talk) + 5, lambda: self.engine.close(ends))

    def left(self, channel: str, cause: int) -> None:
        """An operator who has talked writes the record after it."""
        name = read_name(channel)
        if self._talks.pop(channel, "") and name is not None:
            self._talk_over(name.call, name.staff)
        self._silent.discard(channel)


def _role(channel: str) -> Role | None:
    name = read_name(channel)
    return name.role if name else None
