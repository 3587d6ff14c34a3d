"""The receipt: number, code, what happens next and by when. And the page a QR code opens."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from nuanxin.cases.codes import follow_code
from nuanxin.cases.queries.follow import FollowView
from nuanxin.portal.access import Access
from nuanxin.portal.pages import public, show
from nuanxin.portal.views.opened import with_case


def qr_of(number: str) -> SafeString:
    """A QR code that opens the follow page of a number. The code is never in it: whoever scans it must know it."""
    address = settings.BASE_URL + reverse("portal:number", args=[number])
    drawing = io.BytesIO()
    segno.make(address, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, svgclass="qr", lineclass=None, border=2
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 - drawn by us from our own address


@public("whoever has just handed in a case, by the signed cookie")
@require_safe
@with_case
def receipt(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """What to write down, and what happens now."""
    context = {
        "view": view,
        "code": follow_code(view.case_id, opened.epoch) if opened.seq == 0 else "",
        "qr": qr_of(view.number),
        "shared": opened.shared,
    }
    return show(request, "portal/receipt.html", context)
