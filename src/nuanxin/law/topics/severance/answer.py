"""What is due at the end of an employment, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import rounded, shown, text
from nuanxin.law.question import Values, need
from nuanxin.law.topic import Body, ask_for, reply
from nuanxin.law.topics.severance import words
from nuanxin.law.topics.severance.question import ITEMS
from nuanxin.law.wages.endings import ENDINGS, Ending
from nuanxin.law.wages.severance import (
    COUNTINGS,
    IN_FORCE,
    YEAR_MONTHS,
    Base,
    average,
    base_of,
    months_of_service,
    severance_years,
)
from nuanxin.law.workings import Step, number, reading, steps_json

_YEARS, _CAP, _AVERAGE = (cite("劳动合同法", f"47({number})") for number in (1, 2, 3))
_FLOOR, _NOTICE = cite("劳动合同法实施条例", "27"), cite("劳动合同法实施条例", "20")
_PART_TIME, _EARLIER = cite("劳动合同法", "71"), cite("劳动合同法", "97(3)")
# where the bonus counts, and that it is spread over twelve months
_BONUS = cite("北京劳动争议解答", "55")
BASIS = (
    *dict.fromkeys(one for ending in ENDINGS.values() for one in ending.basis),
    *(_YEARS, _CAP, _AVERAGE, _FLOOR, _NOTICE, _PART_TIME, _EARLIER, _BONUS),
)
_BY_YEARS = frozenset({"compensation", "unlawful_termination"})


@dataclass(frozen=True, slots=True)
class Case:
    """The ending, and which items of it are both due and claimed."""

    ending: Ending
    due: frozenset[str]
    claimed: frozenset[str]
    part_time: bool

    @property
    def wanted(self) -> frozenset[str]:
        """What is to be paid: due by law and claimed."""
        return self.due & self.claimed


def respond(values: Values) -> Body:
    """Years, base and the items; what is not due is nothing, what is due and not claimed is warned of."""
    case = _case(values)
    missing = _needs(values, case)
    if missing:
        return ask_for(missing, [*case.ending.basis, _YEARS, _AVERAGE])
    base = _base(values)
    first = values["started_on"]
    if case.ending.due == "compensation":
        # 2N counts from the first day of work (实施条例 art. 25), severance from 2008 (art. 97)
        first = max(first, IN_FORCE)
    by_counting = {id_: severance_years(first, values["ended_on"], full) for id_, full in COUNTINGS.items()}
    by_years = {years: _outcome(values, case, base, years) for years in dict.fromkeys(by_counting.values())}
    outcomes = {id_: by_years[years] for id_, years in by_counting.items()}
    shared = {
        "base": None if base is None else text(rounded(base.month)),
        "capped": bool(base and base.capped),
    }
    basis = _basis(values, case, base, first != values["started_on"])
    told = _told(values, case, base)
    warnings = _warnings(values, case, first != values["started_on"])
    one, other = outcomes.values()
    if one.body["amount"] == other.body["amount"]:
        whole = {**shared, **one.body, "steps": steps_json(one.steps)}
        return reply(whole, basis, join(*told, one.words), warnings)
    readings = [
        reading(id_, found.body, basis, join(words.COUNTING[id_], found.words), found.steps)
        for id_, found in outcomes.items()
    ]
    return reply({**shared, "readings": readings}, basis, join(*told, words.DIVIDED), warnings)


def _case(values: Values) -> Case:
    ending, part_time = ENDINGS[values["end_reason"]], values.get("part_time", False)
    due: set[str] = set()
    if not part_time:
        due |= {ending.due} - {"nothing"}
        if ending.notice and not values.get("notice_given", False):
            due.add("notice_pay")
    return Case(ending, frozenset(due), frozenset(values.get("claimed", ITEMS)), part_time)


def _needs(values: Values, case: Case) -> list[dict[str, Any]]:
    found = []
    if case.wanted & _BY_YEARS:
        if not values.keys() & {"average_wage", "wages"}:
            found.append(need("/average_wage", words.WHICH_AVERAGE))
        elif "wages" in values and len(values["wages"]) < min(
            months_of_service(values["started_on"], values["ended_on"]), YEAR_MONTHS
        ):
            found.append(need("/wages", words.ALL_MONTHS))
    if "notice_pay" in case.wanted:
        if "notice_given" not in values:
            found.append(need("/notice_given", words.WAS_NOTICE_GIVEN))
        if _last_month(values) is None:
            found.append(need("/last_month_wage", words.WHICH_LAST_MONTH))
    return found


def _last_month(values: Values) -> int | None:
    """The wage of the month before; where all months were equal there is no need to ask which was the last."""
    given: int | None = values.get("last_month_wage")
    months = set(values.get("wages", ()))
    return months.pop() if given is None and len(months) == 1 else given


def _base(values: Values) -> Base | None:
    if "wages" in values:
        wage = average(values["wages"], values.get("bonus", 0))
    elif "average_wage" in values:
        wage = Fraction(values["average_wage"])
    else:
        return None
    return base_of(wage, values.get("minimum_wage"), values.get("local_average_wage"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The items under one way of counting the years."""

    body: dict[str, Any]
    words: Bilingual
    steps: list[Step]


def _outcome(values: Values, case: Case, base: Base | None, years: Fraction) -> Outcome:
    months = years if base is None else base.months(years)
    each = Fraction(0) if base is None else base.month * months
    sums = {
        "compensation": each,
        "unlawful_termination": 2 * each,
        "notice_pay": Fraction(_last_month(values) or 0),
    }
    paid = {item: sums[item] if item in case.wanted else Fraction(0) for item in ITEMS}
    shown_sums = {item: text(rounded(paid[item])) for item in ITEMS}
    amount = text(rounded(sum(paid.values(), Fraction(0))))
    formulas = {"notice_pay": shown_sums["notice_pay"]}
    if base is not None:
        formula = f"{shown(base.month / 100)} × {shown(months)}"
        formulas |= {"compensation": formula, "unlawful_termination": f"{formula} × 2"}
    steps = [
        Step(words.ITEM[item], formulas[item], shown_sums[item]) for item in ITEMS if item in case.wanted
    ]
    lines = [words.line(item, formulas[item], shown_sums[item]) for item in ITEMS if item in case.wanted]
    counted = None
    if case.wanted & _BY_YEARS:
        counted = words.counted(values["started_on"], values["ended_on"], months)
    body = {"years": number(months), **shown_sums, "amount": amount}
    return Outcome(body, join(counted, *lines, words.in_all(amount)), steps)


def _basis(values: Values, case: Case, base: Base | None, from_2008: bool) -> list[Basis]:
    if case.part_time:
        return [_PART_TIME]
    found = [*case.ending.basis]
    if case.due & _BY_YEARS:
        found += [_YEARS, _AVERAGE, _FLOOR]
        found += [_CAP] if base is not None and base.capped else []
        found += [_EARLIER] if from_2008 else []
        found += [_BONUS] if "bonus" in values else []
    if "notice_pay" in case.due:
        found.append(_NOTICE)
    return found


def _told(values: Values, case: Case, base: Base | None) -> list[Bilingual | None]:
    """Why something is due or not, and how the base was found."""
    if case.part_time:
        return [words.PART_TIME]
    found: list[Bilingual | None] = [case.ending.why]
    if case.wanted & _BY_YEARS and base is not None:
        found.append(words.based_on(base))
        if "bonus" in values:
            found.append(words.WITH_BONUS)
        if "local_average_wage" not in values:
            found.append(words.CAP_NOT_CHECKED)
    return found


def _warnings(values: Values, case: Case, from_2008: bool) -> list[dict[str, Any]]:
    found = []
    if case.wanted & _BY_YEARS:
        found += [
            {"code": code, "path": path}
            for code, path in (
                ("cap_not_checked", "/local_average_wage"),
                ("floor_not_checked", "/minimum_wage"),
            )
            if path[1:] not in values
        ]
        if from_2008 and "compensation" in case.wanted:
            found.append({"code": "earlier_years_follow_earlier_rules", "path": "/started_on"})
    found += [
        {"code": "due_but_not_claimed", "path": "/claimed", "item": item}
        for item in ITEMS
        if item in case.due - case.claimed and (item != "notice_pay" or "notice_given" in values)
    ]
    return found
