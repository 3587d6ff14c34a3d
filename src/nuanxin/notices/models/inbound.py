"""Text messages that came in."""

from __future__ import annotations

from django.db import models

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField


class InboundText(models.Model):
    """A text message from a worker, kept until it is answered. ``gateway_id`` makes a repeated delivery one row."""

    gateway_id = models.CharField(max_length=80, unique=True)
    phone = EncryptedTextField()
    phone_index = BlindIndexField(null=True)
    text = EncryptedTextField()
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, default="")  # answered, silent, too_many, failed
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["id"], name="inbound_open", condition=models.Q(answered_at__isnull=True))
        ]

    class Privacy:
        personal = {"phone": "phone", "phone_index": "phone", "text": "free_text"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d %H:%M} {self.outcome}"
