"""Where an invented case stands: its status, who acts next, its clocks, and the moves that brought it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.invent import Weighted
from nuanxin.cases.rules.clocks import CLOCK_RULES, Clock, ClockState
from nuanxin.cases.rules.states import Kind, Seat, Status, turn_of
from nuanxin.cases.rules.urgency import queue_key

S, K = Status, Kind


@dataclass(frozen=True, slots=True)
class Life:
    """One way that cases stand: how common it is (of a thousand), and everything the transition table left there."""

    weight: int
    kind: Kind
    status: Status
    seat: Seat
    step: str
    clocks: tuple[str, ...]  # running; the first gives the next date
    path: tuple[str, ...]  # moves since the submission
    outcome: str = ""


_REVIEWED = ("accept", "review")
_GRANTED = (*_REVIEWED, "grant")
_ASSIGNED = (*_GRANTED, "offer", "accept_offer")
_WORKING = (*_ASSIGNED, "sign_agreement", "record_meeting")
_DONE = (*_WORKING, "record_award", "record_payment", "confirm_payment", "report_closing")

# Three fifths are open: a register in use, not an archive.
LIVES: tuple[Life, ...] = (
    Life(90, K.AID, S.SUBMITTED, Seat.CLERK, "accept", ("promise.same_day", "legal_aid.review"), ()),
    Life(60, K.AID, S.ACCEPTED, Seat.CLERK, "review", ("legal_aid.review",), ("accept",)),
    Life(35, K.AID, S.AWAITING_MATERIAL, Seat.WORKER, "supply", ("promise.supplement",), ("ask_for_more",)),
    Life(30, K.AID, S.REVIEWED, Seat.DECIDER, "grant", ("legal_aid.review",), _REVIEWED),
    Life(25, K.AID, S.GRANTED, Seat.CLERK, "offer", ("legal_aid.assign",), _GRANTED),
    Life(15, K.AID, S.OFFERED, Seat.LAWYER, "accept_offer", ("promise.offer_answer", "legal_aid.assign"),
         (*_GRANTED, "offer")),
    Life(25, K.AID, S.ASSIGNED, Seat.LAWYER, "sign_agreement", ("legal_aid.agreement", "promise.first_meeting"), _ASSIGNED),
    Life(200, K.AID, S.IN_PROGRESS, Seat.LAWYER, "report_progress", ("promise.progress_report",), _WORKING),
    Life(25, K.AID, S.CLOSING, Seat.CLERK, "pass_file", ("promise.file_check",), _DONE, "recovered"),
    Life(25, K.AID, S.AFTERCARE, Seat.CLERK, "record_follow_up", ("promise.follow_up", "promise.subsidy"),
         (*_DONE, "pass_file"), "recovered"),
    Life(5, K.AID, S.OBJECTION, Seat.BUREAU, "sustain_objection", ("legal_aid.objection_review",),
         (*_REVIEWED, "refuse", "object")),
    Life(35, K.REPORT, S.SUBMITTED, Seat.OPERATOR, "call_back", ("promise.call_back",), ()),
    Life(15, K.REPORT, S.SUBMITTED, Seat.OPERATOR, "convert", ("promise.next_contact",), ("call_back",)),
    Life(10, K.QUESTION, S.SUBMITTED, Seat.DUTY_LAWYER, "answer", ("promise.answer",), ()),
    Life(10, K.QUESTION, S.ANSWERED, Seat.WORKER, "close_question", ("promise.next_contact",), ("answer",)),
    Life(250, K.AID, S.CLOSED, Seat.NOBODY, "", (), (*_DONE, "pass_file", "close"), "recovered"),
    Life(45, K.AID, S.REFUSED, Seat.NOBODY, "", (), (*_REVIEWED, "refuse")),
    Life(30, K.AID, S.WITHDRAWN, Seat.NOBODY, "", (), ("request_withdrawal", "confirm_withdrawal")),
    Life(40, K.REPORT, S.CLOSED, Seat.NOBODY, "", (), ("call_back", "advise"), "advice_given"),
    Life(30, K.QUESTION, S.CLOSED, Seat.NOBODY, "", (), ("answer", "close_question")),
)  # fmt: skip
MIX = Weighted(LIVES, [life.weight for life in LIVES])

WITH_LAWYER = frozenset({S.ASSIGNED, S.IN_PROGRESS, S.CLOSING, S.AFTERCARE})
PAID = frozenset({S.CLOSING, S.AFTERCARE})
_HOURS = {"promise.same_day": 8, "promise.call_back": 2, "promise.answer": 4, "promise.offer_answer": 4,
          "promise.transfer_answer": 24}  # fmt: skip
_DAYS = {"legal_aid.review": 7, "legal_aid.assign": 3, "legal_aid.agreement": 5, "promise.supplement": 7}


def length_of(rule: str) -> timedelta:
    """About how long a clock runs; filled clocks need not be exact to the holiday."""
    return timedelta(hours=_HOURS[rule]) if rule in _HOURS else timedelta(days=_DAYS.get(rule, 15))


def running(rule: str, due: datetime, now: datetime) -> Clock:
    """A clock that runs out at ``due``, warned and late as the sweep would have left it."""
    warned = due - timedelta(hours=CLOCK_RULES[rule].warn_hours) <= now
    strict = due.date().isoformat() if CLOCK_RULES[rule].statutory else ""
    return Clock(
        rule, ClockState.RUNNING, due - length_of(rule), due, strict, strict, warned=warned, late=due <= now
    )


def next_columns(
    life: Life, rng: Random, now: datetime, submitted: datetime, lane: str, urgent: bool
) -> dict[str, Any]:
    """The stored answer to who acts next and by when, as ``cases.actions.move.set_next`` leaves it."""
    turn = turn_of(life.status, life.seat)
    found = {"seat": str(life.seat), "step": life.step, "turn": str(turn), "closed_at": None}
    if not life.clocks:
        closed = submitted + (now - submitted) * rng.uniform(0.2, 0.9)
        return {**found, "next_by": None, "next_clock": "", "sweep_at": None, "clocks": [], "closed_at": closed,
                "queue_key": int(closed.timestamp())}  # fmt: skip
    clocks = [_clock(rule, rng, now) for rule in life.clocks]
    first = clocks[0]
    return {
        **found, "next_by": first.due, "next_clock": first.rule, "sweep_at": _sweep(clocks),
        "clocks": [clock.as_json() for clock in clocks],
        "queue_key": queue_key(lane=lane, urgent=urgent, next_by=first.due),
    }  # fmt: skip


def _sweep(clocks: Sequence[Clock]) -> datetime | None:
    """When a clock warns or runs out next."""
    ahead = [
        c.due if c.warned else c.due - timedelta(hours=CLOCK_RULES[c.rule].warn_hours)
        for c in clocks
        if not c.late
    ]
    return min(ahead, default=None)


def _clock(rule: str, rng: Random, now: datetime) -> Clock:
    """Most run out within their length from now; one in twelve is late."""
    length = length_of(rule)
    spread = -length * rng.random() if rng.random() < 0.08 else length * rng.random()
    return running(rule, (now + spread).replace(microsecond=0), now)


def submitted_at(life: Life, rng: Random, now: datetime) -> datetime:
    """When it came in: open cases within the months that their status takes, ended ones within three years."""
    if not life.clocks:
        return now - timedelta(days=rng.uniform(5, 1095))
    return now - timedelta(days=rng.uniform(0.02, 2 + 14 * len(life.path)))


def moments(path: Sequence[str], submitted: datetime, until: datetime) -> list[datetime]:
    """When each move happened, in order, evenly between submission and ``until``."""
    step = (until - submitted) / (len(path) + 1)
    return [submitted + step * (place + 1) for place in range(len(path))]
