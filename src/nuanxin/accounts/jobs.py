"""Housekeeping: what has run out is deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from nuanxin.accounts import throttle
from nuanxin.audit.transactions import write


def clear_sessions(at: datetime) -> int:
    """Delete sessions that have ended and failed sign-ins older than a day; how many rows."""
    with write():
        sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
        attempts, _ = AccessAttempt.objects.filter(attempt_time__lt=at - timedelta(days=1)).delete()
    return int(sessions + attempts)


PERIODIC: list[tuple[str, float, Callable[[datetime], int]]] = [
    ("accounts.forget_throttles", 600, throttle.forget),
    ("accounts.clear_sessions", 3600, clear_sessions),
]
