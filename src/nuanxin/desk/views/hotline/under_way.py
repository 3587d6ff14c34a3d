"""For supervisors: the talks that go on now, and listening in to one in the open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.pressing import press
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline_quality import RESULTS
from nuanxin.hotline.actions import listening
from nuanxin.hotline.models import Call
from nuanxin.hotline.queries.voice import Beside, beside, has_voice, under_way
from nuanxin.ui.live import versions
from nuanxin.ui.parts import Text

PART = "desk/hotline/under_way_rows.html"


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk as the page shows it. ``listening``: how this person's own wish to listen stands, None without one."""

    id: int
    minutes: int
    desk: str
    who: str
    others: int
    listening: Text | None
    may: bool
    why_not: Text


@guarded(Role.SUPERVISOR, scope="office")
@require_safe
def talks(request: HttpRequest) -> HttpResponse:
    """The page, or its live part alone."""
    asked = cast(StaffRequest, request)
    calls = under_way(asked.actor)
    if request.headers.get("X-Part") == "talks":
        return render(asked, PART, _context(asked, calls))
    return _page(asked, calls)


@guarded(Role.SUPERVISOR, scope="office")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The versions of the page's parts."""
    asked = cast(StaffRequest, request)
    calls = under_way(asked.actor)
    mark = _mark(asked, calls, beside([call.pk for call in calls]))
    return versions(request, {"talks": mark, "nav": count(asked).version})


@guarded(Role.SUPERVISOR, scope="office")
@require_POST
def listen(request: HttpRequest, call_id: int) -> HttpResponse:
    """Ask the voice to let this person hear a call."""
    asked = cast(StaffRequest, request)
    extension = request.POST.get("extension", "")[:20]
    return _do(
        asked,
        call_id,
        lambda: listening.listen(call_id=call_id, extension=extension, by=asked.actor, at=asked.at),
    )


@guarded(Role.SUPERVISOR, scope="office")
@require_POST
def stop(request: HttpRequest, call_id: int) -> HttpResponse:
    """Hear it no more."""
    asked = cast(StaffRequest, request)
    return _do(asked, call_id, lambda: listening.stop(call_id=call_id, by=asked.actor, at=asked.at))


def _do(asked: StaffRequest, call_id: int, act: Callable[[], object]) -> HttpResponse:
    again = lambda why: _page(asked, under_way(asked.actor), refusal=why, status=409)  # noqa: E731
    return press(act, refused=again, to=reverse("desk:hotline_under_way"))


def _page(asked: StaffRequest, calls: list[Call], *, refusal: str = "", status: int = 200) -> HttpResponse:
    found = _context(asked, calls)
    live_url = reverse("desk:hotline_under_way_live")
    context = frame(asked, title=_("Calls under way"), current="hotline", live_url=live_url) | found
    context |= {"tabs": tabs(asked.actor, "hotline_under_way"), "refusal": refusal}
    return render(asked, "desk/hotline/under_way.html", context, status=status)


def _context(asked: StaffRequest, calls: list[Call]) -> dict[str, Any]:
    around = beside([call.pk for call in calls])
    names = names_of({call.operator for call in calls}) if calls else {}
    return {
        "talks": [_talk(asked, call, around[call.pk], names) for call in calls],
        "version": _mark(asked, calls, around),
    }


def _talk(asked: StaffRequest, call: Call, one: Beside, names: dict[int, str]) -> Talk:
    mine = one.listeners.get(asked.actor.id)
    since = call.answered_at or call.arrived_at
    why_not = ""
    if not has_voice(call):
        why_not = _("at the telephone")
    elif call.recording != "agreed":
        why_not = _("no consent")
    return Talk(
        call.pk, max(int((asked.at - since).total_seconds()) // 60, 0),
        said(call.desk.name_zh, call.desk.name_en or call.desk.name_zh) if call.desk else "",
        names.get(call.operator, ""), len(one.listeners) - (mine is not None),
        None if mine is None else RESULTS[mine], not why_not and call.operator != asked.actor.id, why_not,
    )  # fmt: skip


def _mark(asked: StaffRequest, calls: list[Call], around: dict[int, Beside]) -> str:
    seen = [(call.pk, call.version, around[call.pk].version) for call in calls]
    return str(crc32(repr((seen, f"{asked.at:%H%M}")).encode()))
