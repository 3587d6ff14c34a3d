"""The consultation record of a call: kept while one types, grown into a case, closed with what came of the call."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actions import record_unmasking
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.consultation import beginnings
from nuanxin.desk.forms.counter import place_known, read_place
from nuanxin.desk.forms.record import typed_of
from nuanxin.desk.views.counter import fill_in
from nuanxin.desk.views.hotline.console import refused_page
from nuanxin.desk.views.hotline.parts import ANSWERS, record_form
from nuanxin.hotline import actions
from nuanxin.hotline.actions.records import Typed, close, draft
from nuanxin.hotline.queries.codes import every_category
from nuanxin.hotline.queries.records import to_write
from nuanxin.network.queries import parse_place

_MOST = 10**6  # turns of one page: more is no number of ours


@guarded(*ANSWERS, scope="own")
@require_POST
def keep(request: HttpRequest, call_id: int) -> HttpResponse:
    """Keep what is typed: in the background (``X-Part: record``), by the button, or on the way to a new case."""
    asked, typed = cast(StaffRequest, request), _typed(request)
    quiet = request.headers.get("X-Part") == "record"
    try:
        row = draft(call_id=call_id, typed=typed, by=asked.actor, at=asked.at)
    except NotPermitted as refused:
        raise PermissionDenied from refused
    except Refused as refused:
        if not quiet:
            return refused_page(asked, refused, call_id=call_id, typed=typed)
        return _told_at_once(asked, refused, call_id)
    if quiet:
        said = {"time": f"{asked.at.astimezone(SHANGHAI):%H:%M:%S}"}
        return JsonResponse({"version": row.version if row else 0, "said": _("Kept at %(time)s") % said})
    if request.POST.get("then") == "new":
        return HttpResponseRedirect(reverse("desk:hotline_grow", args=[call_id]))
    return HttpResponseRedirect(f"{reverse('desk:hotline')}?record={call_id}")


def _told_at_once(asked: StaffRequest, refused: Refused, call_id: int) -> JsonResponse:
    """Why it was not kept; ``version``: of what stands there instead."""
    found = to_write(call_id, asked.actor)
    version = found.record.version if found is not None and found.record else 0
    sentence = refused.sentence(get_language() or "")
    return JsonResponse({"code": refused.code, "sentence": sentence, "version": version}, status=409)


@guarded(*ANSWERS, scope="own")
@require_POST
def wrap_up(request: HttpRequest, call_id: int) -> HttpResponse:
    """Close the record and the call; pressed twice at once it closes once, and both end alike. What was typed is kept
    even where it is not enough to close."""
    asked, typed = cast(StaffRequest, request), _typed(request)
    code = _key(request, "code")
    try:
        close(call_id=call_id, typed=typed, code=code, by=asked.actor, at=asked.at)
    except NotPermitted as refused:
        raise PermissionDenied from refused
    except Refused as refused:
        with suppress(Refused):  # for a reason that the page says already
            draft(call_id=call_id, typed=typed, by=asked.actor, at=asked.at)
        return refused_page(asked, refused, call_id=call_id, typed=typed, code=code)
    return HttpResponseRedirect(reverse("desk:hotline"))


@guarded(*ANSWERS, scope="own")
@require_http_methods(["GET", "HEAD", "POST"])
def grow(request: HttpRequest, call_id: int) -> HttpResponse:
    """The counter form with what the call has told; the case that is opened is noted at the call."""
    asked = cast(StaffRequest, request)
    found = to_write(call_id, asked.actor)
    if found is None:
        raise Http404
    call = found.call
    form = record_form(asked, call, found.record, every_category())
    if call.phone and request.method == "GET":
        record_unmasking(row=call, fields=["phone"], by=asked.actor, at=asked.at)
    return fill_in(
        asked, beginnings(form, call),
        lambda case_id: actions.grow(call_id=call.pk, case_id=case_id, by=asked.actor, at=asked.at),
    )  # fmt: skip


def _typed(request: HttpRequest) -> Typed:
    post = request.POST
    text = post.get("place_text", "").strip()
    code = read_place(text, post.get("place", ""))[0] if text else ""
    return Typed(
        told=typed_of(post), category=_key(request, "category")[:20],
        place=parse_place(code) if code and place_known(code) else 0, seen=_number(post.get("seen", "")),
        page=_key(request, "page")[:40], turn=_number(post.get("turn", "")),
    )  # fmt: skip


def _key(request: HttpRequest, name: str) -> str:
    """A field that is looked up or stored as it is, without the NUL that PostgreSQL does not take."""
    return request.POST.get(name, "").replace("\x00", "")


def _number(text: str) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
