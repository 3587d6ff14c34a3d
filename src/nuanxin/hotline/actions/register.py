"""Keeping the register of the hotline: exchanges, desks, who answers where.

Done twice, a thing is done once. Nothing is taken away under a caller: a desk with callers who wait closes only
with the desk they go to, and a person with a live call stays where they are until it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.models import CallBack, Desk, Exchange, OperatorState
from nuanxin.hotline.permissions import check, may_keep
from nuanxin.hotline.policies import (
    check_desk_key,
    check_exchange_over,
    check_extension,
    check_may_sit,
    check_no_live_call,
    check_said,
    check_token_free,
)
from nuanxin.hotline.rules.callbacks import check_hours
from nuanxin.hotline.rules.register import is_extension, is_label, wrong_of_desk
from nuanxin.hotline.rules.routing import DeskKind


class DeskFields(TypedDict, total=False):
    """What may be said of a desk once it is open; its exchange and its queue there stay."""

    name_zh: str
    name_en: str
    kind: DeskKind
    region: int
    languages: Sequence[str]
    topics: Sequence[str]
    hours: str
    call_backs_a_slot: int


def register_exchange(
    *, token: int, label: str, region: int, kind: Exchange.Kind = Exchange.Kind.PUSH, by: Actor, at: datetime
) -> Exchange:
    """Let the holder of a token (row of accounts.ApiToken) tell of calls. Raises NotPermitted, Refused."""
    check(may_keep(by, region))
    check_said("" if is_label(label) else "label")
    with write():
        check_token_free(token)
        row = Exchange.objects.create(token=token, label=label, region=region, kind=kind)
        said = {"exchange": row.pk, "region": region, "kind": kind}
        _record("hotline.exchange_registered", said, by, at)
    return row


def alter_exchange(
    exchange_id: int, *, label: str, kind: Exchange.Kind, active: bool, by: Actor, at: datetime
) -> Exchange:
    """Rename an exchange, say how it is led, end it or take it up again. Raises NotPermitted, and Refused for
    ending one that still has an open desk or a live call."""
    check_said("" if is_label(label) else "label")
    with write():
        row = Exchange.objects.select_for_update().filter(pk=exchange_id).first()
        if row is None:
            raise NotPermitted  # the same as for one out of reach
        check(may_keep(by, row.region))
        if row.active and not active:
            check_exchange_over(row)
        changed = _put(row, {"label": label, "kind": kind, "active": active})
        if changed:
            row.save(update_fields=changed)
            said: dict[str, object] = {"exchange": row.pk, "kind": kind, "active": active}
            _record("hotline.exchange_altered", {**said, "changed": changed}, by, at)
    return row


def open_desk(
    *, exchange: Exchange, key: str, kind: DeskKind, region: int, name_zh: str, name_en: str = "",
    languages: Sequence[str] = ("zh",), topics: Sequence[str] = (), hours: str = "", call_backs_a_slot: int = 4,
    by: Actor, at: datetime,
) -> Desk:  # fmt: skip
    """Open a desk; ``key`` is its queue at the exchange. Raises NotPermitted, BadHours, Refused."""
    check(may_keep(by, region))
    check_hours(hours)
    told: dict[str, Any] = {
        "key": key, "name_zh": name_zh, "name_en": name_en, "languages": list(languages),
        "topics": list(topics), "call_backs_a_slot": call_backs_a_slot,
    }  # fmt: skip
    check_said(wrong_of_desk(told))
    with write():
        check_desk_key(exchange, key)
        row = Desk.objects.create(exchange=exchange, kind=kind, region=region, hours=hours, **told)
        _record("hotline.desk_opened", {"desk": row.pk, "kind": kind, "region": region}, by, at)
    return row


def alter_desk(desk_id: int, *, by: Actor, at: datetime, **fields: Unpack[DeskFields]) -> Desk:
    """Change what is said of a desk; nothing is written where nothing changes. Raises NotPermitted (for the old
    region and the new), BadHours, Refused."""
    check_hours(fields.get("hours", ""))
    check_said(wrong_of_desk(fields))
    with write():
        row = desk_to_keep(desk_id, by)
        check(may_keep(by, fields.get("region", row.region)))
        told = {name: list(v) if name in {"languages", "topics"} else v for name, v in fields.items()}  # type: ignore[call-overload]
        changed = _put(row, told)
        if changed:
            row.save(update_fields=changed)
            CallBack.objects.filter(desk=row).exclude(region=row.region).update(region=row.region)
            said: dict[str, object] = {"desk": row.pk, "kind": row.kind, "region": row.region}
            _record("hotline.desk_altered", {**said, "changed": changed}, by, at)
    return row


def reopen_desk(desk_id: int, *, by: Actor, at: datetime) -> Desk:
    """Take a closed desk up again. Raises NotPermitted, and Refused where its exchange has ended."""
    with write():
        row = desk_to_keep(desk_id, by)
        if not row.exchange.active:
            raise Refused(
                "exchange_over", "这台电话交换机已经停用，请先启用。",
                "Its exchange has ended: take that up again first.",
            )  # fmt: skip
        if not row.active:
            row.active = True
            row.save(update_fields=["active"])
            _record("hotline.desk_reopened", {"desk": row.pk}, by, at)
    return row


def add_operator(
    *, staff: int, desk: Desk, extension: str, lawyer: bool, by: Actor, at: datetime
) -> OperatorState:
    """Seat a person at a desk with an extension, or move them there. Raises NotPermitted (for the desk they leave
    and the new one), and Refused while they have a live call, at a closed desk, for an extension in use or of no
    such form, and for who answers no calls there."""
    check(may_keep(by, desk.region))
    check_said("" if is_extension(extension) else "extension")
    with write():
        row = OperatorState.objects.select_for_update().select_related("desk").filter(staff=staff).first()
        if row is not None:
            check(may_keep(by, row.desk.region))
            if (row.desk_id, row.extension, row.lawyer) == (desk.pk, extension, lawyer):
                return row
            check_no_live_call(row)
        if not desk.active:
            raise Refused("desk_closed", "这个席位已经撤销。", "This desk is closed.")
        check_extension(desk, extension, staff)
        check_may_sit(actor_for(Staff.objects.get(pk=staff), at), desk.region)
        row = row or OperatorState(staff=staff)
        row.desk, row.exchange, row.extension, row.lawyer = desk, desk.exchange, extension, lawyer
        row.since = at
        row.save()
        _record("hotline.operator_seated", {"staff": staff, "desk": desk.pk, "lawyer": lawyer}, by, at)
    return row


def remove_operator(*, staff: int, by: Actor, at: datetime) -> None:
    """Take a person's seat and extension away; without one, nothing. Raises NotPermitted, and Refused while they
    have a live call."""
    with write():
        row = OperatorState.objects.select_for_update().select_related("desk").filter(staff=staff).first()
        if row is None:
            return
        check(may_keep(by, row.desk.region))
        check_no_live_call(row)
        said: dict[str, object] = {"staff": staff, "desk": row.desk_id}
        row.delete()
        _record("hotline.operator_removed", said, by, at)


def desk_to_keep(desk_id: int, by: Actor) -> Desk:
    """The desk, locked in the caller's transaction. Raises NotPermitted, also where there is none."""
    row = Desk.objects.select_for_update(of=("self",)).select_related("exchange").filter(pk=desk_id).first()
    if row is None:
        raise NotPermitted
    check(may_keep(by, row.region))
    return row


def _put(row: Desk | Exchange, told: dict[str, object]) -> list[str]:
    """Put what differs; the names of what did."""
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, told[name])
    return changed


def _record(kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    append([NewEvent(STREAM_SITE, 0, kind, payload)], by=by, at=at)
