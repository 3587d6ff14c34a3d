"""Addresses of sign-in. The names are those that django-allauth looks up."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from nuanxin.accounts import views
from nuanxin.accounts.guards import public_route

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("inactive/", views.Inactive.as_view(), name="account_inactive"),
    path("password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("confirm/", views.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("second-factor/", views.SecondFactorIndex.as_view(), name="mfa_index"),
    path("second-factor/code/", views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("second-factor/confirm/", views.ConfirmSecondFactor.as_view(), name="mfa_reauthenticate"),
    path("second-factor/set-up/", views.SetUpSecondFactor.as_view(), name="mfa_activate_totp"),
    path("second-factor/remove/", views.RemoveSecondFactor.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", views.MakeRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", views.DownloadRecoveryCodes.as_view(), name="mfa_download_recovery_codes"),
]

if settings.FEDERATED:
    from allauth.socialaccount.providers.openid_connect import views as provider

    signing_in = public_route("signing in through the authority's identity provider")
    urlpatterns += [
        path("provider/<str:provider_id>/login/", signing_in(provider.login), name="openid_connect_login"),
        path(
            "provider/<str:provider_id>/login/callback/",
            signing_in(provider.callback),
            name="openid_connect_callback",
        ),
        path("provider/cancelled/", views.Cancelled.as_view(), name="socialaccount_login_cancelled"),
    ]
