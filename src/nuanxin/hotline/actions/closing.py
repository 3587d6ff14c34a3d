"""Closing a desk: whoever waits there, is to be rung back from there or sits there goes to another desk first."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.calls import after_all, keep
from nuanxin.hotline.actions.register import desk_to_keep
from nuanxin.hotline.actions.voice import follow_on
from nuanxin.hotline.models import Call, CallBack, Desk, Exchange, OperatorState
from nuanxin.hotline.rules.callbacks import Status
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.life import WAITING


def close_desk(desk_id: int, *, to: int = 0, by: Actor, at: datetime) -> Desk:
    """Close a desk; ``to``: the desk that takes over its callers at their places, its call-backs and its people.

    Raises NotPermitted (for both desks), and Refused where somebody waits, is to be rung back or sits there and
    no other open desk of the same exchange is named.
    """
    with write():
        row = desk_to_keep(desk_id, by)
        if not row.active:
            return row
        takes = _other(row, to, by) if to else None
        moved = _move(row, takes, by, at)
        row.active = False
        row.save(update_fields=["active"])
        said = {"desk": row.pk, "to": to, **moved}
        append([NewEvent(STREAM_SITE, 0, "hotline.desk_closed", said)], by=by, at=at)
    return row


def _other(row: Desk, to: int, by: Actor) -> Desk:
    takes = desk_to_keep(to, by)
    if takes.pk == row.pk or not takes.active or takes.exchange_id != row.exchange_id:
        raise Refused(
            "choose_another_desk", "请选同一台交换机上另一个在用的席位。",
            "Choose another open desk of the same exchange.",
        )  # fmt: skip
    return takes


def _move(row: Desk, takes: Desk | None, by: Actor, at: datetime) -> dict[str, int]:
    calls = list(
        Call.objects.select_for_update(of=("self",)).select_related("exchange")
        .filter(desk=row, state__in=WAITING).order_by("queued_at", "pk")
    )  # fmt: skip
    promised = CallBack.objects.filter(desk=row, status=Status.PROMISED)
    seats = OperatorState.objects.filter(desk=row)
    counts = {"callers": len(calls), "call_backs": promised.count(), "people": seats.count()}
    if takes is None:
        if any(counts.values()):
            raise Refused("say_where", *_say_where(counts))
        return counts
    for call in calls:
        keep(call, after_all(call, Happening.QUEUED, at, desk=takes.pk), by=by, at=at)
        if call.exchange.kind == Exchange.Kind.ARI:
            follow_on(call, by=by, at=at)
    promised.update(desk=takes, region=takes.region)
    seats.update(desk=takes)
    return counts


def _say_where(counts: dict[str, int]) -> tuple[str, str]:
    callers, backs, people = counts["callers"], counts["call_backs"], counts["people"]
    return (
        f"席位上还有{callers}位来电人在等、{backs}个回电没打、{people}人坐席，请先说明转到哪个席位。",
        f"Callers who wait here: {callers}; call-backs to be made: {backs}; people seated: {people}."
        " Say to which desk they go.",
    )
