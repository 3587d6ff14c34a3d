"""The board: each desk as it stands now and did today. Six statements, whatever the number of desks and calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from nuanxin.audit.actor import Actor, scope_in_roles
from nuanxin.hotline.models import Call, CallBack, Desk, OperatorState
from nuanxin.hotline.permissions import OVERSEES
from nuanxin.hotline.queries.settings import Settings
from nuanxin.hotline.rules.callbacks import SLOT, SafeContact, Status, may_ring
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.figures import SHANGHAI, Result, Tally
from nuanxin.hotline.rules.life import WAITING
from nuanxin.hotline.rules.routing import DeskKind

Seat = OperatorState.State


@dataclass(slots=True)
class DeskBoard:
    """One desk. ``longest``: since when the first of those who wait does; ``seats``: how many stand where;
    ``alarms``: codes, the gravest first: no_lawyer, nobody, wait, call_back."""

    desk: Desk
    open: bool
    tally: Tally
    waiting: int = 0
    on_call: int = 0
    longest: datetime | None = None
    seats: Counter[str] = field(default_factory=Counter)
    lawyers: int = 0
    call_backs: int = 0
    overdue: int = 0
    alarms: tuple[str, ...] = ()


def desks_overseen(by: Actor) -> QuerySet[Desk]:
    """Open desks in the reach of who oversees them; of nobody else any."""
    low, high = scope_in_roles(by.scope, by.roles & OVERSEES)
    if not by.roles & OVERSEES or high <= 0:
        return Desk.objects.none()
    rows = Desk.objects.filter(active=True, region__gte=low, region__lte=high)
    return rows.order_by("region", "name_zh", "pk")


DayRow = tuple[int | None, str, int | None, int]  # desk, result, wait in seconds, how many calls


def day_rows(at: datetime) -> list[DayRow]:
    """The calls that arrived since midnight in Shanghai, of all desks, counted by desk, result and wait. The one
    statement that costs more the more calls there were; it reads an index alone."""
    midnight = at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Call.objects.filter(arrived_at__gte=midnight, arrived_at__lte=at).order_by()
    return list(rows.values_list("desk", "result", "waited_s").annotate(n=Count("*")))


def board(by: Actor, at: datetime, today: Sequence[DayRow] | None = None) -> list[DeskBoard]:
    """Every open desk of the actor's reach, in the order of their regions. ``today``: ``day_rows`` where they are
    at hand; an empty one leaves the day out."""
    settings = Settings(at)
    found: dict[int, DeskBoard] = {}
    for desk in desks_overseen(by):
        values = settings.of(desk.region)
        tally = Tally(values["short_abandon"], values["answer_within"])
        found[desk.pk] = DeskBoard(desk, _is_open(desk, at), tally)
    if found:
        _now(found)
        _people(found)
        _backs(found, at)
        _today(found, day_rows(at) if today is None else today)
    for one in found.values():
        one.alarms = _alarms(one, settings.of(one.desk.region)["alarm_wait"], at)
    return list(found.values())


def _is_open(desk: Desk, at: datetime) -> bool:
    return not desk.hours or not may_ring(SafeContact(hours=desk.hours), at)


def _now(found: dict[int, DeskBoard]) -> None:
    live = Call.objects.exclude(state=State.ENDED).order_by()  # as the index of live calls says it
    for desk, state, calls, since in live.values_list("desk", "state").annotate(
        Count("pk"), Min("queued_at")
    ):
        one = found.get(desk or 0)
        if one is None:
            continue
        if state in WAITING:
            one.waiting += calls
            if since is not None:
                one.longest = since if one.longest is None else min(one.longest, since)
        elif state == State.ON_CALL:
            one.on_call += calls


def _people(found: dict[int, DeskBoard]) -> None:
    rows = OperatorState.objects.order_by().values_list("desk", "state", "lawyer").annotate(Count("pk"))
    for desk, state, lawyer, people in rows:
        one = found.get(desk)
        if one is not None:
            one.seats[state] += people
            one.lawyers += people if lawyer and state != Seat.OFF else 0


def _backs(found: dict[int, DeskBoard], at: datetime) -> None:
    rows = CallBack.objects.filter(status=Status.PROMISED, joins=None).order_by().values_list("desk")
    for desk, calls, late in rows.annotate(
        all=Count("pk"), late=Count("pk", filter=Q(due_at__lte=at - SLOT))
    ):
        one = found.get(desk or 0)
        if one is not None:
            one.call_backs, one.overdue = calls, late


def _today(found: dict[int, DeskBoard], rows: Sequence[DayRow]) -> None:
    for desk, result, waited, calls in rows:
        one = found.get(desk or 0)
        if one is not None:
            one.tally.add(Result(result), waited, calls)


def _alarms(one: DeskBoard, limit: int, at: datetime) -> tuple[str, ...]:
    on_duty = one.seats.total() - one.seats[Seat.OFF]
    waits = 0.0 if one.longest is None else (at - one.longest).total_seconds()
    rules = (
        ("no_lawyer", one.open and one.desk.kind == DeskKind.SPECIAL and not one.lawyers),
        ("nobody", one.open and not on_duty),
        ("wait", waits > limit),
        ("call_back", one.overdue > 0),
    )
    return tuple(code for code, holds in rules if holds)
