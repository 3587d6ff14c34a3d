"""Rows of documents: what was handed in as evidence."""

from __future__ import annotations

from django.db import models

from nuanxin.audit.encryption import EncryptedTextField
from nuanxin.cases.models import Case


class Evidence(models.Model):
    """One file on a case. The original lies sealed in the evidence folder; its hash was taken on arrival."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    mime = models.CharField(max_length=40)
    filename = EncryptedTextField(default="")  # as the sender named it; may hold a person's name
    scanned = models.BooleanField(default=False)  # a virus scanner has seen it
    preview = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(default=0)
    erased_at = models.DateTimeField(null=True)  # the file is gone with the persons of its case

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="evidence_once_per_case")]

    class Privacy:
        personal = {"filename": "name", "sha256": "hash"}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"evidence {self.id}"
