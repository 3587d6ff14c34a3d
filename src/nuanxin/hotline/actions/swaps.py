"""Swaps: a person offers a duty, a colleague takes it, who plans approves what breaks no rule."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.duties import change_hands, locked, tell
from nuanxin.hotline.models import Duty, DutyTerms, RosterMonth, Swap
from nuanxin.hotline.permissions import check, may_plan


def offer(*, duty_id: int, by: Actor, at: datetime) -> Swap:
    """Offer a duty of one's own that has not begun. Pressed twice it is offered once. Raises NotPermitted, Refused."""
    with write():
        duty = Duty.objects.select_related("roster").filter(pk=duty_id).first()
        if duty is None or by.kind != "staff" or duty.staff != by.id:
            raise NotPermitted
        if duty.roster.state != RosterMonth.State.PUBLISHED or duty.starts_at <= at:
            raise _settled()
        row, new = Swap.objects.get_or_create(
            duty=duty,
            state__in=Swap.OPEN,
            defaults={"offered_by": by.id, "offered_at": at, "state": "offered"},
        )
        if new:
            _record(row, "swap.offered", by, at)
    return row


def take(*, swap_id: int, by: Actor, at: datetime) -> Swap:
    """Take a duty that a colleague of the station offers; of two the first has it. Raises NotPermitted, Refused."""
    with write():
        row = _locked(swap_id)
        mine = DutyTerms.objects.filter(staff=by.id, station=row.duty.roster.station_id, active=True)
        if by.kind != "staff" or row.offered_by == by.id or not mine.exists():
            raise NotPermitted
        if row.state == Swap.State.TAKEN and row.taken_by == by.id:
            return row
        if row.state != Swap.State.OFFERED or row.duty.starts_at <= at:
            raise _settled()
        row.state, row.taken_by = Swap.State.TAKEN, by.id
        row.save()
        _record(row, "swap.taken", by, at)
    return row


def withdraw(*, swap_id: int, by: Actor, at: datetime) -> Swap:
    """Take an offer back, or give back what one took, before it is decided. Raises NotPermitted, Refused."""
    with write():
        row = _locked(swap_id)
        if by.kind != "staff" or by.id not in {row.offered_by, row.taken_by}:
            raise NotPermitted
        if row.state not in Swap.OPEN:
            raise _settled()
        if by.id == row.offered_by:
            row.state = Swap.State.WITHDRAWN
        else:
            row.state, row.taken_by = Swap.State.OFFERED, 0
        row.save()
        _record(row, "swap.withdrawn", by, at)
    return row


def decide(*, swap_id: int, approve: bool, by: Actor, at: datetime) -> Swap:
    """Answer a swap. An approved one is looked over by the checker first: Refused names what it would break.

    Raises NotPermitted: nobody decides a swap they are part of.
    """
    with write():
        row = _locked(swap_id)
        roster = locked(row.duty.roster_id)
        check(may_plan(by, roster.station.region) and by.id not in {row.offered_by, row.taken_by})
        if row.state != Swap.State.TAKEN or row.duty.starts_at <= at:
            raise _settled()
        if approve:
            change_hands(roster, row, by=by, at=at)
        row.state = Swap.State.APPROVED if approve else Swap.State.REFUSED
        row.decided_by, row.decided_at = by.id, at
        row.save()
        _record(row, "swap.approved" if approve else "swap.refused", by, at)
        day = {"day": row.duty.day.isoformat()}
        tell(roster, (row.offered_by, row.taken_by), "duty_answered", day, at)
    return row


def _settled() -> Refused:
    return Refused(
        "settled", "这个换班已经办完，或者班已经开始。", "This swap is settled, or the duty has begun."
    )


def _locked(swap_id: int) -> Swap:
    row = (
        Swap.objects.select_for_update(of=("self",))
        .select_related("duty__roster", "duty__shift")
        .filter(pk=swap_id)
        .first()
    )
    if row is None:
        raise NotPermitted
    return row


def _record(row: Swap, kind: str, by: Actor, at: datetime) -> None:
    said = {"swap": row.pk, "duty": row.duty_id, "from": row.offered_by, "to": row.taken_by}
    append([NewEvent(STREAM_SITE, 0, kind, said)], by=by, at=at)
