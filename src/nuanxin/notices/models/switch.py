"""The switch that stops all outgoing messages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingFreeze(models.Model):
    """From ``frozen_at`` until ``thawed_at`` nothing leaves; what is due waits. At most one is open."""

    reason = models.CharField(_("Why"), max_length=200)
    frozen_at = models.DateTimeField(_("Frozen"), editable=False)
    frozen_by = models.BigIntegerField(_("Frozen by"), editable=False)
    thawed_at = models.DateTimeField(_("Thawed"), null=True, editable=False)
    thawed_by = models.BigIntegerField(_("Thawed by"), null=True, editable=False)

    class Meta:
        verbose_name = _("stop of outgoing messages")
        verbose_name_plural = _("stops of outgoing messages")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(thawed_at__isnull=True), name="freeze_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(thawed_at__isnull=True, thawed_by__isnull=True)
                | models.Q(thawed_at__isnull=False, thawed_by__isnull=False),
                name="freeze_thaw_pair",
            ),
        ]

    class Privacy:
        personal = {"reason": "free_text"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.frozen_at:%Y-%m-%d}"
