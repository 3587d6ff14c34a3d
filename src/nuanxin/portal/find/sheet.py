"""One point as its page and its poster show it: public facts in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nuanxin.network import wording
from nuanxin.network.finding import Mode
from nuanxin.network.models import ServicePoint
from nuanxin.network.rules.bearings import direction
from nuanxin.network.spatial.roads.profiles import straight_seconds
from nuanxin.network.spatial.sphere import distance
from nuanxin.portal.find.hours import Timetable, timetable
from nuanxin.portal.find.origin import Origin
from nuanxin.portal.qr import qr_of
from nuanxin.ui.parts import Chip, Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page of a point shows."""

    id: int
    name: str
    foreign: bool  # the name is in Chinese on an English page
    kind: Text
    chips: Sequence[Chip]
    phone: str
    dialled: str
    address: str
    address_foreign: bool
    geo: str
    way: str  # from where one asked, as the crow flies; empty where nobody asked
    times: str
    hours: Timetable
    services: Sequence[str]
    languages: str
    step_free: bool
    qr: SafeString
    near_url: str
    ended: bool
    invented: bool


def sheet_of(point: ServicePoint, origin: Origin | None, at: datetime) -> Sheet:
    """The facts of a point, with the way from ``origin`` where somebody asked from a named place."""
    name, foreign = wording.name(point)
    address, address_foreign = wording.address(point)
    hours = timetable(point, at)
    own = reverse("portal:point", args=[point.pk])
    return Sheet(
        id=point.pk,
        name=name,
        foreign=foreign,
        kind=wording.kind(point.kind),
        chips=(hours.now, wording.checked(point.verified_on, timezone.localdate(at))),
        phone=point.phone,
        dialled=wording.dialled(point.phone),
        address=address,
        address_foreign=address_foreign,
        geo=f"geo:{point.lat:.5f},{point.lon:.5f}?q={point.lat:.5f},{point.lon:.5f}({quote(name)})",
        way=_way(point, origin),
        times=_times(point, origin),
        hours=hours,
        services=wording.services(point),
        languages=wording.languages(point),
        step_free=point.step_free,
        qr=qr_of(own),
        near_url=f"{reverse('portal:near')}?place={origin.code if origin else wording.place_code(point.place)}",
        ended=not point.active,
        invented=point.invented,
    )


def _way(point: ServicePoint, origin: Origin | None) -> str:
    if origin is None:
        return ""
    far = distance(origin.lon, origin.lat, point.lon, point.lat)
    towards = direction(origin.lon, origin.lat, point.lon, point.lat)
    start = origin.of_name or origin.name
    return _("From the middle of %(place)s: %(way)s") % {"place": start, "way": wording.way(far, towards)}


def _times(point: ServicePoint, origin: Origin | None) -> str:
    """The three ways to travel, in one line."""
    if origin is None:
        return ""
    far = distance(origin.lon, origin.lat, point.lon, point.lat)
    found = ((mode, -(-straight_seconds(far, mode) // 60)) for mode in Mode)
    return " · ".join(wording.travel(mode, int(minutes)) for mode, minutes in found)
