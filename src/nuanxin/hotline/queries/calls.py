"""Calls: who is on the line, what is known of a caller, which are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from nuanxin.audit.actor import Actor, scope_in_roles
from nuanxin.audit.encryption import blind_candidates
from nuanxin.audit.models import Event
from nuanxin.cases.actions.personal import ERASED as PERSONS_ERASED
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.queries.search import same_person
from nuanxin.cases.rules.states import OPEN
from nuanxin.hotline.models import WITH_OPERATOR, Call, CallBack
from nuanxin.hotline.permissions import WATCHES
from nuanxin.hotline.queries.settings import Settings
from nuanxin.hotline.rules.callbacks import SafeContact, Status
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.settings import KINDS, Unit, silence

Mark = tuple[int, int]  # a call and its version

MOST = 50
_ORDER = (
    State.ON_CALL,
    State.WRAP_UP,
    State.RINGING,
    State.OFFERED,
)  # of several calls, which is before a person
MOST_SILENT = 500  # at once; the next run goes on
SHORTEST_SILENCE = timedelta(minutes=min(kind.least for kind in KINDS.values() if kind.unit is Unit.MINUTES))


def silent_calls(at: datetime) -> list[int]:
    """Live calls of which nothing was told for longer than their region's limit, the most silent first."""
    settings = Settings(at)
    rows = Call.objects.exclude(state=State.ENDED).filter(heard_at__lt=at - SHORTEST_SILENCE)
    found = []
    columns = ("pk", "state", "heard_at", "desk__region", "exchange__region")
    for pk, state, heard_at, desk, exchange in rows.order_by("heard_at").values_list(*columns).iterator():
        values = settings.of(exchange if desk is None else desk)
        if heard_at < at - silence(State(state), values):
            found.append(pk)
        if len(found) == MOST_SILENT:
            break
    return found


def callers_to_forget(before: datetime) -> list[int]:
    """Ended calls that still hold a number: without a case and older than ``before``, or of a case whose people were erased.

    A call whose call-back still stands keeps its number until that is settled.
    """
    erased = Event.objects.filter(kind=PERSONS_ERASED, stream=OuterRef("case"))
    rows = Call.objects.filter(state=State.ENDED, phone_index__isnull=False)
    rows = rows.exclude(call_back__status=Status.PROMISED)
    rows = rows.filter(Q(case=0, ended_at__lt=before) | (Q(case__gt=0) & Exists(erased)))
    return list(rows.order_by("id").values_list("pk", flat=True)[:500])


def asked_to_forget(before: datetime) -> list[int]:
    """Settled call-backs without a call that still hold a number: older than ``before``, or of a case whose people were
    erased."""
    erased = Event.objects.filter(kind=PERSONS_ERASED, stream=OuterRef("case"))
    rows = CallBack.objects.filter(call=None, phone_index__isnull=False).exclude(status=Status.PROMISED)
    rows = rows.filter(Q(case=0, settled_at__lt=before) | (Q(case__gt=0) & Exists(erased)))
    return list(rows.order_by("id").values_list("pk", flat=True)[:500])


def contact_of(phone: str) -> SafeContact:
    """How the owner of a telephone said that they may be reached, in any case of theirs; the strictest holds."""
    if not phone:
        return SafeContact()
    rows = list(
        Worker.objects.filter(phone_index__in=blind_candidates("phone", phone), erased_at=None)
        .order_by("-id")
        .values_list("may_call", "call_hours", "may_say_who")[:MOST]
    )
    hours = next((row[1] for row in rows if row[1]), "")
    return SafeContact(all(row[0] for row in rows), hours, all(row[2] for row in rows))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the screen shows of a caller: earlier calls, and their cases, the open ones first."""

    calls: list[Call]
    cases: list[Case]

    @property
    def case_owner(self) -> int:
        """The account of who has the newest open case, 0 without one."""
        return next((case.lawyer for case in self.cases if case.status in OPEN and case.lawyer), 0)


def earlier_contacts(phone: str, *, besides: int = 0) -> Earlier:
    """Earlier calls and cases of a telephone; of a hidden number nothing."""
    if not phone:
        return Earlier([], [])
    prints = blind_candidates("phone", phone)
    calls = Call.objects.filter(phone_index__in=prints).exclude(pk=besides).order_by("-arrived_at")[:MOST]
    cases = Case.objects.in_bulk(same_person(phone=phone)).values()
    return Earlier(list(calls), sorted(cases, key=lambda case: (case.status not in OPEN, -case.pk)))


def waiting(by: Actor) -> list[Call]:
    """Calls that wait at the desks of the actor's reach, by their place."""
    low, high = scope_in_roles(by.scope, by.roles & WATCHES)
    if not by.roles & WATCHES:
        return []
    found = Call.objects.filter(state=State.QUEUED, desk__region__gte=low, desk__region__lte=high)
    return list(found.select_related("desk").order_by("queued_at", "pk")[:MOST])


def call_in_hand(call_id: int, by: Actor) -> Call | None:
    """A call that this person talks on or writes up; None for any other."""
    return _mine(by).filter(pk=call_id, state__in=[State.ON_CALL, State.WRAP_UP]).first()


def grown_in_hand(case_id: int, by: Actor) -> bool:
    """Whether this case grew out of a call that this person still talks on or writes up."""
    return _mine(by).filter(case=case_id, state__in=[State.ON_CALL, State.WRAP_UP]).exists()


def call_of(by: Actor) -> Call | None:
    """What is before this person: the call they talk on, else the one to write up, else the one that rings."""
    return min(_mine(by), key=lambda call: _ORDER.index(State(call.state)), default=None)


def before(by: Actor) -> tuple[Call | None, list[Mark]]:
    """What ``call_of`` says, and which calls ``waiting`` would list with the version of each: one statement, and one
    more while there is a call before them. Every open page of an operator asks it each second, so it reads no rows."""
    low, high = scope_in_roles(by.scope, by.roles & WATCHES)
    own = Q(operator=by.id, state__in=WITH_OPERATOR)
    seen = own
    if by.roles & WATCHES:
        seen |= Q(state=State.QUEUED, desk__region__gte=low, desk__region__lte=high)
    live = Call.objects.exclude(state=State.ENDED)  # as the index of live calls says it
    found = live.filter(seen).annotate(theirs=ExpressionWrapper(own, BooleanField()))
    rows = found.order_by("-theirs", "queued_at", "pk").values_list("pk", "version", "state")
    mine, queue = [], []
    for pk, version, state in rows[: MOST + len(_ORDER)]:
        if state in WITH_OPERATOR:
            mine.append((_ORDER.index(State(state)), pk))
        else:
            queue.append((pk, version))
    return (_mine(by).filter(pk=min(mine)[1]).first() if mine else None), queue[:MOST]


def _mine(by: Actor) -> QuerySet[Call]:
    live = Call.objects.exclude(state=State.ENDED)  # as the index of live calls says it
    return live.select_related("desk", "exchange").filter(operator=by.id, state__in=WITH_OPERATOR)
