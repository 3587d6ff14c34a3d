"""Keeping the register of the hotline: exchanges, desks, who answers where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.hotline.models import Desk, Exchange, OperatorState
from nuanxin.hotline.permissions import check, may_keep
from nuanxin.hotline.rules.callbacks import check_hours
from nuanxin.hotline.rules.routing import DeskKind


def register_exchange(
    *, token: int, label: str, region: int, kind: Exchange.Kind = Exchange.Kind.PUSH, by: Actor, at: datetime
) -> Exchange:
    """Let the holder of a token (row of accounts.ApiToken) tell of calls. Raises NotPermitted."""
    check(may_keep(by, region))
    with write():
        row = Exchange.objects.create(token=token, label=label, region=region, kind=kind)
        said = {"exchange": row.pk, "region": region, "kind": kind}
        _record("hotline.exchange_registered", said, by, at)
    return row


def open_desk(
    *, exchange: Exchange, key: str, kind: DeskKind, region: int, name_zh: str, name_en: str = "",
    languages: Sequence[str] = ("zh",), topics: Sequence[str] = (), hours: str = "", by: Actor, at: datetime,
) -> Desk:  # fmt: skip
    """Open a desk; ``key`` is its queue at the exchange. Raises NotPermitted, BadHours."""
    check(may_keep(by, region))
    check_hours(hours)
    with write():
        row = Desk.objects.create(
            exchange=exchange, key=key, kind=kind, region=region, name_zh=name_zh, name_en=name_en,
            languages=list(languages), topics=list(topics), hours=hours,
        )  # fmt: skip
        _record("hotline.desk_opened", {"desk": row.pk, "kind": kind, "region": region}, by, at)
    return row


def add_operator(
    *, staff: int, desk: Desk, extension: str, lawyer: bool, by: Actor, at: datetime
) -> OperatorState:
    """Seat a person at a desk with an extension, or move them there. Raises NotPermitted."""
    check(may_keep(by, desk.region))
    with write():
        row, _ = OperatorState.objects.update_or_create(
            staff=staff,
            defaults={
                "desk": desk, "exchange": desk.exchange, "extension": extension, "lawyer": lawyer, "since": at,
            },
        )  # fmt: skip
        _record("hotline.operator_seated", {"staff": staff, "desk": desk.pk, "lawyer": lawyer}, by, at)
    return row


def _record(kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    append([NewEvent(STREAM_SITE, 0, kind, payload)], by=by, at=at)
