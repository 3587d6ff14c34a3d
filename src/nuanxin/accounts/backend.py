"""How a session finds its person, and whose failures are counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import staff_with_grants


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Sign-in by user name and password; the session's look-up brings the roles along in the same query."""

    def get_user(self, user_id: Any) -> Staff | None:
        """The person of a session, or None once the account may no longer sign in."""
        return staff_with_grants(int(user_id))


def attempted_username(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The user name that was tried, in the form it is stored, so that spelling variants share one count."""
    typed = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(typed).strip().lower()[:64]
