"""The short doors: a report in one sentence, a question to a duty lawyer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.throttle import RetryAfter
from nuanxin.audit.actor import WORKER
from nuanxin.cases.actions.submit import KeyReused, Receipt, submit
from nuanxin.cases.rules.intake import Intake
from nuanxin.hotline.actions.questions import note_share
from nuanxin.portal import access
from nuanxin.portal.forms.base import put, read_body
from nuanxin.portal.forms.short import AskForm, ReportForm, ShortForm
from nuanxin.portal.pages import at, language, public, show, today, too_often, too_often_words
from nuanxin.ui.forms import Form
from nuanxin.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Door:
    """A page with one form that becomes a case at once."""

    form: type[ShortForm]
    draft: str
    heading: Text
    lead: Text
    button: Text


REPORT = Door(
    ReportForm,
    "report",
    gettext_lazy("Say one sentence, we ring you"),
    gettext_lazy("Name, phone, one sentence. That is all. It costs nothing."),
    gettext_lazy("Send: please ring me"),
)
ASK = Door(
    AskForm,
    "ask",
    gettext_lazy("Ask a lawyer a question"),
    gettext_lazy("A duty lawyer answers by phone and in writing. It costs nothing."),
    gettext_lazy("Send my question"),
)


@public("anybody may report unpaid wages")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponseBase:
    """欠薪反映."""
    return _door(request, REPORT)


@public("anybody may ask a question")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Consultation."""
    return _door(request, ASK)


def _door(request: HttpRequest, door: Door) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request, door, door.form(today=today(request), kept={"once": page_token()}))
    form = door.form(request.POST, today=today(request))
    ready = form.is_valid()
    if request.POST.get("go") != "on":
        form.errors.clear()  # looking for a place is no attempt to send
        return _page(request, door, form)
    body = form.body(language())
    intake, faults = read_body(body, today(request))  # also where a field is at fault: all faults at once
    for fault in faults:
        field = form.points.get(fault["path"], "")
        if ready or field in form.fields:
            put(form, field, fault)
    if intake is None or not ready or form.again:
        return _page(request, door, form)
    return _send(request, door, form, intake, body)


def _send(
    request: HttpRequest, door: Door, form: ShortForm, intake: Intake, body: dict[str, object]
) -> HttpResponseBase:
    wait = too_often(request, intake.applicant.phone)
    if wait is not None:
        form.add_error(None, too_often_words(wait))
        return _page(request, door, form, wait)
    try:
        receipt = submit(intake=intake, by=WORKER, at=at(request), key=page_key(form), body=body)
    except KeyReused:
        form.add_error(
            None,
            _(
                "You have sent this page before, with other words. If you want to send it once more, press the button again."
            ),
        )
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["once"] = page_token()  # type: ignore[index]
        return _page(request, door, form)
    if form.cleaned_data.get("share") == "yes":
        note_share(case_id=receipt.case_id, share=True, by=WORKER, at=at(request))
    return to_receipt(request, receipt)


def to_receipt(request: HttpRequest, receipt: Receipt, *, shared: bool = False) -> HttpResponse:
    """On to the receipt, with the new case open on this phone for half an hour."""
    response = redirect("portal:receipt")
    access.grant(response, access.Access(receipt.case_id, 0, 0, shared), at(request))
    return response


def page_token() -> str:
    """A new key for a page that is sent once."""
    return secrets.token_hex(16)


def page_key(form: Form) -> str:
    """The page's own key, so that pressing twice opens one case."""
    once = str(form.cleaned_data.get("once") or "")
    return f"page-{once}" if once.isalnum() else f"page-{page_token()}"


def _page(request: HttpRequest, door: Door, form: ShortForm, wait: RetryAfter | None = None) -> HttpResponse:
    contact = [form[name] for name in form.CONTACT]
    place = [form[name] for name in ("where", "spot", "province", "city", "county") if name in form.fields]
    share = form["share"] if "share" in form.fields else None
    context = {"door": door, "form": form, "contact": contact, "place": place, "share": share}
    return show(request, "portal/short.html", context, wait=wait)
