"""The telephone in the browser: a window of its own, so that a talk outlives every page that its owner turns."""

from __future__ import annotations

from typing import cast

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.hotline.queries.telephones import BrowserTelephone, browser_telephone

ANSWERS = (Role.OPERATOR, Role.DUTY_LAWYER)
MICROPHONE = "camera=(), geolocation=(), microphone=(self)"


@guarded(*ANSWERS, scope="own")
@require_safe
def telephone(request: HttpRequest) -> HttpResponse:
    """The window. It alone may use the microphone, and reach the exchange beside ourselves; 404 without a telephone."""
    mine = _mine(request)
    drawn = csp_update({"connect-src": [mine.origin]})(
        lambda asked: render(asked, "desk/hotline/telephone.html", {"extension": mine.extension})
    )
    response = cast(HttpResponse, drawn(request))
    response.headers["Permissions-Policy"] = MICROPHONE
    return response


@guarded(*ANSWERS, scope="own")
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What the person's own browser signs in to the exchange with; kept nowhere on the way."""
    mine = _mine(request)
    return JsonResponse(
        {
            "web_socket": mine.web_socket, "uri": mine.uri, "extension": mine.extension, "secret": mine.secret,
        },
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip


def _mine(request: HttpRequest) -> BrowserTelephone:
    found = browser_telephone(cast(StaffRequest, request).actor)
    if found is None:
        raise Http404
    return found
