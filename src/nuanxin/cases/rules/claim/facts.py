"""The facts that the law asks about a worker's claim, as a case keeps them: one flat document, key by key.

A key is the pointer of the fact in a question for ``claim`` without its first slash (``arrears/from``); four facts that
have another shape there have keys of their own (``contract``, ``local_minimum``, ``crime/months``,
``crime/government_order``). Values are JSON: money "5200.00", days "2026-03-31". A fact nobody told has no key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from nuanxin.law.liability.parties import KINDS as PARTY_KINDS
from nuanxin.law.liability.parties import ROLES as PARTY_ROLES
from nuanxin.law.limitation.facts import EVENT_KINDS
from nuanxin.law.topics.claim.evidence import KINDS as EVIDENCE
from nuanxin.law.wages.endings import ENDINGS

Document = Mapping[str, Any]
EVENTS, OBSTACLES, PARTIES = "limitation/events", "limitation/obstacles", "parties"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``kind``: choice, day, month, money, number, flag, sums, codes, or rows with ``parts``."""

    key: str
    kind: str
    choices: tuple[str, ...] = ()
    parts: Mapping[str, Fact] | None = None


def _rows(key: str, *parts: Fact) -> Fact:
    return Fact(key, "rows", (), {part.key: part for part in parts})


_ALL = (
    Fact("relation", "choice", ("employment", "service", "platform", "unknown")),
    Fact("started_on", "day"),
    Fact("ended_on", "day"),
    Fact("still_employed", "flag"),
    Fact("pay/basis", "choice", ("month", "day", "hour", "piece", "sum")),
    Fact("pay/amount", "money"),
    Fact("arrears/from", "day"),
    Fact("arrears/to", "day"),
    Fact("arrears/days", "number"),
    Fact("arrears/hours", "number"),
    Fact("arrears/units", "number"),
    Fact("arrears/paid", "sums"),
    Fact("monthly_wage", "money"),
    Fact("minimum_wage/paid", "money"),
    Fact("minimum_wage/month", "month"),
    Fact("local_minimum", "money"),
    Fact("local_average_wage", "money"),
    Fact("contract", "choice", ("none", "signed")),
    Fact("double_wage/signed_on", "day"),
    Fact("double_wage/contract_expired_on", "day"),
    Fact("double_wage/refused_by_worker", "flag"),
    Fact("severance/end_reason", "choice", tuple(ENDINGS)),
    Fact("severance/notice_given", "flag"),
    Fact("severance/average_wage", "money"),
    Fact("severance/last_month_wage", "money"),
    Fact("overtime/hours/workday", "number"),
    Fact("overtime/hours/rest_day", "number"),
    Fact("overtime/hours/holiday", "number"),
    Fact("overtime/paid", "money"),
    Fact("annual_leave/continuous_12_months", "flag"),
    Fact("annual_leave/entitled_days", "number"),
    Fact("annual_leave/used_days", "number"),
    Fact("annual_leave/declined_in_writing", "flag"),
    Fact("injury/grade", "number"),
    Fact("filed_on", "day"),
    Fact("due_on", "day"),
    Fact("limitation/knew_on", "day"),
    _rows(EVENTS, Fact("kind", "choice", tuple(sorted(EVENT_KINDS))), Fact("on", "day")),
    _rows(OBSTACLES, Fact("from", "day"), Fact("to", "day")),
    _rows(
        PARTIES,
        Fact("id", "code"),
        Fact("role", "choice", tuple(PARTY_ROLES)),
        Fact("kind", "choice", tuple(PARTY_KINDS)),
        Fact("engaged_by", "code"),
        Fact("unpaid_to_next", "money"),
        Fact("paid_in_full", "flag"),
        Fact("caused_arrears", "flag"),
        Fact("recontracted", "flag"),
    ),
    Fact("liability/project/has_planning_permission", "flag"),
    Fact("crime/government_order", "flag"),
    Fact("crime/months", "number"),
    Fact("evidence", "codes", tuple(EVIDENCE)),
)
FACTS: Final[Mapping[str, Fact]] = {fact.key: fact for fact in _ALL}
_ASKED_ELSEWHERE = {
    "pay": "pay/basis",
    "minimum_wage": "local_minimum",
    "minimum_wage/minimum": "local_minimum",
    "overtime/month_base": "monthly_wage",
    "liability/arrears": "pay/basis",
    "liability/parties": PARTIES,
    "liability/project": "liability/project/has_planning_permission",
    "severance/started_on": "started_on",
    "severance/ended_on": "ended_on",
    "crime/workers": "crime/months",
    "limitation/breach_ended_on": "ended_on",
}


def told(document: Document) -> dict[str, Any]:
    """The document with only what was told, in the order of the table. Raises KeyError for a fact it does not know."""
    unknown = document.keys() - FACTS.keys()
    if unknown:
        raise KeyError(f"no such fact: {', '.join(sorted(unknown))}")
    return {key: document[key] for key in FACTS if document.get(key) not in (None, "", [], ())}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pointer of the law leads: the fact, and in rows which one and which part of it."""

    key: str
    row: int | None = None
    part: str = ""


def place_of(pointer: str) -> Place | None:
    """The fact that a pointer into the question means, in whole or in part; None where none of ours does."""
    path = pointer.strip("/")
    if path in FACTS:
        return Place(path)
    if path in _ASKED_ELSEWHERE:
        return Place(_ASKED_ELSEWHERE[path])
    for key in FACTS:
        for start in (key, f"liability/{key}"):
            if path.startswith(f"{start}/"):
                row, _slash, part = path.removeprefix(f"{start}/").partition("/")
                return Place(key, int(row) if row.isdecimal() else None, part)
    below = next((key for key in FACTS if path and key.startswith(f"{path}/")), None)
    return Place(below) if below else None
