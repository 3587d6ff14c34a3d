"""The transition table: every move of a case is one row.

From this table come the code path (``cases.actions.move``), the buttons on the page, the permission test and
the diagram in ``docs/``. A row says who may, from where to where, on which conditions, which clocks it
starts, pauses and stops, who acts next on which clock, which notice leaves, and which event is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from nuanxin.cases.rules.stages import STEPS
from nuanxin.cases.rules.states import ENDED, OPEN, UNDECIDED, WITH_LAWYER, Kind, Seat, Status

STAY = "stay"  # the status does not change
BEFORE = "before"  # back to the status before the objection, or before the request to withdraw


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted move of a case."""

    action: str
    sources: frozenset[Status]
    to: str
    roles: frozenset[str]
    kinds: frozenset[Kind] = frozenset({Kind.AID})
    conditions: tuple[str, ...] = ()  # names of policies in cases.policies, all must allow
    start: tuple[str, ...] = ()  # clock rules started
    stop: tuple[str, ...] = ()  # clock rules met
    drop: tuple[str, ...] = ()  # clock rules that no longer matter; "*" drops all
    pause: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()
    seat: Seat | None = None  # who acts next; None leaves it as it is
    step: str = ""  # the move expected next; empty leaves it as it is
    clock: str = ""  # the clock that gives the next date; empty means the earliest running one
    notice: str = ""  # template of the notice to the worker
    form: str = ""  # what the officer has to fill in; empty means one press
    scope: str = (
        "holder"  # whose: holder | receiver | own (worker, lawyer) | offered (the lawyer asked) | any
    )

    @property
    def event(self) -> str:
        """The kind of the audit event that this move writes."""
        return f"case.{self.action}"


def _s(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


def _r(*roles: str) -> frozenset[str]:
    return frozenset(roles)


S, K = Status, Kind
ALL_KINDS = frozenset(Kind)
OFFICERS = _r("clerk", "decider")
DESK = _r("clerk", "decider", "operator")
PUBLIC = _r("worker", "helper")
BEFORE_LAWYER = UNDECIDED | {S.GRANTED, S.OFFERED}

# One row reads as one sentence; a formatter that gives each word its own line would hide the table.
# fmt: off
_CONTACT = (  # report and question: the first contact
    Transition("call_back", _s(S.SUBMITTED), STAY, DESK | _r("duty_lawyer"), frozenset({K.REPORT, K.QUESTION}),
               stop=("promise.call_back",), start=("promise.next_contact",), seat=Seat.OPERATOR, step="convert",
               form="call"),
    Transition("call_failed", _s(S.SUBMITTED), STAY, DESK | _r("duty_lawyer"), frozenset({K.REPORT, K.QUESTION}),
               conditions=("attempts_left", "pause_over"), drop=("promise.call_back",), start=("promise.call_back",),
               seat=Seat.OPERATOR, step="call_back", clock="promise.call_back", notice="call_missed", form="call"),
    Transition("give_up_calling", _s(S.SUBMITTED), S.CLOSED, DESK, frozenset({K.REPORT, K.QUESTION}),
               conditions=("attempts_used_up", "pause_over"), drop=("*",), seat=Seat.NOBODY, notice="unreachable", form="reason"),
    Transition("convert", _s(S.SUBMITTED, S.ANSWERED), S.ACCEPTED, DESK | _r("duty_lawyer"),
               frozenset({K.REPORT, K.QUESTION}), conditions=("items_named",),
               drop=("promise.call_back", "promise.answer", "promise.next_contact"),
               start=("legal_aid.review", "promise.same_day"), seat=Seat.CLERK, step="review", notice="accepted",
               form="convert"),
    Transition("advise", _s(S.SUBMITTED), S.CLOSED, DESK | _r("duty_lawyer"), frozenset({K.REPORT}), drop=("*",),
               seat=Seat.NOBODY, notice="advised", form="text"),
    Transition("answer", _s(S.SUBMITTED), S.ANSWERED, _r("duty_lawyer"), frozenset({K.QUESTION}),
               stop=("promise.answer",), start=("promise.next_contact",), seat=Seat.WORKER, step="close_question",
               notice="answered", form="text"),
    Transition("ask_again", _s(S.ANSWERED), S.SUBMITTED, PUBLIC | _r("operator"), frozenset({K.QUESTION}),
               drop=("promise.next_contact",), start=("promise.answer",), seat=Seat.DUTY_LAWYER, step="answer",
               clock="promise.answer", form="text"),
    Transition("not_helped", _s(S.ANSWERED), S.SUBMITTED, PUBLIC | _r("operator"), frozenset({K.QUESTION}),
               drop=("promise.next_contact",), start=("promise.call_back",), seat=Seat.OPERATOR, step="call_back",
               clock="promise.call_back"),
    Transition("close_question", _s(S.ANSWERED), S.CLOSED, PUBLIC | DESK | _r("duty_lawyer", "system"),
               frozenset({K.QUESTION}), drop=("*",), seat=Seat.NOBODY),
)

_REVIEW = (  # Legal Aid Law arts. 41-44
    Transition("accept", _s(S.SUBMITTED), S.ACCEPTED, OFFICERS, seat=Seat.CLERK, step="review", notice="accepted"),
    Transition("ask_for_more", _s(S.SUBMITTED, S.ACCEPTED), S.AWAITING_MATERIAL, OFFICERS,
               conditions=("asked_once",), pause=("legal_aid.review", "promise.same_day"),
               start=("promise.supplement",), seat=Seat.WORKER, step="supply", clock="promise.supplement",
               notice="supplement_needed", form="supplement"),
    Transition("supply", _s(S.AWAITING_MATERIAL), S.ACCEPTED, PUBLIC | DESK, stop=("promise.supplement",),
               resume=("legal_aid.review",), start=("promise.same_day",), seat=Seat.CLERK, step="review",
               notice="supplement_received"),
    Transition("deem_withdrawn", _s(S.AWAITING_MATERIAL), S.WITHDRAWN, _r("clerk", "decider", "system"),
               conditions=("supplement_overdue",), drop=("*",), seat=Seat.NOBODY, notice="deemed_withdrawn"),
    Transition("review", _s(S.ACCEPTED), S.REVIEWED, OFFICERS, seat=Seat.DECIDER, step="grant", form="review"),
    Transition("return_to_review", _s(S.REVIEWED), S.ACCEPTED, _r("decider"), seat=Seat.CLERK, step="review",
               form="reason"),
    Transition("grant", _s(S.ACCEPTED, S.REVIEWED), S.GRANTED, _r("decider"),
               conditions=("second_person", "means_settled"), stop=("legal_aid.review",), start=("legal_aid.assign",),
               seat=Seat.CLERK, step="offer", clock="legal_aid.assign", notice="granted", form="grant"),
    Transition("grant_aid_first", _s(S.SUBMITTED, S.ACCEPTED, S.AWAITING_MATERIAL, S.REVIEWED), S.GRANTED,
               _r("decider"), conditions=("aid_first_allowed",), drop=("promise.supplement",),
               stop=("legal_aid.review",), start=("legal_aid.assign", "promise.formalities"), seat=Seat.CLERK,
               step="offer", clock="legal_aid.assign", notice="granted_first", form="aid_first"),
    Transition("complete_formalities", frozenset(OPEN - UNDECIDED), STAY, OFFICERS,
               conditions=("formalities_open",), stop=("promise.formalities",)),
    Transition("refuse", _s(S.ACCEPTED, S.REVIEWED), S.REFUSED, _r("decider"), conditions=("second_person",),
               stop=("legal_aid.review",), drop=("*",), seat=Seat.NOBODY, notice="refused", form="refusal"),
    Transition("object", _s(S.REFUSED, S.TERMINATED), S.OBJECTION, PUBLIC | _r("clerk", "operator", "bureau"),
               conditions=("not_objected",), start=("legal_aid.objection_review",), seat=Seat.BUREAU, step="sustain_objection",
               clock="legal_aid.objection_review", notice="objection_received", form="text"),
    Transition("sustain_objection", _s(S.OBJECTION), S.GRANTED, _r("bureau"), stop=("legal_aid.objection_review",),
               start=("legal_aid.assign",), seat=Seat.CLERK, step="offer", clock="legal_aid.assign",
               notice="objection_sustained", form="reason"),
    Transition("dismiss_objection", _s(S.OBJECTION), BEFORE, _r("bureau"), stop=("legal_aid.objection_review",),
               drop=("*",), seat=Seat.NOBODY, notice="objection_dismissed", form="reason"),
)

# A case that was offered to a lawyer is not on its way to another agency: the offer is taken back first.
MOVABLE = frozenset(UNDECIDED | {S.GRANTED} | WITH_LAWYER)
_HANDOVER = (  # transfer: the sender stays responsible until the receiver accepts
    Transition("transfer", MOVABLE, STAY, DESK, ALL_KINDS,
               conditions=("no_transfer_open",), start=("promise.transfer_answer",), seat=Seat.RECEIVER,
               step="accept_transfer", clock="promise.transfer_answer", form="transfer"),
    Transition("accept_transfer", MOVABLE, STAY, DESK, ALL_KINDS,
               conditions=("transfer_open",), stop=("promise.transfer_answer",), notice="moved_office",
               scope="receiver"),
    Transition("refuse_transfer", MOVABLE, STAY, DESK, ALL_KINDS,
               conditions=("transfer_open",), stop=("promise.transfer_answer",), form="reason", scope="receiver"),
    Transition("revoke_transfer", MOVABLE, STAY, DESK, ALL_KINDS,
               conditions=("transfer_open",), drop=("promise.transfer_answer",)),
    Transition("move_on", frozenset(OPEN), S.MOVED, _r("system"), ALL_KINDS, drop=("*",), seat=Seat.NOBODY,
               scope="any"),
)

_LEAVING = (
    Transition("request_withdrawal", frozenset(BEFORE_LAWYER | WITH_LAWYER), S.WITHDRAWAL_REQUESTED, PUBLIC | DESK,
               ALL_KINDS, drop=("promise.offer_answer",), start=("promise.withdrawal_callback",), seat=Seat.CLERK,
               step="confirm_withdrawal", clock="promise.withdrawal_callback", notice="withdrawal_requested", form="text"),
    Transition("confirm_withdrawal", _s(S.WITHDRAWAL_REQUESTED), S.WITHDRAWN, DESK, ALL_KINDS,
               conditions=("different_officer",), stop=("promise.withdrawal_callback",), drop=("*",),
               seat=Seat.NOBODY, notice="withdrawn", form="call"),
    Transition("keep_case", _s(S.WITHDRAWAL_REQUESTED), BEFORE, PUBLIC | DESK, ALL_KINDS,
               stop=("promise.withdrawal_callback",), notice="kept", form="call"),
    Transition("terminate", frozenset({S.GRANTED, S.OFFERED} | WITH_LAWYER), S.TERMINATED, _r("decider"),
               drop=("*",), seat=Seat.NOBODY, notice="terminated", form="termination"),
)

_WATCH = (  # 督办
    Transition("open_watch", frozenset(OPEN), STAY, _r("supervisor"), ALL_KINDS, conditions=("no_watch_open",),
               start=("promise.watch_answer",), form="text"),
    Transition("answer_watch", frozenset(OPEN), STAY, OFFICERS, ALL_KINDS, conditions=("watch_open",),
               stop=("promise.watch_answer",), form="text"),
    Transition("add_note", frozenset(Status), STAY, DESK | _r("duty_lawyer", "lawyer", "bureau"), ALL_KINDS,
               form="text"),
    Transition("record_facts", frozenset(OPEN), STAY, DESK | _r("duty_lawyer", "lawyer"), ALL_KINDS, form="facts"),
    Transition("tell_worker", frozenset(OPEN), STAY, DESK | _r("duty_lawyer"), ALL_KINDS, notice="news",
               form="text"),
)

_LAWYER = (
    Transition("offer", _s(S.GRANTED), S.OFFERED, OFFICERS, conditions=("not_on_its_way",), start=("promise.offer_answer",), seat=Seat.LAWYER,
               step="accept_offer", clock="promise.offer_answer", form="offer"),
    Transition("accept_offer", _s(S.OFFERED), S.ASSIGNED, _r("lawyer"), scope="offered",
               stop=("promise.offer_answer", "legal_aid.assign", "promise.same_day"),
               start=("legal_aid.agreement", "promise.first_meeting"), seat=Seat.LAWYER, step="sign_agreement",
               clock="legal_aid.agreement", notice="lawyer_assigned"),
    Transition("decline_offer", _s(S.OFFERED), S.GRANTED, _r("lawyer"), stop=("promise.offer_answer",),
               seat=Seat.CLERK, step="offer", clock="legal_aid.assign", form="decline", scope="offered"),
    Transition("recall_offer", _s(S.OFFERED), S.GRANTED, OFFICERS | _r("system"), drop=("promise.offer_answer",),
               seat=Seat.CLERK, step="offer", clock="legal_aid.assign"),
    Transition("sign_agreement", _s(S.ASSIGNED), S.IN_PROGRESS, _r("lawyer"), stop=("legal_aid.agreement",),
               start=("promise.progress_report",), seat=Seat.LAWYER, step="report_progress", notice="agreement_signed",
               form="date", scope="own"),
    Transition("record_meeting", _s(S.ASSIGNED, S.IN_PROGRESS), STAY, _r("lawyer"), stop=("promise.first_meeting",),
               form="meeting", scope="own"),
    Transition("report_progress", _s(S.IN_PROGRESS), STAY, _r("lawyer"), drop=("promise.progress_report",),
               start=("promise.progress_report",), seat=Seat.LAWYER, step="report_progress", notice="news",
               form="text", scope="own"),
    Transition("record_step", _s(S.IN_PROGRESS), STAY, _r("lawyer", "clerk"), seat=Seat.LAWYER,
               step="report_progress", notice="step_taken", form="step", scope="own"),
    Transition("call_off_hearing", _s(S.IN_PROGRESS), STAY, _r("lawyer", "clerk"), conditions=("hearing_ahead",),
               drop=("set.hearing",), seat=Seat.LAWYER, step="report_progress", notice="hearing_off", form="text",
               scope="own"),
    Transition("correct_step", _s(S.IN_PROGRESS), STAY, OFFICERS | _r("lawyer"), conditions=("step_recorded",),
               seat=Seat.LAWYER, step="report_progress", notice="step_taken_back", form="correct_step", scope="own"),
    Transition("change_lawyer", frozenset(WITH_LAWYER), S.GRANTED, OFFICERS,
               drop=("legal_aid.agreement", "promise.first_meeting", "promise.progress_report"),
               start=("legal_aid.assign",), seat=Seat.CLERK, step="offer", clock="legal_aid.assign",
               notice="lawyer_changing", form="reason"),
    Transition("ask_other_lawyer", frozenset(WITH_LAWYER), STAY, PUBLIC | DESK, start=("promise.next_contact",),
               seat=Seat.CLERK, step="change_lawyer", clock="promise.next_contact", form="text"),
)

LEDGER_FROM = OPEN - {S.SUBMITTED, S.ANSWERED, S.OBJECTION}
CONFIRMED_LATE = ENDED - {S.MOVED}  # a payment may outlive its case: see still_to_confirm
_MONEY = (  # claimed -> awarded -> paid -> confirmed
    Transition("import_roster", frozenset(OPEN), STAY, DESK | _r("lawyer"), form="roster"),
    Transition("leave_group", (LEDGER_FROM | {S.SUBMITTED}) - {S.CLOSING, S.AFTERCARE}, STAY, DESK,
               conditions=("in_group",), form="leave"),
    Transition("record_claim", frozenset(OPEN - {S.CLOSING, S.AFTERCARE}), STAY, OFFICERS | _r("lawyer"),
               form="money"),
    Transition("record_award", LEDGER_FROM, STAY, OFFICERS | _r("lawyer"), form="money", notice="money_awarded"),
    Transition("record_payment", LEDGER_FROM, STAY, OFFICERS | _r("lawyer", "partner"), start=("promise.payment_answer",),
               form="money", notice="money_paid"),
    # The clock for the answer stops when the last of the workers has confirmed or denied: see actions.denial.
    # The lawyer's own fee hangs on the outcome: a colleague of the office hears the worker, or sees the bank proof.
    Transition("confirm_payment", LEDGER_FROM | CONFIRMED_LATE, STAY, PUBLIC | DESK,
               conditions=("not_own_lawyer", "still_to_confirm"), form="confirm", notice="money_confirmed"),
    Transition("deny_payment", LEDGER_FROM, STAY, PUBLIC | DESK | _r("lawyer"), start=("promise.denial_answer",),
               form="denial"),
    # The clock stops when the last of them is answered: see actions.denial.
    Transition("answer_denial", LEDGER_FROM, STAY, OFFICERS | _r("lawyer"), conditions=("denial_open",),
               form="denial_answer"),
    # Three such days, and the case may end over a payment that nobody answers: see rules.settling.
    Transition("not_reached", LEDGER_FROM, STAY, DESK | _r("lawyer"), conditions=("payment_waits",),
               form="not_reached"),
)

# Clocks of the fight for the money: they run on while the file may still go back to the lawyer.
STAGE_CLOCKS = tuple(sorted({key for step in STEPS.values() for key in step.start}))
_ENDING = (
    Transition("report_closing", _s(S.IN_PROGRESS), S.CLOSING, _r("lawyer"),
               conditions=("money_in_hand",), drop=("promise.progress_report",), start=("promise.file_check",),
               seat=Seat.CLERK, step="pass_file", clock="promise.file_check", form="closing", scope="own"),
    Transition("return_file", _s(S.CLOSING), S.IN_PROGRESS, OFFICERS, drop=("promise.file_check",),
               start=("promise.progress_report",), seat=Seat.LAWYER, step="report_closing", form="reason"),
    Transition("pass_file", _s(S.CLOSING), S.AFTERCARE, OFFICERS, conditions=("money_in_hand",),
               stop=("promise.file_check",), drop=STAGE_CLOCKS, start=("promise.subsidy", "promise.follow_up"),
               seat=Seat.CLERK, step="record_follow_up", notice="rate_us"),
    Transition("pay_subsidy", _s(S.AFTERCARE), STAY, OFFICERS, stop=("promise.subsidy",), seat=Seat.CLERK,
               step="close", form="subsidy"),
    Transition("record_follow_up", _s(S.AFTERCARE), STAY, DESK, stop=("promise.follow_up",), seat=Seat.CLERK,
               step="close", form="follow_up"),
    Transition("rate", _s(S.AFTERCARE, S.CLOSED), STAY, PUBLIC | DESK, ALL_KINDS, form="rating"),
    Transition("close", _s(S.AFTERCARE), S.CLOSED, OFFICERS, conditions=("subsidy_paid", "followed_up", "money_in_hand"),
               drop=("*",), seat=Seat.NOBODY, notice="closed"),
)

# fmt: on
TRANSITIONS: tuple[Transition, ...] = (
    *_CONTACT,
    *_REVIEW,
    *_HANDOVER,
    *_LEAVING,
    *_WATCH,
    *_LAWYER,
    *_MONEY,
    *_ENDING,
)
BY_ACTION: dict[str, Transition] = {row.action: row for row in TRANSITIONS}


def row_for(action: str) -> Transition:
    """The row of an action. Raises KeyError for a word that is no action."""
    return BY_ACTION[action]


def possible(status: Status, kind: Kind, roles: frozenset[str]) -> list[Transition]:
    """Rows open to somebody with these roles from this status; conditions and scope are not asked here."""
    return [row for row in TRANSITIONS if status in row.sources and kind in row.kinds and row.roles & roles]
