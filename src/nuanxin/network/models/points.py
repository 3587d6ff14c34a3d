"""Service points: where help is given, when, and what; with the days on which the hours differ."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.network.models.agencies import Agency
from nuanxin.network.models.regions import HIGHEST_REGION
from nuanxin.network.rules.hours import LONGEST
from nuanxin.network.rules.points import KINDS

PHONE = RegexValidator(r"^[0-9 +()-]{3,30}$")


class ServicePoint(models.Model):
    """A place where help is given (服务点). Never deleted: ``active`` ends it, and ``merged_into`` says in
    favour of which other entry for the same point.

    ``lon`` and ``lat`` are degrees of WGS-84. ``hours`` is the canonical text of ``rules.hours``; ``services`` and
    ``languages`` are bits of ``rules.points``. ``version`` is the number of the last change among all points, so
    that a picture of them knows what came after it. ``reference`` is the owner's own key, for imports that come
    again. Written by ``actions.points`` and ``actions.point_import`` only.
    """

    name_zh = models.CharField(_("Chinese name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    kind = models.CharField(
        _("Kind"), max_length=20, choices=[(term.code, f"{term.zh} · {term.en}") for term in KINDS.values()]
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("Owner"),
    )
    place = models.BigIntegerField(_("Region"))
    lon = models.FloatField(_("Longitude"))
    lat = models.FloatField(_("Latitude"))
    address_zh = models.CharField(_("Chinese address"), max_length=200, blank=True)
    address_en = models.CharField(_("English address"), max_length=300, blank=True)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True, validators=[PHONE])
    hours = models.CharField(_("Opening hours"), max_length=LONGEST, blank=True)
    services = models.BigIntegerField(_("Services"), default=0)
    languages = models.BigIntegerField(_("Languages"), default=1)
    step_free = models.BooleanField(_("Without steps"), default=False)
    capacity = models.PositiveIntegerField(
        _("People a day"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    verified_on = models.DateField(_("Verified on"), null=True, blank=True)
    active = models.BooleanField(_("In use"), default=True)
    invented = models.BooleanField(_("Invented"), default=False)
    source = models.CharField(_("Source"), max_length=120, blank=True)
    reference = models.CharField(_("Key at the source"), max_length=60, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.BigIntegerField(_("Change"), db_index=True)

    class Meta:
        verbose_name = _("service point")
        verbose_name_plural = _("service points")
        ordering = ["place", "id"]
        indexes = [
            models.Index(fields=["place", "id"], name="point_place"),
            models.Index(fields=["source", "reference"], name="point_source"),
            models.Index(fields=["phone"], name="point_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(place__gt=0, place__lte=HIGHEST_REGION), name="point_place_12_digits"
            ),
            models.CheckConstraint(
                condition=models.Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="point_on_earth",
            ),
            models.UniqueConstraint(
                fields=["source", "reference"], condition=~models.Q(reference=""), name="point_once_by_source"
            ),
        ]

    class Privacy:
        personal: dict[
            str, str
        ] = {}  # an office's name, address and telephone are public; no person is named
        mutable = "yes"

    def __str__(self) -> str:
        return self.name_zh


class PointException(models.Model):
    """A day on which a point keeps other hours. ``hours`` as text of one day (``09:00-12:00``); empty: closed."""

    point = models.ForeignKey(ServicePoint, on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField(_("Day"), db_index=True)
    hours = models.CharField(_("Opening hours"), max_length=LONGEST, blank=True)
    note = models.CharField(_("Note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["point", "day"], name="point_exception_once_a_day")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.point_id} {self.day}"


class PointChange(models.Model):
    """The number of the last change of any point. One row; every writer takes the next number under its lock.

    ``token`` is random and new with every change. ``picture`` names the folder of the last picture of all points
    (``network.picture``), which knows the changes up to ``pictured``. ``removed`` is the last change that took rows
    away: an older picture still shows them and is drawn anew.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    picture = models.CharField(max_length=40, blank=True)
    pictured = models.BigIntegerField(default=0)
    removed = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="network_one_point_change")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return str(self.last)
