"""Small things that every page of the public face does the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuanxin.accounts import throttle
from nuanxin.accounts.address import address_group, client_address
from nuanxin.accounts.guards import public_route
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.accounts.throttle import RetryAfter
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.portal import way_back

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]

# A building site shares one address: the limit for it is wide, the one for a phone narrow.
SENT_BY_ADDRESS = (120, timedelta(hours=1))
SENT_BY_PHONE = (10, timedelta(hours=1))
UPLOADS_BY_ADDRESS = (200, timedelta(hours=1))


def public(reason: str) -> Callable[[Page[Rest]], Page[Rest]]:
    """A page for anybody that no cache may keep: it may show what somebody typed."""

    def mark(view: Page[Rest]) -> Page[Rest]:
        @wraps(view)
        def page(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            response = way_back.shown_again(request, at(request))
            if response is None:
                answer = view(request, *args, **kwargs)
                response = way_back.with_way_back(request, answer, at=at(request), caller=address(request))
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return public_route(reason)(page)

    return mark


def at(request: HttpRequest) -> datetime:
    """The instant at which the request came."""
    return cast(PlatformRequest, request).at


def today(request: HttpRequest) -> date:
    """The legal day of the request."""
    return at(request).astimezone(SHANGHAI).date()


def language() -> str:
    """``zh`` or ``en``: the language of the page, as submissions name it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def address(request: HttpRequest) -> str:
    """What a limit counts as one caller."""
    return address_group(client_address(request))


def too_often(request: HttpRequest, phone: str) -> RetryAfter | None:
    """Whether this address or this phone has sent too much; counts this time."""
    moment = at(request)
    for bucket, key, (limit, window) in (
        ("portal.sent.address", address(request), SENT_BY_ADDRESS),
        ("portal.sent.phone", phone, SENT_BY_PHONE),
    ):
        wait = throttle.check(bucket, key, limit=limit, window=window, at=moment)
        if wait is not None:
            return wait
    return None


def started_too_often(request: HttpRequest) -> RetryAfter | None:
    """Whether this address has begun too many applications."""
    limit, window = SENT_BY_ADDRESS
    return throttle.check(
        "portal.begun.address", address(request), limit=limit, window=window, at=at(request)
    )


def uploads_too_often(request: HttpRequest) -> RetryAfter | None:
    """Whether this address has sent too many files; shares its count with the API."""
    limit, window = UPLOADS_BY_ADDRESS
    return throttle.check("evidence.address", address(request), limit=limit, window=window, at=at(request))


def too_often_words(wait: RetryAfter) -> str:
    """What to do when a limit was met."""
    minutes = max(1, -(-wait.seconds // 60))
    return _(
        "A lot was sent from here just now. Wait %(minutes)s minutes and press the button again, or ring 12348."
    ) % {"minutes": minutes}


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    wait: RetryAfter | None = None,
) -> HttpResponse:
    """The page; with the status of a limit where one was met, and what was typed still on it."""
    response = render(request, template, dict(context or {}), status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(wait.seconds)
    return response
