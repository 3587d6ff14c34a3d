"""How long each item can still be claimed: the right limitation for its kind and for the relation.

A limitation question may come with the claim (``limitation``): without ``claim`` its events, obstacles, plea and
days hold for every item, with it for the items of that kind alone. The days of an IOU or a service contract
(``due_on``, ``demanded_on``, ``grace_until``, ``instalments``) and ``knew_on`` are used only where such a day counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nuanxin.law.basis import as_json, cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.limitation import Claim, Facts, Limitation, Missing, limitation
from nuanxin.law.question import Values, need
from nuanxin.law.topic import Body, ask_for
from nuanxin.law.topics.limitation import as_body, facts_of

# item → the limitation it falls under in an employment. Overtime, the top-up to the minimum wage and a refund are
# pay (调仲法 27(4)); damages of the other kinds follow the general year (27(1)).
CLAIM_OF: dict[str, Claim] = {
    "wages": "wages",
    "overtime": "wages",
    "minimum_wage": "wages",
    "deduction": "wages",
    "interest": "wages",
    "severance": "severance",
    "unlawful_termination": "severance",
    "notice_pay": "severance",
    "double_wage": "double_wage",
    "annual_leave": "annual_leave",
    "extra_compensation": "annual_leave",
    "work_injury": "annual_leave",
}
# These arise with a decision (an order not followed, a grade) and not with the end of the employment.
_FROM_KNOWING = frozenset({"extra_compensation", "work_injury"})
_CIVIL = frozenset({"wages", "interest"})
_UNDER_CIVIL_LAW = frozenset({"service_pay", "iou"})
# What the worker knew moves the day unasked only where nothing else does; told for a claim, it moves that one.
_BY_KNOWING = frozenset({"annual_leave"})
# where the days that limitation asks for stand in a claim
_POINTERS = {
    "/relation_ended_on": "/ended_on",
    "/due_on": "/due_on",
    "/knew_on": "/limitation/knew_on",
    "/breach_ended_on": "/limitation/breach_ended_on",
}
_OPEN_RELATION = as_json((cite("劳动争议调解仲裁法", "27(1)"), cite("民法典", "188(1)")))
_EARLIER = Bilingual(
    "是劳动关系还是劳务关系还没有定，时效也不同，请按早的那个日子办。",
    "Whether it is an employment or a service contract is not settled, and the time limits differ: act by the earlier "
    "day.",
)


@dataclass(slots=True)
class Limit:
    """What is known of one item's limitation: under labour law, under civil law, or both where the relation is open.

    ``missing_year``: whether it has run out turns on a year whose holidays are not published.
    """

    body: Body | None = None
    labour: Limitation | None = None
    civil: Limitation | None = None
    needs: list[dict[str, Any]] = field(default_factory=list)
    missing_year: int | None = None

    @property
    def found(self) -> list[Limitation]:
        """Every answer there is."""
        return [one for one in (self.labour, self.civil) if one is not None]

    def stands(self, since: date | None) -> bool:
        """Whether no time limit endangers the sum, whatever way the relation is seen."""
        found = self.found
        return (
            bool(found)
            and not self.needs
            and self.missing_year is None
            and all(stands(one, since) for one in found)
        )


def stands(found: Limitation, since: date | None) -> bool:
    """Whether the sum can be claimed without fear of the time limit.

    Not begun, open, or run out but no longer to be pleaded. Double wage counted back day by day stands only
    where the first day it is for is still within reach.
    """
    if found.claimable_from is not None and since is not None and since < found.claimable_from:
        return False
    return found.status != "expired" or found.pleadable is False


Answered = tuple[Limitation, Body]


class TimeLimits:
    """The limitations of one claim, each worked out once."""

    __slots__ = ("_acknowledged", "_claim", "_facts", "_known", "_relation")

    def __init__(
        self, shared: Values, own: Values | None, relation: str | None, *, acknowledged: bool
    ) -> None:
        self._relation = relation
        self._acknowledged = acknowledged
        self._claim = None if own is None else own.get("claim")
        self._facts = _facts(shared) if own is None else facts_of({"claim": "wages", **own})
        self._known: dict[tuple[Claim, bool, date | None], Answered | Missing] = {}

    def of(self, kind: str, until: date | None) -> Limit:
        """The limitation of an item that is due; ``until``: the last day a double wage is for."""
        civil = self._civil(kind)
        labour: Claim = CLAIM_OF[kind]
        if civil is not None and (self._relation == "service" or self._acknowledged):
            return self._one(civil, kind, None)
        if civil is None or self._relation == "employment":
            return self._one(labour, kind, until)
        return self._two(labour, civil, kind)

    @property
    def breach_ended_on(self) -> date | None:
        """The end of the breach as the question gives it."""
        return self._facts.breach_ended_on

    def _civil(self, kind: str) -> Claim | None:
        if kind not in _CIVIL:
            return None
        return "iou" if self._acknowledged else "service_pay"

    def _one(self, claim: Claim, kind: str, until: date | None) -> Limit:
        try:
            answer = self._answer(claim, kind, until)
        except CalendarMissing as missing:
            return Limit(missing_year=missing.year)
        if isinstance(answer, Missing):
            return Limit(needs=[_asked(answer)])
        found, body = answer
        return Limit(body, civil=found) if claim in _UNDER_CIVIL_LAW else Limit(body, labour=found)

    def _two(self, labour: Claim, civil: Claim, kind: str) -> Limit:
        """Both limitations where the relation is open; one that lacks a day says which."""
        one, other = self._one(labour, kind, None), self._one(civil, kind, None)
        if one.missing_year or other.missing_year:
            return Limit(None, one.labour, other.civil, missing_year=one.missing_year or other.missing_year)
        readings = [_as_reading("employment", one), _as_reading("service", other)]
        whole = {"readings": readings, "basis": _OPEN_RELATION, "explanation": _EARLIER.as_json()}
        return Limit(whole, one.labour, other.civil, one.needs + other.needs)

    def _answer(self, claim: Claim, kind: str, until: date | None) -> Answered | Missing:
        key = (claim, kind in _FROM_KNOWING, until)
        answer = self._known.get(key)
        if answer is None:
            facts = self._with(claim, kind, until)
            found = limitation(facts)
            answer = found if isinstance(found, Missing) else (found, as_body(found, facts))
            self._known[key] = answer
        return answer

    def _with(self, claim: Claim, kind: str, until: date | None) -> Facts:
        """The facts as they bear on one kind of claim."""
        told = self._facts
        mine = self._claim is None or self._claim == claim
        civil = claim in _UNDER_CIVIL_LAW
        knew = told.knew_on if mine and (self._claim is not None or claim in _BY_KNOWING) else None
        return Facts(
            claim=claim,
            as_of=told.as_of,
            still_employed=told.still_employed,
            relation_ended_on=None if kind in _FROM_KNOWING else told.relation_ended_on,
            knew_on=knew,
            due_on=told.due_on if civil else None,
            instalments=told.instalments,
            demanded_on=told.demanded_on,
            grace_until=told.grace_until,
            breach_ended_on=until,
            filed_on=told.filed_on,
            pleaded=told.pleaded if mine else None,
            events=told.events if mine else (),
            obstacles=told.obstacles if mine else (),
            place=told.place,
        )


def _facts(shared: Values) -> Facts:
    """What the shared facts alone tell a limitation."""
    return Facts(
        claim="wages",
        as_of=shared["as_of"],
        still_employed=shared.get("still_employed"),
        relation_ended_on=shared.get("ended_on"),
        due_on=shared.get("due_on"),
        filed_on=shared.get("filed_on"),
        place=shared.get("place"),
    )


def _as_reading(id_: str, limit: Limit) -> dict[str, Any]:
    if limit.body is None:
        return {"id": id_, **ask_for(limit.needs, ())}
    return {"id": id_, "date": limit.body["strict"], **limit.body}


def _asked(missing: Missing) -> dict[str, Any]:
    return need(_POINTERS[missing.path], missing.why)


def clock(found: Limitation, rule: str) -> dict[str, Any]:
    """A limitation that runs as the clock of a route."""
    assert found.strict is not None
    begun = [step.on for step in found.trail if step.effect in {"starts", "restarts"}]
    return clock_of(rule, begun[-1], found.strict, found.rolled)


def clock_of(rule: str, first: date, strict: date, rolled: date | None) -> dict[str, Any]:
    """What runs: from which day (not counted) until when; act by the strict end."""
    last = strict.isoformat()
    return {
        "rule": rule,
        "from": first.isoformat(),
        "until": last,
        "rolled": None if rolled is None else rolled.isoformat(),
        "act_by": last,
    }


def earliest(found: Iterable[Limitation]) -> Limitation | None:
    """The limitation that runs out first among those still open; where all have run out, the last of them."""
    running = [one for one in found if one.strict is not None]
    still = [one for one in running if one.status == "open"]
    if still:
        return min(still, key=_end)
    return max(running, key=_end, default=None)


def _end(found: Limitation) -> date:
    assert found.strict is not None
    return found.strict
