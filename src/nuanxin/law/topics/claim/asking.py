"""The topics of a claim, each asked with what the others gave: heads first, then what follows from their items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nuanxin.law.bilingual import Bilingual
from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.question import Faults, Values, need
from nuanxin.law.topic import Body
from nuanxin.law.topics.claim.items import KIND_OF, Item, items_of
from nuanxin.law.topics.claim.question import MINIMUM, Part
from nuanxin.law.topics.claim.time_limits import Limit

# heads that follow from another head's sum
_ON_ARREARS: Mapping[str, str] = {
    "extra_compensation": "due",
    "interest": "principal",
    "liability": "arrears",
}
_GIVE = Bilingual("算这一项还缺这个事实。", "This fact is still missing for this item.")
_NO_ARREARS = Bilingual(
    "先要算出欠了多少工资。", "The unpaid wages have to be worked out first, or their sum given here."
)


@dataclass(slots=True)
class Answering:
    """One claim on its way to its answer."""

    values: Values
    parts: Mapping[str, Part]
    relation: str | None
    acknowledged: bool
    items: list[Item] = field(default_factory=list)
    answers: dict[str, Body] = field(default_factory=dict)
    needs: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)

    def ask_for(self, entry: dict[str, Any]) -> None:
        """One entry a path: the first reason given stands."""
        path = self.pointer(entry["path"])
        self.needs.setdefault(path, {**entry, "path": path})

    def pointer(self, path: str) -> str:
        """Where a shared fact can be given: the minimum wage inside the topic of that name, where that is asked."""
        return f"{path}/minimum" if path == f"/{MINIMUM}" and MINIMUM in self.parts else path

    def respond(self, part: Part, values: Values) -> Body | None:
        """A topic's answer; None where it lacks a fact or a calendar, which is noted."""
        for key in part.missing:
            self.ask_for(need(part.asks_at(f"/{key}"), _GIVE))
        if part.missing:
            return None
        try:
            body = part.topic.respond(values)
        except CalendarMissing as missing:
            fault = Faults()
            fault.add(part.topic.calendar_path, *missing_calendar(missing.year))
            part.tell(part.topic.calendar_path, fault.found[0], self.faults)
            return None
        for entry in body.get("needs", ()):
            self.ask_for({**entry, "path": part.asks_at(entry["path"])})
        if "warnings" in body:
            body["warnings"] = [_placed(one, part) for one in body["warnings"]]
        return body


def _placed(warning: dict[str, Any], part: Part) -> dict[str, Any]:
    """A warning of a topic with its pointer into the whole question, where it has one."""
    return {**warning, "path": part.asks_at(warning["path"])} if "path" in warning else warning


def missing_calendar(year: int) -> tuple[str, str, str]:
    """Code and words of a calendar year that is not published."""
    return (
        "calendar_missing",
        f"{year}年的放假安排还没有公布，不能推算",
        f"the holidays of {year} are not published; nothing is guessed",
    )


def ask_heads(asked: Answering) -> None:
    """Every head of claim, in the order of ``KIND_OF``, so that the order of keys changes nothing."""
    for topic in KIND_OF:
        part = asked.parts.get(topic)
        if part is None:
            continue
        values = part.values
        if topic in _ON_ARREARS and _ON_ARREARS[topic] not in values:
            sum_ = _arrears(asked)
            if sum_ is None:
                asked.ask_for(need(f"/{topic}/{_ON_ARREARS[topic]}", _NO_ARREARS))
                continue
            values = {**values, _ON_ARREARS[topic]: sum_}
        body = asked.respond(part, values)
        if body is not None and body.keys() & {"amount", "readings", "from"}:
            asked.items += items_of(topic, values, body, asked.relation, acknowledged=asked.acknowledged)


def _arrears(asked: Answering) -> int | None:
    """The unpaid wages, where they are one sum."""
    return next((item.amount for item in asked.items if item.kind == "wages"), None)


def ask_others(asked: Answering, found: list[Limit]) -> None:
    """Topics that give no item of their own, with what they can take from the items."""
    for topic, part in asked.parts.items():
        if topic in KIND_OF or (topic == "limitation" and "claim" not in part.values):
            continue
        derived = _derived(asked, topic, part, found)
        if derived is not None:
            body = asked.respond(part, {**part.values, **derived})
            if body is not None:
                asked.answers[topic] = body


def _derived(asked: Answering, topic: str, part: Part, found: list[Limit]) -> Values | None:
    """What a topic takes from the items where it does not say it itself; None where it cannot be answered."""
    given = part.values
    if topic == "liability" and "arrears" not in given:
        sum_ = _arrears(asked)
        if sum_ is None:
            asked.ask_for(need("/liability/arrears", _NO_ARREARS))
            return None
        return {"arrears": sum_}
    if topic == "fees" and "amount" not in given:
        return {"amount": sum(item.amount for item in asked.items if item.amount is not None)}
    if topic == "final_award" and "items" not in given:
        return _single_sums(asked)
    if topic == "aid":
        return _aid(asked, given, found)
    return {}


def _single_sums(asked: Answering) -> Values | None:
    sums = [
        {"id": item.kind, "kind": item.kind, "amount": item.amount}
        for item in asked.items
        if item.amount is not None
    ]
    return {"items": sums} if sums else None


def _aid(asked: Answering, given: Values, found: list[Limit]) -> Values | None:
    """The kinds claimed, and the limitation that ends first and has not ended."""
    derived: Values = {}
    if "items" not in given:
        if not asked.items:
            return None
        derived["items"] = [item.kind for item in asked.items]
    ends = [one.strict for limit in found for one in limit.found if one.strict and one.status == "open"]
    if "limitation_ends_on" not in given and ends:
        derived["limitation_ends_on"] = min(ends)
    return derived
