"""Who acts next and by when: what every open case must have, worked out in one place.

``turn_clocks`` starts, stops, pauses and drops what a row says; ``set_next`` stores whose turn it is, the next date,
the place in the queue, and the next moment at which the sweep has to look at the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import (
    CLOCK_RULES,
    LIVE,
    SHANGHAI,
    Clock,
    ClockState,
    earliest,
    pause,
    resume,
    stop,
    trim,
)
from nuanxin.cases.rules.states import ENDED, Kind, Seat, Status, turn_of
from nuanxin.cases.rules.transitions import Transition
from nuanxin.cases.rules.urgency import queue_key, turns_on
from nuanxin.cases.timing import start_clock, warns_at, within

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

# Money that did not come is looked into before anything else is reported, checked or closed; by whom.
DENIAL_FIRST: dict[Status, Seat] = {
    Status.IN_PROGRESS: Seat.LAWYER,
    Status.CLOSING: Seat.CLERK,
    Status.AFTERCARE: Seat.CLERK,
}
_AFTER_A_DENIAL = {"report_progress", "report_closing", "pass_file", "record_follow_up", "close"}


def resting(status: Status, kind: str) -> tuple[Seat, str]:
    """Who acts, and which move is expected, when a case simply rests in its status."""
    if status is Status.SUBMITTED and kind == Kind.REPORT:
        return Seat.OPERATOR, "call_back"
    if status is Status.SUBMITTED and kind == Kind.QUESTION:
        return Seat.DUTY_LAWYER, "answer"
    return _RESTING[status]


def turn_clocks(
    row: Transition,
    case: Case,
    at: datetime,
    *,
    start: Sequence[str],
    stops: Sequence[str],
    begins: date | None,
    drops: Sequence[str] = (),
    ready: Sequence[Clock] = (),
) -> list[Clock]:
    """The clocks after a move: what the row says, and what the action adds. A clock started again replaces itself.

    ``begins``: the legal day from which statutory clocks count, where that is not today. ``ready``: clocks as they are to run, in place of those of the same rule and start,
    and of what the row would start now.
    """
    met = {*row.stop, *stops}
    starts = [key for key in dict.fromkeys((*row.start, *start)) if _wanted(key, case)]
    drop_all = "*" in row.drop
    dropped, again = {*row.drop, *drops, *starts}, {(c.rule, c.started_at) for c in ready}
    clocks: list[Clock] = []
    for clock in case.clock_list():
        if (clock.rule, clock.started_at) in again:
            continue
        if clock.rule in met:
            clock = stop(clock, at)
        elif clock.state in LIVE and (drop_all or clock.rule in dropped):
            clock = stop(clock, at, dropped=True)
        elif clock.rule in row.pause:
            clock = pause(clock, at)
        elif clock.rule in row.resume:
            clock = resume(clock, at)
        clocks.append(within(clock, case.limitation_on, at))
    clocks += ready
    given = {clock.rule for clock in ready if clock.started_at == at}
    for key in (key for key in starts if key not in given):
        since = begins if CLOCK_RULES[key].statutory else None
        clocks.append(
            start_clock(key, at=at, region=case.holder_region, begins=since, limitation=case.limitation_on)
        )
    return clocks


def _wanted(key: str, case: Case) -> bool:
    """The same-day promise belongs to the green lane (mixed cases included: their green part is one)."""
    return key != "promise.same_day" or case.lane in {"green", "mixed"}


def set_next(
    case: Case, clocks: Sequence[Clock], *, seat: Seat | None, step: str, clock: str, at: datetime
) -> None:
    """Store who acts next and by when.

    An open case always gets both: without a clock, the next contact is promised. ``clock`` names the one that gives
    the next date. Where it is empty, the earliest does; but a move that leaves it to the same person to act
    (``seat`` None) keeps the date that was promised, unless the move itself has promised something earlier.
    """
    if case.state in ENDED:
        _end(case, clocks, at)
        return
    running = [c for c in clocks if c.state is ClockState.RUNNING]
    if not running:
        running = [
            start_clock(
                "promise.next_contact", at=at, region=case.holder_region, limitation=case.limitation_on
            )
        ]
        clocks = [*clocks, *running]
    fresh = [c for c in running if c.started_at == at]
    wanted = {clock} if clock or seat is not None else {case.next_clock}
    chosen = earliest(c for c in running if c.rule in wanted)
    if chosen is not None and not clock:
        chosen = earliest([chosen, *fresh])
    chosen = chosen or earliest(running)
    assert chosen is not None
    case.seat = seat or case.seat
    case.step = step or case.step
    denied = case.state in DENIAL_FIRST and any(
        c.rule == "promise.denial_answer" and c.state in LIVE for c in clocks
    )
    if denied and case.step in _AFTER_A_DENIAL:
        case.seat, case.step = DENIAL_FIRST[case.state], "answer_denial"
    case.turn = turn_of(case.state, Seat(case.seat))
    case.clocks = [c.as_json() for c in trim(clocks)]
    case.closed_at = None
    case.next_by, case.next_clock, case.next_provisional = chosen.due, chosen.rule, chosen.provisional
    case.queue_key = queue_key(lane=case.lane, urgent=case.urgent, next_by=chosen.due)
    case.sweep_at = sweep_moment(running, case.limitation_on, at)
    guessed = [c.due.astimezone(SHANGHAI).date() for c in running if c.provisional]
    case.recount_on = min(guessed, default=None)


def _end(case: Case, clocks: Sequence[Clock], at: datetime) -> None:
    """Nobody has to act any more. What is written on an ended case later does not end it a second time."""
    case.seat, case.step, case.turn = Seat.NOBODY, "", turn_of(case.state, Seat.NOBODY)
    case.clocks = [c.as_json() for c in trim(clocks)]
    case.next_by, case.next_clock, case.next_provisional = None, "", False
    case.sweep_at = case.recount_on = None
    case.transfer_to = case.transfer_region = case.offered_to = case.watch_by = 0
    case.closed_at = case.closed_at or at
    case.queue_key = int(case.closed_at.timestamp())


def sweep_moment(running: Sequence[Clock], limitation_on: date | None, at: datetime) -> datetime | None:
    """The next moment at which a clock warns or runs out, or the case becomes urgent; None for none."""
    moments = [c.due if c.warned else warns_at(c) for c in running if not c.late]
    days = [datetime.combine(day, time(), tzinfo=SHANGHAI) for day in turns_on(limitation_on)]
    return min([*moments, *(day for day in days if day > at)], default=None)
