"""Reads of the network.

Regions come from the shipped table in memory, without a query; agencies, promises and settings from a picture
that every process keeps fresh (``directory``).
"""

from __future__ import annotations

import re
from datetime import date

from nuanxin.network.directory import directory
from nuanxin.network.models import Agency
from nuanxin.network.rules import promises, township_search
from nuanxin.network.rules.gazetteer import (
    NATION,
    UNIT,
    Level,
    Place,
    UnknownPlace,
    gazetteer,
    six_digits,
    superiors,
)
from nuanxin.network.rules.promises import Promise, UnknownPromise
from nuanxin.network.rules.search import PlaceHit
from nuanxin.network.rules.search import search as _search
from nuanxin.network.rules.townships import STEP, is_township, nine_digits
from nuanxin.network.rules.townships import townships as _townships

__all__ = [
    "NATION", "Level", "NoAgency", "Place", "PlaceHit", "Promise", "UnknownPlace", "UnknownPromise",
    "agencies", "agency", "agency_for", "bureau_for", "children", "decides_with_two", "national_intake",
    "nine_digits", "parse_place", "parse_township", "place_now", "promise", "province_of", "province_setting",
    "region", "region_name", "search_agencies", "search_places", "six_digits", "successor", "townships_of",
]  # fmt: skip

_SIX = re.compile(r"[0-9]{6}")
_NINE = re.compile(r"([0-9]{9})(?:000)?")


class NoAgency(LookupError):
    """There is no such agency, or none of that kind above the place."""


def parse_place(text: str) -> int:
    """The stored code of a six-digit place, in force or abolished. Raises UnknownPlace."""
    if not _SIX.fullmatch(text):
        raise UnknownPlace("a place is six digits of GB/T 2260")
    code = int(text) * UNIT
    if code == NATION:
        raise UnknownPlace("000000 is no place")
    return gazetteer().place(code).code


def parse_township(text: str) -> int:
    """The stored code of a township of nine digits, or of twelve that end in 000. Raises UnknownPlace."""
    digits = _NINE.fullmatch(text)
    if digits is None:
        raise UnknownPlace("a township is nine digits of the statistical codes")
    return _townships().place(int(digits[1]) * STEP).code


def region(code: int) -> Place:
    """The region or township of a stored code. Raises UnknownPlace."""
    return _townships().place(code) if is_township(code) else gazetteer().place(code)


def townships_of(code: int) -> list[Place]:
    """The townships of a county, by code; of any larger region too. Raises UnknownPlace."""
    return _townships().within(gazetteer().place(code).code)


def successor(code: int) -> int | None:
    """The code in force that took over; the code itself while in force; None if not known.

    A township has no successor of its own: it is itself, or lies in what took its county over.
    Raises UnknownPlace.
    """
    return _townships().in_force(code) if is_township(code) else gazetteer().successor(code)


def place_now(code: int) -> int:
    """Where the place lies today: the successor, or the nearest superior in force where none is known.

    Raises UnknownPlace.
    """
    return _townships().in_force(code) if is_township(code) else gazetteer().in_force(code)


def region_name(code: int, lang: str, full: bool = True) -> str:
    """The name of a region in ``zh…`` or ``en…``; ``full`` with those above it. Raises UnknownPlace."""
    lang = "en" if lang.startswith("en") else "zh"
    if full:
        return (_townships() if is_township(code) else gazetteer()).full_name(code, lang)
    place = region(code)
    return place.name_en if lang == "en" else place.name_zh


def children(code: int) -> list[Place]:
    """The regions in force one step below, for pickers: provinces of 0, cities of a province, counties.

    The districts of Beijing and its like, and counties directly under a province, come at once.
    Raises UnknownPlace.
    """
    return gazetteer().children(code)


def search_places(text: str, limit: int = 10, *, townships: bool = False) -> list[PlaceHit]:
    """Regions whose name, part of a name, pinyin or code is ``text``; the best first. At most 50.

    With ``townships`` those too: 米山, 高平米山, mishan gaoping, 140581101. The first such question of a process
    takes half a second more, to read them.
    """
    if townships:
        return township_search.search(gazetteer(), _townships(), text, min(limit, 50))
    return _search(gazetteer(), text, min(limit, 50))


def province_of(code: int) -> int:
    """The two digits of a region's province, 0 for the nation."""
    return code // 10**10


def agency(agency_id: int) -> Agency:
    """One agency, active or not. Raises NoAgency. The row is shared: read only."""
    try:
        return directory().agencies[agency_id]
    except KeyError:
        raise NoAgency(f"agency {agency_id}") from None


def national_intake() -> Agency:
    """The desk that takes what has no place. Raises NoAgency on a database that was never set up."""
    found = directory().serving.get((Agency.Kind.NATIONAL_INTAKE, NATION))
    if found is None:
        raise NoAgency("the national intake desk is missing: run nuanxin install")
    return found


def agency_for(place: int) -> Agency:
    """Who takes a claim of this place (Legal Aid Law art. 38): its agency, or that of the nearest superior.

    An abolished code counts as its successor. Region 0, and a place without an agency up to its province, go
    to the national intake desk. Raises UnknownPlace.
    """
    return _serving(Agency.Kind.LEGAL_AID, place) or national_intake()


def bureau_for(region: int) -> Agency:
    """The justice bureau for a region's objections (Legal Aid Law art. 49): its own, or the nearest above.

    Raises NoAgency where none is on file, UnknownPlace.
    """
    found = _serving(Agency.Kind.BUREAU, region)
    if found is None:
        raise NoAgency(f"no justice bureau at or above {region}")
    return found


def _serving(kind: str, place: int) -> Agency | None:
    now, serving = place_now(place), directory().serving
    return next((serving[kind, code] for code in (now, *superiors(now)) if (kind, code) in serving), None)


def agencies(*, kind: str | None = None, within: tuple[int, int] | None = None) -> list[Agency]:
    """Active agencies by region: of one kind or all, within an inclusive range of codes or everywhere."""
    low, high = within or (0, 10**12 - 1)
    found = [
        a for a in directory().agencies.values()
        if a.active and low <= a.region <= high and (kind is None or a.kind == kind)
    ]  # fmt: skip
    return sorted(found, key=lambda a: (a.region, a.kind, a.pk))


def search_agencies(text: str, *, kind: str | None = None, limit: int = 20) -> list[Agency]:
    """Active agencies with ``text`` in their name, for the choice of a receiver."""
    sought = text.strip().lower()
    found = [a for a in agencies(kind=kind) if sought in a.name_zh or sought in a.name_en.lower()]
    return found[:limit]


def decides_with_two(agency_id: int) -> bool:
    """Whether who reviewed an application may not decide it alone at this agency. Raises NoAgency."""
    return agency(agency_id).two_person_decision


def promise(key: str, region: int, on: date) -> Promise:
    """The service promise in force for a region on a day, the national default failing any.

    Raises UnknownPromise.
    """
    return promises.in_force(key, region, on, directory().promises.get(key, ()))


def province_setting(place: int, key: str) -> str | None:
    """What the province of a place has set, or the nation (province 0); None where neither has."""
    settings = directory().settings
    province = province_of(place) * 10**10
    return settings.get((province, key), settings.get((NATION, key)))
