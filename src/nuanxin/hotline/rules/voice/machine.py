"""One step of a call's voice: what was heard, to what is done. Lost, doubled and late events do no harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.voice import back, menu, talk, waiting
from nuanxin.hotline.rules.voice.line import Line, Turn
from nuanxin.hotline.rules.voice.values import (
    UNKNOWN,
    Denied,
    Entered,
    Gone,
    Heard,
    Key,
    Offered,
    Out,
    Played,
    Recorded,
    Rings,
    Routed,
    Stage,
    Standing,
    Tick,
    Wanted,
)

TECHNICAL = frozenset({0, 1, 3, 20, 27, 34, 38, 41, 42, 58})  # the telephone was not there to be rung


def arrive(line: Line, at: datetime) -> list[Out]:
    """A call comes in."""
    turn = Turn(line, at)
    menu.greet(turn)
    return turn.outs


def ring_back(line: Line, at: datetime) -> list[Out]:
    """Ring the person of ``line`` back."""
    turn = Turn(line, at)
    back.begin(turn)
    return turn.outs


def hear(line: Line, heard: Heard, at: datetime) -> list[Out]:
    """One thing that was heard of the call; what to do comes back, in order."""
    turn = Turn(line, at)
    if line.stage is Stage.OVER and not isinstance(heard, (Recorded, Tick, Entered, Offered, Wanted)):
        return turn.outs
    _HEARS[type(heard)](turn, heard)
    return turn.outs


def _entered(turn: Turn, heard: Entered) -> None:
    line, channel = turn.line, heard.channel
    if line.stage is Stage.OVER:
        turn.close(channel)
    elif channel == line.leg and line.stage is Stage.OFFER:
        talk.join(turn)
    elif channel == line.leg and line.stage is Stage.BACK_OPERATOR:
        back.operator_up(turn)
    elif channel == line.channel:
        if line.stage is Stage.BACK_PERSON:
            back.person_up(turn)
    elif channel in line.interpreters:
        if line.interpreters[channel]:
            talk.third_voice(turn, channel)
    elif channel in line.listeners:
        if not line.listeners[channel].snoop:
            talk.listener_up(turn, channel)
    elif any(ear.snoop == channel for ear in line.listeners.values()):
        talk.ear_up(turn, channel)
    elif channel != line.leg:
        turn.close(channel)  # picked up after it was given up


def _gone(turn: Turn, heard: Gone) -> None:
    line, channel = turn.line, heard.channel
    if channel == line.channel:
        if line.stage is Stage.BACK_PERSON:
            back.person_gone(turn, heard.cause)
        else:
            talk.over(turn, hang_up_caller=False)
    elif channel == line.leg:
        _operator_gone(turn, heard.cause)
    elif channel in line.interpreters:
        talk.third_gone(turn, channel, close=False)
    else:
        for listener, ear in list(line.listeners.items()):
            if channel in {listener, ear.snoop}:
                talk.stop_ear(turn, listener)


def _operator_gone(turn: Turn, cause: int) -> None:
    line = turn.line
    if line.stage is Stage.OFFER:
        waiting.not_taken(turn, gone=True, rang=cause not in TECHNICAL)
    elif line.stage in {Stage.BACK_OPERATOR, Stage.BACK_PERSON}:
        back.operator_gone(turn)
    elif line.stage is Stage.TALK:
        line.leg = ""
        talk.over(turn, hang_up_caller=True)


def _rings(turn: Turn, heard: Rings) -> None:
    line = turn.line
    if heard.channel == line.leg and line.stage is Stage.OFFER:
        turn.tell(Happening.RINGING, operator=line.staff)
    elif heard.channel == line.channel and line.stage is Stage.BACK_PERSON:
        line.rang = True


def _key(turn: Turn, heard: Key) -> None:
    if heard.channel != turn.line.channel:
        return
    if turn.line.stage in menu.ASKS | {Stage.GREETING}:
        menu.pressed(turn, heard.digit)
    else:
        waiting.pressed(turn, heard.digit)


def _played(turn: Turn, heard: Played) -> None:
    line = turn.line
    if heard.playback != line.playing:
        return  # of a sentence that was stopped for another
    line.playing = ""
    turn.timer("stage", None)
    if not (heard.failed and turn.play_instead()):
        _sentence_over(turn)


def _sentence_over(turn: Turn) -> None:
    stage = turn.line.stage
    if stage in menu.ASKS | {Stage.GREETING}:
        menu.played(turn)
    elif stage in {Stage.ROUTING, Stage.QUEUE, Stage.OFFER}:
        turn.hold()
    elif stage is Stage.MAIL:
        waiting.record_message(turn)
    elif stage is Stage.BYE:
        talk.close_line(turn)


def _recorded(turn: Turn, heard: Recorded) -> None:
    line = turn.line
    if heard.name not in line.recordings:
        return
    if line.recordings[heard.name][0]:
        talk.recorded(turn, heard.name, heard.seconds)
    else:
        waiting.message_over(turn, heard.name, heard.seconds)


def _tick(turn: Turn, _heard: Tick) -> None:
    line = turn.line
    for name, when in sorted(line.timers.items(), key=lambda item: item[1]):
        if when > turn.at or line.timers.get(name) != when:
            continue
        del line.timers[name]
        _due(turn, name)


def _due(turn: Turn, name: str) -> None:
    line = turn.line
    if name == "stage":
        _stage_due(turn)
    elif name == "ring" and line.stage is Stage.OFFER:
        waiting.not_taken(turn)
    elif name == "ring" and line.stage is Stage.BACK_OPERATOR:
        back.operator_gone(turn)
    elif name == "ring" and line.stage is Stage.BACK_PERSON:
        back.ring_over(turn)
    elif name == "closing":
        talk.over(turn, hang_up_caller=True)
    elif name == "linger":
        line.recording = ""
        for name in list(line.recordings):  # its end was not told: whatever is there is fetched
            _recorded(turn, Recorded(name, UNKNOWN))
    elif name in line.interpreters:
        talk.third_gone(turn, name, close=True)
    elif name in line.listeners:
        talk.stop_ear(turn, name)
    else:
        waiting.due(turn, name)


def _stage_due(turn: Turn) -> None:
    """The end of a sentence was not told, a menu was answered by silence, or a message has no end."""
    line = turn.line
    if line.playing:
        turn.quiet()
        _sentence_over(turn)
    elif line.stage in menu.ASKS:
        menu.pressed(turn, "")
    elif line.stage is Stage.MAIL and line.recording:
        waiting.message_over(turn, line.recording, UNKNOWN)


def _standing(turn: Turn, heard: Standing) -> None:
    turn.line.ahead = heard.ahead


def _denied(turn: Turn, heard: Denied) -> None:
    """Somebody else has the call by the record: the voice lets this one go, and the caller waits for the right one."""
    line = turn.line
    if line.stage is not Stage.TALK or line.staff != heard.staff or line.back:
        return
    talk.take_apart(turn)
    turn.close(line.leg)
    line.staff, line.leg, line.extension, line.stage = 0, "", "", Stage.QUEUE
    turn.hold()


def _wanted(turn: Turn, heard: Wanted) -> None:
    talk.wanted(turn, heard)


_HEARS: dict[type, Callable[[Turn, Any], None]] = {
    Entered: _entered, Gone: _gone, Rings: _rings, Key: _key, Played: _played, Recorded: _recorded, Tick: _tick,
    Routed: waiting.routed, Standing: _standing, Offered: waiting.offered, Denied: _denied, Wanted: _wanted,
}  # fmt: skip
