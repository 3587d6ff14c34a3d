"""A duty for a duty: which of a colleague's one would have in return for one's own."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.desk.duty.month import hours_of
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.duty import ON_DUTY, today_of
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.duty import WEEKDAYS
from nuanxin.hotline.actions import swaps
from nuanxin.hotline.models import Duty, RosterMonth
from nuanxin.hotline.queries.exchanges import exchangeable
from nuanxin.hotline.queries.rosters import moment
from nuanxin.hotline.rules.rosters.month import monday_of


@guarded(*ON_DUTY, scope="self")
@require_http_methods(["GET", "HEAD", "POST"])
def exchange_page(request: HttpRequest, duty_id: int) -> HttpResponse:
    """The duties of a week to choose from, or the one that was chosen."""
    asked = cast(StaffRequest, request)
    mine = _own(asked, duty_id)
    if request.method != "POST":
        return _page(asked, mine)
    chosen = request.POST.get("in_return", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        return _page(asked, mine, _("Choose the duty that you would have in return."), status=422)
    to = f"{reverse('desk:hotline_duty')}?month={mine.day:%Y-%m}"
    return press(
        lambda: swaps.propose(duty_id=duty_id, in_return=int(chosen), by=asked.actor, at=asked.at),
        refused=lambda why: _page(asked, mine, why, chosen=int(chosen), status=409),
        to=to,
    )


def _own(asked: StaffRequest, duty_id: int) -> Duty:
    """A published duty of one's own that has not begun; no other is found."""
    rows = Duty.objects.select_related("roster__station", "shift", "desk").filter(
        staff=asked.actor.id, starts_at__gt=asked.at, roster__state=RosterMonth.State.PUBLISHED
    )
    row = rows.filter(pk=duty_id).first()
    if row is None:
        raise Http404
    return row


def _page(
    asked: StaffRequest, mine: Duty, refusal: str = "", *, chosen: int = 0, status: int = 200
) -> HttpResponse:
    first = _week(asked, mine)
    last = first + timedelta(6)
    rows = exchangeable(mine, first, last, asked.at)
    names = names_of({one.staff for one in rows})
    context = frame(asked, title=_("Exchange a duty"), current="hotline") | {
        "tabs": tabs(asked.actor, "hotline_duty"), "refusal": refusal, "chosen": chosen, "mine": mine,
        "hours": hours_of(mine.shift.spans), "weekday": WEEKDAYS[mine.day.weekday()],
        "desk": said(mine.desk.name_zh, mine.desk.name_en or mine.desk.name_zh),
        "first": first, "last": last, "approved": mine.roster.station.approves_swaps,
        "earlier": first - timedelta(7) if moment(first, 0) > asked.at else None, "later": first + timedelta(7),
        "days": [
            {"day": day, "weekday": WEEKDAYS[day.weekday()], "duties": [_choice(one, names) for one in duties]}
            for day, duties in groupby(rows, key=lambda one: one.day)
        ],
    }  # fmt: skip
    return render(asked, "desk/hotline/exchange.html", context, status=status)


def _choice(one: Duty, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": one.pk, "who": names.get(one.staff, ""), "hours": hours_of(one.shift.spans),
        "shift": said(one.shift.name_zh, one.shift.name_en or one.shift.name_zh),
        "desk": said(one.desk.name_zh, one.desk.name_en or one.desk.name_zh),
    }  # fmt: skip


def _week(asked: StaffRequest, mine: Duty) -> date:
    """The Monday of the week in the address, or of the duty's own week. Raises Http404 for what is no day."""
    text = asked.GET.get("week", "")
    try:
        day = date.fromisoformat(text) if text else mine.day
    except ValueError:
        raise Http404 from None
    if abs((day - today_of(asked)).days) > 400:
        raise Http404
    return monday_of(day)
