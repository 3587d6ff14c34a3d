"""``period``: when a statutory period, or one read off a paper, ends.

A province's working days stand in all three days, as the contract has it; where the national calendar days end
earlier, a warning and the readings say so, and clocks act on that day. ``arbitration.hearing_notice`` counts forward
from the notice. Extended periods count from the same start as the ordinary ones.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from nuanxin.law.bilingual import Bilingual, dated
from nuanxin.law.periods import RULES, Due, custom, due
from nuanxin.law.periods.due import COUNTING
from nuanxin.law.question import Faults, Shape, Values, choice, day, place, whole
from nuanxin.law.topic import (
    WORKED_WEEKEND,
    Body,
    Topic,
    calendar_warning,
    reply,
    worked_weekend_readings,
)
from nuanxin.law.workings import reading

BASIS = (*COUNTING, *WORKED_WEEKEND, *(basis for rule in RULES.values() for basis in rule.basis))
_MOST_COUNT = {"calendar": 10_000, "working": 10_000, "month": 1_200, "year": 100}


def check(values: Values, faults: Faults) -> None:
    """Either a rule or a custom period, and one that ends within the calendar."""
    if ("rule" in values) and ("custom" in values):
        faults.add("/custom", "conflict", "rule 和 custom 只能填一个", "give either rule or custom")
    own = values.get("custom", {})
    if own.keys() == {"count", "unit"} and own["count"] > _MOST_COUNT[own["unit"]]:
        most = _MOST_COUNT[own["unit"]]
        faults.add("/custom/count", "out_of_range", f"最多 {most}", f"at most {most}")


class _RuleOrCustom(Shape):
    """A question that needs ``rule`` unless it has ``custom``."""

    __slots__ = ()

    def __call__(self, value: Any, path: str, faults: Faults) -> Any:
        if type(value) is dict and not value.keys() & {"rule", "custom"}:
            faults.add(f"{path}/rule", "required", "rule 或 custom 要填一个", "give either rule or custom")
        return super().__call__(value, path, faults)


SHAPE = _RuleOrCustom(
    {"start": day},
    {
        "rule": choice(*RULES),
        "custom": Shape({"count": whole(1, 10_000), "unit": choice("calendar", "working", "month", "year")}),
        "place": place,
    },
)


def respond(values: Values) -> Body:
    """Strict and rolled end, and the earlier of them; a province's own period where it has one."""
    own = values.get("custom")
    if own is not None:
        ended = custom(own["count"], own["unit"], values["start"])
    else:
        ended = due(values["rule"], values["start"], values.get("place"))
    body: dict[str, Any] = {
        "strict": ended.strict.isoformat(),
        "rolled": ended.rolled.isoformat() if ended.rolled else None,
        "act_by": ended.strict.isoformat(),
        "day_kind": ended.day_kind,
    }
    if ended.national_act_by is not None:
        body["readings"] = _province_readings(ended, ended.national_act_by)
    elif ended.literal is not None:
        body["readings"] = worked_weekend_readings(ended.strict, ended.literal)
    return reply(body, ended.basis, ended.explanation, _warnings(ended))


def _province_readings(ended: Due, national: date) -> list[dict[str, Any]]:
    """A province's own period beside the national one: offices are divided on which of them counts."""
    own, nation = dated(ended.strict), dated(national)
    count = RULES[ended.rule].count
    return [
        reading(
            "province",
            {"date": ended.strict.isoformat()},
            ended.basis[:1],
            Bilingual(f"按本省的规定，到{own.zh}为止。", f"By the province's own rule it ends on {own.en}."),
        ),
        reading(
            "national",
            {"date": national.isoformat()},
            ended.basis[1:],
            Bilingual(
                f"法律援助法写的是“日”，按自然日{count}天，到{nation.zh}为止；两个日子里请按早的办。",
                f"The national Act counts {count} calendar days, to {nation.en}; act by the earlier of the two.",
            ),
        ),
    ]


def _warnings(ended: Due) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if ended.missing_year is not None:
        found.append(calendar_warning(ended.missing_year))
    if ended.act_by < ended.strict:
        found.append({"code": "national_period_ends_earlier", "on": ended.act_by.isoformat()})
    if ended.before_in_force:
        found.append({"code": "rule_not_in_force_then"})
    return found


TOPIC = Topic("period", SHAPE, respond, BASIS, check, calendar_path="/start")
