"""What really happened at the telephones, seen from outside: the exchange's own records, and talks that must not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nuanxin.hotline.reconcile import Record
from nuanxin.hotline.rules.voice.names import Role, read_name
from nuanxin.hotline.simulator.engine import Engine
from nuanxin.hotline.simulator.people import Crowd, Habits


@dataclass
class Charged:
    """One call as an exchange would charge it."""

    arrived_at: datetime
    answered_at: datetime | None = None
    staff: int = 0
    ended_at: datetime | None = None


class Witness(Crowd):
    """The crowd, and a record of it that the platform has no part in."""

    def __init__(
        self, engine: Engine, seed: int, habits: Habits, *, talk_over: Callable[[str, int], None],
        nobody_there: Callable[[str, int], None],
    ) -> None:  # fmt: skip
        super().__init__(engine, seed, habits, talk_over=talk_over)
        self._nobody_there = nobody_there
        self.calls: dict[str, Charged] = {}
        self.two_at_once: list[str] = []  # a caller with two operators, or an operator with two callers
        self._with: dict[int, str] = {}  # operator -> the caller they talk with

    def arrive(self, call: str, place: str = "") -> None:
        self.calls[call] = Charged(self.engine.clock())
        super().arrive(call, place)

    def joined(self, bridge: str, channels: list[str]) -> None:
        super().joined(bridge, channels)
        name = read_name(bridge)
        legs = [leg for leg in map(read_name, channels) if leg is not None and leg.role is Role.OPERATOR]
        if name is None or name.role is not Role.BRIDGE or name.call not in channels or not legs:
            return
        charged, staff = self.calls[name.call], legs[0].staff
        if len(legs) > 1 or self._with.get(staff, name.call) != name.call:
            self.two_at_once.append(name.call)
        self._with[staff] = name.call
        if charged.answered_at is None:
            charged.answered_at, charged.staff = self.engine.clock(), staff

    def left(self, channel: str, cause: int) -> None:
        talked = channel in self._talks
        super().left(channel, cause)
        leg = read_name(channel)
        if leg is not None and leg.role is Role.OPERATOR:
            self._with.pop(leg.staff, None)
            if not talked:
                self._nobody_there(leg.call, leg.staff)
        elif channel in self.calls:
            self.calls[channel].ended_at = self.engine.clock()

    def engine_died(self) -> None:
        """Everybody who was on the line is cut off; operators write the record of what they had, and look whether the
        desk says that they had one where their telephone only rang."""
        cut, self._with, self._talks = self._with, {}, {}
        for staff, call in cut.items():
            self._talk_over(call, staff)
        for channel in self.engine.channels:
            leg = read_name(channel)
            if channel in self.calls:
                self.calls[channel].ended_at = self.engine.clock()
            elif leg is not None and leg.role is Role.OPERATOR and leg.staff not in cut:
                self._nobody_there(leg.call, leg.staff)

    def records(self, extensions: dict[int, str]) -> list[Record]:
        """The exchange's call data records."""
        return [
            Record(call, one.arrived_at, one.ended_at or self.engine.clock(), one.answered_at,
                   extensions.get(one.staff, ""))
            for call, one in self.calls.items()
        ]  # fmt: skip
