"""``final_award``: which items of an award bind the employer at once (调解仲裁法 art. 47, 办案规则 art. 50)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.eligibility import ITEMS
from nuanxin.law.money import text as money_text
from nuanxin.law.parameters import find, found_basis, memory_warnings
from nuanxin.law.question import Faults, Shape, Values, choice, day, listing, money, need, place, text
from nuanxin.law.topic import Body, Topic, ask_for, reply
from nuanxin.law.topics.crime import fen

_LINE, _STANDARDS = cite("劳动争议调解仲裁法", "47(1)"), cite("劳动争议调解仲裁法", "47(2)")
_EACH = (cite("劳动人事争议仲裁办案规则", "50"), cite("劳动争议司法解释一", "19"))
_MIXED, _WHICH_WAGE = cite("劳动争议司法解释一", "20"), cite("北京劳动争议解答", "9")
BASIS = (_LINE, _STANDARDS, *_EACH, _MIXED, _WHICH_WAGE)
_RULES = (_LINE, _STANDARDS, *_EACH)
MONTHS = 12

# Pay, injury cost, compensation and damages are final up to the line; 2N and double wage count as damages.
BY_AMOUNT = frozenset({
    "wages", "overtime", "minimum_wage", "deduction", "severance", "unlawful_termination", "notice_pay",
    "double_wage", "annual_leave", "extra_compensation", "work_injury",
})  # fmt: skip
# State standards on social insurance are final whatever the sum; what stands in neither set is not final.
ALWAYS = frozenset({"social_insurance"})

SHAPE = Shape(
    {
        "place": place,
        "applied_on": day,
        "items": listing(Shape({"id": text(100), "kind": choice(*ITEMS), "amount": money}), 1_000, least=1),
    },
    {"minimum_wage": money},
)


def check(values: Values, faults: Faults) -> None:
    """Every item has an id of its own."""
    seen: set[str] = set()
    for number, item in enumerate(values.get("items", ())):
        if item["id"] in seen:
            faults.add(f"/items/{number}/id", "duplicate", "编号重复", "this id is used twice")
        seen.add(item["id"])


def is_final(kind: str, amount: int, line: int) -> bool:
    """Whether an item of ``kind`` is final; the line itself still is (不超过). Sums in fen."""
    return kind in ALWAYS or (kind in BY_AMOUNT and amount <= line)


@dataclass(frozen=True, slots=True)
class Line:
    """The line and the monthly minimum wage it is twelve times of, in fen, and what both rest on.

    ``warnings``: that the minimum wage of the table is from memory, if it is.
    """

    fen: int
    wage: int
    basis: tuple[Basis, ...]
    warnings: tuple[dict[str, Any], ...] = ()


def line_at(place: str | None, applied_on: date, minimum_wage: int | None) -> Line | None:
    """The line for somebody who applied at ``place`` on that day; None where the minimum wage is not known.

    ``minimum_wage`` in fen, where the question gives it. Otherwise it is that of the day on which the worker
    applied (Beijing 534号 Q9).
    """
    if minimum_wage is not None:
        return Line(MONTHS * minimum_wage, minimum_wage, _RULES)
    row = None if place is None else find("minimum_wage_month", place=place, on=applied_on)
    if row is None:
        return None
    wage = fen(row.value)
    basis = (*_RULES, found_basis(row), _WHICH_WAGE)
    return Line(MONTHS * wage, wage, basis, tuple(memory_warnings(row, "/minimum_wage")))


def respond(values: Values) -> Body:
    """The line, and for each item on which side of it the item lies."""
    found = line_at(values["place"], values["applied_on"], values.get("minimum_wage"))
    if found is None:
        why = Bilingual(
            "这里没有当地当时的月最低工资，请查了填上。",
            "The local monthly minimum wage of that day is not in the table; look it up and give it.",
        )
        return ask_for([need("/minimum_wage", why)], _RULES)
    line, wage, basis = found.fen, found.wage, list(found.basis)
    items = [
        {"id": item["id"], "final": is_final(item["kind"], item["amount"], line)} for item in values["items"]
    ]
    kinds = {item["final"] for item in items}
    words = Bilingual(
        f"一项一项地看，每项不超过{money_text(line)}元（月最低工资{money_text(wage)}元×{MONTHS}）的，裁决一出就对单位生效。",
        f"Item by item: up to {money_text(line)} yuan ({MONTHS} × the minimum wage of {money_text(wage)}) the award binds "
        "the employer at once.",
    )
    mixed = None
    if len(kinds) > 1:
        basis.append(_MIXED)
        mixed = Bilingual(
            "同一份裁决里既有终局的也有非终局的、又没有分别写明的，按非终局处理。",
            "One award with both kinds, unlabelled, is treated as not final.",
        )
    told = join(words, mixed)
    return reply({"line": money_text(line), "items": items}, basis, told, found.warnings)


TOPIC = Topic("final_award", SHAPE, respond, BASIS, check)
