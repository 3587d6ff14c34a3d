"""The pages of advice: what am I owed, how long do I have, who must pay. Nothing of them stays on the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nuanxin.portal.advice import cookie, facts, owed, payers, until
from nuanxin.portal.advice.cookie import Told
from nuanxin.portal.advice.questions import QUESTIONS
from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.forms.begin import BeginForm
from nuanxin.portal.pages import at, public, show, today
from nuanxin.portal.questions import Asked
from nuanxin.portal.rules import route
from nuanxin.portal.rules.advice.paths import ALL, DOORS
from nuanxin.ui.parts import Question, Text


@dataclass(frozen=True, slots=True)
class Door:
    """One page of advice: its question to the worker, and how its answer is put together."""

    key: str
    heading: Text
    lead: Text
    page: Callable[[route.Answers, date], Any]


_DOORS = (
    Door(
        owed.DOOR,
        _("What am I owed?"),
        _("Wages, overtime, severance: what it comes to, and how it is worked out."),
        owed.page,
    ),
    Door(
        until.DOOR,
        _("How long do I have?"),
        _("The last day for asking, and what can still be done after it."),
        until.page,
    ),
    Door(
        payers.DOOR,
        _("Who must pay?"),
        _("Contractor, firm, main builder, owner: who is asked first."),
        payers.page,
    ),
)
PAGES: Mapping[str, Door] = {door.key: door for door in _DOORS}


def _door(key: str) -> Door:
    if key not in PAGES:
        raise Http404
    return PAGES[key]


def _url(door: Door, key: str) -> str:
    if key == route.CHECK:
        return reverse("portal:advice_answer", args=[door.key])
    return reverse("portal:advice_question", args=[door.key, key])


@public("anybody may ask what the law says; nobody is asked who they are")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, door: str) -> HttpResponseBase:
    """What this page does; or wipe what was told."""
    asked = _door(door)
    if request.method == "POST":
        response = redirect("portal:advice", door)
        cookie.forget(response)
        return response
    told, table = cookie.read(request, at(request)), DOORS[door]
    context = {
        "door": asked,
        "first_url": _url(asked, next(iter(table))),
        "on_url": _url(asked, route.first_open(told, table)) if told else "",
    }
    return show(request, "portal/advice/begin.html", context)


@public("anybody may ask what the law says; nobody is asked who they are")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, door: str, key: str) -> HttpResponseBase:
    """One question."""
    page, table = _door(door), DOORS[door]
    if key not in table:
        raise Http404
    told = cookie.read(request, at(request))
    if key not in route.asked(told, table):
        return redirect(_url(page, route.first_open(told, table)))
    asked = QUESTIONS[key]
    if request.method != "POST":
        return _page(request, page, asked, told, _form(request, asked, told))
    if request.POST.get("go") == "skip" and asked.skip:
        return _save(request, page, key, told, {})
    form = _form(request, asked, told, request.POST)
    ready = form.is_valid()
    if request.POST.get("go") not in {"on", None}:
        form.errors.clear()  # looking for a place is no answer yet
        return _page(request, page, asked, told, form)
    if not ready or form.again:
        return _page(request, page, asked, told, form)
    return _save(request, page, key, told, form.keep())


def _form(request: HttpRequest, asked: Asked, told: Told, data: Any = None) -> QuestionForm:
    return asked.form(data, today=today(request), kept=told.get(asked.key), answers=told)


def _save(request: HttpRequest, page: Door, key: str, told: Told, said: dict[str, Any]) -> HttpResponseBase:
    kept = {**told, key: said}
    response = redirect(_url(page, route.after(kept, key, DOORS[page.key])))
    cookie.keep(response, kept, at(request))
    return response


def _page(request: HttpRequest, page: Door, asked: Asked, told: Told, form: QuestionForm) -> HttpResponseBase:
    table = DOORS[page.key]
    order = route.asked(told, table)
    earlier = route.before(told, asked.key, table)
    drawn = Question(
        heading=asked.heading, hint=asked.hint, step=order.index(asked.key) + 1, steps=len(order),
        back_url=_url(page, earlier) if earlier else reverse("portal:advice", args=[page.key]),
        why=asked.why, article=asked.article, second_button=asked.skip,
    )  # fmt: skip
    context = {"door": page, "question": drawn, "form": form, "key": asked.key}
    return show(request, "portal/advice/question.html", context)


@public("anybody may ask what the law says; nobody is asked who they are")
@require_http_methods(["GET", "HEAD"])
def answer(request: HttpRequest, door: str) -> HttpResponseBase:
    """What the law says to it."""
    page, table = _door(door), DOORS[door]
    told = cookie.read(request, at(request))
    missing = route.first_open(told, table)
    if missing != route.CHECK:
        return redirect(_url(page, missing) if told else reverse("portal:advice", args=[door]))
    context = {
        "door": page,
        "found": page.page(told, today(request)),
        "rows": facts.rows(door, told),
        "others": [other for other in _DOORS if other is not page],
        "begin": BeginForm(),
        "told": cookie.signed(route.relevant(told, ALL), at(request)),
        "day": today(request),
    }
    response = show(request, f"portal/advice/{door}.html", context)
    cookie.keep(response, told, at(request))
    return response
