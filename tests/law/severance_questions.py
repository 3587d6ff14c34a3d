"""A common severance question, changed fact by fact."""

from __future__ import annotations

from datetime import date
from typing import Any

from nuanxin.law import answer

D = date.fromisoformat
# 1 March 2020 to 30 September 2024: four years and seven months, five months' wages
FACTS: dict[str, Any] = {
    "started_on": "2020-03-01",
    "ended_on": "2024-09-30",
    "end_reason": "layoff",
    "average_wage": "6000.00",
    "minimum_wage": "2000.00",
    "local_average_wage": "9000.00",
}


def ask(**given: Any) -> dict[str, Any]:
    asked = {**FACTS, **given}
    return answer("severance", {key: value for key, value in asked.items() if value is not None})


def items(found: dict[str, Any]) -> tuple[str, str, str, str]:
    return found["compensation"], found["unlawful_termination"], found["notice_pay"], found["amount"]
