"""Keeping a page that answered a form, for minutes, and forgetting it."""

from __future__ import annotations

from datetime import datetime, timedelta

from nuanxin.audit.transactions import write
from nuanxin.portal.models import KeptPage
from nuanxin.portal.queries import page_print

KEPT = timedelta(minutes=10)


def keep(*, secret: str, number: str, html: str, status: int, at: datetime) -> None:
    """Keep one page for the phone that holds the secret."""
    with write():
        KeptPage.objects.create(
            page_print=page_print(secret, number), html=html, status=status, expires_at=at + KEPT
        )


def forget_pages(at: datetime) -> int:
    """Delete pages whose time is over; how many."""
    with write():
        return KeptPage.objects.filter(expires_at__lte=at).delete()[0]
