"""The sweep of the clocks: warns holders, records what ran out, ends what ends by itself, recounts provisional days.

It reads only cases whose next moment has come, so its cost follows the work and not the size of the register.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import set_next
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.tell import remind_holder
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.queries.loading import load_for_move
from nuanxin.cases.rules.clocks import CLOCK_RULES, SHANGHAI, Clock, ClockState
from nuanxin.cases.rules.states import ENDED
from nuanxin.cases.rules.urgency import is_urgent
from nuanxin.cases.timing import start_clock
from nuanxin.law.calendar import known_years

# A clock that ends something by itself when it runs out: rule -> the move the system makes.
ENDS_BY_ITSELF = {"promise.supplement": "deem_withdrawn"}


def due_cases(at: datetime, limit: int = 200) -> list[int]:
    """Ids of cases whose next warning or end has come, the longest waiting first."""
    found = Case.objects.filter(sweep_at__lte=at).order_by("sweep_at").values_list("pk", flat=True)
    return list(found[:limit])


def sweep(*, at: datetime, limit: int = 200) -> int:
    """Work through the cases that are due; gives back how many. Safe to run in several processes and to stop."""
    ids = due_cases(at, limit)
    for case_id in ids:
        sweep_case(case_id=case_id, at=at)
    return len(ids)


def sweep_case(*, case_id: int, at: datetime) -> None:
    """Warn of what is near, record what ran out, and make the moves that the table gives to the system."""
    with write():
        loaded = load_for_move(case_id)
        if loaded is None or loaded.case.sweep_at is None or loaded.case.sweep_at > at:
            return
        case = loaded.case
        clocks, warned, late = _look(case.clock_list(), at)
        _refresh_urgency(case, at)
        set_next(case, clocks, seat=None, step="", clock=case.next_clock, at=at)
        events = [_event(case, "case.clock_warned", c) for c in warned] + [
            _event(case, "case.clock_late", c) for c in late
        ]
        Case.objects.filter(pk=case.pk).update(
            clocks=case.clocks, sweep_at=case.sweep_at, urgent=case.urgent, queue_key=case.queue_key,
            next_by=case.next_by, next_clock=case.next_clock, next_provisional=case.next_provisional,
        )  # fmt: skip
        append(events, by=SYSTEM, at=at, head=loaded.head)
        remind_holder(case, [*warned, *late], at=at)
    for ended in late:
        move = ENDS_BY_ITSELF.get(ended.rule)
        if move:
            _try(move, case_id, at)


def _try(action: str, case_id: int, at: datetime) -> None:
    try:
        perform(action, case_id=case_id, by=SYSTEM, at=at)
    except Refused:
        return  # somebody has moved the case since: nothing is left to end


def _look(clocks: list[Clock], at: datetime) -> tuple[list[Clock], list[Clock], list[Clock]]:
    kept, warned, late = [], [], []
    for clock in clocks:
        if clock.state is ClockState.RUNNING and not clock.late and clock.due <= at:
            clock = replace(clock, warned=True, late=True)
            late.append(clock)
        elif clock.state is ClockState.RUNNING and not clock.warned and _near(clock, at):
            clock = replace(clock, warned=True)
            warned.append(clock)
        kept.append(clock)
    return kept, warned, late


def _near(clock: Clock, at: datetime) -> bool:
    return (clock.due - at).total_seconds() <= CLOCK_RULES[clock.rule].warn_hours * 3600


def _event(case: Case, kind: str, clock: Clock) -> NewEvent:
    payload = {
        "rule": clock.rule,
        "due": clock.due.isoformat(),
        "seat": case.seat,
        "agency": case.holder_agency,
    }
    return NewEvent(case.id, case.province, kind, payload)


def _refresh_urgency(case: Case, at: datetime) -> None:
    case.urgent = is_urgent(case.limitation_on, at.astimezone(SHANGHAI).date())


def recount_provisional(*, at: datetime, limit: int = 200) -> int:
    """Count provisional clocks anew; to be run when a year's holidays have been published. Gives back how many changed."""
    published = datetime(max(known_years()) + 1, 1, 1, tzinfo=SHANGHAI)
    found = Case.objects.filter(next_provisional=True, next_by__lt=published).exclude(turn="ended")
    ids = list(found.order_by("next_by").values_list("pk", flat=True)[:limit])
    changed = 0
    for case_id in ids:
        changed += _recount(case_id, at)
    return changed


def _recount(case_id: int, at: datetime) -> int:
    with write():
        loaded = load_for_move(case_id)
        if loaded is None or loaded.case.state in ENDED:
            return 0
        case = loaded.case
        clocks = [_anew(c, case) for c in case.clock_list()]
        if clocks == case.clock_list():
            return 0
        set_next(case, clocks, seat=None, step="", clock=case.next_clock, at=at)
        Case.objects.filter(pk=case.pk).update(
            clocks=case.clocks, sweep_at=case.sweep_at, next_by=case.next_by, queue_key=case.queue_key,
            next_provisional=case.next_provisional,
        )  # fmt: skip
        body = [c.as_json() for c in clocks]
        append([NewEvent(case.id, case.province, "case.clocks_recounted", {"clocks": body})], by=SYSTEM, at=at,
               head=loaded.head)  # fmt: skip
    return 1


def _anew(clock: Clock, case: Case) -> Clock:
    if not clock.provisional or clock.state is not ClockState.RUNNING:
        return clock
    begins = clock.started_at.astimezone(SHANGHAI).date()
    fresh = start_clock(clock.rule, at=clock.started_at, region=case.holder_region, begins=begins)
    return replace(
        clock, due=fresh.due, strict=fresh.strict, rolled=fresh.rolled, provisional=fresh.provisional
    )
