"""Swaps: a person offers a duty, a colleague takes it, or both give one; who plans approves what breaks no rule.

Everything that moves duties of a month waits for the month's row first, then for the swap's: two never cross.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from nuanxin.audit.actor import Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.duties import locked
from nuanxin.hotline.actions.hands import change_hands, moves_of, try_hands
from nuanxin.hotline.actions.roster_news import record_swap, tell
from nuanxin.hotline.models import Duty, RosterMonth, Swap
from nuanxin.hotline.permissions import check, may_plan
from nuanxin.hotline.queries.terms import terms_in


def offer(*, duty_id: int, by: Actor, at: datetime) -> Swap:
    """Offer a duty of one's own that has not begun. Pressed twice it is offered once. Raises NotPermitted, Refused."""
    with write():
        duty = _own(duty_id, by, at)
        row = Swap.objects.filter(duty=duty, state__in=Swap.OPEN).first()
        if row is not None and not row.to:
            return row
        _check_free(duty)
        row = Swap.objects.create(duty=duty, offered_by=by.id, offered_at=at)
        record_swap(row, "swap.offered", by, at)
    return row


def propose(*, duty_id: int, in_return: int, by: Actor, at: datetime) -> Swap:
    """Offer a duty of one's own to a colleague for one of theirs, at the same station.

    Raises NotPermitted, and Refused for what both changes together would break.
    """
    with write():
        duty = _own(duty_id, by, at)
        theirs = Duty.objects.select_related("roster", "shift").filter(pk=in_return).first()
        if theirs is None or theirs.staff == by.id or theirs.roster.station_id != duty.roster.station_id:
            raise NotPermitted
        if theirs.roster.state != RosterMonth.State.PUBLISHED or theirs.starts_at <= at:
            raise _settled()
        row = Swap.objects.filter(duty=duty, state__in=Swap.OPEN, in_return=theirs).first()
        if row is not None:
            return row
        _check_free(duty)
        try_hands([(duty, theirs.staff), (theirs, by.id)])
        row = Swap.objects.create(
            duty=duty, to=theirs.staff, in_return=theirs, offered_by=by.id, offered_at=at
        )
        record_swap(row, "swap.proposed", by, at)
        told = {"day": duty.day.isoformat(), "other": theirs.day.isoformat()}
        tell(locked(duty.roster_id), [theirs.staff], "duty_exchange", told, at)
    return row


def take(*, swap_id: int, by: Actor, at: datetime) -> Swap:
    """Take a duty that a colleague of the station offers; of two the first has it. A duty in return is given by whose
    it is, if both together break no rule. Raises NotPermitted, Refused."""
    with write():
        row = _locked(swap_id)
        mine = terms_in(row.duty.roster.month, staff=by.id, station=row.duty.roster.station)
        if by.kind != "staff" or row.offered_by == by.id or row.to not in {0, by.id} or not mine.exists():
            raise NotPermitted
        if row.state == Swap.State.TAKEN and row.taken_by == by.id:
            return row
        if row.state != Swap.State.OFFERED or _begun(row, at):
            raise _settled()
        row.state, row.taken_by = Swap.State.TAKEN, by.id
        _check_free(row.duty, besides=row.pk)
        if row.in_return is not None:
            _withdraw_offer(row.in_return, by, at)
            _check_free(row.in_return, besides=row.pk)
            try_hands(moves_of(row))
        row.save()
        record_swap(row, "swap.taken", by, at)
        if not row.duty.roster.station.approves_swaps:
            _approve(row, by, at)
        elif row.in_return is not None:
            _answered(row, [row.offered_by], at)
    return row


def withdraw(*, swap_id: int, by: Actor, at: datetime) -> Swap:
    """Take an offer back, give back what one took, or turn down what one was asked for, before it is decided.

    Raises NotPermitted, Refused.
    """
    with write():
        row = _locked(swap_id)
        if by.kind != "staff" or by.id not in {row.offered_by, row.taken_by, row.to}:
            raise NotPermitted
        if row.state not in Swap.OPEN:
            raise _settled()
        if by.id == row.offered_by:
            row.state = Swap.State.WITHDRAWN
        elif row.to:
            row.state, row.decided_by, row.decided_at = Swap.State.REFUSED, by.id, at
            _answered(row, [row.offered_by], at)
        else:
            row.state, row.taken_by = Swap.State.OFFERED, 0
        row.save()
        record_swap(row, "swap.refused" if row.state == Swap.State.REFUSED else "swap.withdrawn", by, at)
    return row


def decide(*, swap_id: int, approve: bool, by: Actor, at: datetime) -> Swap:
    """Answer a swap. An approved one is looked over by the checker first: Refused names what it would break.

    Raises NotPermitted: nobody decides a swap they are part of.
    """
    with write():
        row = _locked(swap_id)
        check(may_plan(by, row.duty.roster.station.region) and by.id not in {row.offered_by, row.taken_by})
        if row.state != Swap.State.TAKEN or _begun(row, at):
            raise _settled()
        if approve:
            _approve(row, by, at)
        else:
            row.state, row.decided_by, row.decided_at = Swap.State.REFUSED, by.id, at
            row.save()
            record_swap(row, "swap.refused", by, at)
            _answered(row, [row.offered_by, row.taken_by], at)
    return row


def _approve(row: Swap, by: Actor, at: datetime) -> None:
    change_hands(row, by=by, at=at)
    row.state, row.decided_by, row.decided_at = Swap.State.APPROVED, by.id, at
    row.save()
    record_swap(row, "swap.approved", by, at)
    _answered(row, [one for one in (row.offered_by, row.taken_by) if one != by.id], at)


def _answered(row: Swap, people: list[int], at: datetime) -> None:
    tell(row.duty.roster, people, "duty_answered", {"day": row.duty.day.isoformat()}, at)


def _own(duty_id: int, by: Actor, at: datetime) -> Duty:
    """A published duty of one's own that has not begun, its month locked."""
    duty = Duty.objects.select_related("roster").filter(pk=duty_id).first()
    if duty is None or by.kind != "staff" or duty.staff != by.id:
        raise NotPermitted
    locked(duty.roster_id)
    duty = Duty.objects.select_related("roster__station", "shift").filter(pk=duty_id, staff=by.id).first()
    if duty is None or duty.roster.state != RosterMonth.State.PUBLISHED or duty.starts_at <= at:
        raise _settled()
    return duty


def _withdraw_offer(duty: Duty, by: Actor, at: datetime) -> None:
    """Whoever promises a duty in return offers it to nobody else any more."""
    for row in Swap.objects.filter(duty=duty, offered_by=by.id, state=Swap.State.OFFERED):
        row.state = Swap.State.WITHDRAWN
        row.save()
        record_swap(row, "swap.withdrawn", by, at)


def _check_free(duty: Duty, *, besides: int = 0) -> None:
    """Raises Refused for a duty that is offered already, or promised in return to somebody."""
    open_ = Swap.objects.exclude(pk=besides).filter(
        Q(duty=duty, state__in=Swap.OPEN) | Q(in_return=duty, state=Swap.State.TAKEN)
    )
    if open_.exists():
        raise Refused(
            "promised",
            "这个班已经请人接或者答应换给同事了，请先撤回。",
            "This duty is offered or promised to a colleague already. Take that back first.",
        )


def _begun(row: Swap, at: datetime) -> bool:
    return row.duty.starts_at <= at or (row.in_return is not None and row.in_return.starts_at <= at)


def _settled() -> Refused:
    return Refused(
        "settled", "这个换班已经办完，或者班已经开始。", "This swap is settled, or the duty has begun."
    )


def _locked(swap_id: int) -> Swap:
    """A swap to be changed, and the months of its duties with it. Raises Refused where its duty has moved."""
    months = Swap.objects.filter(pk=swap_id).values_list("duty__roster", "in_return__roster").first()
    if months is None:
        raise _settled()
    for roster in sorted({one for one in months if one}):
        locked(roster)
    row = (
        Swap.objects.select_for_update(of=("self",))
        .select_related("duty__roster__station", "duty__shift", "in_return__roster", "in_return__shift")
        .filter(pk=swap_id)
        .first()
    )
    if row is None:
        raise _settled()
    return row
