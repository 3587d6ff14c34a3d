"""Events of Asterisk's REST interface, read into what ``rules.voice`` hears. Others, and broken ones, are passed over."""

from __future__ import annotations

from typing import Any

from nuanxin.hotline.rules.voice.values import Entered, Gone, Heard, Key, Played, Recorded, Rings

DIGITS = frozenset("0123456789+")


def read_event(event: dict[str, Any], app: str) -> Heard | None:
    """What was heard; None for what does not concern the voice. Never raises for a strange event."""
    if event.get("application", app) != app:
        return None
    reader = _READERS.get(str(event.get("type", "")))
    try:
        return reader(event) if reader else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def phone_of(channel: dict[str, Any]) -> str:
    """The caller's number; empty where it is hidden or no number."""
    number = str(channel.get("caller", {}).get("number", "") or "")
    return number if 3 <= len(number) <= 20 and set(number) <= DIGITS else ""


def _entered(event: dict[str, Any]) -> Heard:
    """The dialplan may hand over the caller's place, six digits, as the second argument."""
    channel, args = event["channel"], [str(arg) for arg in event.get("args", [])]
    place = (
        args[1] if len(args) > 1 and len(args[1]) == 6 and args[1].isascii() and args[1].isdecimal() else ""
    )
    return Entered(str(channel["id"]), phone_of(channel), int(place or 0) * 10**6)


# SIP answers by which a carrier refuses us, not the person: sign-in missing or wrong. Asterisk makes the cause of
# "rejected" of them too, and the newer ones tell the answer itself besides (``tech_cause``).
REFUSES_US, OUR_LINE = frozenset({401, 403, 407}), 34


def _gone(event: dict[str, Any]) -> Heard:
    refused = int(event.get("tech_cause") or 0) in REFUSES_US
    return Gone(str(event["channel"]["id"]), OUR_LINE if refused else int(event.get("cause") or 0))


def _state(event: dict[str, Any]) -> Heard | None:
    channel = event["channel"]
    return Rings(str(channel["id"])) if channel.get("state") == "Ringing" else None


def _dial(event: dict[str, Any]) -> Heard | None:
    """A network that plays its own sound of ringing: it reached somebody. How it ended is told by the channel's end,
    which knows the cause; the word here is "no answer" for a number that does not exist too."""
    return Rings(str(event["peer"]["id"])) if event.get("dialstatus") == "PROGRESS" else None


def _recorded(event: dict[str, Any]) -> Heard:
    recording = event["recording"]
    failed = event["type"] == "RecordingFailed"
    return Recorded(str(recording["name"]), 0 if failed else max(int(recording.get("duration") or 0), 0))


_READERS = {
    "StasisStart": _entered,
    "StasisEnd": _gone,
    "ChannelDestroyed": _gone,
    "ChannelHangupRequest": _gone,
    "ChannelStateChange": _state,
    "ChannelDtmfReceived": lambda event: Key(str(event["channel"]["id"]), str(event["digit"])[:1]),
    "Dial": _dial,
    "PlaybackFinished": lambda event: Played(
        str(event["playback"]["id"]), event["playback"].get("state") == "failed"
    ),
    "RecordingFinished": _recorded,
    "RecordingFailed": _recorded,
}
