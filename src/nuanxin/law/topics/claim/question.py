"""Reading a claim: facts given once, laid under every topic that asks for them.

A topic's own value wins over the shared one. What a topic needs and nobody gave is no fault here but a need:
the other topics can still be answered. Every other fault of a topic carries its pointer, ``/overtime/hours``.

``minimum_wage`` is a fact (the local minimum wage of a month, as money) or a topic (an object, whose ``minimum``
then is that fact).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from nuanxin.law.question import (
    BAD,
    Check,
    Faults,
    Shape,
    Values,
    choice,
    day,
    flag,
    in_order,
    listing,
    money,
    money_a_month,
    place,
    whole,
)
from nuanxin.law.topic import Topic
from nuanxin.law.topics import limitation
from nuanxin.law.topics.claim.evidence import KINDS

RELATIONS = ("employment", "service", "platform", "unknown")
_MOST_EVIDENCE = 100
MINIMUM = "minimum_wage"

# topic → its key → the shared fact that stands in for it
FILLS: Final[Mapping[str, Mapping[str, str]]] = {
    "period": {"place": "place"},
    "arrears": {"pay": "pay"},
    "minimum_wage": {"place": "place"},
    "deduction": {"wage": "monthly_wage", "minimum": "minimum_wage"},
    "overtime": {"month_base": "monthly_wage", "minimum": "minimum_wage"},
    "double_wage": {
        "started_on": "started_on", "ended_on": "ended_on", "filed_on": "filed_on", "as_of": "as_of",
        "place": "place", "monthly_wage": "monthly_wage",
    },
    "severance": {
        "started_on": "started_on", "ended_on": "ended_on", "minimum_wage": "minimum_wage",
        "local_average_wage": "local_average_wage",
    },
    "annual_leave": {"month_wage": "monthly_wage", "left_on": "ended_on"},
    "injury": {"month_wage": "monthly_wage", "local_average_wage": "local_average_wage"},
    "limitation": {
        "as_of": "as_of", "place": "place", "relation_ended_on": "ended_on", "still_employed": "still_employed",
        "filed_on": "filed_on", "due_on": "due_on",
    },
    "final_award": {"place": "place", "minimum_wage": "minimum_wage", "applied_on": "filed_on"},
    "crime": {"place": "place"},
    "liability": {"parties": "parties"},
    "aid": {"received_on": "received_on", "place": "place"},
    "group": {"workers": "workers"},
}  # fmt: skip
# topic → its keys that follow from the items of the claim, so that nobody has to give them
DERIVED: Final[Mapping[str, frozenset[str]]] = {
    "limitation": frozenset({"claim"}),
    "final_award": frozenset({"items"}),
    "aid": frozenset({"items"}),
    "fees": frozenset({"amount"}),
    "liability": frozenset({"arrears"}),
    "extra_compensation": frozenset({"due"}),
    "interest": frozenset({"principal"}),
}
# keys that a month's pay answers as well as the shared monthly wage does
_MONTH_PAY = frozenset({("overtime", "month_base"), ("double_wage", "monthly_wage")})


@dataclass(slots=True)
class Part:
    """One topic as asked. ``missing``: keys of the topic that it needs and nobody gave.

    ``origin``: for a key that a shared fact filled, that fact's name.
    """

    topic: Topic
    values: Values
    missing: list[str]
    origin: Mapping[str, str]

    def tell(self, path: str, fault: dict[str, str], faults: Faults) -> None:
        """A fault of the topic as one of the whole question: once, and at the shared fact where that was read."""
        key, slash, rest = path[1:].partition("/")
        shared = self.origin.get(key)
        if shared is None:
            faults.found.append({**fault, "path": f"/{self.topic.name}{path}"})
            return
        path = f"/{shared}{slash}{rest}"
        if all((one["path"], one["code"]) != (path, fault["code"]) for one in faults.found):
            faults.found.append({**fault, "path": path})

    def asks_at(self, path: str) -> str:
        """Where a fact that is missing belongs: at the shared name where one answers several topics at once."""
        key, slash, rest = path[1:].partition("/")
        shared = self.origin.get(key) if slash else FILLS.get(self.topic.name, {}).get(key)
        return f"/{self.topic.name}{path}" if shared is None else f"/{shared}{slash}{rest}"


def _shared(topics: Mapping[str, Topic]) -> dict[str, Check]:
    return {
        "place": place,
        "relation": choice(*RELATIONS),
        "started_on": day,
        "ended_on": day,
        "still_employed": flag,
        "due_on": day,
        "filed_on": day,
        "received_on": day,
        "pay": topics["arrears"].shape.checks["pay"],
        "monthly_wage": money,
        "local_average_wage": money_a_month,
        "workers": whole(1, 100_000),
        "parties": topics["liability"].shape.checks["parties"],
        "evidence": listing(choice(*KINDS), _MOST_EVIDENCE),
    }


class ClaimShape(Shape):
    """The shared facts and every topic as a key; ``as_of`` alone has to be given."""

    __slots__ = ("topics",)

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        super().__init__({"as_of": day}, _shared(topics))
        self.topics = topics
        self.checks.update({name: topic.shape for name, topic in topics.items()})
        self.checks[MINIMUM] = _fact_or_topic(topics[MINIMUM].shape)

    def __call__(self, value: Any, path: str, faults: Faults) -> Any:
        if type(value) is not dict:
            return super().__call__(value, path, faults)
        asked = [name for name in self.topics if name in value]
        if type(value.get(MINIMUM)) is str:
            asked.remove(MINIMUM)
        clean = super().__call__({key: one for key, one in value.items() if key not in asked}, path, faults)
        faulty = {fault["path"].split("/", 2)[1] for fault in faults.found}
        sound = {key: value[key] for key in clean if key not in faulty}
        if MINIMUM in asked:
            _minimum_of_topic(value[MINIMUM], clean, sound)
        clean["parts"] = {name: _part(self.topics[name], value, sound, faults) for name in asked}
        return clean


def _fact_or_topic(topic: Check) -> Check:
    def check(value: Any, path: str, faults: Faults) -> Any:
        return (money if type(value) is str else topic)(value, path, faults)

    return check


def _minimum_of_topic(asked: Any, clean: Values, sound: dict[str, Any]) -> None:
    """The local minimum wage, where the topic of that name says it."""
    given = asked.get("minimum") if type(asked) is dict else None
    read = money(given, "", Faults())
    if read is not BAD:
        clean[MINIMUM], sound[MINIMUM] = read, given


def _part(topic: Topic, whole_: Values, shared: Mapping[str, Any], faults: Faults) -> Part:
    """One topic read with the shared facts laid under it."""
    name = topic.name
    given = whole_[name]
    filled, origin = (given, {}) if type(given) is not dict else _filled(name, whole_, shared)
    found = Faults()
    values = topic.shape(filled, f"/{name}", found)
    part = Part(topic, {} if values is BAD else values, [], origin)
    own = len(name) + 1
    for fault in found.found:
        path = fault["path"][own:]
        if fault["code"] == "required" and path.count("/") == 1:
            if path[1:] not in DERIVED.get(name, ()):
                part.missing.append(path[1:])
        else:
            part.tell(path, fault, faults)
    return part


def _filled(name: str, whole_: Values, shared: Mapping[str, Any]) -> tuple[Values, dict[str, str]]:
    """The topic's own values and, where it has none, the shared facts; with where each of these came from."""
    given, fills = whole_[name], FILLS.get(name)
    if fills is None:
        return given, {}
    origin = {key: fact for key, fact in fills.items() if key not in given and fact in shared}
    values = {**given, **{key: shared[fact] for key, fact in origin.items()}}
    for key in fills:
        if key not in values and (name, key) in _MONTH_PAY:
            pay = shared.get("pay", {})
            if pay.get("basis") == "month" and "amount" in pay:
                values[key], origin[key] = pay["amount"], "pay/amount"
    if (
        name == "annual_leave"
        and "left_on" in values
        and "joined_on" not in values
        and "started_on" in shared
    ):
        values["joined_on"], origin["joined_on"] = shared["started_on"], "started_on"
    if name == "final_award" and "applied_on" not in values and "as_of" in shared:
        values["applied_on"], origin["applied_on"] = shared["as_of"], "as_of"
    if name == "liability" and "period" not in values:
        _period_of_work(values, origin, whole_, shared)
    return values, origin


def _period_of_work(
    values: Values, origin: dict[str, str], whole_: Values, shared: Mapping[str, Any]
) -> None:
    """When the work was done decides which version of the law applies: the unpaid time, else the whole time."""
    arrears = whole_.get("arrears")
    if type(arrears) is dict and "from" in arrears and "to" in arrears:
        values["period"] = {"from": arrears["from"], "to": arrears["to"]}
        origin["period"] = "arrears"
    elif shared.get("started_on", "~") <= shared.get("ended_on", ""):
        values["period"] = {"from": shared["started_on"], "to": shared["ended_on"]}


def _check_end(values: Values, faults: Faults) -> None:
    """As ``limitation`` would: nobody is employed after the end, and nobody has left before it."""
    found = Faults()
    told = {"as_of": "as_of", "relation_ended_on": "ended_on", "still_employed": "still_employed"}
    limitation.check({key: values[fact] for key, fact in told.items() if fact in values}, found)
    for fault in found.found:
        faults.found.append({**fault, "path": f"/{told[fault['path'][1:]]}"})


def check(values: Values, faults: Faults) -> None:
    """Facts of the claim against each other, then each topic's own checks, with pointers into the whole."""
    in_order(values, "started_on", "ended_on", faults)
    if "still_employed" in values and "limitation" not in values.get("parts", ()):
        _check_end(values, faults)
    for part in values.get("parts", {}).values():
        found = Faults()
        part.topic.check(part.values, found)
        for fault in found.found:
            part.tell(fault["path"], fault, faults)
