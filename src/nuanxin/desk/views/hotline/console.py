"""The operator's page: where I stand, the call in hand with its record and what is at hand for it, and who waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.faults import Refused
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.pressing import press
from nuanxin.desk.views.hotline.parts import ANSWERS, PARTS, Now, drafts, now, refused_now, versions_of
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.hotline import actions
from nuanxin.hotline.actions.operators import CHOSEN
from nuanxin.hotline.actions.records import Typed
from nuanxin.hotline.models import OperatorState
from nuanxin.hotline.queries.telephones import in_browser
from nuanxin.ui.live import versions

# Milliseconds between two looks of an open page: what happens to a call stands there within a second, the look at the
# part that changed and the way through the gateway included.
EVERY = 800


@guarded(*ANSWERS, Role.SUPERVISOR, scope="office")
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """The page, or one of its live parts alone."""
    asked = cast(StaffRequest, request)
    part = PARTS.get(request.headers.get("X-Part", ""))
    if part is None:
        return _page(now(asked))
    template, shown = part
    found = now(asked)
    return render(request, template, {**shown(found), "part_query": _query(found)})


@guarded(*ANSWERS, Role.SUPERVISOR, scope="office")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The versions of the page's parts."""
    asked = cast(StaffRequest, request)
    return versions(request, {**versions_of(now(asked)), "nav": count(asked).version})


@guarded(*ANSWERS, scope="self")
@require_POST
def stand(request: HttpRequest) -> HttpResponse:
    """Ready, on a break, or off."""
    asked = cast(StaffRequest, request)
    chosen = request.POST.get("state", "")
    if chosen not in CHOSEN:
        raise Http404
    return _do(
        asked,
        lambda: actions.set_state(state=OperatorState.State(chosen), by=asked.actor, at=asked.at),
    )


@guarded(*ANSWERS, scope="office")
@require_POST
def take(request: HttpRequest, call_id: int) -> HttpResponse:
    """Answer a call that waits."""
    asked = cast(StaffRequest, request)
    return _do(asked, lambda: actions.take(call_id=call_id, by=asked.actor, at=asked.at))


def refused_page(
    asked: StaffRequest, refused: Refused, *, call_id: int, typed: Typed, code: str = ""
) -> HttpResponse:
    """The page again with what was typed in the record and why it was not taken."""
    found = refused_now(asked, refused, call_id, typed, code)
    return _page(found, refused.sentence(get_language() or ""), status=409)


def _do(asked: StaffRequest, act: Callable[[], object]) -> HttpResponse:
    return press(act, refused=lambda why: _page(now(asked), why, status=409), to=reverse("desk:hotline"))


def _query(found: Now) -> str:
    return f"?record={found.call.pk}" if found.left_open and found.call is not None else ""


def _page(found: Now, refusal: str = "", *, status: int = 200) -> HttpResponse:
    asked, query = found.asked, _query(found)
    live_url = f"{reverse('desk:hotline_live')}{query}"
    context = frame(asked, title=_("Hotline desk"), current="hotline", live_url=live_url)
    for _template, shown in PARTS.values():
        context |= shown(found)
    context |= {
        "refusal": refusal, "live_every": EVERY, "versions": versions_of(found), "tabs": tabs(asked.actor, "hotline"),
        "part_url": f"{reverse('desk:hotline')}{query}", "drafts": drafts(found), "part_query": query,
        "telephone": found.seat is not None and in_browser(found.seat),
    }  # fmt: skip
    return render(asked, "desk/hotline.html", context, status=status)
