"""Checks of quality: which calls were drawn, and how they were scored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nuanxin.audit.encryption import EncryptedTextField
from nuanxin.hotline.models.calls import Call
from nuanxin.hotline.models.register import Desk, Exchange


class QualitySample(models.Model):
    """The calls of one exchange in one week that were drawn to be checked. Whoever doubts the draw repeats it with the
    seed."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="samples")
    week = models.DateField()  # its Monday, in Shanghai
    seed = models.CharField(max_length=32)
    per_mille = models.SmallIntegerField()  # the share that was to be drawn
    calls = models.IntegerField()  # out of how many
    drawn = models.IntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "week"], name="hotline_sample_once_a_week")
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"sample of {self.week}"


class QualityCheck(models.Model):
    """One call that was drawn. Open until scored; an objection of the one who talked opens it once more."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    sample = models.ForeignKey(QualitySample, on_delete=models.PROTECT, related_name="checks")
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="quality_check")
    operator = models.BigIntegerField()  # who talked
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="checks")
    region = models.BigIntegerField()  # of the desk, else of the exchange: who may check it
    drawn_at = models.DateTimeField()
    total = models.SmallIntegerField(null=True)  # of the score that counts
    serious = models.BooleanField(default=False)
    scored_at = models.DateTimeField(null=True)  # the score that counts; empty while one is owed
    objected_at = models.DateTimeField(null=True)
    objection = EncryptedTextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["region", "id"], name="hotline_check_open", condition=Q(scored_at__isnull=True)),
            models.Index(fields=["operator", "id"], name="hotline_check_of"),
            models.Index(fields=["region", "drawn_at"], name="hotline_check_drawn"),
        ]  # fmt: skip

    class Privacy:
        personal = {"objection": "free_text"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"check {self.id}"


class QualityScore(models.Model):
    """What one checker found: the first time, or after an objection. Never changed."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    check_of = models.ForeignKey(QualityCheck, on_delete=models.PROTECT, related_name="scores")
    round = models.SmallIntegerField()  # 1, and 2 after an objection
    checker = models.BigIntegerField()
    at = models.DateTimeField()
    points = models.JSONField()  # rules.quality.POINTS: 0 to 2 each
    notes = EncryptedTextField(default="")  # JSON: a sentence for each point that has one
    total = models.SmallIntegerField()
    serious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_of", "round"], name="hotline_score_once_a_round")
        ]

    class Privacy:
        personal = {"notes": "free_text"}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"score {self.id}"
