"""Call-backs: who rings them, when there is room, whose turn it is, and how the promises were kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, Q, QuerySet

from nuanxin.audit.actor import Actor, scope_in_roles
from nuanxin.audit.encryption import blind_candidates
from nuanxin.cases.codes import check_code
from nuanxin.hotline.models import Call, CallBack, Desk, Exchange
from nuanxin.hotline.permissions import OVERSEES, WATCHES
from nuanxin.hotline.rules import routing
from nuanxin.hotline.rules.callbacks import SLOT, Attempt, SafeContact, Slot, Status, Waiting, in_order
from nuanxin.hotline.rules.promising import Door, Room, desk_for, offered, overdue

MOST = 200
# How long the code of a call-back opens it: long enough for all attempts, and to read what came of it.
OPEN_FOR = timedelta(days=30)


def desk_of(place: int, topic: str, language: str) -> Desk | None:
    """The desk that rings back whoever asks from a place; None where there is no desk."""
    rows = {row.pk: row for row in Desk.objects.filter(active=True).select_related("exchange").order_by("pk")}
    plain = [
        routing.Desk(
            id=row.pk, kind=routing.DeskKind(row.kind), region=row.region, languages=frozenset(row.languages),
            topics=frozenset(row.topics),
        )
        for row in rows.values()
    ]  # fmt: skip
    return rows.get(desk_for(routing.Caller(language=language, topic=topic, place=place), plain))


def room_of(desk: Desk | None, at: datetime) -> Room:
    """The desk's hours and capacity, and what it has promised from now on. Without a desk: no limit of places."""
    if desk is None:
        return Room(capacity=MOST)
    promised = CallBack.objects.filter(desk=desk, status=Status.PROMISED, due_at__gte=at - SLOT)
    dues = [due for due in promised.values_list("due_at", flat=True) if due is not None]
    return Room(desk.hours, desk.call_backs_a_slot, Counter(dues))


def slots_for(place: int, topic: str, language: str, contact_hours: str, at: datetime) -> tuple[Slot, ...]:
    """What a page offers. Nothing is said of any telephone. Raises BadHours."""
    desk = desk_of(place, topic, language)
    return offered(room_of(desk, at), SafeContact(hours=contact_hours), at) if desk is not None else ()


def times_of(row: CallBack, at: datetime) -> tuple[Slot, ...]:
    """The half-hours to which staff may move a call-back: with room at its desk, within the person's own hours. None
    for who asked not to be rung."""
    return offered(room_of(row.desk, at), row.contact, at) if row.may_call else ()


def standing(phone: str) -> CallBack | None:
    """The call-back of a telephone that stands; of a hidden number none."""
    if not phone:
        return None
    rows = CallBack.objects.filter(phone_index__in=blind_candidates("phone", phone), status=Status.PROMISED)
    return rows.order_by("pk").first()


def opened_by(phone: str, code: str, at: datetime) -> CallBack | None:
    """The call-back that a telephone and the code of its receipt open; None for any other."""
    rows = CallBack.objects.filter(
        phone_index__in=blind_candidates("phone", phone), asked_at__gte=at - OPEN_FOR
    ).order_by("-asked_at")
    found = [row for row in rows[:20] if check_code(code, row.pk) == 0]
    return found[0] if found else None


def promised_to(by: Actor) -> QuerySet[CallBack]:
    """The call-backs that stand in the reach of who answers or watches."""
    low, high = scope_in_roles(by.scope, by.roles & WATCHES)
    rows = CallBack.objects.filter(status=Status.PROMISED, region__gte=low, region__lte=high)
    return rows if by.roles & WATCHES else rows.none()


def in_turn(rows: Iterable[CallBack], at: datetime) -> list[CallBack]:
    """Whose turn it is first: priority, broken promises, then by place; a kept place counts from when it was kept, a
    slot from its start, a further try from when it is due."""
    known = {row.pk: row for row in rows}
    line = [
        Waiting(
            row.pk, row.due_at if row.counted and row.due_at else row.place_at, kept=row.sooner,
            priority=row.priority, overdue=late(row, at),
        )
        for row in known.values()
    ]  # fmt: skip
    return [known[one.id] for one in in_order(line)]


def late(row: CallBack, at: datetime) -> bool:
    """Whether its half-hour has passed without a try."""
    return row.due_at is not None and overdue(row.due_at, at)


def overdue_of(by: Actor, at: datetime) -> int:
    """How many promises are broken in the actor's reach."""
    return promised_to(by).filter(due_at__lte=at - SLOT).count()


@dataclass(frozen=True, slots=True)
class Missed:
    """One desk: how many promised half-hours have passed without a try, and the oldest of them."""

    desk: Desk | None
    late: int
    oldest: datetime


def missed_by_desk(by: Actor, at: datetime) -> list[Missed]:
    """Desks with broken promises in the reach of who oversees them, the most first. Two statements at most."""
    low, high = scope_in_roles(by.scope, by.roles & OVERSEES)
    if not by.roles & OVERSEES or high <= 0:
        return []
    rows = CallBack.objects.filter(
        status=Status.PROMISED, region__gte=low, region__lte=high, due_at__lte=at - SLOT
    )
    counted = list(rows.order_by().values_list("desk").annotate(late=Count("pk"), oldest=Min("due_at")))
    desks = Desk.objects.in_bulk([desk for desk, _late, _oldest in counted if desk]) if counted else {}
    found = [Missed(desks.get(desk or 0), late, oldest) for desk, late, oldest in counted]
    return sorted(found, key=lambda one: (-one.late, one.oldest))


def ringing(by: Actor) -> CallBack | None:
    """The call-back that this person dials now."""
    rows = CallBack.objects.filter(status=Status.PROMISED, dialled_by=by.id).exclude(dialled_by=0)
    return rows.select_related("desk__exchange", "call__exchange").order_by("-dialled_at").first()


def reached_by(call_back_id: int, by: Actor) -> CallBack | None:
    """A call-back in which this person reached whoever was rung; None for any other."""
    rows = CallBack.objects.filter(
        pk=call_back_id, attempts__operator=by.id, attempts__result=Attempt.REACHED
    )
    return rows.select_related("desk__exchange", "call__exchange").first()


def exchange_of(row: CallBack) -> Exchange | None:
    """By which exchange the person is rung: that of the desk, else of the call; None without either."""
    return row.desk.exchange if row.desk else row.call.exchange if row.call else None


def led_by_us(row: CallBack) -> bool:
    """Whether our gateway rings the person: it leads the exchange, and the number is known."""
    exchange = exchange_of(row)
    return bool(row.phone) and exchange is not None and exchange.kind == Exchange.Kind.ARI


def talk_of(row: CallBack, staff: int) -> Call | None:
    """The call that a person's ringing back has led to, the newest; None before anybody was reached."""
    return (
        Call.objects.filter(rings_back=row.pk, operator=staff).exclude(rings_back=0).order_by("-pk").first()
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """How call-backs of one door were kept. ``median_wait`` from asking to the talk; ``in_slot`` of ``tried``: first
    rung within the half-hour promised, or before it where they asked for as soon as possible."""

    door: str
    promised: int
    standing: int
    reached_at: tuple[int, int, int, int]  # first, second, third attempt, and the one with priority
    unreached: int
    cancelled: int
    median_wait: timedelta | None
    tried: int
    in_slot: int

    @property
    def reached(self) -> int:
        """At whatever attempt."""
        return sum(self.reached_at)

    @property
    def share_in_slot(self) -> float | None:
        """None where nobody was rung yet."""
        return self.in_slot / self.tried if self.tried else None


def kept_by_door(since: datetime, until: datetime, *, region: tuple[int, int], desk: int = 0) -> list[Kept]:
    """Every door, for call-backs asked from ``since`` to before ``until`` in an inclusive range of regions.

    One that joined another is not counted: the telephone is rung once.
    """
    rows = CallBack.objects.filter(
        asked_at__gte=since, asked_at__lt=until, region__gte=region[0], region__lte=region[1]
    ).filter(~Q(status=Status.JOINED))
    found = list(rows.filter(desk=desk) if desk else rows)
    return [_kept(str(door), [row for row in found if row.door == door]) for door in Door]


def _kept(door: str, rows: list[CallBack]) -> Kept:
    status = Counter(row.status for row in rows)
    reached = [row for row in rows if row.status == Status.REACHED]
    at_try = Counter(min(row.counted, 3) for row in reached)
    waits = [
        (row.settled_at - row.asked_at).total_seconds() for row in reached if row.settled_at and row.asked_at
    ]
    tried = [row for row in rows if row.tried_at is not None and row.slot is not None]
    return Kept(
        door, len(rows), status[Status.PROMISED], (at_try[0], at_try[1], at_try[2], at_try[3]),
        status[Status.UNREACHED], status[Status.CANCELLED], timedelta(seconds=median(waits)) if waits else None, len(tried),
        sum(map(_in_slot, tried)),
    )  # fmt: skip


def _in_slot(row: CallBack) -> bool:
    if row.slot is None or row.tried_at is None:
        return False
    return row.tried_at < row.slot + SLOT and (row.sooner or row.tried_at >= row.slot)
