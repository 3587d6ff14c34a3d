"""Tokens for programs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.models.grant import ROLE_CHOICES
from nuanxin.accounts.models.staff import Staff


class ApiToken(models.Model):
    """A bearer token: what it may do, where, and until when. The token itself is never stored.

    With ``staff`` set it acts as that person and dies with their role; without, it is a partner's.
    """

    label = models.CharField(_("What it is for"), max_length=80)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    hint = models.CharField(_("Begins with"), max_length=8, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="tokens")
    role = models.CharField(_("Role"), max_length=20, choices=ROLE_CHOICES)
    region = models.BigIntegerField(_("Region"))
    office_id = models.BigIntegerField(_("Office"), default=0)
    created_at = models.DateTimeField(_("Issued"), editable=False)
    expires_at = models.DateTimeField(_("Expires"))
    revoked_at = models.DateTimeField(_("Revoked"), null=True, editable=False)
    # Exact to the hour: a write on every call would cost more than the call.
    used_at = models.DateTimeField(_("Last used"), null=True, editable=False)
    issued_by = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]

    class Privacy:
        personal = {"digest": "secret"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.hint}… {self.label}"
