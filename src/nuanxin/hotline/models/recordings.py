"""Recordings of calls."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nuanxin.hotline.models.calls import Call
from nuanxin.hotline.rules.recordings import Gone


class Recording(models.Model):
    """What was recorded of a call after the caller had agreed. The file lies sealed (``hotline.store``); when it is
    deleted the row stays and says when and why."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="recordings")
    name = models.CharField(max_length=80)  # the engine's own name of it
    mime = models.CharField(max_length=20)
    seconds = models.IntegerField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    consent_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    kept_until = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_for = models.CharField(max_length=12, default="")  # rules.recordings.Gone

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="hotline_recording_once"),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True, deleted_for="")
                | Q(deleted_at__isnull=False) & Q(deleted_for__in=list(Gone)),
                name="hotline_recording_gone_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kept_until"], name="hotline_recording_due", condition=Q(deleted_at__isnull=True)
            )
        ]

    class Privacy:
        personal = {"sha256": "hash"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"recording {self.id}"
