"""What may be asked about overtime, and which facts contradict each other."""

from __future__ import annotations

import re
from typing import Any

from nuanxin.law.question import Faults, Shape, Values, choice, day, listing, money, number
from nuanxin.law.wages.overtime import FIRST_QUARTER_YEAR, KINDS

_MOST_HOURS, _MOST_PIECES = 100_000, 10**9
# the longest quarter has 92 days
_QUARTER_HOURS = 92 * 24
_MONTH_DAYS, _DAY_HOURS = 31, 24
_QUARTER = re.compile(r"\d{4}-Q[1-4]", re.ASCII)

_hours, _pieces = number(0, _MOST_HOURS), number(0, _MOST_PIECES)
_days, _hours_of_a_day = number(0, _MONTH_DAYS), number(0, _DAY_HOURS)


def quarter(value: Any, path: str, faults: Faults) -> Any:
    """A quarter such as ``2025-Q3``; read as its year."""
    if type(value) is not str or not _QUARTER.fullmatch(value):
        return faults.add(path, "invalid_quarter", "请写成 2025-Q3 这样", "write a quarter like 2025-Q3")
    year = int(value[:4])
    if year < FIRST_QUARTER_YEAR:
        return faults.add(
            path,
            "out_of_range",
            f"只能算{FIRST_QUARTER_YEAR}年以来的季度",
            f"only quarters since {FIRST_QUARTER_YEAR} can be counted",
        )
    return year


SHAPE = Shape(
    {"month_base": money},
    {
        "minimum": money,
        "system": choice("standard", "comprehensive", "irregular"),
        "hours": Shape({}, dict.fromkeys(KINDS, _hours)),
        "dates": listing(day, 4_000),
        "in_lieu": Shape({}, {"rest_day": _hours}),
        "quarter": quarter,
        "quarter_hours": number(0, _QUARTER_HOURS),
        "quarter_holiday_hours": number(0, _QUARTER_HOURS),
        "hour_base": money,
        "paid": money,
        "piece": Shape({"price": money}, {**dict.fromkeys(KINDS, _pieces), "paid": money}),
        "package": Shape(
            {
                "paid": money,
                "minimum": money,
                "workdays": _days,
                "hours_each": _hours_of_a_day,
                "rest_days": _days,
                "rest_hours_each": _hours_of_a_day,
            }
        ),
    },
)


def check(values: Values, faults: Faults) -> None:
    """No day twice, no more holiday hours than hours, no month of more than 31 days."""
    seen = set()
    for place, one in enumerate(values.get("dates", ())):
        if one in seen:
            faults.add(f"/dates/{place}", "duplicate", "这一天写了两次", "this day is given twice")
        seen.add(one)
    worked = values.get("quarter_hours")
    if worked is not None and values.get("quarter_holiday_hours", 0) > worked:
        faults.add(
            "/quarter_holiday_hours",
            "conflict",
            "节日工时不能多于总工时",
            "hours on holidays cannot exceed all hours",
        )
    package = values.get("package", {})
    if package.get("workdays", 0) + package.get("rest_days", 0) > _MONTH_DAYS:
        faults.add(
            "/package/rest_days",
            "conflict",
            "一个月没有这么多天",
            "a month does not have so many days",
        )
