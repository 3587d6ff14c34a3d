"""Coverage month by month, so that a page can say what has changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.network.models.regions import HIGHEST_REGION


class CoverageFigure(models.Model):
    """How far the half-hour circle reached in a region, as counted once in a month.

    ``month`` is the first day of the month in China. ``mode``, ``time`` and ``service`` are the codes of
    ``network.figures``. ``people`` and ``people_covered`` are an estimate in whole persons (``rules.people``), as far
    as it was known then. ``points``: those of the whole network that were open and did the work. Written by
    ``actions.coverage`` only; a later count of the same month takes the place of the earlier one.
    """

    region = models.BigIntegerField(_("Region"))
    month = models.DateField(_("Month"))
    mode = models.CharField(_("Way of travelling"), max_length=8)
    time = models.CharField(_("Time of the week"), max_length=12)
    service = models.CharField(_("Service"), max_length=32)
    places = models.PositiveIntegerField(_("Places"))
    places_covered = models.PositiveIntegerField(_("Places covered"))
    people = models.PositiveBigIntegerField(_("People"))
    people_covered = models.PositiveBigIntegerField(_("People covered"))
    points = models.PositiveIntegerField(_("Points"))
    counted_at = models.DateTimeField(_("Counted"))

    class Meta:
        verbose_name = _("coverage figure")
        verbose_name_plural = _("coverage figures")
        ordering = ["region", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "mode", "time", "service", "region"], name="coverage_figure_once_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(region__gte=0, region__lte=HIGHEST_REGION),
                name="coverage_figure_12_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(places_covered__lte=models.F("places")),
                name="coverage_figure_within_places",
            ),
            models.CheckConstraint(
                condition=models.Q(people_covered__lte=models.F("people")),
                name="coverage_figure_within_people",
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}  # sums over regions
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.region} {self.month:%Y-%m} {self.mode} {self.time} {self.service}".rstrip()

    @property
    def share(self) -> float | None:
        """The part of the people within the circle; None where nobody lives."""
        return self.people_covered / self.people if self.people else None
