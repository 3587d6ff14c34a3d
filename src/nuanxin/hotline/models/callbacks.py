"""Promised call-backs and the attempts at them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField
from nuanxin.hotline.models.calls import Call
from nuanxin.hotline.models.register import Desk
from nuanxin.hotline.rules.callbacks import SafeContact, Status
from nuanxin.hotline.rules.promising import Door


class CallBack(models.Model):
    """A promised call-back, of whatever door; ``place_at`` is the place in the queue that was kept.

    One telephone has one that stands: whoever asks again ``joins`` it, with a row and a code of their own.
    """

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    reason = models.CharField(max_length=12, default="")  # rules.callbacks.Reason; empty: the person asked
    region = models.BigIntegerField(default=0)  # of the desk, or where it was asked for
    door = models.CharField(max_length=10, default=Door.TELEPHONE)
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, null=True, related_name="call_backs", related_query_name="call_back"
    )
    joins = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="call_backs")
    phone = EncryptedTextField(default="")  # empty: the number is in the message, if anywhere
    phone_index = BlindIndexField(null=True)
    may_call = models.BooleanField(default=True)
    call_hours = models.CharField(max_length=11, default="")
    may_say_who = models.BooleanField(default=True)
    place = models.BigIntegerField(default=0)  # 12-digit region, 0 where it is not known
    language = models.CharField(max_length=8, default="")
    topic = models.CharField(max_length=20, default="")
    case = models.BigIntegerField(default=0)  # the application that grew out of it
    asked_at = models.DateTimeField(null=True)
    slot = models.DateTimeField(null=True)  # the half-hour that was promised
    # What whoever asked was told: it does not betray what the owner of the telephone has said before about calls.
    told_at = models.DateTimeField(null=True)
    sooner = models.BooleanField(default=True)  # may be rung before it: asked for as soon as possible
    tried_at = models.DateTimeField(null=True)  # the first try since the promise that stands
    key_print = models.CharField(max_length=32, default="")  # of the page it was sent from
    body_print = models.CharField(max_length=32, default="")
    place_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    counted = models.SmallIntegerField(default=0)
    priority = models.BooleanField(default=False)
    status = models.CharField(max_length=10, default=Status.PROMISED)
    dialled_by = models.BigIntegerField(default=0)  # who rings at this moment, 0 for nobody
    dialled_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, default="")  # rules.promising.Ended

    class Meta:
        indexes = [
            models.Index(fields=["desk", "due_at"], name="hotline_call_back_due", condition=Q(status="promised")),
            models.Index(fields=["region", "due_at"], name="hotline_call_back_list", condition=Q(status="promised")),
            models.Index(fields=["asked_at"], name="hotline_call_back_asked"),
            models.Index(fields=["phone_index"], name="hotline_call_back_phone", condition=Q(phone_index__isnull=False)),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["call", "door", "reason"], name="hotline_call_back_once"),
            models.CheckConstraint(
                condition=Q(status="promised", due_at__isnull=False, settled_at__isnull=True)
                | ~Q(status="promised") & Q(settled_at__isnull=False),
                name="hotline_call_back_due_or_settled",
            ),
            models.UniqueConstraint(
                fields=["phone_index"],
                name="hotline_call_back_one_stands",
                condition=Q(status="promised", phone_index__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["key_print"], name="hotline_call_back_one_page", condition=~Q(key_print="")
            ),
        ]

    class Privacy:
        personal = {"phone": "phone", "phone_index": "phone", "call_hours": "contact", "language": "language"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"call-back {self.id}"

    @property
    def contact(self) -> SafeContact:
        """How the person may be reached."""
        return SafeContact(self.may_call, self.call_hours, self.may_say_who)

    @property
    def stream(self) -> int:
        """Where its record stands: with its call, or on its own."""
        return self.call_id or self.pk

    @property
    def earliest(self) -> datetime | None:
        """From when it may be dialled, as far as the promise goes: tries lie in different parts of the day, and a time
        that was chosen is kept. None: at once."""
        return None if self.sooner and self.counted == 0 else self.due_at


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
