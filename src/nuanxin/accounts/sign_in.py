"""What a session still owes before work may begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from nuanxin.accounts.rules import needs_second_factor

if TYPE_CHECKING:
    from nuanxin.accounts.requests import PlatformRequest

# Set when a second factor was given, or set up, in this session.
SECOND_FACTOR_KEY = "second_factor"
CHANGE_PASSWORD = "account_change_password"  # noqa: S105 - a url name
SET_UP_SECOND_FACTOR = "mfa_activate_totp"


def step_before_work(request: PlatformRequest) -> str | None:
    """The url name of the page that must come first, or None: a new password, then the second factor.

    Second factor: for the roles of ``rules.SECOND_FACTOR_ROLES`` unless settings.SECOND_FACTOR is off.
    """
    if request.user.is_authenticated and request.user.must_change_password:
        return CHANGE_PASSWORD
    if (
        settings.SECOND_FACTOR
        and needs_second_factor(request.actor.roles)
        and not request.session.get(SECOND_FACTOR_KEY)
    ):
        return SET_UP_SECOND_FACTOR
    return None
