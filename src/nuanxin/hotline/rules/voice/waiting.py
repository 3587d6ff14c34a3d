"""From the queue to a person: waiting, being offered, keeping the place, leaving a message."""

from __future__ import annotations

from datetime import timedelta

from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.voice.line import LINGER, OFFER, Turn
from nuanxin.hotline.rules.voice.menu import AGREED
from nuanxin.hotline.rules.voice.names import Role
from nuanxin.hotline.rules.voice.prompts import ahead_prompt
from nuanxin.hotline.rules.voice.values import UNKNOWN, AskRoute, Keep, NotPickedUp, Offered, Routed, Stage

TELL_PLACE = timedelta(seconds=45)  # from one sentence about the place in the queue to the next
LONGEST_MESSAGE = 180  # seconds
SILENCE_ENDS = 8  # seconds
SHORTEST_MESSAGE = 2  # seconds: less is nobody's message


def routed(turn: Turn, found: Routed) -> None:
    """The platform says where to. One who was offered or has gone meanwhile stays where they are."""
    line = turn.line
    line.routing = False
    if line.stage not in {Stage.ROUTING, Stage.QUEUE}:
        return
    if not found.desk:
        leave_message(turn)
        return
    line.stage, line.desk, line.ahead = Stage.QUEUE, found.desk, found.ahead
    line.since = line.since or turn.at
    line.offer = found.offer and bool(line.phone)
    turn.timer("route", found.again)
    if "place" not in line.timers:
        turn.timer("place", TELL_PLACE)
    turn.hold()


def due(turn: Turn, name: str) -> None:
    """A timer of the queue: ask for the way again, or say the place."""
    line = turn.line
    if name == "route":
        if line.stage is Stage.QUEUE and not line.routing:
            line.routing = True
            turn.outs.append(AskRoute(line.call))
        elif line.stage is Stage.OFFER:
            turn.timer("route", timedelta(seconds=1))
    elif name == "place" and line.stage is Stage.QUEUE:
        _say_place(turn)


def _say_place(turn: Turn) -> None:
    line = turn.line
    turn.timer("place", TELL_PLACE)
    if line.offer and not line.offer_made:
        line.offer_made = True
        turn.play(OFFER)
    else:
        turn.play(ahead_prompt(line.ahead))


def pressed(turn: Turn, digit: str) -> None:
    """Key 1 takes the offer to be rung, once it was heard."""
    line = turn.line
    if line.stage is Stage.QUEUE and line.offer_made and not line.offer_unheard and digit == "1":
        turn.tell(Happening.CALL_BACK_ASKED)
        say_goodbye(turn, "call-back-kept")


def say_goodbye(turn: Turn, prompt: str) -> None:
    """The last sentence; the line is closed behind it."""
    turn.line.stage = Stage.BYE
    turn.line.timers.clear()
    turn.play(prompt)


def offered(turn: Turn, offer: Offered) -> None:
    """Ring the operator to whom the platform has given the call."""
    line = turn.line
    if offer.at is not None:  # what is told of the offer from here on stands behind it
        line.last = max(line.last or offer.at, offer.at)
    if line.stage is not Stage.QUEUE:
        _too_late(turn, offer)
        return
    line.stage, line.staff, line.extension, line.command = (
        Stage.OFFER,
        offer.staff,
        offer.extension,
        offer.command,
    )
    line.leg = turn.ring(Role.OPERATOR, offer.extension, staff=offer.staff, shown=line.phone)
    turn.timer("ring", line.ring)
    turn.hold()


def _too_late(turn: Turn, offer: Offered) -> None:
    """The caller went on while the platform gave the call away: take it back in the record too."""
    line = turn.line
    turn.answer(offer.command, "too_late")
    if line.stage in {Stage.MAIL, Stage.ROUTING}:
        turn.tell(Happening.NOT_TAKEN, operator=offer.staff)
    if line.stage is Stage.MAIL:
        turn.tell(Happening.VOICEMAIL_ENTERED)


def not_taken(turn: Turn, *, gone: bool = False, rang: bool = True) -> None:
    """The operator did not pick up: back to the head of the queue, and the next one is rung."""
    line = turn.line
    if not gone:
        turn.close(line.leg, "no_answer")
    turn.tell(Happening.NOT_TAKEN, operator=line.staff)
    turn.answer(line.command, "not_reached" if rang else "failed")
    turn.outs.append(NotPickedUp(line.staff))
    line.stage, line.staff, line.leg, line.command, line.extension = Stage.QUEUE, 0, "", 0, ""
    turn.timer("ring", None)


def leave_message(turn: Turn) -> None:
    """Nobody can take the call: ask for a message, which is a promise to ring back."""
    line = turn.line
    turn.tell(Happening.VOICEMAIL_ENTERED)
    line.stage = Stage.MAIL
    line.timers.clear()
    turn.play("voicemail")


def record_message(turn: Turn) -> None:
    """The sentence is over: the tone, then the caller speaks. Who could not hear that they would be recorded is not:
    they are rung back, where their number is known."""
    line = turn.line
    if line.unheard:
        if line.phone:
            turn.tell(Happening.CALL_BACK_ASKED)
        say_goodbye(turn, "call-back-kept" if line.phone else "no-message")
        return
    line.recording = turn.name(Role.MESSAGE)
    turn.order(
        "record", line.channel, name=line.recording, format="wav", beep="true", terminateOn="#",
        maxDurationSeconds=str(LONGEST_MESSAGE), maxSilenceSeconds=str(SILENCE_ENDS), ifExists="overwrite",
    )  # fmt: skip
    line.recordings[line.recording] = (0, turn.at)
    turn.timer("stage", timedelta(seconds=LONGEST_MESSAGE) + LINGER)


def message_over(turn: Turn, name: str, seconds: int) -> None:
    """The message is there, or there is none. Of how long it is nobody may have told: then it counts as one."""
    line = turn.line
    line.recording = ""
    _by, agreed = line.recordings.pop(name)
    turn.timer("stage", None)
    left = seconds >= SHORTEST_MESSAGE or seconds == UNKNOWN
    if left:  # who speaks after the tone has agreed to this, whatever they said of a talk that did not come
        line.consent = AGREED
        turn.tell(Happening.MESSAGE_LEFT)
    turn.outs.append(Keep(line.call, name, seconds if left else 0, agreed))
    if line.stage is Stage.MAIL:
        say_goodbye(turn, "message-thanks" if left else "no-message")


def may_record(turn: Turn) -> bool:
    """Only what the caller has agreed to."""
    return turn.line.consent == AGREED and turn.line.consent_at is not None
