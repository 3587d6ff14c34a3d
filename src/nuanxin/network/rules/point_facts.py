"""What is said of a service point, and every fault of it at once, by field and in both languages. Pure.

The same check serves the form and the import, so that no door lets in what another refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nuanxin.network.rules.coordinates import coordinate_fault, place_fault
from nuanxin.network.rules.gazetteer import UNIT, Level, Place, UnknownPlace, gazetteer
from nuanxin.network.rules.hours import LONGEST as LONGEST_HOURS
from nuanxin.network.rules.hours import HoursFault, parse_hours
from nuanxin.network.rules.points import KINDS, LANGUAGES, SERVICES
from nuanxin.network.rules.townships import is_township, townships

LONGEST = {
    "name_zh": 80, "name_en": 160, "address_zh": 200, "address_en": 300, "phone": 30, "hours": LONGEST_HOURS,
    "source": 120, "reference": 60,
}  # fmt: skip
MOST_PEOPLE = 100_000  # a day
FIRST_DAY = date(2000, 1, 1)  # nothing on file was verified earlier
_PHONE = re.compile(r"[0-9 +()-]{3,30}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A point as somebody gives it. ``place``: a stored code; ``services``, ``languages``: as stored."""

    name_zh: str = ""
    name_en: str = ""
    kind: str = ""
    place: int = 0
    lon: float | None = None
    lat: float | None = None
    address_zh: str = ""
    address_en: str = ""
    phone: str = ""
    hours: str = ""
    services: int = 0
    languages: int = 0
    step_free: bool = False
    capacity: int | None = None
    verified_on: date | None = None
    source: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field: a stable code and a sentence in both languages."""

    field: str
    code: str
    zh: str
    en: str


def faults_of(facts: PointFacts, today: date) -> list[FieldFault]:
    """Every fault of a point, in the order of its fields."""
    found = [*_text_faults(facts), *_code_faults(facts), *_number_faults(facts, today)]
    where = list(_place_faults(facts.place))
    return found + where + list(_position_faults(facts, known_place=not where))


def _position_faults(facts: PointFacts, *, known_place: bool) -> Iterator[FieldFault]:
    if facts.lon is None or facts.lat is None:
        yield FieldFault(
            "lon",
            "missing",
            "请填写经度和纬度（度），例如 113.2945 和 23.1012。",
            "Give longitude and latitude in degrees, such as 113.2945 and 23.1012.",
        )
        return
    fault = coordinate_fault(facts.lon, facts.lat)
    if fault is None and known_place:
        fault = place_fault(facts.place, facts.lon, facts.lat)
    if fault is not None:
        yield FieldFault(fault.field, fault.code, fault.zh, fault.en)


def _text_faults(facts: PointFacts) -> Iterator[FieldFault]:
    for field in LONGEST:
        text: str = getattr(facts, field)
        if len(text) > LONGEST[field]:
            most = LONGEST[field]
            yield FieldFault(
                field, "too_long", f"过长,最多 {most} 个字。", f"Too long: at most {most} characters."
            )
        elif _CONTROL.search(text):
            yield FieldFault(
                field,
                "control_character",
                "含有看不见的控制字符,请删除。",
                "Holds an invisible character. Delete it.",
            )
    if not _CHINESE.search(facts.name_zh):
        yield FieldFault("name_zh", "missing", "请填写中文名称。", "Give the name in Chinese.")
    if facts.phone and not _PHONE.fullmatch(facts.phone):
        yield FieldFault(
            "phone",
            "unreadable",
            "电话只能有数字、空格和 + - ( ),一格填一个号码。",
            "A telephone number has digits, spaces and + - ( ) only; give one number.",
        )
    if facts.reference and not facts.source:
        yield FieldFault(
            "source",
            "missing",
            "有来源编号时,请填写来源。",
            "Where a key of the source is given, name the source.",
        )
    if facts.hours and len(facts.hours) <= LONGEST["hours"]:
        try:
            parse_hours(facts.hours)
        except HoursFault as fault:
            yield FieldFault("hours", "hours", fault.zh, fault.en)


def _code_faults(facts: PointFacts) -> Iterator[FieldFault]:
    if facts.kind not in KINDS:
        known = "、".join(term.zh for term in KINDS.values())
        yield FieldFault(
            "kind",
            "unknown",
            f"没有这种网点类型。可用:{known}。",
            f"No such kind. Known: {', '.join(KINDS)}.",
        )
    if not facts.services:
        yield FieldFault("services", "missing", "请至少填写一项服务。", "Give at least one service.")
    elif facts.services < 0 or facts.services >> len(SERVICES):
        yield FieldFault("services", "unknown", "有未知的服务代码。", "A service is not on the list.")
    if not facts.languages:
        yield FieldFault("languages", "missing", "请至少填写一种语言。", "Give at least one language.")
    elif facts.languages < 0 or facts.languages >> len(LANGUAGES):
        yield FieldFault("languages", "unknown", "有未知的语言代码。", "A language is not on the list.")


def _number_faults(facts: PointFacts, today: date) -> Iterator[FieldFault]:
    if facts.capacity is not None and not 0 < facts.capacity <= MOST_PEOPLE:
        yield FieldFault(
            "capacity",
            "out_of_range",
            f"每日接待人数须为 1 至 {MOST_PEOPLE} 的整数。",
            f"People a day: a whole number from 1 to {MOST_PEOPLE}.",
        )
    if facts.verified_on is not None and not FIRST_DAY <= facts.verified_on <= today:
        yield FieldFault(
            "verified_on",
            "out_of_range",
            "核实日期须在 2000 年之后,且不晚于今天。",
            "The day of verification lies after 2000 and not in the future.",
        )


def _place_faults(code: int) -> Iterator[FieldFault]:
    """A county or township in force; regions above a county are too large to find a point in."""
    try:
        place = townships().place(code) if is_township(code) else gazetteer().place(code)
    except UnknownPlace:
        yield FieldFault(
            "place",
            "unknown",
            "没有这个地区代码。请填县级 6 位或乡级 9 位代码。",
            "There is no region with this code. Give the 6 digits of a county or the 9 of a township.",
        )
        return
    heir = None if is_township(code) else gazetteer().successor(code)
    if not place.current:
        now = f"{heir // UNIT:06d}" if heir else ""
        yield FieldFault(
            "place",
            "abolished",
            f"该地区代码已撤销{',现为 ' + now if now else ''}。",
            f"This region code was abolished{'; use ' + now if now else ''}.",
        )
    elif place.level < Level.COUNTY and not _without_counties(place):
        yield FieldFault(
            "place", "too_large", "请填到县级或乡级。", "Give a county or a township, no larger region."
        )


def _without_counties(place: Place) -> bool:
    """A city such as Dongguan, which has townships directly below it."""
    return place.level is Level.CITY and not gazetteer().children(place.code)
