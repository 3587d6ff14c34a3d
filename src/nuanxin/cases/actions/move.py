"""The one way in which a case moves: a row of the transition table, carried out in one transaction.

Statements of an ordinary move: one read (case, contact and chain head together), then the case, its event,
the head, and where there are any the text and the notice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.tell import tell
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused, Stale, WrongState
from nuanxin.cases.models import Case, Entry
from nuanxin.cases.permissions import may
from nuanxin.cases.policies import Facts, first_refusal
from nuanxin.cases.queries.loading import Loaded, load_for_move
from nuanxin.cases.rules.clocks import (
    CLOCK_RULES,
    LIVE,
    Clock,
    ClockState,
    earliest,
    pause,
    resume,
    stop,
    trim,
)
from nuanxin.cases.rules.states import ENDED, Kind, Seat, Status, turn_of
from nuanxin.cases.rules.transitions import BEFORE, STAY, Transition, row_for
from nuanxin.cases.rules.urgency import queue_key
from nuanxin.cases.timing import start_clock
from nuanxin.network.queries import decides_with_two


@dataclass(slots=True)
class Change:
    """What an action adds to its row: columns, coded event values, a text, rows, clocks, words for the notice."""

    columns: dict[str, Any] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    for_worker: bool = False
    language: str = "zh"
    data: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    start: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    begins: date | None = None  # the legal day from which started clocks count
    notice: str | None = None  # another template than the row's; "" for none
    notice_values: dict[str, str] = field(default_factory=dict)
    seat: Seat | None = None  # instead of the row's
    step: str = ""
    next_clock: str = ""
    effective_on: date | None = None


Prepare = Callable[[Case], Change]


def move(
    action: str,
    *,
    case_id: int,
    by: Actor,
    at: datetime,
    version: int | None = None,
    form: Mapping[str, Any] | None = None,
    prepare: Prepare | None = None,
) -> Case:
    """Make one move. ``version`` is what the page showed; ``form`` what policies may look at.

    ``prepare`` is called with the locked case once all checks have passed. Raises a ``Refused``: NoSuchCase,
    NotPermitted, Stale, WrongState, or what a policy says.
    """
    row = row_for(action)
    with write():
        loaded = load_for_move(case_id)
        if loaded is None:
            raise NoSuchCase
        case = loaded.case
        _check(row, case, by, at, version, form or {})
        change = prepare(case) if prepare else Change()
        _carry_out(row, loaded, change, by, at)
    return case


def _check(
    row: Transition, case: Case, by: Actor, at: datetime, version: int | None, form: Mapping[str, Any]
) -> None:
    if not may(by, row, case):
        raise NotPermitted
    if version is not None and version != case.version:
        raise Stale
    if case.state not in row.sources or Kind(case.kind) not in row.kinds:
        raise WrongState
    two = "second_person" in row.conditions and decides_with_two(case.holder_agency)
    refusal = first_refusal(row.conditions, Facts(case, by.id, at, form, two))
    if refusal is not None:
        raise refusal


def _carry_out(row: Transition, loaded: Loaded, change: Change, by: Actor, at: datetime) -> None:
    case = loaded.case
    before, clocks_before = case.status, case.clocks
    for name, value in change.columns.items():
        setattr(case, name, value)
    _set_status(row, case, change)
    clocks = _turn_clocks(row, case, change, at)
    set_next(
        case,
        clocks,
        seat=change.seat or row.seat,
        step=change.step or row.step,
        clock=change.next_clock or row.clock,
        at=at,
    )
    case.version += 1
    _save(case)
    payload = {"from": before, **snapshot(case, clocks_before), **change.payload}
    event = NewEvent(case.id, case.province, row.event, payload, change.effective_on)
    append([event], by=by, at=at, head=loaded.head)
    if change.text or change.data:
        change.rows.append(entry(case, row.action, change, by, at))
    insert(change.rows)
    template = row.notice if change.notice is None else change.notice
    if template:
        tell(case, loaded.contact, template, at=at, values=change.notice_values)


def _set_status(row: Transition, case: Case, change: Change) -> None:
    if row.to == STAY:
        return
    if row.to == BEFORE:
        case.status = case.status_before
        if case.state in ENDED:
            case.seat, case.step = Seat.NOBODY, ""
        else:
            change.seat, change.step = (
                change.seat or Seat(resting_seat(case)),
                change.step or resting_step(case),
            )
        return
    if row.to in {Status.OBJECTION, Status.WITHDRAWAL_REQUESTED}:
        case.status_before = case.status
    case.status = row.to


# Who acts and what is expected when a case rests in a status: after a refused transfer, a kept case, an arrival.
_RESTING: dict[Status, tuple[Seat, str]] = {
    Status.SUBMITTED: (Seat.CLERK, "accept"),
    Status.ACCEPTED: (Seat.CLERK, "review"),
    Status.AWAITING_MATERIAL: (Seat.WORKER, "supply"),
    Status.REVIEWED: (Seat.DECIDER, "grant"),
    Status.GRANTED: (Seat.CLERK, "offer"),
    Status.OFFERED: (Seat.LAWYER, "accept_offer"),
    Status.ASSIGNED: (Seat.LAWYER, "sign_agreement"),
    Status.IN_PROGRESS: (Seat.LAWYER, "report_progress"),
    Status.CLOSING: (Seat.CLERK, "pass_file"),
    Status.AFTERCARE: (Seat.CLERK, "close"),
    Status.ANSWERED: (Seat.WORKER, "close_question"),
    Status.OBJECTION: (Seat.BUREAU, "sustain_objection"),
    Status.WITHDRAWAL_REQUESTED: (Seat.CLERK, "confirm_withdrawal"),
}


def resting_seat(case: Case) -> Seat:
    """Who acts when the case simply rests in its status."""
    if case.state is Status.SUBMITTED and case.kind == Kind.REPORT:
        return Seat.OPERATOR
    if case.state is Status.SUBMITTED and case.kind == Kind.QUESTION:
        return Seat.DUTY_LAWYER
    return _RESTING[case.state][0]


def resting_step(case: Case) -> str:
    """Which move is expected when the case simply rests in its status."""
    if case.state is Status.SUBMITTED and case.kind != Kind.AID:
        return "call_back" if case.kind == Kind.REPORT else "answer"
    return _RESTING[case.state][1]


def _turn_clocks(row: Transition, case: Case, change: Change, at: datetime) -> list[Clock]:
    stops = {*row.stop, *change.stop}
    starts = [key for key in (*row.start, *change.start) if _wanted(key, case)]
    drop_all = "*" in row.drop
    clocks: list[Clock] = []
    for clock in case.clock_list():
        if clock.rule in stops:
            clock = stop(clock, at)
        elif clock.state in LIVE and (drop_all or clock.rule in row.drop or clock.rule in starts):
            clock = stop(clock, at, dropped=True)
        elif clock.rule in row.pause:
            clock = pause(clock, at)
        elif clock.rule in row.resume:
            clock = resume(clock, at)
        clocks.append(clock)
    for key in starts:
        begins = change.begins if CLOCK_RULES[key].statutory else None
        clocks.append(start_clock(key, at=at, region=case.holder_region, begins=begins))
    return clocks


def _wanted(key: str, case: Case) -> bool:
    """The same-day promise belongs to the green lane (mixed cases included: their green part is one)."""
    return key != "promise.same_day" or case.lane in {"green", "mixed"}


def set_next(
    case: Case, clocks: Sequence[Clock], *, seat: Seat | None, step: str, clock: str, at: datetime
) -> None:
    """Store who acts next and by when. An open case always gets both: without a clock, the next contact is promised."""
    running = [c for c in clocks if c.state is ClockState.RUNNING]
    if case.state not in ENDED and not running:
        running = [start_clock("promise.next_contact", at=at, region=case.holder_region)]
        clocks = [*clocks, *running]
    if seat is not None:
        case.seat = seat
    if step:
        case.step = step
    case.turn = turn_of(case.state, Seat(case.seat))
    case.clocks = [c.as_json() for c in trim(clocks)]
    if case.state in ENDED:
        case.seat, case.step, case.next_by, case.next_clock = Seat.NOBODY, "", None, ""
        case.sweep_at, case.queue_key, case.next_provisional = None, int(at.timestamp()), False
        case.closed_at = at
        return
    case.closed_at = None
    chosen = next((c for c in running if c.rule == clock), None) or earliest(running)
    assert chosen is not None
    case.next_by, case.next_clock, case.next_provisional = chosen.due, chosen.rule, chosen.provisional
    case.queue_key = queue_key(lane=case.lane, urgent=case.urgent, next_by=chosen.due)
    case.sweep_at = sweep_moment(running)


def sweep_moment(running: Sequence[Clock]) -> datetime | None:
    """The next moment at which a running clock warns or runs out; None when all have warned and run out."""
    moments = [
        c.due if c.warned else c.due - timedelta(hours=CLOCK_RULES[c.rule].warn_hours)
        for c in running
        if not c.late
    ]
    return min(moments, default=None)


_GENERATED = {"holder_county", "holder_city", "holder_province"}
_FIXED = {"id", "province", "kind_at_submit", "submitted_at", "door", *_GENERATED}
_COLUMNS = [f.attname for f in Case._meta.concrete_fields if f.attname not in _FIXED]


def _save(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(**{name: getattr(case, name) for name in _COLUMNS})


def snapshot(case: Case, clocks_before: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """What an event holds so that the case, its clocks and its ledger can be rebuilt: coded values, no text.

    Of the clocks only those that this move changed.
    """
    return {
        "to": case.status, "kind": case.kind, "stage": case.stage, "lane": case.lane, "urgent": case.urgent,
        "seat": case.seat, "step": case.step, "next_by": case.next_by.isoformat() if case.next_by else None,
        "next_clock": case.next_clock, "agency": case.holder_agency, "region": case.holder_region,
        "lawyer": case.lawyer, "offered_to": case.offered_to, "officer": case.officer,
        "transfer_to": case.transfer_to, "outcome": case.outcome,
        "claimed": case.claimed_fen, "awarded": case.awarded_fen, "paid": case.paid_fen,
        "confirmed": case.confirmed_fen, "workers": case.workers_count or case.workers_stated,
        "clocks": [clock for clock in case.clocks if clock not in clocks_before],
    }  # fmt: skip


def entry(case: Case, action: str, change: Change, by: Actor, at: datetime) -> Entry:
    """The text of a move, for the record."""
    return Entry(
        id=next_id(case.province),
        province=case.province,
        case=case,
        action=action,
        at=at,
        by_kind=by.kind,
        by_id=by.id if by.kind == "staff" else 0,
        for_worker=change.for_worker,
        text=change.text,
        language=change.language,
        data=change.data,
    )


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of several models, one statement a model."""
    kinds: dict[type[models.Model], list[models.Model]] = {}
    for item in rows:
        kinds.setdefault(type(item), []).append(item)
    for model, items in kinds.items():
        model._default_manager.bulk_create(items)


__all__ = [
    "Change",
    "Prepare",
    "Refused",
    "entry",
    "insert",
    "move",
    "resting_seat",
    "resting_step",
    "set_next",
    "snapshot",
]
