"""Overtime under irregular hours, by the piece and inside a package wage; what is refused, what always holds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.overtime_questions import PACKAGE, ask, sums, unused


class TestIrregular:
    """工资支付暂行规定 13(4), and the provinces that pay holidays all the same."""

    def test_nothing_for_evenings_and_rest_days(self) -> None:
        found = ask(system="irregular", hours={"workday": 40, "rest_day": 16})
        assert sums(found) == ("0.00", "0.00", "0.00", "0.00")
        assert found["basis"][0]["article"] == "13(4)"

    def test_holidays_are_divided(self) -> None:
        found = ask(system="irregular", hours={"workday": 40, "holiday": 8}, paid="200.00")
        assert "amount" not in found
        assert [(one["id"], one["holiday"], one["amount"]) for one in found["readings"]] == [
            ("national", "0.00", "0.00"),
            ("holidays_paid", "1200.00", "1000.00"),  # 50 × 8 × 300 % less 200
        ]
        assert found["readings"][1]["workday"] == "0.00"
        assert found["readings"][1]["steps"]

    def test_pieces_made_on_holidays_too(self) -> None:
        piece = {"price": "2.00", "workday": 100, "holiday": 10}
        found = ask(system="irregular", piece=piece)
        # 2 × 10 × 300 %; the evenings earn nothing
        assert [one["amount"] for one in found["readings"]] == ["0.00", "60.00"]

    def test_a_package_has_no_place(self) -> None:
        found = ask(system="irregular", package=PACKAGE)
        assert found["amount"] == "0.00"
        assert unused(found) == ["/package"]
        on_holidays = ask(system="irregular", package=PACKAGE, hours={"holiday": 8})
        assert on_holidays["readings"][1]["amount"] == "1200.00"


class TestPieces:
    """工资支付暂行规定 13(2)."""

    @pytest.mark.parametrize(
        ("piece", "expected"),
        [
            ({"workday": 100}, ("300.00", "0.00", "0.00", "300.00")),  # 2 × 100 × 150 %
            ({"rest_day": 100}, ("0.00", "400.00", "0.00", "400.00")),
            ({"holiday": 100}, ("0.00", "0.00", "600.00", "600.00")),
            ({"workday": 100, "paid": "200.00"}, ("300.00", "0.00", "0.00", "100.00")),  # the half is left
            ({"workday": 100, "paid": "400.00"}, ("300.00", "0.00", "0.00", "0.00")),
            ({}, ("0.00", "0.00", "0.00", "0.00")),
        ],
    )
    def test_rates_of_a_piece(self, piece: dict[str, Any], expected: tuple[str, ...]) -> None:
        found = ask(piece={"price": "2.00", **piece})
        assert sums(found) == expected
        assert found["basis"][-1]["article"] == "13(2)"

    def test_other_hours_have_the_months_base(self) -> None:
        # 300 for the pieces less 200, 75 for the hour, less 25 paid on the whole
        found = ask(
            piece={"price": "2.00", "workday": 100, "paid": "200.00"}, hours={"workday": 1}, paid="25.00"
        )
        assert sums(found) == ("375.00", "0.00", "0.00", "150.00")

    def test_too_much_paid_for_pieces_pays_no_hours(self) -> None:
        found = ask(piece={"price": "2.00", "workday": 100, "paid": "900.00"}, hours={"workday": 1})
        assert found["amount"] == "75.00"


class TestPackage:
    """A wage that is to pay for everything: does it cover the minimum wage and the overtime on it?"""

    def test_a_package_below_the_minimum_is_filled_up(self) -> None:
        # 2,540 ÷ 174 × 304 = 4,437.7011…; less 4,000
        found = ask(package=PACKAGE)
        # 2,540 ÷ 174 × 66 = 963.448…; × 64 = 934.252…
        assert sums(found) == ("963.45", "934.25", "0.00", "437.70")
        assert [step["value"] for step in found["steps"]] == [304, "13.1579", "14.5977", "4437.70"]
        assert "437.70元" in found["explanation"]["zh"]
        assert found["basis"][-1]["article"] == "48(2)"

    def test_a_package_that_covers_it_owes_nothing(self) -> None:
        # 6,080 ÷ 304 = 20 an hour: 20 × 66 and 20 × 64 are in it
        found = ask(package={**PACKAGE, "paid": "6080.00"})
        assert sums(found) == ("1320.00", "1280.00", "0.00", "0.00")
        assert "已经包含" in found["explanation"]["zh"]

    def test_other_hours_have_the_months_base(self) -> None:
        # 437.7011 and 8 holiday hours × 50 × 300 %, less 100
        found = ask(package=PACKAGE, hours={"holiday": 8}, paid="100.00")
        assert (found["holiday"], found["amount"]) == ("1200.00", "1537.70")

    def test_eight_hours_are_no_overtime(self) -> None:
        # 174 + 32 × 2 = 238; 2,540 ÷ 174 × 238 = 3,474.25…
        found = ask(package={**PACKAGE, "hours_each": 8, "paid": "3000.00"})
        assert sums(found)[0] == "0.00"
        assert found["amount"] == "474.25"
        assert "warnings" not in found

    @pytest.mark.parametrize("hours", [0.5, 1, 5.5])
    def test_so_few_hours_can_only_be_overtime(self, hours: float) -> None:
        # 22 days × the hours at 150 %, as if the eight hours of each day had been told with them
        few, full = (ask(package={**PACKAGE, "hours_each": told}) for told in (hours, 8 + hours))
        assert sums(few) == sums(full)
        assert few["warnings"] == [{"code": "read_as_overtime", "path": "/package/hours_each"}]
        assert "warnings" not in full

    def test_two_hours_each_can_only_be_overtime(self) -> None:
        found = ask(package={**PACKAGE, "hours_each": 2})
        assert sums(found) == sums(ask(package=PACKAGE))
        assert found["warnings"] == [{"code": "read_as_overtime", "path": "/package/hours_each"}]

    def test_no_hours_at_all(self) -> None:
        found = ask(package={**PACKAGE, "hours_each": 0, "rest_hours_each": 0, "paid": "2540.00"})
        assert sums(found) == ("0.00", "0.00", "0.00", "0.00")
        assert "warnings" not in found


@pytest.mark.parametrize(
    ("given_", "faults"),
    [
        ({"hours": {"workday": -1}}, [("/hours/workday", "out_of_range")]),
        ({"hours": {"night": 1}}, [("/hours/night", "unknown_key")]),
        ({"dates": ["2025-10-01", "2025-10-01"]}, [("/dates/1", "duplicate")]),
        ({"quarter": "2025-Q5"}, [("/quarter", "invalid_quarter")]),
        ({"quarter": 2025}, [("/quarter", "invalid_quarter")]),
        ({"quarter": "2007-Q4"}, [("/quarter", "out_of_range")]),
        ({"quarter_hours": 10, "quarter_holiday_hours": 11}, [("/quarter_holiday_hours", "conflict")]),
        ({"quarter_hours": 2209}, [("/quarter_hours", "out_of_range")]),
        ({"package": {**PACKAGE, "hours_each": 25}}, [("/package/hours_each", "out_of_range")]),
        ({"package": {**PACKAGE, "workdays": 28}}, [("/package/rest_days", "conflict")]),
        ({"piece": {"workday": 1}}, [("/piece/price", "required")]),
    ],
)
def test_bad_questions(given_: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert [(fault["path"], fault["code"]) for fault in ask(**given_)["errors"]] == faults


HOURS = st.integers(0, 4_000).map(lambda quarters: quarters / 4)


@given(HOURS, HOURS, HOURS, st.integers(100, 5_000_000), st.integers(0, 5_000_000))
def test_the_sums_of_the_kinds_equal_the_total(
    workday: float, rest_day: float, holiday: float, base: int, minimum: int
) -> None:
    found = ask(
        f"{base // 100}.{base % 100:02d}",
        minimum=f"{minimum // 100}.{minimum % 100:02d}",
        hours={"workday": workday, "rest_day": rest_day, "holiday": holiday},
    )
    *kinds, amount = (Fraction(one) for one in sums(found))
    assert abs(sum(kinds) - amount) <= Fraction(2, 100)


@given(HOURS, HOURS, st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_a_higher_minimum_and_more_hours_never_pay_less(
    one: float, other: float, low: int, high: int
) -> None:
    def amount(hours: float, minimum: int) -> Fraction:
        found = ask("2000.00", minimum=f"{minimum // 100}.{minimum % 100:02d}", hours={"workday": hours})
        return Fraction(found["amount"])

    assert amount(min(one, other), min(low, high)) <= amount(max(one, other), max(low, high))
