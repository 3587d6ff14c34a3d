"""What the asker of a question may do besides the moves of its case: let others read it, or make it an application."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from nuanxin.cases.models import Worker
from nuanxin.cases.queries.follow import FollowView
from nuanxin.cases.rules.intake import MOST_STORY
from nuanxin.cases.rules.states import Kind
from nuanxin.hotline.actions.questions import note_share
from nuanxin.hotline.queries.questions import said_in
from nuanxin.portal.access import Access
from nuanxin.portal.actions import drafts
from nuanxin.portal.pages import at, public, started_too_often
from nuanxin.portal.rules import route
from nuanxin.portal.views.drafting import remember
from nuanxin.portal.views.opened import actor_of, with_case
from nuanxin.ui.errors import too_many


@public("whoever has shown the code, by the signed cookie")
@require_POST
@with_case
def share(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """Agree that others read it, or take that back: then what is out is gone at once."""
    if view.kind is Kind.QUESTION and not view.seq:
        agreed = request.POST.get("share") == "yes"
        note_share(case_id=view.case_id, share=agreed, by=actor_of(opened), at=at(request))
    return redirect("portal:case")


@public("whoever has shown the code, by the signed cookie")
@require_POST
@with_case
def apply(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """Begin an application with all that was said in the question; every answer may still be changed."""
    if view.kind is not Kind.QUESTION or view.seq:
        return redirect("portal:apply")
    wait = started_too_often(request)
    if wait is not None:
        return too_many(request, wait.seconds)
    draft = drafts.start(shared_phone=opened.shared, at=at(request), said=_said(view))
    response = redirect("portal:question", route.FIRST)
    remember(response, draft)
    return response


def _said(view: FollowView) -> dict[str, dict[str, Any]]:
    said: dict[str, dict[str, Any]] = {route.TOLD: {"story": said_in(view.case_id).question[:MOST_STORY]}}
    who = Worker.objects.filter(case=view.case_id, seq=1, erased_at=None).first()
    if who is not None:
        said["you"] = {"name": who.name, "phone": who.phone}
    return said
