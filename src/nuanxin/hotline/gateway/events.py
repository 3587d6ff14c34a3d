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


def _gone(event: dict[str, Any]) -> Heard:
    return Gone(str(event["channel"]["id"]), int(event.get("cause") or 0))


def _state(event: dict[str, Any]) -> Heard | None:
    channel = event["channel"]
    return Rings(str(channel["id"])) if channel.get("state") == "Ringing" else None


def _dial(event: dict[str, Any]) -> Heard | None:
    """What the network says of a telephone that is rung, for where its channel's end tells no cause."""
    cause = _DIAL.get(str(event.get("dialstatus", "")))
    return None if cause is None else Gone(str(event["peer"]["id"]), cause)


_DIAL = {"BUSY": 17, "NOANSWER": 19, "CONGESTION": 34, "CHANUNAVAIL": 20}


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
    "PlaybackFinished": lambda event: Played(str(event["playback"]["id"])),
    "RecordingFinished": _recorded,
    "RecordingFailed": _recorded,
}
