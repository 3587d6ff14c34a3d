"""The words of a call: where it stands, what can happen to it, what came of it.

Every value here is stored as written; renaming one is a data migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where a call stands. Computed from what happened to it, in one place (``life.tell``)."""

    ARRIVING = "arriving"  # known, nothing decided
    MENU = "menu"  # choosing language and topic
    QUEUED = "queued"  # waits in the queue of a desk
    OFFERED = "offered"  # one operator is asked to take it
    RINGING = "ringing"  # that operator's telephone rings
    ON_CALL = "on_call"  # they talk
    WRAP_UP = "wrap_up"  # the line is closed, the operator finishes the record
    VOICEMAIL = "voicemail"  # the caller leaves a message
    CALL_BACK = "call_back"  # a call-back is promised, the caller may hang up
    ENDED = "ended"  # closed, with one outcome


class Happening(StrEnum):
    """What an exchange, an operator or the platform tells of a call.

    The order is the natural one: it decides between two that carry the same instant and no sequence.
    """

    ARRIVED = "arrived"
    MENU_ENTERED = "menu_entered"
    QUEUED = "queued"  # put into, or moved to, the queue of a desk
    OFFERED = "offered"  # to one operator
    RINGING = "ringing"  # at one operator
    NOT_TAKEN = "not_taken"  # declined or not picked up; back to the head of the queue
    ANSWERED = "answered"  # by one operator
    PASSED_ON = "passed_on"  # by the operator to another desk
    VOICEMAIL_ENTERED = "voicemail_entered"
    MESSAGE_LEFT = "message_left"
    CALL_BACK_ASKED = "call_back_asked"  # keeps the place without waiting on the line
    FORWARDED = "forwarded"  # to a telephone outside the platform
    HUNG_UP = "hung_up"  # the caller's line is closed, whoever closed it
    WRAPPED_UP = "wrapped_up"  # the operator closed the record
    GIVEN_UP = "given_up"  # nobody has told anything for too long: the platform closes the call


class Outcome(StrEnum):
    """What came of a call: exactly one, and only once it has ended."""

    NONE = ""  # not ended
    ANSWERED = "answered"  # somebody talked with the caller
    CALL_BACK = "call_back"  # to be rung back: chosen while waiting, or after a message
    FORWARDED = "forwarded"
    ABANDONED = "abandoned"  # the caller hung up before anybody talked with them
    LOST = "lost"  # the end was never told; reconciling with the exchange may correct it


class OwnerKind(StrEnum):
    """Who answers for a call."""

    PLATFORM = "platform"  # menu, voicemail
    DESK = "desk"  # everybody ready at the desk
    OPERATOR = "operator"


LIVE: frozenset[State] = frozenset(State) - {State.ENDED}
# The caller is on the line.
CONNECTED: frozenset[State] = LIVE - {State.WRAP_UP}


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner: ``id`` is the desk's row or the operator's account, 0 for the platform."""

    kind: OwnerKind
    id: int


PLATFORM = Owner(OwnerKind.PLATFORM, 0)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of one call.

    ``id``: the teller's own number for it, the same when it is told again; ``at``: when it happened, as told
    (aware); ``sequence``: the exchange's count within the call, 0 without; ``operator``: account, 0 for
    nobody; ``desk``: row of the desk, 0 for none; ``code``: a wrap-up code.
    """

    id: str
    kind: Happening
    at: datetime
    sequence: int = 0
    operator: int = 0
    desk: int = 0
    code: str = ""

    @property
    def order(self) -> tuple[datetime, int, int, str]:
        """The place among the events of its call, whatever the order in which they came."""
        return (self.at, self.sequence, _RANK[self.kind], self.id)


_RANK = {kind: place for place, kind in enumerate(Happening)}
