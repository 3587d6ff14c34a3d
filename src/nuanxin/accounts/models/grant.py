"""Roles that people hold, where and how long."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.models.staff import Staff
from nuanxin.accounts.rules import STAFF_ROLES
from nuanxin.accounts.scope import HIGHEST

ROLE_NAMES = {
    "operator": _("Hotline operator"),
    "duty_lawyer": _("Duty lawyer"),
    "clerk": _("Agency clerk"),
    "decider": _("Agency decider"),
    "lawyer": _("Lawyer"),
    "bureau": _("Justice-bureau reviewer"),
    "supervisor": _("Supervisor"),
    "partner": _("Partner department"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
}
ROLE_CHOICES = [(str(role), ROLE_NAMES[str(role)]) for role in sorted(STAFF_ROLES)]


class Grant(models.Model):
    """One role of one person in one region, from ``since`` until ``until`` (open when null).

    ``region``: 12-digit code, or 0 for the nation. A grant is ended, never deleted.
    """

    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="grants", verbose_name=_("staff member")
    )
    role = models.CharField(_("Role"), max_length=20, choices=ROLE_CHOICES)
    region = models.BigIntegerField(_("Region"))
    since = models.DateTimeField(_("From"))
    until = models.DateTimeField(_("Until"), null=True, blank=True)
    granted_by = models.BigIntegerField(_("Granted by"), default=0, editable=False)
    ended_by = models.BigIntegerField(_("Ended by"), null=True, editable=False)

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        ordering = ["staff_id", "role", "since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[code for code, _name in ROLE_CHOICES]), name="grant_known_role"
            ),
            models.CheckConstraint(
                condition=models.Q(region__gte=0, region__lte=HIGHEST), name="grant_region_of_12_digits"
            ),
            # Equal is allowed: a grant revoked before it began holds for no instant.
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="grant_until_not_before_since",
            ),
            models.UniqueConstraint(
                fields=["staff", "role"], condition=models.Q(until__isnull=True), name="grant_one_open_a_role"
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.staff_id} {self.role} {self.region}"

    def in_force(self, at: datetime) -> bool:
        """Whether the grant holds at an instant: from ``since``, until just before ``until``."""
        return self.since <= at and (self.until is None or self.until > at)
