"""Promised call-backs and the attempts at them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField
from nuanxin.hotline.models.calls import Call
from nuanxin.hotline.models.register import Desk
from nuanxin.hotline.rules.callbacks import SafeContact, Status


class CallBack(models.Model):
    """A promised call-back, of whatever door; ``place_at`` is the place in the queue that was kept."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="call_backs", related_query_name="call_back"
    )
    reason = models.CharField(
        max_length=12, default=""
    )  # rules.callbacks.Reason; empty: promised while waiting
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="call_backs")
    phone = EncryptedTextField(default="")  # empty: the number is in the message, if anywhere
    phone_index = BlindIndexField(null=True)
    may_call = models.BooleanField(default=True)
    call_hours = models.CharField(max_length=11, default="")
    may_say_who = models.BooleanField(default=True)
    place_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    counted = models.SmallIntegerField(default=0)
    priority = models.BooleanField(default=False)
    status = models.CharField(max_length=10, default=Status.PROMISED)
    dialled_by = models.BigIntegerField(default=0)  # who rings at this moment, 0 for nobody
    dialled_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["desk", "due_at"], name="hotline_call_back_due", condition=Q(status="promised")
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "reason"], name="hotline_call_back_once"),
            models.CheckConstraint(
                condition=Q(status="promised", due_at__isnull=False, settled_at__isnull=True)
                | ~Q(status="promised") & Q(settled_at__isnull=False),
                name="hotline_call_back_due_or_settled",
            ),
        ]

    class Privacy:
        personal = {"phone": "phone", "phone_index": "phone", "call_hours": "contact"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"call-back {self.id}"

    @property
    def contact(self) -> SafeContact:
        """How the person may be reached."""
        return SafeContact(self.may_call, self.call_hours, self.may_say_who)


class CallBackAttempt(models.Model):
    """One attempt to ring back, and what came of it."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    operator = models.BigIntegerField()
    result = models.CharField(max_length=12)  # rules.callbacks.Attempt

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"attempt {self.id}"
