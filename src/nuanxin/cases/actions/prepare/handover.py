"""Moves between hands: transfer, withdrawal, watch."""

from __future__ import annotations

from nuanxin.audit.actor import DESK_AS_REGION
from nuanxin.cases.actions.move import Change
from nuanxin.cases.actions.next_step import resting
from nuanxin.cases.actions.prepare.form import Moved, need_text
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.states import Seat, Status
from nuanxin.network.queries import NoAgency, agency


def transfer(case: Case, moved: Moved) -> Change:
    """Another agency is asked to take over."""
    try:
        receiver = agency(int(moved.form.get("agency") or 0))
    except (NoAgency, ValueError) as fault:
        raise Refused("no_agency", "请选接收单位。", "Choose the agency that should take over.") from fault
    if receiver.pk == case.holder_agency or not receiver.active or receiver.kind == "bureau":
        raise Refused(
            "wrong_agency", "这个单位不能接收，请另选。", "That agency cannot take it; choose another."
        )
    return Change(
        columns={"transfer_to": receiver.pk, "transfer_region": receiver.region or DESK_AS_REGION},
        payload={"receiver": receiver.pk},
        text=need_text(moved),
    )


def transfer_ended(case: Case, moved: Moved) -> Change:
    """Back to what was expected before: the sender has been responsible all the time."""
    seat, step = resting(case.state, case.kind)
    return Change(columns={"transfer_to": 0, "transfer_region": 0}, text=moved.text, seat=seat, step=step)


def transfer_refused(case: Case, moved: Moved) -> Change:
    """The receiver does not take it, and says why."""
    change = transfer_ended(case, moved)
    change.text = need_text(moved)
    change.columns["transfer_returns"] = case.transfer_returns + 1
    return change


def withdrawal(case: Case, moved: Moved) -> Change:
    """The wish to withdraw; nothing is withdrawn yet, but no lawyer is kept waiting for the case."""
    by = moved.by.id if moved.by.kind == "staff" else 0
    return Change(columns={"withdrawal_by": by, "offered_to": 0}, text=need_text(moved))


def kept(case: Case, moved: Moved) -> Change:
    """On as before. Papers that were asked for have their whole time again, since the call used it up."""
    change = Change(columns={"withdrawal_by": 0}, text=moved.text)
    if case.status_before == Status.AWAITING_MATERIAL:
        change.start = ("promise.supplement",)
    if case.transfer_to:
        change.seat, change.step = Seat.RECEIVER, "accept_transfer"
    return change


def open_watch(case: Case, moved: Moved) -> Change:
    """A higher level asks."""
    return Change(columns={"watch_by": moved.by.id}, text=need_text(moved))


def answer_watch(case: Case, moved: Moved) -> Change:
    """The holder answers."""
    return Change(columns={"watch_by": 0}, text=need_text(moved))
