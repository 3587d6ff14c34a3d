"""The list of points near an origin, each as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from nuanxin.network import wording
from nuanxin.network.finding import Mode, Spot
from nuanxin.network.rules.bearings import direction
from nuanxin.portal.find.origin import Origin
from nuanxin.ui.parts import Chip, Text

FAR = 60  # minutes: from here on ringing is better than going


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the list."""

    number: int
    name: str
    foreign: bool  # the name is in Chinese on an English page
    url: str
    kind: Text
    travel: str
    estimate: Text
    way: str
    chips: Sequence[Chip]
    phone: str
    dialled: str
    invented: bool


def rows(spots: Sequence[Spot], origin: Origin, *, mode: Mode, at: datetime) -> list[Row]:
    """The points, nearest first, as they are told."""
    return [_row(number, spot, origin, mode, at) for number, spot in enumerate(spots, 1)]


def _row(number: int, spot: Spot, origin: Origin, mode: Mode, at: datetime) -> Row:
    point = spot.point
    name, foreign = wording.name(point)
    towards = direction(origin.lon, origin.lat, point.lon, point.lat)
    opening = wording.opening(open_now=spot.open_now, until=spot.open_until, after=spot.opens_next, now=at)
    from_place = f"?from={origin.code}" if origin.code else ""
    return Row(
        number=number,
        name=name,
        foreign=foreign,
        url=reverse("portal:point", args=[point.pk]) + from_place,
        kind=wording.kind(point.kind),
        travel=wording.travel(mode, spot.minutes),
        estimate=wording.ESTIMATE[spot.estimate],
        way=wording.way(spot.distance_m, towards),
        chips=(opening, wording.checked(point.verified_on, timezone.localdate(at))),
        phone=point.phone,
        dialled=wording.dialled(point.phone),
        invented=point.invented,
    )
