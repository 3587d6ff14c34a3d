"""What the voice hears and what comes out of it, as plain values. No network, no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.calls import Told


class Stage(StrEnum):
    """Where the voice of a call stands."""

    GREETING = "greeting"
    LANGUAGE = "language"
    TOPIC = "topic"
    CONSENT = "consent"
    ROUTING = "routing"  # the platform is asked where the caller goes
    QUEUE = "queue"
    OFFER = "offer"  # one operator's telephone is rung
    TALK = "talk"
    MAIL = "mail"
    BYE = "bye"  # hears the last sentence, then the line is closed
    BACK_OPERATOR = "back_operator"  # ringing back: the operator first
    BACK_PERSON = "back_person"  # then the person
    OVER = "over"


# ---- what is heard -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entered:
    """A channel is ours now: a caller came in, or a telephone we rang was picked up."""

    channel: str
    phone: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Gone:
    """A channel is closed, or about to be. ``cause``: Q.850, 0 where it is not told."""

    channel: str
    cause: int = 0


@dataclass(frozen=True, slots=True)
class Rings:
    """A telephone that we rang does ring."""

    channel: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key was pressed."""

    channel: str
    digit: str


@dataclass(frozen=True, slots=True)
class Played:
    """A sentence is over. ``failed``: the engine has no file of it, the caller has heard nothing."""

    playback: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording is over. ``seconds`` 0: nothing usable."""

    name: str
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; what is due is done."""


@dataclass(frozen=True, slots=True)
class Routed:
    """Where the platform sends the caller; ``desk`` 0: voicemail. The platform has told of the queue itself."""

    desk: int
    again: timedelta | None = None
    ahead: int = 0
    offer: bool = False  # to keep the place and be rung


@dataclass(frozen=True, slots=True)
class Standing:
    """How many wait before the caller now."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Offered:
    """The platform has given the call to one operator to ring; it has told of the offer itself."""

    staff: int
    extension: str
    command: int = 0  # of the one who asked to take it, 0 for the queue's own choice
    at: datetime | None = None  # when it was told


@dataclass(frozen=True, slots=True)
class Denied:
    """The platform knows another owner than the one whose telephone was joined: the voice follows."""

    staff: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A command of the desk. ``desk``: where a call that was passed on waits now; ``at``: when it was asked for."""

    command: int
    kind: str
    staff: int
    extension: str = ""
    desk: int = 0
    at: datetime | None = None


Heard = (
    Entered | Gone | Rings | Key | Played | Recorded | Tick | Routed | Standing | Offered | Denied | Wanted
)


# ---- what comes out ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """One operation of the engine. ``on``: the channel, bridge, playback or recording; ``given``: its parameters."""

    operation: str
    on: str
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tell:
    """One happening for the platform's record, with what it says of the caller."""

    call: str
    told: Told
    phone: str = ""
    language: str = ""
    topic: str = ""
    place: int = 0
    recording: str = ""
    rings_back: int = 0  # the call-back whose talk it is


@dataclass(frozen=True, slots=True)
class AskRoute:
    """The platform is to say where the caller goes now."""

    call: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a command."""

    command: int
    result: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of ringing a person back, where the network itself says it: the command's answer and the attempt are
    one thing, so that neither is kept without the other."""

    command: int
    result: str
    attempt: Attempt
    at: datetime


UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Keep:
    """A recording to fetch and keep. ``by``: the operator who talked, 0 for a message. ``seconds``: 0 for one that is
    to be thrown away, ``UNKNOWN`` where nobody has told."""

    call: str
    name: str
    seconds: int
    consent_at: datetime
    by: int = 0


@dataclass(frozen=True, slots=True)
class NotPickedUp:
    """An operator whose telephone was rung in vain: not rung again for a while."""

    staff: int


@dataclass(frozen=True, slots=True)
class Unheard:
    """A sentence of which the engine has no file, in a language that somebody was to hear."""

    prompt: str
    language: str


Out = Unheard | Order | Tell | AskRoute | Answer | Tried | Keep | NotPickedUp
