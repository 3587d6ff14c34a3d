"""Keeping the figures of a month: all regions of one question in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.transactions import write
from nuanxin.network.coverage import Coverage
from nuanxin.network.figures import Question
from nuanxin.network.models import CoverageFigure

_KEY = ["month", "mode", "time", "service", "region"]
_COUNTED = ["places", "places_covered", "people", "people_covered", "points", "counted_at"]


def keep_figures(
    question: Question, found: Iterable[Coverage], *, month: date, by: Actor, at: datetime
) -> int:
    """Keep what was found for a month. Returns how many regions.

    What the same month holds for the same question is replaced, so that a count may be made again. ``month`` is the
    first day of a month. Raises PermissionDenied, ValueError for another day.
    """
    if not by.has(Role.SYSTEM):
        raise PermissionDenied("only the platform itself counts coverage")
    if month.day != 1:
        raise ValueError("a month is told by its first day")
    mode, time, service = question
    rows = [
        CoverageFigure(
            region=one.region, month=month, mode=mode.value, time=time, service=service,
            places=one.places, places_covered=one.places_covered,
            people=round(one.people), people_covered=round(one.people_covered),
            points=one.points, counted_at=at,
        )
        for one in found
    ]  # fmt: skip
    with write():
        CoverageFigure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=_KEY, update_fields=_COUNTED
        )
    return len(rows)
