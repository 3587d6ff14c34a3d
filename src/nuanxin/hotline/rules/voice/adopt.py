"""A call that an earlier run of the gateway has left: taken up from what the record and the engine say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nuanxin.hotline.rules.calls import Happening, State
from nuanxin.hotline.rules.voice import back, talk, waiting
from nuanxin.hotline.rules.voice.line import RING_PERSON, Line, Turn
from nuanxin.hotline.rules.voice.names import Name, Role, read_name
from nuanxin.hotline.rules.voice.values import Out, Stage

WAITS = frozenset({State.QUEUED, State.OFFERED, State.RINGING})


@dataclass(frozen=True, slots=True)
class AtEngine:
    """What the engine has of one call: the legs that are ours with whether they are picked up, and bridges."""

    caller: bool = False
    legs: dict[str, bool] = field(default_factory=dict)
    bridges: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, *roles: Role) -> list[Name]:
        """The legs of these roles, as names."""
        names = [read_name(leg) for leg in self.legs]
        return [name for name in names if name is not None and name.role in roles]

    @property
    def talks(self) -> str:
        """The bridge in which an operator's leg stands with somebody, empty without one."""
        for bridge, members in self.bridges.items():
            name = read_name(bridge)
            operators = {str(one) for one in self.of(Role.OPERATOR)}
            if name is not None and name.role is Role.BRIDGE and members & operators and len(members) > 1:
                return bridge
        return ""


def adopt(line: Line, state: State, engine: AtEngine, at: datetime) -> list[Out]:
    """Go on with a call whose caller is on the line, or end it by the record where they are not."""
    turn = Turn(line, at)
    if not engine.caller:
        talk.over(turn, hang_up_caller=False)
    elif engine.talks:
        _in_talk(turn, state, engine)
    elif state is State.ON_CALL:
        _half_a_talk(turn, engine)
    elif state in {State.OFFERED, State.RINGING}:
        _was_offered(turn, engine)
    elif state is State.QUEUED:
        _wait(turn)
    elif state is State.VOICEMAIL:
        waiting.leave_message(turn)
    elif state is State.CALL_BACK:
        waiting.say_goodbye(turn, "call-back-kept")
    elif state in {State.ARRIVING, State.MENU}:
        turn.order("answer", line.channel)
        line.stage = Stage.GREETING
        turn.play("welcome")
    else:
        talk.over(turn, hang_up_caller=True)
    return turn.outs


def adopt_back(line: Line, engine: AtEngine) -> bool:
    """Take up somebody who is being rung back and talks; false where nobody talks."""
    people = engine.of(Role.PERSON)
    bridge = engine.talks
    if not people or not bridge:
        return False
    line.channel, line.back = str(people[0]), True
    _stand_in(line, bridge, engine)
    return True


def adopt_ring(line: Line, engine: AtEngine, at: datetime) -> list[Out]:
    """Go on with a ring-back of which nobody was told yet that the person was reached. ``line`` stands before its
    beginning; whatever has gone meanwhile has gone without a reason that we know."""
    turn = Turn(line, at)
    people, operators = engine.of(Role.PERSON), engine.of(Role.OPERATOR)
    line.leg = str(operators[0]) if operators else ""
    line.channel = str(people[0]) if people else ""
    up = bool(line.leg) and engine.legs[line.leg]
    if up and line.channel:
        line.stage, line.rang = Stage.BACK_PERSON, True
        if engine.legs[line.channel]:
            back.person_up(turn)
        else:
            turn.timer("ring", RING_PERSON)
    elif line.leg and not up:
        line.stage = Stage.BACK_OPERATOR
        turn.timer("ring", line.ring)
    else:
        line.stage = Stage.BACK_PERSON
        back.person_gone(turn, 0)
    return turn.outs


def _stand_in(line: Line, bridge: str, engine: AtEngine) -> None:
    members = engine.bridges[bridge]
    operator = next(one for one in engine.of(Role.OPERATOR) if str(one) in members)
    line.stage, line.joined, line.bridge = Stage.TALK, True, bridge
    line.leg, line.staff = str(operator), operator.staff
    line.interpreters = {str(one): 0 for one in engine.of(Role.INTERPRETER) if str(one) in members}


def _in_talk(turn: Turn, state: State, engine: AtEngine) -> None:
    _stand_in(turn.line, engine.talks, engine)
    if state in WAITS:
        turn.tell(Happening.ANSWERED, operator=turn.line.staff)
    if turn.line.channel not in engine.bridges[turn.line.bridge]:
        turn.order("join", turn.line.bridge, channel=turn.line.channel)


def _half_a_talk(turn: Turn, engine: AtEngine) -> None:
    """They talked by the record, and no bridge joins them: join them anew, or end it where the operator has gone."""
    picked_up = [one for one in engine.of(Role.OPERATOR) if engine.legs[str(one)]]
    if not picked_up:
        talk.over(turn, hang_up_caller=True)
        return
    turn.line.leg, turn.line.staff = str(picked_up[0]), picked_up[0].staff
    talk.join(turn)


def _was_offered(turn: Turn, engine: AtEngine) -> None:
    line = turn.line
    legs = engine.of(Role.OPERATOR)
    if not legs:
        turn.tell(Happening.NOT_TAKEN, operator=line.staff)
        line.staff = 0
        _wait(turn)
        return
    line.leg, line.staff, line.stage = str(legs[0]), legs[0].staff, Stage.OFFER
    turn.hold()
    if engine.legs[line.leg]:
        talk.join(turn)
    else:
        turn.timer("ring", line.ring)
        turn.timer("route", timedelta(0))


def _wait(turn: Turn) -> None:
    line = turn.line
    line.stage, line.since = Stage.QUEUE, line.since or turn.at
    turn.timer("route", timedelta(0))
    turn.timer("place", waiting.TELL_PLACE)
    turn.hold()


def missed(line: Line, channels: dict[str, bool]) -> Sequence[tuple[str, bool]]:
    """Which channels of a line that is known have gone (False) or were picked up (True) while nobody listened."""
    news = []
    for channel in line.channels:
        if channel not in channels:
            news.append((channel, False))
        elif channels[channel] and channel != line.call:
            news.append((channel, True))
    return news
