"""What may be asked about double wage, and which days contradict each other."""

from __future__ import annotations

import re
from typing import Any

from nuanxin.law.question import (
    BAD,
    Faults,
    Shape,
    Values,
    day,
    flag,
    in_order,
    money,
    place,
    pointer,
)

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_MOST_MONTHS = 1_200


def wage(value: Any, path: str, faults: Faults) -> Any:
    """One wage for all months, or a wage for each month: ``{"2026-03": "5200.00"}``."""
    if type(value) is not dict:
        return money(value, path, faults)
    if not 1 <= len(value) <= _MOST_MONTHS:
        return faults.add(
            path,
            "out_of_range",
            f"要有 1 到 {_MOST_MONTHS} 个月",
            f"this must have 1 to {_MOST_MONTHS} months",
        )
    before = len(faults.found)
    clean = {}
    for month, sum_ in value.items():
        where = pointer(path, str(month))
        if not _MONTH.fullmatch(str(month)):
            faults.add(where, "invalid_month", "月份请写成 2026-03 这样", "write a month like 2026-03")
        clean[month] = money(sum_, where, faults)
    return clean if len(faults.found) == before else BAD


SHAPE = Shape(
    {"started_on": day, "as_of": day, "monthly_wage": wage},
    {
        "signed_on": day,
        "ended_on": day,
        "contract_expired_on": day,
        "refused_by_worker": flag,
        "filed_on": day,
        "place": place,
    },
)


def check(values: Values, faults: Faults) -> None:
    """Work began and a contract was signed before today; nothing ended before it began."""
    in_order(values, "started_on", "ended_on", faults)
    in_order(values, "started_on", "contract_expired_on", faults)
    today = values.get("as_of")
    for key in ("started_on", "signed_on"):
        on = values.get(key)
        if today is not None and on is not None and on > today:
            faults.add(f"/{key}", "in_future", "这一天在 as_of 之后，还没有发生", "this day lies after as_of")
