"""A worker's rights over their own data: see it, have it corrected, have it erased when the file's time is over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.cases.actions.rights import ask
from nuanxin.cases.faults import Refused
from nuanxin.cases.queries.follow import FollowView
from nuanxin.cases.queries.personal import Held, held_about
from nuanxin.portal import words
from nuanxin.portal.access import Access
from nuanxin.portal.forms.follow import RightsForm
from nuanxin.portal.pages import at, language, public, show
from nuanxin.portal.summary import contact
from nuanxin.portal.views.opened import actor_of, with_case
from nuanxin.ui.parts import Answer


@public("whoever has shown the code, by the signed cookie")
@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def my_data(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """What is held, and what may be asked about it."""
    form = RightsForm(request.POST) if request.method == "POST" else RightsForm()
    if request.method == "POST" and form.is_valid():
        try:
            ask(
                case_id=view.case_id, seq=view.own_seq, what=form.cleaned_data["what"],
                text=form.cleaned_data["text"], by=actor_of(opened), at=at(request),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("text", refused.sentence(language()))
        else:
            return redirect("portal:my_data_asked")
    return _page(request, view, form)


def _page(request: HttpRequest, view: FollowView, form: RightsForm | None) -> HttpResponseBase:
    held = held_about(view.case_id, view.seq)
    context = {"view": view, "form": form, "held": held, "rows": _rows(held) if held else []}
    return show(request, "portal/my_data.html", context)


@public("whoever has shown the code, by the signed cookie")
@require_http_methods(["GET", "HEAD"])
@with_case
def my_data_asked(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """That the wish is on the record."""
    return _page(request, view, None)


def _rows(held: Held) -> list[Answer]:
    wishes = contact(
        {
            "may_call": "yes" if held.may_call else "no",
            "may_say_who": "yes" if held.may_say_who else "no",
            "passphrase": held.passphrase,
        }
    )
    if held.call_hours:
        wishes += f"\n{held.call_hours}"
    helper = " ".join(part for part in (held.helper, held.helper_phone) if part)
    rows = [
        Answer(_("Name"), held.name),
        Answer(_("Phone"), held.phone),
        Answer(_("ID number"), held.resident_id),
        Answer(_("Bank card"), held.bank_card),
        Answer(_("How we may reach you"), wishes),
        Answer(_("Language"), words.named(words.LANGUAGES, held.languages)),
        Answer(_("What we mind"), words.named(words.NEEDS, held.needs)),
        Answer(_("Who helps you"), helper),
        Answer(_("Who you say should pay"), "\n".join(held.others)),
    ]
    return [row for row in rows if row.value]
