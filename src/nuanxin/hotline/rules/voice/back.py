"""Ringing a person back: the operator's telephone first, so that nobody picks up to silence; then the person's."""

from __future__ import annotations

from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.voice.line import RING_PERSON, Turn
from nuanxin.hotline.rules.voice.names import Role
from nuanxin.hotline.rules.voice.talk import over
from nuanxin.hotline.rules.voice.values import Stage, Tried

# Q.850 causes that the network tells of a telephone that was not reached.
BUSY, NO_ANSWER, DECLINED = {17}, {18, 19, 20}, {21}


def begin(turn: Turn) -> None:
    """Ring the operator."""
    line = turn.line
    line.stage = Stage.BACK_OPERATOR
    line.leg = turn.ring(Role.OPERATOR, line.extension, staff=line.staff)
    turn.timer("ring", line.ring)


def operator_up(turn: Turn) -> None:
    """They picked up: now the person. The house's own number is shown, never the operator's."""
    line = turn.line
    line.stage = Stage.BACK_PERSON
    turn.order("ringback", line.leg)
    line.channel = turn.name(Role.PERSON)
    turn.order("ring_out", line.channel, number=line.phone)
    turn.timer("ring", RING_PERSON)


def person_up(turn: Turn) -> None:
    """The person picked up: from now on it is a call of its own, in the hands of who rang."""
    line = turn.line
    line.stage, line.joined = Stage.TALK, True
    turn.timer("ring", None)
    turn.tell(Happening.QUEUED, desk=line.desk)
    turn.tell(Happening.ANSWERED, operator=line.staff)
    turn.order("no_ringback", line.leg)
    line.bridge = turn.name(Role.BRIDGE)
    turn.order("bridge", line.bridge, type="mixing")
    turn.order("join", line.bridge, channel=line.leg)
    turn.order("join", line.bridge, channel=line.channel)
    turn.answer(line.command, "done")
    line.command = 0


def person_gone(turn: Turn, cause: int) -> None:
    """The person was not reached; what the network says decides whether the attempt counts."""
    line = turn.line
    attempt = _ATTEMPTS.get(cause, Attempt.NOT_COUNTED)
    turn.outs.append(Tried(line.command, attempt))
    turn.answer(line.command, "failed" if attempt is Attempt.NOT_COUNTED else "not_reached")
    line.command = 0
    over(turn, hang_up_caller=True)


_ATTEMPTS = {
    **dict.fromkeys(BUSY | DECLINED, Attempt.BUSY),
    **dict.fromkeys(NO_ANSWER, Attempt.NO_ANSWER),
}


def operator_gone(turn: Turn) -> None:
    """The operator did not pick up, or put the receiver down while the person's telephone rang."""
    turn.answer(turn.line.command, "not_reached" if turn.line.stage is Stage.BACK_OPERATOR else "failed")
    turn.line.command = 0
    over(turn, hang_up_caller=True)
