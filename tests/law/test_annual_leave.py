"""Annual leave not taken: 200 % of the day wage, shared out over the year of joining or leaving."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer
from nuanxin.law.wages.annual_leave import days_in_the_year, open_days

FACTS: dict[str, Any] = {"month_wage": "6525.00", "entitled_days": 5, "continuous_12_months": True}


def ask(**given: Any) -> dict[str, Any]:
    """A month of 6,525 yuan: 300 a day, so 600 for a day of leave not taken."""
    return answer("annual_leave", {**FACTS, **given})


class TestDays:
    """实施办法 5, 12: days ÷ 365 × the year's leave, less what was taken, without the fraction of a day."""

    @pytest.mark.parametrize(
        ("given", "days"),
        [
            ({}, 5),
            ({"used_days": 2}, 3),
            ({"used_days": 1.5}, 3.5),  # in a full year nothing is shared out, so half a day stays
            ({"used_days": 5}, 0),
            ({"used_days": 7}, 0),
            # leaving on 30 June: 181 ÷ 365 × 5 = 2.479…
            ({"left_on": "2025-06-30"}, 2),
            ({"left_on": "2025-06-30", "used_days": 1}, 1),
            ({"left_on": "2025-06-30", "used_days": 3}, 0),  # nothing is taken back
            # less half a day: 1.979…; the fraction falls away only then
            ({"left_on": "2025-06-30", "used_days": 0.5}, 1),
            # 73 days are a fifth of the year: exactly one day
            ({"left_on": "2025-03-14"}, 1),
            ({"left_on": "2025-03-13"}, 0),
            ({"left_on": "2025-12-31"}, 5),
            # 2024 has 366 days and the divisor stays 365: 182 ÷ 365 × 10 = 4.986…, 183 ÷ 365 × 10 = 5.013…
            ({"left_on": "2024-06-30", "entitled_days": 10}, 4),
            ({"left_on": "2024-07-01", "entitled_days": 10}, 5),
            ({"left_on": "2024-12-31", "entitled_days": 15}, 15),  # 366 ÷ 365 × 15 = 15.04…
            # joined in an earlier year: the year of leaving from its first day
            ({"joined_on": "2020-05-01", "left_on": "2025-06-30"}, 2),
            # joined and left in one year, 1 March to 31 October: 245 ÷ 365 × 15 = 10.068…
            ({"joined_on": "2025-03-01", "left_on": "2025-10-31", "entitled_days": 15}, 10),
            # joined on 1 July: 184 ÷ 365 × 10 = 5.041…
            ({"joined_on": "2025-07-01", "entitled_days": 10}, 5),
            # on 2 July: 183 ÷ 365 × 10 = 5.013…; on 4 July 181 give 4.958…
            ({"joined_on": "2025-07-02", "entitled_days": 10}, 5),
            ({"joined_on": "2025-07-04", "entitled_days": 10}, 4),
            ({"joined_on": "2025-01-01"}, 5),
            ({"joined_on": "2025-12-31"}, 0),
        ],
    )
    def test_days(self, given: dict[str, Any], days: float) -> None:
        found = ask(**given)
        assert found["days"] == days
        assert found["amount"] == f"{600 * days:.2f}"

    def test_what_was_taken_too_much_is_not_taken_back(self) -> None:
        assert "不用退" in ask(left_on="2025-06-30", used_days=4)["explanation"]["zh"]
        assert "不用退" not in ask(left_on="2025-01-02")["explanation"]["zh"]


class TestPay:
    def test_is_200_percent_of_the_day_wage_rounded_once(self) -> None:
        # 6,000 ÷ 21.75 × 5 × 200 % = 2,758.6206…; a rounded day wage would give 2,758.60
        found = ask(month_wage="6000.00")
        assert found["amount"] == "2758.62"
        assert [(step["formula"], step["value"]) for step in found["steps"]] == [
            ("5 − 0", 5),
            ("6000.00 ÷ 21.75 × 5 × 200%", "2758.62"),
        ]

    @pytest.mark.parametrize(
        ("given", "articles", "formula"),
        [
            ({}, ["3", "5(3)", "10(1)", "11"], "5 − 0"),
            ({"left_on": "2025-06-30"}, ["3", "5(3)", "12", "10(1)", "11"], "181 ÷ 365 × 5 − 0"),
            ({"joined_on": "2025-07-01"}, ["3", "5(3)", "5", "10(1)", "11"], "184 ÷ 365 × 5 − 0"),
        ],
    )
    def test_basis(self, given: dict[str, Any], articles: list[str], formula: str) -> None:
        found = ask(**given)
        assert [one["article"] for one in found["basis"]] == articles
        assert found["steps"][0]["formula"] == formula

    @pytest.mark.parametrize(
        ("given", "article"),
        [({"continuous_12_months": False}, "3"), ({"declined_in_writing": True}, "10(2)")],
    )
    def test_nothing_is_due(self, given: dict[str, Any], article: str) -> None:
        found = ask(**given)
        assert (found["days"], found["amount"]) == (0, "0.00")
        assert [one["article"] for one in found["basis"]] == [article]

    def test_not_declined_is_as_if_nothing_was_said(self) -> None:
        assert ask(declined_in_writing=False) == ask()


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"joined_on": "2025-06-30", "left_on": "2025-06-29"}, [("/left_on", "dates_out_of_order")]),
        ({"entitled_days": 5.5, "used_days": -1}, [("/entitled_days", "invalid_type"), ("/used_days", "out_of_range")]),
        ({"entitled_days": 366, "month_wage": 1}, [("/month_wage", "invalid_money"), ("/entitled_days", "out_of_range")]),
        ({"continuous_12_months": "yes"}, [("/continuous_12_months", "invalid_type")]),
    ],
)  # fmt: skip
def test_bad_questions(given: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert [(fault["path"], fault["code"]) for fault in ask(**given)["errors"]] == faults


DAYS = st.dates(date(2008, 1, 1), date(2026, 12, 31))
ENTITLED = st.sampled_from([0, 5, 10, 15])


@given(ENTITLED, st.integers(0, 40), DAYS, st.none() | DAYS)
def test_days_are_whole_never_negative_and_within_the_leave(
    entitled: int, halves: int, left: date, joined: date | None
) -> None:
    if joined is not None and joined > left:
        joined, left = left, joined
    days = open_days(entitled, Fraction(halves, 2), days_in_the_year(joined, left))
    assert days.denominator == 1
    assert 0 <= days <= entitled


@given(ENTITLED, st.integers(0, 20), st.integers(0, 20), DAYS)
def test_more_taken_never_raises_what_is_open(entitled: int, used: int, more: int, left: date) -> None:
    counted = days_in_the_year(None, left)
    assert open_days(entitled, Fraction(used + more), counted) <= open_days(entitled, Fraction(used), counted)


@given(ENTITLED, DAYS)
def test_the_leave_of_one_place_and_the_next_is_never_more_than_a_years(entitled: int, left: date) -> None:
    if left == date(left.year, 12, 31):
        return
    first = open_days(entitled, Fraction(0), days_in_the_year(None, left))
    second = open_days(entitled, Fraction(0), days_in_the_year(date.fromordinal(left.toordinal() + 1), None))
    assert entitled - 1 <= first + second <= entitled or entitled == 0
