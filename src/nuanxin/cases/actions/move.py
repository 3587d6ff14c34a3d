"""The one way in which a case moves: a row of the transition table, carried out in one transaction.

Statements of an ordinary move: one read (case, contact and chain head together), then the case, its event,
the head, and where there are any the text and the notice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.statements import insert, update
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.next_step import resting, set_next, turn_clocks
from nuanxin.cases.actions.tell import tell
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Stale, WrongState
from nuanxin.cases.models import Case, Entry
from nuanxin.cases.permissions import above, may
from nuanxin.cases.policies import LOOK_AT_MONEY, Facts, first_refusal
from nuanxin.cases.queries.loading import Loaded, load_for_move
from nuanxin.cases.queries.standing import standing_of
from nuanxin.cases.rules.clocks import Clock
from nuanxin.cases.rules.states import ENDED, Kind, Seat, Status
from nuanxin.cases.rules.transitions import BEFORE, STAY, Transition, row_for
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
    drop: tuple[str, ...] = ()
    clocks: list[Clock] = field(default_factory=list)  # ready-made: counted or set going again by the action
    begins: date | None = None  # the legal day from which started clocks count
    notice: str | None = None  # another template than the row's; "" for none
    notice_values: dict[str, str] = field(default_factory=dict)
    seat: Seat | None = None  # instead of the row's
    step: str = ""
    more: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # further events: kind, payload
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
    staff = by.id if by.kind == "staff" else 0  # the public acts by the number of its case
    money = standing_of(case) if LOOK_AT_MONEY.intersection(row.conditions) else None
    facts = Facts(case, staff, at, form, two, above(by, case.holder_region), money)
    refusal = first_refusal(row.conditions, facts)
    if refusal is not None:
        raise refusal


def _carry_out(row: Transition, loaded: Loaded, change: Change, by: Actor, at: datetime) -> None:
    case = loaded.case
    before, clocks_before = case.status, case.clocks
    for name, value in change.columns.items():
        setattr(case, name, value)
    _set_status(row, case, change)
    clocks = turn_clocks(
        row, case, at, start=change.start, stops=change.stop, drops=change.drop, begins=change.begins,
        ready=change.clocks,
    )  # fmt: skip
    set_next(
        case,
        clocks,
        seat=change.seat or row.seat,
        step=change.step or row.step,
        clock=change.next_clock or row.clock,
        at=at,
    )
    case.version += 1
    update(case, _COLUMNS)
    payload = {"from": before, **snapshot(case, clocks_before), **_beside(change.columns), **change.payload}
    first = NewEvent(case.id, case.province, row.event, payload, change.effective_on)
    more = [NewEvent(case.id, case.province, kind, body, change.effective_on) for kind, body in change.more]
    append([first, *more], by=by, at=at, head=loaded.head)
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
        if case.state not in ENDED:
            seat, step = resting(case.state, case.kind)
            change.seat, change.step = change.seat or seat, change.step or step
        return
    if row.to in {Status.OBJECTION, Status.WITHDRAWAL_REQUESTED}:
        # An offer ends with the wish to withdraw; a case that is kept looks for its lawyer again.
        case.status_before = Status.GRANTED if case.state is Status.OFFERED else case.status
    case.status = row.to


_GENERATED = {"holder_county", "holder_city", "holder_province"}
_FIXED = {"id", "province", "submitted_at", "door", *_GENERATED}
_COLUMNS = tuple(field.name for field in Case._meta.concrete_fields if field.name not in _FIXED)


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


# Columns that the snapshot tells, by their own or by a shorter name.
_TOLD = {
    "status", "kind", "stage", "lane", "urgent", "seat", "step", "holder_agency", "holder_region", "lawyer", "offered_to",
    "officer", "transfer_to", "outcome", "claimed_fen", "awarded_fen", "paid_fen", "confirmed_fen", "workers_count",
    "workers_stated", "items",
}  # fmt: skip


def _beside(columns: Mapping[str, Any]) -> dict[str, Any]:
    """What an action has set besides: with it an event holds every value that rebuilds the case."""
    rest = {name: value for name, value in columns.items() if name not in _TOLD}
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in rest.items()}
    return {"set": told} if told else {}


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


__all__ = ["Change", "Prepare", "entry", "move", "snapshot"]
