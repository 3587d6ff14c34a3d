"""People of a station: on what terms they are on duty from a month on, and their leave and wishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.desk.forms.hotline_register import RegisterForm
from nuanxin.desk.forms.hotline_stations import DaysOffForm, EndForm, TermsForm, month_name
from nuanxin.desk.speech import between, said
from nuanxin.desk.views.hotline.duty import today_of
from nuanxin.desk.views.hotline.roster import PLANNERS
from nuanxin.desk.views.hotline.stations import edit, station_asked
from nuanxin.desk.wording.duty import ABSENCES, ANSWERS
from nuanxin.hotline.actions import absences, terms
from nuanxin.hotline.models import Absence, Answer, DutyTerms, Station
from nuanxin.hotline.queries.rosters import absences_of, month_start
from nuanxin.hotline.queries.stations import (
    Course,
    desks_of,
    first_open_month,
    people_of,
    people_to_roster,
)
from nuanxin.hotline.queries.terms import terms_in
from nuanxin.network.rules.points import LANGUAGES

Acts = dict[str, Callable[[Mapping[str, Any]], object]]
_TITLE = gettext_lazy("Another person")


@guarded(*PLANNERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def terms_form(request: HttpRequest, station_id: int, staff_id: int = 0) -> HttpResponse:
    """A person's terms with their course, ending them, what is planned, and their days off."""
    asked = cast(StaffRequest, request)
    station, today = station_asked(asked, station_id), today_of(asked)
    month = month_start(today)
    course = _course(station, staff_id, month) if staff_id else None
    people = [] if course else _free(station, asked, month)
    do = request.POST.get("do", "save")
    forms = _forms(asked, station, course, people, do)
    acts = _acts(asked, station, staff_id)
    name = names_of([staff_id]).get(staff_id, str(staff_id)) if course else str(_TITLE)
    here = reverse("desk:hotline_terms", args=[station.pk, staff_id]) if course else ""
    whole = reverse("desk:hotline_station", args=[station.pk])
    on = course is not None and course.on(station)
    return edit(
        asked, acts, do, forms[do] if do in forms else RegisterForm({}), shown=forms["save"], title=name,
        station=station, to=lambda: (here if do not in {"save", "end"} else whole) + "?done",
        whole="person", done="done" in request.GET, wide=["staff", "since", "lawyer"],
        none="" if course or people else _("Everybody who answers calls here is on a roster already. The administrator adds people and their roles."),
        history=_history(course, station) if course else [], days_off=_days_off(staff_id, today) if course else [],
        days_form=forms["absence"] if on else None, end_form=forms["end"],
        end={"words": _("Take off the roster"), "note": _("What was planned for later is dropped with it.")} if on else None,
        ended=course is not None and not on, own=course is not None and staff_id == asked.actor.id,
    )  # fmt: skip


def _forms(
    asked: StaffRequest, station: Station, course: Course[DutyTerms] | None, people: list[Any], do: str
) -> dict[str, RegisterForm]:
    today = today_of(asked)
    since = {"since": first_open_month(station, today).isoformat()}

    def typed(name: str) -> Any:
        return (asked.POST or None) if do == name else None

    desks = [one.shown.desk for one in desks_of(station, month_start(today)) if one.on(station)]
    row = course.shown if course else None
    return {
        "save": TermsForm(typed("save"), row=row, today=today, desks=desks, people=people, initial=since),
        "end": EndForm(typed("end"), today=today, initial=since),
        "absence": DaysOffForm(typed("absence"), initial={"kind": Absence.Kind.LEAVE}),
    }


def _acts(asked: StaffRequest, station: Station, staff_id: int) -> Acts:
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    given = asked.POST

    def save(told: Mapping[str, Any]) -> None:
        terms.set_terms(**{"staff": staff_id, **told, "station": station, **who})

    acts: Acts = {"save": save}
    if staff_id:
        row = given.get("row", "")
        number = int(row) if row.isascii() and row.isdigit() and len(row) < 19 else 0
        acts |= {
            "end": lambda told: terms.end_terms(staff=staff_id, station=station, since=told["since"], **who),
            "drop": lambda _told: terms.drop_planned(
                staff=staff_id, station=station, since=_day(given), **who
            ),
            "absence": lambda told: absences.enter_absence(staff=staff_id, **told, **who),
            "call_off": lambda _told: absences.withdraw_absence(absence_id=number, **who),
        }
    return acts


def _day(given: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(given.get("since", ""))
    except ValueError:
        raise Http404 from None


def _course(station: Station, staff_id: int, month: date) -> Course[DutyTerms]:
    for one in people_of(station, month):
        if one.shown.staff == staff_id:
            return one
    raise Http404


def _free(station: Station, asked: StaffRequest, month: date) -> list[Any]:
    taken = set(terms_in(month).values_list("staff", flat=True))
    return [one for one in people_to_roster(station, asked.at) if one.pk not in taken]


def _history(course: Course[DutyTerms], station: Station) -> list[dict[str, Any]]:
    rows = DutyTerms.objects.filter(staff=course.shown.staff).select_related("station").order_by("-since")
    return [
        {
            "since": month_name(row.since), "day": row.since.isoformat(), "now": row == course.now,
            "ended": not row.active, "words": _told(row),
            "elsewhere": said(row.station.name_zh, row.station.name_en or row.station.name_zh) if row.station_id != station.pk else "",
            "drops": row in course.planned and row.station_id == station.pk,
        }
        for row in rows
    ]  # fmt: skip


def _told(row: DutyTerms) -> str:
    """Terms in a line."""
    parts = [_("lawyer")] if row.lawyer else []
    parts += [
        said(LANGUAGES[one].zh, LANGUAGES[one].en)
        for one in row.languages
        if one in LANGUAGES and one != "zh"
    ]
    parts.append(f"{row.share}%")
    if row.week_hours:
        parts.append(_("at most %(n)s hours a week") % {"n": row.week_hours})
    if row.days_only_until:
        parts.append(_("no nights until %(day)s") % {"day": f"{row.days_only_until:%Y-%m-%d}"})
    return between().join(str(one) for one in parts)


def _days_off(staff_id: int, today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk, "kind": ABSENCES[one.kind], "first": one.first, "last": one.last, "state": ANSWERS[one.state],
            "open": one.state == Answer.ASKED or (one.state == Answer.APPROVED and one.first > today),
        }
        for one in absences_of(staff_id)
        if one.last >= today
    ]  # fmt: skip
