"""Tables of the network: regions, agencies, promises, settings of provinces."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.network.rules.gazetteer import Level
from nuanxin.network.rules.promises import KINDS, Unit

LEVELS = [
    (Level.NATION.value, _("nation")),
    (Level.PROVINCE.value, _("province")),
    (Level.CITY.value, _("city")),
    (Level.COUNTY.value, _("county")),
]
HIGHEST_REGION = 10**12 - 1


class Region(models.Model):
    """A GB/T 2260 code, in force or abolished, with the years of its use. Written by ``load_regions`` only.

    ``code`` is the six digits times 10**6, 0 for the nation. ``valid_until`` is the last year at whose end
    the code was in force; null while it is. Requests read ``network.queries`` (memory), not this table; the
    table is there for joins, reports and administration.
    """

    code = models.BigIntegerField(_("Code"), primary_key=True)
    level = models.PositiveSmallIntegerField(_("Level"), choices=LEVELS)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="parts", verbose_name=_("Superior")
    )
    name_zh = models.CharField(_("Chinese name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=100)
    lon = models.FloatField(_("Longitude"), null=True)
    lat = models.FloatField(_("Latitude"), null=True)
    valid_from = models.PositiveSmallIntegerField(_("First year"), null=True)
    valid_until = models.PositiveSmallIntegerField(_("Last year"), null=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="predecessors", verbose_name=_("Successor")
    )
    former_names = models.CharField(_("Former names"), max_length=100, blank=True)
    statistical = models.BooleanField(_("Statistical code only"), default=False)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "reference"

    def __str__(self) -> str:
        return f"{self.code // 10**6:06d} {self.name_zh}"


class Edition(models.Model):
    """Which edition of the regions is loaded, and the token that changes with every change of this room."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    regions = models.CharField(max_length=16, blank=True)
    token = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="network_one_edition")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.token


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
