"""Recordings: which may be heard, which are due to go."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from nuanxin.audit.actor import Actor
from nuanxin.audit.models import Event
from nuanxin.hotline.models import Call, QualityCheck, Recording, Satisfaction
from nuanxin.hotline.permissions import may_check
from nuanxin.hotline.store import FOLDER, file_of


def region_of(call: Call) -> int:
    """Where a call belongs: at its desk's region, else at its exchange's."""
    return call.desk.region if call.desk else call.exchange.region


def recordings_of(call: Call) -> list[Recording]:
    """All of a call, deleted ones too, oldest first."""
    return list(Recording.objects.filter(call=call).order_by("kept_at", "id"))


def may_hear(by: Actor, call: Call) -> bool:
    """Whoever talked, and who checks the quality of that desk."""
    return (call.talked and call.operator == by.id and by.kind == "staff") or may_check(by, region_of(call))


def recording(recording_id: int) -> Recording | None:
    """One with its call, desk and exchange."""
    return Recording.objects.select_related("call__desk", "call__exchange").filter(pk=recording_id).first()


def sound_of(row: Recording) -> bytes:
    """The plain bytes. Raises FileNotFoundError once it is gone, SealBroken. Who hears is written first
    (``actions.recordings.hear``)."""
    if row.deleted_at is not None:
        raise FileNotFoundError(row.pk)
    return FOLDER.get(file_of(row.call_id, row.name))


def due_to_go(at: datetime, limit: int = 500) -> QuerySet[Recording]:
    """Recordings whose time is over, unless a check of the call or a complaint about it is open."""
    checked = QualityCheck.objects.filter(call=OuterRef("call"), scored_at__isnull=True)
    complaint = Satisfaction.objects.filter(call=OuterRef("call"), rings=True, remedied_at__isnull=True)
    rows = Recording.objects.filter(deleted_at__isnull=True, kept_until__lte=at)
    return rows.filter(~Q(Exists(checked)) & ~Q(Exists(complaint))).order_by("kept_until")[:limit]


def taken_back(call: Call) -> bool:
    """Whether the caller's consent was taken back, which is more than a no in the menu."""
    return Event.objects.filter(stream=call.pk, kind="call.recording_refused").exists()
