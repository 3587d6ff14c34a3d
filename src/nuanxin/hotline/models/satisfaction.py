"""What callers said of a call afterwards, and what was done for those who were not satisfied."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nuanxin.audit.encryption import EncryptedTextField
from nuanxin.hotline.models.calls import Call
from nuanxin.hotline.models.register import Desk


class Satisfaction(models.Model):
    """One question by text message after one call. The secret of its address is kept as a digest alone."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="satisfaction")
    operator = models.BigIntegerField()  # who talked
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="satisfactions")
    region = models.BigIntegerField()
    secret = models.BinaryField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    score = models.SmallIntegerField(null=True)
    scored_at = models.DateTimeField(null=True)
    rings = models.BooleanField(default=False)  # dissatisfied: somebody owes them a call and a result
    remedy = models.CharField(max_length=16, default="")  # rules.satisfaction.REMEDIES
    remedy_note = EncryptedTextField(default="")
    remedied_by = models.BigIntegerField(default=0)
    remedied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True, scored_at__isnull=True)
                | Q(score__gte=1, score__lte=5, scored_at__isnull=False),
                name="hotline_satisfaction_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(remedied_at__isnull=True, remedy="")
                | Q(remedied_at__isnull=False) & ~Q(remedy=""),
                name="hotline_satisfaction_remedied",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "id"], name="hotline_dissatisfied",
                condition=Q(rings=True, remedied_at__isnull=True),
            ),
            models.Index(fields=["region", "asked_at"], name="hotline_satisfaction_asked"),
        ]  # fmt: skip

    class Privacy:
        personal = {"remedy_note": "free_text", "secret": "secret"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"satisfaction {self.id}"
