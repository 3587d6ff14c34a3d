"""Consultation records: the one of a call, drafts that somebody has left open, what the same telephone told earlier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from nuanxin.audit.actor import Actor, scope_in_roles
from nuanxin.audit.encryption import blind_candidates
from nuanxin.audit.models import Event
from nuanxin.cases.actions.personal import ERASED as PERSONS_ERASED
from nuanxin.hotline.models import Call, ConsultationRecord
from nuanxin.hotline.permissions import ANSWERS
from nuanxin.hotline.rules.calls import State

MOST_EARLIER = 5
MOST_DRAFTS = 20


@dataclass(frozen=True, slots=True)
class Written:
    """A call with its record, if it has one."""

    call: Call
    record: ConsultationRecord | None


def record_of(call: Call) -> ConsultationRecord | None:
    """The record of a call; None before the first word."""
    return ConsultationRecord.objects.filter(call=call.pk).first()


def to_write(call_id: int, by: Actor) -> Written | None:
    """A call whose record this person may write now: they talked last, and it is not closed. None for any other."""
    call = (
        Call.objects.select_related("desk", "exchange", "record")
        .filter(pk=call_id, operator=by.id, talked=True)
        .first()
    )
    if call is None:
        return None
    record = getattr(call, "record", None)
    closed = record.closed_at is not None if record else False
    return None if closed or (call.state == State.ENDED and call.code) else Written(call, record)


def open_drafts(by: Actor) -> list[ConsultationRecord]:
    """Records of this person whose call is over and that nobody has closed, the oldest first."""
    found = ConsultationRecord.objects.filter(author=by.id, closed_at=None, forgotten_at=None)
    ended = found.filter(call__state=State.ENDED, call__operator=by.id)
    return list(ended.select_related("call__desk").order_by("opened_at")[:MOST_DRAFTS])


def earlier_records(phone: str, *, by: Actor, besides: int = 0) -> list[ConsultationRecord]:
    """What the same telephone told earlier at desks within reach, the latest first; of a hidden number nothing."""
    if not phone:
        return []
    low, high = scope_in_roles(by.scope, by.roles & ANSWERS)
    found = ConsultationRecord.objects.filter(
        call__phone_index__in=blind_candidates("phone", phone), forgotten_at=None,
        region__gte=low, region__lte=high,
    )  # fmt: skip
    return list(found.exclude(call=besides).select_related("call").order_by("-id")[:MOST_EARLIER])


def records_to_forget(before: datetime) -> list[int]:
    """Records of ended calls that hold what was told: without a case and older than ``before``, or of a case whose
    people were erased."""
    erased = Event.objects.filter(kind=PERSONS_ERASED, stream=OuterRef("call__case"))
    rows = ConsultationRecord.objects.filter(forgotten_at=None, call__state=State.ENDED)
    rows = rows.filter(Q(call__case=0, call__ended_at__lt=before) | (Q(call__case__gt=0) & Exists(erased)))
    return list(rows.order_by("id").values_list("pk", flat=True)[:500])
