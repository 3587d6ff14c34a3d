"""The case: as a panel beside a list, on a page of its own, its roster, and whole numbers for this once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.queries.casefile import case_file, one_case, roster, version_of
from nuanxin.cases.rules.numbers import case_id_of
from nuanxin.desk.actions import UNMASKABLE, record_unmasking
from nuanxin.desk.navigation import DESK_ROLES, frame
from nuanxin.desk.papers import may_hand_in, papers_of
from nuanxin.desk.people import may_correct, secrets_of, shows
from nuanxin.desk.sheet import Sheet, roster_row, sheet_of
from nuanxin.network.queries import six_digits
from nuanxin.notices.queries import undelivered
from nuanxin.ui.live import versions

ROSTER_PAGE = 100


def open_case(request: StaffRequest, number: str) -> Case:
    """The case behind a number. Raises Http404 where there is none or it is out of this person's reach."""
    case_id = case_id_of(number)
    case = one_case(case_id, by=request.actor) if case_id is not None else None
    if case is None or case.number != number:
        raise Http404
    return case


def panel(
    request: StaffRequest, case: Case, *, back: str, whole: tuple[int, str] | None = None
) -> dict[str, Any]:
    """The context of the case's boxes. ``back``: where a move leads when it is done."""
    file = case_file(case, by=request.actor)
    papers = papers_of(case, file.names)
    sheet = sheet_of(file, by=request.actor, at=request.at, papers=len(papers), whole=whole)
    return {
        "now": request.at,
        "sheet": sheet,
        "papers": papers,
        "may_hand_in": may_hand_in(case, request.actor),
        "undelivered": undelivered([case.pk]),
        "back": back,
        "case_version": version_of(case.pk),
        "case_live_url": f"{reverse('desk:case_part', args=[case.number])}?back={back}",
    }


def aside(request: StaffRequest, case_id: int, *, back: str) -> dict[str, Any]:
    """The chosen case beside a list; nothing where it may not be opened."""
    case = one_case(case_id, by=request.actor)
    return {} if case is None else {**panel(request, case, back=back), "list_url": back}


def safe_back(request: HttpRequest, fallback: str) -> str:
    """Where to go after a move: an address of the desk, never of another site."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    inside = back.startswith("/desk/") and "\\" not in back and "//" not in back
    return back if inside and back.isprintable() else fallback


@guarded(*DESK_ROLES)
@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The whole file of one case."""
    asked = cast(StaffRequest, request)
    return _page(asked, open_case(asked, number))


def _page(request: StaffRequest, case: Case, whole: tuple[int, str] | None = None) -> HttpResponse:
    own = reverse("desk:case", args=[case.number])
    context = panel(request, case, back=own, whole=whole)
    sheet = cast(Sheet, context["sheet"])
    context |= frame(request, title=sheet.title)
    context["live_url"] = reverse("desk:case_live", args=[case.number])
    if case.place_now:
        context["near_url"] = reverse("desk:nearest", args=[six_digits(case.place_now)])
    return render(request, "desk/case/page.html", context)


@guarded(*DESK_ROLES)
@require_safe
def part(request: HttpRequest, number: str) -> HttpResponse:
    """The boxes of a case alone, when something was written on it. ``X-Part: details`` for the long part."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    context = panel(asked, case, back=safe_back(request, reverse("desk:case", args=[number])))
    details = request.headers.get("X-Part") == "details"
    return render(request, "desk/case/details.html" if details else "desk/case/panel.html", context)


@guarded(*DESK_ROLES)
@require_safe
def live(request: HttpRequest, number: str) -> HttpResponse:
    """The version of a case, asked each second by its page."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    version = version_of(case.pk)
    return versions(request, {"case": version, "details": version})


@guarded(*DESK_ROLES)
@require_safe
def workers(request: HttpRequest, number: str) -> HttpResponse:
    """The roster, a hundred workers a page."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    typed = request.GET.get("after", "")
    after = int(typed) if typed.isdecimal() and len(typed) < 8 else 0
    lines = roster(case.pk, after=after, size=ROSTER_PAGE + 1)
    context = _roster_context(asked, case) | {
        "rows": [roster_row(line, allowed=shows(case, asked.actor)) for line in lines[:ROSTER_PAGE]],
        "older_url": f"?after={lines[ROSTER_PAGE - 1].seq}" if len(lines) > ROSTER_PAGE else "",
    }
    return render(request, "desk/case/roster.html", context)


def _roster_context(request: StaffRequest, case: Case) -> dict[str, Any]:
    back = reverse("desk:case", args=[case.number])
    return frame(request, title=_("Roster")) | {
        "case": case,
        "sheet": {"case": case},
        "back": back,
        "may_correct": may_correct(case, request.actor),
    }


@guarded(*DESK_ROLES)
@require_POST
def unmask(request: HttpRequest, number: str) -> HttpResponse:
    """Show one number of one worker, this once, and record who saw it."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    what, typed = request.POST.get("what", ""), request.POST.get("seq", "")
    if what not in UNMASKABLE or not typed.isdecimal() or not shows(case, asked.actor):
        raise Http404
    worker = Worker.objects.filter(case=case.pk, seq=int(typed[:7])).first()
    if worker is None or not getattr(worker, what):
        raise Http404
    record_unmasking(
        case_id=case.pk, worker_id=worker.pk, what=what, province=case.province, by=asked.actor, at=asked.at
    )
    if request.headers.get("X-Part") == "secret":
        whole = next(s for s in secrets_of(worker, True, (worker.seq, what)) if s.what == what)
        answer = render(request, "desk/parts/secret.html", {"secret": whole, "sheet": {"case": case}})
        answer["X-Version"] = str(
            version_of(case.pk)
        )  # what was written for this look is no news to this page
        return answer
    if worker.seq == 1:
        return _page(asked, case, (worker.seq, what))
    lines = roster(case.pk, after=worker.seq - 1, size=1)
    whole = next(s for s in secrets_of(worker, True, (worker.seq, what)) if s.what == what)
    rows = [replace(roster_row(line), secret=whole) for line in lines]
    return render(request, "desk/case/roster.html", _roster_context(asked, case) | {"rows": rows})
