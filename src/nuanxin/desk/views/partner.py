"""A partner department: hand in a case through the one door, and see what became of what it handed in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.actions.submit import KeyReused
from nuanxin.cases.queries.handed_in import PAGE, HandedIn, one_handed_in
from nuanxin.cases.queries.handed_in import handed_in as all_handed_in
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.numbers import case_id_of, number_of
from nuanxin.desk.forms.counter import PartnerForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.rows import who
from nuanxin.desk.speech import said
from nuanxin.desk.views.counter import form_again, new_key, open_it, unsure_of, with_key
from nuanxin.desk.wording.codes import KINDS, SEATS, label
from nuanxin.desk.wording.partner import MONEY, where_it_stands
from nuanxin.network.queries import agency
from nuanxin.ui.parts import Fact


@guarded(Role.PARTNER, scope="own")
@require_safe
def handed_in(request: HttpRequest) -> HttpResponse:
    """What this account handed in, the newest first."""
    asked = cast(StaffRequest, request)
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isdecimal() and len(typed) <= 19 else 0
    found = all_handed_in(asked.actor, before=before, size=PAGE + 1)
    rows = [{"one": one, "who": _who(one), "stands": where_it_stands(one)} for one in found[:PAGE]]
    context = frame(asked, title=_("Handed in by you"), current="handed_in") | {
        "rows": rows,
        "older_url": f"?before={found[PAGE - 1].place}" if len(found) > PAGE else "",
    }
    return render(request, "desk/partner/list.html", context)


@guarded(Role.PARTNER, scope="own")
@require_safe
def standing(request: HttpRequest, number: str) -> HttpResponse:
    """Where one case stands that this account handed in."""
    asked = cast(StaffRequest, request)
    one = one_handed_in(asked.actor, case_id_of(number) or 0)
    if one is None or one.number != number:
        raise Http404
    holder = agency(one.agency)
    office = said(holder.name_zh, holder.name_en)
    context = frame(asked, title=one.number, current="handed_in") | {
        "one": one,
        "stands": where_it_stands(one),
        "next_by": one.next_by.astimezone(SHANGHAI) if one.next_by else None,
        "late": one.next_by is not None and one.next_by < asked.at,
        "seat": label(SEATS, one.seat),
        "facts": [
            Fact(_("Worker"), _who(one)),
            Fact(_("Kind"), label(KINDS, one.kind)),
            Fact(_("Office"), f"{office} · {holder.phone}" if holder.phone else office),
            Fact(_("The money"), MONEY[one.money]),
        ],
    }
    return render(request, "desk/partner/standing.html", context)


def _who(one: HandedIn) -> str:
    return who(one.name or _("name corrected since"), one.workers)


@guarded(Role.PARTNER, scope="own")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Fill in and hand in. Earlier cases of the person are the office's to see, not shown here."""
    asked = cast(StaffRequest, request)
    today = asked.at.astimezone(SHANGHAI).date()
    if request.method != "POST":
        return _form_page(asked, PartnerForm(initial={"key": new_key()}, today=today))
    data = with_key(request.POST)
    form = PartnerForm(data, today=today)
    if not form.is_valid() or form.intake is None:
        return _form_page(asked, form, status=422)
    if unsure_of(form):
        return _form_page(asked, form)
    try:
        number = number_of(open_it(asked, form, str(data["key"])))
    except KeyReused:
        data["key"] = new_key()
        again = form_again(PartnerForm, data, today)
        return _form_page(asked, cast(PartnerForm, again), reused=True, status=409)
    messages.success(
        request, _("Handed in. The worker gets number and code by text message, where they have a telephone.")
    )
    return HttpResponseRedirect(reverse("desk:standing", args=[number]))


def _form_page(
    request: StaffRequest, form: PartnerForm, *, reused: bool = False, status: int = 200
) -> HttpResponse:
    context = frame(request, title=_("Hand in a case"), current="hand_in") | {"form": form, "reused": reused}
    return render(request, "desk/partner/new.html", context, status=status)
