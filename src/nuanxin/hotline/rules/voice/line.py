"""One call as the voice knows it, and the small things that can be done with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nuanxin.hotline.rules.calls import Happening, Told
from nuanxin.hotline.rules.routing import MANDARIN, MENU_TRIES
from nuanxin.hotline.rules.voice.names import Name, Role
from nuanxin.hotline.rules.voice.values import Answer, Order, Out, Stage, Tell, Unheard

PLAY_MOST = timedelta(seconds=60)  # a sentence whose end is never told is over by then
TONE, TONE_LASTS = (
    "tone:425/300,0/200",
    timedelta(seconds=1),
)  # hertz and milliseconds; it would go on for ever
OFFER = "call-back-offer"
KEY_WAIT = timedelta(seconds=6)
RING_OPERATOR = timedelta(seconds=20)
RING_PERSON = timedelta(seconds=45)
CLOSING = timedelta(seconds=10)  # a channel that was hung up is gone by then, told or not
LINGER = timedelta(seconds=30)  # a recording whose end is never told is given up


@dataclass(slots=True)
class Listening:
    """A supervisor who listens: the telephone, the ear at the operator's leg, and whether they are joined."""

    command: int
    staff: int
    snoop: str = ""
    bridge: str = ""
    joined: bool = False


@dataclass(slots=True)
class Line:
    """The voice of one call. ``call``: the exchange's number of it; ``channel``: who called, or is rung back."""

    call: str
    channel: str
    phone: str = ""
    place: int = 0
    stage: Stage = Stage.GREETING
    back: bool = False  # we rang
    rings_back: int = 0  # the call-back whose talk it is, 0 where nothing is to be told
    language: str = MANDARIN
    topic: str = ""
    emergency: bool = False
    consent: str = ""
    consent_at: datetime | None = None
    tries: int = 1
    most_tries: int = MENU_TRIES
    ring: timedelta = RING_OPERATOR  # how long one person's telephone rings
    desk: int = 0
    since: datetime | None = None  # the place in the queue
    ahead: int = 0
    offer: bool = False
    offer_made: bool = False
    offer_unheard: bool = False  # there is no file of it
    routing: bool = False  # the platform is being asked
    staff: int = 0
    extension: str = ""
    leg: str = ""  # the operator's channel
    rang: bool = False  # the telephone of the person who is rung back
    joined: bool = False  # operator and caller hear each other
    passed_by: int = 0
    command: int = 0
    bridge: str = ""
    playing: str = ""
    prompt: str = ""  # the sentence that is played or was played last,
    spoken: str = ""  # and in which language; empty for the tone in its place
    music: bool = False
    recording: str = ""  # the one that runs
    # Those whose end is not told yet: by whom (0: a message), and when the caller agreed.
    recordings: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    interpreters: dict[str, int] = field(default_factory=dict)  # channel -> open command, 0 once joined
    listeners: dict[str, Listening] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)
    count: int = 0  # of the names given
    told: int = 0
    last: datetime | None = None  # when something was told last
    ended: bool = False  # the end was told

    @property
    def unheard(self) -> bool:
        """Whether the last sentence could be heard in no language: what it asks nobody can have answered."""
        return self.prompt != "" and not self.spoken

    @property
    def done(self) -> bool:
        """Whether nothing more can come of it."""
        return self.stage is Stage.OVER and not self.recordings

    @property
    def due(self) -> datetime | None:
        """When a tick would do something next."""
        return min(self.timers.values(), default=None)

    @property
    def channels(self) -> list[str]:
        """Every channel that belongs to the call."""
        ears = [snoop.snoop for snoop in self.listeners.values()]
        return [one for one in (self.channel, self.leg, *self.interpreters, *self.listeners, *ears) if one]

    @property
    def bridges(self) -> list[str]:
        """Every bridge that belongs to the call."""
        return [one for one in (self.bridge, *(ear.bridge for ear in self.listeners.values())) if one]

    @property
    def waits(self) -> bool:
        """Whether the caller can be offered to somebody now."""
        return self.stage is Stage.QUEUE and self.desk != 0


@dataclass(slots=True)
class Turn:
    """One step of a line: the moment, and what comes out."""

    line: Line
    at: datetime
    outs: list[Out] = field(default_factory=list)

    def order(self, operation: str, on: str, **given: str) -> None:
        """Have the engine do something."""
        self.outs.append(Order(operation, on, given))

    def tell(self, kind: Happening, *, operator: int = 0, desk: int = 0) -> None:
        """Tell the platform; of a person who is rung back only from the talk on. The end is told once."""
        line = self.line
        silent = line.back and (not line.rings_back or (kind is Happening.HUNG_UP and not line.told))
        if silent or (kind is Happening.HUNG_UP and line.ended):
            return
        line.ended = line.ended or kind is Happening.HUNG_UP
        line.told += 1
        # The clock may be set back; the order of what happened may not.
        moment = self.at if line.last is None else max(self.at, line.last + timedelta(microseconds=1))
        line.last = moment
        told = Told(f"g:{line.call}:{line.told}", kind, moment, line.told, operator, desk)
        self.outs.append(
            Tell(
                line.call,
                told,
                line.phone,
                line.language,
                line.topic,
                line.place,
                line.consent,
                line.rings_back,
            )
        )

    def answer(self, command: int, result: str) -> None:
        """Say what came of a command, if there is one."""
        if command:
            self.outs.append(Answer(command, result))

    def name(self, role: Role, staff: int = 0) -> str:
        """A new name."""
        self.line.count += 1
        return str(Name(role, staff, self.line.count, self.line.call))

    def timer(self, name: str, wait: timedelta | None) -> None:
        """Set a timer, or clear it."""
        if wait is None:
            self.line.timers.pop(name, None)
        else:
            self.line.timers[name] = self.at + wait

    def play(self, prompt: str, language: str = "") -> None:
        """Play a sentence in the caller's language, or another, instead of what sounds now."""
        self.line.prompt, self.line.spoken = prompt, language or self.line.language
        self._sound(f"sound:nuanxin/{prompt}", PLAY_MOST, lang=self.line.spoken)

    def play_instead(self) -> bool:
        """In the place of a sentence that is not there: Mandarin, and where that lacks too a tone, so that nobody
        believes the line dead. False where there is nothing left to play."""
        line = self.line
        if not line.spoken:
            return False
        self.outs.append(Unheard(line.prompt, line.spoken))
        if line.spoken != MANDARIN:
            self.play(line.prompt, MANDARIN)
        else:
            line.spoken = ""
            line.offer_unheard = line.offer_unheard or line.prompt == OFFER
            self._sound(TONE, TONE_LASTS)
        return True

    def _sound(self, media: str, most: timedelta, **given: str) -> None:
        self.quiet()
        line = self.line
        line.playing = self.name(Role.PLAYBACK)
        self.order("play", line.channel, playbackId=line.playing, media=media, **given)
        self.timer("stage", most)

    def hold(self) -> None:
        """Music while waiting."""
        if not self.line.music and not self.line.playing:
            self.line.music = True
            self.order("music", self.line.channel)

    def quiet(self) -> None:
        """Stop what sounds at the caller's line."""
        line = self.line
        if line.playing:
            self.order("stop_playing", line.playing)
            line.playing = ""
            self.timer("stage", None)
        if line.music:
            line.music = False
            self.order("stop_music", line.channel)

    def ring(self, role: Role, extension: str, *, staff: int = 0, shown: str = "") -> str:
        """Ring a telephone of the house; the channel's name."""
        channel = self.name(role, staff)
        self.order("ring_up", channel, endpoint=extension, callerId=shown)
        return channel

    def close(self, channel: str, reason: str = "normal") -> None:
        """Close a channel; one that is gone already is no fault."""
        if channel:
            self.order("hang_up", channel, reason=reason)
