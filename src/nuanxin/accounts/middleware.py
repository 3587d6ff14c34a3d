"""Who asks, and when: the only place where a web request reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from nuanxin.accounts.queries import actor_for
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.audit.actor import WORKER, Actor

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def _actor(request: PlatformRequest) -> Actor:
    user = request.user
    if not user.is_authenticated:
        return WORKER
    return actor_for(user, request.at)


class ActorMiddleware:
    """Sets ``request.at`` and ``request.actor``. The actor is looked up when first asked for, so that public
    pages cost no query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with its instant and its actor known."""
        acted = cast(PlatformRequest, request)
        acted.at = timezone.now()
        acted.actor = cast(Actor, SimpleLazyObject(lambda: _actor(acted)))
        return self.get_response(request)
