"""Recordings of calls: kept with the caller's consent, heard with a reason on the record, deleted by rule.

Files first and rows second where something is kept, and where something goes: what is cut off in the middle is done
again by the next try, and no row ever claims a deletion that did not happen.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.voice import record_now
from nuanxin.hotline.models import Call, Recording
from nuanxin.hotline.permissions import check, may_answer, may_check, may_tell
from nuanxin.hotline.queries.recordings import due_to_go, may_hear, recording, region_of
from nuanxin.hotline.queries.voice import has_voice
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.recordings import BadRecording, Gone, Reason, kept_until, kind_of
from nuanxin.hotline.store import FOLDER, file_of

MOST_NAME = 80
_BAD = {
    "empty": ("录音文件是空的。", "The recording is empty."),
    "too_large": ("录音文件太大，没有收。", "The recording is too large and was not taken."),
    "bad_length": ("录音时长不对。", "The length of the recording cannot be right."),
    "no_sound": (
        "这不是 WAV 或 OGG 录音，没有收。",
        "This is no recording in WAV or OGG, and was not taken.",
    ),
}


def keep(
    *, call: Call, name: str, content: bytes, seconds: int, consent_at: datetime | None, by: Actor, at: datetime
) -> Recording:  # fmt: skip
    """Seal and keep what was recorded of a call. ``name`` is the engine's: kept twice under it, it is one recording.

    Raises NotPermitted, and Refused without the caller's consent or for bytes that are no recording.
    """
    try:
        mime = kind_of(content, seconds)
    except BadRecording as bad:
        raise Refused(str(bad), *_BAD[str(bad)]) from bad
    if not name or len(name) > MOST_NAME:
        raise ValueError(f"name: 1 to {MOST_NAME} characters")
    known = Recording.objects.filter(call=call, name=name).first()
    if known is not None:
        return known
    agreed_at = _check_consent(call, consent_at, by)
    file = file_of(call.pk, name)
    FOLDER.put(file, content)
    try:
        with write():
            row = _locked(call.pk)
            _check_consent(row, consent_at, by)  # it may have been taken back meanwhile
            kept = Recording(
                id=next_id(row.province), province=row.province, call=row, name=name, mime=mime, seconds=seconds,
                size=len(content), sha256=sha256(content).hexdigest(), consent_at=agreed_at, kept_at=at,
                kept_until=kept_until(at, settings.HOTLINE_RECORDINGS_DAYS),
            )  # fmt: skip
            kept.save(force_insert=True)
            _record(
                kept, "recording.kept", {"size": kept.size, "seconds": seconds, "sha256": kept.sha256}, by, at
            )
    except IntegrityError:  # another process kept it first, under the same file name
        return Recording.objects.get(call=call, name=name)
    except BaseException:
        FOLDER.drop(file)
        raise
    return kept


def hear(*, recording_id: int, reason: Reason, by: Actor, at: datetime) -> Recording:
    """Say on the record that this person is about to hear a recording, and why; its bytes come after this.

    Raises NotPermitted, and Refused for one that was deleted.
    """
    with write():
        row = recording(recording_id)
        if row is None or not may_hear(by, row.call):
            raise NotPermitted
        if row.deleted_at is not None:
            raise Refused("deleted", "这段录音已经删除。", "This recording has been deleted.")
        _record(row, "recording.heard", {"reason": reason}, by, at)
    return row


def agree(*, call_id: int, by: Actor, at: datetime) -> Call:
    """The caller has said in the talk that it may be recorded: who heard it, and when, stands on the record before the
    first second is recorded. Pressed twice it is once.

    Raises NotPermitted, and Refused for another's call, one on which nobody talks, one that our gateway does not lead,
    and for a caller who has refused: whoever said no is not asked until they say yes.
    """
    with write():
        call = (
            Call.objects.select_for_update(of=("self",))
            .select_related("exchange", "desk")
            .filter(pk=call_id)
            .first()
        )
        if call is None:
            raise NotPermitted
        check(may_answer(by, region_of(call)))
        if call.operator != by.id or call.state != State.ON_CALL:
            raise Refused("not_yours", "您没有在这个通话中。", "You do not talk on this call.")
        if not has_voice(call):
            raise Refused(
                "no_voice",
                "这个电话不由平台接续，不能录音。",
                "The platform does not lead this call: it cannot record it.",
            )
        if call.recording == "refused":
            raise Refused("refused", "来电人已经拒绝录音。", "The caller has refused to be recorded.")
        if call.recording != "agreed":
            call.recording, call.version = "agreed", call.version + 1
            call.save(update_fields=["recording", "version"])
            said = {"call": call.pk, "how": "spoken"}
            append([NewEvent(call.pk, call.province, "call.recording_agreed", said)], by=by, at=at)
            record_now(call, agreed=True, by=by, at=at)
    return call


def withdraw(*, call_id: int, by: Actor, at: datetime) -> int:
    """The caller takes the consent back: every recording of the call goes at once, and none is kept any more.

    Gives back how many went. Raises NotPermitted, and Refused once the line is closed for whoever talked: nobody
    takes their own talk away before somebody else has heard it. A colleague enters what the caller says later.
    """
    call = Call.objects.select_related("desk", "exchange").filter(pk=call_id).first()
    if call is None:
        raise NotPermitted
    region = region_of(call)
    check(may_answer(by, region) or may_check(by, region) or may_tell(by, call.exchange.token))
    with write():
        held = _locked(call_id)
        talked = by.kind == "staff" and by.id in {held.operator, held.passed_by}
        if talked and held.closed_at is not None:
            raise Refused(
                "own_talk",
                "通话已经结束，您自己接的电话请同事来登记“不同意录音”。",
                "The call is over: a colleague enters that the caller takes the consent back, since you talked.",
            )
        if held.recording != "refused":
            held.recording, held.version = "refused", held.version + 1
            held.save(update_fields=["recording", "version"])
            said = {"call": call.pk}
            append([NewEvent(call.pk, call.province, "call.recording_refused", said)], by=by, at=at)
            if held.state == State.ON_CALL and has_voice(held):
                record_now(held, agreed=False, by=by, at=at)
    rows = list(Recording.objects.filter(call_id=call_id, deleted_at__isnull=True))
    return sum(_delete(row, Gone.WITHDRAWN, by, at) for row in rows)


def delete_old(*, at: datetime) -> int:
    """Delete the recordings whose time is over; gives back how many."""
    return sum(_delete(row, Gone.AGE, SYSTEM, at) for row in list(due_to_go(at)))


def _delete(row: Recording, why: Gone, by: Actor, at: datetime) -> bool:
    FOLDER.drop(file_of(row.call_id, row.name))
    with write():
        gone = Recording.objects.filter(pk=row.pk, deleted_at__isnull=True)
        if not gone.update(deleted_at=at, deleted_for=why):
            return False
        _record(row, "recording.deleted", {"why": why}, by, at)
    return True


def _check_consent(call: Call, consent_at: datetime | None, by: Actor) -> datetime:
    check(may_tell(by, call.exchange.token))
    if consent_at is None or call.recording != "agreed":
        raise Refused(
            "no_consent", "来电人没有同意录音，不能保存。", "The caller has not agreed to be recorded."
        )
    return consent_at


def _locked(call_id: int) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("exchange", "desk").get(pk=call_id)


def _record(row: Recording, kind: str, said: dict[str, object], by: Actor, at: datetime) -> None:
    payload = {"recording": row.pk, "call": row.call_id, **said}
    append([NewEvent(row.call_id, row.province, kind, payload)], by=by, at=at)
