"""The consultation record: what a caller told and what they were answered."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q

from nuanxin.audit.encryption import EncryptedTextField
from nuanxin.hotline.models.calls import Call


class ConsultationRecord(models.Model):
    """One record for each call, kept from the first word on. What was told stands sealed in one document as it was
    typed (``rules.records``); category and place stand open, since reports count them."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="record")
    region = models.BigIntegerField()  # of the desk that had the call when it was written last
    author = models.BigIntegerField()  # who wrote last
    version = models.IntegerField(default=0)
    page = models.CharField(
        max_length=40, default=""
    )  # the open page that wrote last, empty without JavaScript
    turn = models.IntegerField(default=0)  # which of that page's writings this is
    category = models.CharField(max_length=20, default="")
    place = models.BigIntegerField(default=0)
    told = EncryptedTextField(default="")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["author"], name="hotline_record_draft", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["region", "changed_at"], name="hotline_record_region"),
            models.Index(fields=["id"], name="hotline_record_kept", condition=Q(forgotten_at__isnull=True)),
        ]

    class Privacy:
        personal = {"told": "free_text"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"record {self.id}"

    @property
    def facts(self) -> dict[str, Any]:
        """What was told, field by field, as it was typed."""
        found: dict[str, Any] = json.loads(self.told) if self.told else {}
        return found
