"""The middle of a region: from where travel to a place is counted when nothing nearer is known."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from nuanxin.network.models import ServicePoint
from nuanxin.network.queries import place_now, region
from nuanxin.network.rules.gazetteer import NATION, UNIT, Level, UnknownPlace, level_of, superiors
from nuanxin.network.rules.townships import STEP

_WIDTH = {Level.COUNTY: UNIT, Level.TOWNSHIP: STEP}  # of the codes that lie in one

MOST_POINTS = 1000  # of a county that are looked at


class NoCentre(LookupError):
    """The tables tell the middle neither of a region nor of any above it."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A point in degrees WGS-84. ``of``: the region whose middle it is, the place itself or one above it."""

    lon: float
    lat: float
    of: int


def centre(place: int) -> Centre:
    """The middle of a region by its stored code, as it lies today.

    Where the tables do not tell it: of the points on file there (one query), else of the nearest region above it
    whose middle is known. Raises UnknownPlace or NoCentre.
    """
    now = place_now(place)
    for code in (place, now, *superiors(now)):
        found = _told(code) or _of_points(code)
        if found is not None:
            return Centre(*found, place if code == now else code)
    raise NoCentre(f"no middle of {place} is known")


def _told(code: int) -> tuple[float, float] | None:
    try:
        found = region(code) if code != NATION else None
    except UnknownPlace:
        return None
    return None if found is None or found.lon is None or found.lat is None else (found.lon, found.lat)


def _of_points(code: int) -> tuple[float, float] | None:
    """The middle of the active points in a county or township; larger regions have no middle worth the name."""
    width = _WIDTH.get(level_of(code))
    if width is None:
        return None
    inside = ServicePoint.objects.filter(active=True, place__gte=code, place__lt=code + width)
    # Real ones first: invented ones were laid about a middle that somebody guessed.
    told = list(inside.order_by("invented", "id").values_list("lon", "lat", "invented")[:MOST_POINTS])
    places = [(lon, lat) for lon, lat, invented in told if invented == told[0][2]]
    # The median lies where most of them are, in the county town; a mean would be drawn to the villages.
    return (median(lon for lon, _ in places), median(lat for _, lat in places)) if places else None
