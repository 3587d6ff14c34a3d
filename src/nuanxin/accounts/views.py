"""Pages of sign-in: the package's views, each with its guard."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from nuanxin.accounts import actions, second_factor
from nuanxin.accounts.guards import guarded, public_route
from nuanxin.accounts.sign_in import SECOND_FACTOR_KEY


@public_route("signing in")
class SignIn(account.LoginView):  # type: ignore[misc]  # allauth is untyped
    """User name and password."""


@public_route("signing out; without a session it does nothing")
@method_decorator(never_cache, name="dispatch")
class SignOut(account.LogoutView):  # type: ignore[misc]
    """Asks, then ends the session."""


@public_route("says that the account was ended")
class Inactive(account.AccountInactiveView):  # type: ignore[misc]
    """For who signs in with an account that was ended."""


@public_route("says that signing in through the authority did not work")
class Cancelled(TemplateView):
    """For who turned back at the identity provider."""

    template_name = "socialaccount/authentication_error.html"


@guarded(scope="self")
class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """A new password. Who signs in through the authority only has none to change."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form, or back to the desk."""
        user = request.user
        if user.is_authenticated and not user.has_usable_password():
            return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


@guarded(scope="self")
class Reauthenticate(account.ReauthenticateView):  # type: ignore[misc]
    """The password again."""


@public_route("the second step of signing in; needs the first")
class SecondFactor(factor.AuthenticateView):  # type: ignore[misc]
    """A code."""


@guarded(scope="self")
class ConfirmSecondFactor(factor.ReauthenticateView):  # type: ignore[misc]
    """A code again."""


@guarded(scope="self")
class SecondFactorIndex(factor.IndexView):  # type: ignore[misc]
    """What is set up."""


@guarded(scope="self")
class SetUpSecondFactor(totp.ActivateTOTPView):  # type: ignore[misc]
    """Scan, type the first code."""

    def form_valid(self, form: Any) -> HttpResponse:
        """From now on this session counts as signed in with a second factor: its owner just proved one."""
        response: HttpResponse = super().form_valid(form)
        second_factor.remember_first(self.request.user, form.cleaned_data["code"])
        self.request.session[SECOND_FACTOR_KEY] = True
        _record(self, "staff.second_factor_set")
        return response


@guarded(scope="self")
class RemoveSecondFactor(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Only for roles that need none."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove and record."""
        response: HttpResponse = super().form_valid(form)
        self.request.session[SECOND_FACTOR_KEY] = False
        _record(self, "staff.second_factor_removed")
        return response


@guarded(scope="self")
@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """For a lost telephone."""


@guarded(scope="self")
class MakeRecoveryCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New ones; the old ones end."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make and record."""
        response: HttpResponse = super().form_valid(form)
        _record(self, "staff.recovery_codes_made")
        return response


@guarded(scope="self")
class DownloadRecoveryCodes(codes.DownloadRecoveryCodesView):  # type: ignore[misc]
    """As a text file."""


def _record(view: Any, kind: str) -> None:
    actions.record_own_change(kind=kind, by=view.request.actor, at=view.request.at)
