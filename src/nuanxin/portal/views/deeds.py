"""One step of the worker's own: a page that explains, one press, one move of the case."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nuanxin.audit.models import Event
from nuanxin.cases.actions.denial import deny
from nuanxin.cases.actions.money import Sum, record
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.faults import Refused, Stale
from nuanxin.cases.queries.follow import FollowView, follow_view
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.documents.queries import arrived_since_asked
from nuanxin.hotline.actions import questions
from nuanxin.portal.access import Access
from nuanxin.portal.deeds import DEEDS, Deed, open_deeds
from nuanxin.portal.forms.deeds import DeedForm
from nuanxin.portal.pages import at, language, public, show
from nuanxin.portal.views.opened import actor_of, with_case

JUST_NOW = timedelta(minutes=1)
PLAIN = frozenset(
    {"csrfmiddlewaretoken", "plain", "go", "version"}
)  # what a form holds in which nothing is said


@public("whoever has shown the code, by the signed cookie")
@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def deed(request: HttpRequest, opened: Access, view: FollowView, action: str) -> HttpResponseBase:
    """Explain, ask once more, do it."""
    found = DEEDS.get(action)
    if found is None:
        raise Http404
    if found not in open_deeds(view):
        if request.method == "POST" and _pressed_twice(request, opened, action):
            return redirect("portal:done", action)
        return _page(request, view, found, found.form(view=view), closed=True)
    if request.method != "POST":
        return _page(request, view, found, found.form(view=view))
    form = found.form(request.POST, view=view)
    if not form.is_valid():
        return _page(request, view, found, form)
    try:
        take(opened, view, found, form, at(request))
    except Stale as stale:
        if _pressed_twice(request, opened, action):
            return redirect("portal:done", action)
        fresh = follow_view(view.case_id, view.seq) or view
        form.add_error(None, stale.sentence(language()))
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(fresh.version)  # type: ignore[index]
        return _page(request, fresh, found, form, closed=found not in open_deeds(fresh))
    except Refused as refused:
        form.add_error(None, refused.sentence(language()))
        return _page(request, view, found, form)
    return redirect("portal:done", action)


def _pressed_twice(request: HttpRequest, opened: Access, action: str) -> bool:
    """Whether this person has done this very thing a moment ago: a press repeated ends like the first. Not where
    something was said besides, which would be lost in silence."""
    if request.POST.keys() - PLAIN:
        return False
    last = Event.objects.filter(stream=opened.case_id).order_by("-seq").first()
    if last is None or last.kind != f"case.{action}" or last.actor_kind != "worker":
        return False
    return at(request) - last.recorded_at < JUST_NOW


def take(opened: Access, view: FollowView, deed: Deed, form: DeedForm, moment: datetime) -> None:
    """Make the move. Raises Refused with what to do."""
    by = actor_of(opened)
    if deed.action == "confirm_payment":
        fen = int(form.cleaned_data["amount"] * 100)
        entry = Sum(MoneyStep.CONFIRMED, {view.own_seq: fen}, Way.LINK, moment.astimezone(SHANGHAI).date())
        record(case_id=view.case_id, by=by, at=moment, entry=entry, version=form.shown_version())
        return
    values = form.values()
    if deed.action == "deny_payment":
        said = str(values.get("text") or "")
        deny(
            case_id=view.case_id, by=by, at=moment, seq=view.own_seq, text=said, version=form.shown_version()
        )
        return
    if deed.action == "supply":
        values["papers"] = arrived_since_asked(view.case_id)
    if view.seq and "text" in values:  # staff must see which of the group says so
        values["text"] = f"第 {view.seq} 号：{values['text']}"
    if deed.action == "ask_again":
        questions.ask_again(
            case_id=view.case_id, text=values["text"], by=by, at=moment, version=form.shown_version()
        )
        return
    if deed.action in {"close_question", "not_helped"}:
        helped = deed.action == "close_question"
        questions.said_helped(
            case_id=view.case_id, helped=helped, by=by, at=moment, version=form.shown_version()
        )
        return
    perform(deed.action, case_id=view.case_id, by=by, at=moment, version=form.shown_version(), form=values)


def _page(
    request: HttpRequest, view: FollowView, deed: Deed, form: DeedForm, *, closed: bool = False
) -> HttpResponseBase:
    context = {"view": view, "deed": deed, "form": form, "closed": closed, "lang": language()}
    return show(request, "portal/deed.html", context)


@public("whoever has shown the code, by the signed cookie")
@require_http_methods(["GET", "HEAD"])
@with_case
def done(request: HttpRequest, opened: Access, view: FollowView, action: str) -> HttpResponseBase:
    """What was done, and what happens now."""
    found = DEEDS.get(action)
    if found is None:
        raise Http404
    return show(request, "portal/done.html", {"view": view, "deed": found, "lang": language()})
