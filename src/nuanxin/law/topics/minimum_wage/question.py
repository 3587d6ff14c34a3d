"""What may be asked about the minimum wage, and which facts contradict each other."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from nuanxin.law.question import (
    FIRST_YEAR,
    LAST_YEAR,
    Faults,
    Shape,
    Values,
    choice,
    day,
    listing,
    money,
    place,
)
from nuanxin.law.wages.minimum_wage import Month

# 最低工资规定 art. 12
EXCLUDED = ("overtime", "shift", "heat", "conditions", "welfare")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_MOST_PARTS = 100


def month(value: Any, path: str, faults: Faults) -> Any:
    """A calendar month, ``2026-03``."""
    found = _MONTH.fullmatch(value) if type(value) is str else None
    if found is None:
        return faults.add(path, "invalid_month", "月份写成 2026-03 这样", "write a month like 2026-03")
    year = int(found[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return faults.add(
            path,
            "out_of_range",
            f"年份要在 {FIRST_YEAR} 到 {LAST_YEAR} 之间",
            f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}",
        )
    return Month(date(year, int(found[2]), 1))


SHAPE = Shape(
    {"paid": money},
    {
        "minimum": money,
        "place": place,
        "month": month,
        "excluded": listing(Shape({"kind": choice(*EXCLUDED), "amount": money}), _MOST_PARTS),
        "probation": Shape({"post_wage": money}),
        "stop_work": Shape({"since": day}),
    },
)


def check(values: Values, faults: Faults) -> None:
    """No more is left out than was paid, and work stopped before the month was over."""
    if "paid" in values and without(values) > values["paid"]:
        faults.add(
            "/excluded",
            "conflict",
            "这些项目加起来比实发还多；它们应当包括在实发里",
            "these come to more than was paid; they have to be part of it",
        )
    asked, since = values.get("month"), values.get("stop_work", {}).get("since")
    if asked is not None and since is not None and asked.last < since:
        faults.add(
            "/stop_work/since",
            "dates_out_of_order",
            "停工在这个月之后才开始",
            "work stopped only after this month",
        )


def without(values: Values) -> int:
    """What of the pay does not count, in fen."""
    return sum(part["amount"] for part in values.get("excluded", ()) if "amount" in part)
