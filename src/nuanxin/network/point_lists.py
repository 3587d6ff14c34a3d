"""Lists of service points for those who keep them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from nuanxin.audit.actor import Actor, scope_in_roles
from nuanxin.network.models import ServicePoint
from nuanxin.network.permissions import KEEPERS
from nuanxin.network.rules.duplicates import Entry, Pair, pairs
from nuanxin.network.rules.points import FRESH

MOST_COMPARED = 50_000
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which points: part of a name or a telephone, within a region, of a kind, in a state."""

    text: str = ""
    within: Range | None = None
    kind: str = ""
    state: str = ""  # "" those that work, unverified, ended


def reach(by: Actor) -> Range:
    """The range of places whose points the actor keeps."""
    return scope_in_roles(by.scope, by.roles & KEEPERS)


def listed(wanted: Wanted, *, by: Actor, today: date, after: int = 0, limit: int = 50) -> list[ServicePoint]:
    """Points of the actor's reach by their number, from behind ``after`` on. One query."""
    rows = _within(reach(by), ServicePoint.objects.all())
    if wanted.within is not None:
        rows = _within(wanted.within, rows)
    rows = rows.filter(active=wanted.state != "ended")
    if wanted.state == "unverified":
        rows = rows.filter(Q(verified_on=None) | Q(verified_on__lt=today - FRESH))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    text = wanted.text.strip()
    if text:
        number = re.fullmatch(r"[0-9 +()-]{3,}", text)
        rows = rows.filter(Q(phone=text) | Q(phone__startswith=text) if number else Q(name_zh__contains=text) | Q(
            name_en__icontains=text))  # fmt: skip
    return list(rows.filter(id__gt=after).order_by("id")[:limit])


def duplicates(*, by: Actor, within: Range | None = None, limit: int = 50) -> tuple[list[Pair], bool]:
    """Likely double entries in the actor's reach, and whether there were too many points to compare them all."""
    rows = _within(reach(by), ServicePoint.objects.filter(active=True))
    if within is not None:
        rows = _within(within, rows)
    columns = rows.order_by("id").values_list("id", "name_zh", "kind", "place", "lon", "lat", "phone")
    entries = [Entry(*row) for row in columns[: MOST_COMPARED + 1]]
    return pairs(entries[:MOST_COMPARED])[:limit], len(entries) > MOST_COMPARED


def _within(between: Range, rows: QuerySet[ServicePoint]) -> QuerySet[ServicePoint]:
    low, high = between
    return rows.filter(place__gte=low, place__lte=high) if high > 0 else rows.none()
