"""Another time for a call-back: the half-hours of its desk that have room and lie within the person's own hours."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline_callbacks import half_hour
from nuanxin.hotline import actions
from nuanxin.hotline.models import CallBack
from nuanxin.hotline.queries.callbacks import promised_to, times_of

SOONEST = "soonest"


@guarded(Role.OPERATOR, Role.DUTY_LAWYER, scope="office")
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Choose another half-hour, or the soonest; the person is told by a text message."""
    asked = cast(StaffRequest, request)
    row = promised_to(asked.actor).select_related("desk").filter(pk=call_back_id).first()
    if row is None:
        raise Http404
    if request.method != "POST":
        return _page(asked, row)
    sent = request.POST.get("slot", "")
    try:
        slot = None if sent == SOONEST else datetime.fromisoformat(sent)
        if slot is not None and slot.tzinfo is None:
            raise ValueError
    except ValueError:
        return _page(asked, row, _("Choose a time."), status=422)
    return press(
        lambda: actions.change_slot(call_back_id=row.pk, slot=slot, by=asked.actor, at=asked.at),
        refused=lambda why: _page(asked, row, why, status=409), to=reverse("desk:hotline_call_backs"),
    )  # fmt: skip


def _page(asked: StaffRequest, row: CallBack, refusal: str = "", *, status: int = 200) -> HttpResponse:
    free = times_of(row, asked.at)
    context = frame(asked, title=_("Another time for this call-back"), current="hotline") | {
        "tabs": tabs(asked.actor, "hotline_call_backs"), "refusal": refusal, "id": row.pk, "soonest": SOONEST,
        "now_promised": half_hour(row.due_at, asked.at) if row.due_at else "",
        "times": [(one.start.isoformat(), half_hour(one.start, asked.at)) for one in free],
    }  # fmt: skip
    return render(asked, "desk/hotline/call_back_time.html", context, status=status)
