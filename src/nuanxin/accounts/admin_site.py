"""Django's admin for reference data: administrators only, our sign-in. Case status is never changed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy

from nuanxin.accounts.guards import MARK, Guard, Scope, guarded, public_route
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.audit.actor import Role

GUARD = Guard(frozenset({str(Role.ADMINISTRATOR)}), Scope.REFERENCE)


class AdministrationSite(admin.AdminSite):
    """The only admin site. ``guards.guard_of`` reads its guard from the site."""

    site_header = gettext_lazy("Nuanxin administration")
    site_title = gettext_lazy("Nuanxin administration")
    index_title = gettext_lazy("Reference data and settings")
    site_url = "/desk/"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        setattr(self, MARK, GUARD)

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators only."""
        return GUARD.admits(cast(PlatformRequest, request).actor)

    def admin_view(  # type: ignore[override]  # our guard keeps any view's signature
        self, view: Callable[..., Any], cacheable: bool = False
    ) -> Callable[..., HttpResponseBase]:
        """Django's checks inside our guard: sign-in, second factor, role."""
        return guarded(Role.ADMINISTRATOR, scope=Scope.REFERENCE)(super().admin_view(view, cacheable))

    @public_route("leads to the sign-in page")
    def login(self, *_: Any, **__: Any) -> HttpResponseRedirect:
        """There is one sign-in page."""
        return HttpResponseRedirect(resolve_url("account_login"))

    @public_route("leads to the sign-out page")
    def logout(self, *_: Any, **__: Any) -> HttpResponseRedirect:  # type: ignore[override]
        """There is one sign-out page."""
        return HttpResponseRedirect(resolve_url("account_logout"))

    @public_route("leads to the password page, which asks for a session")
    def password_change(self, *_: Any, **__: Any) -> HttpResponseRedirect:  # type: ignore[override]
        """There is one page to change a password."""
        return HttpResponseRedirect(resolve_url("account_change_password"))
