"""What was told on the pages of advice: a signed cookie on the worker's own phone, and nothing on the server.

It ends with the browser and after two hours without a page. No question asks who somebody is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from nuanxin.portal.rules.route import Answers

COOKIE = "advice"
PATH = "/advice/"
IDLE_SECONDS = 2 * 60 * 60
_SALT = "nuanxin.portal.advice"
Told = dict[str, dict[str, Any]]


def signed(answers: Answers, at: datetime) -> str:
    """The answers as a text that only we can have written, good for two hours."""
    return signing.dumps([int(at.timestamp()), answers], salt=_SALT, compress=True)


def opened(text: str, at: datetime) -> Told:
    """The answers in a signed text; none where it was altered or its time is over."""
    try:
        moment, answers = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return {}
    return answers if 0 <= at.timestamp() - moment < IDLE_SECONDS + 1 else {}


def read(request: HttpRequest, at: datetime) -> Told:
    """What this phone has told."""
    return opened(request.COOKIES.get(COOKIE, ""), at)


def keep(response: HttpResponseBase, answers: Answers, at: datetime) -> None:
    """Keep the answers on the phone for another two hours."""
    response.set_cookie(
        COOKIE,
        signed(answers, at),
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def forget(response: HttpResponseBase) -> None:
    """Leave nothing on the phone."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'
