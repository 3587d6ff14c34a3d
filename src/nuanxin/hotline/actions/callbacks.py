"""Ringing back: one person dials at a time, never against the safe-contact rules, and every attempt is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from nuanxin.audit.actions import record_unmasking
from nuanxin.audit.actor import Actor
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.promises import owned, record
from nuanxin.hotline.actions.talks import begin_talk
from nuanxin.hotline.actions.telling import tell_unreached
from nuanxin.hotline.actions.voice import ring
from nuanxin.hotline.models import Call, CallBack, CallBackAttempt, OperatorState
from nuanxin.hotline.policies import check_dial, check_free
from nuanxin.hotline.queries.callbacks import exchange_of, led_by_us
from nuanxin.hotline.rules.callbacks import Attempt, Status, after, talked
from nuanxin.hotline.rules.promising import Ended

# A browser that died while dialling holds the call-back no longer than this.
HELD = timedelta(minutes=15)


def dial(*, call_back_id: int, by: Actor, at: datetime) -> CallBack:
    """Take a call-back for dialling now. Raises NotPermitted, and Refused when it is settled, somebody else dials,
    or the person must not be rung now."""
    with write():
        row = owned(call_back_id, by)
        check_dial(row, by=by, at=at, held=HELD)
        seat = OperatorState.objects.filter(staff=by.id).first()
        if seat is not None:  # whoever is reached becomes a call in hand: one person has one
            check_free(seat, 0)
        row.dialled_by, row.dialled_at = by.id, at
        row.save(update_fields=["dialled_by", "dialled_at"])
        record(row, "call_back.dialled", {}, by, at)
    return row


def ring_back(*, call_back_id: int, by: Actor, at: datetime) -> CallBack:
    """Dial by the voice of our gateway where it leads the exchange, else by hand. Raises as ``dial``."""
    with write():
        row = owned(call_back_id, by)
        exchange = exchange_of(row)
        if exchange is None or not led_by_us(row):
            return dial_by_hand(call_back_id=call_back_id, by=by, at=at)
        row = dial(call_back_id=call_back_id, by=by, at=at)
        ring(row, exchange, by=by, at=at)
    return row


def dial_by_hand(*, call_back_id: int, by: Actor, at: datetime) -> CallBack:
    """As ``dial``, and the whole number is shown: said in the record before anybody sees it."""
    with write():
        row = dial(call_back_id=call_back_id, by=by, at=at)
        if row.phone:
            record_unmasking(row=row, fields=["phone"], by=by, at=at)
    return row


def grow(*, call_back_id: int, case_id: int, by: Actor, at: datetime) -> CallBack:
    """Say which case grew out of a call-back. Raises NotPermitted, and Refused for one whom this person has not
    reached."""
    with write():
        row = owned(call_back_id, by)
        if not CallBackAttempt.objects.filter(call_back=row, operator=by.id, result=Attempt.REACHED).exists():
            raise Refused("not_yours", "这个电话不是您打通的。", "You did not reach this person.")
        if row.case != case_id:
            row.case = case_id
            row.save(update_fields=["case"])
            record(row, "call_back.grew", {"case": case_id}, by, at)
    return row


def attempted(*, call_back_id: int, result: Attempt, by: Actor, at: datetime) -> CallBack:
    """Say what came of the dialling; the table says what follows. Raises NotPermitted, and Refused for somebody who
    did not dial."""
    with write():
        row = owned(call_back_id, by)
        if row.status != Status.PROMISED or row.dialled_by != by.id:
            raise Refused(
                "not_dialled",
                "这个回电不在您手上，请先点“拨打”。",
                "This call-back is not in your hands: press dial first.",
            )
        CallBackAttempt(
            id=next_id(row.province), province=row.province, call_back=row, at=at, operator=by.id, result=result
        ).save(force_insert=True)  # fmt: skip
        if result is not Attempt.NOT_COUNTED and row.tried_at is None:
            row.tried_at = row.dialled_at
        then = after(result, counted=row.counted, priority=row.priority, contact=row.contact, at=at)
        row.counted, row.priority, row.due_at, row.status = then.counted, then.priority, then.due, then.status
        row.settled_at = None if then.due else at
        row.dialled_by, row.dialled_at = 0, None
        row.ended = Ended.NO_CALLS if row.status == Status.CANCELLED else Ended.NONE
        row.save()
        if row.status == Status.REACHED:
            begin_talk(row, by=by, at=at)
        if row.status == Status.UNREACHED:
            tell_unreached(row, at=at)
        said = {"result": result, "counted": then.counted, "priority": then.priority, "status": then.status}
        record(row, "call_back.attempted", said, by, at)
    return row


def talk_closed(call: Call, *, by: Actor, at: datetime) -> None:
    """Whose talk is written up was reached: said for who closed the record without saying it, in the caller's
    transaction."""
    if not call.rings_back:
        return
    row = CallBack.objects.filter(pk=call.rings_back, status=Status.PROMISED, dialled_by=by.id).first()
    if row is not None:
        lasted = call.closed_at - call.answered_at if call.closed_at and call.answered_at else None
        attempted(call_back_id=row.pk, result=talked(lasted), by=by, at=at)
