"""What a topic is: the shape of its question, the checks between values, and the rule that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nuanxin.law.basis import Basis, as_json, cite
from nuanxin.law.bilingual import Bilingual, dated
from nuanxin.law.question import Faults, Shape, Values

Body = dict[str, Any]


def _no_check(values: Values, faults: Faults) -> None:
    """Most topics have nothing to compare."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question of the contract.

    ``check`` looks at values together and may meet a question with other faults, so any value may be missing.
    ``respond`` gets a question without faults. ``calendar_path``: the value to name when a calendar year is
    not published. ``basis``: every provision the topic may rest on.
    """

    name: str
    shape: Shape
    respond: Callable[[Values], Body]
    basis: tuple[Basis, ...]
    check: Callable[[Values, Faults], None] = _no_check
    calendar_path: str = ""


def reply(
    body: Mapping[str, Any],
    basis: Sequence[Basis],
    explanation: Bilingual,
    warnings: Sequence[Mapping[str, Any]] = (),
) -> Body:
    """An answer with what every answer carries; ``warnings`` only where there are any."""
    whole: Body = {**body, "basis": as_json(basis), "explanation": explanation.as_json()}
    if warnings:
        whole["warnings"] = list(warnings)
    return whole


NEEDED = Bilingual("还缺少能决定答案的事实。", "A fact on which the answer turns is still missing.")


def ask_for(needs: Sequence[Mapping[str, Any]], basis: Sequence[Basis]) -> Body:
    """An answer that asks for facts and gives no number."""
    return {"needs": list(needs), "basis": as_json(basis), "explanation": NEEDED.as_json()}


def calendar_warning(year: int) -> dict[str, Any]:
    """The rolled day of an answer lies in a year whose holidays are not published."""
    return {"code": "calendar_missing", "year": year}


WORKED_WEEKEND = (cite("民法典", "203"), cite("最高人民法院期限计算说明", "2014-12-12"))


def worked_weekend_readings(strict: date, literal: date) -> list[dict[str, Any]]:
    """Two readings of a period that ends on a weekend day worked in exchange (调休上班)."""
    stays, moves = dated(strict), dated(literal)
    return [
        {
            "id": "worked_weekend_is_a_working_day",
            "date": strict.isoformat(),
            "basis": as_json(WORKED_WEEKEND[:1]),
            "explanation": Bilingual(
                f"调休上班的周末是工作日，到{stays.zh}为止，不顺延。",
                f"A weekend day worked in exchange is a working day: it ends on {stays.en} and does not move.",
            ).as_json(),
        },
        {
            "id": "every_weekend_moves",
            "date": literal.isoformat(),
            "basis": as_json(WORKED_WEEKEND[1:]),
            "explanation": Bilingual(
                f"也有按字面理解、凡周末都顺延的，那就到{moves.zh}；请按早的办。",
                f"Read by the letter every weekend moves, to {moves.en}; act by the earlier day.",
            ).as_json(),
        },
    ]
