"""The counter: one screen for every door, with earlier cases of the same person before a new one is opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.cases.actions.submit import KeyReused, submit
from nuanxin.cases.codes import follow_code
from nuanxin.cases.models import Case
from nuanxin.cases.permissions import may_read
from nuanxin.cases.queries.casefile import Earlier, earlier_of
from nuanxin.cases.queries.search import same_person
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.numbers import case_id_of, number_of
from nuanxin.cases.upcoming import next_sentence
from nuanxin.desk.forms.counter import CounterForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.sheet import earlier_line
from nuanxin.desk.speech import said
from nuanxin.hotline.queries.calls import grown_in_hand
from nuanxin.law.identity import check_mobile, check_resident_id
from nuanxin.network.queries import agency, search_places, six_digits

OPENERS = (Role.CLERK, Role.DECIDER, Role.OPERATOR)
FROM_CALLS = (*OPENERS, Role.DUTY_LAWYER)  # duty lawyers open the cases that grow out of their calls
RECEIPT_FOR = timedelta(minutes=30)  # how long who opened a case may hand out its code
_KEY = re.compile(r"desk-[0-9a-f]{32}")


def new_key() -> str:
    """A key under which a form is sent once."""
    return f"desk-{uuid4().hex}"


def with_key(typed: QueryDict) -> QueryDict:
    """What was typed, with a key of its own where it came without a good one."""
    data = typed.copy()
    if not _KEY.fullmatch(data.get("key", "")):
        data["key"] = new_key()
    return data


def open_it(request: StaffRequest, form: CounterForm, key: str) -> int:
    """Open a case from a form that is valid. Gives back its id; raises KeyReused."""
    assert form.intake is not None
    body = form.body(form.cleaned_data)
    sure = form.cleaned_data["sure"] if form.odd else ""
    return submit(intake=form.intake, by=request.actor, at=request.at, key=key, body=body, sure=sure).case_id


@guarded(*OPENERS, scope="office")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Fill in and open a case."""
    return fill_in(cast(StaffRequest, request), {}, _nothing_more)


def _nothing_more(_case_id: int) -> None:
    """A case that came from nowhere but the counter."""


def fill_in(
    asked: StaffRequest, known_already: Mapping[str, Any], opened_it: Callable[[int], object]
) -> HttpResponse:
    """The form, or what comes of it. ``known_already``: fields filled in beforehand; ``opened_it`` hears the case's id."""
    today = asked.at.astimezone(SHANGHAI).date()
    if asked.method != "POST":
        form = CounterForm(initial={"key": new_key(), **known_already}, today=today)
        return _page(asked, form, _known(asked, known_already))
    data = with_key(asked.POST)
    form = CounterForm(data, today=today)
    if not form.is_valid() or form.intake is None:
        return _page(asked, form, _known(asked, data), status=422)
    known = _known(asked, data)
    unseen = bool(known) and data.get("seen") != seen_mark(known)
    unsure = unsure_of(form)
    if unseen or unsure:
        data["seen"] = seen_mark(known) if known else ""
        return _page(asked, form_again(CounterForm, data, today), known, ask=unseen)
    try:
        opened = open_it(asked, form, str(data["key"]))
    except KeyReused:
        data["key"] = new_key()
        return _page(asked, form_again(CounterForm, data, today), known, reused=True, status=409)
    opened_it(opened)
    return HttpResponseRedirect(reverse("desk:receipt", args=[number_of(opened)]))


def unsure_of(form: CounterForm) -> bool:
    """Whether the sum is unusual and nobody has said why it is right."""
    return bool(form.odd) and not str(form.data.get("sure", "")).strip()


def form_again(kind: type[CounterForm], data: QueryDict, today: date) -> CounterForm:
    """The same form with what was typed, read once more, so that it can say what is odd about it."""
    form = kind(data, today=today)
    form.is_valid()
    return form


def _known(request: StaffRequest, typed: Any) -> list[Earlier]:
    """Other cases of the person, as far as what was typed is a number."""
    mobile, identity = check_mobile(typed.get("phone", "")), check_resident_id(typed.get("resident_id", ""))
    ids = same_person(
        phone=mobile.normalised if mobile.valid else "",
        resident_id=identity.normalised if identity.valid else "",
    )
    return earlier_of(ids, by=request.actor)


def seen_mark(known: Sequence[Earlier]) -> str:
    """Says which earlier cases an officer has seen; another one asks again."""
    return str(crc32(",".join(str(one.id) for one in known).encode()))


def _page(
    request: StaffRequest, form: CounterForm, known: Sequence[Earlier], *, ask: bool = False, reused: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = frame(request, title=_("New at the counter"), current="new") | {
        "form": form,
        "known": [earlier_line(one) for one in known],
        "ask": ask,
        "reused": reused,
    }
    return render(request, "desk/new.html", context, status=status)


@guarded(*FROM_CALLS, scope="office")
@require_POST
def earlier(request: HttpRequest) -> HttpResponse:
    """Earlier cases of the person being typed in, as a part of the page."""
    asked = cast(StaffRequest, request)
    return render(
        request, "desk/parts/earlier.html", {"known": [earlier_line(e) for e in _known(asked, request.POST)]}
    )


@guarded(*FROM_CALLS, Role.PARTNER, scope="reference")
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Places for the picker: code and name, the best first."""
    hits = search_places(request.GET.get("q", "")[:40], limit=8)
    return JsonResponse({"places": [{"code": hit.place, "name": said(hit.zh, hit.en)} for hit in hits]})


@guarded(*FROM_CALLS, scope="own")
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What the worker takes along: number, code, what happens next. Only for who opened it, and only just now.

    The code opens the case to its worker; an officer who could ask for it later could confirm money in their name.
    """
    asked = cast(StaffRequest, request)
    case_id = case_id_of(number)
    if case_id is None:
        raise Http404
    opened = Event.objects.filter(stream=case_id, seq=1, actor_kind="staff", actor_id=asked.actor.id).first()
    case = Case.objects.filter(pk=case_id).first() if opened is not None else None
    if case is None or opened is None or asked.at - opened.recorded_at > RECEIPT_FOR:
        raise Http404
    office = agency(case.holder_agency)
    sentence = next_sentence(case, (office.name_zh, office.name_en))
    context = frame(asked, title=_("Opened"), current="new") | {
        "case": case,
        "code": follow_code(case.pk, case.code_epoch),
        "sentence": said(sentence["zh"], sentence["en"]),
        "office": said(office.name_zh, office.name_en),
        "office_phone": office.phone,
        "may_open_case": may_read(asked.actor, case),
        "near_url": reverse("desk:nearest", args=[six_digits(case.place_now)]) if case.place_now else "",
        "from_call": case.door == "hotline" and grown_in_hand(case.pk, asked.actor),
    }
    return render(request, "desk/receipt.html", context)
