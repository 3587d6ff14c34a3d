"""My duties: the month, leave, swaps with colleagues, and a file for one's own calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.duty.month import as_calendar, cells, days_between, hours_of
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.pressing import press
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.duty import ABSENCES, ANSWERS, EXCHANGES, SWAPS
from nuanxin.hotline.actions import absences, swaps
from nuanxin.hotline.models import Absence, Answer, Duty, DutyTerms, Swap
from nuanxin.hotline.queries.rosters import (
    absences_of,
    duties_of,
    month_end,
    month_start,
    open_swaps,
)
from nuanxin.hotline.queries.terms import terms_of
from nuanxin.ui.forms import ChoiceField, DayField, Form
from nuanxin.ui.live import versions

ON_DUTY = (Role.OPERATOR, Role.DUTY_LAWYER)
PART = "desk/hotline/duty_month.html"
AHEAD = 400  # days that a calendar file holds


class AbsenceForm(Form):
    """Days on which one asks not to be on duty."""

    template_name_label = "desk/parts/label.html"
    kind = ChoiceField(label=gettext_lazy("Kind of absence"), choices=list(ABSENCES.items()))
    first = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"))


def month_asked(request: HttpRequest, today: date, *, ahead: int = 0) -> date:
    """The month in the address, ``YYYY-MM``; this one (or so many ahead) without. Raises Http404 for what is none."""
    text = request.GET.get("month", "")
    if not text:
        return month_start(today, ahead)
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
    if not 2000 <= found.year <= 2200:
        raise Http404
    return found


def today_of(asked: StaffRequest) -> date:
    """Today in Shanghai."""
    return asked.at.astimezone(SHANGHAI).date()


@guarded(*ON_DUTY, scope="self")
@require_http_methods(["GET", "HEAD", "POST"])
def my_duties(request: HttpRequest) -> HttpResponse:
    """The page, its live part alone, or what a button asks for."""
    asked = cast(StaffRequest, request)
    if request.method == "POST":
        return _act(asked)
    if request.headers.get("X-Part") == "duty":
        return render(request, PART, _context(asked))
    return _page(asked, AbsenceForm())


@guarded(*ON_DUTY, scope="self")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The version of the page's part."""
    asked = cast(StaffRequest, request)
    return versions(request, {"duty": _mark(_context(asked)), "nav": count(asked).version})


@guarded(*ON_DUTY, scope="self")
@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """My duties from today on as a file for a telephone's or a computer's calendar."""
    asked = cast(StaffRequest, request)
    today = today_of(asked)
    duties = duties_of(asked.actor.id, today, today + timedelta(AHEAD))
    answer = HttpResponse(as_calendar(duties, asked.at), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="duty.ics"'
    return answer


def _act(asked: StaffRequest) -> HttpResponse:
    do, row = asked.POST.get("do", ""), asked.POST.get("row", "")
    number = int(row) if row.isascii() and row.isdigit() and len(row) < 19 else 0
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    form = AbsenceForm(asked.POST) if do == "ask" else AbsenceForm()
    acts: dict[str, Callable[[], object]] = {
        "ask": lambda: absences.ask_absence(**form.cleaned_data, **who),
        "withdraw": lambda: absences.withdraw_absence(absence_id=number, **who),
        "offer": lambda: swaps.offer(duty_id=number, **who),
        "take": lambda: swaps.take(swap_id=number, **who),
        "give_back": lambda: swaps.withdraw(swap_id=number, **who),
    }
    if do not in acts:
        raise Http404
    if do == "ask" and not form.is_valid():
        return _page(asked, form, status=422)
    month = f"?month={month_asked(asked, today_of(asked)):%Y-%m}" if "month" in asked.GET else ""
    to = reverse("desk:hotline_duty") + month
    return press(acts[do], refused=lambda why: _page(asked, form, why, status=409), to=to)


def _page(asked: StaffRequest, form: AbsenceForm, refusal: str = "", *, status: int = 200) -> HttpResponse:
    shown = _context(asked)
    live_url = f"{reverse('desk:hotline_duty_live')}?month={shown['month']:%Y-%m}"
    context = frame(asked, title=_("My duties"), current="hotline", live_url=live_url)
    context |= shown | {
        "form": form, "refusal": refusal, "tabs": tabs(asked.actor, "hotline_duty"), "version": _mark(shown),
    }  # fmt: skip
    return render(asked, "desk/hotline/duty.html", context, status=status)


def _mark(shown: dict[str, Any]) -> str:
    told = [
        (cell.day, cell.hours, cell.swap, cell.away, cell.may_offer, cell.today) for cell in shown["days"]
    ]
    return str(crc32(repr((told, shown["swaps"], shown["absences"])).encode()))


def _context(asked: StaffRequest) -> dict[str, Any]:
    first = month_asked(asked, today_of(asked))
    last, me, terms = month_end(first), asked.actor.id, terms_of(asked.actor.id, today_of(asked))
    swapped = open_swaps(terms.station_id) if terms is not None else []
    mine = [one for one in absences_of(me) if one.last >= first]
    away = {
        day
        for one in mine
        if one.state == Answer.APPROVED
        for day in days_between(max(first, one.first), min(last, one.last))
    }
    return {
        "month": first,
        "this_month": first == month_start(today_of(asked)),
        "earlier": month_start(first, -1),
        "later": month_start(first, 1),
        "blanks": range(first.weekday()),
        "days": cells(first, last, duties_of(me, first, last), swapped, away, asked.at),
        "swaps": _swap_lines(asked, swapped),
        "absences": [_absence_line(one, asked) for one in mine],
        "terms": terms,
        "station": _station(terms),
    }


def _station(terms: DutyTerms | None) -> str:
    return said(terms.station.name_zh, terms.station.name_en or terms.station.name_zh) if terms else ""


def _swap_lines(asked: StaffRequest, rows: list[Swap]) -> list[dict[str, Any]]:
    """What is offered to me or to all, what I took, and my own offers."""
    me = asked.actor.id
    shown = [
        one
        for one in rows
        if one.duty.starts_at > asked.at
        and (me in {one.offered_by, one.taken_by, one.to} or (one.state == Swap.State.OFFERED and not one.to))
    ]
    names = names_of({who for one in shown for who in (one.offered_by, one.taken_by, one.to)} - {0})
    return [
        {
            "id": one.pk, **_told(one.duty), "who": names.get(one.offered_by, ""),
            "by": names.get(one.taken_by or one.to, ""), "state": (EXCHANGES if one.to else SWAPS)[one.state],
            "mine": me == one.offered_by, "takes": one.state == Swap.State.OFFERED and me != one.offered_by,
            "other": _told(one.in_return) if one.in_return is not None else None,
        }
        for one in shown
    ]  # fmt: skip


def _told(one: Duty) -> dict[str, Any]:
    desk = said(one.desk.name_zh, one.desk.name_en or one.desk.name_zh)
    return {"day": one.day, "hours": hours_of(one.shift.spans), "desk": desk}


def _absence_line(one: Absence, asked: StaffRequest) -> dict[str, Any]:
    open_ = one.state == Answer.ASKED or (one.state == Answer.APPROVED and one.first > today_of(asked))
    return {
        "id": one.pk, "kind": ABSENCES[one.kind], "first": one.first, "last": one.last, "state": ANSWERS[one.state],
        "open": open_,
    }  # fmt: skip
