"""What was said and written on a case, and what came in through a door."""

from __future__ import annotations

from django.db import models

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField
from nuanxin.cases.models.case import Case


class Entry(models.Model):
    """A text on the record: the story, a note, a report to the worker, reasons, minutes of a meeting.

    Free text stays here, out of the event log, so that erasing it never breaks the chain.
    """

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    action = models.CharField(max_length=24)  # the move that wrote it
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(default=0)
    for_worker = models.BooleanField(default=False)  # the worker may read it
    text = EncryptedTextField(default="")
    language = models.CharField(max_length=10, default="zh")
    data = models.JSONField(default=dict)  # coded values of the form, no free text

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="entry_case_at")]

    class Privacy:
        personal = {"text": "free_text"}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"entry {self.id}"


class Submission(models.Model):
    """What came through a door, so that the same request never makes two cases."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    key = models.CharField(max_length=32, unique=True)  # HMAC of the idempotency key
    body = models.CharField(max_length=32)  # HMAC of the body: the same key with another body is a conflict
    answer = models.JSONField()  # the 201 body without the follow code
    at = models.DateTimeField()
    door = models.CharField(max_length=10)
    by_staff = models.BigIntegerField(default=0)  # the account that handed it in; 0 the public and programs
    helper_name = models.CharField(max_length=100, default="")
    helper_phone = EncryptedTextField(default="")
    helper_phone_index = BlindIndexField(null=True)
    helper_relation = models.CharField(max_length=40, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["helper_phone_index"],
                name="submission_helper",
                condition=models.Q(helper_phone_index__isnull=False),
            ),
            models.Index(
                fields=["by_staff", "id"], name="submission_by_staff", condition=~models.Q(by_staff=0)
            ),
        ]

    class Privacy:
        personal = {
            "helper_name": "name",
            "helper_phone": "phone",
            "helper_phone_index": "phone",
            "helper_relation": "relation",
            "body": "hash",
        }
        mutable = "append_only"

    def __str__(self) -> str:
        return f"submission {self.id}"
