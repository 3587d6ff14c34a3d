"""The pay on top: half to the whole, and only where an order to pay was missed (劳动合同法 85)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer

MISSED = {"number": "京朝人社监字〔2026〕12号", "complied": False}


def ask(due: str, order: object) -> dict[str, Any]:
    return answer("extra_compensation", {"due": due, "order": order})


@pytest.mark.parametrize(
    ("due", "least", "most"),
    [
        ("10000.00", "5000.00", "10000.00"),
        ("1000.01", "500.01", "1000.01"),  # 500.005, half up
        ("0.00", "0.00", "0.00"),
    ],
)
def test_a_missed_order_adds_half_to_the_whole(due: str, least: str, most: str) -> None:
    found = ask(due, MISSED)
    assert (found["from"], found["to"]) == (least, most)
    assert "amount" not in found
    assert [step["value"] for step in found["steps"]] == [least, most]
    assert MISSED["number"] in found["explanation"]["zh"]  # type: ignore[operator]
    assert [one["article"] for one in found["basis"]] == ["85", "26", "6"]


@pytest.mark.parametrize("order", [None, {**MISSED, "complied": True}])
def test_without_an_order_or_after_it_was_obeyed_nothing_is_added(order: object) -> None:
    found = ask("10000.00", order)
    assert found["amount"] == "0.00"
    assert not found.keys() & {"from", "to", "readings", "needs"}
    assert ("投诉" in found["explanation"]["zh"]) is (order is None)


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        ({"due": "1.00"}, [("/order", "required")]),
        ({"order": None}, [("/due", "required")]),
        ({"due": "1", "order": {}}, [("/due", "invalid_money"), ("/order/number", "required"), ("/order/complied", "required")]),
        ({"due": "1.00", "order": {"number": "", "complied": None}}, [("/order/number", "out_of_range"), ("/order/complied", "invalid_type")]),
        ({"due": "1.00", "order": "12"}, [("/order", "invalid_type")]),
    ],
)  # fmt: skip
def test_bad_questions(asked: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    found = answer("extra_compensation", asked)
    assert [(fault["path"], fault["code"]) for fault in found["errors"]] == faults


@given(st.integers(0, 10**10))
def test_the_least_is_half_of_the_most(fen: int) -> None:
    found = ask(f"{fen // 100}.{fen % 100:02d}", MISSED)
    least, most = (int(found[key].replace(".", "")) for key in ("from", "to"))
    assert most == fen
    assert 2 * least - most in {0, 1}
