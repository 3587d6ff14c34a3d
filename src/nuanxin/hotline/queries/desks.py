"""Desks as they stand now, and who sits where."""

from __future__ import annotations

from datetime import datetime

from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import Actor
from nuanxin.hotline.models import Call, Desk, OperatorState
from nuanxin.hotline.rules import routing
from nuanxin.hotline.rules.callbacks import SafeContact, may_ring
from nuanxin.hotline.rules.calls import State


def desks_now(region: int, at: datetime) -> list[routing.Desk]:
    """The active desks of a region and all inside it as they stand now, for ``rules.routing.route``."""
    low, high = region_range(region)
    rows = list(Desk.objects.filter(active=True, region__gte=low, region__lte=high).order_by("id"))
    seats: dict[int, list[tuple[str, bool]]] = {row.pk: [] for row in rows}
    on_duty = OperatorState.objects.filter(desk__in=rows).exclude(state=OperatorState.State.OFF)
    for desk, state, lawyer in on_duty.values_list("desk_id", "state", "lawyer"):
        seats[desk].append((state, lawyer))
    queued: dict[int, int] = dict.fromkeys(seats, 0)
    for desk_id in Call.objects.filter(state=State.QUEUED, desk__in=rows).values_list("desk_id", flat=True):
        if desk_id is not None:
            queued[desk_id] += 1
    return [_as_it_stands(row, seats[row.pk], queued[row.pk], at) for row in rows]


def _as_it_stands(row: Desk, seats: list[tuple[str, bool]], queued: int, at: datetime) -> routing.Desk:
    return routing.Desk(
        id=row.pk, kind=routing.DeskKind(row.kind), region=row.region, languages=frozenset(row.languages),
        topics=frozenset(row.topics), open=not row.hours or not may_ring(SafeContact(hours=row.hours), at),
        on_duty=len(seats), ready=sum(state == OperatorState.State.READY for state, _ in seats),
        lawyers=sum(lawyer for _, lawyer in seats), waiting=queued,
    )  # fmt: skip


def free_staff(at: datetime) -> frozenset[int]:
    """Accounts that are ready to take a call now."""
    ready = OperatorState.objects.filter(state=OperatorState.State.READY, since__lte=at)
    return frozenset(ready.values_list("staff", flat=True))


def seat_of(by: Actor) -> OperatorState | None:
    """Where the person sits and stands, with desk and exchange; None without a seat."""
    return OperatorState.objects.select_related("desk", "exchange").filter(staff=by.id).first()
