"""What is said of rosters and swaps: events, notices on the desk, and swaps that end because a duty has moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.hotline.models import RosterMonth, Swap
from nuanxin.notices.actions import NewNotice, enqueue_many


def tell(
    row: RosterMonth, people: Iterable[int], template: str, values: dict[str, str], at: datetime
) -> None:
    """A notice on the desk for each."""
    province = row.station.region // 10**10
    enqueue_many(
        [NewNotice("in_app", str(one), template, values, province=province) for one in people], at=at
    )


def record(row: RosterMonth, kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    """An event of the month."""
    said = {"roster": row.pk, "station": row.station_id, "month": row.month.isoformat(), **payload}
    append([NewEvent(STREAM_SITE, 0, kind, said)], by=by, at=at)


def lapse(duties: Sequence[int], *, besides: int = 0, by: Actor, at: datetime) -> None:
    """End the open swaps of duties that have moved, and tell who waits for one."""
    rows = (
        Swap.objects.filter(Q(duty__in=duties) | Q(in_return__in=duties), state__in=Swap.OPEN)
        .exclude(pk=besides)
        .select_related("duty__roster__station")
    )
    for row in rows:
        row.state, row.decided_by, row.decided_at = Swap.State.WITHDRAWN, by.id, at
        row.save()
        record_swap(row, "swap.lapsed", by, at)
        people = {row.offered_by, row.taken_by or row.to} - {0, by.id}
        tell(row.duty.roster, sorted(people), "duty_answered", {"day": row.duty.day.isoformat()}, at)


def record_swap(row: Swap, kind: str, by: Actor, at: datetime) -> None:
    """An event of a swap."""
    said = {
        "swap": row.pk, "duty": row.duty_id, "from": row.offered_by, "to": row.taken_by or row.to,
        **({"in_return": row.in_return_id} if row.in_return_id else {}),
    }  # fmt: skip
    append([NewEvent(STREAM_SITE, 0, kind, said)], by=by, at=at)
