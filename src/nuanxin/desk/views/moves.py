"""Every move of the transition table through one view: its page, its form, its refusals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.models import Event
from nuanxin.cases.faults import (
    Doubtful,
    NearLimitation,
    NoSuchCase,
    NotPermitted,
    Refused,
    Stale,
    WrongState,
)
from nuanxin.cases.models import Case
from nuanxin.cases.permissions import may, may_read
from nuanxin.cases.rules.states import Kind
from nuanxin.cases.rules.transitions import BY_ACTION, Transition
from nuanxin.cases.waiting import near_limitation
from nuanxin.desk.carrying import carry_out, form_for
from nuanxin.desk.forms.money import MoneyForm
from nuanxin.desk.forms.moves import MoveForm, SupplementForm
from nuanxin.desk.forms.roster import RosterForm
from nuanxin.desk.forms.steps import AskedWhy
from nuanxin.desk.moves import asks_anything, refusal_of
from nuanxin.desk.navigation import DESK_ROLES, frame
from nuanxin.desk.speech import said
from nuanxin.desk.views.case import open_case, panel, safe_back
from nuanxin.desk.views.claim import facts_page
from nuanxin.desk.views.roster import import_page
from nuanxin.desk.wording.actions import ACTIONS
from nuanxin.hotline.queries.questions import said_in

SAME_PRESS = timedelta(seconds=60)


@guarded(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Fill in a move, and make it."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    row = BY_ACTION.get(action)
    if row is None or not may(asked.actor, row, case):
        raise Http404
    if row.form == "roster":
        return import_page(asked, case, row)
    if row.form == "facts":
        return facts_page(asked, case, row)
    if request.method == "POST":
        return _make(asked, case, row)
    form = form_for(row, case, at=asked.at)
    return _page(asked, case, row, form, _why_not(asked, case, row))


def _why_not(request: StaffRequest, case: Case, row: Transition) -> Refused | None:
    """What to say on top of a form that is opened: a wrong state, or what a condition says now."""
    if case.state not in row.sources or Kind(case.kind) not in row.kinds:
        return WrongState()
    return refusal_of(row, case, request.actor, request.at)


def _make(request: StaffRequest, case: Case, row: Transition) -> HttpResponse:
    form = form_for(row, case, at=request.at, data=request.POST)
    if request.POST.get("pressed") and asks_anything(row, case):
        # A press from an old page for a move that now asks something: show what it asks.
        return _page(request, case, row, form_for(row, case, at=request.at), _why_not(request, case, row))
    if not form.is_valid():
        return _page(request, case, row, form, None, status=422)
    version = form.cleaned_data.get("version")
    try:
        done = carry_out(row, case, form, by=request.actor, at=request.at, version=version)
    except (NoSuchCase, NotPermitted) as gone:
        raise Http404 from gone
    except Refused as refusal:
        if isinstance(refusal, Doubtful) and isinstance(form, MoneyForm | AskedWhy):
            form.ask_why()
        if isinstance(refusal, Stale | WrongState) and pressed_twice(case, row, request):
            return _done(request, case, row)
        return _page(request, open_case(request, case.number), row, form, refusal, status=409)
    return _done(request, done, row)


def pressed_twice(case: Case, row: Transition, request: StaffRequest) -> bool:
    """Whether this very person made this very move just now: a double click, not a conflict."""
    told = Event.objects.filter(stream=case.pk).exclude(kind="case.lines_recorded")  # stands behind its move
    last = told.order_by("-seq").first()
    return (
        last is not None
        and last.kind == row.event
        and (last.actor_kind, last.actor_id) == (request.actor.kind, request.actor.id)
        and request.at - last.recorded_at < SAME_PRESS
    )


def _done(request: StaffRequest, case: Case, row: Transition) -> HttpResponse:
    messages.success(
        request, _("Done: %(what)s (%(number)s)") % {"what": ACTIONS[row.action].press, "number": case.number}
    )
    return HttpResponseRedirect(after_move(request, case))


def after_move(request: StaffRequest, case: Case) -> str:
    """Back to where the officer came from, with the case still in sight if they may still open it."""
    if not may_read(request.actor, case):
        return reverse("desk:home")  # a lawyer who declined, a sender whose case was taken over
    own = reverse("desk:case", args=[case.number])
    back = safe_back(request, own)
    if back.startswith("/desk/cases/"):
        return own
    return f"{back}{'&' if '?' in back else '?'}{urlencode({'case': case.number})}"


def _page(
    request: StaffRequest,
    case: Case,
    row: Transition,
    form: MoveForm,
    refusal: Refused | None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The form with the case beside it. After a refusal the typed values stay; the version is the new one."""
    own = reverse("desk:case", args=[case.number])
    back = safe_back(request, own)
    context: dict[str, Any] = panel(request, case, back=back)
    context |= frame(request, title=ACTIONS[row.action].press)
    context |= {
        "form": form,
        "row": row,
        "words": ACTIONS[row.action],
        "version": case.version,
        "refusal": said(refusal.zh, refusal.en)
        if refusal and not isinstance(refusal, NearLimitation)
        else "",
        "stale": isinstance(refusal, Stale | WrongState) and request.method == "POST",
        "doubtful": isinstance(refusal, Doubtful),
        **_pressing(request, case, form),
        "asked": said_in(case.pk) if row.action == "answer" else None,
        "back_url": after_move(request, case) if back != own else own,
        "is_upload": isinstance(form, RosterForm),
        "danger": row.action in DANGEROUS,
    }
    return render(request, "desk/move.html", context, status=status)


def _pressing(request: StaffRequest, case: Case, form: MoveForm) -> dict[str, Any]:
    """The warning that the limitation runs out while papers are waited for, and the way of aid first where it is open."""
    if not isinstance(form, SupplementForm) or form.pressing is None:
        return {}
    told, row = near_limitation(form.pressing), BY_ACTION["grant_aid_first"]
    mine = may(request.actor, row, case) and case.state in row.sources
    open_now = mine and refusal_of(row, case, request.actor, request.at) is None
    return {
        "pressing": said(told.zh, told.en),
        "aid_first_url": reverse("desk:move", args=[case.number, row.action]) if open_now else "",
        "aid_first_words": ACTIONS[row.action].press,
        "ask_decider": form.pressing.aid_first_now and not open_now,
    }


# What ends something for the worker: the button says so.
DANGEROUS = {
    "refuse", "terminate", "deem_withdrawn", "confirm_withdrawal", "give_up_calling", "dismiss_objection", "change_lawyer",
}  # fmt: skip
