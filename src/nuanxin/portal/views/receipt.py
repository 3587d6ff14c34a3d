"""The receipt: number, code, what happens next and by when. And the page a QR code opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from nuanxin.cases.codes import follow_code
from nuanxin.cases.queries.follow import FollowView
from nuanxin.cases.rules.states import Kind
from nuanxin.hotline.queries.answers import alike
from nuanxin.hotline.queries.questions import said_in
from nuanxin.portal.access import Access
from nuanxin.portal.answers import Shown, shown
from nuanxin.portal.pages import language, public, show
from nuanxin.portal.qr import qr_of
from nuanxin.portal.views.opened import with_case


@public("whoever has just handed in a case, by the signed cookie")
@require_safe
@with_case
def receipt(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """What to write down, and what happens now."""
    context = {
        "view": view,
        "code": follow_code(view.case_id, opened.epoch) if opened.seq == 0 else "",
        "qr": qr_of(
            reverse("portal:number", args=[view.number])
        ),  # never with the code: who scans it must know it
        "shared": opened.shared,
        "alike": _alike(view, language()),
    }
    return show(request, "portal/receipt.html", context)


def _alike(view: FollowView, language: str) -> list[Shown]:
    """Published answers to questions like this one, while it waits for its own."""
    if view.kind is not Kind.QUESTION or view.ended:
        return []
    return [shown(row, language) for row in alike(said_in(view.case_id).question[:2000])]
