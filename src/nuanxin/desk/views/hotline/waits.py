"""Waits and limits of the hotline: what holds today, what regions have set, and setting one."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import NATION
from nuanxin.cases.faults import Refused
from nuanxin.desk.forms.hotline_register import WaitForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.register import KEEPER
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline_register import UNITS, place_name
from nuanxin.hotline import actions
from nuanxin.hotline.models import HotlineSetting
from nuanxin.hotline.queries.settings import SHANGHAI, settings_kept, settings_now
from nuanxin.hotline.rules.settings import KINDS
from nuanxin.network.queries import six_digits


@guarded(KEEPER, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def waits_page(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    asked = cast(StaffRequest, request)
    region = _own_region(asked)
    today = asked.at.astimezone(SHANGHAI).date()
    form = WaitForm(request.POST or None, initial={"region": six_digits(region), "valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_setting(**form.cleaned_data, by=asked.actor, at=asked.at)
            return HttpResponseRedirect(reverse("desk:hotline_waits") + "?done")
        except Refused as fault:
            form.refused(fault)
    values = settings_now(region, asked.at)
    context = frame(asked, title=_("Waits and limits"), current="hotline_register") | {
        "tabs": tabs(asked.actor, "hotline_register"),
        "form": form,
        "place": place_name(region),
        "values": [
            {
                "name": said(kind.zh, kind.en),
                "value": _worded(key, values[key]),
                "usual": _worded(key, kind.usual),
            }
            for key, kind in KINDS.items()
        ],
        "rows": [_row(one) for one in settings_kept(asked.actor)],
        "done": "done" in request.GET,
    }
    return render(request, "desk/hotline/waits.html", context, status=422 if form.errors else 200)


def _own_region(asked: StaffRequest) -> int:
    """The region that the reader keeps: the low end of their reach."""
    return 0 if asked.actor.scope == NATION else asked.actor.scope[0]


def _worded(key: str, value: int) -> str:
    return f"{value} {UNITS[KINDS[key].unit]}"


def _row(one: HotlineSetting) -> dict[str, Any]:
    kind = KINDS.get(one.key)
    return {
        "name": said(kind.zh, kind.en) if kind else one.key,
        "place": place_name(one.region),
        "value": _worded(one.key, one.value) if kind else str(one.value),
        "valid_from": one.valid_from,
        "valid_until": one.valid_until,
        "source": one.source,
    }
