from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "nuanxin.accounts"
    label = "accounts"
    verbose_name = _("Staff and roles")
    default = True


class AdministrationConfig(admin_apps.AdminConfig):
    """Django's admin with our own site: our sign-in, our guard, administrators only."""

    default = False
    default_site = "nuanxin.accounts.admin_site.AdministrationSite"
