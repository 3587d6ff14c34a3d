"""What a gateway asks now and then and not for each call: a region's own waits, and how long its desks talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F

from nuanxin.hotline.models import Call, Exchange
from nuanxin.hotline.queries.settings import settings_now
from nuanxin.hotline.rules.settings import USUAL

MEAN_TALK = timedelta(minutes=8)  # of a desk that has too little history of its own
LOOKS_BACK = timedelta(days=28)
ENOUGH = 30  # talks from which a mean says something


@dataclass(frozen=True, slots=True)
class Habits:
    """``ring``: how long one person's telephone rings; ``menu_tries``: how often a menu asks; ``mean_talks``: of the
    desks that have enough history."""

    ring: timedelta = timedelta(seconds=USUAL["ring"])
    menu_tries: int = USUAL["menu_tries"]
    mean_talks: Mapping[int, timedelta] = field(default_factory=dict)

    def mean_talk(self, desk: int) -> timedelta:
        """How long a talk of this desk takes."""
        return self.mean_talks.get(desk, MEAN_TALK)


def habits_of(exchange: Exchange, at: datetime) -> Habits:
    """Of an exchange's region and desks. Two statements, of which one goes through four weeks of its calls."""
    values = settings_now(exchange.region, at)
    return Habits(timedelta(seconds=values["ring"]), values["menu_tries"], mean_talks(exchange, at))


def mean_talks(exchange: Exchange, at: datetime) -> dict[int, timedelta]:
    """By desk, from the answer to the hang-up, over the calls of the last four weeks; desks with fewer than
    ``ENOUGH`` talks are left out."""
    talks = Call.objects.filter(
        exchange=exchange, arrived_at__gte=at - LOOKS_BACK, arrived_at__lt=at, talked=True,
        answered_at__isnull=False, closed_at__gt=F("answered_at"), desk__isnull=False,
    )  # fmt: skip
    lasted = ExpressionWrapper(F("closed_at") - F("answered_at"), output_field=DurationField())
    rows = talks.values("desk").order_by().annotate(mean=Avg(lasted), talks=Count("pk"))
    return {row["desk"]: row["mean"] for row in rows if row["talks"] >= ENOUGH}
