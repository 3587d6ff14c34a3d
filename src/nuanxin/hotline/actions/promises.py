"""A call that ends with a promise makes a call-back; one that is answered after all takes it back."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.encryption import blind_index
from nuanxin.audit.ids import next_id
from nuanxin.hotline.models import Call, CallBack
from nuanxin.hotline.queries.calls import contact_of
from nuanxin.hotline.rules.callbacks import Status, next_allowed
from nuanxin.hotline.rules.calls import Outcome, State


def follow(call: Call, *, at: datetime) -> None:
    """Keep the call-back in step with the call; works in the caller's transaction and changes nothing twice."""
    if call.state == State.CALL_BACK or call.outcome == Outcome.CALL_BACK:
        if not CallBack.objects.filter(call=call).exists():
            _promise(call, at)
    elif call.talked:
        CallBack.objects.filter(call=call, status=Status.PROMISED).update(
            status=Status.CANCELLED, due_at=None, settled_at=at, dialled_by=0, dialled_at=None
        )


def _promise(call: Call, at: datetime) -> None:
    contact = contact_of(call.phone or "")
    due = next_allowed(contact, at)
    CallBack(
        id=next_id(call.province), province=call.province, call=call, desk_id=call.desk_id, phone=call.phone,
        phone_index=blind_index("phone", call.phone) if call.phone else None, may_call=contact.may_call,
        call_hours=contact.hours, may_say_who=contact.may_say_who, place_at=call.queued_at or call.arrived_at,
        due_at=due, status=Status.PROMISED if due else Status.CANCELLED, settled_at=None if due else at,
    ).save(force_insert=True)  # fmt: skip
