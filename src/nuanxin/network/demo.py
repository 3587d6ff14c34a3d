"""Agencies for the demo: invented, plausible, with telephone numbers that nobody has (…-555….)."""

from __future__ import annotations

from datetime import date, datetime, time

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.network.actions import (
    AgencyFields,
    create_agency,
    load_regions,
    set_promise,
    set_province_setting,
)
from nuanxin.network.actions.invented import invent_network
from nuanxin.network.demo_points import TOWNS, load_demo_points
from nuanxin.network.models import Agency, ServicePoint
from nuanxin.network.queries import children, parse_place, region
from nuanxin.network.rules.gazetteer import NATION, Level, Place, superiors
from nuanxin.network.rules.generation import SOURCE, Points

# Places of the demo's cases, and a few around them that cases are transferred to.
PLACES = (
    "140581", "140502", "140500", "230600", "230604", "320000", "320100", "320500", "321003", "321000", "330110",
    "330100", "330106", "340800", "340802", "340100", "371521", "371500", "450300", "450302", "610100", "440300",
    "440306", "110105", "310115", "510100",
)  # fmt: skip
_WITHOUT = frozenset({"710000", "810000", "820000"})  # the mainland's Legal Aid Law does not apply there

# Dialling codes of the places above; the other provinces take that of their capital.
DIALLING = {
    "11": "010", "12": "022", "13": "0311", "14": "0351", "15": "0471", "21": "024", "22": "0431", "23": "0451",
    "31": "021", "32": "025", "33": "0571", "34": "0551", "35": "0591", "36": "0791", "37": "0531", "41": "0371",
    "42": "027", "43": "0731", "44": "020", "45": "0771", "46": "0898", "50": "023", "51": "028", "52": "0851",
    "53": "0871", "54": "0891", "61": "029", "62": "0931", "63": "0971", "64": "0951", "65": "0991",
    "1405": "0356", "2306": "0459", "3205": "0512", "3210": "0514", "3408": "0556", "3715": "0635",
    "4503": "0773", "4403": "0755",
}  # fmt: skip
SCALE = 0.003  # of the report's 990,000 points: some three thousand
HOURS = {Level.PROVINCE: "周一至周五 09:00-17:30", Level.CITY: "周一至周五 08:30-17:30"}


def load(at: datetime) -> None:
    """What the demo needs of this room."""
    load_regions(by=SYSTEM, at=at)
    load_demo_agencies(by=SYSTEM, at=at)
    load_demo_points(by=SYSTEM, at=at)
    load_demo_network(by=SYSTEM, at=at)


def load_demo_network(by: Actor, at: datetime) -> int:
    """A thin invented network over the country, once; the demo's own towns have points written by hand instead."""
    if ServicePoint.objects.filter(source=SOURCE).exists():
        return 0
    towns = {parse_place(digits) for digits in TOWNS}

    def outside(points: Points) -> list[bool]:
        return [place not in towns for place in points.place.tolist()]

    return invent_network(scale=SCALE, seed=1, beside_real=True, wanted=outside, by=by, at=at)


def load_demo_agencies(by: Actor, at: datetime) -> dict[int, Agency]:
    """A legal-aid agency and a justice bureau for every province and for each demo place with all above it.

    Idempotent. Returns the legal-aid agencies by region.
    """
    _settings(by, at)
    found = {a.region: a for a in Agency.objects.filter(kind=Agency.Kind.LEGAL_AID, active=True)}
    for number, place in enumerate(_places()):
        if place.code not in found:
            found[place.code] = _office(place, Agency.Kind.LEGAL_AID, number, by, at)
        bureau = Agency.objects.filter(kind=Agency.Kind.BUREAU, region=place.code, active=True)
        if not bureau.exists():
            _office(place, Agency.Kind.BUREAU, number, by, at)
    return found


def _places() -> list[Place]:
    """Every place that gets offices, provinces first, so that each finds its superior there."""
    codes = {place.code for place in children(NATION) if f"{place.code // 10**6:06d}" not in _WITHOUT}
    for text in PLACES:
        code = parse_place(text)
        codes.update(c for c in (code, *superiors(code)) if c != NATION)
    places = [region(code) for code in codes]
    return sorted((p for p in places if not p.placeholder), key=lambda p: (p.level, p.code))


def _office(place: Place, kind: Agency.Kind, number: int, by: Actor, at: datetime) -> Agency:
    legal_aid = kind is Agency.Kind.LEGAL_AID
    digits = f"{place.code // 10**6:06d}"
    dialling = DIALLING.get(digits[:4], DIALLING[digits[:2]])
    bureau = {
        Level.PROVINCE: ("司法厅", "Department of Justice"),
        Level.CITY: ("司法局", "Bureau of Justice"),
    }
    municipality = digits[:2] in {"11", "12", "31", "50"}
    level = Level.CITY if municipality and place.level is Level.PROVINCE else place.level
    zh, en = ("法律援助中心", "Legal Aid Centre") if legal_aid else bureau.get(level, bureau[Level.CITY])
    fields: AgencyFields = {
        "name_zh": f"{place.name_zh}{zh}",
        "name_en": f"{place.name_en} {en}",
        "region": place.code,
        "address": f"{place.name_zh}示范路{number + 1}号(虚构)",
        "phone": f"{dialling}-555{'01' if legal_aid else '02'}{number:02d}",
        "opening_hours": HOURS.get(place.level, "周一至周六 08:30-18:00"),
        # Larger offices have two people for it; a county often has one.
        "two_person_decision": legal_aid and place.level is not Level.COUNTY,
    }
    return create_agency(kind=kind, by=by, at=at, **fields)


def _settings(by: Actor, at: datetime) -> None:
    """One promise and one setting of their own, so that the pages show what a region can change."""
    since = date(2024, 1, 1)
    set_promise(
        key="same_day", region=parse_place("440300"), unit="same_day", amount=1, cut_off=time(16, 30),
        valid_from=since, source="演示数据", by=by, at=at,
    )  # fmt: skip
    set_province_setting(
        province=parse_place("140000"), key="subsidy.case", value="2000.00", source="演示数据,非真实标准",
        checked=since, by=by, at=at,
    )  # fmt: skip
