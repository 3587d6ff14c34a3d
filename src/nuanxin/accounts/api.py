"""How API operations are guarded: a session of the desk, or a bearer token.

``@router.get("/cases", auth=StaffAuth(Role.CLERK, Role.DECIDER))``; a public operation has ``auth=None`` and
``@public_route("why")``. After either way in, ``request.actor`` is who acts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from nuanxin.accounts.guards import MARK, Guard, Scope
from nuanxin.accounts.models import ApiToken
from nuanxin.accounts.queries import actor_for_token, live_token
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.accounts.sign_in import step_before_work
from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.transactions import write

USED_EVERY = timedelta(hours=1)


class StaffAuth(HttpBearer):
    """Lets only these roles use an operation: by bearer token, or by the desk's session with its CSRF token.

    Nobody recognised: 401. Recognised, but the wrong role or scope: 403.
    """

    def __init__(self, *roles: Role, scope: Scope | str = Scope.HOLDER) -> None:
        super().__init__()
        if not roles:
            raise ValueError("name the roles that may use this operation")
        setattr(self, MARK, Guard(frozenset(str(role) for role in roles), Scope(scope)))

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Who acts, or None."""
        acted = cast(PlatformRequest, request)
        if request.headers.get(self.header):
            actor = cast("Actor | None", super().__call__(request))
        else:
            actor = self._from_session(acted)
        if actor is None:
            return None
        guard: Guard = getattr(self, MARK)
        if not guard.admits(actor):
            raise PermissionDenied
        acted.actor = actor
        return actor

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor of a bearer token."""
        at = cast(PlatformRequest, request).at
        found = live_token(token, at)
        if found is None:
            return None
        actor = actor_for_token(found, at)
        if actor is not None and (found.used_at is None or at - found.used_at > USED_EVERY):
            with write():
                ApiToken.objects.filter(pk=found.pk).update(used_at=at)
        return actor

    def _from_session(self, request: PlatformRequest) -> Actor | None:
        if request.actor.kind != "staff":
            return None
        if check_csrf(request) is not None or step_before_work(request) is not None:
            raise PermissionDenied
        return request.actor


class StaffToken(StaffAuth):
    """As StaffAuth, but takes a bearer token only: for operations that programs use and browsers do not."""

    def _from_session(self, request: PlatformRequest) -> Any:
        return None
