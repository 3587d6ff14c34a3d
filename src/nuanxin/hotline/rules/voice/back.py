"""Ringing a person back: the operator's telephone first, so that nobody picks up to silence; then the person's."""

from __future__ import annotations

from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.voice.line import RING_PERSON, Turn
from nuanxin.hotline.rules.voice.names import Role
from nuanxin.hotline.rules.voice.talk import over
from nuanxin.hotline.rules.voice.values import Stage, Tried

# Q.850 causes that the network tells of a telephone that was not reached: Asterisk's res_pjsip makes them of the
# SIP answer (486, 600: 17; 408: 18; 480: 19; 603: 21; 404, 485, 604: 1; 410: 22; 484: 28). 16 and 31 are said by
# networks that play a sentence and end the call in their own words.
_ATTEMPTS = {
    **dict.fromkeys((16, 18, 19, 20, 31), Attempt.NO_ANSWER),
    17: Attempt.BUSY,
    21: Attempt.DECLINED,
    **dict.fromkeys((1, 22, 28), Attempt.UNOBTAINABLE),
}
SILENT = 18  # nothing came back: where nothing ever rang, it was our line
TIME_OVER = 19


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
    if cause == SILENT and not line.rang:
        attempt = Attempt.NOT_COUNTED
    result = "failed" if attempt is Attempt.NOT_COUNTED else "not_reached"
    if line.command:
        turn.outs.append(Tried(line.command, result, attempt, turn.at))
    line.command = 0
    over(turn, hang_up_caller=True)


def ring_over(turn: Turn) -> None:
    """The person's telephone rang for as long as we let it."""
    person_gone(turn, TIME_OVER if turn.line.rang else SILENT)


def operator_gone(turn: Turn) -> None:
    """The operator did not pick up, or put the receiver down while the person's telephone rang."""
    turn.answer(turn.line.command, "not_reached" if turn.line.stage is Stage.BACK_OPERATOR else "failed")
    turn.line.command = 0
    over(turn, hang_up_caller=True)
