"""The words of casework: kinds, doors, statuses, who acts next, items claimed.

Every value here is stored as written; renaming one is a data migration.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What the worker came for."""

    QUESTION = "question"  # consultation 咨询, answered by a duty lawyer
    REPORT = "report"  # report of unpaid wages 欠薪反映: name, phone, one sentence
    AID = "aid"  # application for legal aid 法律援助申请


class Door(StrEnum):
    """The way in. All doors have the same standing."""

    WEB = "web"
    HOTLINE = "hotline"
    COUNTER = "counter"
    HELPER = "helper"
    PAPER = "paper"
    PARTNER = "partner"


class Status(StrEnum):
    """Where the case stands. Stored, never inferred."""

    SUBMITTED = "submitted"  # 已提交
    ACCEPTED = "accepted"  # 已受理, under review
    AWAITING_MATERIAL = "awaiting_material"  # 待补充
    REVIEWED = "reviewed"  # 已审查, waits for the deciding officer
    GRANTED = "granted"  # 决定给予援助, waits for a lawyer
    OFFERED = "offered"  # 已向律师发出指派, waits for the answer
    ASSIGNED = "assigned"  # 律师已接受, agreement to be signed
    IN_PROGRESS = "in_progress"  # 办理中
    CLOSING = "closing"  # 结案报告已交, file check
    AFTERCARE = "aftercare"  # 补贴与回访
    CLOSED = "closed"  # 已结案
    REFUSED = "refused"  # 不予援助
    OBJECTION = "objection"  # 异议审查中, at the justice bureau
    WITHDRAWAL_REQUESTED = "withdrawal_requested"  # 申请撤回, to be rung back
    WITHDRAWN = "withdrawn"  # 已撤回
    TERMINATED = "terminated"  # 终止援助
    ANSWERED = "answered"  # question answered
    MOVED = "moved"  # goes on under another number in another province


OPEN: frozenset[Status] = frozenset(
    {
        Status.SUBMITTED,
        Status.ACCEPTED,
        Status.AWAITING_MATERIAL,
        Status.REVIEWED,
        Status.GRANTED,
        Status.OFFERED,
        Status.ASSIGNED,
        Status.IN_PROGRESS,
        Status.CLOSING,
        Status.AFTERCARE,
        Status.OBJECTION,
        Status.WITHDRAWAL_REQUESTED,
        Status.ANSWERED,
    }
)
ENDED: frozenset[Status] = frozenset(Status) - OPEN

# Statuses in which a lawyer works on the case.
WITH_LAWYER: frozenset[Status] = frozenset({Status.ASSIGNED, Status.IN_PROGRESS})
# Statuses before a decision on the application.
UNDECIDED: frozenset[Status] = frozenset(
    {Status.SUBMITTED, Status.ACCEPTED, Status.AWAITING_MATERIAL, Status.REVIEWED}
)


class Seat(StrEnum):
    """Who must act next: a seat, not a person. A stored field of every case."""

    CLERK = "clerk"
    DECIDER = "decider"
    OPERATOR = "operator"
    DUTY_LAWYER = "duty_lawyer"
    LAWYER = "lawyer"
    WORKER = "worker"
    BUREAU = "bureau"
    RECEIVER = "receiver"  # the agency asked to take over; the sender stays responsible
    NOBODY = "nobody"  # only ended cases


# Seats inside the office that holds the case: "yours to do" in its queue. A question is the duty lawyer's alone, who has
# a list of their own: nobody else can answer it.
OFFICE_SEATS: frozenset[Seat] = frozenset({Seat.CLERK, Seat.DECIDER, Seat.OPERATOR})


class Turn(StrEnum):
    """Whose turn a case is, as the queue's first division."""

    OFFICE = "office"
    OTHERS = "others"
    ENDED = "ended"


ITEMS: tuple[str, ...] = (
    "wages",
    "overtime",
    "minimum_wage",
    "double_wage",
    "severance",
    "unlawful_termination",
    "annual_leave",
    "labour_relationship",
    "social_insurance",
    "work_injury",
    "other",
)
NEEDS: tuple[str, ...] = (
    "sign_language",
    "no_calls",
    "cannot_read",
    "step_free",
    "dialect",
    "interpreter",
    "large_print",
    "child_care",
)
PARTY_ROLES: tuple[str, ...] = (
    "employer",
    "subcontractor",
    "general_contractor",
    "owner",
    "team_leader",
    "dispatcher",
    "user_unit",
    "name_lender",
    "investor",
)
PARTY_KINDS: tuple[str, ...] = ("licensed_unit", "unlicensed_unit", "individual")
RELATIONS: tuple[str, ...] = ("employment", "service", "platform", "unknown")

# Legal Aid Law art. 48(1): the eight grounds on which aid ends early.
TERMINATION_GROUNDS: tuple[str, ...] = (
    "fraud",
    "hidden_facts",
    "illegal_use",
    "means_changed",
    "case_ended",
    "own_lawyer",
    "client_asks",
    "other_by_law",
)
REFUSAL_GROUNDS: tuple[str, ...] = (
    "out_of_scope",
    "means",
    "no_facts",
    "already_aided",
    "has_agent",
    "not_competent",
)
# Why one worker leaves a group claim, and how their consent was given.
LEAVE_REASONS: tuple[str, ...] = (
    "settled_alone",
    "own_claim",
    "own_lawyer",
    "nothing_owed",
    "no_wish",
    "by_mistake",
    "other",
)
CONSENTS: tuple[str, ...] = ("in_person", "phone", "writing")
# How somebody was tried who did not answer whether money came.
CONTACT_WAYS: tuple[str, ...] = ("phone", "visit", "message", "through_others")
# How the work on an application can end; the other outcomes belong to reports and questions.
ENDINGS: tuple[str, ...] = ("recovered", "partly_recovered", "not_recovered", "unreachable")
OUTCOMES: tuple[str, ...] = (
    "recovered",
    "partly_recovered",
    "not_recovered",
    "advice_given",
    "unreachable",
    "converted",
)


def turn_of(status: Status, seat: Seat) -> Turn:
    """Whose turn: the office that holds the case, somebody else, or nobody any more."""
    if status in ENDED:
        return Turn.ENDED
    return Turn.OFFICE if seat in OFFICE_SEATS else Turn.OTHERS
