"""A station's desks with what their callers are promised, and its shifts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.desk.duty.month import clock, hours_of
from nuanxin.desk.forms.hotline_stations import EndForm, PromiseForm, ShiftForm, month_name
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.duty import today_of
from nuanxin.desk.views.hotline.roster import PLANNERS
from nuanxin.desk.views.hotline.stations import edit, station_asked
from nuanxin.desk.wording.hotline_register import desk_name
from nuanxin.hotline.actions import stations
from nuanxin.hotline.models import ShiftTemplate, Station, StationDesk
from nuanxin.hotline.queries.rosters import month_start
from nuanxin.hotline.queries.stations import Course, desks_of, desks_to_staff, first_open_month
from nuanxin.hotline.rules.rosters.promises import PROMISES

Acts = dict[str, Callable[[Mapping[str, Any]], object]]


@guarded(*PLANNERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def desk_form(request: HttpRequest, station_id: int, desk_id: int = 0) -> HttpResponse:
    """What a desk's callers are promised from a month on, or another desk to staff; one that is staffed can be let go."""
    asked = cast(StaffRequest, request)
    station, today = station_asked(asked, station_id), today_of(asked)
    who: dict[str, Any] = {"station": station, "by": asked.actor, "at": asked.at}
    course = _course(station, desk_id, asked) if desk_id else None
    free = [] if course else desks_to_staff(asked.actor, month_start(today))
    do = request.POST.get("do", "save")
    since = {"since": first_open_month(station, today).isoformat()}
    form = PromiseForm(
        (request.POST or None) if do == "save" else None, row=course.shown if course else None, today=today,
        desks=free, initial=since,
    )  # fmt: skip
    end = EndForm((request.POST or None) if do == "end" else None, today=today, initial=since)

    def save(told: Mapping[str, Any]) -> None:
        desk = course.shown.desk if course else next(one for one in free if one.pk == told["desk"])
        given = {name: told[name] for name in ("lawyer", "since", *PROMISES)}
        stations.staff_desk(desk=desk, **given, **who)

    acts: Acts = {"save": save}
    if course is not None:
        acts["end"] = lambda told: stations.unstaff_desk(desk_id=desk_id, since=told["since"], **who)
    on = course is not None and course.on(station)
    return edit(
        asked, acts, do, end if do == "end" else form, shown=form, title=_title(course), station=station,
        to=lambda: reverse("desk:hotline_station", args=[station.pk]) + "?done", whole="desk", note=_open_hours(course),
        none="" if course or free else _("Every open desk of your region is staffed already. The administrator opens desks in the register."),
        history=_history(course) if course else [],
        end={"words": _("Staff it no more"), "note": _("Months that are published keep it.")} if on else None,
        end_form=end, wide=["desk", "since", "lawyer"],
    )  # fmt: skip


def _open_hours(course: Course[StationDesk] | None) -> str:
    if course is None:
        return ""
    hours = course.shown.desk.hours
    return _("Open %(hours)s. The administrator sets a desk's hours in the register.") % {
        "hours": hours or _("round the clock")
    }


def _title(course: Course[StationDesk] | None) -> str:
    return desk_name(course.shown.desk) if course else _("Staff another desk")


def _course(station: Station, desk_id: int, asked: StaffRequest) -> Course[StationDesk]:
    month = month_start(today_of(asked))
    for one in desks_of(station, month):
        if one.shown.desk_id == desk_id and asked.actor.in_scope(one.shown.desk.region):
            return one
    raise Http404


def _history(course: Course[StationDesk]) -> list[dict[str, Any]]:
    rows = StationDesk.objects.filter(desk=course.shown.desk_id).order_by("-since")
    return [
        {
            "since": month_name(row.since), "now": row == course.now, "ended": not row.active,
            "words": _("%(people)s at least, %(share)s %% within %(seconds)s s") % {
                "people": row.at_least, "share": row.in_time, "seconds": row.seconds,
            } + (said("，有律师", ", a lawyer") if row.lawyer else ""),
        }
        for row in rows
    ]  # fmt: skip


@guarded(*PLANNERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def shift_form(request: HttpRequest, station_id: int) -> HttpResponse:
    """A new shift, perhaps like one that there is."""
    asked = cast(StaffRequest, request)
    station = station_asked(asked, station_id)
    like = request.GET.get("like", "")
    pattern = _shift(station, int(like)) if like.isascii() and like.isdigit() and len(like) < 19 else None
    form = ShiftForm(request.POST or None, initial=_times(pattern) if pattern else {})

    def save(told: Mapping[str, Any]) -> None:
        given = {name: told[name] for name in ("code", "name_zh", "name_en", "spans")}
        stations.add_shift(station=station, **given, by=asked.actor, at=asked.at)

    return edit(
        asked, {"save": save}, request.POST.get("do", "save"), form, shown=form, title=_("New shift"), station=station,
        to=lambda: reverse("desk:hotline_station", args=[station.pk]) + "?done", whole="shift",
        wide=["name_zh", "name_en", "code"],
    )  # fmt: skip


def _times(row: ShiftTemplate) -> dict[str, str]:
    names = (("first_start", "first_end"), ("second_start", "second_end"))
    found = {"name_zh": row.name_zh, "name_en": row.name_en}
    for (start, end), span in zip(names, row.spans, strict=False):
        found |= {start: clock(span[0]), end: clock(span[1])}
    return found


@guarded(*PLANNERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def shift_page(request: HttpRequest, station_id: int, shift_id: int) -> HttpResponse:
    """One shift: its hours, which never change, from when it is not used, or taking it up again."""
    asked = cast(StaffRequest, request)
    station, today = station_asked(asked, station_id), today_of(asked)
    row = _shift(station, shift_id)
    do = request.POST.get("do", "end")
    initial = {"since": first_open_month(station, today).isoformat()}
    form = EndForm((request.POST or None) if do == "end" else None, today=today, initial=initial)
    who: dict[str, Any] = {"shift": row, "by": asked.actor, "at": asked.at}
    acts: Acts = {"end": lambda told: stations.end_shift(since=told["since"], **who)}
    if row.until is not None:
        acts["restore"] = lambda _told: stations.restore_shift(**who)
    name = f"{row.code} {said(row.name_zh, row.name_en or row.name_zh)}"
    note = _("A shift never changes, so that duties stay what they were. Add one like it, then end this one.")
    return edit(
        asked, acts, do, form if do == "end" else EndForm({"since": month_start(today).isoformat()}, today=today),
        shown=form, title=name, station=station, whole="shift_kept", hours=hours_of(row.spans), note=note,
        to=lambda: reverse("desk:hotline_station", args=[station.pk]) + "?done",
        like=reverse("desk:hotline_new_shift", args=[station.pk]) + f"?like={row.pk}",
        until=month_name(row.until) if row.until else "",
        restore=_("Use it again") if row.until else "",
        end={"words": _("End this shift"), "note": _("Duties that have it keep it.")} if not row.until else None,
        end_form=form,
    )  # fmt: skip


def _shift(station: Station, shift_id: int) -> ShiftTemplate:
    row = ShiftTemplate.objects.filter(station=station, pk=shift_id).select_related("station").first()
    if row is None:
        raise Http404
    return row
