"""Callers who were not satisfied: who waits to be rung back, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.desk.forms.hotline_quality import RemedyForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.hotline.actions import satisfaction
from nuanxin.hotline.models import CallBack, Satisfaction
from nuanxin.hotline.queries.quality import to_ring_back
from nuanxin.hotline.queries.satisfaction import ring_backs_of, stands_for
from nuanxin.hotline.rules.callbacks import Status

CLOSES = (Role.OPERATOR, Role.DUTY_LAWYER, Role.SUPERVISOR, Role.DECIDER)


@dataclass(frozen=True, slots=True)
class Line:
    """One caller: the score, who talked, how the call back stands, the form once it was made."""

    row: Satisfaction
    desk: str
    who: str
    back: CallBack | None
    own: bool
    form: RemedyForm | None


@guarded(*CLOSES, Role.AUDITOR, scope="office")
@require_safe
def dissatisfied(request: HttpRequest) -> HttpResponse:
    """Everybody who waits, the longest first."""
    return _page(cast(StaffRequest, request))


@guarded(*CLOSES, scope="office")
@require_POST
def remedy(request: HttpRequest, satisfaction_id: int) -> HttpResponse:
    """Close one with what was done."""
    asked = cast(StaffRequest, request)
    form = RemedyForm(request.POST, prefix=str(satisfaction_id))
    if not form.is_valid():
        return _page(asked, form, satisfaction_id, status=422)

    def refused(why: str) -> HttpResponse:
        form.add_error(None, why)
        return _page(asked, form, satisfaction_id, status=409)

    return press(
        lambda: satisfaction.remedy(
            satisfaction_id=satisfaction_id, code=form.cleaned_data["code"], note=form.cleaned_data["note"],
            by=asked.actor, at=asked.at,
        ),
        refused=refused, to=reverse("desk:hotline_dissatisfied"),
    )  # fmt: skip


def _page(
    asked: StaffRequest, sent: RemedyForm | None = None, sent_for: int = 0, *, status: int = 200
) -> HttpResponse:
    rows = to_ring_back(asked.actor)
    backs = ring_backs_of(rows)
    names = names_of({row.operator for row in rows})
    closes = bool(asked.actor.roles & set(CLOSES))
    lines = []
    for row in rows:
        back = backs.get(row.call_id)
        stands = stands_for(back) if back is not None else None
        own = row.operator == asked.actor.id
        made = stands is None or stands.status not in {Status.PROMISED, Status.JOINED}
        form = RemedyForm(prefix=str(row.pk)) if made and closes and not own else None
        chosen = sent if row.pk == sent_for and sent is not None else form
        lines.append(Line(row, _desk(row), names.get(row.operator, ""), stands, own, chosen))
    context: dict[str, Any] = frame(asked, title=_("Not satisfied"), current="hotline") | {
        "tabs": tabs(asked.actor, "hotline_dissatisfied"), "lines": lines, "sent": sent,
        "rings": asked.actor.has(Role.OPERATOR, Role.DUTY_LAWYER),
    }  # fmt: skip
    return render(asked, "desk/hotline/dissatisfied.html", context, status=status)


def _desk(row: Satisfaction) -> str:
    return said(row.desk.name_zh, row.desk.name_en or row.desk.name_zh) if row.desk else ""
