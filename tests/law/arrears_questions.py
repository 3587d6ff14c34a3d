"""Questions about unpaid work."""

from __future__ import annotations

from typing import Any

from nuanxin.law import answer


def ask(basis: str, amount: str | None = None, **given: Any) -> dict[str, Any]:
    """``first`` and ``last`` stand for ``from`` and ``to``; ``tiers`` and ``tier_reading`` belong to the pay."""
    names = {"first": "from", "last": "to"}
    pay: dict[str, Any] = {"basis": basis} if amount is None else {"basis": basis, "amount": amount}
    pay |= {key: given.pop(key) for key in ("tiers", "tier_reading") if key in given}
    return answer("arrears", {"pay": pay, **{names.get(key, key): value for key, value in given.items()}})


def needs(found: dict[str, Any]) -> list[str]:
    return [need["path"] for need in found["needs"]]


def faults(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault["path"], fault["code"]) for fault in found["errors"]]


def by_reading(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["id"]: (one["due"], one["amount"]) for one in found["readings"]}
