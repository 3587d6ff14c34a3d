"""Interpreters: joining one to the call in hand, who there is, and keeping the register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.faults import Refused
from nuanxin.desk.forms.hotline_interpreters import InterpreterForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press, refused_page
from nuanxin.desk.speech import between, said
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline_register import place_name
from nuanxin.hotline.actions import interpreters
from nuanxin.hotline.models import Interpreter
from nuanxin.hotline.queries.voice import interpreters_kept
from nuanxin.network.queries import six_digits
from nuanxin.network.rules.points import LANGUAGES

SEES = (Role.OPERATOR, Role.DUTY_LAWYER, Role.SUPERVISOR, Role.ADMINISTRATOR)
ANSWERS = (Role.OPERATOR, Role.DUTY_LAWYER)


@guarded(*SEES, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Who there is; administrators keep it here."""
    asked = cast(StaffRequest, request)
    keeps = asked.actor.has(Role.ADMINISTRATOR)
    if request.method != "POST":
        form = InterpreterForm(initial={"region": six_digits(asked.actor.scope[0]), "active": True})
        return _page(asked, form if keeps else None)
    if not keeps:
        raise PermissionDenied
    form = InterpreterForm(request.POST)
    if not form.is_valid():
        return _page(asked, form, status=422)
    try:
        interpreters.keep_interpreter(**form.cleaned_data, by=asked.actor, at=asked.at)
    except Refused as refused:
        form.refused(refused)
        return _page(asked, form, status=422)
    return HttpResponseRedirect(reverse("desk:hotline_interpreters"))


def _page(asked: StaffRequest, form: InterpreterForm | None, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = frame(asked, title=_("Interpreters"), current="hotline") | {
        "tabs": tabs(asked.actor, "hotline_interpreters"), "form": form,
        "rows": [_row(one) for one in interpreters_kept(asked.actor)],
    }  # fmt: skip
    return render(asked, "desk/hotline/interpreters.html", context, status=status)


def _row(one: Interpreter) -> dict[str, Any]:
    return {"one": one, "place": place_name(one.region), "languages": spoken(one)}


def spoken(one: Interpreter) -> str:
    """The languages of an interpreter in words."""
    terms = [LANGUAGES[code] for code in one.languages if code in LANGUAGES]
    return between().join(said(term.zh, term.en) for term in terms)


@guarded(*ANSWERS, scope="own")
@require_POST
def join(request: HttpRequest, call_id: int) -> HttpResponse:
    """Ring an interpreter and join them to the call in hand."""
    asked = cast(StaffRequest, request)
    chosen = request.POST.get("interpreter", "")
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 19):
        raise Http404
    return _do(
        asked,
        call_id,
        lambda: interpreters.join(call_id=call_id, interpreter_id=int(chosen), by=asked.actor, at=asked.at),
    )


@guarded(*ANSWERS, scope="own")
@require_POST
def drop(request: HttpRequest, call_id: int) -> HttpResponse:
    """Let the interpreter go."""
    asked = cast(StaffRequest, request)
    return _do(asked, call_id, lambda: interpreters.drop(call_id=call_id, by=asked.actor, at=asked.at))


def _do(asked: StaffRequest, call_id: int, act: Callable[[], object]) -> HttpResponse:
    return press(act, refused=partial(refused_page, asked, _("Interpreter")), to=reverse("desk:hotline"))
