"""The life of a call as one table: from where, on what, to where, and what is noted.

A call is nothing but the set of its events: ``tell`` puts them in order and walks the table. So an event told
twice, late or in another order changes nothing in the end, and the state can be rebuilt at any time. A row
names every state from which it holds; whatever stands in no row is kept as told and moves nothing. Lost
events are bridged (an answer needs no offer before it), and what proves an earlier reading wrong corrects it
(an answer told after the hang-up makes an abandoned call an answered one).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from nuanxin.hotline.rules.calls import (
    CONNECTED,
    LIVE,
    PLATFORM,
    Happening,
    Outcome,
    Owner,
    OwnerKind,
    State,
    Told,
)


class Note(StrEnum):
    """What a row changes besides the state."""

    DESK = "desk"  # the call belongs to the event's desk
    TAKE = "take"  # the event's operator is the owner
    FREE = "free"  # nobody in particular is the owner any more
    PLACE = "place"  # the place in the queue counts from here, unless there is one
    TALK = "talk"  # somebody talked with the caller
    HAND_ON = "hand_on"  # whoever talked has sent the caller on
    CLOSE = "close"  # the line is closed
    CODE = "code"  # the wrap-up code


class Guard(StrEnum):
    """On which condition a row holds."""

    ANY = "any"
    OPERATOR = "operator"  # the event names an operator
    FRESH = "fresh"  # it names one, and not the one who has sent the caller on
    OWNER = "owner"  # the event names the operator who holds the call
    TALKED = "talked"  # somebody has talked with the caller, and kept them
    UNTALKED = "untalked"
    UNSERVED = "unserved"  # ended, as abandoned or lost
    CORRECTABLE = "correctable"  # fresh, and ended without a talk, though not because it was forwarded


@dataclass(frozen=True, slots=True)
class Row:
    """One permitted move of a call. The first row that fits holds."""

    on: Happening
    sources: frozenset[State]
    to: State
    notes: frozenset[Note] = frozenset()
    guard: Guard = Guard.ANY
    outcome: Outcome | None = None  # None leaves it as it is


def _s(*states: State) -> frozenset[State]:
    return frozenset(states)


def _n(*notes: Note) -> frozenset[Note]:
    return frozenset(notes)


S, H, N, G, OUT = State, Happening, Note, Guard, Outcome
BEFORE_QUEUE = _s(S.ARRIVING, S.MENU, S.VOICEMAIL)
WAITING = _s(S.QUEUED, S.OFFERED, S.RINGING)
BEFORE_TALK = BEFORE_QUEUE | WAITING | _s(S.CALL_BACK)
ENDED = _s(S.ENDED)

# One row reads as one sentence; a formatter that gives each word its own line would hide the table.
# fmt: off
ROWS: tuple[Row, ...] = (
    Row(H.MENU_ENTERED, _s(S.ARRIVING), S.MENU),
    Row(H.QUEUED, BEFORE_QUEUE | WAITING, S.QUEUED, _n(N.DESK, N.PLACE, N.FREE)),
    Row(H.OFFERED, BEFORE_QUEUE | WAITING, S.OFFERED, _n(N.TAKE, N.PLACE), G.OPERATOR),
    Row(H.RINGING, BEFORE_QUEUE | WAITING, S.RINGING, _n(N.TAKE, N.PLACE), G.OPERATOR),
    Row(H.NOT_TAKEN, _s(S.OFFERED, S.RINGING), S.QUEUED, _n(N.FREE), G.OWNER),
    Row(H.ANSWERED, BEFORE_TALK, S.ON_CALL, _n(N.TAKE, N.TALK), G.OPERATOR),
    Row(H.ANSWERED, ENDED, S.WRAP_UP, _n(N.TAKE, N.TALK), G.CORRECTABLE, OUT.NONE),
    Row(H.PASSED_ON, _s(S.ON_CALL), S.QUEUED, _n(N.DESK, N.FREE, N.HAND_ON), G.OWNER),
    Row(H.VOICEMAIL_ENTERED, _s(S.ARRIVING, S.MENU) | WAITING, S.VOICEMAIL, _n(N.FREE)),
    Row(H.MESSAGE_LEFT, BEFORE_QUEUE | WAITING, S.CALL_BACK, _n(N.FREE)),
    Row(H.MESSAGE_LEFT, ENDED, S.ENDED, _n(N.FREE), G.UNSERVED, OUT.CALL_BACK),
    Row(H.CALL_BACK_ASKED, BEFORE_QUEUE | WAITING, S.CALL_BACK, _n(N.FREE)),
    Row(H.CALL_BACK_ASKED, ENDED, S.ENDED, _n(N.FREE), G.UNSERVED, OUT.CALL_BACK),
    Row(H.FORWARDED, BEFORE_TALK, S.ENDED, _n(N.FREE, N.CLOSE), outcome=OUT.FORWARDED),
    Row(H.FORWARDED, _s(S.ON_CALL), S.WRAP_UP, _n(N.CLOSE)),
    Row(H.HUNG_UP, _s(S.CALL_BACK), S.ENDED, _n(N.CLOSE), outcome=OUT.CALL_BACK),
    Row(H.HUNG_UP, BEFORE_QUEUE | WAITING, S.ENDED, _n(N.FREE, N.CLOSE), outcome=OUT.ABANDONED),
    Row(H.HUNG_UP, _s(S.ON_CALL), S.WRAP_UP, _n(N.CLOSE)),
    Row(H.WRAPPED_UP, _s(S.ON_CALL, S.WRAP_UP), S.ENDED, _n(N.CLOSE, N.CODE), G.OWNER, OUT.ANSWERED),
    Row(H.WRAPPED_UP, BEFORE_TALK, S.ENDED, _n(N.TAKE, N.TALK, N.CLOSE, N.CODE), G.FRESH, OUT.ANSWERED),
    Row(H.WRAPPED_UP, ENDED, S.ENDED, _n(N.TAKE, N.TALK, N.CODE), G.CORRECTABLE, OUT.ANSWERED),
    Row(H.WRAPPED_UP, ENDED, S.ENDED, _n(N.CODE), G.OWNER),  # given up before the record was closed
    Row(H.GIVEN_UP, LIVE, S.ENDED, _n(N.CLOSE), G.TALKED, OUT.ANSWERED),
    Row(H.GIVEN_UP, _s(S.CALL_BACK), S.ENDED, _n(N.CLOSE), G.UNTALKED, OUT.CALL_BACK),
    Row(H.GIVEN_UP, LIVE, S.ENDED, _n(N.FREE, N.CLOSE), G.UNTALKED, OUT.LOST),
    Row(H.HUNG_UP, ENDED, S.ENDED, _n(N.CLOSE), G.UNSERVED, OUT.ABANDONED),  # lost no longer: the end is told
)
# fmt: on
_BY_EVENT: dict[Happening, tuple[Row, ...]] = {
    kind: tuple(row for row in ROWS if row.on is kind) for kind in Happening
}


@dataclass(frozen=True, slots=True)
class Life:
    """Where a call stands after the events told so far. Times are those of the events."""

    state: State = State.ARRIVING
    outcome: Outcome = Outcome.NONE
    desk: int = 0
    operator: int = 0  # who is asked, talks, or talked last
    passed_by: int = 0  # who sent the caller on last; their own record ends nothing
    talked: bool = False
    code: str = ""
    arrived_at: datetime | None = None
    queued_at: datetime | None = None  # the place in the queue; kept through every overflow
    answered_at: datetime | None = None  # the first answer
    closed_at: datetime | None = None  # the line was closed
    ended_at: datetime | None = None
    last: Told | None = None  # the latest event in order, whether it moved anything or not

    @property
    def owner(self) -> Owner:
        """The one who answers for the call; of an ended call, who had it last."""
        if self.operator:
            return Owner(OwnerKind.OPERATOR, self.operator)
        return Owner(OwnerKind.DESK, self.desk) if self.desk else PLATFORM

    @property
    def connected(self) -> bool:
        """Whether the caller is on the line."""
        return self.state in CONNECTED

    def waited(self, at: datetime) -> timedelta:
        """How long the caller has waited for a person, or did wait; never negative, though clocks jump."""
        if self.queued_at is None:
            return timedelta(0)
        until = self.answered_at or self.closed_at or at
        return max(until - self.queued_at, timedelta(0))


def row_for(life: Life, told: Told) -> Row | None:
    """The row of the table that holds now, or None where the event moves nothing."""
    fitting = (row for row in _BY_EVENT[told.kind] if life.state in row.sources and _holds(row, life, told))
    return next(fitting, None)


def _holds(row: Row, life: Life, told: Told) -> bool:
    named = told.operator != 0
    fresh = named and told.operator != life.passed_by
    unserved = life.outcome in {OUT.ABANDONED, OUT.LOST}
    return {
        G.ANY: True,
        G.OPERATOR: named,
        G.FRESH: fresh,
        G.OWNER: named and told.operator == life.operator,
        G.TALKED: life.talked,
        G.UNTALKED: not life.talked,
        G.UNSERVED: unserved,
        G.CORRECTABLE: fresh and (unserved or life.outcome is OUT.CALL_BACK),
    }[row.guard]


def advance(life: Life, told: Told) -> Life:
    """The call after one more event that stands last in order. Never raises: what does not fit moves nothing."""
    seen = replace(life, last=told, arrived_at=life.arrived_at or told.at)
    row = row_for(life, told)
    return seen if row is None else _moved(seen, row, told)


def _moved(life: Life, row: Row, told: Told) -> Life:
    notes = row.notes
    operator = told.operator if N.TAKE in notes else 0 if N.FREE in notes else life.operator
    talked = N.TALK in notes or (life.talked and N.HAND_ON not in notes)
    queues = N.PLACE in notes or N.HAND_ON in notes
    ended = row.to is S.ENDED
    return replace(
        life,
        state=row.to,
        outcome=life.outcome if row.outcome is None else row.outcome,
        desk=(told.desk or life.desk) if N.DESK in notes else life.desk,
        operator=operator,
        passed_by=life.operator if N.HAND_ON in notes else life.passed_by,
        talked=talked,
        code=(told.code or life.code) if N.CODE in notes else life.code,
        queued_at=life.queued_at or (told.at if queues else None),
        answered_at=life.answered_at or (told.at if N.TALK in notes else None),
        closed_at=life.closed_at or (told.at if N.CLOSE in notes else None),
        ended_at=(life.ended_at or told.at) if ended else None,
    )


def tell(events: Iterable[Told]) -> Life:
    """The call after all of its events, in whatever order and however often they came."""
    known = {told.id: told for told in events}
    life = Life()
    for told in sorted(known.values(), key=lambda told: told.order):
        life = advance(life, told)
    return life


def comes_last(life: Life, told: Told) -> bool:
    """Whether an event stands behind all that were told, so that ``advance`` is enough."""
    return life.last is None or life.last.order < told.order
