"""Waits and limits that a region has set for itself, each from a day on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nuanxin.hotline.rules import settings


class HotlineSetting(models.Model):
    """One value of ``rules.settings.KINDS`` for a region (0: the country), in the kind's unit."""

    key = models.CharField(max_length=30)
    region = models.BigIntegerField()
    value = models.IntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=200, default="")  # who decided it, or where it stands

    class Meta:
        ordering = ["key", "region", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "region", "valid_from"], name="hotline_setting_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="hotline_setting_until_not_before_from",
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.key} of {self.region} from {self.valid_from}"

    def as_rule(self) -> settings.Setting:
        """The plain value that the rules read."""
        return settings.Setting(self.key, self.region, self.value, self.valid_from, self.valid_until)
