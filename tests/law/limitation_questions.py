"""Limitation questions with what most tests have in common."""

from __future__ import annotations

from typing import Any

from nuanxin.law import answer


def ask(claim: str, as_of: str, **rest: Any) -> dict[str, Any]:
    return answer("limitation", {"claim": claim, "as_of": as_of, **rest})


def wages(as_of: str, **rest: Any) -> dict[str, Any]:
    return ask("wages", as_of, **{"relation_ended_on": "2025-03-10", **rest})


def effects(found: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(step["on"], step["effect"], step["ends"]) for step in found["trail"]]


def event(kind: str, on: str) -> dict[str, str]:
    return {"kind": kind, "on": on}
