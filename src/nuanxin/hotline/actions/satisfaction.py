"""Asking a caller by text message how it was; an answer, kept once and changed while it may be; and for everybody who
was not satisfied a call from somebody else, closed with what was done."""

from __future__ import annotations

import secrets
from datetime import datetime

from nuanxin.audit.actor import SYSTEM, WORKER, Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.promises import Wish, ask_call_back, cancel, promise_again
from nuanxin.hotline.models import Call, CallBackAttempt, Satisfaction
from nuanxin.hotline.permissions import check, may_answer, may_check
from nuanxin.hotline.queries.calls import contact_of
from nuanxin.hotline.queries.recordings import region_of
from nuanxin.hotline.queries.satisfaction import (
    asked_last,
    by_phone,
    by_secret,
    digest_of,
    ring_back_of,
    stands_for,
)
from nuanxin.hotline.rules.callbacks import USUAL_HOURS, Reason, Status
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.promising import Door, Ended
from nuanxin.hotline.rules.satisfaction import (
    MOST_NOTE,
    OPEN_FOR,
    REMEDIES,
    SCORES,
    is_dissatisfied,
    may_ask,
)
from nuanxin.notices.actions import SafeContact, enqueue
from nuanxin.notices.models import Channel

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are taken for one another
_LENGTH = 12


def ask_after(call: Call, *, at: datetime) -> Satisfaction | None:
    """Ask the caller of a call that has just been closed, in the caller's transaction; None where nobody is asked.

    The text says nothing of what the call was about and comes in daytime: who reads the telephone is not known.
    """
    if (
        call.state != State.ENDED
        or not call.talked
        or not call.code
        or call.ended_at is None
        or not call.phone
    ):
        return None
    contact = contact_of(call.phone)
    if not may_ask(
        phone=call.phone, code=call.code, contact=contact, ended_at=call.ended_at, last=asked_last(call.phone), at=at
    ):  # fmt: skip
        return None
    secret = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    row = Satisfaction(
        id=next_id(call.province), province=call.province, call=call, operator=call.operator, desk=call.desk,
        region=region_of(call), secret=digest_of(secret), asked_at=at, expires_at=at + OPEN_FOR,
    )  # fmt: skip
    row.save(force_insert=True)
    enqueue(
        channel=Channel.SMS, to=call.phone, template="hotline_rate", values={"code": secret},
        language="en" if call.language == "en" else "zh", province=call.province,
        safe=SafeContact(True, contact.hours or USUAL_HOURS, may_say_who=False), at=at,
    )  # fmt: skip
    _record(row, "satisfaction.asked", {}, SYSTEM, at)
    return row


def rate_by_page(*, secret: str, score: int, at: datetime) -> Satisfaction:
    """The answer from the address in the message. Raises NotPermitted for a wrong or old one, ValueError."""
    with write():
        return _rate(by_secret(secret, at), score, at)


def rate_by_text(*, phone: str, score: int, at: datetime) -> Satisfaction:
    """The answer by text message, to the newest question. Raises NotPermitted without one, ValueError."""
    with write():
        return _rate(by_phone(phone, at), score, at)


def _rate(found: Satisfaction | None, score: int, at: datetime) -> Satisfaction:
    if score not in SCORES:
        raise ValueError(f"a score is one of {SCORES}, not {score}")
    if found is None:
        raise NotPermitted
    row = Satisfaction.objects.select_for_update().get(pk=found.pk)
    if row.score == score:
        return row  # pressed twice
    before, row.score, row.scored_at = row.score, score, at
    if is_dissatisfied(score):
        row.rings = True
        _promise(row, at)
    elif row.rings and row.remedied_at is None:
        row.rings = not _call_off(row, at)
    row.save(update_fields=["score", "scored_at", "rings"])
    _record(
        row, "satisfaction.scored", {"score": score, "before": before or 0, "rings": row.rings}, WORKER, at
    )
    return row


def _promise(row: Satisfaction, at: datetime) -> None:
    known = ring_back_of(row)
    if known is None:
        call = Call.objects.select_related("desk", "exchange").get(pk=row.call_id)
        wish = Wish(call.phone or "", call.place, call.language, call.topic)
        ask_call_back(
            door=Door.SMS, wish=wish, by=WORKER, at=at, call=call, reason=Reason.DISSATISFIED
        )  # fmt: skip
    elif known.ended == Ended.PERSON:  # called off by a better score, which was taken back
        promise_again(known, by=WORKER, at=at)


def _call_off(row: Satisfaction, at: datetime) -> bool:
    """Whether the call is owed no more: a slip of the finger, put right before anybody rang."""
    known = ring_back_of(row)
    stands = stands_for(known) if known is not None else None
    if known is None or stands is None or stands.status != Status.PROMISED or stands.dialled_by:
        return False
    if CallBackAttempt.objects.filter(call_back=stands).exists():
        return False
    person = Actor("worker", known.pk, WORKER.roles, WORKER.scope)  # who asked calls it off
    cancel(call_back_id=known.pk, reason=Ended.PERSON, by=person, at=at)
    return True


def remedy(*, satisfaction_id: int, code: str, note: str, by: Actor, at: datetime) -> Satisfaction:
    """Close the call to somebody who was not satisfied with what was done (``rules.satisfaction.REMEDIES``).

    Raises NotPermitted, and Refused for who talked the first time, before the call was made, or for a code that
    does not go with what came of it.
    """
    with write():
        row = Satisfaction.objects.select_for_update().filter(pk=satisfaction_id, rings=True).first()
        if row is None:
            raise NotPermitted
        check(may_answer(by, row.region) or may_check(by, row.region))
        _check_remedy(row, code, note, by)
        row.remedy, row.remedy_note, row.remedied_by, row.remedied_at = code, note.strip(), by.id, at
        row.save(update_fields=["remedy", "remedy_note", "remedied_by", "remedied_at"])
        _record(row, "satisfaction.remedied", {"remedy": code}, by, at)
    return row


def _check_remedy(row: Satisfaction, code: str, note: str, by: Actor) -> None:
    if row.operator == by.id:
        raise Refused(
            "own_call", "请由另一位同事回电和办结。", "Somebody else rings this person back and closes it."
        )
    if row.remedied_at is not None:
        raise Refused("settled", "这位来电人已经回访办结。", "This has been closed already.")
    if code not in REMEDIES or len(note) > MOST_NOTE:
        raise Refused("choose_one", "请选办了什么，说明最多1000字。", "Choose what was done; a note has at most 1000 characters.")  # fmt: skip
    asked = ring_back_of(row)
    ring = stands_for(asked) if asked is not None else None
    if ring is not None and ring.status == Status.PROMISED:
        raise Refused("ring_first", "请先给来电人回电话。", "Ring the caller back first.")
    reached = ring is not None and ring.status == Status.REACHED
    if reached is (code == "unreached"):
        raise Refused(
            "not_what_happened",
            "选的结果和回电的情况对不上。",
            "What you chose does not go with what came of the call.",
        )


def _record(row: Satisfaction, kind: str, said: dict[str, object], by: Actor, at: datetime) -> None:
    payload = {"satisfaction": row.pk, "call": row.call_id, **said}
    append([NewEvent(row.call_id, row.province, kind, payload)], by=by, at=at)
