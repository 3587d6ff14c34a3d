"""What a worker has begun and not yet handed in. Nothing here is a case: it runs out after 30 days."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from nuanxin.audit.encryption import EncryptedTextField


class PortalDraft(models.Model):
    """An application that is being filled in. All that was said is one sealed text.

    Found by the token in the phone's cookie or by the code that the worker wrote down; of both only a
    fingerprint can be searched. ``key`` makes handing in the same draft twice one case.
    """

    token_print = models.BinaryField(max_length=16, unique=True)
    code_print = models.BinaryField(max_length=16, unique=True)
    token = EncryptedTextField()
    code = EncryptedTextField()
    key = models.CharField(max_length=32)
    answers = EncryptedTextField(default="")  # JSON: question -> what was answered
    body = EncryptedTextField(
        default=""
    )  # JSON: what is handed in, fixed before it is, so that a retry is the same
    shared_phone = models.BooleanField(default=False)  # others use this phone: keep nothing on it
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    case_id = models.BigIntegerField(default=0)  # what it became; 0 while it is open

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="portal_draft_expiry")]

    class Privacy:
        personal = {
            "answers": "free_text",
            "body": "free_text",
            "token": "secret",
            "code": "secret",
            "token_print": "hash",
            "code_print": "hash",
        }
        mutable = "yes"

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def said(self) -> dict[str, dict[str, Any]]:
        """The answers by question."""
        found: dict[str, dict[str, Any]] = json.loads(self.answers) if self.answers else {}
        return found


class KeptPage(models.Model):
    """A page that answered a form with its faults, for minutes, so that a browser without scripts can come back to it.

    Found by a secret in the phone's cookie together with a number in the address; only a fingerprint of both is kept.
    """

    page_print = models.BinaryField(max_length=16, unique=True)
    html = EncryptedTextField()
    status = models.SmallIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="portal_page_expiry")]

    class Privacy:
        personal = {"html": "free_text", "page_print": "hash"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"page {self.pk}"


class DraftFile(models.Model):
    """A photograph or paper that waits with its draft. The sealed bytes lie in the folder of ``portal.store``."""

    draft = models.ForeignKey(PortalDraft, on_delete=models.CASCADE, related_name="files")
    name = EncryptedTextField(default="")  # as the phone called it
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "sha256"], name="portal_file_once")]

    class Privacy:
        personal = {"name": "free_text", "sha256": "hash"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"file {self.pk} of draft {self.draft_id}"
