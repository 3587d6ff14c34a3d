"""From where somebody looks for help: a named place, the phone's own position, or a spot pressed on a map.

A position travels in the body of a request only. It is rounded, and neither kept nor logged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import get_language

from nuanxin.network.centres import NoCentre, centre
from nuanxin.network.queries import UnknownPlace, parse_place, parse_township, region_name
from nuanxin.network.rules.coordinates import coordinate_fault
from nuanxin.network.wording import place_code

DECIMALS = 3  # of a degree: about 100 metres, enough for the way and too little for a house
TOWNSHIP_DIGITS = 9


class Source(StrEnum):
    """How the middle was found."""

    PLACE = "place"
    PHONE = "phone"
    MAP = "map"


class NotHere(ValueError):
    """No place of that code, or a position that is no number or lies outside the country."""


class NoMiddle(NotHere):
    """A place of the country of which nobody here knows where it lies."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The middle of a search. ``of``: the region whose middle it is, where that of the place itself is not known."""

    lon: float
    lat: float
    source: Source
    place: int = 0
    of: int = 0

    @property
    def code(self) -> str:
        """The place as an address names it; empty for a position."""
        return place_code(self.place) if self.place else ""

    @property
    def name(self) -> str:
        """The place with those above it; empty for a position."""
        return region_name(self.place, get_language() or "zh") if self.place else ""

    @property
    def short(self) -> str:
        """The place's own name; empty for a position."""
        return region_name(self.place, get_language() or "zh", full=False) if self.place else ""

    @property
    def of_name(self) -> str:
        """The name of the region whose middle was taken instead; empty where it is the place's own."""
        return region_name(self.of, get_language() or "zh") if self.of != self.place else ""


def stored(code: str) -> int:
    """The stored code of a place of six digits, or of a township of nine. Raises UnknownPlace."""
    return parse_township(code) if len(code) == TOWNSHIP_DIGITS else parse_place(code)


def at_place(code: str) -> Origin:
    """The middle of a place of six digits, or of a township of nine. Raises NotHere."""
    try:
        place = stored(code)
        middle = centre(place)
    except UnknownPlace:
        raise NotHere(code) from None
    except NoCentre:
        raise NoMiddle(code) from None
    return Origin(middle.lon, middle.lat, Source.PLACE, place, middle.of)


def at_position(lon: object, lat: object, source: Source) -> Origin:
    """A position in degrees WGS-84, rounded. Raises NotHere."""
    try:
        east, north = float(str(lon)[:24]), float(str(lat)[:24])
    except ValueError:
        raise NotHere("no number") from None
    fault = coordinate_fault(east, north)
    if fault is not None:
        raise NotHere(fault.code)
    return Origin(round(east, DECIMALS), round(north, DECIMALS), source)


def read(said: Mapping[str, str]) -> Origin | None:
    """The origin that a form or an address names; None where it names none. Raises NotHere."""
    if said.get("place"):
        return at_place(str(said["place"]))
    if said.get("lon") and said.get("lat"):
        source = Source.MAP if said.get("by") == Source.MAP else Source.PHONE
        return at_position(said["lon"], said["lat"], source)
    return None
