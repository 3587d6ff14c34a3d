"""What a door may bring in: one shape for all six, read from plain JSON, every fault at once.

Faults carry a JSON pointer, a stable code and a sentence in both languages that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nuanxin.cases.rules import reading
from nuanxin.cases.rules.reading import Faults
from nuanxin.cases.rules.states import ITEMS, PARTY_KINDS, PARTY_ROLES, RELATIONS, Door, Kind

MOST_WORKERS = 100_000
MOST_PARTIES = 50
MOST_STORY = 20_000


@dataclass(frozen=True, slots=True)
class SafeContact:
    """When and how a worker may be contacted without harm."""

    may_call: bool = True
    hours: str = ""
    may_say_who: bool = True
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """The worker, or the representative of a group."""

    name: str
    phone: str
    resident_id: str = ""
    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    safe: SafeContact = SafeContact()


@dataclass(frozen=True, slots=True)
class HelperPerson:
    """Somebody who files for the worker."""

    name: str
    phone: str
    relation: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party who may have to pay, as far as the worker knows."""

    name: str = ""
    role: str = ""
    kind: str = ""
    uscc: str = ""
    phone: str = ""
    engaged_by: int | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """A submission that has passed every check. Amount in fen; ``place`` a six-digit code or empty."""

    door: Door
    kind: Kind
    applicant: Applicant
    place: str = ""
    items: tuple[str, ...] = ()
    workers: int = 1
    worked_from: str = ""
    worked_to: str = ""
    amount_fen: int | None = None
    relation: str = "unknown"
    ended_on: date | None = None
    respondents: tuple[Party, ...] = ()
    story: str = ""
    story_language: str = "zh"
    helper: HelperPerson | None = None
    trade: str = ""
    undertaking: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


class BadIntake(Exception):
    """The submission has faults; ``faults`` lists them all."""

    def __init__(self, faults: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


_TOP = {
    "door", "kind", "applicant", "helper", "place", "items", "workers", "worked", "amount_claimed", "relation",
    "ended_on", "respondents", "story", "consent",
}  # fmt: skip
_APPLICANT = {"name", "phone", "resident_id", "languages", "needs", "safe_contact"}


def read_intake(body: object, *, place_known: Callable[[str], bool], today: date) -> Intake:
    """Read a body of ``POST /applications``. Raises BadIntake with every fault."""
    faults = Faults()
    if not isinstance(body, dict):
        faults.add("", "invalid_type", "请求内容要是一个 JSON 对象", "The body must be a JSON object")
        raise BadIntake(faults.found)
    faults.unknown(body, _TOP, "")
    kind = reading.choice(faults, body, "/kind", tuple(Kind), required=True)
    intake = _build(faults, body, kind, place_known, today)
    if faults.found:
        raise BadIntake(faults.found)
    return intake


def _build(
    faults: Faults, body: dict[str, Any], kind: str, place_known: Callable[[str], bool], today: date
) -> Intake:
    door = reading.choice(faults, body, "/door", tuple(Door), required=True)
    story, language = _story(faults, body, required=kind == Kind.QUESTION)
    place = _place(faults, body, place_known, required=kind == Kind.AID)
    if kind == Kind.REPORT and not place and not story and "place" not in body and "story" not in body:
        faults.add(
            "/story",
            "required",
            "请写一句话，或者选干活的地方",
            "Write one sentence, or name the place of work",
        )
    items = reading.choices(faults, body, "/items", ITEMS)
    if kind == Kind.AID and not items and not faults.has("/items"):
        faults.add(
            "/items", "required", "请选您要主张什么，比如工资", "Choose what you claim, for example wages"
        )
    worked_from, worked_to = _worked(faults, body, today)
    if body.get("consent") is not True:
        faults.add(
            "/consent",
            "required",
            "请先看过告知内容并同意继续",
            "Please read the notice and tick that you have",
        )
    return Intake(
        door=Door(door) if door else Door.WEB,
        kind=Kind(kind) if kind else Kind.REPORT,
        applicant=_applicant(faults, body),
        place=place,
        items=items or (("wages",) if kind == Kind.REPORT else ()),
        workers=reading.whole(faults, body, "/workers", 1, MOST_WORKERS, default=1),
        worked_from=worked_from,
        worked_to=worked_to,
        amount_fen=reading.money(faults, body, "/amount_claimed"),
        relation=reading.choice(faults, body, "/relation", RELATIONS) or "unknown",
        ended_on=reading.day(faults, body, "/ended_on", latest=today),
        respondents=_respondents(faults, body),
        story=story,
        story_language=language,
        helper=_helper(faults, body),
    )


def _story(faults: Faults, body: dict[str, Any], *, required: bool) -> tuple[str, str]:
    story = reading.part(faults, body, "/story", {"text", "language"}, required=required)
    if story is None:
        return "", "zh"
    text = reading.text(faults, story, "/story/text", MOST_STORY, required=True, lines=True)
    return text, reading.language(faults, story, "/story/language") or "zh"


def _place(faults: Faults, body: dict[str, Any], known: Callable[[str], bool], *, required: bool) -> str:
    place = reading.text(faults, body, "/place", 12, required=required)
    if place and not faults.has("/place") and not (len(place) == 6 and place.isascii() and known(place)):
        faults.add(
            "/place",
            "unknown_place",
            "没有这个地区代码，请重新选干活的地方",
            "There is no such place code; choose the place of work again",
        )
    return place


def _applicant(faults: Faults, body: dict[str, Any]) -> Applicant:
    person = reading.part(faults, body, "/applicant", _APPLICANT, required=True)
    if person is None:
        return Applicant("", "")
    return Applicant(
        name=reading.name(faults, person, "/applicant/name"),
        phone=reading.phone(faults, person, "/applicant/phone", required=True),
        resident_id=reading.resident_id(faults, person, "/applicant/resident_id"),
        languages=reading.codes(faults, person, "/applicant/languages", reading.LANGUAGE),
        needs=reading.codes(faults, person, "/applicant/needs", reading.CODE),
        safe=_safe(faults, person),
    )


def _safe(faults: Faults, person: dict[str, Any]) -> SafeContact:
    where = "/applicant/safe_contact"
    safe = reading.part(faults, person, where, {"may_call", "hours", "may_say_who", "passphrase"})
    if safe is None:
        return SafeContact()
    return SafeContact(
        may_call=reading.flag(faults, safe, f"{where}/may_call", default=True),
        hours=reading.hours(faults, safe, f"{where}/hours"),
        may_say_who=reading.flag(faults, safe, f"{where}/may_say_who", default=True),
        passphrase=reading.text(faults, safe, f"{where}/passphrase", 60),
    )


def _helper(faults: Faults, body: dict[str, Any]) -> HelperPerson | None:
    helper = reading.part(faults, body, "/helper", {"name", "phone", "relation"})
    if helper is None:
        return None
    return HelperPerson(
        name=reading.name(faults, helper, "/helper/name"),
        phone=reading.phone(faults, helper, "/helper/phone", required=True),
        relation=reading.text(faults, helper, "/helper/relation", 40, required=True),
    )


def _worked(faults: Faults, body: dict[str, Any], today: date) -> tuple[str, str]:
    worked = reading.part(faults, body, "/worked", {"from", "to"})
    if worked is None:
        return "", ""
    begin = reading.partial_day(faults, worked, "/worked/from", latest=today)
    end = reading.partial_day(faults, worked, "/worked/to", latest=today)
    if begin and end and end[: len(begin)] < begin[: len(end)]:
        faults.add(
            "/worked/to",
            "out_of_order",
            "结束的日子早于开始的日子，请改一下",
            "The end lies before the beginning",
        )
    return begin, end


def _respondents(faults: Faults, body: dict[str, Any]) -> tuple[Party, ...]:
    rows = reading.rows(faults, body, "/respondents", MOST_PARTIES, {"name", "role", "kind", "uscc", "phone"})
    return tuple(
        Party(
            name=reading.firm(faults, row, f"/respondents/{i}/name"),
            role=reading.choice(faults, row, f"/respondents/{i}/role", PARTY_ROLES),
            kind=reading.choice(faults, row, f"/respondents/{i}/kind", PARTY_KINDS),
            uscc=reading.uscc(faults, row, f"/respondents/{i}/uscc"),
            phone=reading.phone(faults, row, f"/respondents/{i}/phone"),
        )
        for i, row in rows
    )
