"""When something may be done to a call or a call-back. Who may is in ``permissions``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from nuanxin.audit.actor import Actor
from nuanxin.cases.faults import Refused
from nuanxin.hotline.models import WITH_OPERATOR, Call, CallBack, Desk, Exchange, OperatorState, WrapUpCode
from nuanxin.hotline.permissions import may_answer
from nuanxin.hotline.rules.callbacks import Reason, SafeContact, Status, may_ring
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.promising import Room, offered
from nuanxin.hotline.rules.register import SAYS

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
    if _dissatisfied_with(by, row):
        raise Refused(
            "own_call",
            "这位来电人对您的通话不满意，请由另一位同事回电。",
            "This person was not satisfied with your call: somebody else rings back.",
        )
    why = may_ring(row.contact, at)
    if why:
        raise Refused(why, *_RING[why])
    if row.earliest is not None and at < row.earliest:
        raise Refused(
            "too_early",
            "还没到约好的时间，先不要打。",
            "This is before the time that was promised: do not ring yet.",
        )


def _dissatisfied_with(by: Actor, row: CallBack) -> bool:
    """Whether this call-back, or one that joined it, is owed for a call of this person's."""
    rows = CallBack.objects.filter(Q(pk=row.pk) | Q(joins=row.pk))
    return rows.filter(reason=Reason.DISSATISFIED, call__operator=by.id).exists()


def check_slot(slot: datetime, room: Room, contact: SafeContact, at: datetime) -> None:
    """Raises Refused for a half-hour that is full, past, or not wholly within the person's and the desk's hours."""
    if slot not in {one.start for one in offered(room, contact, at)}:
        raise Refused(
            "slot_gone",
            "这个时间满了，或者不在您方便的时间里，请另选一个。",
            "This time is full, or outside the hours you named: please choose another.",
        )


def check_code(code: WrapUpCode | None) -> WrapUpCode:
    """The code as the registry has it. Raises Refused for one that is not in it, or no more."""
    if code is None:
        raise Refused("choose_one", "请选一个结果。", "Choose what came of the call.")
    return code


def check_writes(call: Call, *, closed: bool, by: Actor) -> None:
    """Raises Refused for who did not talk last with the caller, and for a record that is closed."""
    if call.operator != by.id or not call.talked:
        raise Refused("not_yours", "这个电话不在您手上。", "This call is not in your hands.")
    if closed or (call.state == State.ENDED and call.code):
        raise Refused(
            "record_closed",
            "这份咨询记录已经办结，不能再改。",
            "This record is closed and cannot be changed any more.",
        )


def check_seen(*, seen: int, version: int) -> None:
    """Raises Refused when the record was changed after the page that writes was opened."""
    if seen != version:
        raise Refused(
            "changed_elsewhere",
            "这份记录在另一个窗口里改过了，这里的还没有保存。请选以哪一份为准。",
            "This record was changed in another window; what stands here is not kept. Choose which of the two counts.",
        )


def check_complete(missing: Sequence[str]) -> None:
    """Raises Refused for a record that lacks what it is closed with."""
    if missing:
        raise Refused(
            "incomplete_" + "_".join(missing),
            "办结以前请写上咨询类别和答复。",
            "Before the record is closed, write what it was about and what was advised.",
        )


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


def check_no_live_call(seat: OperatorState) -> None:
    """Raises Refused while the person is asked to take a call, talks, or writes one up."""
    if seat.call or Call.objects.filter(operator=seat.staff, state__in=WITH_OPERATOR).exists():
        raise Refused(
            "has_a_call",
            "这个人手上有电话，等记录完再改席位。",
            "This person has a call in hand: change the seat once its record is closed.",
        )


def check_extension(desk: Desk, extension: str, staff: int) -> None:
    """Raises Refused for an extension that is another person's at the same exchange."""
    others = OperatorState.objects.filter(exchange=desk.exchange_id, extension=extension)
    if others.exclude(staff=staff).exists():
        raise Refused(
            "extension_taken",
            "这个分机已经有人用，请换一个。",
            "Somebody else has this extension: choose another.",
        )


def check_said(wrong: str) -> None:
    """Raises Refused for what cannot be said of an exchange, a desk or a seat (``rules.register``)."""
    if wrong:
        raise Refused(wrong, SAYS[wrong].zh, SAYS[wrong].en)


def check_may_sit(person: Actor, region: int) -> None:
    """Raises Refused for who answers no calls of this region: they would be rung and could not take one."""
    if not may_answer(person, region):
        raise Refused(
            "answers_no_calls",
            "这个人在这个地区没有话务员或者值班律师的角色，先给他角色。",
            "This person is no operator or duty lawyer for this region: give them the role first.",
        )


def check_desk_key(exchange: Exchange, key: str) -> None:
    """Raises Refused for a queue that has a desk already."""
    if Desk.objects.filter(exchange=exchange, key=key).exists():
        raise Refused(
            "key_taken",
            "这台交换机上已经有这个队列的席位。",
            "There is a desk for this queue of the exchange already.",
        )


def check_token_free(token: int) -> None:
    """Raises Refused for a token that speaks for an exchange already."""
    if Exchange.objects.filter(token=token).exists():
        raise Refused(
            "token_taken",
            "这个令牌已经给了别的交换机。",
            "This token speaks for another exchange already.",
        )


def check_exchange_over(exchange: Exchange) -> None:
    """Raises Refused where an exchange still has open desks or live calls."""
    live = Call.objects.filter(exchange=exchange).exclude(state=State.ENDED)
    if Desk.objects.filter(exchange=exchange, active=True).exists() or live.exists():
        raise Refused(
            "still_in_use",
            "这台交换机还有在用的席位或者没结束的电话，不能停用。",
            "This exchange still has open desks or live calls: close those first.",
        )
