"""On start and after every lost connection: the record, the engine and the lines are made to agree.

Calls that are gone are ended, those that are not known are adopted, and what belongs to no call is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from nuanxin.hotline.gateway.backs import UnderWay
from nuanxin.hotline.gateway.events import phone_of
from nuanxin.hotline.gateway.platform import Open
from nuanxin.hotline.gateway.switchboard import BEHIND, Switchboard
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.voice import Line
from nuanxin.hotline.rules.voice.adopt import AtEngine, adopt, adopt_back, missed
from nuanxin.hotline.rules.voice.names import LEGS, Role, call_of, read_name
from nuanxin.hotline.rules.voice.values import Entered, Gone, Order

UP = "Up"


class Engine:
    """What the engine has, put in order by call."""

    def __init__(
        self, channels: Sequence[dict[str, Any]], bridges: Sequence[dict[str, Any]], app: str
    ) -> None:
        self.up = {str(one["id"]): one.get("state") == UP for one in channels}
        self.bridges = {str(one["id"]): frozenset(map(str, one.get("channels", []))) for one in bridges}
        self.callers = {str(one["id"]): one for one in channels if _is_caller(one, app)}
        self.legs = [name for name in self.up if _role(name) in LEGS]

    def of(self, call: str) -> AtEngine:
        """What it has of one call."""
        legs = {name: self.up[name] for name in self.legs if call_of(name) == call}
        bridges = {
            name: members
            for name, members in self.bridges.items()
            if read_name(name) and call_of(name) == call
        }
        person = any(_role(name) is Role.PERSON and up for name, up in legs.items())
        return AtEngine(call in self.up or person, legs, bridges)


def _is_caller(channel: dict[str, Any], app: str) -> bool:
    """A channel that the dialplan has given to the application; the engine may have others that are not our business."""
    plan = channel.get("dialplan") or {}
    data = str(plan.get("app_data", "")).split(",")[0]
    return read_name(str(channel["id"])) is None and plan.get("app_name") == "Stasis" and data == app


def _role(name: str) -> Role | None:
    known = read_name(name)
    return known.role if known else None


def calls_unknown(board: Switchboard, engine: Engine) -> list[str]:
    """Calls that the engine has and no line: the record is to be asked about them."""
    ours = {call_of(name) for name in engine.legs}
    return sorted((set(engine.callers) | ours) - set(board.lines))


def agree(
    board: Switchboard,
    engine: Engine,
    opened: Iterable[Open],
    known: dict[str, int],
    recordings: Sequence[str],
    at: datetime,
    rung: Sequence[UnderWay] = (),
) -> None:
    """Bring the lines into agreement; what comes of it stands in ``board.effects()``. ``known``: how many events are
    on file of each call that had no line when the record was asked; ``rung``: ring-backs that wait for an answer."""
    strangers = [call for call in calls_unknown(board, engine) if call in known]
    catch_up(board, engine, at)
    taken_up = set()
    for row in opened:
        if row.call not in board.lines:
            there = engine.of(row.call)
            line = _line(row, there)
            board.adopt(line, adopt(line, row.state, there, at), at)
            taken_up.add(row.call)
    taken_up |= _ring_on(board, engine, rung, at)
    # A line that is over by what has just been made good is no stranger, though the engine still has its channel.
    _unknown(board, engine, {call: known[call] for call in strangers if call not in taken_up}, at)
    _leftovers(board, engine)
    kept = {name for line in board.lines.values() for name in line.recordings}
    board.orphans |= {name for name in recordings if _role(name) in {Role.RECORDING, Role.MESSAGE}} - kept


def catch_up(board: Switchboard, engine: Engine, at: datetime) -> None:
    """What happened to the lines that are known while nobody listened."""
    for line in list(board.lines.values()):
        for channel, picked_up in missed(line, engine.up):
            board.hear(Entered(channel) if picked_up else Gone(channel), at)


def _line(row: Open, there: AtEngine) -> Line:
    """``channel``: the caller's own, or that of the person who was rung back."""
    people = there.of(Role.PERSON)
    channel = str(people[0]) if people else row.call
    return Line(
        row.call, channel, back=row.rings_back != 0, rings_back=row.rings_back, phone=row.phone, place=row.place,
        language=row.language or "zh", topic=row.topic, emergency=row.emergency, consent=row.recording,
        consent_at=(row.agreed_at or row.since) if row.recording == "agreed" else None, desk=row.desk, since=row.since, staff=row.operator, passed_by=row.passed_by, told=row.told, last=row.last,
        count=BEHIND * (row.told + 1),
    )  # fmt: skip


def _ring_on(board: Switchboard, engine: Engine, rung: Sequence[UnderWay], at: datetime) -> set[str]:
    """Ring-backs of an earlier run go on; which of them are no strangers."""
    for one in rung:
        if one.talks:
            board.answered(one.ring.command)
        elif one.ring.call not in board.lines:
            board.ring_on(one.ring, engine.of(one.ring.call), at)
    return {one.ring.call for one in rung if not one.talks}


def _unknown(board: Switchboard, engine: Engine, known: dict[str, int], at: datetime) -> None:
    """Callers without an open call, and people who are being rung back."""
    for call, told in known.items():
        there = engine.of(call)
        line = Line(call, call, told=told, count=BEHIND * (told + 1), back=True)
        if call not in engine.callers:
            if adopt_back(line, there):
                board.adopt(line, [], at)
        elif not told:
            channel = engine.callers[call]
            board.hear(Entered(call, phone_of(channel)), at)
        else:  # closed by the record: a talk goes on, anything else has no reason to
            line.back = not there.talks
            board.adopt(line, adopt(line, State.ENDED, there, at), at)


def _leftovers(board: Switchboard, engine: Engine) -> None:
    """Legs and bridges of ours that belong to no call."""
    channels = {name for line in board.lines.values() for name in line.channels}
    bridges = {name for line in board.lines.values() for name in line.bridges}
    orders = [Order("hang_up", name, {"reason": "normal"}) for name in engine.legs if name not in channels]
    orders += [
        Order("drop_bridge", name) for name in engine.bridges if read_name(name) and name not in bridges
    ]
    board.add(orders)
