"""The planner's pages: a station's month with its faults, the search for it, requests to answer, and the need of a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.desk.duty.chart import chart, stretches
from nuanxin.desk.duty.grid import grid, shift_name
from nuanxin.desk.duty.month import hours_of
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.pressing import press
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.duty import month_asked, today_of
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.duty import ABSENCES, RUNS, STAGES, WEEKDAYS
from nuanxin.hotline.actions import absences, duties, roster_runs, swaps
from nuanxin.hotline.models import (
    DayNeed,
    Duty,
    RosterMonth,
    RosterRun,
    ShiftTemplate,
    Station,
    Swap,
)
from nuanxin.hotline.queries.rosters import (
    absences_asked,
    as_duty,
    least_in,
    month_end,
    month_start,
    newest_run,
    open_swaps,
    plain_month,
    present,
    roster_of,
    stations_of,
)
from nuanxin.hotline.queries.rosters import (
    hours_of as desk_hours,
)
from nuanxin.hotline.queries.terms import desks_in
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.hotline.rules.rosters.limits import LimitsMissing
from nuanxin.law.calendar import CalendarMissing
from nuanxin.ui.live import versions
from nuanxin.ui.parts import Tab

PLANNERS = (Role.ADMINISTRATOR, Role.DECIDER, Role.SUPERVISOR)
PARTS = {
    "run": "desk/hotline/roster_run.html",
    "grid": "desk/hotline/roster_grid.html",
    "asks": "desk/hotline/roster_asks.html",
}
SECONDS = ((60, 1), (300, 5), (900, 15), (1800, 30))  # of the search at most, and in minutes


@dataclass(frozen=True, slots=True)
class Place:
    """What the address names: the station and the month, with the roster if there is one."""

    asked: StaffRequest
    stations: list[Station]
    station: Station | None
    month: date
    roster: RosterMonth | None

    @property
    def query(self) -> str:
        """The same place again."""
        return f"?station={self.station.pk if self.station else 0}&month={self.month:%Y-%m}"


def _place(asked: StaffRequest) -> Place:
    stations = list(stations_of(asked.actor))
    wanted = asked.GET.get("station", "")
    chosen = next(
        (one for one in stations if str(one.pk) == wanted), stations[0] if stations and not wanted else None
    )
    if wanted and chosen is None:
        raise Http404
    month = month_asked(asked, today_of(asked), ahead=1)
    return Place(asked, stations, chosen, month, roster_of(chosen, month) if chosen is not None else None)


@guarded(*PLANNERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def roster_page(request: HttpRequest) -> HttpResponse:
    """The page, one of its live parts, or what a button asks for."""
    asked = cast(StaffRequest, request)
    place = _place(asked)
    if request.method == "POST":
        return _act(place)
    name = request.headers.get("X-Part", "")
    if name in PARTS:
        return render(request, PARTS[name], _CONTEXTS[name](place))
    return _page(place)


@guarded(*PLANNERS, scope="reference")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The versions of the page's parts."""
    asked = cast(StaffRequest, request)
    return versions(request, {**_versions(_place(asked)), "nav": count(asked).version})


def _act(place: Place) -> HttpResponse:
    asked, given = place.asked, place.asked.POST
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    row, roster = _number(given.get("row", "")), place.roster.pk if place.roster is not None else 0
    approve = given.get("answer") == "yes"
    acts: dict[str, Callable[[], object]] = {
        "solve": lambda: roster_runs.ask_run(
            roster_id=_begun(place).pk, seconds=_number(given.get("seconds", "")), **who
        ),
        "stop": lambda: roster_runs.stop_run(run_id=row, **who),
        "publish": lambda: duties.publish(roster_id=roster, **who),
        "set": lambda: _set(place, who),
        "absence": lambda: absences.decide_absence(absence_id=row, approve=approve, **who),
        "swap": lambda: swaps.decide(swap_id=row, approve=approve, **who),
    }
    if given.get("do") not in acts or place.station is None:
        raise Http404
    at = f"&cell={given.get('cell', '')}#edit" if given["do"] == "set" else ""
    to = reverse("desk:hotline_roster") + place.query + at
    return press(acts[given["do"]], refused=lambda why: _page(place, why, status=409), to=to)


def _begun(place: Place) -> RosterMonth:
    assert place.station is not None
    roster_runs.check_calendar(place.month)
    return duties.begin_month(
        station=place.station, month=place.month, by=place.asked.actor, at=place.asked.at
    )


def _set(place: Place, who: dict[str, Any]) -> None:
    given = place.asked.POST
    staff, day = _cell(given.get("cell", ""))
    roster = place.roster or _begun(place)
    seen = _number(given.get("seen", ""))
    shift, desk = _number(given.get("shift", "")), _number(given.get("desk", ""))
    duties.set_duty(roster_id=roster.pk, staff=staff, day=day, shift=shift, desk=desk, seen=seen, **who)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _cell(text: str) -> tuple[int, date]:
    """A person and a day, as a cell of the grid names them. Raises Http404."""
    staff, _dot, day = text.partition(".")
    try:
        return _number(staff), date.fromisoformat(day)
    except ValueError:
        raise Http404 from None


def _page(place: Place, refusal: str = "", *, status: int = 200) -> HttpResponse:
    asked = place.asked
    live_url = reverse("desk:hotline_roster_live") + place.query
    context = frame(asked, title=_("Duty roster"), current=current_entry(asked), live_url=live_url)
    context |= {"refusal": refusal, "tabs": tabs(asked.actor, "hotline_roster"), **_head(place)}
    if place.station is not None:
        context |= _run_context(place) | _grid_context(place) | _asks_context(place)
        context |= {"versions": _versions(place), "edit": _edit_context(place, context)}
    return render(asked, "desk/hotline/roster.html", context, status=status)


def current_entry(asked: StaffRequest) -> str:
    """The entry of the navigation under which this person comes here."""
    if asked.actor.has(Role.SUPERVISOR):
        return "hotline"
    return "hotline_roster" if asked.actor.has(Role.DECIDER) else "hotline_register"


def _head(place: Place) -> dict[str, Any]:
    names = [(one, said(one.name_zh, one.name_en or one.name_zh)) for one in place.stations]
    return {
        "place": place, "query": place.query, "month": place.month,
        "stations": [
            Tab(name, f"?station={one.pk}&month={place.month:%Y-%m}", None, one == place.station)
            for one, name in names
        ],
        "earlier": f"{month_start(place.month, -1):%Y-%m}", "later": f"{month_start(place.month, 1):%Y-%m}",
        "roster": place.roster,
        "published": place.roster is not None and place.roster.state == RosterMonth.State.PUBLISHED,
    }  # fmt: skip


def _run_context(place: Place) -> dict[str, Any]:
    run = newest_run(place.roster) if place.roster is not None else None
    head = {"query": place.query, "seconds": SECONDS, **_state(place)}
    if run is None:
        return head | {"run": None, "running": False}
    since = run.started_at or run.asked_at
    until = run.finished_at or place.asked.at
    return head | {
        "run": run, "running": run.state in RosterRun.OPEN, "run_state": RUNS[run.state],
        "stage": STAGES.get(run.stage, ""), "elapsed": max(0, int((until - since).total_seconds())),
        "percent": 100 * run.done // max(1, run.of), "reasons": [said(one["zh"], one["en"]) for one in run.reasons],
        "kept": len(run.best), "none": run.state == RosterRun.State.NONE,
        "best_possible": run.proved and run.state == RosterRun.State.DONE,
    }  # fmt: skip


def _state(place: Place) -> dict[str, Any]:
    published = place.roster is not None and place.roster.state == RosterMonth.State.PUBLISHED
    return {"published": published, "roster": place.roster}


def _grid_context(place: Place) -> dict[str, Any]:
    """The grid, or why it cannot be drawn: a year whose holidays nobody entered."""
    assert place.station is not None
    roster = place.roster or RosterMonth(station=place.station, month=place.month)
    try:
        month = plain_month(roster)
    except (CalendarMissing, LimitsMissing):
        return {"grid": None, "query": place.query, "year": place.month.year, "month": place.month}
    rows = list(Duty.objects.filter(roster=roster).order_by("day")) if roster.pk else []
    used = {one.shift_id for one in rows}
    shifts = [
        one
        for one in ShiftTemplate.objects.filter(pk__in=[int(shift.code) for shift in month.shifts]).order_by(
            "pk"
        )
        if one.pk in used or not (one.until and one.until < place.month)
    ]
    faults = check_roster(month, [as_duty(one) for one in rows])
    return {
        "grid": grid(month, rows, shifts, faults), "shifts": [(one, shift_name(one)) for one in shifts],
        "plain": month, "query": place.query, "place": place, "month": place.month, "empty": not rows, **_state(place),
        "desks": [(one.code, said(one.name.zh, one.name.en)) for one in month.desks],
        "duties": {(str(one.staff), one.day): one for one in rows},
    }  # fmt: skip


def _edit_context(place: Place, shown: dict[str, Any]) -> dict[str, Any] | None:
    """The form of one cell, if one is chosen."""
    text = place.asked.GET.get("cell", "")
    if not text or shown["grid"] is None:
        return None
    staff, day = _cell(text)
    person = next((one for one in shown["plain"].people if one.code == str(staff)), None)
    if person is None or not place.month <= day <= month_end(place.month):
        raise Http404
    duty = shown["duties"].get((str(staff), day))
    return {
        "cell": text, "name": person.name, "day": day, "weekday": WEEKDAYS[day.weekday()],
        "away": day in person.leave, "shift": duty.shift_id if duty else 0, "desk": str(duty.desk_id) if duty else "",
        "seen": place.roster.version if place.roster else 0,
        "desks": [one for one in shown["desks"] if not person.desks or one[0] in person.desks],
    }  # fmt: skip


def _asks_context(place: Place) -> dict[str, Any]:
    assert place.station is not None
    asked = absences_asked(place.station.pk)
    taken = [one for one in open_swaps(place.station.pk) if one.state == Swap.State.TAKEN]
    names = names_of(
        {one.staff for one in asked} | {one.offered_by for one in taken} | {one.taken_by for one in taken}
    )
    return {
        "query": place.query,
        "absences": [
            {"id": one.pk, "who": names.get(one.staff, ""), "kind": ABSENCES[one.kind], "first": one.first, "last": one.last}
            for one in asked
        ],
        "swaps": [
            {"id": one.pk, "who": names.get(one.offered_by, ""), "to": names.get(one.taken_by, ""), "day": one.duty.day,
             "hours": hours_of(one.duty.shift.spans), "other": one.in_return and {
                 "day": one.in_return.day, "hours": hours_of(one.in_return.shift.spans)}}
            for one in taken
        ],
    }  # fmt: skip


_CONTEXTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "run": _run_context, "grid": _grid_context, "asks": _asks_context,
}  # fmt: skip


def _versions(place: Place) -> dict[str, int | str]:
    """A search that runs changes with each note of its progress; the grid with each version of the roster."""
    if place.station is None:
        return {}
    run = newest_run(place.roster) if place.roster is not None else None
    version = place.roster.version if place.roster is not None else 0
    asks = _asks_context(place)
    return {
        "run": _mark(run and (run.pk, run.state, run.stage, run.done, run.cost, run.heard_at, run.stop_asked), version),
        "grid": f"{place.roster.state if place.roster else ''}{version}",
        "asks": _mark(asks["absences"], asks["swaps"]),
    }  # fmt: skip


def _mark(*parts: object) -> str:
    return str(crc32(repr(parts).encode()))


@guarded(*PLANNERS, scope="reference")
@require_safe
def need_page(request: HttpRequest, desk_id: int) -> HttpResponse:
    """The need of a desk on a day by quarter-hour, what the forecast rests on, and where the roster has too few."""
    asked = cast(StaffRequest, request)
    try:
        day = date.fromisoformat(asked.GET.get("day", today_of(asked).isoformat()))
    except ValueError:
        raise Http404 from None
    if not 2000 <= day.year <= 2200:
        raise Http404
    rows = desks_in(month_start(day), desk=desk_id, station__in=stations_of(asked.actor))
    kept = rows.select_related("desk", "station").first()
    if kept is None:
        raise Http404
    row = DayNeed.objects.filter(desk=kept.desk_id, day=day).first()
    need = row.people if row is not None else least_in(desk_hours(kept.desk.hours), kept.at_least)
    calls = row.calls if row is not None else [0.0] * len(need)
    have = present(kept.desk_id, day)
    name = said(kept.desk.name_zh, kept.desk.name_en or kept.desk.name_zh)
    label = _("People needed and people on duty at %(desk)s on %(day)s") % {
        "desk": name,
        "day": day.isoformat(),
    }
    context = frame(asked, title=label, current=current_entry(asked)) | {
        "tabs": tabs(asked.actor, "hotline_roster"), "kept": kept, "row": row, "day": day, "desk": name,
        "chart": chart(need, have, label), "stretches": stretches(calls, need, have),
        "back": f"{reverse('desk:hotline_roster')}?station={kept.station_id}&month={day:%Y-%m}",
        "before": day - timedelta(1), "after": day + timedelta(1),
        "rests_on": [date.fromisoformat(one) for one in row.rests_on] if row is not None else [],
        "calls": f"{sum(calls):.0f}", "growth": f"{(row.growth - 1) * 100:.0f}" if row and row.growth > 1 else "",
    }  # fmt: skip
    return render(request, "desk/hotline/need.html", context)
