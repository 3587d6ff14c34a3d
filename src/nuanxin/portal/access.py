"""Who has shown the code of a case on this phone, for half an hour.

A signed cookie without an expiry of its own: it ends with the browser, after 30 minutes without a page, and as
soon as the code is renewed. Nothing about it is stored on the server; what it opens is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

COOKIE = "follow"
RING = "ring"  # a call-back, in the same way
IDLE_SECONDS = 30 * 60
_SALT = "nuanxin.portal.access"


@dataclass(frozen=True, slots=True)
class Access:
    """A case, and whose code opened it: 0 the applicant or representative, else the roster number.

    ``epoch`` is the edition of the code. ``shared`` asks to clear the phone when done.
    """

    case_id: int
    seq: int
    epoch: int
    shared: bool = False


def grant(response: HttpResponseBase, access: Access, at: datetime) -> None:
    """Open the case on this phone, or keep it open for another half hour."""
    value = [access.case_id, access.seq, access.epoch, int(access.shared), int(at.timestamp())]
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=_SALT),
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def read(request: HttpRequest, at: datetime) -> Access | None:
    """What this phone may see now; None when nothing was opened or the half hour is over."""
    try:
        case_id, seq, epoch, shared, moment = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not 0 <= at.timestamp() - moment < IDLE_SECONDS + 1:
        return None
    return Access(case_id, seq, epoch, bool(shared))


def close(response: HttpResponseBase) -> None:
    """Close the case on this phone."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.delete_cookie(RING, samesite="Lax")


_RING_SALT = "nuanxin.portal.ring"


def grant_ring(response: HttpResponseBase, call_back: int, at: datetime) -> None:
    """Open a call-back on this phone for half an hour, to whoever asked for it or has shown its code."""
    value = signing.dumps([call_back, int(at.timestamp())], salt=_RING_SALT)
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(RING, value, httponly=True, samesite="Lax", secure=secure)


def read_ring(request: HttpRequest, at: datetime) -> int:
    """The call-back that is open on this phone; 0 for none."""
    try:
        call_back, moment = signing.loads(request.COOKIES.get(RING, ""), salt=_RING_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return 0
    return int(call_back) if 0 <= at.timestamp() - moment < IDLE_SECONDS + 1 else 0
