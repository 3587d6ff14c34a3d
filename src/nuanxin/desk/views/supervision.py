"""Pages of a higher level."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.queries.oversight import MOST, overdue_by_office
from nuanxin.desk.navigation import frame
from nuanxin.desk.rows import agency_name
from nuanxin.desk.wording.hotline_register import desk_name
from nuanxin.hotline.queries.callbacks import missed_by_desk


@guarded(Role.SUPERVISOR, Role.AUDITOR, Role.DECIDER)
@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """Clocks that ran out, by office, and promised half-hours without a try, by desk of the hotline."""
    asked = cast(StaffRequest, request)
    found, cut = overdue_by_office(by=asked.actor, at=asked.at)
    rows = [
        {
            "agency": agency_name(one.agency), "office": one.office, "others": one.others, "oldest": one.oldest,
            "questions": one.questions,
        }
        for one in found
    ]  # fmt: skip
    desks = [
        (desk_name(one.desk) if one.desk else "", one.late, one.oldest)
        for one in missed_by_desk(asked.actor, asked.at)
    ]
    context = frame(asked, title=_("Overdue by office"), current="overdue")
    return render(
        request, "desk/overdue.html", context | {"rows": rows, "desks": desks, "cut": MOST if cut else 0}
    )
