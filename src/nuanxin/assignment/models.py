"""Rows of assignment: firms, lawyers, whom they act for, and the offers made to them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.cases.models import Case


class Firm(models.Model):
    """A law firm or other body that takes assignments (Legal Aid Law art. 12; 程序规定 art. 24)."""

    name_zh = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, default="", blank=True)
    region = models.BigIntegerField(_("region"))  # 12-digit code of its seat
    active = models.BooleanField(_("takes assignments"), default=True)

    class Meta:
        verbose_name = _("law firm")
        verbose_name_plural = _("law firms")
        indexes = [models.Index(fields=["region"], name="firm_region")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.name_zh


class Lawyer(models.Model):
    """What assignment knows of a lawyer; the account is a staff row with the role lawyer."""

    staff = models.BigIntegerField(_("account"), unique=True)
    firm = models.ForeignKey(
        Firm,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lawyers",
        verbose_name=_("law firm"),
    )
    region = models.BigIntegerField(_("region"))
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    specialties = models.JSONField(_("specialties"), default=list)  # rules.ranking.SPECIALTIES
    languages = models.JSONField(_("languages"), default=list)
    capacity = models.IntegerField(_("most cases at a time"), default=20)
    active = models.BooleanField(_("takes assignments"), default=True)
    last_offer_at = models.DateTimeField(_("last offer"), null=True)

    class Meta:
        verbose_name = _("lawyer")
        verbose_name_plural = _("lawyers")
        indexes = [models.Index(fields=["region"], name="lawyer_region")]

    class Privacy:
        personal = {"lon": "location", "lat": "location"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"lawyer {self.staff}"


class Client(models.Model):
    """A firm that a lawyer or law firm acts for: a respondent among these is a conflict of interest."""

    firm = models.ForeignKey(
        Firm,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clients",
        verbose_name=_("law firm"),
    )
    lawyer = models.ForeignKey(
        Lawyer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clients",
        verbose_name=_("lawyer"),
    )
    name = models.CharField(_("name of the client"), max_length=200, default="", blank=True)
    uscc = models.CharField(_("social credit code"), max_length=18, default="", blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)  # the last day

    class Meta:
        verbose_name = _("client (conflicts of interest)")
        verbose_name_plural = _("clients (conflicts of interest)")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(firm__isnull=False, lawyer__isnull=True)
                | models.Q(firm__isnull=True, lawyer__isnull=False),
                name="client_of_a_firm_or_a_lawyer",
            )
        ]

    class Privacy:
        personal = {"name": "name"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"client {self.pk}"

    @property
    def region(self) -> int:
        """The region of whose client it is."""
        owner = self.firm or self.lawyer
        return owner.region if owner is not None else 0


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
