"""The registries on a page: what may come of a call, what a consultation may be about; words are added and retired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.faults import Refused
from nuanxin.desk.forms.hotline_codes import ListedForm, OutcomeForm, SubjectForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press
from nuanxin.desk.views.hotline.register import KEEPER
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.codes import ITEMS
from nuanxin.hotline.actions import codes as actions
from nuanxin.hotline.permissions import may_keep_codes
from nuanxin.hotline.queries.codes import every_category, every_wrap_up_code

# registry → its form, how a word is added, retired, offered again
FORMS: Mapping[str, type[ListedForm]] = {"outcome": OutcomeForm, "subject": SubjectForm}
ADD: Mapping[str, Callable[..., object]] = {
    "outcome": actions.add_wrap_up_code,
    "subject": actions.add_category,
}
STAND: Mapping[tuple[str, str], Callable[..., object]] = {
    ("outcome", "retire"): actions.retire_wrap_up_code,
    ("outcome", "restore"): actions.restore_wrap_up_code,
    ("subject", "retire"): actions.retire_category,
    ("subject", "restore"): actions.restore_category,
}


@guarded(KEEPER, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def codes_page(request: HttpRequest) -> HttpResponse:
    """Both registries with all their words, the retired ones too. Any administrator reads, the platform's own keeps."""
    asked = cast(StaffRequest, request)
    if request.method != "POST":
        return _page(asked)
    if not may_keep_codes(asked.actor):
        raise PermissionDenied
    registry, do = request.POST.get("registry", ""), request.POST.get("do", "")
    if registry not in FORMS:
        raise Http404
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    here = reverse("desk:hotline_codes") + "?done"
    if do != "add":
        act = STAND.get((registry, do))
        if act is None:
            raise Http404
        code = request.POST.get("code", "")
        return press(
            lambda: act(code=code, **who), refused=lambda why: _page(asked, refusal=why, status=409), to=here
        )
    form = FORMS[registry](request.POST, prefix=registry)
    if form.is_valid():
        try:
            ADD[registry](**form.cleaned_data, **who)
            return HttpResponseRedirect(here)
        except Refused as fault:
            form.refused(fault)
    return _page(asked, {registry: form}, status=422)


def _page(
    asked: StaffRequest, sent: Mapping[str, ListedForm] | None = None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """``sent``: the form that was sent and not taken, with all that was typed."""
    shown = {name: (sent or {}).get(name) or form(prefix=name) for name, form in FORMS.items()}
    items = {"": "", **ITEMS}
    context = frame(asked, title=_("Outcomes and subjects"), current="hotline_register") | {
        "tabs": tabs(asked.actor, "hotline_register"), "keeps": may_keep_codes(asked.actor), "forms": shown,
        "bad": next((form for form in shown.values() if form.is_bound), None), "refusal": refusal,
        "outcomes": every_wrap_up_code(), "done": "done" in asked.GET,
        "subjects": [(one, items.get(one.item, one.item)) for one in every_category()],
    }  # fmt: skip
    return render(asked, "desk/hotline/codes.html", context, status=status)
