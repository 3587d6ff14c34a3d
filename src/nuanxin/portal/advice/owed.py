"""The answer to "What am I owed?": the sum, each item, what may go either way, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nuanxin.portal.advice import parts, words
from nuanxin.portal.advice.parts import Json, Missing, Way, Why
from nuanxin.portal.rules.advice import owed
from nuanxin.portal.rules.route import Answers
from nuanxin.ui.parts import Text

DOOR = "owed"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is owed, or may be."""

    label: Text
    figure: str
    why: Why
    ways: tuple[Way, ...] = ()
    until: str = ""
    late: bool = False  # its time has run out
    late_why: str = ""
    from_memory: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """Something to prove, what does it, and whose turn it is."""

    text: str
    kinds: str
    by_employer: bool


@dataclass(frozen=True, slots=True)
class OwedPage:
    """All of the page. ``total`` is empty where nothing can be worked out yet."""

    total: str
    items: list[Item]
    missing: list[Missing]
    proofs: list[Proof] = field(default_factory=list)
    ways_to_go: list[str] = field(default_factory=list)
    body: Json = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether an item may go either way, so that it is not in the total."""
        return any(item.ways for item in self.items)

    @property
    def late(self) -> bool:
        """Whether the time of an item has run out."""
        return any(item.late for item in self.items)


def page(answers: Answers, today: date) -> OwedPage:
    """What the engine says to what was told."""
    found = owed.ask(answers, today)
    body = found.body
    missing = parts.missing(DOOR, found.lacking, found.faults)
    missing += [Missing(parts.told(need["why"])) for need in found.needs]
    if not body:
        return OwedPage("", [], missing)
    items = [_item(one) for one in body["items"]]
    total = body["total"] if any("amount" in one for one in body["items"]) else ""
    ways = [parts.told(route["why"]) for route in body["routes"] if route["available"]] if items else []
    return OwedPage(parts.yuan(total) if total else "", items, missing, _proofs(body), ways, body)


def _item(one: Json) -> Item:
    ways = tuple(
        Way(_way_label(number), parts.yuan(reading["amount"]), parts.told(reading["explanation"]))
        for number, reading in enumerate(one.get("readings", ()))
        if "amount" in reading
    )
    limits = list(_limits(one["limitation"]))
    late = bool(limits) and all(limit["status"] == "expired" for limit in limits)
    return Item(
        label=words.CLAIMED.get(one["kind"], one["kind"]),
        figure=parts.yuan(one["amount"]) if "amount" in one else "",
        why=parts.why(one),
        ways=ways,
        until=_until(limits),
        late=late,
        late_why=parts.told(limits[-1]["explanation"]) if late else "",
        from_memory=parts.from_memory(one),
    )


def _way_label(number: int) -> str:
    """The first possibility, the second, and so on."""
    return _("Possibility %(n)d") % {"n": number + 1}


def _limits(limitation: Json | None) -> Iterator[dict[str, Any]]:
    """The time limits of an item: one, or one for each way of seeing the relation."""
    if limitation is None:
        return
    if "status" in limitation:
        yield dict(limitation)
        return
    for reading in limitation.get("readings", ()):
        if "status" in reading:
            yield dict(reading)


def _until(limits: list[dict[str, Any]]) -> str:
    """The day to act by: the earliest strict end that is still to come."""
    still = [limit["strict"] for limit in limits if limit["status"] == "open" and limit["strict"]]
    if still:
        return _("Act by %(day)s.") % {"day": parts.day(min(still))}
    if limits and all(limit["status"] == "expired" for limit in limits):
        last = max(limit["strict"] for limit in limits)
        return _("The time for asking ran out on %(day)s. You may still ask: see below.") % {
            "day": parts.day(last)
        }
    if limits and all(limit["status"] == "not_running" for limit in limits):
        return _("No time limit is running now.")
    return ""


def _proofs(body: Json) -> list[Proof]:
    """What helps to prove it, the worker's part first."""
    found = [
        Proof(
            parts.told(one["why"]),
            parts.between().join(parts.told(kind) for kind in one["substitutes"]),
            one["burden"] == "employer",
        )
        for one in body["evidence"]
    ]
    return sorted(found, key=lambda one: one.by_employer) if body["items"] else []
