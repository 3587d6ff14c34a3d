"""Stations for who plans: all of a region, and one with its desks, shifts and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.desk.duty.month import clock, hours_of
from nuanxin.desk.forms.hotline_register import RegisterForm
from nuanxin.desk.forms.hotline_stations import StationForm, month_name
from nuanxin.desk.navigation import frame
from nuanxin.desk.speech import between, said
from nuanxin.desk.views.hotline.duty import today_of
from nuanxin.desk.views.hotline.roster import PLANNERS, current_entry
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline_register import desk_name, place_name
from nuanxin.hotline.actions import stations
from nuanxin.hotline.models import DutyTerms, ShiftTemplate, Station, StationDesk
from nuanxin.hotline.queries.rosters import hours_of as desk_hours
from nuanxin.hotline.queries.rosters import month_start
from nuanxin.hotline.queries.stations import Course, desks_of, desks_to_staff, people_of, stations_kept
from nuanxin.hotline.rules.rosters.hours import uncovered
from nuanxin.hotline.rules.rosters.limits import DAY
from nuanxin.network.queries import six_digits
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.parts import Text


@guarded(*PLANNERS, scope="reference")
@require_safe
def stations_page(request: HttpRequest) -> HttpResponse:
    """Every station of the region."""
    asked = cast(StaffRequest, request)
    kept = list(stations_kept(asked.actor))
    if len(kept) == 1 and "all" not in request.GET:
        return HttpResponseRedirect(reverse("desk:hotline_station", args=[kept[0].pk]))
    context = page_frame(asked, _("Duty stations")) | {
        "rows": [{"id": one.pk, "name": station_name(one), "place": place_name(one.region), "active": one.active} for one in kept],
    }  # fmt: skip
    return render(request, "desk/hotline/stations.html", context)


@guarded(*PLANNERS, scope="reference")
@require_safe
def station_page(request: HttpRequest, station_id: int) -> HttpResponse:
    """One station: what it has now, what is planned, what has ended, and what is missing before a month can be planned."""
    asked = cast(StaffRequest, request)
    row = station_asked(asked, station_id)
    month = month_start(today_of(asked))
    desks = desks_of(row, month)
    people = people_of(row, month)
    shifts = list(ShiftTemplate.objects.filter(station=row).order_by("pk"))
    names = names_of(one.shown.staff for one in people)
    used = [one for one in shifts if not (one.until and one.until < month)]
    here = [one for one in desks if one.on(row)]
    context = page_frame(asked, station_name(row)) | {
        "station": row, "place": place_name(row.region),
        "desks": [_desk_line(one, row) for one in here],
        "former_desks": [_desk_line(one, row) for one in desks if one not in here],
        "shifts": [_shift_line(one, month) for one in shifts],
        "people": [_person_line(one, row, names, month) for one in people if one.on(row)],
        "former": [_person_line(one, row, names, month) for one in people if not one.on(row)],
        "missing": _missing(row, here, used, people), "done": "done" in request.GET,
    }  # fmt: skip
    return render(request, "desk/hotline/station.html", context)


@guarded(*PLANNERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def station_form(request: HttpRequest, station_id: int = 0) -> HttpResponse:
    """A new station, or the name and the rule of one; the open one can be closed, the closed one opened again."""
    asked = cast(StaffRequest, request)
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    row = station_asked(asked, station_id) if station_id else None
    do = request.POST.get("do", "save")
    desks = [] if row else desks_to_staff(asked.actor, month_start(today_of(asked)))
    typed = (request.POST or None) if do == "save" else None
    low = asked.actor.scope[0]
    form = StationForm(
        typed, row=row, desks=desks, initial={"region": six_digits(low) if low and row is None else ""}
    )
    made: list[Station] = []

    def save(told: Mapping[str, Any]) -> None:
        given = {name: told[name] for name in ("name_zh", "name_en", "approves_swaps")}
        if row is not None:
            stations.alter_station(row.pk, **given, **who)
            return
        made.append(stations.open_station(region=told["region"], **given, **who))
        chosen = set(told.get("desks") or [])
        for desk in desks:
            if str(desk.pk) in chosen:
                stations.staff_desk(station=made[0], desk=desk, lawyer=told["lawyer"], **who)

    acts: dict[str, Callable[[Mapping[str, Any]], object]] = {"save": save}
    if row is not None:
        acts["end"] = lambda _told: stations.close_station(row.pk, **who)
        acts["restore"] = lambda _told: stations.reopen_station(row.pk, **who)
    title = station_name(row) if row else _("New station")
    end = {
        "words": _("Close this station"),
        "note": _("From next month on nobody is on duty here. Its months stay on record."),
    }
    return edit(
        asked, acts, do, form if do == "save" else RegisterForm({}), shown=form, title=title, station=row,
        to=lambda: reverse("desk:hotline_station", args=[row.pk if row else made[0].pk]) + "?done",
        whole="station", end=end if row is not None and row.active else None,
        restore=_("Open it again") if row is not None and not row.active else "",
        wide=["name_zh", "name_en"],
    )  # fmt: skip


def edit(
    asked: StaffRequest, acts: Mapping[str, Callable[[Mapping[str, Any]], object]], do: str, form: RegisterForm, *,
    to: Callable[[], str], shown: RegisterForm, title: Text, station: Station | None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Carry out what a form says, or show it with every fault and all that was typed. Raises Http404 for an unknown act."""
    if asked.method == "POST":
        if do not in acts:
            raise Http404
        if form.is_valid():
            try:
                with write():
                    acts[do](form.cleaned_data)
                return HttpResponseRedirect(to())
            except Refused as fault:
                form.refused(fault)
    back = (
        reverse("desk:hotline_station", args=[station.pk])
        if station is not None
        else reverse("desk:hotline_stations")
    )
    context = page_frame(asked, title) | {
        "form": shown, "sent": form, "station": station, "back": back,
        "back_words": station_name(station) if station is not None else _("Duty stations"), **more,
    }  # fmt: skip
    return render(asked, "desk/hotline/station_form.html", context, status=422 if form.errors else 200)


def page_frame(asked: StaffRequest, title: Text) -> dict[str, Any]:
    """The frame of a page of stations: under "Duty roster"."""
    return frame(asked, title=title, current=current_entry(asked)) | {
        "tabs": tabs(asked.actor, "hotline_roster")
    }


def station_asked(asked: StaffRequest, station_id: int) -> Station:
    """The station in the address; what is out of reach is not found."""
    row = stations_kept(asked.actor).filter(pk=station_id).first()
    if row is None:
        raise Http404
    return row


def station_name(row: Station) -> str:
    """In the language of the page."""
    return said(row.name_zh, row.name_en or row.name_zh)


def _missing(
    row: Station,
    desks: list[Course[StationDesk]],
    shifts: list[ShiftTemplate],
    people: list[Course[DutyTerms]],
) -> list[str]:
    """What a month cannot be planned without."""
    there = [one.shown for one in people if one.on(row)]
    found = []
    if not desks:
        found.append(_("No desk is staffed from here yet."))
    if not shifts:
        found.append(_("There is no shift yet."))
    if not there:
        found.append(_("Nobody is on its rosters yet."))
    spans = [[(start, end) for start, end in one.spans] for one in shifts]
    for one in (course.shown for course in desks):
        name = desk_name(one.desk)
        gaps = uncovered(desk_hours(one.desk.hours), spans) if shifts else []
        if gaps:
            told = between().join(f"{clock(start % DAY)}–{clock(end % DAY or DAY)}" for start, end in gaps)
            found.append(_("%(desk)s: no shift covers %(hours)s.") % {"desk": name, "hours": told})
        if one.lawyer and there and not any(person.lawyer for person in there):
            found.append(
                _("%(desk)s has a lawyer in its hours, and nobody here is on duty as one.") % {"desk": name}
            )
        spoken = {code for person in there for code in person.languages}
        silent = [
            code for code in one.desk.languages if code != "zh" and code not in spoken and code in LANGUAGES
        ]
        if silent and there:
            words = between().join(said(LANGUAGES[code].zh, LANGUAGES[code].en) for code in silent)
            found.append(
                _("%(desk)s promises %(languages)s, and nobody here speaks it.")
                % {"desk": name, "languages": words}
            )
    return found


def _desk_line(course: Course[StationDesk], row: Station) -> dict[str, Any]:
    one = course.shown
    return {
        "id": one.desk_id, "name": desk_name(one.desk), "hours": one.desk.hours or _("round the clock"), "row": one,
        "planned": [_planned(later, row) for later in course.planned if later is not one],
        "since": month_name(one.since) if course.now is None else "", "open": one.desk.active,
    }  # fmt: skip


def _planned(later: StationDesk | DutyTerms, row: Station) -> str:
    words = {"month": month_name(later.since)}
    if not later.active:
        return _("ends with %(month)s") % words
    return (
        _("changes with %(month)s")
        if later.station_id == row.pk
        else _("goes to another station with %(month)s")
    ) % words


def _shift_line(one: ShiftTemplate, month: date) -> dict[str, Any]:
    minutes = sum(end - start for start, end in one.spans)
    return {
        "id": one.pk, "code": one.code, "name": said(one.name_zh, one.name_en or one.name_zh),
        "hours": hours_of(one.spans), "long": f"{minutes / 60:g}", "ended": bool(one.until and one.until < month),
        "until": month_name(one.until) if one.until and one.until >= month else "",
    }  # fmt: skip


def _person_line(
    course: Course[DutyTerms], row: Station, names: Mapping[int, str], month: date
) -> dict[str, Any]:
    one = course.shown
    spoken = [
        said(LANGUAGES[code].zh, LANGUAGES[code].en)
        for code in one.languages
        if code in LANGUAGES and code != "zh"
    ]
    hours = (
        [ngettext("%(n)d hour a week", "%(n)d hours a week", one.week_hours) % {"n": one.week_hours}]
        if one.week_hours
        else []
    )
    if one.share != 100:
        hours.insert(0, f"{one.share}%")
    return {
        "id": one.staff, "name": names.get(one.staff, str(one.staff)), "row": one, "languages": between().join(spoken),
        "hours": between().join(hours), "since": month_name(one.since) if course.now is None else "",
        "protected": one.days_only_until if one.days_only_until and one.days_only_until >= month else None,
        "planned": [_planned(later, row) for later in course.planned if later is not one],
    }  # fmt: skip
