"""What is told of calls: kept once, put in order, and the call left where its events leave it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.encryption import blind_index
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.hotline.actions.promises import follow
from nuanxin.hotline.actions.satisfaction import ask_after
from nuanxin.hotline.models import Call, CallEvent, Exchange, OperatorState
from nuanxin.hotline.permissions import check, may_tell
from nuanxin.hotline.queries.calls import silent_calls
from nuanxin.hotline.queries.recordings import taken_back
from nuanxin.hotline.rules.calls import Happening, State, Told
from nuanxin.hotline.rules.life import Life, tell

# A clock that runs ahead is believed by so much: later events would otherwise wait behind a false future.
AHEAD = timedelta(minutes=5)


class EventReused(Exception):
    """An event's number came again with another call or another kind: two different things, one of them lost."""


@dataclass(frozen=True, slots=True)
class About:
    """What an event says of the caller; empty where it says nothing. ``place``: 12-digit region; ``recording``: what
    they said when asked whether the call may be recorded, agreed or refused; ``rings_back``: the call-back whose talk
    it is."""

    phone: str = ""
    language: str = ""
    topic: str = ""
    place: int = 0
    recording: str = ""
    rings_back: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an event: ``known`` it had been told before; ``moved`` the call stands elsewhere now."""

    call: Call
    known: bool
    moved: bool


NOTHING = About()


def receive(
    *, exchange: Exchange, external: str, told: Told, about: About = NOTHING, by: Actor, at: datetime
) -> Receipt:
    """Keep one event of a call of the exchange. The first event of any kind opens the call.

    Told again, it changes nothing. Raises NotPermitted, and EventReused for a number that stands for another
    event already.
    """
    check(may_tell(by, exchange.token))
    try:
        with write():
            return _receive(exchange, external, told, about, by, at)
    except IntegrityError:  # another process opened the call or kept the event first
        with write():
            return _receive(exchange, external, told, about, by, at)


def _receive(exchange: Exchange, external: str, told: Told, about: About, by: Actor, at: datetime) -> Receipt:
    known = CallEvent.objects.filter(exchange=exchange, told=told.id).select_related("call").first()
    if known is not None:
        if known.call.external != external or known.kind != told.kind:
            raise EventReused(told.id)
        return Receipt(known.call, known=True, moved=False)
    call = Call.objects.select_for_update().filter(exchange=exchange, external=external).first()
    opened = call is None
    if call is None:
        province = exchange.region // 10**10
        call = Call(id=next_id(province), province=province, exchange=exchange, external=external)
        call.arrived_at = call.heard_at = told.at
        call.save(force_insert=True)
    believed = replace(told, at=min(told.at, at + AHEAD))
    moved = keep(call, believed, about=about, by=by, at=at)
    return Receipt(call, known=False, moved=moved or opened)


def keep(call: Call, told: Told, *, about: About = NOTHING, by: Actor, at: datetime) -> bool:
    """Add an event to a call that is locked, in the caller's transaction; whether the call stands elsewhere now."""
    before = (call.state, call.outcome, call.operator, call.desk_id)
    row = CallEvent(
        id=next_id(call.province), province=call.province, exchange_id=call.exchange_id, call=call,
        told=told.id, kind=told.kind, at=told.at, received_at=at, sequence=told.sequence,
        operator=told.operator, desk=told.desk, code=told.code,
    )  # fmt: skip
    row.save(force_insert=True)
    _learn(call, about, told.kind)
    call.stand(life_of(call), at=at)
    call.save()
    moved = before != (call.state, call.outcome, call.operator, call.desk_id)
    if moved:
        _seat(call, at)
        follow(call, at=at)
        ask_after(call, at=at)
    _record(call, told, moved, by, at)
    return moved


def life_of(call: Call) -> Life:
    """The call as all of its events leave it: some ten rows by one index."""
    return tell(row.as_told() for row in CallEvent.objects.filter(call=call))


def _learn(call: Call, about: About, kind: Happening) -> None:
    if about.phone and not call.phone:
        call.phone, call.phone_index = about.phone, blind_index("phone", about.phone)
    call.language = about.language or call.language
    call.topic = about.topic or call.topic
    call.place = about.place or call.place
    call.rings_back = about.rings_back or call.rings_back
    # A no does not become a yes with an old event; but who said no to a talk and speaks after the tone wants to be heard.
    speaks = kind is Happening.MESSAGE_LEFT and not taken_back(call)
    if call.recording != "refused" or speaks:
        call.recording = about.recording or call.recording


_SEATS = {State.ON_CALL: OperatorState.State.ON_CALL, State.WRAP_UP: OperatorState.State.WRAP_UP}


def _seat(call: Call, at: datetime) -> None:
    """The operators' own states follow the call: busy while they have it, ready again when they have not."""
    busy = _SEATS.get(State(call.state))
    holder = call.operator if busy else 0
    freed = OperatorState.objects.filter(call=call.pk).exclude(staff=holder)
    freed.update(state=OperatorState.State.READY, call=0, since=at)
    if busy:
        OperatorState.objects.filter(staff=holder).update(state=busy, call=call.pk, since=at)


def _record(call: Call, told: Told, moved: bool, by: Actor, at: datetime) -> None:
    payload = {
        "call": call.pk, "exchange": call.exchange_id, "moved": moved, "state": call.state,
        "outcome": call.outcome, "desk": call.desk_id or 0, "operator": call.operator,
        "happened": told.at.isoformat(), "named_operator": told.operator, "named_desk": told.desk,
        "recording": call.recording,
    }  # fmt: skip
    append([NewEvent(call.pk, call.province, f"call.{told.kind}", payload)], by=by, at=at)


def close_silent(*, at: datetime) -> int:
    """Close calls of which nothing was told for too long, each with its outcome; gives back how many."""
    count = 0
    for pk in silent_calls(at):
        with write():
            call = Call.objects.select_for_update().get(pk=pk)
            count += keep(call, after_all(call, Happening.GIVEN_UP, at), by=SYSTEM, at=at)
    return count


def after_all(
    call: Call, kind: Happening, at: datetime, *, operator: int = 0, desk: int = 0, code: str = ""
) -> Told:
    """An event of the platform's own that stands behind all that were told of the call, whatever their clocks."""
    last = life_of(call).last
    moment = at if last is None else max(at, last.at + timedelta(microseconds=1))
    return Told(f"own:{call.pk}:{call.version}:{kind}", kind, moment, 0, operator, desk, code)
