"""Every route says who may use it, and a test reads what it said.

``@guarded(Role.CLERK, scope=Scope.HOLDER)`` on a view or a class-based view refuses everybody else;
``@public_route("why")`` marks a view that anybody may use. API operations use ``accounts.api.StaffAuth`` or
``auth=None`` with ``@public_route``. ``guard_of`` gives back what was said; a view without a guard has None.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url

from nuanxin.accounts.requests import PlatformRequest
from nuanxin.accounts.scope import HIGHEST
from nuanxin.accounts.sign_in import step_before_work
from nuanxin.audit.actor import Actor, Role

MARK = "nuanxin_guard"
View = TypeVar("View", bound=Callable[..., Any])


class Scope(StrEnum):
    """Which rows a route reaches. Only NATION and ANYBODY are enforced by the guard itself; for the others
    the room's ``permissions`` do it row by row, and the route test tries rows out of reach."""

    HOLDER = "holder"  # rows whose holder_region lies in the actor's scope
    OFFICE = "office"  # rows of the actor's own office
    OWN = "own"  # rows assigned to the actor
    NATION = "nation"  # the actor's scope must be the nation
    SELF = "self"  # the actor's own account
    REFERENCE = "reference"  # no rows about cases or people
    ANYBODY = "anybody"  # public


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may use a route. ``roles`` empty: any account that has signed in. ``reason``: why it is public."""

    roles: frozenset[str]
    scope: Scope
    reason: str = ""

    @property
    def public(self) -> bool:
        """Whether anybody may use the route."""
        return self.scope is Scope.ANYBODY

    def admits(self, actor: Actor) -> bool:
        """Whether an actor may use the route at all; which rows is for ``permissions``."""
        if self.public:
            return True
        if self.roles and not self.roles & actor.roles:
            return False
        if self.scope is Scope.NATION:
            return actor.scope == (0, HIGHEST)
        return actor.kind in {"staff", "partner"}


# Views of packages, which cannot carry our mark, and why each may be used by anybody.
PACKAGE_ROUTES: Mapping[str, str] = {
    "ninja.openapi.views": "the description of the public API holds no data",
    "django.views.i18n": "the choice of language",
    "nuanxin.ui.views": "the look itself holds no data: language, offline page, manifest, gallery",
    "django.views.static": "development only: style sheets and scripts",
    "django.contrib.staticfiles.views": "development only: style sheets and scripts",
}


def refusal(request: PlatformRequest, guard: Guard) -> HttpResponseBase | None:
    """What to answer instead of the page, or None. Raises PermissionDenied for the wrong role or scope."""
    actor = request.actor
    if actor.kind != "staff":
        return _to_sign_in(request)
    if guard.scope is not Scope.SELF and (url_name := step_before_work(request)) is not None:
        return _redirect(request, resolve_url(url_name))
    if not guard.admits(actor):
        raise PermissionDenied
    return None


def _redirect(request: HttpRequest, url: str) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        # A part of a page must not be filled with the sign-in page; htmx moves the whole window.
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true" or request.method not in {"GET", "HEAD"}:
        return _redirect(request, resolve_url(settings.LOGIN_URL))
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def _wrap(view: Callable[..., Any], guard: Guard, *, method: bool) -> Callable[..., Any]:
    @functools.wraps(view)
    def guarded_view(*args: Any, **kwargs: Any) -> Any:
        request = cast(PlatformRequest, args[1] if method else args[0])
        refused = refusal(request, guard)
        response = refused if refused is not None else view(*args, **kwargs)
        # What staff see stays out of shared caches and off the disk of a shared computer.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    setattr(guarded_view, MARK, guard)
    return guarded_view


def _mark(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        if isinstance(view, type):
            dispatch = cast(Any, view).dispatch
            if guard.public:

                def passed(self: Any, *args: Any, **kwargs: Any) -> Any:
                    return dispatch(self, *args, **kwargs)

                wrapped: Callable[..., Any] = functools.wraps(dispatch)(passed)
                setattr(wrapped, MARK, guard)
            else:
                wrapped = _wrap(dispatch, guard, method=True)
            cast(Any, view).dispatch = wrapped
            return view
        if guard.public:
            setattr(view, MARK, guard)
            return view
        return cast(View, _wrap(view, guard, method=False))

    return mark


def guarded(*roles: Role, scope: Scope | str = Scope.HOLDER) -> Callable[[View], View]:
    """Let only these roles use a view; without roles, any account that has signed in.

    Nobody signed in: to the sign-in page and back. Wrong role, or not the nation where asked: 403.
    """
    kind = Scope(scope)
    if kind is Scope.ANYBODY:
        raise ValueError("a route for anybody says why: @public_route(reason)")
    if not roles and kind not in {Scope.SELF, Scope.REFERENCE}:
        raise ValueError(f"scope {kind} needs the roles that may reach such rows")
    return _mark(Guard(frozenset(str(role) for role in roles), kind))


def public_route(reason: str) -> Callable[[View], View]:
    """Mark a view that anybody may use, with the reason. Works on API operations too."""
    if not reason.strip():
        raise ValueError("say why anybody may use this route")
    return _mark(Guard(frozenset(), Scope.ANYBODY, reason))


def guards_of(view: Callable[..., Any]) -> dict[str, Guard | None]:
    """Guards of a resolved view by HTTP method; ``*`` where all methods share one.

    Understands functions, class-based views, pages of the admin site and API path views.
    """
    if (mark := getattr(view, MARK, None)) is not None:
        return {"*": cast(Guard, mark)}
    if (operations := _operations(view)) is not None:
        return {method: guard for op in operations for method, guard in _operation_guards(op)}
    site = getattr(getattr(view, "model_admin", None), "admin_site", None) or getattr(
        view, "admin_site", None
    )
    if (mark := getattr(site, MARK, None)) is not None:
        return {"*": cast(Guard, mark)}
    inner = view.func if isinstance(view, functools.partial) else view
    reason = PACKAGE_ROUTES.get(getattr(inner, "__module__", ""))
    return {"*": Guard(frozenset(), Scope.ANYBODY, reason) if reason else None}


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """The guard of a view; None when it, or one of its API operations, has none.

    For a path whose API operations differ it is the first of them; ``guards_of`` has them all.
    """
    guards = list(guards_of(view).values())
    return None if None in guards or not guards else guards[0]


def _operations(view: Callable[..., Any]) -> list[Any] | None:
    for cell in getattr(view, "__closure__", None) or ():
        if type(cell.cell_contents).__name__ == "PathView":
            return list(cell.cell_contents.operations)
    return None


def _operation_guards(operation: Any) -> list[tuple[str, Guard | None]]:
    marks = [getattr(callback, MARK, None) for callback in operation.auth_callbacks]
    if operation.auth_callbacks:
        # Any one of several ways in is enough for ninja, so each must be guarded.
        guard = None if None in marks else marks[0]
    else:
        guard = getattr(operation.view_func, MARK, None)
        guard = guard if guard is not None and guard.public else None
    return [(method, guard) for method in operation.methods]
