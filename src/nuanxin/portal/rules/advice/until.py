"""What was told as questions to the engine's ``limitation``: one for each kind of claim and way of seeing it.

Where only the month of the last day is known, the question is asked for its first and for its last day; nothing
is filled in between. Where it is open whether there was an employment, it is asked both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nuanxin.law import answer as law
from nuanxin.law.eligibility import aid_first_allowed
from nuanxin.law.topics.claim.time_limits import CLAIM_OF
from nuanxin.portal.rules.advice import told
from nuanxin.portal.rules.advice.paths import ALL
from nuanxin.portal.rules.advice.told import value
from nuanxin.portal.rules.route import Answers, relevant

# Where the engine misses a fact -> the question that asks for it.
POINTS: Mapping[str, str] = {
    "/relation_ended_on": "ended",
    "/still_employed": "still",
    "/due_on": "due",
    "/knew_on": "due",
    "/breach_ended_on": "began",
    "/events": "since",
    "/start": "hurt",
}
# Heads whose payment labour inspection can order, so that it is worth saying how long it is open.
_INSPECTED = frozenset({"wages", "overtime", "severance"})


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the engine: for which heads, seen how, counted from which day of what was remembered.

    ``seen``: ``employment``, ``service``, ``iou``, or ``injury`` for the time to have an injury recognised.
    ``counted``: empty, or ``first`` and ``last`` of the days that the last day may have been.
    """

    heads: tuple[str, ...]
    seen: str
    body: Mapping[str, Any]
    counted: str = ""
    lacking: str = ""

    @property
    def strict(self) -> str | None:
        """The strict end."""
        return self.body.get("strict")

    @property
    def status(self) -> str:
        """``open``, ``expired``, ``not_running``; ``needs`` where a fact is missing, ``errors`` where facts clash."""
        for kind in ("errors", "needs"):
            if kind in self.body:
                return kind
        return str(self.body.get("status", "open"))


def ask(answers: Answers, today: date) -> list[Answered]:
    """Every answer that these facts ask for, in the order of the heads."""
    said = relevant(answers, ALL)
    found: list[Answered] = []
    for claim, heads in _claims(said).items():
        if claim == "injury":
            found.append(_injury(said, heads, today))
            continue
        for seen, asked_as in _ways(said, claim):
            found += _limitation(said, heads, seen, asked_as, today)
    return found


def _claims(said: Answers) -> dict[str, tuple[str, ...]]:
    """The kinds of limitation that the heads fall under, each once."""
    found: dict[str, tuple[str, ...]] = {}
    for head in told.items(said):
        claim = "injury" if head == "work_injury" else CLAIM_OF[head]
        found[claim] = (*found.get(claim, ()), head)
    return found


def _ways(said: Answers, claim: str) -> Iterator[tuple[str, str]]:
    """How the relation may be seen, and the claim of the engine for it."""
    if claim != "wages":
        yield "employment", claim
    elif told.has_iou(said):
        yield "iou", "iou"
    else:
        yield "employment", "wages"
        if told.relation(said) != "employment":
            yield "service", "service_pay"


def _limitation(
    said: Answers, heads: tuple[str, ...], seen: str, claim: str, today: date
) -> Iterator[Answered]:
    asked: dict[str, Any] = {"claim": claim, "as_of": today.isoformat()}
    if place := said.get("where", {}).get("place"):
        asked["place"] = place
    if happened := told.events(said):
        asked["events"] = happened
    employed, ended = told.still_employed(said), told.ended(said)
    if employed is not None:
        asked["still_employed"] = employed
    if claim in {"iou", "service_pay"}:
        if due := value(said, "due"):
            asked["due_on"] = due
        elif demanded := value(said, "demanded"):
            asked["demanded_on"] = demanded
        asked.pop("still_employed", None)
        yield _answered(heads, seen, asked)
    elif claim == "double_wage":
        yield _double_wage(said, heads, asked, today)
    elif ended is None:
        yield _answered(heads, seen, asked)
    else:
        first, last = told.bounds(ended, today)
        for counted, on in (("first", first), ("last", last)) if first < last else (("", first),):
            yield _answered(heads, seen, {**asked, "relation_ended_on": on.isoformat()}, counted)


def _answered(heads: tuple[str, ...], seen: str, asked: dict[str, Any], counted: str = "") -> Answered:
    body = law("limitation", asked)
    return Answered(heads, seen, body, counted, _lacking(body))


def _lacking(body: Mapping[str, Any]) -> str:
    """The question that a missing or doubtful fact belongs to."""
    for entry in (*body.get("needs", ()), *body.get("errors", ())):
        path = "/" + entry["path"].split("/")[1]
        return POINTS.get(path, "still")
    return ""


def _double_wage(said: Answers, heads: tuple[str, ...], asked: dict[str, Any], today: date) -> Answered:
    """Its breach ends where the engine's double wage ends; what a month was worth does not matter for that."""
    missing = next(iter(_not_told_for_double_wage(said)), "")
    if missing:
        return Answered(heads, "employment", {"needs": []}, lacking=missing)
    facts = {
        "started_on": value(said, "began"),
        "signed_on": value(said, "signed_on"),
        "ended_on": told.ended(said),
        "place": asked.get("place"),
    }
    question = {"as_of": today.isoformat(), "monthly_wage": "0.00", **{k: v for k, v in facts.items() if v}}
    body = law("double_wage", question)
    if "errors" in body:
        return Answered(heads, "employment", body, lacking="began")
    ends = [one["to"] for one in (body, *body.get("readings", ())) if one.get("to")]
    if not ends:
        return Answered(heads, "employment", {**body, "status": "none"})
    return _answered(heads, "employment", {**asked, "breach_ended_on": max(ends)})


def _not_told_for_double_wage(said: Answers) -> Iterator[str]:
    if not told.whole_day(value(said, "began")):
        yield "began"
    if value(said, "signed") is None:
        yield "signed"
    if value(said, "signed") == "yes" and value(said, "signed_on") is None:
        yield "signed_on"
    if told.still_employed(said) is None:
        yield "still"
    elif not told.still_employed(said) and not told.whole_day(told.ended(said)):
        yield "ended"


def _injury(said: Answers, heads: tuple[str, ...], today: date) -> Answered:
    """The time in which the worker may ask to have the injury recognised."""
    hurt = value(said, "hurt")
    if hurt is None:
        return Answered(heads, "injury", {"needs": []}, lacking="hurt")
    body = law("period", {"rule": "work_injury.worker_application", "start": hurt})
    if "errors" in body:
        return Answered(heads, "injury", body, lacking="hurt")
    left = (date.fromisoformat(body["strict"]) - today).days
    return Answered(
        heads, "injury", {**body, "status": "open" if left >= 0 else "expired", "days_left": left}
    )


def inspection(answers: Answers, today: date) -> Mapping[str, Any] | None:
    """Until when labour inspection takes a complaint, counted from the last day at work; None where it is no way."""
    said = relevant(answers, ALL)
    ended = told.ended(said)
    if ended is None or _INSPECTED.isdisjoint(told.items(said)) or told.has_iou(said):
        return None
    first, _last = told.bounds(ended, today)
    question = {
        "claim": "inspection_complaint",
        "as_of": today.isoformat(),
        "breach_ended_on": first.isoformat(),
    }
    body = law("limitation", question)
    return body if body.get("status") == "open" else None


def is_urgent(first: Answered | None, today: date) -> bool:
    """Whether so little time is left that aid may come before the papers."""
    if first is None or first.strict is None:
        return False
    ends = date.fromisoformat(first.strict)
    return aid_first_allowed(limitation_ends_on=ends, today=today, needs_preservation=False) is not None


def act_by(found: list[Answered]) -> Answered | None:
    """The answer whose strict end comes first among those still open."""
    still = [one for one in found if one.status == "open" and one.strict]
    return min(still, key=lambda one: one.strict or "", default=None)
