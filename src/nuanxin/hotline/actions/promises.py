"""Promising a call-back, the same by every door; moving it, calling it off.

Places are counted under the lock of the desk, so that two who ask at once cannot take the last one. Order of locks:
call, desk, call-back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.encryption import blind_index
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.submit import KeyReused
from nuanxin.cases.codes import fingerprint
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.telling import tell_never, tell_new_time, tell_other_time
from nuanxin.hotline.models import Call, CallBack, Desk
from nuanxin.hotline.permissions import check, may_answer
from nuanxin.hotline.policies import check_slot
from nuanxin.hotline.queries.callbacks import desk_of, room_of, standing
from nuanxin.hotline.queries.calls import contact_of
from nuanxin.hotline.rules.callbacks import Reason, SafeContact, Status
from nuanxin.hotline.rules.calls import Outcome, State
from nuanxin.hotline.rules.promising import (
    BY_STAFF,
    ROUND_THE_CLOCK,
    Door,
    Ended,
    Promise,
    Room,
    soonest,
    strictest,
)

USUAL = SafeContact()
ANY_HOUR = SafeContact(hours=ROUND_THE_CLOCK)
TO_BE_RUNG_BACK = "call_back"  # the wrap-up code


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. ``slot``: a half-hour that was offered, None for as soon as possible; ``place``:
    12-digit region, 0 where it is not known."""

    phone: str
    place: int = 0
    language: str = ""
    topic: str = ""
    contact: SafeContact = USUAL
    slot: datetime | None = None


def ask_call_back(
    *, door: Door, wish: Wish, by: Actor, at: datetime, key: str = "", call: Call | None = None,
    reason: Reason = Reason.PROMISED,
) -> CallBack:  # fmt: skip
    """Promise to ring a telephone. ``key`` names the page it was sent from: sent again, the first is given back.

    One telephone has one call-back that stands; a second joins it. What the person has said before about calls
    holds over what is asked now. Raises NotPermitted; Refused for a slot that is full or was not offered, and where
    no desk is open to ring; KeyReused; BadHours.
    """
    if door is Door.STAFF and by.kind != "staff":
        raise NotPermitted
    try:
        with write():
            return _ask(door, wish, by, at, key, call, reason)
    except IntegrityError:  # another process promised the same telephone, or took the same page, first
        with write():
            return _ask(door, wish, by, at, key, call, reason)


def _ask(
    door: Door, wish: Wish, by: Actor, at: datetime, key: str, call: Call | None, reason: Reason = Reason.PROMISED
) -> CallBack:  # fmt: skip
    prints = (fingerprint("call_back", key), fingerprint("body", repr(wish))) if key else ("", "")
    known = CallBack.objects.filter(key_print=prints[0]).first() if key else None
    if known is not None:
        if known.body_print != prints[1]:
            raise KeyReused
        return known
    row = _new(door, wish, at, call)
    row.key_print, row.body_print = prints
    row.reason = reason
    if by.kind == "staff":
        check(may_answer(by, row.region))
    room = _locked_room(row.desk, at)
    if wish.slot is not None:
        check_slot(wish.slot, room, wish.contact, at)
    row.told_at = wish.slot or soonest(room, wish.contact, at).slot
    first = _locked_standing(wish.phone)
    if first is not None:
        _join(row, first, at)
    else:
        _promise(row, room, at)
        _tell(row, wish.slot, at)
    row.save(force_insert=True)
    said = {
        "door": door, "status": row.status, "due": row.due_at.isoformat() if row.due_at else "",
        "joins": row.joins_id or 0, "ended": row.ended,
    }  # fmt: skip
    record(row, "call_back.promised", said, by, at)
    return row


def _locked_standing(phone: str) -> CallBack | None:
    """Locked, so that it is not settled while somebody joins it."""
    first = standing(phone)
    if first is None:
        return None
    return CallBack.objects.select_for_update().filter(pk=first.pk, status=Status.PROMISED).first()


def _new(door: Door, wish: Wish, at: datetime, call: Call | None) -> CallBack:
    desk = (
        call.desk
        if call is not None and call.desk is not None
        else desk_of(wish.place, wish.topic, wish.language)
    )
    if desk is None and call is None:
        raise Refused(
            "no_desk",
            "现在没有席位可以回电，请直接打12348。",
            "No desk can ring you back now: please ring 12348.",
        )
    region = desk.region if desk is not None else call.exchange.region if call is not None else wish.place
    contact = strictest(wish.contact, contact_of(wish.phone))
    province = region // 10**10
    place_at = wish.slot or at
    if call is not None and wish.slot is None and door is Door.TELEPHONE:
        place_at = call.queued_at or call.arrived_at
    return CallBack(
        id=next_id(province), province=province, region=region, door=door, call=call, desk=desk, phone=wish.phone,
        phone_index=blind_index("phone", wish.phone) if wish.phone else None, may_call=contact.may_call,
        call_hours=contact.hours, may_say_who=contact.may_say_who, place=wish.place, language=wish.language,
        topic=wish.topic, asked_at=at, slot=wish.slot, sooner=wish.slot is None, place_at=place_at,
    )  # fmt: skip


def _locked_room(desk: Desk | None, at: datetime) -> Room:
    if desk is not None:
        Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    return room_of(desk, at)


def _lock_desks(call_back_id: int) -> None:
    """The desks of a call-back and of those that joined it, before the rows themselves."""
    rows = CallBack.objects.filter(Q(pk=call_back_id) | Q(joins=call_back_id)).values("desk")
    list(Desk.objects.select_for_update(no_key=True).filter(pk__in=rows).order_by("pk"))


def _promise(row: CallBack, room: Room, at: datetime) -> None:
    """Give the row its due, within what the person has said about calls."""
    promise = _within(row, room, at)
    row.slot, row.due_at = promise.slot or row.slot, promise.due
    row.status, row.settled_at = (Status.PROMISED, None) if promise.due else (Status.CANCELLED, at)
    row.ended = Ended.NONE if promise.due else Ended.NO_CALLS
    row.tried_at = None


def _within(row: CallBack, room: Room, at: datetime) -> Promise:
    if row.slot is None:
        return soonest(room, row.contact, at)
    try:
        check_slot(row.slot, room, row.contact, at)
    except Refused:  # chosen outside the hours that the person had named before: those hold
        return soonest(room, row.contact, max(at, row.slot))
    return Promise(row.slot, row.slot)


def _tell(row: CallBack, wanted: datetime | None, at: datetime) -> None:
    """Only the owner of the telephone hears that it is rung otherwise than was asked: a page may be anybody's."""
    if row.status == Status.CANCELLED:
        tell_never(row, at=at)
    elif wanted is not None and row.due_at != wanted:
        tell_other_time(row, at=at)


def _join(row: CallBack, first: CallBack, at: datetime) -> None:
    row.joins, row.status, row.settled_at = first, Status.JOINED, at
    if first.may_say_who and not row.may_say_who:
        first.may_say_who = False
        first.save(update_fields=["may_say_who"])


def promise_again(row: CallBack, *, by: Actor, at: datetime) -> None:
    """Let one that the person called off stand again, in the caller's transaction."""
    room = _locked_room(row.desk, at)
    first = _locked_standing(row.phone or "")
    row.ended, row.joins = Ended.NONE, None
    if first is not None:
        _join(row, first, at)
    else:
        _promise(row, room, at)
    row.save()
    record(row, "call_back.promised", {"door": row.door, "status": row.status, "again": True}, by, at)


def change_slot(*, call_back_id: int, slot: datetime | None, by: Actor, at: datetime) -> CallBack:
    """Promise another half-hour, or the soonest. Raises NotPermitted, and Refused once it is settled, while somebody
    dials, or for a slot that is full. When staff move it, the person is told the new time."""
    with write():
        _lock_desks(call_back_id)
        row = owned(call_back_id, by)
        if row.status not in {Status.PROMISED, Status.JOINED} or row.dialled_by:
            raise Refused(
                "settled",
                "这个回电已经在打或者办完了。",
                "This call-back is being rung or is settled already.",
            )
        room = _locked_room(row.desk, at)
        # Looked at without what the person has said before, which a refusal would betray; ``_promise`` keeps to it.
        if slot is not None and slot != row.told_at:
            check_slot(slot, room, ANY_HOUR, at)
        if slot is None or slot != row.told_at or row.sooner:
            row.told_at = slot or soonest(room, USUAL, at).slot
            row.slot, row.sooner, row.place_at = slot, slot is None, slot or row.asked_at or at
            if row.status == Status.PROMISED:
                _promise(row, room, at)
                if by.kind == "staff" and row.due_at is not None:
                    tell_new_time(row, at=at)
                else:
                    _tell(row, slot, at)
            row.save()
            due = row.due_at.isoformat() if row.due_at else ""
            record(row, "call_back.moved", {"due": due, "status": row.status}, by, at)
    return row


def cancel(*, call_back_id: int, reason: Ended, by: Actor, at: datetime) -> CallBack:
    """Call it off: by the person, or by staff with a reason. Done twice it is done once. An ask that had joined this
    one stands in its place when the person calls it off. Raises NotPermitted, Refused."""
    with write():
        _lock_desks(call_back_id)
        row = owned(call_back_id, by)
        if row.status == Status.CANCELLED:
            return row
        if reason is not Ended.PERSON and (by.kind != "staff" or reason not in BY_STAFF):
            raise Refused("choose_one", "请选一个原因。", "Choose a reason.")
        if row.status not in {Status.PROMISED, Status.JOINED}:
            raise Refused("settled", "这个回电已经办完了。", "This call-back is settled already.")
        _end(row, reason, by, at)
        if reason is Ended.PERSON:
            _next_stands(row, at)
    return row


def _end(row: CallBack, reason: Ended, by: Actor, at: datetime) -> None:
    row.status, row.ended, row.due_at, row.settled_at = Status.CANCELLED, reason, None, at
    row.dialled_by, row.dialled_at = 0, None
    row.save()
    record(row, "call_back.cancelled", {"reason": reason}, by, at)


def _next_stands(gone: CallBack, at: datetime) -> None:
    row = CallBack.objects.filter(joins=gone, status=Status.JOINED).order_by("-asked_at", "-pk").first()
    if row is None:
        return
    row.joins = None
    if row.slot is not None and row.slot < at:
        row.slot, row.sooner = None, True
    _promise(row, _locked_room(row.desk, at), at)
    row.save()
    record(row, "call_back.stands", {"instead_of": gone.pk}, SYSTEM, at)


def follow(call: Call, *, at: datetime) -> None:
    """Keep the call-back in step with the call; works in the caller's transaction and changes nothing twice."""
    if call.state == State.CALL_BACK or call.outcome == Outcome.CALL_BACK:
        if not CallBack.objects.filter(call=call, door=Door.TELEPHONE).exists():
            _ask(Door.TELEPHONE, _wish_of(call), SYSTEM, at, "", call)
        return
    if call.talked and not call.rings_back:  # what came of ringing back is said by who rang
        _settle(_of_caller(call), at)
    if call.code == TO_BE_RUNG_BACK and not CallBack.objects.filter(call=call, door=Door.STAFF).exists():
        _ask(Door.STAFF, _wish_of(call), SYSTEM, at, "", call)


def _wish_of(call: Call) -> Wish:
    return Wish(call.phone or "", call.place, call.language, call.topic)


def _of_caller(call: Call) -> Iterable[CallBack]:
    """What was promised in this call, or before its answer in another of the same telephone: they talk now."""
    by_telephone = CallBack.objects.select_for_update().filter(door=Door.TELEPHONE, reason=Reason.PROMISED)
    found = {
        row.pk: row for row in by_telephone.filter(call=call, status__in=[Status.PROMISED, Status.JOINED])
    }
    earlier = standing(call.phone or "")
    if earlier is not None and earlier.door == Door.TELEPHONE and not earlier.reason:
        told = earlier.asked_at is None or call.answered_at is None or earlier.asked_at <= call.answered_at
        if told or call.pk in {earlier.call_id, *(row.call_id for row in found.values())}:
            found[earlier.pk] = earlier
    return found.values()


def _settle(rows: Iterable[CallBack], at: datetime) -> None:
    for row in rows:
        _end(row, Ended.ANSWERED, SYSTEM, at)


def owned(call_back_id: int, by: Actor) -> CallBack:
    """The row, locked for who may act on it: who answers there, or the person of it. Raises Refused, NotPermitted."""
    row = (
        CallBack.objects.select_for_update(of=("self",)).select_related("call__exchange", "desk__exchange")
        .filter(pk=call_back_id).first()
    )  # fmt: skip
    if row is None:
        raise Refused("no_such_call_back", "没有找到这个回电。", "There is no such call-back.")
    if by.kind == "worker":
        check(by.id == row.pk)
    else:
        check(may_answer(by, row.region))
    return row


def record(row: CallBack, kind: str, said: dict[str, object], by: Actor, at: datetime) -> None:
    """One event of a call-back, in the caller's transaction."""
    payload = {"call_back": row.pk, "call": row.call_id or 0, **said}
    append([NewEvent(row.stream, row.province, kind, payload)], by=by, at=at)
