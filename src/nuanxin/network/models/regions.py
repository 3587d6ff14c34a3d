"""Regions, and the token that tells every process that this room changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.network.rules.gazetteer import Level

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
