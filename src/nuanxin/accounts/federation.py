"""Sign-in through an authority's identity provider (OpenID Connect), where OIDC_ISSUER is set.

It opens existing accounts only: an administrator writes the provider's id of the person (the ``sub`` claim)
into the account. What the provider says about names or e-mail addresses never decides who somebody is.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from nuanxin.accounts.models import Staff


class FederatedAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Finds the account for an identity; makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Lead the identity to its account, or say that there is none. Raises ImmediateHttpResponse."""
        staff = Staff.objects.filter(federated_id=sociallogin.account.uid, is_active=True).first()
        if staff is None:
            raise ImmediateHttpResponse(render(request, "accounts/no_account.html", status=403))
        if sociallogin.is_existing and sociallogin.user.pk == staff.pk:
            return
        if sociallogin.is_existing:
            # The id was moved to another account: the administrator's word counts, not the old link.
            sociallogin.account.delete()
            sociallogin.account.pk = None
        sociallogin.connect(request, staff)
