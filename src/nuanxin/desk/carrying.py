"""From a filled-in form to the action that carries the move out: the one place where the desk calls actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.datastructures import MultiValueDict

from nuanxin.assignment import actions as assignment
from nuanxin.assignment.queries import proposal
from nuanxin.audit.actor import Actor
from nuanxin.cases.actions.denial import answer, deny
from nuanxin.cases.actions.leaving import leave_group
from nuanxin.cases.actions.money import Sum, record
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.reaching import not_reached
from nuanxin.cases.models import Case
from nuanxin.cases.queries.casefile import roster
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.ledger import Way
from nuanxin.cases.rules.transitions import Transition
from nuanxin.desk.forms import moves as forms
from nuanxin.desk.forms import steps
from nuanxin.desk.forms.assigning import DeclineForm, OfferForm, TransferForm
from nuanxin.desk.forms.claim import FactsForm
from nuanxin.desk.forms.denial import DenialAnswerForm, DenialForm, NotReachedForm
from nuanxin.desk.forms.leaving import MOST_NAMES, LeaveForm
from nuanxin.desk.forms.money import MOST_LINES, MoneyForm
from nuanxin.desk.forms.roster import RosterForm
from nuanxin.documents.queries import evidence_of
from nuanxin.hotline.actions import questions

# The form class of each kind of form; money, offers and rosters need more than the case and have their own way.
FORMS: dict[str, type[forms.MoveForm]] = {
    "": forms.PressForm,
    "call": forms.TextForm,
    "reason": forms.TextForm,
    "text": forms.TextForm,
    "convert": forms.ConvertForm,
    "supplement": forms.SupplementForm,
    "review": forms.ReviewForm,
    "grant": forms.GrantForm,
    "aid_first": forms.AidFirstForm,
    "refusal": forms.RefusalForm,
    "transfer": TransferForm,
    "termination": forms.TerminationForm,
    "offer": OfferForm,
    "decline": DeclineForm,
    "date": forms.DateForm,
    "meeting": forms.MeetingForm,
    "step": steps.StepForm,
    "correct_step": steps.CorrectStepForm,
    "roster": RosterForm,
    "leave": LeaveForm,
    "denial": DenialForm,
    "denial_answer": DenialAnswerForm,
    "not_reached": NotReachedForm,
    "facts": FactsForm,
    "money": MoneyForm,
    "confirm": MoneyForm,
    "closing": forms.ClosingForm,
    "subsidy": forms.SubsidyForm,
    "follow_up": forms.FollowUpForm,
    "rating": forms.RatingForm,
}
PROPOSED = 12


def form_for(
    row: Transition, case: Case, *, at: datetime, data: Mapping[str, Any] | None = None,
    files: MultiValueDict[str, Any] | None = None,
) -> forms.MoveForm:  # fmt: skip
    """The form of a move, empty or bound to what was typed."""
    kind = FORMS[row.form]
    more: dict[str, Any] = {}
    if issubclass(kind, OfferForm):
        more["proposals"] = proposal(case, at=at, limit=PROPOSED)
    if issubclass(kind, MoneyForm):
        asks_all = row.action == "confirm_payment"  # who has left still says whether their money came
        more["roster"] = roster(case.pk, size=_most(case), present=not asks_all)
        more["total"] = case.workers_count
        more["papers"] = [(one.pk, one.filename) for one in evidence_of(case)]
    if issubclass(kind, LeaveForm):
        more["roster"] = roster(case.pk, size=MOST_NAMES + 1, present=True)
    if issubclass(kind, DenialForm):  # who has left still answers for what was paid to them
        lines = roster(case.pk, size=MOST_NAMES + 1 + case.workers_left)
        more["roster"] = [one for one in lines if not one.left or one.sums.paid > one.sums.confirmed]
    if issubclass(kind, DenialAnswerForm):
        more["roster"] = [one for one in roster(case.pk, size=_most(case)) if one.denied]
    today = at.astimezone(SHANGHAI).date()
    return kind(
        data, files, case=case, action=row.action, today=today, initial={"version": case.version}, **more
    )


def _most(case: Case) -> int:
    """All workers are read where the sum is to be divided; there is no other way to divide it."""
    return max(case.workers_count + case.workers_left, MOST_LINES)


def carry_out(
    row: Transition, case: Case, form: forms.MoveForm, *, by: Actor, at: datetime, version: int | None
) -> Case:
    """Make the move. Raises ``cases.faults.Refused`` with what to do."""
    common: dict[str, Any] = {"case_id": case.pk, "by": by, "at": at, "version": version}
    if isinstance(form, MoneyForm):
        return record(entry=_sum(form), **common)
    if isinstance(form, NotReachedForm):
        return not_reached(attempt=form.attempt(), **common)
    if isinstance(form, DenialAnswerForm):
        return answer(seq=form.who(), text=form.cleaned_data["text"], **common)
    if isinstance(form, DenialForm):
        return deny(seq=form.who(), text=form.cleaned_data["text"], **common)
    if isinstance(form, LeaveForm):
        return leave_group(leaving=form.leaving(), **common).case
    if isinstance(form, OfferForm):
        return assignment.offer(lawyer=form.cleaned_data["lawyer"], **common)
    if isinstance(form, DeclineForm):
        values = form.values()
        return assignment.decline(reason=values["reason"], text=values["text"], **common)
    if row.action == "accept_offer":
        return assignment.accept(**common)
    if row.action == "recall_offer":
        return assignment.recall(**common)
    return _other(row, form, common)


def _other(row: Transition, form: forms.MoveForm, common: dict[str, Any]) -> Case:
    """A question has one owner and may be asked once more, which the hotline keeps; the rest goes to the table."""
    values = form.values()
    if row.action == "answer":
        return questions.answer(text=values["text"], **common)
    if row.action == "ask_again":
        return questions.ask_again(text=values["text"], **common)
    if row.action == "not_helped":
        return questions.said_helped(helped=False, **common)
    return perform(row.action, form=values, **common)


def _sum(form: MoneyForm) -> Sum:
    values = form.cleaned_data
    paper = values.get("evidence") or 0
    return Sum(
        form.step, form.lines(), Way(values["way"]), values["on"], values.get("item") or "", paper,
        values.get("sure") or "", form.undo(),
    )  # fmt: skip
