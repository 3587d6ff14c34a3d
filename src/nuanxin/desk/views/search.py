"""The search box: what was typed is posted, so that no name and no number stands in an address."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.queries.items import Item, items_of
from nuanxin.cases.queries.search import MOST, Kind, search
from nuanxin.desk.navigation import DESK_ROLES, frame
from nuanxin.desk.rows import queue_rows
from nuanxin.ui.parts import Text

TAKEN_FOR: dict[Kind, Text] = {
    Kind.NUMBER: gettext_lazy("case number"),
    Kind.PHONE: gettext_lazy("telephone"),
    Kind.RESIDENT_ID: gettext_lazy("resident ID"),
    Kind.BANK_CARD: gettext_lazy("bank card"),
    Kind.NAME: gettext_lazy("part of a name"),
}


def _case_url(item: Item) -> str:
    return reverse("desk:case", args=[item.number])


@guarded(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def search_page(request: HttpRequest) -> HttpResponse:
    """Cases that the typed text names; straight to the case where it is the only one."""
    asked = cast(StaffRequest, request)
    typed = request.POST.get("q", "")
    found = search(typed, by=asked.actor)
    items = items_of(found.ids)
    if len(items) == 1 and found.kind is not Kind.NAME:
        return HttpResponseRedirect(reverse("desk:case", args=[items[0].number]))
    context = frame(asked, title=_("Search"), q=typed) | {
        "typed": typed.strip(),
        "rows": queue_rows(items, by=asked.actor, at=asked.at, url=_case_url),
        "taken_for": TAKEN_FOR.get(found.kind, ""),
        "more": MOST if found.more else 0,
        "caption": _("What was found"),
    }
    return render(request, "desk/search.html", context)
