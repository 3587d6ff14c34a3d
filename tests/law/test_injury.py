"""The one-off disability payment: months by grade, on a wage within 60 to 300 % of the local average."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer


def ask(grade: Any, month_wage: str, local: Any = "9000.00") -> dict[str, Any]:
    return answer("injury", {"grade": grade, "month_wage": month_wage, "local_average_wage": local})


@pytest.mark.parametrize(
    ("grade", "months", "article"),
    [
        (1, 27, "35(1)"), (2, 25, "35(1)"), (3, 23, "35(1)"), (4, 21, "35(1)"),
        (5, 18, "36(1)"), (6, 16, "36(1)"),
        (7, 13, "37(1)"), (8, 11, "37(1)"), (9, 9, "37(1)"), (10, 7, "37(1)"),
    ],
)  # fmt: skip
def test_months_by_grade(grade: int, months: int, article: str) -> None:
    found = ask(grade, "8000.00")
    assert (found["base"], found["months"], found["amount"]) == ("8000.00", months, f"{8000 * months}.00")
    assert [one["article"] for one in found["basis"]] == [article, "64(2)", "62(2)"]
    assert f"{grade}级伤残是{months}个月" in found["explanation"]["zh"]


@pytest.mark.parametrize(
    ("wage", "local", "base", "amount", "says"),
    [
        # 60 % of 9,000 is 5,400, 300 % is 27,000; exactly there nothing changes
        ("5400.00", "9000.00", "5400.00", "37800.00", None),
        ("5399.99", "9000.00", "5400.00", "37800.00", "60%"),
        ("27000.00", "9000.00", "27000.00", "189000.00", None),
        ("27000.01", "9000.00", "27000.00", "189000.00", "300%"),
        # 60,001 ÷ 12 × 300 % = 15,000.25 exactly; a rounded 5,000.08 would give 15,000.24
        ("20000.00", {"annual": "60001.00"}, "15000.25", "105001.75", "300%"),
        # 100,000 ÷ 12 × 60 % = 5,000 exactly
        ("3000.00", {"annual": "100000.00"}, "5000.00", "35000.00", "60%"),
        # 100,001 ÷ 12 × 60 % = 5,000.05; 100,000.10 ÷ 12 × 60 % = 5,000.005: × 7 = 35,000.035, rounded once
        ("3000.00", {"annual": "100000.10"}, "5000.01", "35000.04", "60%"),
    ],
)
def test_the_wage_is_kept_within_the_limits(
    wage: str, local: Any, base: str, amount: str, says: str | None
) -> None:
    found = ask(10, wage, local)
    assert (found["base"], found["amount"]) == (base, amount)
    told = found["explanation"]["zh"]
    assert [share for share in ("60%", "300%") if f"的{share}，" in told] == ([] if says is None else [says])


def test_steps() -> None:
    found = ask(10, "20000.00", {"annual": "60001.00"})
    assert [(step["formula"], step["value"]) for step in found["steps"]] == [
        ("min(max(20000.00, 5000.0833 × 60%), 5000.0833 × 300%)", "15000.25"),
        ("15000.25 × 7", "105001.75"),
    ]


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        ({"grade": 0}, [("/grade", "out_of_range")]),
        ({"grade": 11}, [("/grade", "out_of_range")]),
        ({"grade": "7"}, [("/grade", "invalid_type")]),
        ({"local_average_wage": "0.00"}, [("/local_average_wage", "out_of_range")]),
        ({"local_average_wage": {"annual": "0.00"}}, [("/local_average_wage", "out_of_range")]),
        ({"local_average_wage": {"annual": 1}, "month_wage": "x"}, [("/month_wage", "invalid_money"), ("/local_average_wage/annual", "invalid_money")]),
    ],
)  # fmt: skip
def test_bad_questions(asked: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    found = answer("injury", {"grade": 7, "month_wage": "1.00", "local_average_wage": "9000.00", **asked})
    assert [(fault["path"], fault["code"]) for fault in found["errors"]] == faults


FEN = st.integers(1, 10**8)


def money(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


@given(st.integers(1, 10), FEN, FEN, FEN)
def test_a_higher_wage_never_gives_less(grade: int, wage: int, more: int, local: int) -> None:
    lower, higher = (ask(grade, money(sum_), money(local)) for sum_ in (wage, wage + more))
    assert float(lower["amount"]) <= float(higher["amount"])
    assert 3 * local / 5 - 1 <= float(lower["base"]) * 100 <= 3 * local + 1


@given(st.integers(1, 9), FEN, FEN)
def test_a_worse_grade_never_gives_less(grade: int, wage: int, local: int) -> None:
    worse, better = (ask(one, money(wage), money(local)) for one in (grade, grade + 1))
    assert float(worse["amount"]) >= float(better["amount"])
