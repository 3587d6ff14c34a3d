"""What people at the desk ask of the voice: written here, carried out by the gateway of the exchange."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.models import Call, CallBack, Exchange, OperatorState, VoiceCommand
from nuanxin.hotline.permissions import check, may_answer, may_listen
from nuanxin.hotline.rules.calls import State

Kind = VoiceCommand.Kind
BY_OWNER = frozenset({Kind.HANG_UP, Kind.ADD_INTERPRETER, Kind.DROP_INTERPRETER})
BY_SUPERVISOR = frozenset({Kind.LISTEN_IN, Kind.STOP_LISTENING})
ASKED_FOR = BY_OWNER | BY_SUPERVISOR | {Kind.TAKE}
NAMES_A_TELEPHONE = frozenset({Kind.ADD_INTERPRETER, Kind.LISTEN_IN})
RINGS_THE_ASKER = frozenset({Kind.TAKE, Kind.RING_BACK})
WAITS = frozenset({State.ARRIVING, State.MENU, State.QUEUED, State.OFFERED, State.RINGING, State.VOICEMAIL})


def ask(*, call: Call, kind: VoiceCommand.Kind, by: Actor, at: datetime, extension: str = "") -> VoiceCommand:
    """Ask the voice for one thing; pressed twice, the open request is given back.

    ``extension``: whose telephone is rung for an interpreter or a listening supervisor; who takes a call is rung at
    their own seat. Raises NotPermitted, and Refused where the exchange has no voice of ours, the
    call is not in a state for it, or no telephone is named.
    """
    if kind not in ASKED_FOR:
        raise ValueError(
            "a call is passed on by actions.pass_on, a person rung back by actions.ring_back, a talk recorded by "
            "actions.recordings.agree"
        )
    with write():
        row = (
            Call.objects.select_for_update(of=("self",)).select_related("exchange", "desk")
            .filter(pk=call.pk).first()
        )  # fmt: skip
        if row is None:
            raise NotPermitted
        _check_who(row, kind, by)
        _check_led(row.exchange)
        _check_when(row, kind, by)
        number = _telephone(row.exchange, kind, by, extension)
        known = VoiceCommand.objects.filter(
            call=row, kind=kind, by=by.id, extension=number, done_at=None
        ).first()
        return known or _write(row, kind, number, by, at)


def ring(row: CallBack, exchange: Exchange, *, by: Actor, at: datetime) -> VoiceCommand:
    """Have the exchange ring the person of a call-back that is locked and in the actor's hands, in the caller's
    transaction. Raises Refused where the exchange has no voice of ours, or the actor no telephone at it."""
    if row.dialled_by != by.id:
        raise Refused(
            "not_dialled",
            "这个回电不在您手上，请先点“拨打”。",
            "This call-back is not in your hands: press dial first.",
        )
    _check_led(exchange)
    number = _telephone(exchange, Kind.RING_BACK, by, "")
    known = VoiceCommand.objects.filter(call_back=row, kind=Kind.RING_BACK, by=by.id, done_at=None).first()
    if known is not None:
        return known
    command = VoiceCommand(
        id=next_id(row.province), province=row.province, exchange=exchange, call_back=row, kind=Kind.RING_BACK,
        by=by.id, extension=number, asked_at=at,
    )  # fmt: skip
    command.save(force_insert=True)
    said = {"call_back": row.pk, "call": row.call_id or 0, "command": command.pk, "wish": Kind.RING_BACK}
    append([NewEvent(row.stream, row.province, "call_back.voice_asked", said)], by=by, at=at)
    return command


def _check_led(exchange: Exchange) -> None:
    if exchange.kind != Exchange.Kind.ARI:
        raise Refused(
            "no_voice",
            "这台电话交换机不能由平台操作，请在话机上操作。",
            "The platform cannot lead this exchange: do it at the telephone.",
        )


def follow_on(call: Call, *, by: Actor, at: datetime) -> VoiceCommand:
    """Let the voice follow a call that was passed on, in the caller's transaction."""
    return _write(call, Kind.FOLLOW, "", by, at)


def record_now(call: Call, *, agreed: bool, by: Actor, at: datetime) -> VoiceCommand:
    """Let a talk be recorded from now on, or not any more, in the transaction that says what the caller said."""
    return _write(call, Kind.RECORD if agreed else Kind.STOP_RECORDING, "", by, at)


def _check_who(call: Call, kind: VoiceCommand.Kind, by: Actor) -> None:
    region = call.desk.region if call.desk else call.exchange.region
    check(may_listen(by, region) if kind in BY_SUPERVISOR else may_answer(by, region))
    if kind in BY_OWNER and call.operator != by.id:
        raise Refused("not_yours", "这个电话不在您手上。", "This call is not in your hands.")
    # A third person who hears a private talk needs the caller's consent as a recording does: it is the same answer.
    if kind == Kind.LISTEN_IN and call.recording != "agreed":
        raise Refused(
            "no_consent",
            "来电人没有同意录音和监听，不能旁听。",
            "The caller has not agreed to be recorded and listened to.",
        )
    if kind == Kind.LISTEN_IN and call.operator == by.id:
        raise Refused("own_call", "这是您自己的通话。", "This is your own call.")


def _check_when(call: Call, kind: VoiceCommand.Kind, by: Actor) -> None:
    if kind == Kind.TAKE and (call.state not in WAITS or call.operator not in {0, by.id}):
        raise Refused(
            "taken",
            "这个电话已经有人接了，或者已经挂断。",
            "Somebody has this call already, or it has ended.",
        )
    if kind in BY_OWNER | {Kind.LISTEN_IN} and call.state != State.ON_CALL:
        raise Refused("not_talking", "这个电话没有在通话。", "Nobody talks on this call now.")


def _telephone(exchange: Exchange, kind: VoiceCommand.Kind, by: Actor, extension: str) -> str:
    if kind in RINGS_THE_ASKER:
        seat = OperatorState.objects.filter(staff=by.id, exchange=exchange).first()
        extension = seat.extension if seat else ""
    if kind in NAMES_A_TELEPHONE | RINGS_THE_ASKER and not extension:
        raise Refused("no_telephone", "请填分机号。", "Say at which extension.")
    if extension and not extension.isalnum():
        raise Refused("no_telephone", "分机号只能是数字和字母。", "An extension is digits and letters.")
    return extension


def _write(call: Call, kind: VoiceCommand.Kind, extension: str, by: Actor, at: datetime) -> VoiceCommand:
    row = VoiceCommand(
        id=next_id(call.province), province=call.province, exchange_id=call.exchange_id, call=call, kind=kind,
        by=by.id, extension=extension, asked_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    said = {"call": call.pk, "command": row.pk, "wish": kind}
    append([NewEvent(call.pk, call.province, "call.voice_asked", said)], by=by, at=at)
    return row
