"""When something may be done to a call or a call-back. Who may is in ``permissions``."""

from __future__ import annotations

from datetime import datetime, timedelta

from nuanxin.audit.actor import Actor
from nuanxin.cases.faults import Refused
from nuanxin.hotline.models import CallBack, OperatorState
from nuanxin.hotline.rules.callbacks import Status, may_ring

WRAP_UP_CODES = ("advised", "application", "call_back", "other_office", "wrong_number", "nuisance", "other")
_RING = {
    "no_calls": ("对方要求不打电话，请用别的办法联系。", "The person asked not to be rung: use another way."),
    "outside_hours": (
        "现在不在对方方便接电话的时间，不能打。",
        "This is outside the hours at which the person may be rung.",
    ),
}


def check_dial(row: CallBack, *, by: Actor, at: datetime, held: timedelta) -> None:
    """Raises Refused when a call-back is settled, in other hands, or the person must not be rung now."""
    if row.status != Status.PROMISED:
        raise Refused("settled", "这个回电已经办完了。", "This call-back is settled already.")
    if row.dialled_by not in {0, by.id} and row.dialled_at is not None and at - row.dialled_at < held:
        raise Refused("in_other_hands", "同事正在打这个电话。", "A colleague is ringing this person now.")
    why = may_ring(row.contact, at)
    if why:
        raise Refused(why, *_RING[why])


def check_code(code: str) -> None:
    """Raises Refused for a wrap-up code that is not in the registry."""
    if code not in WRAP_UP_CODES:
        raise Refused("choose_one", "请选一个结果。", "Choose what came of the call.")


def check_free(seat: OperatorState | None, call: int) -> OperatorState:
    """The person's seat. Raises Refused without one, or while they have another call."""
    if seat is None:
        raise Refused(
            "no_seat",
            "您还没有席位和分机，请找管理员。",
            "You have no desk and extension yet: ask the administrator.",
        )
    if seat.call not in {0, call}:
        raise Refused(
            "busy",
            "请先把手上的电话记录完。",
            "Finish the record of the call you have before taking another.",
        )
    return seat
