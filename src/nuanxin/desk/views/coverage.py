"""The half-hour circle: who reaches help, who does not, and where the next points should go."""

from __future__ import annotations

import csv
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.desk.circle.asking import CircleForm, name, own_region
from nuanxin.desk.circle.sheet import sheet
from nuanxin.desk.navigation import frame
from nuanxin.network.coverage import MOST_GAPS, coverage
from nuanxin.network.queries import six_digits

ROLES = (
    Role.CLERK, Role.DECIDER, Role.OPERATOR, Role.BUREAU, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR,
)  # fmt: skip


@guarded(*ROLES, scope="reference")
@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Coverage of a region; of one's own where none is named. Sites and the hours of the week when asked for."""
    asked_by = cast(StaffRequest, request)
    form = CircleForm(request.GET, own=own_region(asked_by.actor))
    if not form.is_valid():
        context = frame(asked_by, title=_("Half an hour to help"), current="coverage") | {"form": form}
        context["hits"] = [(hit, name(hit.now), _hit_query(request, hit.now)) for hit in form.hits]
        return render(request, "desk/coverage/page.html", context, status=200 if form.hits else 422)
    asked = form.asked()
    form.show(asked)
    place = name(asked.region)
    context = frame(
        asked_by, title=_("Half an hour to help: %(place)s") % {"place": place}, current="coverage"
    )
    context |= {
        "form": form, "asked": asked, "place": place, "sheet": sheet(asked, asked_by.at),
        "kept": list(asked.fields(asked.region)), "query": asked.query(), "hours": range(24),
    }  # fmt: skip
    return render(request, "desk/coverage/page.html", context)


def _hit_query(request: HttpRequest, code: int) -> str:
    """What was asked, of a region that was found."""
    said = request.GET.copy()
    said["region"] = six_digits(code)
    said.pop("where", None)
    return said.urlencode()


@guarded(*ROLES, scope="reference")
@require_safe
def coverage_gaps(request: HttpRequest) -> HttpResponse:
    """The gaps of the same question as a table for a spreadsheet, those with most people first, at most a thousand."""
    asked_by = cast(StaffRequest, request)
    form = CircleForm(request.GET, own=own_region(asked_by.actor))
    if not form.is_valid():
        return HttpResponse(
            _("The question cannot be read."), status=422, content_type="text/plain; charset=utf-8"
        )
    asked = form.asked()
    found = coverage(asked.region, asked.circle, gaps=MOST_GAPS)
    answer = HttpResponse(
        "\ufeff", content_type="text/csv; charset=utf-8"
    )  # the mark that spreadsheets wait for
    answer["Content-Disposition"] = f'attachment; filename="gaps-{six_digits(asked.region)}.csv"'
    rows = csv.writer(answer)
    rows.writerow(["lon", "lat", "people_estimated", "county", "county_name", "minutes", "time_estimated_by"])
    for gap in found.gaps:
        minutes = "" if gap.minutes is None else f"{gap.minutes:.1f}"
        rows.writerow([
            f"{gap.lon:.5f}", f"{gap.lat:.5f}", round(gap.people), six_digits(gap.county), name(gap.county),
            minutes, gap.estimate,
        ])  # fmt: skip
    return answer
