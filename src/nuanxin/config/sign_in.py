"""Settings of the packages behind sign-in: django-allauth, django-axes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from nuanxin.config.environment import Environment

APPS = ["allauth", "allauth.account", "allauth.mfa", "axes"]
OIDC_PROVIDER = "authority"  # in the addresses that the identity provider is told
FEDERATED_APPS = ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]


def sign_in_settings(env: Environment) -> dict[str, Any]:
    """Django settings for sign-in, without those of an identity provider where none is configured."""
    return {
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",  # first, so that a locked-out guess checks no password
            "nuanxin.accounts.backend.StaffBackend",
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/desk/",
        **_accounts(),
        **_lock_out(),
        **(_federated(env) if env.oidc_issuer else {}),
    }


def _accounts() -> dict[str, Any]:
    return {
        "ACCOUNT_ADAPTER": "nuanxin.accounts.adapters.StaffAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],  # sign-up is closed; e-mail is never asked
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "ACCOUNT_PRESERVE_USERNAME_CASING": False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 600,
        "ACCOUNT_FORMS": {
            "login": "nuanxin.accounts.forms.SignInForm",
            "change_password": "nuanxin.accounts.forms.NewPasswordForm",
            "reauthenticate": "nuanxin.accounts.forms.ConfirmPasswordForm",
        },
        # Its counters live in the cache of one process; accounts.throttle counts for all of them.
        "ACCOUNT_RATE_LIMITS": False,
        "MFA_ADAPTER": "nuanxin.accounts.adapters.SecondFactorAdapter",
        "MFA_FORMS": {
            "authenticate": "nuanxin.accounts.forms.SecondFactorForm",
            "reauthenticate": "nuanxin.accounts.forms.ConfirmSecondFactorForm",
            "activate_totp": "nuanxin.accounts.forms.SetUpSecondFactorForm",
        },
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
        "MFA_TOTP_ISSUER": "Nuanxin",
        "MFA_TOTP_TOLERANCE": 1,  # a telephone's clock may be half a minute off
    }


def _lock_out() -> dict[str, Any]:
    return {
        "AXES_FAILURE_LIMIT": 5,
        "AXES_COOLOFF_TIME": timedelta(minutes=15),
        # The pair: nobody can lock a colleague out, nor a guesser the whole office behind one address.
        "AXES_LOCKOUT_CALLABLE": "nuanxin.ui.errors.locked_out",
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
        "AXES_USERNAME_FORM_FIELD": "username",
        "AXES_USERNAME_CALLABLE": "nuanxin.accounts.backend.attempted_username",
        "AXES_CLIENT_IP_CALLABLE": "nuanxin.accounts.address.client_address",
        "AXES_DISABLE_ACCESS_LOG": True,  # sign-ins are audit events
        "AXES_ENABLE_ADMIN": False,
        "AXES_VERBOSE": False,
        "AXES_SENSITIVE_PARAMETERS": ["username", "login", "password", "code"],
    }


def _federated(env: Environment) -> dict[str, Any]:
    return {
        "SOCIALACCOUNT_ADAPTER": "nuanxin.accounts.federation.FederatedAdapter",
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        # A link, as the Content-Security-Policy lets no form lead to another host.
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": OIDC_PROVIDER,
                        "name": env.oidc_name,
                        "client_id": env.oidc_client_id,
                        "secret": env.oidc_client_secret,
                        "settings": {"server_url": env.oidc_issuer},
                    }
                ],
            }
        },
    }
