"""From a page of advice to the application with one press: the draft begins with everything that was told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nuanxin.portal.actions import drafts
from nuanxin.portal.actions.drafts import AlreadySent
from nuanxin.portal.advice import cookie, facts
from nuanxin.portal.forms.begin import BeginForm
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.pages import at, public, started_too_often, today
from nuanxin.portal.rules import route
from nuanxin.portal.rules.advice import handover, owed
from nuanxin.portal.views.drafting import draft_of, remember, to_case
from nuanxin.ui.errors import too_many


@public("anybody may apply for legal aid")
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest) -> HttpResponseBase:
    """Put what was told into this phone's open draft, or into a new one, and go to what is still open."""
    told = cookie.opened(request.POST.get("told", ""), at(request))
    if not told:
        return redirect("portal:apply")
    given = handover.filled(told, body=owed.ask(told, today(request)).body, story=facts.story(told))
    draft = draft_of(request)
    if draft is not None and not draft.case_id:
        try:
            return _to_next(drafts.take_over(draft_id=draft.pk, given=given, at=at(request)))
        except AlreadySent as sent:
            draft.case_id = sent.case_id
            return to_case(request, draft)
        except PortalDraft.DoesNotExist:
            pass  # wiped in this moment: begin anew
    wait = started_too_often(request)
    if wait is not None:
        return too_many(request, wait.seconds)
    form = BeginForm(request.POST)
    shared = form.is_valid() and bool(form.cleaned_data["shared"])
    return _to_next(drafts.start(shared_phone=shared, at=at(request), said=given))


def _to_next(draft: PortalDraft) -> HttpResponseBase:
    key = route.first_open(draft.said)
    address = reverse("portal:check") if key == route.CHECK else reverse("portal:question", args=[key])
    response = redirect(address)
    remember(response, draft)
    return response
