"""What was told as a chain of parties for the engine's ``liability``; who is not known is not in it.

The engine needs to know whether a firm has a licence. Where the worker does not, both ways are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nuanxin.law import answer as law
from nuanxin.portal.rules.advice import told
from nuanxin.portal.rules.advice.paths import ALL
from nuanxin.portal.rules.advice.told import value
from nuanxin.portal.rules.route import Answers, relevant

Party = dict[str, Any]
LICENSED, UNLICENSED, PERSON = "licensed_unit", "unlicensed_unit", "individual"
# The answer about a licence -> kind of the party.
KINDS: Mapping[str, str] = {"yes": LICENSED, "no": UNLICENSED, "person": PERSON}
# Nobody's sum changes who has to pay: where it is not known the engine is asked without one.
_NO_SUM = "0.00"


@dataclass(frozen=True, slots=True)
class Answered:
    """The engine's answer. ``licence``: empty, or the licence that was assumed because nobody knows (yes, no)."""

    body: Mapping[str, Any]
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Payers:
    """One answer, or two where it turns on a licence; and the questions that would have to be answered."""

    found: tuple[Answered, ...]
    lacking: tuple[str, ...]


def ask(answers: Answers, today: date) -> Payers:
    """Who must pay, as far as the chain is known."""
    said = relevant(answers, ALL)
    period = _period(said, today)
    chain = parties(said)
    lacking = tuple(_lacking(said, known=bool(chain), dated=period is not None))
    if period is None or not chain:
        return Payers((), lacking)
    shared: dict[str, Any] = {"arrears": _NO_SUM, "period": period}
    if value(said, "site") == "yes":
        permit = value(said, "permit")
        shared["project"] = {} if permit is None else {"has_planning_permission": permit == "yes"}
    open_ones = [party for party in chain if "kind" not in party]
    if not open_ones:
        return Payers((Answered(law("liability", {**shared, "parties": chain})),), lacking)
    both = tuple(
        Answered(law("liability", {**shared, "parties": _with_kind(chain, KINDS[way])}), way)
        for way in ("yes", "no")
    )
    same = _who(both[0].body) == _who(both[1].body)
    return Payers((Answered(both[0].body),) if same else both, lacking)


def _with_kind(chain: list[Party], kind: str) -> list[Party]:
    return [{"kind": kind, **party} for party in chain]


def _who(body: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["id"], one["ground"], one["share"]) for one in body.get("respondents", ())]


def _period(said: Answers, today: date) -> dict[str, str] | None:
    """When the work was done; None where nobody knows when it ended, since that decides which law applies."""
    ended, began = told.ended(said), value(said, "began")
    if ended is None and not told.still_employed(said):
        return None
    last = told.bounds(ended, today)[1] if ended else today
    first = told.bounds(began, today)[0] if began else last
    return {"from": min(first, last).isoformat(), "to": last.isoformat()}


def _lacking(said: Answers, *, known: bool, dated: bool) -> list[str]:
    caller = value(said, "caller")
    found = [] if known else ["station" if caller == "platform" else "caller"]
    if not dated:
        found.append("still" if told.still_employed(said) is None else "ended")
    for key in ("site", "above", "main", "licence", "sender", "station", "board", "owner"):
        if key in said and value(said, key) is None and key not in found:
            found.append(key)
    return found


def parties(said: Answers) -> list[Party]:
    """The chain from who called the worker upwards, as the engine takes it; a kind that nobody told is left out."""
    build = {
        "contractor": _by_contractor,
        "company": _by_company,
        "agency": _by_agency,
        "platform": _by_platform,
    }.get(value(said, "caller") or "")
    return build(said) if build else []


def _by_contractor(said: Answers) -> list[Party]:
    """A team leader, under whoever gave him the work."""
    site, above = value(said, "site") == "yes", value(said, "above")
    top = {"sub": "sub", "builder": "builder", "owner": "owner"} if site else {"firm": "firm"}
    link = top.get(above or "", "")
    chain: list[Party] = []
    if site and value(said, "lent") == "yes":
        chain = [
            _party("leader", "team_leader", PERSON, "lender"),
            _party("lender", "name_lender", LICENSED, link),
        ]
    else:
        chain = [_party("leader", "team_leader", PERSON, link)]
    licence = KINDS.get(value(said, "licence") or "")
    if link == "sub":
        chain.append(_party("sub", "subcontractor", licence, _builder_of(said)))
    if link == "firm":
        chain.append(_party("firm", "employer", licence))
    return [*chain, *_above(said, builder=link == "builder" or bool(_builder_of(said)))]


def _by_company(said: Answers) -> list[Party]:
    """A firm: on a site the main builder itself, or one below it."""
    site, main = value(said, "site") == "yes", value(said, "main")
    licence = KINDS.get(value(said, "licence") or "")
    if not site:
        return [_party("firm", "employer", licence)]
    if main == "main":
        return _above(said, builder=True)
    if main == "sub":
        return [_party("sub", "subcontractor", licence, _builder_of(said)), *_above(said)]
    return [_party("firm", "employer", licence)]


def _by_agency(said: Answers) -> list[Party]:
    sender = KINDS.get(value(said, "sender") or "")
    return [
        _party("sender", "dispatcher", sender, "user"),
        _party("user", "user_unit", LICENSED),
    ]


def _by_platform(said: Answers) -> list[Party]:
    """A station's firm, where it pays and gives the orders; of the platform alone the law says nothing yet."""
    if value(said, "station") == "station":
        return [_party("station", "employer", KINDS.get(value(said, "licence") or ""))]
    return [_party("platform", "user_unit", LICENSED)] if value(said, "station") == "app" else []


def _builder_of(said: Answers) -> str:
    return "builder" if value(said, "board") == "yes" else ""


def _above(said: Answers, *, builder: bool | None = None) -> list[Party]:
    """The main builder and the owner, where they are known to be there."""
    owner = {"firm": LICENSED, "person": PERSON}.get(value(said, "owner") or "")
    found: list[Party] = []
    if builder or (builder is None and _builder_of(said)):
        found.append(_party("builder", "general_contractor", LICENSED, "owner" if owner else ""))
    if owner:
        paid = value(said, "owner_paid")
        party = _party("owner", "owner", owner)
        if paid is not None:
            party |= {"paid_in_full": True} if paid == "yes" else {"caused_arrears": True}
        found.append(party)
    return found


def _party(id_: str, role: str, kind: str | None = None, by: str = "") -> Party:
    found: Party = {"id": id_, "role": role}
    if kind:
        found["kind"] = kind
    if by:
        found["engaged_by"] = by
    return found
