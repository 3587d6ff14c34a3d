"""Help near a place, for whoever speaks with the worker: the nearest points that are open now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.desk.navigation import DESK_ROLES, frame
from nuanxin.desk.speech import english
from nuanxin.network import wording
from nuanxin.network.centres import Centre, NoCentre, centre
from nuanxin.network.finding import Mode, Spot, nearest
from nuanxin.network.queries import UnknownPlace, parse_place, region_name, six_digits
from nuanxin.network.rules.points import Need
from nuanxin.ui.parts import Chip, Text

COUNT = 5
FARTHEST = 120  # minutes: what is farther is no help today
MODE = Mode.BUS  # from the middle of a county few go on foot


@dataclass(frozen=True, slots=True)
class Row:
    """One point as an officer reads it out."""

    name: str
    foreign: bool
    url: str
    kind: Text
    address: str
    travel: str
    way: str
    opening: Chip
    checked: Chip
    phone: str
    dialled: str
    invented: bool


@guarded(*DESK_ROLES, Role.PARTNER, scope="reference")
@require_safe
def near_place(request: HttpRequest, place: str) -> HttpResponse:
    """A page of its own, or (``X-Part``) what a case page and the counter show in a corner."""
    asked = cast(StaffRequest, request)
    try:
        context = near_context(parse_place(place), asked.at)
    except (UnknownPlace, NoCentre):
        raise Http404 from None
    if request.headers.get("X-Part") == "nearest":
        return render(request, "desk/parts/nearest.html", context)
    title = _("Help near %(place)s") % {"place": context["place"]}
    return render(request, "desk/nearest.html", {**frame(asked, title=title), **context})


def near_context(code: int, at: datetime, count: int = COUNT) -> dict[str, Any]:
    """What ``parts/nearest.html`` shows for a place. Raises NoCentre where no middle is known to count from."""
    middle = centre(code)
    found = _spots(middle, at)[:count]
    language = "en" if english() else "zh"
    return {
        "place": region_name(code, language, full=False),
        "middle": region_name(middle.of, language, full=False) if middle.of != code else "",
        "rows": _rows(found, at),
        "none_open": not any(spot.open_now for spot in found),
        "public_url": f"{reverse('portal:near')}?place={six_digits(code)}",
    }


def _spots(middle: Centre, at: datetime) -> list[Spot]:
    """The nearest that are open, as far as one can get there; behind them the nearest that will open again."""
    reachable = [spot for spot in _asked(middle, at, open_now=True) if spot.minutes <= FARTHEST]
    known = {spot.point.pk for spot in reachable}
    others = [spot for spot in _asked(middle, at, open_now=False) if spot.point.pk not in known]
    near = [spot for spot in others if spot.minutes <= FARTHEST]
    return (reachable + near)[:COUNT] or others[:1]


def _asked(middle: Centre, at: datetime, *, open_now: bool) -> Sequence[Spot]:
    return nearest(lon=middle.lon, lat=middle.lat, k=COUNT, need=Need(open_now=open_now), mode=MODE, at=at)


def _rows(spots: Sequence[Spot], at: datetime) -> list[Row]:
    return [_row(spot, at) for spot in spots]


def _row(spot: Spot, at: datetime) -> Row:
    point = spot.point
    name, foreign = wording.name(point)
    return Row(
        name=name,
        foreign=foreign,
        url=reverse("portal:point", args=[point.pk]),
        kind=wording.kind(point.kind),
        address=wording.address(point)[0],
        travel=f"{wording.travel(MODE, spot.minutes)} ({wording.ESTIMATE[spot.estimate]})",
        way=wording.metres(spot.distance_m),
        opening=wording.opening(open_now=spot.open_now, until=spot.open_until, after=spot.opens_next, now=at),
        checked=wording.checked(point.verified_on, timezone.localdate(at)),
        phone=point.phone,
        dialled=wording.dialled(point.phone),
        invented=point.invented,
    )
