"""Claims to ask with: one plain worker, and short ways to look at an answer."""

from __future__ import annotations

from typing import Any

from nuanxin.law import answer

# Hired 1 March 2025 in Beijing (minimum wage 2,540 from 2025-09-01), left 10 February 2026, asks on 10 March 2026.
WORKER: dict[str, Any] = {
    "as_of": "2026-03-10",
    "place": "110105",
    "relation": "employment",
    "started_on": "2025-03-01",
    "ended_on": "2026-02-10",
}
OVERTIME = {"month_base": "6000.00", "hours": {"workday": 20}}  # 6000 ÷ 21.75 ÷ 8 × 1.5 × 20 = 1034.48
IOU = {"pay": {"basis": "sum", "amount": "8000.00"}}


def claim(**facts: Any) -> dict[str, Any]:
    """The answer to the worker's claim with these facts and topics on top; None takes a fact away."""
    asked = {key: value for key, value in {**WORKER, **facts}.items() if value is not None}
    return answer("claim", asked)


def faults(**facts: Any) -> dict[str, str]:
    """What is wrong with a claim, by pointer."""
    return {fault["path"]: fault["code"] for fault in claim(**facts)["errors"]}


def item(found: dict[str, Any], kind: str) -> dict[str, Any]:
    """The one item of a kind."""
    (only,) = [one for one in found["items"] if one["kind"] == kind]
    return dict(only)


def needs(found: dict[str, Any]) -> list[str]:
    """The pointers of what is still needed."""
    return [entry["path"] for entry in found["needs"]]


def route(found: dict[str, Any], name: str) -> dict[str, Any]:
    """One of the six routes."""
    (only,) = [one for one in found["routes"] if one["route"] == name]
    return dict(only)
