"""Rows of assignment: firms, lawyers, whom they act for, and the offers made to them."""

from __future__ import annotations

from django.db import models

from nuanxin.cases.models import Case


class Firm(models.Model):
    """A law firm or other body that takes assignments (Legal Aid Law art. 12; 程序规定 art. 24)."""

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, default="")
    region = models.BigIntegerField()  # 12-digit code of its seat
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["region"], name="firm_region")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.name_zh


class Lawyer(models.Model):
    """What assignment knows of a lawyer; the account is a staff row with the role lawyer."""

    staff = models.BigIntegerField(unique=True)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, null=True, related_name="lawyers")
    region = models.BigIntegerField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    specialties = models.JSONField(default=list)  # labour, injury, group, enforcement
    languages = models.JSONField(default=list)
    capacity = models.IntegerField(default=20)
    active = models.BooleanField(default=True)
    last_offer_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region"], name="lawyer_region")]

    class Privacy:
        personal = {"lon": "location", "lat": "location"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"lawyer {self.staff}"


class Client(models.Model):
    """A firm that a lawyer or law firm acts for: a respondent among these is a conflict of interest."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, null=True, related_name="clients")
    lawyer = models.ForeignKey(Lawyer, on_delete=models.CASCADE, null=True, related_name="clients")
    name = models.CharField(max_length=200, default="")
    uscc = models.CharField(max_length=18, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Privacy:
        personal = {"name": "name"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"client {self.pk}"


class Offer(models.Model):
    """A case offered to a lawyer: when, until when, and what came of it."""

    class Answer(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        RECALLED = "recalled"

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    lawyer = models.BigIntegerField()  # staff id
    at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.CharField(max_length=10, default=Answer.OPEN)
    reason = models.CharField(max_length=20, default="")
    answered_at = models.DateTimeField(null=True)
    score = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)  # why this lawyer, as it stood when the offer was made

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="offer_case"),
            models.Index(fields=["answer_by"], name="offer_silent", condition=models.Q(answer="open")),
            models.Index(fields=["lawyer", "answer"], name="offer_lawyer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(answer="open"), name="offer_one_open_per_case"
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"offer {self.id}"
