"""Taking the telephone and what was told out of calls that nobody needs them for any more. What happened stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.transactions import write
from nuanxin.hotline.models import Call, CallBack, ConsultationRecord
from nuanxin.hotline.queries.calls import asked_to_forget, callers_to_forget
from nuanxin.hotline.queries.records import records_to_forget

# How long the number of an ended call is kept that grew into no case: long enough for a complaint about it.
# A platform's rule, no statute; that of a case goes when the people in the case are erased.
KEPT = timedelta(days=365)


def forget_callers(*, at: datetime) -> int:
    """Take the number out of old calls and of calls whose case's people were erased; gives back how many
    calls and call-backs.

    At most some hundreds at once, each in a transaction of its own with its event: the next run goes on.
    """
    calls = callers_to_forget(at - KEPT)
    for pk in calls:
        with write():
            call = Call.objects.select_for_update().get(pk=pk)
            call.phone, call.phone_index, call.version = "", None, call.version + 1
            call.save(update_fields=["phone", "phone_index", "version"])
            CallBack.objects.filter(call=call).update(phone="", phone_index=None, call_hours="")
            append(
                [NewEvent(call.pk, call.province, "call.caller_forgotten", {"call": call.pk})],
                by=SYSTEM,
                at=at,
            )
    asked = asked_to_forget(at - KEPT)
    for pk in asked:
        with write():
            row = CallBack.objects.select_for_update().get(pk=pk)
            row.phone, row.phone_index, row.call_hours = "", None, ""
            row.save(update_fields=["phone", "phone_index", "call_hours"])
            said = {"call_back": row.pk}
            append([NewEvent(row.stream, row.province, "call_back.caller_forgotten", said)], by=SYSTEM, at=at)
    return len(calls) + len(asked)


def forget_records(*, at: datetime) -> int:
    """Take what was told out of old records and of records whose case's people were erased; gives back how many.

    Time, category and place stay, since reports count them; a draft that nobody closed goes like the others.
    """
    records = records_to_forget(at - KEPT)
    for pk in records:
        with write():
            row = ConsultationRecord.objects.select_for_update(of=("self",)).select_related("call").get(pk=pk)
            row.told, row.forgotten_at, row.version = "", at, row.version + 1
            row.closed_at = row.closed_at or at
            row.save(update_fields=["told", "forgotten_at", "version", "closed_at"])
            said = {"call": row.call_id}
            append([NewEvent(row.call_id, row.province, "call.record_forgotten", said)], by=SYSTEM, at=at)
    return len(records)
