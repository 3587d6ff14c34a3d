"""Agencies, what regions promise, and settings of provinces."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.network.models.regions import HIGHEST_REGION
from nuanxin.network.rules.promises import KINDS, Unit


class Agency(models.Model):
    """An office that holds cases, or the justice bureau above it. Never deleted: ``active`` ends its work.

    ``region`` is the 12-digit code of the place it serves; the national intake desk has region 0. Several
    agencies may serve one region; the one with the lowest id that is active takes what arrives there.
    """

    class Kind(models.TextChoices):
        LEGAL_AID = "legal_aid", _("Legal-aid agency")
        BUREAU = "bureau", _("Justice bureau")
        NATIONAL_INTAKE = "national_intake", _("National intake desk")

    name_zh = models.CharField(_("Chinese name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=160)
    region = models.BigIntegerField(_("Region served"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    superior = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inferiors",
        verbose_name=_("Superior"),
    )
    address = models.CharField(_("Address"), max_length=200, blank=True)
    phone = models.CharField(
        _("Telephone"), max_length=30, blank=True, validators=[RegexValidator(r"^[0-9 +()-]{3,30}$")]
    )
    opening_hours = models.CharField(_("Opening hours"), max_length=120, blank=True)
    active = models.BooleanField(_("Works now"), default=True)
    two_person_decision = models.BooleanField(
        _("Two persons decide"),
        default=False,
        help_text=_("Who reviewed an application may not decide it alone."),
    )

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["region", "kind", "id"]
        indexes = [models.Index(fields=["region", "kind"], name="agency_region_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(region__gte=0, region__lte=HIGHEST_REGION),
                name="agency_region_of_12_digits",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind="national_intake"), name="agency_one_national_intake"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="national_intake") | models.Q(region=0, active=True),
                name="agency_intake_always_open",
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}  # an office's address and telephone are public
        mutable = "reference"

    def __str__(self) -> str:
        return self.name_zh


class ServicePromise(models.Model):
    """A promise that a region sets for itself, in place of the platform's default (``rules.promises``)."""

    key = models.CharField(
        _("Promise"), max_length=30, choices=[(kind.key, f"{kind.zh} · {kind.en}") for kind in KINDS.values()]
    )
    region = models.BigIntegerField(_("Region"), default=0)
    unit = models.CharField(
        _("Unit"),
        max_length=20,
        choices=[
            (Unit.SAME_DAY, _("the same working day")),
            (Unit.HOURS, _("hours")),
            (Unit.WORKING_HOURS, _("working hours")),
            (Unit.WORKING_DAYS, _("working days")),
            (Unit.CALENDAR_DAYS, _("calendar days")),
        ],
    )
    amount = models.PositiveSmallIntegerField(_("How many"))
    cut_off = models.TimeField(
        _("Until"), null=True, blank=True, help_text=_("Time of day in China; only for the same working day.")
    )
    valid_from = models.DateField(_("First day"))
    valid_until = models.DateField(_("Last day"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("service promise")
        verbose_name_plural = _("service promises")
        ordering = ["key", "region", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "region", "valid_from"], name="promise_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="promise_until_not_before_from",
            ),
            models.CheckConstraint(
                condition=models.Q(unit="same_day", cut_off__isnull=False)
                | (~models.Q(unit="same_day") & models.Q(cut_off__isnull=True)),
                name="promise_cut_off_with_same_day",
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "reference"

    def __str__(self) -> str:
        return f"{self.key} {self.region}"


class ProvinceSetting(models.Model):
    """A value a province sets, such as the subsidy for a case, with its source and the day it was checked."""

    province = models.BigIntegerField(_("Province"))
    key = models.CharField(_("Key"), max_length=60, validators=[RegexValidator(r"^[a-z][a-z0-9_.]*$")])
    value = models.CharField(_("Value"), max_length=200)
    source = models.CharField(_("Source"), max_length=300)
    checked = models.DateField(_("Checked on"))

    class Meta:
        verbose_name = _("provincial setting")
        verbose_name_plural = _("provincial settings")
        ordering = ["province", "key"]
        constraints = [
            models.UniqueConstraint(fields=["province", "key"], name="province_setting_once"),
            models.CheckConstraint(
                condition=models.Q(province__gte=0, province__lte=HIGHEST_REGION),
                name="province_setting_12_digits",
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "reference"

    def __str__(self) -> str:
        return f"{self.province} {self.key}"
