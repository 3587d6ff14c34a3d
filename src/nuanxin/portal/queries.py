"""Finding a draft again: by the phone's cookie or by the code that was written down."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.encryption import fingerprint
from nuanxin.portal.models import KeptPage, PortalDraft
from nuanxin.portal.rules.codes import read_code


def token_print(token: str) -> bytes:
    """What is stored of a cookie's token."""
    return fingerprint("portal.token", token.encode())


def code_print(code: str) -> bytes:
    """What is stored of a code."""
    return fingerprint("portal.code", code.encode())


def page_print(secret: str, number: str) -> bytes:
    """What is stored of a cookie's secret together with the number of a page."""
    return fingerprint("portal.page", f"{secret}:{number}".encode())


def kept_page(secret: str, number: str, at: datetime) -> KeptPage | None:
    """A page that was kept for this phone; None when there is none or its time is over."""
    if not secret or not number:
        return None
    return KeptPage.objects.filter(page_print=page_print(secret, number), expires_at__gt=at).first()


def draft_by_token(token: str, at: datetime) -> PortalDraft | None:
    """The draft of this phone; None when there is none or its time is over."""
    if not token:
        return None
    return PortalDraft.objects.filter(token_print=token_print(token), expires_at__gt=at).first()


def draft_by_code(typed: str, at: datetime) -> PortalDraft | None:
    """The open draft of a code; None for a wrong one, one that ran out, and one that was handed in."""
    code = read_code(typed)
    # A code of the wrong shape is looked for all the same, so that the answer takes as long.
    return PortalDraft.objects.filter(code_print=code_print(code), expires_at__gt=at, case_id=0).first()
