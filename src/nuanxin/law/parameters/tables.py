"""The tables that exist, and what a value in each must look like."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_MONEY = re.compile(r"\d{1,13}\.\d{2}")
_RATE = re.compile(r"0\.\d{4}")
UNITS = frozenset({"calendar", "working", "month", "year"})


def _is_money(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and _MONEY.fullmatch(value) is not None


def _is_rate(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and _RATE.fullmatch(value) is not None


def _is_period(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"count", "unit"}
        and type(value["count"]) is int
        and value["count"] > 0
        and value["unit"] in UNITS
    )


def _is_thresholds(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"one_worker", "ten_workers"}
        and all(_is_money(sum_) for sum_ in value.values())
    )


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 < value <= 62 * 24 * 60


# name of the table → (check of one value, what the value is)
TABLES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "legal_aid_periods": (_is_period, "{ count = days, unit = calendar|working|month|year }"),
    "minimum_wage_month": (_is_money, "yuan a month as a string with two decimals"),
    "living_cost_share": (_is_rate, "a share of the minimum wage as a decimal string such as 0.7000"),
    "lpr_one_year": (_is_rate, "a yearly rate as a decimal string such as 0.0385"),
    "duty_hours": (_is_count, "a whole number above 0: minutes, days or months, as the key says"),
    "crime_thresholds": (_is_thresholds, "{ one_worker = yuan, ten_workers = yuan } as strings"),
}

# tables that no topic asks → who does
OUTSIDE_TOPICS: dict[str, str] = {"duty_hours": "duty rosters, `hotline/rules/rosters/limits.py`"}
