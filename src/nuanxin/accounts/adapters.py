"""Where django-allauth meets our rules: closed sign-up, shared limits, audit events, sealed secrets."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts import actions, throttle
from nuanxin.accounts.address import address_group, client_address
from nuanxin.accounts.backend import attempted_username
from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.accounts.rules import needs_second_factor
from nuanxin.accounts.sign_in import SECOND_FACTOR_KEY
from nuanxin.audit.sealing import open_sealed, seal

SEAL_CONTEXT = "mfa.authenticator.data"
WINDOW = timedelta(minutes=15)
TRIES_AN_ADDRESS = 60  # an office of thirty behind one address signs in each morning
FAILURES_A_NAME = 20  # whatever the addresses
KNOWN = "sign_in_known"  # bucket of names with an address from which they have signed in


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-in of staff. Nobody signs up; accounts are made by an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The user name or the password is not right. Check both and try again."
        ),
        "too_many_login_attempts": _("Too many tries. Wait a quarter of an hour, then try again."),
        "incorrect_password": _("This password is not right. Try again."),
        "enter_current_password": _("This is not your present password. Try again."),
        "incorrect_code": _("This code is not right, or was used already. Wait for the next one."),
        "rate_limited": _("Too many tries. Wait a moment, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Only what trusted proxies say."""
        return client_address(request)

    def add_message(self, *_: Any, **__: Any) -> None:
        """The next page shows that it worked; a further banner would only stand in the way of the work."""

    def pre_authenticate(self, request: PlatformRequest, **credentials: Any) -> None:
        """Limits besides the lock-out: one address, one name. Raises ValidationError.

        Whoever knows a name could use its limit to keep its owner out; so it does not hold where the owner has
        signed in before.
        """
        address, name = address_group(client_address(request)), attempted_username(request, credentials)
        if throttle.check("sign_in_address", address, limit=TRIES_AN_ADDRESS, window=WINDOW, at=request.at):
            raise self.validation_error("too_many_login_attempts")
        full = throttle.over("sign_in_name", name, limit=FAILURES_A_NAME, window=WINDOW, at=request.at)
        if full and not throttle.remembered(KNOWN, f"{name} {address}", at=request.at):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: PlatformRequest, **credentials: Any) -> None:
        """A wrong password counts against the name, and enters the record of the account that was tried."""
        if not getattr(request, "axes_locked_out", False):
            name = attempted_username(request, credentials)
            throttle.check("sign_in_name", name, limit=FAILURES_A_NAME, window=WINDOW, at=request.at)
            actions.record_failed_sign_in(username=name, step="password", by=request.actor, at=request.at)

    def post_login(self, request: PlatformRequest, user: Staff, **kwargs: Any) -> HttpResponseBase:
        """All steps are done and the session is new: record it, and remember a second factor."""
        methods = [step["method"] for step in request.session.get("account_authentication_methods", [])]
        second = "mfa" in methods
        method = "second_factor" if second else "federated" if "socialaccount" in methods else "password"
        request.session[SECOND_FACTOR_KEY] = second
        actor = actor_for(user, request.at)
        known = f"{user.username} {address_group(client_address(request))}"
        throttle.remember(KNOWN, known, at=request.at)
        actions.record_sign_in(staff=user, method=method, by=actor, at=request.at)
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: PlatformRequest) -> None:
        """Record, then end the session."""
        if request.actor.kind == "staff":
            actions.record_sign_out(by=request.actor, at=request.at)
        super().logout(request)

    def set_password(self, user: Staff, password: str) -> None:
        """The owner chose a new password. Other sessions of the account end with it."""
        request: PlatformRequest = context.request
        actions.change_own_password(staff=user, password=password, by=request.actor, at=request.at)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the work; a guard sends on to the second factor where one is due."""
        return self.get_login_redirect_url(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the desk."""
        return resolve_url(super().get_login_redirect_url(request))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets sealed at rest; who must have a second factor cannot take it away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": StaffAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Ask an administrator to set it anew."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return seal(text, context=SEAL_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again. Raises SealBroken."""
        return open_sealed(encrypted_text, context=SEAL_CONTEXT)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not where the role needs it."""
        request: PlatformRequest = context.request
        return not needs_second_factor(request.actor.roles)

    def build_totp_svg(self, url: str) -> str:
        """The QR code on white, so that a camera reads it on a dark page too."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=4, border=4, light="#fff")
        return drawn.getvalue().decode()

    def get_totp_label(self, user: Staff) -> str:
        """The user name, as shown in the authenticator app."""
        return user.username

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A fault of a form, in our words."""
        return ValidationError(
            self.error_messages[code] % args if args else self.error_messages[code], code=code
        )
