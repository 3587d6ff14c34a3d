"""The engine's channels, bridges, playbacks and recordings. Knows no network and no clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from nuanxin.hotline.simulator.contract import Broken, match_request
from nuanxin.hotline.simulator.sound import silence
from nuanxin.hotline.simulator.things import Channel, Recording, describe, describe_bridge

Answer = tuple[int, Any]
CAUSES = {
    "normal": 16,
    "busy": 17,
    "no_answer": 19,
    "rejected": 21,
    "congestion": 34,
    "answered_elsewhere": 26,
}
PROMPT = 4.0  # seconds that a sentence takes
NO_FOLDER: Answer = (500, {"message": "Internal Server Error"})


class People(Protocol):
    """Who is at the telephones."""

    def rung(self, channel: str, endpoint: str) -> None:
        """A telephone is rung."""

    def hears(self, channel: str, media: str) -> None:
        """A sentence begins at a caller's ear."""

    def recorded(self, channel: str, name: str) -> None:
        """A caller is asked to speak."""

    def joined(self, bridge: str, channels: list[str]) -> None:
        """Two or more can hear each other."""

    def left(self, channel: str, cause: int) -> None:
        """A channel is closed."""


class Engine:
    """One simulated engine. ``later``: run something after so many seconds; ``tell``: where events go."""

    def __init__(
        self, clock: Callable[[], datetime], later: Callable[[float, Callable[[], None]], object],
        tell: Callable[[dict[str, Any]], None], app: str = "nuanxin",
    ) -> None:  # fmt: skip
        self.clock, self.later, self._tell, self.app = clock, later, tell, app
        self.people: People | None = None
        self.channels: dict[str, Channel] = {}
        self.bridges: dict[str, list[str]] = {}
        self.playbacks: dict[str, tuple[str, str]] = {}
        self.live: dict[str, Recording] = {}
        self.stored: dict[str, int] = {}
        self.unregistered: set[str] = set()  # telephones that nobody has signed in with
        self.unrecorded: set[tuple[str, str]] = (
            set()
        )  # language and name of sentences of which there is no file
        self.has_folder = True  # of recordings; some packages of Asterisk come without it
        self.broken: list[str] = []  # requests that did not keep the contract

    # ---- what people do

    def call_in(self, channel: str, number: str = "", place: str = "") -> None:
        """A caller comes in through the dialplan."""
        args = ["caller", place] if place else ["caller"]
        self.channels[channel] = Channel(channel, "Ring", number, self.clock(), args)
        self._enter(channel)

    def press(self, channel: str, digit: str) -> None:
        """A key is pressed; the hash key ends a message."""
        if channel not in self.channels:
            return
        self._event("ChannelDtmfReceived", channel, digit=digit, duration_ms=100)
        if digit == "#":
            for recording in [one for one in self.live.values() if one.target == f"channel:{channel}"]:
                self._end_recording(recording)

    def rings(self, channel: str) -> None:
        """A telephone that was rung does ring."""
        self._state(channel, "Ringing")
        self._dial(channel, "RINGING")

    def pick_up(self, channel: str) -> None:
        """A telephone that rings is picked up."""
        if channel in self.channels and not self.channels[channel].stasis:
            self._dial(channel, "ANSWER")
            self._state(channel, "Up")
            self._enter(channel)

    def close(self, channel: str, cause: int = 16) -> None:
        """A channel ends, whoever ended it."""
        if channel not in self.channels:
            return
        for recording in [one for one in self.live.values() if one.target == f"channel:{channel}"]:
            self._end_recording(recording)
        for playback in [name for name, (at, _) in self.playbacks.items() if at == channel]:
            self._end_playback(playback)
        for bridge in list(self.bridges):
            self._leave(bridge, channel)
        if self.channels[channel].stasis:
            self._event("StasisEnd", channel)
        self._event("ChannelDestroyed", channel, cause=cause, cause_txt=f"cause {cause}")
        del self.channels[channel]
        if self.people:
            self.people.left(channel, cause)

    # ---- what the gateway asks

    def handle(self, method: str, path: str, query: Mapping[str, str]) -> Answer:
        """Answer one request as the engine would: status and body."""
        try:
            operation, names = match_request(method, path, query)
        except Broken as fault:
            self.broken.append(str(fault))
            return 400, {"message": str(fault)}
        status, body = getattr(self, f"_do_{operation.name}")(*names.values(), **query)
        if status >= 400 and status not in operation.refusals:
            raise AssertionError(f"{operation.name} is not refused with {status}")
        return status, body

    def _do_channels(self) -> Answer:
        return 200, [self.describe(one) for one in self.channels.values()]

    def _do_bridges(self) -> Answer:
        return 200, [self.describe_bridge(name) for name in self.bridges]

    def _do_originate(self, channel: str, endpoint: str, **said: str) -> Answer:
        if channel in self.channels:
            return 409, {"message": "exists"}
        if endpoint in self.unregistered:
            return 500, {"error": "Allocation failed"}
        number = said.get("callerId", "")
        self.channels[channel] = Channel(channel, "Down", number, self.clock(), [said.get("appArgs", "")])
        if self.people:
            self.people.rung(channel, endpoint)
        self.later(float(said.get("timeout", "30")), lambda: self._unanswered(channel))
        return 200, self.describe(self.channels[channel]) if channel in self.channels else {"id": channel}

    def _unanswered(self, channel: str) -> None:
        if channel in self.channels and not self.channels[channel].stasis:
            self.refuse(channel, "NOANSWER", 19)

    def refuse(self, channel: str, status: str, cause: int) -> None:
        """A telephone that was rung is not reached."""
        if channel in self.channels:
            self._event("ChannelHangupRequest", channel, cause=cause)
            self._dial(channel, status)
            self.close(channel, cause)

    def _do_hang_up(self, channel: str, reason: str = "normal") -> Answer:
        if channel not in self.channels:
            return 404, {"message": "no channel"}
        self.close(channel, CAUSES.get(reason, 16))
        return 204, None

    def _do_answer(self, channel: str) -> Answer:
        if channel not in self.channels:
            return 404, {"message": "no channel"}
        self._state(channel, "Up")
        return 204, None

    def _quietly(self, channel: str, **_: str) -> Answer:
        return (204, None) if channel in self.channels else (404, {"message": "no channel"})

    _do_ring = _do_stop_ring = _quietly

    def _do_music(self, channel: str, **_: str) -> Answer:
        if channel in self.channels:
            self.channels[channel].music = True
        return self._quietly(channel)

    def _do_stop_music(self, channel: str) -> Answer:
        if channel in self.channels:
            self.channels[channel].music = False
        return self._quietly(channel)

    def _do_play(self, channel: str, playback: str, media: str, lang: str = "zh") -> Answer:
        if channel not in self.channels:
            return 404, {"message": "no channel"}
        self.playbacks[playback] = (channel, media)
        self._event("PlaybackStarted", playback=self._playback(playback, "playing"))
        if (lang, media.rpartition("/")[2]) in self.unrecorded:
            self.later(0, lambda: self._end_playback(playback, "failed"))
        elif not media.startswith("tone:"):
            self.later(PROMPT, lambda: self._end_playback(playback))
        if self.people:
            self.people.hears(channel, media)
        return 201, self._playback(playback, "playing") if playback in self.playbacks else {}

    def _do_stop_playing(self, playback: str) -> Answer:
        if playback not in self.playbacks:
            return 404, {"message": "no playback"}
        self._end_playback(playback)
        return 204, None

    def _do_record(self, channel: str, name: str, **said: str) -> Answer:
        if channel not in self.channels:
            return 404, {"message": "no channel"}
        if not self.has_folder:
            return NO_FOLDER
        self._begin_recording(name, f"channel:{channel}")
        self.later(float(said.get("maxDurationSeconds", "180")), lambda: self._end_named(name))
        if self.people:
            self.people.recorded(channel, name)
        return 201, {"name": name}

    def _do_record_bridge(self, bridge: str, name: str, **_: str) -> Answer:
        if bridge not in self.bridges:
            return 404, {"message": "no bridge"}
        if not self.has_folder:
            return NO_FOLDER
        self._begin_recording(name, f"bridge:{bridge}")
        return 201, {"name": name}

    def _begin_recording(self, name: str, target: str) -> None:
        self.live[name] = Recording(name, target, self.clock())

    def _do_stop_recording(self, name: str) -> Answer:
        if name not in self.live:
            return 404, {"message": "no recording"}
        self._end_named(name)
        return 204, None

    def _do_recordings(self) -> Answer:
        if not self.has_folder:
            return NO_FOLDER
        return 200, [{"name": name, "format": "wav"} for name in self.stored]

    def _do_recording_file(self, name: str) -> Answer:
        return (
            (200, silence(self.stored[name])) if name in self.stored else (404, {"message": "no recording"})
        )

    def _do_forget_recording(self, name: str) -> Answer:
        return (404, {}) if self.stored.pop(name, None) is None else (204, None)

    def _do_bridge(self, bridge: str, **_: str) -> Answer:
        self.bridges.setdefault(bridge, [])
        return 200, self.describe_bridge(bridge)

    def _do_drop_bridge(self, bridge: str) -> Answer:
        if bridge not in self.bridges:
            return 404, {"message": "no bridge"}
        for recording in [one for one in self.live.values() if one.target == f"bridge:{bridge}"]:
            self._end_recording(recording)
        for channel in list(self.bridges[bridge]):
            self._leave(bridge, channel)
        del self.bridges[bridge]
        return 204, None

    def _do_join(self, bridge: str, channel: str, **_: str) -> Answer:
        if bridge not in self.bridges:
            return 404, {"message": "no bridge"}
        if channel not in self.channels:
            return 400, {"message": "no channel"}
        if not self.channels[channel].stasis:
            return 422, {"message": "not in the application"}
        for other in list(self.bridges):
            self._leave(other, channel)
        self.bridges[bridge].append(channel)
        self._event("ChannelEnteredBridge", channel, bridge=self.describe_bridge(bridge))
        if self.people and len(self.bridges[bridge]) > 1:
            self.people.joined(bridge, list(self.bridges[bridge]))
        return 204, None

    def _do_snoop(self, channel: str, snoop: str, **said: str) -> Answer:
        if channel not in self.channels:
            return 404, {"message": "no channel"}
        self.channels[snoop] = Channel(snoop, "Up", "", self.clock(), [said.get("appArgs", "")])
        self._enter(snoop)
        return 200, self.describe(self.channels[snoop])

    # ---- events

    def _enter(self, channel: str) -> None:
        self.channels[channel].stasis = True
        self._event("StasisStart", channel, args=list(self.channels[channel].args))

    def _state(self, channel: str, state: str) -> None:
        if channel in self.channels and self.channels[channel].state != state:
            self.channels[channel].state = state
            self._event("ChannelStateChange", channel)

    def _dial(self, channel: str, status: str) -> None:
        if channel in self.channels:
            self._event("Dial", peer=self.describe(self.channels[channel]), dialstatus=status)

    def _leave(self, bridge: str, channel: str) -> None:
        if channel in self.bridges[bridge]:
            self.bridges[bridge].remove(channel)
            self._event("ChannelLeftBridge", channel, bridge=self.describe_bridge(bridge))

    def _end_playback(self, playback: str, state: str = "done") -> None:
        if playback in self.playbacks:
            described = self._playback(playback, state)
            del self.playbacks[playback]
            self._event("PlaybackFinished", playback=described)

    def _end_named(self, name: str) -> None:
        if name in self.live:
            self._end_recording(self.live[name])

    def _end_recording(self, recording: Recording) -> None:
        self.live.pop(recording.name, None)
        seconds = int((self.clock() - recording.began).total_seconds())
        self.stored[recording.name] = seconds
        said = {
            "name": recording.name, "format": "wav", "target_uri": recording.target, "state": "done", "duration": seconds,
        }  # fmt: skip
        self._event("RecordingFinished", recording=said)

    def _playback(self, playback: str, state: str) -> dict[str, Any]:
        channel, media = self.playbacks[playback]
        return {"id": playback, "media_uri": media, "target_uri": f"channel:{channel}", "state": state}

    def _event(self, kind: str, channel: str = "", **said: Any) -> None:
        if channel:
            said["channel"] = self.describe(self.channels[channel])
        self._tell({"type": kind, "application": self.app, "timestamp": self.clock().isoformat(), **said})

    def describe(self, one: Channel) -> dict[str, Any]:
        """A channel as lists and events show it."""
        return describe(one, self.app)

    def describe_bridge(self, bridge: str) -> dict[str, Any]:
        """A bridge as lists and events show it."""
        return describe_bridge(bridge, self.bridges[bridge], self.clock())
