"""The way back to a page that answered a form, for a browser without scripts.

Such a page is the answer to a POST, and no browser shows it again without sending the form a second time. Scripts mend
that where they run. Where they do not (the form then says ``plain``), the page is kept sealed for ten minutes and shown
under an address of its own: "back" asks for it like for any other page.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect

from nuanxin.accounts import throttle
from nuanxin.portal.actions.kept_pages import KEPT, keep
from nuanxin.portal.queries import kept_page

COOKIE, NUMBER, PLAIN = "kept", "again", "plain"
_LIMIT, _WINDOW = 120, timedelta(hours=1)  # pages of one address
_KEPT_STATUSES = frozenset({200, 409, 422})


def shown_again(request: HttpRequest, at: datetime) -> HttpResponseBase | None:
    """The kept page that this address names; the page anew where its time is over; None for any other request."""
    if request.method not in {"GET", "HEAD"} or NUMBER not in request.GET:
        return None
    page = kept_page(request.COOKIES.get(COOKIE, ""), request.GET[NUMBER][:40], at)
    return redirect(quote(request.path)) if page is None else HttpResponse(page.html, status=page.status)


def with_way_back(
    request: HttpRequest, response: HttpResponseBase, *, at: datetime, caller: str
) -> HttpResponseBase:
    """The answer to a form; one with faults is kept and shown under its own address where there are no scripts."""
    if not isinstance(response, HttpResponse) or not _wanted(request, response):
        return response
    if throttle.check("portal.kept", caller, limit=_LIMIT, window=_WINDOW, at=at) is not None:
        return response
    secret, number = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(24), secrets.token_urlsafe(9)
    keep(secret=secret, number=number, html=response.content.decode(), status=response.status_code, at=at)
    there = HttpResponseRedirect(f"{quote(request.path)}?{NUMBER}={number}", status=303)
    there.cookies.update(response.cookies)
    there.set_cookie(
        COOKIE, secret, max_age=int(KEPT.total_seconds()), httponly=True, samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip
    return there


def _wanted(request: HttpRequest, response: HttpResponse) -> bool:
    if request.method != "POST" or response.status_code not in _KEPT_STATUSES:
        return False
    return PLAIN in request.POST and response.headers.get("Content-Type", "").startswith("text/html")


def close(response: HttpResponseBase) -> None:
    """Leave no way back on this phone."""
    response.delete_cookie(COOKIE, samesite="Lax")
