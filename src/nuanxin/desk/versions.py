"""The versions of a claim's answer as lines: who changed which fact from what to what, and what that did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from nuanxin.cases.models import ClaimVersion
from nuanxin.cases.rules.claim import FACTS, Fact
from nuanxin.desk.speech import between, english, said
from nuanxin.desk.timeline import actor
from nuanxin.desk.wording import claim as words
from nuanxin.desk.wording.codes import ITEMS, label, listed
from nuanxin.law.topics.claim.evidence import KINDS as EVIDENCE
from nuanxin.ui.parts import Text
from nuanxin.ui.wording import day

EMPTY = "—"


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that changed: its name, what it was, what it is."""

    name: Text
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: number, when, who, the facts that changed and what they did to the total and the limitation."""

    number: int
    at: datetime
    who: Text
    facts: Sequence[Changed]
    results: Sequence[Changed]
    items: str


def version_lines(found: Sequence[ClaimVersion], names: Mapping[int, str]) -> list[VersionLine]:
    """Versions as the page shows them, in the order given."""
    return [_line(one, names) for one in found]


def _line(one: ClaimVersion, names: Mapping[int, str]) -> VersionLine:
    return VersionLine(
        number=one.number,
        at=one.at,
        who=actor(one.by_kind, one.by_id, names),
        facts=[_changed(*change) for change in one.changes.get("facts", ())],
        results=[
            *(
                Changed(label(words.KINDS, kind), _sums(old), _sums(new))
                for kind, old, new in one.changes.get("items", ())
            ),
            Changed(_("Total without contested items"), *map(_sum, one.changes.get("total", (None, None)))),
            Changed(_("Limitation"), *map(_day, one.changes.get("until", (None, None)))),
        ],
        items=listed(ITEMS, one.items, between()),
    )


def _sum(told: str | None) -> str:
    return EMPTY if told is None else _("%(money)s yuan") % {"money": f"{Decimal(told):,.2f}"}


def _sums(told: Sequence[str]) -> str:
    """The sum of an item; every reading where it is contested."""
    return " / ".join(f"{Decimal(one):,.2f}" for one in told) or EMPTY


def _day(told: str | None) -> str:
    return EMPTY if told is None else day(date.fromisoformat(told), "en" if english() else "zh-hans")


def _changed(key: str, old: Any, new: Any) -> Changed:
    return Changed(words.FACTS[key], worded(FACTS[key], old), worded(FACTS[key], new))


def worded(fact: Fact, value: Any, words_of: str = "") -> str:
    """A fact's value as a person reads it."""
    if value in (None, "", []):
        return EMPTY
    if fact.kind == "choice":
        return str(label(words.CHOICES[words_of or fact.key], value))
    if fact.kind == "flag":
        return str(words.YES_NO["yes" if value else "no"])
    if fact.kind == "codes":
        return between().join(said(EVIDENCE[code].zh, EVIDENCE[code].en) for code in value)
    if fact.kind == "sums":
        return between().join(f"{Decimal(one):,.2f}" for one in value)
    if fact.kind == "money":
        return f"{Decimal(value):,.2f}"
    if fact.parts:
        return said("；", "; ").join(_row(fact, row) for row in value)
    return str(value)


def _row(fact: Fact, row: Mapping[str, Any]) -> str:
    """One event, obstacle or party in a few words; a party by its number, since its name is not kept here."""
    told = []
    for part, of in (fact.parts or {}).items():
        if part not in row:
            continue
        if part == "id":
            told.append(_("No. %(n)s") % {"n": row[part]})
            continue
        text = worded(of, row[part], f"{fact.key}/{part}")
        plain = of.kind in {"choice", "day"}
        told.append(text if plain else f"{words.PARTS[f'{fact.key}/{part}']} {text}")
    return " ".join(told)
