"""A double-wage question at 500 yuan a day, changed fact by fact."""

from __future__ import annotations

from typing import Any

from nuanxin.law import answer

TODAY = "2026-11-23"
# 10,875 ÷ 21.75 = 500
WAGE = "10875.00"
BEIJING, CHANGSHA = "110105", "430100"


def ask(started_on: str, **given: Any) -> dict[str, Any]:
    return answer("double_wage", {"started_on": started_on, "as_of": TODAY, "monthly_wage": WAGE, **given})


def whole(found: dict[str, Any]) -> tuple[str | None, str | None, int, str]:
    return found["from"], found["to"], found["months"], found["amount"]


def amounts(found: dict[str, Any]) -> dict[str, str]:
    assert "amount" not in found
    return {one["id"]: one["amount"] for one in found["readings"]}


def articles(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["instrument"], one["article"]) for one in found["basis"]]
