"""From a case to the question that the law is asked: what was told at the door, what was entered since, what is claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from nuanxin.cases.rules.claim.facts import PARTIES, Document
from nuanxin.law.liability.parties import KINDS, ROLES
from nuanxin.law.topics.claim.items import KIND_OF, PARTS_OF_SEVERANCE

Question = dict[str, Any]
# item of a case → the topic that works it out
TOPIC_OF: Mapping[str, str] = {
    **{kind: topic for topic, kind in KIND_OF.items()},
    **dict.fromkeys(PARTS_OF_SEVERANCE.values(), "severance"),
}
_OWN = frozenset({"contract", "local_minimum", "crime/months", "crime/government_order"})
NOTHING = "0.00"


class Told(Protocol):
    """The facts as a submission or a case holds them from the door."""

    @property
    def relation(self) -> str: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def worked_from(self) -> str: ...
    @property
    def worked_to(self) -> str: ...


class TellsParty(Protocol):
    """A party who may have to pay, as a case holds it."""

    seq: int
    role: str
    kind: str
    engaged_by: int | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the facts of a case. ``place``: six digits or empty; ``claimed``: fen of the whole case."""

    as_of: date
    items: Sequence[str] = ()
    place: str = ""
    workers: int = 1
    claimed: int = 0


def first_day(partial: str) -> date | None:
    """The first day of a year, month or day as told; None for nothing."""
    if not partial:
        return None
    year, month, day = (*partial.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))


def from_door(told: Told, parties: Sequence[TellsParty] = (), filed_on: date | None = None) -> dict[str, Any]:
    """The facts that a case has before anybody enters them: only what was told as a whole day or a known word."""
    found: dict[str, Any] = {}
    if told.relation != "unknown":
        found["relation"] = told.relation
    if len(told.worked_from) == len("2026-03-31"):
        found["started_on"] = told.worked_from
    if told.ended_on is not None:
        found["ended_on"] = told.ended_on.isoformat()
    if filed_on is not None:
        found["filed_on"] = filed_on.isoformat()
    known = [_party(one) for one in parties if one.role in ROLES and one.kind in KINDS]
    if known:
        found[PARTIES] = known
    return found


def _party(one: TellsParty) -> dict[str, Any]:
    row = {"id": str(one.seq), "role": one.role, "kind": one.kind}
    return {**row, "engaged_by": str(one.engaged_by)} if one.engaged_by else row


def question_of(document: Document, frame: Frame, *, worked: tuple[date, date] | None = None) -> Question:
    """The question for ``claim``: the facts in their places, and a topic for every item that is claimed.

    ``worked``: when the work was done as far as told, where the facts do not say it.
    """
    question: Question = {"as_of": frame.as_of.isoformat()}
    if frame.place:
        question["place"] = frame.place
    for key, value in document.items():
        if key not in _OWN and (key, value) != ("relation", "unknown"):
            _put(question, key.split("/"), value)
    for item in frame.items:
        if item in TOPIC_OF:
            question.setdefault(TOPIC_OF[item], {})
    if document.get("contract"):
        question.setdefault("double_wage", {})
    if not question.keys() & KIND_OF.keys():
        question["arrears"] = {}
    _minimum(question, document)
    _liability(question, frame, worked)
    _crime(question, document, frame)
    return question


def _put(whole: Question, path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        whole = whole.setdefault(key, {})
    whole[path[-1]] = value


def _minimum(question: Question, document: Document) -> None:
    """The local minimum wage is a fact of its own, or part of the topic of that name where that is asked."""
    if "local_minimum" in document:
        if "minimum_wage" in question:
            question["minimum_wage"]["minimum"] = document["local_minimum"]
        else:
            question["minimum_wage"] = document["local_minimum"]


def _liability(question: Question, frame: Frame, worked: tuple[date, date] | None) -> None:
    """Who must pay is asked as soon as a party is known, whether or not the sum is."""
    if PARTIES not in question:
        question.pop("liability", None)
        return
    asked = question.setdefault("liability", {})
    asked["arrears"] = f"{frame.claimed // 100}.{frame.claimed % 100:02d}"
    if any(party.get("role") == "general_contractor" for party in question[PARTIES]):
        asked.setdefault("project", {})
    if worked and not {"from", "to"} <= question.get("arrears", {}).keys():
        asked["period"] = {"from": worked[0].isoformat(), "to": worked[1].isoformat()}


def _crime(question: Question, document: Document, frame: Frame) -> None:
    """Only for one worker whose sum is known: how a group's sum divides is on its roster, not among these facts."""
    told = {"crime/months", "crime/government_order"} <= document.keys()
    if told and frame.workers == 1 and frame.claimed and frame.place:
        amount = f"{frame.claimed // 100}.{frame.claimed % 100:02d}"
        question["crime"] = {
            "workers": [{"months": document["crime/months"], "amount": amount}],
            "government_order": document["crime/government_order"],
        }


def worked_of(told: Told, document: Document, today: date) -> tuple[date, date]:
    """The period of work as far as told; today where it is not, so that the law in force answers."""
    first, last = (_day(document.get(key)) for key in ("started_on", "ended_on"))
    last = last or first_day(told.worked_to) or told.ended_on or today
    first = first or first_day(told.worked_from) or last
    return min(first, last), last


def _day(told: Any) -> date | None:
    """A day of the facts; None for one that cannot be, which the law finds by itself."""
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        return None


def cautious(document: Document, told: Told) -> dict[str, Any]:
    """The facts for the limitation clock: a month without a day counts from its first day, so never too late."""
    end = first_day(told.worked_to)
    if end is None or "ended_on" in document or document.get("still_employed"):
        return dict(document)
    return {**document, "ended_on": end.isoformat()}
