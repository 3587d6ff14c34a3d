"""Notices to the person who has signed in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.rules.numbers import number_of
from nuanxin.desk.navigation import DESK_ROLES, frame
from nuanxin.notices.actions import mark_read
from nuanxin.notices.queries import inbox, newest_wordings, words_of


@guarded(*DESK_ROLES, scope="self")
@require_http_methods(["GET", "HEAD", "POST"])
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What was sent to this person, newest first; ``POST`` marks one as read."""
    asked = cast(StaffRequest, request)
    if request.method == "POST":
        chosen = request.POST.get("notice", "")
        if chosen.isdecimal() and len(chosen) < 20:
            mark_read(notice_id=int(chosen), staff_id=asked.actor.id, at=asked.at)
        return HttpResponseRedirect(reverse("desk:notices"))
    notices = inbox(asked.actor.id)
    wordings = newest_wordings({one.template for one in notices})
    rows = []
    for one in notices:
        words = words_of(one, wordings)
        url = reverse("desk:case", args=[number_of(one.case_id)]) if one.case_id else ""
        rows.append({"id": one.pk, "subject": words.subject, "text": words.text, "at": one.created_at,
                     "read": one.read_at is not None, "url": url})  # fmt: skip
    return render(
        request,
        "desk/notices.html",
        frame(asked, title=_("Notices to me"), current="notices") | {"rows": rows},
    )
