"""Public answers at the desk: what may be proposed, what waits for a second person, what is out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.numbers import number_of
from nuanxin.desk.forms.answers import ProposalForm, RefusalForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.answers import CHANGED, SORTS, STATES
from nuanxin.hotline.actions import answers as actions
from nuanxin.hotline.models import PublicAnswer
from nuanxin.hotline.permissions import may_advise, may_publish
from nuanxin.hotline.queries.answers import to_do
from nuanxin.hotline.queries.questions import case_named, known_in, said_in
from nuanxin.hotline.rules.anonymise import Found, strike, strike_together
from nuanxin.hotline.rules.answers import look_again
from nuanxin.hotline.wording import TOPICS
from nuanxin.network.queries import six_digits
from nuanxin.ui import wording

ROLES = (Role.DUTY_LAWYER, Role.DECIDER, Role.SUPERVISOR)
MOST_FOUND = 60


@guarded(*ROLES, scope="office")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The three lists."""
    asked = cast(StaffRequest, request)
    found = to_do(asked.actor)
    today = asked.at.astimezone(SHANGHAI).date()
    again = {one.pk: why for one in found.out if (why := _again(one, today))}
    lists = {
        "again": [_row(one) | {"reason": again[one.pk]} for one in found.out if one.pk in again],
        "proposed": [_row(one) for one in found.proposed],
        "refused": [_row(one) for one in found.refused],
        "out": [_row(one) for one in found.out if one.pk not in again],
    }
    context = _frame(asked, _("Public answers"))
    context |= {
        "to_propose": [(one.number, reverse("desk:hotline_answer_new", args=[one.number])) for one in found.to_propose],
        "lists": lists, "proposes": asked.actor.has(Role.DUTY_LAWYER),
    }  # fmt: skip
    return render(request, "desk/hotline/answers.html", context)


def _again(one: PublicAnswer, today: date) -> str:
    """Why it must be read once more; empty while it need not."""
    if one.state != PublicAnswer.State.APPROVED:
        return ""
    due = look_again(one.topic, place=six_digits(one.region), law_on=one.law_on, today=today)
    if due is None:
        return ""
    return f"{CHANGED[due.table]} {wording.day(due.since, get_language() or 'zh-hans')}"


def _row(one: PublicAnswer) -> dict[str, Any]:
    return {
        "url": reverse("desk:hotline_answer", args=[one.pk]), "topic": TOPICS[one.topic], "number": one.number,
        "title": one.question_zh.strip().split("\n")[0][:60] or number_of(one.case), "at": one.decided_at or one.proposed_at,
        "reason": one.reason,
    }  # fmt: skip


@guarded(Role.DUTY_LAWYER, scope="office")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """The texts of the case, struck; the lawyer edits and proposes."""
    asked = cast(StaffRequest, request)
    case = case_named(number, asked.actor)
    if case is None or not may_advise(asked.actor, case.holder_region):
        raise Http404
    said, known = said_in(case.pk), known_in(case.pk)
    question, answer = strike_together([said.question, said.answer], known)
    if request.method != "POST":
        today = asked.at.astimezone(SHANGHAI).date()
        form = ProposalForm(initial={"question_zh": question.text, "answer_zh": answer.text, "law_on": today})
        return _proposal(asked, case, form, (*question.found, *answer.found))
    form = ProposalForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            row = actions.propose(
                case_id=case.pk, wording=form.wording(), law_on=form.cleaned_data["law_on"], by=asked.actor, at=asked.at
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.sentence(get_language() or ""))
            status = 409
        else:
            messages.success(request, _("Proposed. A second person compares it before it goes out."))
            return HttpResponseRedirect(reverse("desk:hotline_answer", args=[row.pk]))
    return _proposal(asked, case, form, (*question.found, *answer.found), status=status)


def _proposal(
    asked: StaffRequest, case: Case, form: ProposalForm, found: tuple[Found, ...], *, status: int = 200
) -> HttpResponse:
    context = _frame(asked, _("Propose an answer to the public"))
    context |= {
        "form": form, "number": case.number, "said": said_in(case.pk), "found": _told(found),
        "case_url": reverse("desk:case", args=[case.number]),
    }  # fmt: skip
    return render(asked, "desk/hotline/answer_new.html", context, status=status)


def _told(found: tuple[Found, ...]) -> list[tuple[Any, str]]:
    """What was struck: its sort and the words, each once."""
    return [(SORTS[one.sort], one.text) for one in dict.fromkeys(found)][:MOST_FOUND]


@guarded(*ROLES, scope="office")
@require_safe
def compare(request: HttpRequest, answer_id: int) -> HttpResponse:
    """What was said and what others are to read, side by side."""
    asked = cast(StaffRequest, request)
    return _compare(asked, _reached(asked, answer_id), RefusalForm())


@guarded(Role.DECIDER, Role.SUPERVISOR, scope="office")
@require_POST
def approve(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Let it out, or say why not."""
    asked = cast(StaffRequest, request)
    row = _reached(asked, answer_id)
    if request.POST.get("say") == "no":
        form = RefusalForm(request.POST)
        if not form.is_valid():
            return _compare(asked, row, form, status=422)
        reason = form.cleaned_data["reason"]
        return _do(
            asked, row, lambda: actions.refuse(answer_id=row.pk, reason=reason, by=asked.actor, at=asked.at)
        )
    return _do(asked, row, lambda: actions.approve(answer_id=row.pk, by=asked.actor, at=asked.at))


@guarded(*ROLES, scope="office")
@require_POST
def withdraw(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Take it back at once."""
    asked = cast(StaffRequest, request)
    row = _reached(asked, answer_id)
    return _do(asked, row, lambda: actions.withdraw(answer_id=row.pk, by=asked.actor, at=asked.at))


@guarded(*ROLES, scope="office")
@require_POST
def confirm(request: HttpRequest, answer_id: int) -> HttpResponse:
    """It is right by today's law."""
    asked = cast(StaffRequest, request)
    row = _reached(asked, answer_id)
    return _do(asked, row, lambda: actions.confirm(answer_id=row.pk, by=asked.actor, at=asked.at))


def _reached(asked: StaffRequest, answer_id: int) -> PublicAnswer:
    row = PublicAnswer.objects.filter(pk=answer_id).first()
    if row is None or not (may_publish(asked.actor, row.region) or may_advise(asked.actor, row.region)):
        raise Http404
    return row


def _do(asked: StaffRequest, row: PublicAnswer, act: Callable[[], PublicAnswer]) -> HttpResponse:
    def done() -> None:
        answer = act()
        messages.success(asked, f"{TOPICS[answer.topic]}: {STATES[answer.state]}")

    def refused(why: str) -> HttpResponse:
        row.refresh_from_db()
        return _compare(asked, row, RefusalForm(), refusal=why, status=409)

    return press(done, refused=refused, to=reverse("desk:hotline_answers"))


def _compare(
    asked: StaffRequest, row: PublicAnswer, form: RefusalForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    by, live = asked.actor, row.state in PublicAnswer.LIVE
    seen = strike(
        "\n".join((row.question_zh, row.answer_zh, row.question_en, row.answer_en)), known_in(row.case)
    )
    names = names_of({row.proposed_by, row.decided_by} - {0})
    context = _frame(asked, _("Compare, then decide"))
    context |= {
        "row": row, "said": said_in(row.case), "form": form, "refusal": refusal, "found": _told(seen.found),
        "state": STATES[row.state], "topic": TOPICS[row.topic], "case_number": number_of(row.case),
        "case_url": reverse("desk:case", args=[number_of(row.case)]), "proposer": names.get(row.proposed_by, ""),
        "decider": names.get(row.decided_by, ""), "withdraws": live and (row.state == PublicAnswer.State.APPROVED or by.id == row.proposed_by),
        "decides": row.state == PublicAnswer.State.PROPOSED and may_publish(by, row.region) and by.id != row.proposed_by,
        "again": _again(row, asked.at.astimezone(SHANGHAI).date()),
        "again_url": reverse("desk:hotline_answer_new", args=[number_of(row.case)])
        if not live and may_advise(by, row.region) else "",
    }  # fmt: skip
    return render(asked, "desk/hotline/answer.html", context, status=status)


def _frame(asked: StaffRequest, title: str) -> dict[str, Any]:
    current = "hotline_answers" if not asked.actor.has(Role.DUTY_LAWYER, Role.SUPERVISOR) else "hotline"
    return frame(asked, title=title, current=current) | {"tabs": tabs(asked.actor, "hotline_answers")}
