"""Forms of sign-in, in the look of the platform."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nuanxin.accounts import actions, second_factor
from nuanxin.accounts.models import Staff
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.ui.forms import Accessible


def _label(form: Any, names: dict[str, Any]) -> None:
    for name, label in names.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields[name].help_text = ""


class SignInForm(Accessible, LoginForm):  # type: ignore[misc]  # allauth is untyped
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"login": _("User name"), "password": _("Password")})
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")

    def clean_login(self) -> str:
        """User names are lower case, however they are typed."""
        return str(self.cleaned_data["login"]).strip().lower()


class NewPasswordForm(Accessible, ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """A new password, after the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            "oldpassword": _("Present password"),
            "password1": _("New password"),
            "password2": _("New password again"),
        }
        _label(self, names)
        self.fields["password1"].help_text = _(
            "At least 10 characters; not a common password, not your name."
        )

    def clean_oldpassword(self) -> str:
        """Guesses count as failed sign-ins."""
        typed = str(self.cleaned_data["oldpassword"])
        adapter = get_account_adapter()
        if not adapter.reauthenticate(self.user, typed):
            raise adapter.validation_error("enter_current_password")
        return typed

    def clean_password1(self) -> str:
        """The present password is not a new one."""
        new = str(self.cleaned_data["password1"])
        if new == self.data.get("oldpassword"):
            raise ValidationError(
                _("Choose a password that differs from the present one."), code="same_password"
            )
        return new


class ConfirmPasswordForm(Accessible, ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"password": _("Password")})


class _CodeForm(Accessible):
    """One code of the second factor, used up when it is right."""

    user: Staff
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"code": _("Verification code")})
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")
        self.fields["code"].help_text = _("Six figures from your app, or a recovery code.")

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong or used code, or while the account must wait."""
        request: PlatformRequest = context.request
        code = str(self.cleaned_data["code"])
        try:
            found = second_factor.accept(self.user, code, at=request.at)
        except second_factor.TooSoon as wait:
            raise too_soon(wait.seconds) from wait
        if found is None:
            actions.record_failed_sign_in(
                username=self.user.username, step="second_factor", by=request.actor, at=request.at
            )
            raise get_account_adapter().validation_error("incorrect_code")
        found.user = self.user
        self.authenticator = found
        return code


def too_soon(seconds: int) -> ValidationError:
    """Says how long to wait."""
    said = ngettext("Too many tries. Wait %(n)d second.", "Too many tries. Wait %(n)d seconds.", seconds)
    return ValidationError(said % {"n": seconds}, code="too_soon")


class SecondFactorForm(_CodeForm, AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second step of signing in."""


class ConfirmSecondFactorForm(_CodeForm, ReauthenticateCodeForm):  # type: ignore[misc]  # allauth is untyped
    """A code again, before something that matters."""


class SetUpSecondFactorForm(Accessible, ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """The first code of a new authenticator proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"code": _("Verification code")})
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")
        self.fields["code"].help_text = _("Six figures from your app.")
