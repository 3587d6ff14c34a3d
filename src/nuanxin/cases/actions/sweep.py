"""The sweep of the clocks: warns holders, records what ran out, ends what ends by itself, recounts provisional days.

It reads only cases whose next moment has come, so its cost follows the work and not the size of the register.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import structlog
from django.db import transaction

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.next_step import set_next
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.tell import ask_for_result, remind_holder, remind_of_hearing
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.queries.loading import load_for_move
from nuanxin.cases.rules.clocks import CLOCK_RULES, SHANGHAI, Clock, ClockState, moved_on, stop
from nuanxin.cases.rules.stages import HEARING
from nuanxin.cases.rules.states import ENDED
from nuanxin.cases.rules.urgency import is_urgent
from nuanxin.cases.timing import start_clock, warns_at, within
from nuanxin.law.calendar import known_years

# A clock that ends something by itself when it runs out: rule -> the move the system makes where it is possible.
ENDS_BY_ITSELF = {"promise.supplement": "deem_withdrawn", "promise.next_contact": "close_question"}
BATCH = 200
log = structlog.get_logger(__name__)


def due_cases(at: datetime, limit: int = BATCH) -> list[int]:
    """Ids of cases whose next warning or end has come, the longest waiting first."""
    found = Case.objects.filter(sweep_at__lte=at).order_by("sweep_at").values_list("pk", flat=True)
    return list(found[:limit])


def sweep(*, at: datetime, limit: int = BATCH) -> int:
    """Work through the cases that are due; gives back how many. Safe to run in several processes and to stop.

    A case that cannot be worked keeps nobody else waiting: it is logged, and the faults are raised at the end.
    """
    ids, faults = due_cases(at, limit), []
    for case_id in ids:
        try:
            sweep_case(case_id=case_id, at=at)
        except Exception as fault:
            log.exception("sweep.failed", case=case_id)
            faults.append(fault)
    if faults:
        raise ExceptionGroup("cases could not be swept", faults)
    return len(ids)


def sweep_case(*, case_id: int, at: datetime) -> None:
    """Warn of what is near, record what ran out, and make the moves that the table gives to the system.

    One transaction: a clock is never recorded as run out without the end that it brings.
    """
    with write():
        loaded = load_for_move(case_id)
        if loaded is None or loaded.case.sweep_at is None or loaded.case.sweep_at > at:
            return
        case = loaded.case
        before = case.clock_list()
        clocks, warned, late = _look([within(c, case.limitation_on, at) for c in before], at)
        moved = [
            new
            for new, old in zip(clocks, before, strict=True)
            if (new.due, new.state) != (old.due, old.state)
        ]
        was_urgent = case.urgent
        case.urgent = is_urgent(case.limitation_on, at.astimezone(SHANGHAI).date())
        set_next(case, clocks, seat=None, step="", clock=case.next_clock, at=at)
        events = [_event(case, "case.clock_warned", c) for c in warned] + [
            _event(case, "case.clock_late", c) for c in late
        ]
        if moved:
            events.append(_moved(case, "case.clocks_moved", moved))
        if case.urgent is not was_urgent:
            events.append(NewEvent(case.id, case.province, "case.urgency_turned", {"urgent": case.urgent}))
        _keep(case)
        append(events, by=SYSTEM, at=at, head=loaded.head)
        set_days = [c for c in warned if CLOCK_RULES[c.rule].set_elsewhere]
        remind_holder(case, [c for c in (*warned, *late) if c not in set_days], at=at)
        for clock in set_days:
            remind_of_hearing(case, loaded.contact, clock, at=at)
        if any(c.rule == HEARING and c.state is ClockState.MET for c in moved):
            ask_for_result(case, at=at)
        for ended in late:
            if ended.rule in ENDS_BY_ITSELF:
                _try(ENDS_BY_ITSELF[ended.rule], case_id, at)


def _keep(case: Case) -> None:
    """Store what a sweep may change; the version stays, since nobody's open form is made stale by a warning."""
    Case.objects.filter(pk=case.pk).update(
        clocks=case.clocks, sweep_at=case.sweep_at, urgent=case.urgent, queue_key=case.queue_key,
        next_by=case.next_by, next_clock=case.next_clock, next_provisional=case.next_provisional,
        recount_on=case.recount_on,
    )  # fmt: skip


def _try(action: str, case_id: int, at: datetime) -> None:
    try:
        with transaction.atomic():  # a refusal leaves the rest of the sweep whole
            perform(action, case_id=case_id, by=SYSTEM, at=at)
    except Refused:
        return  # the case is not where this clock ends anything


def _look(clocks: list[Clock], at: datetime) -> tuple[list[Clock], list[Clock], list[Clock]]:
    kept, warned, late = [], [], []
    for clock in clocks:
        over = clock.state is ClockState.RUNNING and not clock.late and clock.due <= at
        if over and CLOCK_RULES[clock.rule].set_elsewhere:
            clock = stop(clock, at)  # a day that has come, not a time limit that was missed
        elif over:
            clock = replace(clock, warned=True, late=True)
            late.append(clock)
        elif clock.state is ClockState.RUNNING and not clock.warned and _near(clock, at):
            clock = replace(clock, warned=True)
            warned.append(clock)
        kept.append(clock)
    return kept, warned, late


def _near(clock: Clock, at: datetime) -> bool:
    return warns_at(clock) <= at


def _event(case: Case, kind: str, clock: Clock) -> NewEvent:
    payload = {
        "rule": clock.rule,
        "due": clock.due.isoformat(),
        "seat": case.seat,
        "agency": case.holder_agency,
    }
    return NewEvent(case.id, case.province, kind, payload)


def _moved(case: Case, kind: str, clocks: list[Clock]) -> NewEvent:
    """Clocks that have another end than before, and the next date that follows from them."""
    payload = {
        "clocks": [clock.as_json() for clock in clocks],
        "next_by": case.next_by.isoformat() if case.next_by else None,
        "next_clock": case.next_clock,
    }
    return NewEvent(case.id, case.province, kind, payload)


def recount_provisional(*, at: datetime, limit: int = BATCH) -> int:
    """Count provisional clocks anew; for when a year's holidays have been published. Gives back how many changed."""
    known_until = date(max(known_years()), 12, 31)
    found = Case.objects.filter(recount_on__lte=known_until).order_by("pk")
    changed, last = 0, 0
    while ids := list(found.filter(pk__gt=last).values_list("pk", flat=True)[:limit]):
        changed += sum(_recount(case_id, at) for case_id in ids)
        last = ids[-1]
    return changed


def _recount(case_id: int, at: datetime) -> int:
    with write():
        loaded = load_for_move(case_id)
        if loaded is None or loaded.case.state in ENDED:
            return 0
        case = loaded.case
        before = case.clock_list()
        clocks = [_anew(c, case, at) for c in before]
        if clocks == before:
            return 0
        set_next(case, clocks, seat=None, step="", clock=case.next_clock, at=at)
        _keep(case)
        event = _moved(case, "case.clocks_recounted", [c for c in clocks if c not in before])
        append([event], by=SYSTEM, at=at, head=loaded.head)
    return 1


def _anew(clock: Clock, case: Case, at: datetime) -> Clock:
    """The clock with its end counted by the calendar that is known now, from the same legal day, pauses kept."""
    if not clock.provisional or clock.state is not ClockState.RUNNING:
        return clock
    begins = date.fromisoformat(clock.begins) if clock.begins else None
    fresh = start_clock(
        clock.rule,
        at=clock.started_at,
        region=case.holder_region,
        begins=begins,
        limitation=case.limitation_on,
    )
    again = replace(
        clock,
        due=fresh.due,
        own_due=fresh.own_due,
        strict=fresh.strict,
        rolled=fresh.rolled,
        provisional=fresh.provisional,
        paused_days=0,
    )
    again = moved_on(again, clock.paused_days, at)
    if again.due == clock.due:
        return replace(again, warned=clock.warned, late=clock.late)
    return replace(again, warned=False, late=clock.late and again.due <= at)
