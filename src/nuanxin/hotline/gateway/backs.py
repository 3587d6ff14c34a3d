"""Ringing back, as the gateway sees it in the database: what to ring, what was under way, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from django.db import transaction

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions import attempted
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.models import Call, CallBack, Exchange, VoiceCommand
from nuanxin.hotline.rules.voice.values import Tried

log = structlog.get_logger("nuanxin.hotline.gateway")


@dataclass(frozen=True, slots=True)
class RingBack:
    """A call-back to be rung for an operator. ``call``: the number of the call that it becomes when it is taken."""

    command: int
    call: str
    call_back: int
    about: About
    desk: int
    staff: int
    extension: str


def ring_of(row: VoiceCommand, kept: CallBack) -> RingBack:
    """What a command asks for."""
    about = About(kept.phone or "", kept.language, kept.topic, kept.place, rings_back=kept.pk)
    return RingBack(row.pk, f"back-{row.pk}", kept.pk, about, kept.desk_id or 0, row.by, row.extension)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A ring-back that an earlier run had begun and not answered. ``talks``: the person was reached, by the record."""

    ring: RingBack
    talks: bool


def under_way(exchange: Exchange) -> list[UnderWay]:
    """What an earlier run was ringing when it ended."""
    rows = VoiceCommand.objects.filter(
        exchange=exchange, done_at=None, taken_at__isnull=False, kind=VoiceCommand.Kind.RING_BACK
    ).select_related("call_back")
    found = []
    for row in rows:
        if row.call_back is not None:
            ring = ring_of(row, row.call_back)
            known = Call.objects.filter(exchange=exchange, external=ring.call).exists()
            found.append(UnderWay(ring, known))
    return found


def tried(one: Tried) -> None:
    """Answer a command to ring back and note what the network said, in the name of who dialled: both, and once. Told
    again, it changes nothing."""
    with write():
        row = VoiceCommand.objects.select_for_update().filter(pk=one.command, done_at=None).first()
        if row is None:
            return
        row.result, row.done_at = one.result, one.at
        row.save(update_fields=["result", "done_at"])
        staff = Staff.objects.filter(pk=row.by).first()
        if staff is None or row.call_back_id is None:
            return
        try:
            with transaction.atomic():
                by = actor_for(staff, one.at)
                attempted(call_back_id=row.call_back_id, result=one.attempt, by=by, at=one.at)
        except (Refused, NotPermitted) as fault:  # said at the desk already, or they may not dial any more
            log.info("gateway.attempt_not_noted", why=type(fault).__name__)
