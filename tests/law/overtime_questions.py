"""A common overtime question at fifty yuan an hour, and a package wage."""

from __future__ import annotations

from typing import Any

from nuanxin.law import answer

# 8,700 ÷ 21.75 ÷ 8 = 50 yuan an hour
FIFTY = "8700.00"


def ask(month_base: str = FIFTY, **given: Any) -> dict[str, Any]:
    return answer("overtime", {"month_base": month_base, **given})


def sums(found: dict[str, Any]) -> tuple[str, str, str, str]:
    return found["workday"], found["rest_day"], found["holiday"], found["amount"]


def unused(found: dict[str, Any]) -> list[str]:
    return [one["path"] for one in found["warnings"] if one["code"] == "not_used"]


# 22 days of ten hours: 44 hours over; 4 rest days of eight: 174 + 44 × 1.5 + 32 × 2 = 304 normal hours
PACKAGE = {
    "paid": "4000.00",
    "minimum": "2540.00",
    "workdays": 22,
    "hours_each": 10,
    "rest_days": 4,
    "rest_hours_each": 8,
}
