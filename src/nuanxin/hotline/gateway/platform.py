"""The gateway's door to the platform's database. Plain functions; one thread calls them, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import Count, Max, QuerySet

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions import receive
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.actions.recordings import keep
from nuanxin.hotline.models import WITH_OPERATOR, Call, CallEvent, Exchange, VoiceCommand
from nuanxin.hotline.queries.recordings import taken_back
from nuanxin.hotline.rules.calls import Happening, State
from nuanxin.hotline.rules.calls import Told as Happened
from nuanxin.hotline.rules.routing import DeskKind
from nuanxin.hotline.rules.voice.values import Keep, Tell

log = structlog.get_logger("nuanxin.hotline.gateway")
AWAY = (OperationalError, InterfaceError)


class Away(Exception):
    """The database cannot be reached now."""


@dataclass(frozen=True, slots=True)
class Open:
    """A call that is not over by the record, as far as its voice needs it."""

    call: str
    state: State
    phone: str
    language: str
    topic: str
    place: int
    recording: str
    desk: int
    operator: int
    passed_by: int
    since: datetime | None
    emergency: bool
    told: int
    last: datetime | None
    rings_back: int = 0
    agreed_at: datetime | None = None  # to be recorded, where it was said in the talk


@dataclass(frozen=True, slots=True)
class Told:
    """What telling has shown: calls that by the record are somebody else's than the one who was told to answer."""

    denied: list[tuple[str, int]] = field(default_factory=list)


def tell(exchange: Exchange, tells: Sequence[Tell], at: datetime) -> Told:
    """Keep what happened. Told again, it changes nothing. One that cannot be kept for a reason of its own does not
    hold up the others; it is named in the log. Raises Away, and then all of it is to be told again."""
    try:
        return _tell(exchange, tells, at)
    except AWAY as fault:
        raise Away from fault
    except Exception as fault:
        if len(tells) == 1:
            log.error("gateway.not_kept", told=tells[0].told.kind, error=type(fault).__name__)
            return Told()
    found = Told()
    for one in tells:
        found.denied.extend(tell(exchange, [one], at).denied)
    return found


def _tell(exchange: Exchange, tells: Sequence[Tell], at: datetime) -> Told:
    """All of it in one transaction."""
    found = Told()
    with write():
        for one in tells:
            about = About(one.phone, one.language, one.topic, one.place, one.recording, one.rings_back)
            receipt = receive(
                exchange=exchange, external=one.call, told=one.told, about=about, by=SYSTEM, at=at
            )
            call = receipt.call
            others = call.state == State.ON_CALL and one.told.operator and call.operator != one.told.operator
            if one.told.kind == "answered" and others and not receipt.known:
                found.denied.append((one.call, one.told.operator))
    return found


def open_calls(exchange: Exchange) -> list[Open]:
    """The exchange's calls whose caller is on the line by the record."""
    live = Call.objects.exclude(state=State.ENDED)  # as the index of live calls says it
    live = live.filter(exchange=exchange).exclude(state=State.WRAP_UP)
    rows = live.annotate(told=Count("events"), last=Max("events__at")).select_related("desk").order_by("pk")
    spoken = dict(agreements(exchange).filter(call__in=live).values_list("call_id", "asked_at"))
    return [
        Open(
            row.external, State(row.state), row.phone or "", row.language, row.topic, row.place, row.recording,
            row.desk_id or 0, row.operator, row.passed_by, row.queued_at,
            row.desk is not None and row.desk.kind == DeskKind.EMERGENCY, row.told, row.last,
            row.rings_back, spoken.get(row.pk),
        )
        for row in rows
    ]  # fmt: skip


def known_calls(exchange: Exchange, calls: Iterable[str]) -> dict[str, int]:
    """How many events are on file of each of these calls, over or not; 0 for one that is not known."""
    asked = list(calls)
    rows = Call.objects.filter(exchange=exchange, external__in=asked)
    return dict.fromkeys(asked, 0) | {
        row.external: CallEvent.objects.filter(call=row).count() for row in rows
    }


def answer(answers: Sequence[tuple[int, str]], at: datetime) -> None:
    """Say what came of commands; the first answer stands."""
    with write():
        for command, result in answers:
            VoiceCommand.objects.filter(pk=command, done_at=None).update(done_at=at, result=result)


def abandon(exchange: Exchange, at: datetime) -> int:
    """Commands that an earlier run of the gateway had begun and not answered: nobody knows what came of them. Those to
    ring back are taken up (``backs.under_way``)."""
    with write():
        left = VoiceCommand.objects.filter(exchange=exchange, done_at=None, taken_at__isnull=False)
        return left.exclude(kind=VoiceCommand.Kind.RING_BACK).update(
            done_at=at, result=VoiceCommand.Result.FAILED
        )


def store(exchange: Exchange, one: Keep, content: bytes, at: datetime) -> bool:
    """Keep a recording; whether the engine's copy can go. Without consent on the record nothing is kept."""
    call = Call.objects.filter(exchange=exchange, external=one.call).first()
    if call is None:
        return False
    try:
        keep(
            call=call, name=one.name, content=content, seconds=one.seconds, consent_at=one.consent_at, by=SYSTEM, at=at
        )  # fmt: skip
    except Refused:
        return True  # no sound, or consent taken back: the engine's copy goes too
    return True


def consent_of(exchange: Exchange, external: str) -> datetime | None:
    """When the caller of a left-over recording agreed; None where they did not, or no such call is known."""
    call = Call.objects.filter(exchange=exchange, external=external).first()
    if call is None or call.recording == "refused":
        return None
    spoken = agreements(exchange).filter(call=call).first()
    return spoken.asked_at if spoken else call.queued_at or call.arrived_at


def message_found(exchange: Exchange, external: str, name: str, at: datetime) -> datetime | None:
    """A message that an earlier run has not told of: left on the record now, once; when it was agreed to. None of a call
    that is not known, or on which somebody talked."""
    call = Call.objects.filter(exchange=exchange, external=external).first()
    if call is None or call.talked or taken_back(call):
        return None
    if not CallEvent.objects.filter(call=call, kind=Happening.MESSAGE_LEFT).exists():
        told = Happened(f"m:{name}", Happening.MESSAGE_LEFT, at)
        receive(
            exchange=exchange, external=external, told=told, about=About(recording="agreed"), by=SYSTEM, at=at
        )
    return call.queued_at or call.arrived_at


def agreements(exchange: Exchange) -> QuerySet[VoiceCommand]:
    """What callers have agreed to in their talks; the command's moment is that of the consent."""
    return VoiceCommand.objects.filter(exchange=exchange, kind=VoiceCommand.Kind.RECORD).order_by("pk")


def busy_staff(exchange: Exchange) -> set[int]:
    """Who is being offered a call, or has one."""
    live = Call.objects.exclude(state=State.ENDED).filter(state__in=WITH_OPERATOR, exchange=exchange)
    return set(live.values_list("operator", flat=True))
