"""The answer to "What am I owed?": the sum, each item, what may go either way, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

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

    @property
    def late_why(self) -> str:
        """What the law says about asking all the same."""
        return next((item.late_why for item in self.items if item.late), "")


def page(answers: Answers, today: date) -> OwedPage:
    """What the engine says to what was told."""
    found = owed.ask(answers, today)
    body = found.body
    missing = parts.missing(DOOR, found.lacking, found.faults)
    missing += [_need(need) for need in found.needs]
    if not body:
        return OwedPage("", [], missing)
    items = [_item(one) for one in body["items"]]
    total = body["total"] if any("amount" in one for one in body["items"]) else ""
    ways = [parts.told(route["why"]) for route in body["routes"] if route["available"]] if items else []
    return OwedPage(parts.yuan(total) if total else "", items, missing, _proofs(body), ways, body)


def _need(need: Json) -> Missing:
    """A fact that no page asks for."""
    if need["path"] == "/limitation/knew_on":
        return Missing(
            _("The day from which the time is counted"),
            _("The date on the decision about the grade of disability, or the day you learned of it."),
        )
    return Missing(parts.told(need["why"]))


def _item(one: Json) -> Item:
    ways = tuple(
        Way(_way_label(number), parts.yuan(reading["amount"]), parts.told(reading["explanation"]))
        for number, reading in enumerate(one.get("readings", ()))
        if "amount" in reading
    )
    until = _until(one["limitation"])
    return Item(
        label=words.CLAIMED.get(one["kind"], one["kind"]),
        figure=parts.yuan(one["amount"]) if "amount" in one else "",
        why=parts.why(one),
        ways=ways,
        until=until.text,
        late=until.late,
        late_why=until.why,
        from_memory=parts.from_memory(one),
    )


def _way_label(number: int) -> str:
    """The first possibility, the second, and so on."""
    return _("Possibility %(n)d") % {"n": number + 1}


@dataclass(frozen=True, slots=True)
class Until:
    """What an item's time limits come to: a sentence, whether all of it has run out, and why nothing is lost yet."""

    text: str = ""
    late: bool = False
    why: str = ""


def _until(limitation: Json | None) -> Until:
    """The day to act by: the earliest strict end that is still to come, whichever way the relation is seen."""
    if limitation is None:
        return Until()
    told = [limitation] if "status" in limitation else list(limitation.get("readings", ()))
    known = [one for one in told if "status" in one]
    still = [one["strict"] for one in known if one["status"] == "open" and one["strict"]]
    gone = [one for one in known if one["status"] == "expired"]
    if still and gone:
        days = {"gone": parts.day(max(one["strict"] for one in gone)), "day": parts.day(min(still))}
        return Until(
            _("Do not wait: the time may have run out on %(gone)s already, or be open until %(day)s.") % days
        )
    if still:
        return Until(_("Act by %(day)s.") % {"day": parts.day(min(still))})
    if not gone:
        running = len(known) < len(told) or not told
        return Until() if running else Until(_("No time limit is running now."))
    last = {"day": parts.day(max(one["strict"] for one in gone))}
    if len(gone) < len(told):
        return Until(
            _("The time may have run out on %(day)s. It is not sure: see what we still need.") % last
        )
    why = parts.told(gone[0]["explanation"])
    return Until(_("The time for asking ran out on %(day)s. You may still ask: see below.") % last, True, why)


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
