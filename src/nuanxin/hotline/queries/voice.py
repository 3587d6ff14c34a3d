"""What goes on beside a talk: who listens in, whether an interpreter is on the line, who could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from nuanxin.audit.actor import Actor, Role, scope_in_roles
from nuanxin.hotline.models import Call, Exchange, Interpreter, VoiceCommand
from nuanxin.hotline.models.calls import BY_HAND
from nuanxin.hotline.queries.recordings import region_of
from nuanxin.hotline.rules.callbacks import SafeContact, may_ring
from nuanxin.hotline.rules.calls import State

MOST = 200
Kind, Result = VoiceCommand.Kind, VoiceCommand.Result
BESIDE = (Kind.LISTEN_IN, Kind.STOP_LISTENING, Kind.ADD_INTERPRETER, Kind.DROP_INTERPRETER)


@dataclass(frozen=True, slots=True)
class Beside:
    """One call: the newest wish of each who listens, and of an interpreter. ``listeners``: account → result of the
    wish to listen, empty while nobody has answered it; ``interpreter``: the newest command about one."""

    listeners: dict[int, str]
    interpreter: VoiceCommand | None = None

    @property
    def version(self) -> str:
        """Changes with whatever a page shows of it."""
        one = self.interpreter
        return repr((sorted(self.listeners.items()), (one.pk, one.result) if one else ()))


def beside(calls: list[int]) -> dict[int, Beside]:
    """What goes on beside these calls: one statement."""
    found = {call: Beside({}) for call in calls}
    rows = VoiceCommand.objects.filter(call__in=calls, kind__in=BESIDE).order_by("id")
    for row in rows:
        call = row.call_id or 0
        here = found[call]
        if row.kind == Kind.LISTEN_IN:
            here.listeners[row.by] = row.result
        elif row.kind == Kind.STOP_LISTENING:
            # From the moment on which it was asked: nobody is told that they are heard who is not any more.
            here.listeners.pop(row.by, None)
        else:
            found[call] = Beside(here.listeners, row)
    return {
        call: Beside({who: result for who, result in one.listeners.items() if result in {"", Result.DONE}}, one.interpreter)
        for call, one in found.items()
    }  # fmt: skip


def under_way(by: Actor) -> list[Call]:
    """Calls on which somebody talks now, in a supervisor's reach, the longest first."""
    if not by.has(Role.SUPERVISOR) or by.kind != "staff":
        return []
    reach = scope_in_roles(by.scope, by.roles & {Role.SUPERVISOR})
    here = Q(desk__region__range=reach) | Q(desk__isnull=True, exchange__region__range=reach)
    live = Call.objects.exclude(state=State.ENDED)  # as the index of live calls says it
    rows = live.filter(here, state=State.ON_CALL).select_related("desk", "exchange")
    return list(rows.order_by("answered_at", "id")[:MOST])


def has_voice(call: Call) -> bool:
    """Whether a gateway of ours leads the call, so that the desk may ask anything of the voice."""
    return call.exchange.kind == Exchange.Kind.ARI and not call.external.startswith(BY_HAND)


def newest_take(by: Actor, *, since: datetime) -> VoiceCommand | None:
    """The newest wish of this person to take a call, none older than ``since``."""
    rows = VoiceCommand.objects.filter(kind=Kind.TAKE, by=by.id, asked_at__gte=since)
    return rows.order_by("-id").first()


def interpreters_for(call: Call, *, at: datetime) -> list[Interpreter]:
    """Who can be rung now for a call: of its region or one around it, in their hours; who speaks its language first."""
    region = region_of(call)
    around = {0, *(region // width * width for width in (10**10, 10**8, 10**6, 10**3, 1))}
    rows = Interpreter.objects.filter(active=True, region__in=around).order_by("-region", "label")
    there = [one for one in rows if not one.hours or not may_ring(SafeContact(hours=one.hours), at)]
    return sorted(there, key=lambda one: call.language not in one.languages)


def interpreters_kept(by: Actor) -> list[Interpreter]:
    """The register within an administrator's scope, or around the desk of who may ring one."""
    low, high = by.scope
    around = {0, *(low // width * width for width in (10**10, 10**8, 10**6))}
    rows = Interpreter.objects.filter(Q(region__range=(low, high)) | Q(region__in=around))
    return list(rows.order_by("-active", "region", "label")[:MOST])
