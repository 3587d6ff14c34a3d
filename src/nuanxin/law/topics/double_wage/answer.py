"""Which days earn double wage, what a late filing leaves of them, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.limitation import Facts, Limitation, limitation
from nuanxin.law.money import rounded, text
from nuanxin.law.question import Values, need
from nuanxin.law.topic import Body, ask_for, reply
from nuanxin.law.topics.double_wage import words
from nuanxin.law.wages.double_wage import (
    Sum,
    Window,
    after_expiry,
    months_touched,
    sums,
    without_contract,
)
from nuanxin.law.workings import reading, steps_json

_TWICE = cite("劳动合同法", "82(1)")
_FROM_TO, _WITHIN_A_YEAR = cite("劳动合同法实施条例", "6"), cite("劳动合同法实施条例", "7")
_BY_MONTH, _REFUSED, _NO_LONGER = (cite("劳动争议司法解释二", number) for number in ("6", "7", "9"))
_DAYS = cite("工作时间和工资折算通知", "2")
_LAPSE, _BACK, _FIXED = (cite("北京劳动争议解答", number) for number in ("40", "41", "55"))
_YEAR = cite("劳动争议调解仲裁法", "27(1)")
BASIS = (
    *(_TWICE, _FROM_TO, _WITHIN_A_YEAR, _BY_MONTH, _REFUSED, _NO_LONGER),
    *(_DAYS, _LAPSE, _BACK, _FIXED, _YEAR),
)
_BEIJING = "11"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Branch:
    """One reading so far: its names where practice is divided, its days, what it rests on and says."""

    ids: tuple[str, ...]
    window: Window | None
    basis: tuple[Basis, ...]
    words: Bilingual


def respond(values: Values) -> Body:
    """The second wage, or the readings of it."""
    if values.get("refused_by_worker", False):
        return reply(_nothing(), (_REFUSED,), words.REFUSED)
    branches = [later for branch in _periods(values) for later in _in_time(values, branch)]
    missing = _missing_months(values, branches)
    if missing:
        return ask_for(missing, (_TWICE, _BY_MONTH))
    outcomes = [later for branch in branches for later in _summed(values, branch)]
    told = words.IN_BEIJING if _in_beijing(values) else None
    basis = (_TWICE, *((_FIXED,) if told else ()))
    warnings = _warnings(values)
    if len({outcome.amount for outcome in outcomes}) == 1:
        one = outcomes[0]
        body = {**one.body, "steps": steps_json(words.steps(one.sum))}
        return reply(body, (*basis, *one.basis), join(one.words, words.SECOND_WAGE, told), warnings)
    readings = [
        reading(
            ".".join(outcome.ids),
            outcome.body,
            (*basis, *outcome.basis),
            outcome.words,
            words.steps(outcome.sum),
        )
        for outcome in outcomes
    ]
    days = {(outcome.body["from"], outcome.body["to"]) for outcome in outcomes}
    shared = {key: outcomes[0].body[key] for key in ("from", "to", "months")} if len(days) == 1 else {}
    whole = join(words.DIVIDED, words.SECOND_WAGE, told)
    return reply({**shared, "readings": readings}, basis, whole, warnings)


def _in_beijing(values: Values) -> bool:
    return bool(values.get("place", "").startswith(_BEIJING))


def _nothing() -> dict[str, Any]:
    return {"from": None, "to": None, "months": 0, "amount": text(0)}


def _periods(values: Values) -> list[Branch]:
    """The days that the law gives; after a contract ran out it is divided whether a month passes first."""
    signed, expired = values.get("signed_on"), values.get("contract_expired_on")
    until = min(values["as_of"], values.get("ended_on", values["as_of"]))
    # a contract signed before the one that ran out is that one; only a later one ends the double wage
    if signed is not None and (expired is None or signed > expired):
        until = min(until, signed - _DAY)
    if expired is None:
        window = without_contract(values["started_on"], until)
        full = window is not None and window.to_the_end
        basis = (_FROM_TO, _WITHIN_A_YEAR, _NO_LONGER) if full else (_FROM_TO,)
        return [Branch((), window, basis, words.days(window, words.NOT_YET))]
    at_once = after_expiry(expired, until, grace_month=False)
    after_a_month = after_expiry(expired, until, grace_month=True)
    first = Branch(("no_grace_month",), at_once, (_LAPSE,), words.days(at_once, words.NOT_EXPIRED))
    second = Branch(("grace_month",), after_a_month, (_FROM_TO,), words.days(after_a_month, words.GRACE))
    if at_once is None or _in_beijing(values):
        return [replace(first, ids=())]
    return [first, second]


def _in_time(values: Values, branch: Branch) -> list[Branch]:
    """What a filing leaves: in Beijing counted back day by day, elsewhere that or the period as one whole."""
    filed = values.get("filed_on")
    if filed is None or branch.window is None:
        return [branch]
    last = branch.window.last
    facts = Facts("double_wage", max(filed, last), breach_ended_on=last, filed_on=filed)
    found = limitation(facts)
    # with the last day of the breach given and past, neither can be missing
    assert isinstance(found, Limitation)
    assert found.claimable_from is not None
    left = branch.window.since(found.claimable_from)
    cut = None if left == branch.window else words.reaches_back(found.claimable_from)
    back = Branch((*branch.ids, "day_by_day"), left, (*branch.basis, _BACK), join(branch.words, cut))
    whole = Branch(
        (*branch.ids, "whole_period"),
        branch.window if found.in_time else None,
        (*branch.basis, _YEAR),
        join(branch.words, words.IN_TIME if found.in_time else words.TOO_LATE),
    )
    if _in_beijing(values):
        return [replace(back, ids=branch.ids)]
    return [replace(whole, ids=branch.ids)] if whole.window == left else [whole, back]


def _missing_months(values: Values, branches: list[Branch]) -> list[dict[str, Any]]:
    given = values["monthly_wage"]
    if type(given) is not dict:
        return []
    touched = {month for branch in branches if branch.window for month in months_touched(branch.window)}
    return [
        need(f"/monthly_wage/{month}", words.which_wage(month)) for month in sorted(touched - given.keys())
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reading to its end. ``sum``: None where no day is left."""

    ids: tuple[str, ...]
    sum: Sum | None
    basis: tuple[Basis, ...]
    words: Bilingual

    @property
    def amount(self) -> int:
        """In fen, rounded only here."""
        return 0 if self.sum is None else rounded(self.sum.amount)

    @property
    def body(self) -> dict[str, Any]:
        """As the contract writes it; ``months`` are the whole ones."""
        if self.sum is None:
            return _nothing()
        window = self.sum.window
        return {
            "from": window.first.isoformat(),
            "to": window.last.isoformat(),
            "months": len(self.sum.wages),
            "amount": text(self.amount),
        }


def _summed(values: Values, branch: Branch) -> list[Outcome]:
    """The readings of a branch: several where a part month is counted differently."""
    if branch.window is None:
        return [Outcome(branch.ids, None, branch.basis, branch.words)]
    given = values["monthly_wage"]
    wages = {month: given[month] if type(given) is dict else given for month in months_touched(branch.window)}
    found = sums(branch.window, wages)
    return [
        Outcome(
            (*branch.ids, id_) if len(found) > 1 else branch.ids,
            one,
            (*branch.basis, _BY_MONTH, *((_DAYS,) if one.parts else ())),
            join(branch.words, words.earned(id_, one)),
        )
        for id_, one in found.items()
    ]


def _warnings(values: Values) -> list[dict[str, Any]]:
    """A first contract that came late had double wage of its own, before the one that ran out."""
    signed, expired = values.get("signed_on"), values.get("contract_expired_on")
    if signed is None or expired is None or signed > expired:
        return []
    if without_contract(values["started_on"], signed - _DAY) is None:
        return []
    return [{"code": "earlier_period_not_counted", "path": "/signed_on"}]
