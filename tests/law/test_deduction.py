"""Damages taken out of a month's wage: a fifth at most, and the minimum wage is left (工资支付暂行规定 16)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer


def ask(wage: str, minimum: str, deducted: str, **more: Any) -> dict[str, Any]:
    return answer("deduction", {"wage": wage, "minimum": minimum, "deducted": deducted, **more})


@pytest.mark.parametrize(
    ("wage", "deducted", "allowed", "amount"),
    [
        # a fifth: 5,000 × 20 % = 1,000; 4,000 left
        ("5000.00", "1500.00", "1000.00", "500.00"),
        ("5000.00", "1000.00", "1000.00", "0.00"),
        ("5000.00", "0.00", "1000.00", "0.00"),
        # a fifth of 3,000 is 600, but only 460 lie above the minimum of 2,540
        ("3000.00", "600.00", "460.00", "140.00"),
        # both meet at 3,175: 635 either way
        ("3175.00", "635.01", "635.00", "0.01"),
        # at and under the minimum nothing may be taken
        ("2540.00", "100.00", "0.00", "100.00"),
        ("2000.00", "100.00", "0.00", "100.00"),
        # 3,333.33 × 20 % = 666.666; the refund is 33.334
        ("3333.33", "700.00", "666.67", "33.33"),
    ],
)
def test_what_may_be_taken_and_what_comes_back(wage: str, deducted: str, allowed: str, amount: str) -> None:
    found = ask(wage, "2540.00", deducted)
    assert (found["allowed"], found["amount"]) == (allowed, amount)
    assert ("应当退还" in found["explanation"]["zh"]) is (amount != "0.00")


def test_steps_and_basis() -> None:
    found = ask("5000.00", "2540.00", "1500.00")
    assert [(step["formula"], step["value"]) for step in found["steps"]] == [
        ("min(5000.00 × 20%, max(5000.00 − 2540.00, 0))", "1000.00"),
        ("max(1500.00 − 1000.00, 0)", "500.00"),
    ]
    assert [(one["instrument"], one["article"]) for one in found["basis"]] == [
        ("工资支付暂行规定", "16"),
        ("工资支付暂行规定", "15"),
    ]


def test_every_fault_at_once() -> None:
    found = answer("deduction", {"wage": "-1.00", "deducted": 5, "rate": 1})
    assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [
        ("/wage", "invalid_money"),
        ("/deducted", "invalid_money"),
        ("/rate", "unknown_key"),
        ("/minimum", "required"),
    ]


FEN = st.integers(0, 10**8)


def money(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


@given(FEN, FEN, FEN)
def test_after_the_refund_a_fifth_at_most_is_gone_and_the_minimum_is_left(
    wage: int, minimum: int, deducted: int
) -> None:
    found = ask(money(wage), money(minimum), money(deducted))
    allowed, back = (int(found[key].replace(".", "")) for key in ("allowed", "amount"))
    kept = deducted - back
    assert 0 <= back <= deducted
    assert kept == min(deducted, allowed)
    assert 5 * kept <= wage + 5
    assert wage - kept >= min(minimum, wage)
