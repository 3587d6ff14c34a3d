"""What operators do: say where they stand, take a call, pass it on, close its record."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import staff_stream
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.callbacks import talk_closed
from nuanxin.hotline.actions.calls import after_all, keep, life_of
from nuanxin.hotline.actions.voice import ask, follow_on
from nuanxin.hotline.models import Call, Desk, Exchange, OperatorState, VoiceCommand
from nuanxin.hotline.permissions import check, may_answer
from nuanxin.hotline.policies import check_free
from nuanxin.hotline.rules.calls import Happening, State
from nuanxin.hotline.rules.life import row_for

CHOSEN = (OperatorState.State.READY, OperatorState.State.BREAK, OperatorState.State.OFF)


def set_state(*, state: OperatorState.State, by: Actor, at: datetime) -> OperatorState:
    """Ready, on a break or off; the other states follow the calls. Raises Refused while a call is in hand."""
    if state not in CHOSEN:
        raise Refused("choose_one", "请选空闲、小休或者下班。", "Choose ready, break or off.")
    with write():
        seat = check_free(_seat_of(by), 0)
        seat.state, seat.since = state, at
        seat.save(update_fields=["state", "since"])
        said = {"desk": seat.desk_id, "state": state}
        append([NewEvent(staff_stream(by.id), 0, "operator.state", said)], by=by, at=at)
    return seat


def take(*, call_id: int, by: Actor, at: datetime) -> Call:
    """Answer a call that waits. Of two who press at once the first has it.

    Where our gateway leads the exchange, their telephone rings first: the call is theirs once they pick up. Raises NotPermitted, and Refused for the second, without a seat, or with another call in hand.
    """
    with write():
        call = locked(call_id, by)
        check_free(_seat_of(by), call.pk)
        if call.talked and call.operator == by.id and call.state == State.ON_CALL:
            return call  # pressed twice
        if call.state in {State.ON_CALL, State.WRAP_UP, State.ENDED}:
            raise Refused(
                "taken",
                "这个电话已经有人接了，或者已经挂断。",
                "Somebody has this call already, or it has ended.",
            )
        if call.exchange.kind == Exchange.Kind.ARI:
            ask(call=call, kind=VoiceCommand.Kind.TAKE, by=by, at=at)
            return call
        keep(call, after_all(call, Happening.ANSWERED, at, operator=by.id), by=by, at=at)
    return call


def pass_on(*, call_id: int, desk: Desk, by: Actor, at: datetime) -> Call:
    """Send the caller on to another desk's queue, at the place they had. Raises NotPermitted, Refused."""
    with write():
        call = locked(call_id, by)
        _do(call, Happening.PASSED_ON, by, at, desk=desk.pk)
        if call.exchange.kind == Exchange.Kind.ARI:
            follow_on(call, by=by, at=at)
    return call


def end_with(call: Call, code: str, *, by: Actor, at: datetime) -> None:
    """Close a call that is locked, in the caller's transaction. Raises Refused for another's call."""
    if not (call.state == State.ENDED and call.operator == by.id and call.code == code):
        _do(call, Happening.WRAPPED_UP, by, at, code=code)
        talk_closed(call, by=by, at=at)


def grow(*, call_id: int, case_id: int, by: Actor, at: datetime) -> Call:
    """Say which case grew out of a call. Raises NotPermitted, and Refused for another's call.

    A second case of the same call is a second case: the call names the latest, the record has both.
    """
    with write():
        call = locked(call_id, by)
        if call.operator != by.id or not call.talked:
            raise Refused("not_yours", "这个电话不在您手上。", "This call is not in your hands.")
        if call.case != case_id:
            call.case, call.version = case_id, call.version + 1
            call.save(update_fields=["case", "version"])
            said = {"call": call.pk, "case": case_id}
            append([NewEvent(call.pk, call.province, "call.grew", said)], by=by, at=at)
    return call


def _do(call: Call, kind: Happening, by: Actor, at: datetime, *, desk: int = 0, code: str = "") -> None:
    told = after_all(call, kind, at, operator=by.id, desk=desk, code=code)
    if call.operator != by.id or row_for(life_of(call), told) is None:
        raise Refused("not_yours", "这个电话不在您手上。", "This call is not in your hands.")
    keep(call, told, by=by, at=at)


def _seat_of(by: Actor) -> OperatorState | None:
    return OperatorState.objects.select_for_update().filter(staff=by.id).first()


def locked(call_id: int, by: Actor) -> Call:
    """The call, locked in the caller's transaction. Raises NotPermitted for one out of reach, or for none."""
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("exchange", "desk")
        .filter(pk=call_id)
        .first()
    )
    if call is None:
        raise NotPermitted  # the same as for one out of reach
    check(may_answer(by, call.desk.region if call.desk else call.exchange.region))
    return call
