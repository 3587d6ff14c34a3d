"""Service points for the demo: invented, near the demo's offices, with hours, services and languages that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nuanxin.audit.actor import Actor
from nuanxin.network.actions import open_point, set_exception
from nuanxin.network.models import ServicePoint
from nuanxin.network.queries import parse_place, parse_township, region
from nuanxin.network.rules.points import LANGUAGES, SERVICES, Kind, bits_of

SOURCE = "demo"
# Places of the demo's offices. The tables do not tell where Gaoping lies (public knowledge: 35°48′ N, 112°55′ E).
TOWNS = {
    "140581": (112.92, 35.80), "140502": None, "230604": None, "320508": None, "321003": None, "330110": None,
    "340802": None, "371521": None, "450302": None, "440306": None, "110105": None, "310115": None, "510104": None,
}  # fmt: skip
_OFFICE = "Mo-Fr 08:30-12:00,14:00-17:30"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What stands in every town: its name behind the town's, metres east and north of the middle, what it does."""

    kind: Kind
    zh: str
    en: str
    east: float  # degrees
    north: float
    hours: str
    services: tuple[str, ...]
    languages: tuple[str, ...] = ("zh",)
    step_free: bool = False
    checked: int | None = 60  # days before the demo begins; None: never
    phone: str = "01"


_EVERYWHERE = (
    _Kind(Kind.PLATFORM, "公共法律服务中心", "Public Legal Service Centre", 0.004, 0.003, f"{_OFFICE}; Sa 09:00-12:00",
          ("consultation", "wage_claims", "legal_aid", "mediation", "document_drafting"), ("zh", "sign"), True),
    _Kind(Kind.WORKSTATION, "总工会法律援助工作站", "Trade Union Legal-Aid Workstation", -0.011, 0.006, _OFFICE,
          ("consultation", "wage_claims", "legal_aid", "arbitration_help"), step_free=True, phone="02"),
    _Kind(Kind.WORKSTATION, "零工市场法律援助工作站", "Day-Labour Market Legal-Aid Workstation", 0.015, -0.009,
          "Mo-Su 05:30-11:00,18:00-21:00", ("consultation", "wage_claims", "labour_inspection"), checked=500, phone="03"),
    _Kind(Kind.CONTACT_POINT, "工地联络点", "Building-Site Contact Point", -0.021, -0.017, "Mo-Sa 07:00-19:00; PH off",
          ("consultation", "wage_claims", "site_visit"), checked=None, phone="04"),
    _Kind(Kind.PLATFORM, "12348 夜间服务点", "12348 Night Point", 0.001, -0.004, "24/7",
          ("consultation", "wage_claims", "video_consultation", "night"), step_free=True, phone="05"),
)  # fmt: skip
_GAOPING = (
    _Kind(Kind.PLATFORM, "公共法律服务工作站", "Public Legal Service Station", 0.047, 0.021, "Mo-Fr 09:00-12:00,14:30-17:30",
          ("consultation", "wage_claims", "mediation"), ("zh", "ii"), phone="06"),
    _Kind(Kind.MOBILE, "流动服务车", "Mobile Service", 0.052, 0.018, "Tu 09:00-15:00",
          ("consultation", "wage_claims", "legal_aid"), ("zh", "ii", "za"), checked=20, phone="07"),
    _Kind(Kind.VILLAGE_HELPER, "村法律服务联络员", "Village Legal Helper", 0.061, 0.030, "Mo-Su 08:00-20:00",
          ("consultation", "wage_claims"), checked=400, phone="08"),
)  # fmt: skip


def load_demo_points(by: Actor, at: datetime) -> int:
    """The demo's points, once; how many are new."""
    known = set(ServicePoint.objects.filter(source=SOURCE).values_list("reference", flat=True))
    new = 0
    for number, (town, place, middle, kind) in enumerate(_all()):
        reference = f"{place}-{kind.phone}"
        if reference in known:
            continue
        point = _open(number, town, place, middle, kind, reference, by, at)
        new += 1
        if kind.kind is Kind.MOBILE:
            day = at.date() + timedelta(days=9)
            set_exception(point.pk, day=day, hours="", note="车辆检修", by=by, at=at)
    return new


def _all() -> Iterator[tuple[str, int, tuple[float, float], _Kind]]:
    for digits, told in TOWNS.items():
        place = parse_place(digits)
        found = region(place)
        middle = told or ((found.lon, found.lat) if found.lon is not None and found.lat is not None else None)
        if middle is not None:
            yield from ((digits, place, middle, kind) for kind in _EVERYWHERE)
            if digits == "140581":
                township = parse_township("140581101")
                yield from (("140581101", township, middle, kind) for kind in _GAOPING)


def _open(
    number: int, town: str, place: int, middle: tuple[float, float], kind: _Kind, reference: str, by: Actor, at: datetime
) -> ServicePoint:  # fmt: skip
    found = region(place)
    checked: date | None = None if kind.checked is None else at.date() - timedelta(days=kind.checked)
    return open_point(
        name_zh=f"{found.name_zh}{kind.zh}", name_en=f"{found.name_en} {kind.en}", kind=kind.kind.value, place=place,
        lon=round(middle[0] + kind.east, 5), lat=round(middle[1] + kind.north, 5),
        address_zh=f"{found.name_zh}示范路{number + 1}号（虚构）", phone=f"400-555-{number:02d}{kind.phone}",
        hours=kind.hours, services=bits_of(kind.services, SERVICES), languages=bits_of(kind.languages, LANGUAGES),
        step_free=kind.step_free, verified_on=checked, invented=True, source=SOURCE, reference=reference, by=by, at=at,
    )  # fmt: skip
