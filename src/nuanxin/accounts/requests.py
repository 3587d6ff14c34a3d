"""What every request carries besides Django's own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

from nuanxin.audit.actor import Actor

if TYPE_CHECKING:
    from nuanxin.accounts.models import Staff


class PlatformRequest(HttpRequest):
    """A request after ``accounts.middleware``: who asks, and the instant at which it came."""

    actor: Actor
    at: datetime


class StaffRequest(PlatformRequest):
    """A request that passed a guard: somebody has signed in."""

    user: Staff
