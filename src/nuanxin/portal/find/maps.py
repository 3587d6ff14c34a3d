"""The maps of the finding pages: which country they show, what stands on them, and the picture as a data address.

The picture is part of the page and no file of its own: an address of a map would hold somebody's position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuanxin.network.queries import NATION, Level, Place, children, townships_of
from nuanxin.network.spatial.roads.profiles import PROFILES, Mode
from nuanxin.network.wording import scale
from nuanxin.portal.rules.find.frame import Frame
from nuanxin.portal.rules.find.sketch import Name, Pin, Ring, Sketch, draw
from nuanxin.ui.stylesheets import colours

SIZES = {"small": 296, "large": 480}  # pixels: the narrowest phone, and everything wider
RINGS = (10, 20, 30)  # minutes
MIDDLE, WIDE = (104.3, 36.2), 5_000_000.0  # the country, and how many metres across
STEPS = (WIDE, 700_000.0, 90_000.0)  # from the whole country to one's own district
AIR = 1.15  # around the outermost ring
TOWNSHIPS_UNTIL = 100_000.0  # metres of a map's width
COUNTY_M, MOST_COUNTIES = 25_000.0, 20  # about how far a county reaches from its middle
FARTHEST = 2.5  # times the outermost ring: points farther away are in the list only


_ENCODED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "%#<>&\n"})


@dataclass(frozen=True, slots=True)
class Picture:
    """One map as the page shows it; ``name`` is what its pressing is called."""

    name: str
    size: int
    src: str


def country(lon: float = MIDDLE[0], lat: float = MIDDLE[1], step: int = 0) -> list[Picture]:
    """A map to find one's place on: the country, then a part of it, then a part of that."""
    return [_picture(name, _bare(Frame(lon, lat, STEPS[step], size), step)) for name, size in SIZES.items()]


def around(
    lon: float, lat: float, *, mode: Mode, points: Sequence[tuple[float, float, bool]], farthest_m: float
) -> list[Picture]:
    """The map of a result: the middle, rings of travel time, and the points (lon, lat, open now) by number."""
    across = across_m(mode, farthest_m)
    pins = [Pin(east, north, number, is_open) for number, (east, north, is_open) in enumerate(points, 1)]
    rings = [Ring(reach_m(mode, count), _("%(n)d min") % {"n": count}) for count in RINGS]
    drawn = []
    wide = Frame(lon, lat, across, 1)  # the same country, whatever the size of its picture
    names = [*_names(wide, _all()), *_names(wide, _small_places(wide))]
    for name, size in SIZES.items():
        frame = Frame(lon, lat, across, size)
        sketch = Sketch(frame, _("N"), scale(frame.scale_bar()[0]), rings=rings, pins=pins, names=names)
        drawn.append(_picture(name, sketch))
    return drawn


def reach_m(mode: Mode, minutes: int) -> float:
    """How far one gets in some minutes, as the crow flies: an estimate, without roads."""
    return PROFILES[mode].straight * 1000 / 60 * minutes


def across_m(mode: Mode, farthest_m: float) -> float:
    """How many metres of country a result's map shows: all rings, and the points unless they lie very far away."""
    ring = reach_m(mode, RINGS[-1])
    return 2 * AIR * max(ring, min(farthest_m, FARTHEST * ring))


def pressed(
    lon: float, lat: float, across: float, name: str, x: float, y: float
) -> tuple[float, float] | None:
    """What somebody meant who pressed a map there; None for the keyboard, which presses the corner."""
    size = SIZES[name]
    if (x, y) == (0, 0) or not (0 <= x <= size and 0 <= y <= size):
        return None
    return Frame(lon, lat, across, size).to_degrees(x, y)


def _bare(frame: Frame, step: int) -> Sketch:
    places = list(_all())
    named = [place for place in places if place.level is (Level.PROVINCE, Level.CITY, Level.COUNTY)[step]]
    if step == len(STEPS) - 1:
        named += _small_places(frame)
    lower = [place for place in places if place.level is Level.CITY] if step == 0 else []
    dots = [(place.lon, place.lat) for place in lower if place.lon is not None and place.lat is not None]
    return Sketch(
        frame, _("N"), scale(frame.scale_bar()[0]), here=False, names=list(_names(frame, named)), dots=dots
    )


def _names(frame: Frame, places: Iterable[Place]) -> Iterator[Name]:
    english = (get_language() or "").startswith("en")
    for place in places:
        if place.lon is not None and place.lat is not None and frame.shows(place.lon, place.lat):
            yield Name(place.lon, place.lat, place.name_en if english else place.short_zh)


def _small_places(frame: Frame) -> list[Place]:
    """The townships of the counties round about, where the map is large enough to tell them apart."""
    if frame.across_m > TOWNSHIPS_UNTIL:
        return []
    wide = Frame(frame.lon, frame.lat, frame.across_m + 2 * COUNTY_M, frame.size)
    around = [
        place for place in _all()
        if place.level is Level.COUNTY and place.lon is not None and place.lat is not None
        and wide.shows(place.lon, place.lat)
    ]  # fmt: skip
    return [town for place in around[:MOST_COUNTIES] for town in townships_of(place.code)]


@lru_cache(maxsize=1)
def _all() -> tuple[Place, ...]:
    """Every region in force, from the provinces down."""
    found: list[Place] = []
    level = children(NATION)
    while level:
        found += level
        level = [part for place in level for part in children(place.code)]
    return tuple(found)


def _picture(name: str, sketch: Sketch) -> Picture:
    svg = draw(sketch, colours("light"), colours("dark"))
    return Picture(name, sketch.frame.size, mark_safe(_address(svg)))  # noqa: S308 - drawn by us, names escaped


def _address(svg: str) -> str:
    """The drawing as an address that may stand in double quotes; a third shorter than base64, and packed better."""
    return "data:image/svg+xml," + svg.replace('"', "'").translate(_ENCODED)
