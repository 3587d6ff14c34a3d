"""The talk: joined, with an interpreter, with a supervisor who listens, passed on, and its end."""

from __future__ import annotations

from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.voice.line import CLOSING, LINGER, Listening, Turn
from nuanxin.hotline.rules.voice.menu import AGREED, REFUSED
from nuanxin.hotline.rules.voice.names import Role
from nuanxin.hotline.rules.voice.values import UNKNOWN, Keep, Stage, Wanted
from nuanxin.hotline.rules.voice.waiting import may_record


def join(turn: Turn) -> None:
    """The operator picked up: both into a bridge, recorded where the caller has agreed."""
    line = turn.line
    turn.tell(Happening.ANSWERED, operator=line.staff)
    turn.answer(line.command, "done")
    line.command, line.stage, line.joined = 0, Stage.TALK, True
    line.timers.clear()
    turn.quiet()
    line.bridge = turn.name(Role.BRIDGE)
    turn.order("bridge", line.bridge, type="mixing")
    turn.order("join", line.bridge, channel=line.channel)
    turn.order("join", line.bridge, channel=line.leg)
    if may_record(turn):
        _begin_recording(turn)


def _begin_recording(turn: Turn) -> None:
    line = turn.line
    line.recording = turn.name(Role.RECORDING)
    line.recordings[line.recording] = (line.staff, line.consent_at or turn.at)
    turn.order("record_bridge", line.bridge, name=line.recording, format="wav", ifExists="overwrite")


def recorded(turn: Turn, name: str, seconds: int) -> None:
    """The talk's recording is there to be fetched."""
    by, agreed = turn.line.recordings.pop(name)
    turn.line.recording = "" if turn.line.recording == name else turn.line.recording
    turn.outs.append(Keep(turn.line.call, name, seconds or UNKNOWN, agreed, by))


def take_apart(turn: Turn) -> None:
    """Close what was built around the talk: third voices, ears, the recording, the bridge. The two remain."""
    line = turn.line
    for channel, command in line.interpreters.items():
        turn.close(channel)
        turn.answer(command, "failed")
    line.interpreters.clear()
    for channel in list(line.listeners):
        stop_ear(turn, channel)
    _end_recording(turn)
    if line.bridge:
        turn.order("drop_bridge", line.bridge)
    line.bridge, line.joined = "", False


def _end_recording(turn: Turn) -> None:
    line = turn.line
    if line.recording and line.bridge:
        turn.order("stop_recording", line.recording)
        line.recording = ""


def over(turn: Turn, *, hang_up_caller: bool) -> None:
    """The caller's line is closed: tell it once, leave no leg."""
    line = turn.line
    turn.tell(Happening.HUNG_UP)
    turn.answer(line.command, "failed" if line.back else "no_such_call")
    line.command, line.stage = 0, Stage.OVER
    line.timers.clear()
    take_apart(turn)
    turn.close(line.leg)
    if hang_up_caller:
        turn.close(line.channel)
    if line.recordings:
        turn.timer("linger", LINGER)
    line.leg, line.playing, line.music = "", "", False


def close_line(turn: Turn) -> None:
    """Close the caller's channel; its end is told when the engine tells it, or after a while all the same."""
    turn.close(turn.line.channel)
    turn.timer("closing", CLOSING)


def wanted(turn: Turn, wish: Wanted) -> None:
    """A command about a talk."""
    line = turn.line
    deed = _DEEDS.get(wish.kind)
    if deed is None:
        turn.answer(wish.command, "failed")
    elif line.stage is not Stage.TALK and wish.kind not in {"hang_up", "stop_listening", "drop_interpreter"}:
        turn.answer(wish.command, "too_late")
    else:
        deed(turn, wish)


def _hang_up(turn: Turn, wish: Wanted) -> None:
    turn.answer(wish.command, "done")
    if turn.line.stage is not Stage.OVER:
        over(turn, hang_up_caller=True)


def _follow(turn: Turn, wish: Wanted) -> None:
    """The record has the call in another queue already: let the operator go, the caller waits."""
    line = turn.line
    take_apart(turn)
    turn.close(line.leg)
    line.passed_by, line.staff, line.leg, line.extension = line.staff, 0, "", ""
    line.stage, line.desk = Stage.QUEUE, wish.desk
    line.since = line.since or turn.at
    line.offer = False
    turn.hold()
    turn.answer(wish.command, "done")


def _add_interpreter(turn: Turn, wish: Wanted) -> None:
    channel = turn.ring(Role.INTERPRETER, wish.extension, staff=wish.staff)
    turn.line.interpreters[channel] = wish.command
    turn.timer(channel, turn.line.ring)


def _drop_interpreter(turn: Turn, wish: Wanted) -> None:
    line = turn.line
    for channel, command in line.interpreters.items():
        turn.close(channel)
        turn.timer(channel, None)
        turn.answer(command, "not_reached")
    line.interpreters.clear()
    turn.answer(wish.command, "done")


def third_voice(turn: Turn, channel: str) -> None:
    """An interpreter picked up."""
    line = turn.line
    turn.timer(channel, None)
    turn.order("join", line.bridge, channel=channel)
    turn.answer(line.interpreters[channel], "done")
    line.interpreters[channel] = 0


def third_gone(turn: Turn, channel: str, *, close: bool) -> None:
    """An interpreter has gone, or never came; the talk goes on."""
    turn.timer(channel, None)
    if close:
        turn.close(channel, "no_answer")
    turn.answer(turn.line.interpreters.pop(channel, 0), "not_reached")


def _listen(turn: Turn, wish: Wanted) -> None:
    channel = turn.ring(Role.LISTENER, wish.extension, staff=wish.staff)
    turn.line.listeners[channel] = Listening(wish.command, wish.staff)
    turn.timer(channel, turn.line.ring)


def listener_up(turn: Turn, channel: str) -> None:
    """The supervisor picked up: an ear at the operator's leg, which hears both and whispers nothing."""
    ear = turn.line.listeners[channel]
    ear.snoop = turn.name(Role.SNOOP, ear.staff)
    turn.order("snoop", ear.snoop, channel=turn.line.leg, spy="both", whisper="none")


def ear_up(turn: Turn, snoop: str) -> None:
    """The ear is there: join it with the supervisor's telephone, whose own voice is muted besides."""
    for channel, ear in turn.line.listeners.items():
        if ear.snoop == snoop and not ear.joined:
            ear.bridge, ear.joined = turn.name(Role.LISTENING, ear.staff), True
            turn.timer(channel, None)
            turn.order("bridge", ear.bridge, type="mixing")
            turn.order("join", ear.bridge, channel=snoop)
            turn.order("join", ear.bridge, channel=channel, mute="true")
            turn.answer(ear.command, "done")
            ear.command = 0


def stop_ear(turn: Turn, channel: str, *, result: str = "not_reached") -> None:
    """Nobody listens at this telephone any more."""
    ear = turn.line.listeners.pop(channel)
    turn.timer(channel, None)
    turn.close(channel)
    turn.close(ear.snoop)
    if ear.bridge:
        turn.order("drop_bridge", ear.bridge)
    turn.answer(ear.command, result)


def _stop_listening(turn: Turn, wish: Wanted) -> None:
    for channel, ear in list(turn.line.listeners.items()):
        if ear.staff == wish.staff:
            stop_ear(turn, channel)
    turn.answer(wish.command, "done")


def _record(turn: Turn, wish: Wanted) -> None:
    """The caller has agreed in the talk, and it stands on the record."""
    line = turn.line
    line.consent, line.consent_at = AGREED, wish.at or turn.at
    if not line.recording:
        _begin_recording(turn)
    turn.answer(wish.command, "done")


def _stop_recording(turn: Turn, wish: Wanted) -> None:
    """The caller has taken it back: what was recorded is fetched, and not kept by the record."""
    turn.line.consent, turn.line.consent_at = REFUSED, None
    _end_recording(turn)
    turn.answer(wish.command, "done")


_DEEDS = {
    "record": _record,
    "stop_recording": _stop_recording,
    "hang_up": _hang_up,
    "follow": _follow,
    "add_interpreter": _add_interpreter,
    "drop_interpreter": _drop_interpreter,
    "listen_in": _listen,
    "stop_listening": _stop_listening,
}
