"""Which moves a person sees on a case: from the transition table, never written down twice.

The expected move is the only filled button. A move that a policy refuses now is told with its reason; one whose
form can settle the reason (an undertaking, a new fact) stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.permissions import above, may
from nuanxin.cases.policies import LOOK_AT_MONEY, Facts, first_refusal
from nuanxin.cases.queries.standing import standing_of
from nuanxin.cases.rules.settling import Standing
from nuanxin.cases.rules.states import Kind, Status
from nuanxin.cases.rules.transitions import BY_ACTION, Transition, possible
from nuanxin.desk.speech import said
from nuanxin.desk.wording.actions import ACTIONS, REVIEW_AND_DECIDE
from nuanxin.desk.wording.codes import SEATS, label
from nuanxin.network.queries import NoAgency, decides_with_two
from nuanxin.ui.parts import Check, Text

# A refusal that the move's own form can settle.
SETTLED_BY_FORM = {"means_open", "document_needed", "asked_before", "not_urgent", "no_items"}
# There is nothing to do here at all: such a move is not worth a line.
IDLE = {
    "no_watch", "no_transfer", "nothing_open", "attempts_left", "watch_open", "not_overdue", "objected_before",
    "no_group", "no_step_yet", "nothing_waits", "no_hearing", "nothing_denied",
}  # fmt: skip
# A refusal that another move clears away: that one is the next step.
FIRST_DO = {
    "no_subsidy": "pay_subsidy",
    "no_follow_up": "record_follow_up",
    "not_reviewed": "review",
    "last_attempt": "give_up_calling",
}
MONEY = {
    "import_roster",
    "leave_group",
    "record_claim",
    "record_award",
    "record_payment",
    "confirm_payment",
    "deny_payment",
    "answer_denial",
    "not_reached",
}
WORDS = {
    "record_facts",
    "add_note",
    "tell_worker",
    "rate",
    "ask_other_lawyer",
    "object",
    "request_withdrawal",
}
AID_FIRST = "grant_aid_first"


@dataclass(frozen=True, slots=True)
class Choice:
    """One move as a button or a link."""

    action: str
    text: Text
    url: str
    press: bool  # nothing to fill in: one press makes the move
    refusal: str = ""  # why not now; empty when it can be made


@dataclass(frozen=True, slots=True)
class NextStep:
    """The box at the top: what is to be done, by whom, why it can or cannot be done now."""

    title: Text
    choice: Choice | None  # None: it is another's turn
    checks: Sequence[Check] = ()
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves of a person on a case, in the groups of the page."""

    next: NextStep | None
    steps: Sequence[Choice] = ()
    money: Sequence[Choice] = ()
    words: Sequence[Choice] = ()
    refused: Sequence[Choice] = field(default=())


def rows_open(case: Case, by: Actor) -> list[Transition]:
    """Rows of the table that this person may take from here; conditions are not asked."""
    rows = possible(Status(case.status), Kind(case.kind), by.roles)
    return [row for row in rows if may(by, row, case) and row.action not in _hidden(case, by)]


def _hidden(case: Case, by: Actor) -> set[str]:
    """Moves that the table allows and that make no sense for this person just now."""
    hidden = {"move_on"}
    if case.offered_to != by.id:
        hidden |= {"accept_offer", "decline_offer"}
    if case.transfer_to == 0:
        hidden |= {"accept_transfer", "refuse_transfer", "revoke_transfer"}
    elif by.reaches(case.holder_region, _PASSES_ON) and by.reaches(case.transfer_region, _PASSES_ON):
        # Whoever covers both sides is on the side of their own office, and does not answer for the other.
        receives = by.office == case.transfer_to
        hidden |= {"revoke_transfer"} if receives else {"accept_transfer", "refuse_transfer"}
    if case.kind == Kind.REPORT and case.step != "call_back":
        hidden |= {"call_failed"} if case.call_attempts == 0 else set()
    return hidden


def refusal_of(row: Transition, case: Case, by: Actor, at: datetime) -> Refused | None:
    """Why a move is not allowed now, asked with an empty form; None when it is."""
    return first_refusal(row.conditions, _facts(case, by, at, _money(case, [row])))


def _facts(case: Case, by: Actor, at: datetime, money: Standing | None) -> Facts:
    return Facts(case, by.id, at, {}, _two_persons(case), above(by, case.holder_region), money)


def _money(case: Case, rows: Iterable[Transition]) -> Standing | None:
    """The money of every worker, where an end that has been reported is looked at."""
    looked_at = case.state in {Status.CLOSING, Status.AFTERCARE} and any(
        LOOK_AT_MONEY.intersection(row.conditions) for row in rows
    )
    return standing_of(case) if looked_at else None


def _two_persons(case: Case) -> bool:
    try:
        return decides_with_two(case.holder_agency)
    except NoAgency:
        return False


@dataclass(frozen=True, slots=True)
class Known:
    """What else a decision looks at: other cases of the person, papers on file, an unusual sum, what the law says is owed.

    ``owed`` is in yuan, without contested items; None where there is no such sum.
    """

    earlier: int = 0
    papers: int = 0
    odd: Text = ""  # why the claim wants a second look
    owed: Decimal | None = None


def moves_of(case: Case, *, by: Actor, at: datetime, known: Known | None = None) -> Moves:
    """What this person can do with this case now, the expected move apart."""
    rows = {row.action: row for row in rows_open(case, by)}
    facts = _facts(case, by, at, _money(case, rows.values()))
    found = {action: (row, first_refusal(row.conditions, facts)) for action, row in rows.items()}
    expected = _expected(case, by, found)
    groups: dict[str, list[Choice]] = {"steps": [], "money": [], "words": [], "refused": []}
    for action, (row, refusal) in found.items():
        if expected is not None and action == expected.action:
            continue
        closed = refusal is not None and refusal.code not in SETTLED_BY_FORM
        if closed and refusal is not None and refusal.code in IDLE:
            continue
        group = (
            "refused" if closed else "money" if action in MONEY else "words" if action in WORDS else "steps"
        )
        groups[group].append(choice_of(row, case, refusal if closed else None))
    step = _next_step(facts, by, expected, found)
    if step is not None and expected is not None and expected.action in LOOKS_AT_ALL and known is not None:
        step = replace(step, checks=[*step.checks, *_known_checks(known)])
    if step is not None and expected is not None and expected.action in ENDS and known and known.owed:
        step = replace(step, checks=[*step.checks, _owed_check(case, known.owed)])
    return Moves(step, **groups)


# Moves before which the officer looks at the whole application.
LOOKS_AT_ALL = {"accept", "review", "grant", "grant_aid_first"}


# Moves that end the work on a claim: the officer looks at what the law says is still owed.
ENDS = {"report_closing", "pass_file", "close"}


def _owed_check(case: Case, owed: Decimal) -> Check:
    confirmed = Decimal(case.confirmed_fen) / 100
    words = _("By law %(owed)s yuan are owed without contested items; %(confirmed)s are confirmed") % {
        "owed": f"{owed:,.2f}", "confirmed": f"{confirmed:,.2f}",
    }  # fmt: skip
    return Check(words, confirmed >= owed)


def _known_checks(known: Known) -> list[Check]:
    others = _("Another case of this person is known, see above")
    papers = _("Papers on file: %(n)d") % {"n": known.papers}
    odd = [Check(_("Check the sum: %(odd)s") % {"odd": known.odd}, True, look=True)] if known.odd else []
    return [
        *odd,
        Check(others, True, look=True)
        if known.earlier
        else Check(_("No other case of this person is known"), True),
        Check(papers, True) if known.papers else Check(_("No paper is on file yet"), False),
    ]


def choice_of(row: Transition, case: Case, refusal: Refused | None = None) -> Choice:
    """A move as something to press or to open."""
    url = reverse("desk:move", args=[case.number, row.action])
    reason = said(refusal.zh, refusal.en) if refusal is not None else ""
    return Choice(row.action, ACTIONS[row.action].press, url, not asks_anything(row, case), reason)


def asks_anything(row: Transition, case: Case) -> bool:
    """Whether a move has something to fill in: its form, or an undertaking that is still open."""
    if row.action == "grant":
        return not case.means_settled
    return bool(row.form) or row.action in ASK_TWICE


# Nothing to fill in, and yet not to be made by a slip of the hand.
ASK_TWICE = {"deem_withdrawn", "close", "recall_offer", "revoke_transfer", "close_question"}

_PASSES_ON: frozenset[str] = BY_ACTION["transfer"].roles
Found = dict[str, tuple[Transition, Refused | None]]


def _expected(case: Case, by: Actor, found: Found) -> Transition | None:
    """The row that is the next step for this person; None when it is another's turn."""
    if case.urgent and AID_FIRST in found and found[AID_FIRST][1] is None:
        return found[AID_FIRST][0]
    if case.watch_by and "answer_watch" in found and case.next_clock == "promise.watch_answer":
        return found["answer_watch"][0]
    action = case.step
    if action == "review" and by.has(Role.DECIDER) and "grant" in found and not _two_persons(case):
        action = "grant"
    row, refusal = found.get(action, (None, None))
    if refusal is not None and FIRST_DO.get(refusal.code) in found:
        return found[FIRST_DO[refusal.code]][0]
    return row


def _next_step(facts: Facts, by: Actor, expected: Transition | None, found: Found) -> NextStep | None:
    case = facts.case
    if case.turn == "ended":
        return None
    if expected is None:
        do = ACTIONS[case.step].do if case.step in ACTIONS else case.step
        waiting = _("Waiting for %(who)s: %(what)s") % {"who": label(SEATS, case.seat), "what": do}
        return NextStep(waiting, None)
    refusal = found[expected.action][1]
    open_still = refusal is not None and refusal.code in SETTLED_BY_FORM
    closed = None if open_still else refusal
    note = said(refusal.zh, refusal.en) if refusal is not None and open_still else ""
    title: Text = ACTIONS[expected.action].do
    if expected.action == "grant" and case.status == Status.ACCEPTED:
        title = REVIEW_AND_DECIDE
    return NextStep(title, choice_of(expected, case, closed), _checks(expected, facts), note)


# What a condition says when it is met; those that only keep the table in order are not told.
_MET: dict[str, Text] = {
    "second_person": gettext_lazy("A colleague has reviewed it"),
    "subsidy_paid": gettext_lazy("The subsidy is entered"),
    "followed_up": gettext_lazy("The follow-up call was made"),
    "not_own_lawyer": gettext_lazy("Somebody else than the case's own lawyer records it"),
    "money_in_hand": gettext_lazy("The worker has confirmed all that was paid"),
    "aid_first_allowed": gettext_lazy(
        "Fewer than seven days are left: aid may come first (Legal Aid Law art. 44)"
    ),
    "different_officer": gettext_lazy("You have not handled this case"),
    "asked_once": gettext_lazy("The worker was not asked for papers yet; name everything in one list"),
}


def _checks(row: Transition, facts: Facts) -> list[Check]:
    case, two = facts.case, facts.two_persons
    found = []
    for name in row.conditions:
        if name == "second_person" and not two:
            continue
        refusal = first_refusal((name,), facts)
        if refusal is not None:
            if refusal.code not in SETTLED_BY_FORM:
                found.append(Check(said(refusal.zh, refusal.en), False))
        elif name == "means_settled":
            found.append(Check(_means_met(case), True))
        elif name in _MET and not (
            name == "money_in_hand" and case.outcome not in {"recovered", "partly_recovered"}
        ):
            found.append(Check(_MET[name], True))
    return found


def _means_met(case: Case) -> str:
    if case.means == "exempt":
        return _("Exempt from the means check (Legal Aid Law art. 42(3))")
    return _("Means are settled: checked, undertaken or shown by document")
