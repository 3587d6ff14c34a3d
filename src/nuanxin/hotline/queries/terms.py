"""What holds in a month: a desk's promises and a person's terms, each the newest row that has begun."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from nuanxin.hotline.models import DutyTerms, StationDesk


def terms_in(month: date, **which: Any) -> QuerySet[DutyTerms]:
    """The terms of people on rosters in the month that begins then."""
    newer = DutyTerms.objects.filter(staff=OuterRef("staff"), since__gt=OuterRef("since"), since__lte=month)
    return DutyTerms.objects.filter(~Exists(newer), since__lte=month, active=True, **which)


def desks_in(month: date, **which: Any) -> QuerySet[StationDesk]:
    """The desks that have a roster in the month that begins then, with their promises."""
    newer = StationDesk.objects.filter(desk=OuterRef("desk"), since__gt=OuterRef("since"), since__lte=month)
    return StationDesk.objects.filter(~Exists(newer), since__lte=month, active=True, **which)


def terms_of(staff: int, day: date) -> DutyTerms | None:
    """A person's terms with the station on a day, or those that begin next; None for who is not on rosters."""
    rows = DutyTerms.objects.select_related("station").filter(staff=staff)
    now = rows.filter(since__lte=day).order_by("-since").first()
    if now is not None and now.active:
        return now
    return rows.filter(since__gt=day, active=True).order_by("since").first()
