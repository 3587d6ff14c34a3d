"""Service points for those who keep them: the list, one point, double entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import Role
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.forms.points import ExceptionForm, FilterForm, PointForm, initial_of
from nuanxin.desk.navigation import frame
from nuanxin.desk.speech import english, said
from nuanxin.network import wording
from nuanxin.network.actions import (
    alter_point,
    end_point,
    merge_point,
    open_point,
    set_exception,
    verify_point,
)
from nuanxin.network.models import ServicePoint
from nuanxin.network.permissions import may_keep_points
from nuanxin.network.point_files.export import place_text
from nuanxin.network.point_lists import Range, Wanted, duplicates, listed
from nuanxin.network.queries import UnknownPlace, region_name
from nuanxin.ui.addresses import MOST
from nuanxin.ui.parts import Chip, Text

KEEPERS = (Role.CLERK, Role.DECIDER, Role.ADMINISTRATOR)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A point as a list shows it."""

    id: int
    url: str
    name: str
    foreign: bool  # the name is in Chinese on an English page
    kind: Text
    place: str
    phone: str
    checked: Chip
    invented: bool


@guarded(*KEEPERS, scope="reference")
@require_safe
def points_page(request: HttpRequest) -> HttpResponse:
    """The points of the region, with a search and filters."""
    asked = cast(StaffRequest, request)
    today = _today(asked)
    form = FilterForm(request.GET or None)
    valid = not form.is_bound or form.is_valid()
    wanted = _wanted(form) if form.is_bound and valid else Wanted()
    after = request.GET.get("after", "")
    start = min(int(after), MOST) if after.isascii() and after.isdigit() and len(after) < 20 else 0
    found = listed(wanted, by=asked.actor, today=today, after=start, limit=PAGE + 1) if valid else []
    query = {name: value for name, value in request.GET.items() if name != "after" and value}
    context = frame(asked, title=_("Service points"), current="points") | {
        "form": form,
        "rows": [row_of(point, today) for point in found[:PAGE]],
        "older_url": f"?{urlencode({**query, 'after': found[PAGE - 1].pk})}" if len(found) > PAGE else "",
        "newer_url": f"?{urlencode(query)}" if start else "",
    }
    return render(request, "desk/points/list.html", context, status=200 if valid else 422)


@guarded(*KEEPERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def new_point(request: HttpRequest) -> HttpResponse:
    """Put a point on file."""
    asked = cast(StaffRequest, request)
    form = PointForm(request.POST or None, initial={"languages": ["zh"], "kind": "workstation"})
    if request.method == "POST" and form.is_valid():
        try:
            point = open_point(by=asked.actor, at=asked.at, **form.values())
            return HttpResponseRedirect(reverse("desk:point", args=[point.pk]))
        except ValidationError as fault:
            form.refused(fault)
        except PermissionDenied:
            form.add_error("place", _("This region is outside your own."))
    context = frame(asked, title=_("New service point"), current="points") | {"form": form, "point": None}
    return render(request, "desk/points/edit.html", context, status=422 if form.is_bound else 200)


@guarded(*KEEPERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def point_page(request: HttpRequest, point_id: int) -> HttpResponse:
    """One point: change it, say that it was checked, end it, give a day other hours."""
    asked = cast(StaffRequest, request)
    point = _point(asked, point_id)
    form, other = PointForm(initial=initial_of(point)), ExceptionForm()
    if request.method == "POST":
        do = request.POST.get("do", "")
        form = PointForm(request.POST) if do == "save" else form
        other = ExceptionForm(request.POST) if do == "exception" else other
        left = _carry_out(asked, point, do, form, other)
        if left is None:
            return HttpResponseRedirect(reverse("desk:point", args=[point.pk]) + "?done")
        form = left
    today = _today(asked)
    merged = point.merged_into
    context = frame(asked, title=_("Service point"), current="points") | {
        "form": form,
        "other": other,
        "point": point,
        "row": row_of(point, today),
        "exceptions": list(point.exceptions.filter(day__gte=today)[:60]),
        "merged": row_of(merged, today) if merged is not None else None,
        "done": "done" in request.GET and request.method != "POST",
    }
    wrong = form.is_bound or other.is_bound
    return render(request, "desk/points/edit.html", context, status=422 if wrong else 200)


def _carry_out(
    asked: StaffRequest, point: ServicePoint, do: str, form: PointForm, other: ExceptionForm
) -> PointForm | None:
    """Carry out what a button asks for. None when it is done, else the form to be shown, where faults stand at it."""
    who = {"by": asked.actor, "at": asked.at}
    try:
        if do == "save":
            if not form.is_valid():
                return form
            alter_point(point.pk, seen=form.cleaned_data["seen"], **form.values(), **who)  # type: ignore[arg-type]
        elif do == "exception":
            if not other.is_valid():
                return form
            told = other.cleaned_data
            set_exception(
                point.pk,
                day=told["day"],
                hours=told["day_hours"],
                note=told["note"],
                by=asked.actor,
                at=asked.at,
            )
        elif do == "verify":
            verify_point(point.pk, on=_today(asked), by=asked.actor, at=asked.at)
        elif do in ("end", "reopen"):
            end_point(point.pk, reopen=do == "reopen", by=asked.actor, at=asked.at)
        elif do == "clear":
            set_exception(
                point.pk, day=_day(asked.POST.get("day", "")), hours=None, by=asked.actor, at=asked.at
            )
        else:
            raise Http404
    except ValidationError as fault:
        if do == "exception":
            for field, sentences in fault.message_dict.items():
                other.add_error("day" if field == "day" else "day_hours", sentences)
        else:
            if (
                not form.is_bound
            ):  # the row on file no longer passes its own checks: that is to be mended first
                form = PointForm(initial_of(point))
            form.refused(fault)
        return form
    except PermissionDenied:
        form.add_error("place", _("This region is outside your own."))
        return form
    return None


@guarded(*KEEPERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def duplicates_page(request: HttpRequest) -> HttpResponse:
    """Points that may be on file twice; one of two is ended in favour of the other."""
    asked = cast(StaffRequest, request)
    fault = ""
    if request.method == "POST":
        kept, ended = _number(request.POST.get("keep", "")), _number(request.POST.get("end", ""))
        try:
            merge_point(_point(asked, ended).pk, into=_point(asked, kept).pk, by=asked.actor, at=asked.at)
            return HttpResponseRedirect(request.get_full_path())
        except ValidationError as wrong:
            fault = " ".join(wrong.messages)
    form = FilterForm(request.GET or None)
    within = _wanted(form).within if form.is_bound and form.is_valid() else None
    found, cut = duplicates(by=asked.actor, within=within)
    points = ServicePoint.objects.in_bulk([number for pair in found for number in (pair.one, pair.other)])
    today = _today(asked)
    shown = [
        {
            "score": pair.score,
            "reasons": [said(reason.zh, reason.en) for reason in pair.reasons],
            "rows": (row_of(points[pair.one], today), row_of(points[pair.other], today)),
        }
        for pair in found
        if pair.one in points and pair.other in points
    ]
    context = frame(asked, title=_("Double entries"), current="points")
    context |= {"form": form, "pairs": shown, "cut": cut, "fault": fault}
    return render(request, "desk/points/duplicates.html", context, status=422 if fault else 200)


def row_of(point: ServicePoint, today: date) -> Row:
    """A point as a list shows it."""
    try:
        place = region_name(point.place, "en" if english() else "zh", full=False)
    except UnknownPlace:
        place = place_text(point.place)
    name, foreign = wording.name(point)
    return Row(
        point.pk, reverse("desk:point", args=[point.pk]), name, foreign, wording.kind(point.kind), place,
        point.phone, wording.checked(point.verified_on, today), point.invented,
    )  # fmt: skip


def within_of(code: int) -> Range | None:
    """The range of a stored code; None for none."""
    return region_range(code) if code else None


def _wanted(form: FilterForm) -> Wanted:
    told = form.cleaned_data
    return Wanted(told["text"], within_of(told["region"]), told["kind"], told["state"])


def _point(asked: StaffRequest, point_id: int) -> ServicePoint:
    """A point within the actor's reach; any other is not found."""
    point = ServicePoint.objects.select_related("merged_into").filter(pk=point_id).first()
    if point is None or not may_keep_points(asked.actor, point.place):
        raise Http404
    return point


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _today(asked: StaffRequest) -> date:
    return asked.at.astimezone(SHANGHAI).date()
