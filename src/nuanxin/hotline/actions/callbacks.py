"""Ringing back: one person dials at a time, never against the safe-contact rules, and every attempt is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.models import CallBack, CallBackAttempt
from nuanxin.hotline.permissions import check, may_answer
from nuanxin.hotline.policies import check_dial
from nuanxin.hotline.rules.callbacks import Attempt, Status, after

# A browser that died while dialling holds the call-back no longer than this.
HELD = timedelta(minutes=15)


def dial(*, call_back_id: int, by: Actor, at: datetime) -> CallBack:
    """Take a call-back for dialling now. Raises NotPermitted, and Refused when it is settled, somebody else dials,
    or the person must not be rung now."""
    with write():
        row = _locked(call_back_id, by)
        check_dial(row, by=by, at=at, held=HELD)
        row.dialled_by, row.dialled_at = by.id, at
        row.save(update_fields=["dialled_by", "dialled_at"])
        _record(row, "call_back.dialled", {}, by, at)
    return row


def attempted(*, call_back_id: int, result: Attempt, by: Actor, at: datetime) -> CallBack:
    """Say what came of the dialling; the table says what follows. Raises NotPermitted, and Refused for somebody who
    did not dial."""
    with write():
        row = _locked(call_back_id, by)
        if row.status != Status.PROMISED or row.dialled_by != by.id:
            raise Refused(
                "not_dialled",
                "这个回电不在您手上，请先点“拨打”。",
                "This call-back is not in your hands: press dial first.",
            )
        CallBackAttempt(
            id=next_id(row.province), province=row.province, call_back=row, at=at, operator=by.id, result=result
        ).save(force_insert=True)  # fmt: skip
        then = after(result, counted=row.counted, priority=row.priority, contact=row.contact, at=at)
        row.counted, row.priority, row.due_at, row.status = then.counted, then.priority, then.due, then.status
        row.settled_at = None if then.due else at
        row.dialled_by, row.dialled_at = 0, None
        row.save()
        said = {"result": result, "counted": then.counted, "priority": then.priority, "status": then.status}
        _record(row, "call_back.attempted", said, by, at)
    return row


def _locked(call_back_id: int, by: Actor) -> CallBack:
    row = (
        CallBack.objects.select_for_update(of=("self",)).select_related("call__exchange", "desk")
        .filter(pk=call_back_id).first()
    )  # fmt: skip
    if row is None:
        raise Refused("no_such_call_back", "没有找到这个回电。", "There is no such call-back.")
    region = row.desk.region if row.desk else row.call.exchange.region
    check(may_answer(by, region))
    return row


def _record(row: CallBack, kind: str, said: dict[str, object], by: Actor, at: datetime) -> None:
    payload = {"call_back": row.pk, "call": row.call_id, **said}
    append([NewEvent(row.call_id, row.province, kind, payload)], by=by, at=at)
