"""Lists of cases, with the chosen case beside them, and the versions that keep them live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.queries.casefile import version_of
from nuanxin.cases.queries.items import Item, items_of
from nuanxin.cases.queries.queue import Cursor, Shelf, Window, counts, cursor_of, window
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.numbers import case_id_of
from nuanxin.desk.navigation import (
    DESK_ROLES,
    HINTS,
    LISTS,
    count,
    frame,
    home_of,
    list_url,
    may_list,
    navigation,
    tabs,
)  # fmt: skip
from nuanxin.desk.rows import queue_rows
from nuanxin.desk.views.case import aside
from nuanxin.ui.live import versions


@guarded(*DESK_ROLES, Role.ADMINISTRATOR, Role.PARTNER)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a person's day begins."""
    asked = cast(StaffRequest, request)
    first = home_of(asked.actor)
    if first is None and asked.actor.has(Role.PARTNER):
        return HttpResponseRedirect(reverse("desk:handed_in"))
    if first is None:
        return render(request, "desk/nothing.html", frame(asked, title=_("Nothing here for you")))
    if first is Shelf.OFFERS and not counts([first], by=asked.actor, at=asked.at)[first]:
        first = Shelf.OWN  # no offer waits: the day begins with one's own cases
    return _list(asked, first)


@guarded(*DESK_ROLES)
@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One list."""
    asked = cast(StaffRequest, request)
    return _list(asked, _shelf(asked, name))


def _shelf(request: StaffRequest, name: str) -> Shelf:
    if name not in {shelf.value for shelf in Shelf} or not may_list(request.actor, Shelf(name)):
        raise Http404
    return Shelf(name)


def _window(request: StaffRequest, shelf: Shelf) -> Window:
    after, before = cursor_of(request.GET.get("after", "")), cursor_of(request.GET.get("before", ""))
    return window(shelf, by=request.actor, at=request.at, after=after, before=before)


def _list(request: StaffRequest, shelf: Shelf) -> HttpResponse:
    wanted = request.headers.get("X-Part", "")
    if wanted == "tabs":
        return render(request, "desk/parts/tabs.html", {"tabs": tabs(shelf, count(request))})
    page, chosen = _window(request, shelf), case_id_of(request.GET.get("case", "")) or 0
    place = {key: request.GET[key] for key in ("after", "before") if key in request.GET}
    context = _rows(request, shelf, page, place, chosen)
    if wanted == "queue":
        return render(request, "desk/parts/queue.html", context)
    found = count(request)
    back = list_url(shelf) + (f"?{urlencode(place)}" if place else "")
    beside = aside(request, chosen, back=back) if chosen else {}
    live = urlencode({**place, "case": request.GET.get("case", "")})
    context |= frame(request, title=LISTS[shelf], current=shelf, found=found)
    context |= {
        "shell": "beside chosen" if beside else "",  # the case stands beside the list where there is room
        "hint": HINTS.get(shelf, ""),
        "tabs": tabs(shelf, found),
        "live_url": f"{reverse('desk:live', args=[shelf.value])}?{live}",
        "tabs_live_url": list_url(shelf),
        "queue_live_url": _part_url(request, shelf, place),
        "queue_version": queue_version(page.places, request.at),
        **beside,
    }
    return render(request, "desk/list.html", context)


def _rows(
    request: StaffRequest, shelf: Shelf, page: Window, place: dict[str, str], chosen: int
) -> dict[str, Any]:
    """The rows of a page and the ways to the next ones."""

    def url(item: Item) -> str:
        return f"{list_url(shelf)}?{urlencode({**place, 'case': item.number})}"

    items = items_of([one.id for one in page.places])
    since = _since(request)
    return {
        "rows": queue_rows(items, by=request.actor, at=request.at, url=url, chosen=chosen, fresh_since=since),
        "caption": LISTS[shelf],
        "empty": _("Nothing here. Good.") if shelf is Shelf.STRAY else "",
        "newer_url": _turn(shelf, "before", page, 0) if page.newer else "",
        "older_url": _turn(shelf, "after", page, -1) if page.older else "",
    }


def _turn(shelf: Shelf, key: str, page: Window, which: int) -> str:
    if not page.places:
        return list_url(shelf)
    return f"{list_url(shelf)}?{key}={page.places[which]}"


def _part_url(request: StaffRequest, shelf: Shelf, place: dict[str, str]) -> str:
    """Where the rows come from when they change: this page, and since when a row counts as new."""
    query = {**place, "since": str(int(request.at.timestamp()))}
    if case := request.GET.get("case", ""):
        query["case"] = case
    return f"{list_url(shelf)}?{urlencode(query)}"


def _since(request: StaffRequest) -> int:
    since = request.GET.get("since", "")
    return int(since) if since.isdecimal() and len(since) <= 12 else 0


def queue_version(places: Sequence[Cursor], at: datetime) -> int:
    """Changes when a row comes, goes or moves, when a date passes, and with the day (chips say how many are left)."""
    rows = ";".join(f"{place.id}.{place.version}.{place.late(at)}" for place in places)
    return crc32(f"{at.astimezone(SHANGHAI).date()};{rows}".encode())


@guarded(*DESK_ROLES)
@require_safe
def live(request: HttpRequest, name: str) -> HttpResponse:
    """The versions of a list's parts: asked each second, answered with 304 while nothing has moved."""
    asked = cast(StaffRequest, request)
    page = _window(asked, _shelf(asked, name))
    found = count(asked)
    parts: dict[str, int | str] = {
        "queue": queue_version(page.places, asked.at),
        "nav": found.version,
        "tabs": found.version,
    }
    if (case_id := case_id_of(request.GET.get("case", ""))) is not None:
        parts["case"] = version_of(case_id)
    return versions(request, parts)


@guarded(*DESK_ROLES)
@require_safe
def nav(request: HttpRequest) -> HttpResponse:
    """The navigation alone, when a count has changed."""
    asked = cast(StaffRequest, request)
    current = request.GET.get("current", "")
    known = Shelf(current) if current in {shelf.value for shelf in Shelf} else current
    found = count(asked)
    return render(request, "ui/parts/nav.html", {"nav": navigation(asked.actor, found, known)})
