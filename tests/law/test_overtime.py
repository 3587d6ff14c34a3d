"""Overtime by the hour under standard and comprehensive hours, against hand-worked sums."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from nuanxin.law.wages.overtime import Hour, hour_of, quarter_standard
from tests.law.overtime_questions import FIFTY, ask, sums, unused


class TestHours:
    """劳动法 44, 工资支付暂行规定 13(1)."""

    def test_the_hour_wage_is_not_rounded_first(self) -> None:
        # 5,000 ÷ 174 × 10.5 × 1.5 = 452.586…; from 28.74 it would be 452.66
        found = ask("5000.00", hours={"workday": 10.5})
        assert sums(found) == ("452.59", "0.00", "0.00", "452.59")
        assert found["steps"][0] == {
            "label": {"zh": "一小时工资", "en": "Hour wage"},
            "formula": "5000.00 ÷ 21.75 ÷ 8",
            "value": "28.7356",
        }
        assert found["steps"][1]["value"] == "452.59"
        assert "452.59元" in found["explanation"]["zh"]
        assert {(one["instrument"], one["article"]) for one in found["basis"]} >= {
            ("劳动法", "44(1)"),
            ("工作时间和工资折算通知", "2"),
        }

    @pytest.mark.parametrize(
        ("hours", "expected"),
        [
            ({"workday": 10}, ("750.00", "0.00", "0.00", "750.00")),  # 50 × 10 × 150 %
            ({"rest_day": 16}, ("0.00", "1600.00", "0.00", "1600.00")),  # 50 × 16 × 200 %
            ({"holiday": 8}, ("0.00", "0.00", "1200.00", "1200.00")),  # 50 × 8 × 300 %
            ({"workday": 1, "rest_day": 1, "holiday": 1}, ("75.00", "100.00", "150.00", "325.00")),
            ({"workday": 0.1}, ("7.50", "0.00", "0.00", "7.50")),  # a tenth, not its binary neighbour
            ({}, ("0.00", "0.00", "0.00", "0.00")),
        ],
    )
    def test_rates(self, hours: dict[str, float], expected: tuple[str, ...]) -> None:
        assert sums(ask(hours=hours)) == expected

    def test_the_total_is_rounded_once(self) -> None:
        # 5,000 ÷ 174 × 40 × 1.5 = 1,724.1379…; × 24 × 3 = 2,068.9655…; together 3,793.1034…
        assert sums(ask("5000.00", hours={"workday": 40, "holiday": 24})) == (
            "1724.14",
            "0.00",
            "2068.97",
            "3793.10",
        )

    def test_pay_is_owed_above_the_monthly_cap_of_36_hours(self) -> None:
        assert ask(hours={"workday": 100})["amount"] == "7500.00"

    def test_a_base_under_the_minimum_is_lifted(self) -> None:
        # 1,740 ÷ 174 = 10 an hour instead of 1,000 ÷ 174
        found = ask("1000.00", minimum="1740.00", hours={"workday": 10})
        assert found["amount"] == "150.00"
        assert found["steps"][0]["formula"] == "1740.00 ÷ 21.75 ÷ 8"
        assert "最低工资" in found["explanation"]["zh"]
        assert any(one["article"] == "48(2)" for one in found["basis"])

    @pytest.mark.parametrize("minimum", ["1740.00", FIFTY])
    def test_a_base_at_or_over_the_minimum_stays(self, minimum: str) -> None:
        found = ask(minimum=minimum, hours={"workday": 10})
        assert found["amount"] == "750.00"
        assert "最低工资" not in found["explanation"]["zh"]

    @pytest.mark.parametrize(
        ("hour_base", "amount"),
        [("60.00", "900.00"), ("9.00", "150.00")],  # 9 lies under the minimum's 10
    )
    def test_an_agreed_hour(self, hour_base: str, amount: str) -> None:
        found = ask("1000.00", minimum="1740.00", hour_base=hour_base, hours={"workday": 10})
        assert found["amount"] == amount

    def test_without_base_and_minimum_an_hour_is_worth_nothing(self) -> None:
        assert hour_of(0, None, None) == Hour(Fraction(0), lifted=False)

    def test_an_agreed_hour_is_shown_as_agreed(self) -> None:
        assert ask(hour_base="60.00", hours={"workday": 1})["steps"][0]["formula"] == "60.00"

    @pytest.mark.parametrize(
        ("paid", "amount"), [("0.00", "750.00"), ("300.00", "450.00"), ("750.00", "0.00"), ("900.00", "0.00")]
    )
    def test_what_was_paid_is_taken_off(self, paid: str, amount: str) -> None:
        found = ask(hours={"workday": 10}, paid=paid)
        assert (found["workday"], found["amount"]) == ("750.00", amount)

    @pytest.mark.parametrize(
        ("off", "expected"),
        [
            (0, ("75.00", "1600.00", "150.00", "1825.00")),
            (8, ("75.00", "800.00", "150.00", "1025.00")),
            (16, ("75.00", "0.00", "150.00", "225.00")),
            (40, ("75.00", "0.00", "150.00", "225.00")),  # too much time off touches no other pay
        ],
    )
    def test_time_off_takes_the_place_of_rest_day_pay_only(
        self, off: float, expected: tuple[str, ...]
    ) -> None:
        found = ask(hours={"workday": 1, "rest_day": 16, "holiday": 1}, in_lieu={"rest_day": off})
        assert sums(found) == expected
        assert ("补休" in found["explanation"]["zh"]) == (off > 0)

    def test_no_time_off_for_holidays_can_be_asked(self) -> None:
        found = ask(hours={"holiday": 8}, in_lieu={"holiday": 8})
        assert found["errors"][0]["path"] == "/in_lieu/holiday"

    def test_without_any_work_it_is_asked_for(self) -> None:
        found = ask(quarter="2025-Q1")
        assert [need["path"] for need in found["needs"]] == ["/hours"]
        assert "amount" not in found

    def test_quarter_figures_have_no_place_in_standard_hours(self) -> None:
        found = ask(hours={"workday": 10}, quarter="2025-Q1", quarter_hours=600)
        assert found["amount"] == "750.00"
        assert unused(found) == ["/quarter", "/quarter_hours"]


class TestDates:
    """Full days of eight hours, by the State Council's calendar."""

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2025-10-01", ("0.00", "0.00", "1200.00", "1200.00")),  # National Day
            ("2025-10-06", ("0.00", "0.00", "1200.00", "1200.00")),  # Mid-Autumn
            ("2025-10-07", ("0.00", "800.00", "0.00", "800.00")),  # a Tuesday moved to rest
            ("2025-10-11", ("0.00", "0.00", "0.00", "0.00")),  # a worked Saturday
            ("2025-10-12", ("0.00", "800.00", "0.00", "800.00")),  # a Sunday
            ("2025-10-09", ("0.00", "0.00", "0.00", "0.00")),  # a Thursday
            ("2025-01-28", ("0.00", "0.00", "1200.00", "1200.00")),  # New Year's Eve since 2025
            ("2024-02-09", ("0.00", "0.00", "0.00", "0.00")),  # New Year's Eve of 2024: a working day
        ],
    )
    def test_kind_of_day(self, day: str, expected: tuple[str, ...]) -> None:
        found = ask(dates=[day])
        assert sums(found) == expected
        assert found["basis"][-1]["instrument"] == "全国年节及纪念日放假办法"

    def test_an_ordinary_working_day_is_pointed_out(self) -> None:
        found = ask(dates=["2025-10-12", "2025-10-11"])
        assert found["amount"] == "800.00"
        assert found["warnings"] == [{"code": "ordinary_working_day", "path": "/dates/1", "on": "2025-10-11"}]

    def test_days_add_to_hours_and_may_be_taken_off_in_exchange(self) -> None:
        # rest day: 2 hours and 8 of the Sunday, less 8 off: 2 × 50 × 200 %
        found = ask(dates=["2025-10-12"], hours={"rest_day": 2}, in_lieu={"rest_day": 8})
        assert found["rest_day"] == "200.00"

    def test_every_day_counts(self) -> None:
        # two Sundays and three days of National Day: 16 × 50 × 200 % and 24 × 50 × 300 %
        found = ask(dates=["2025-10-12", "2025-10-19", "2025-10-01", "2025-10-02", "2025-10-03"])
        assert sums(found) == ("0.00", "1600.00", "3600.00", "5200.00")

    def test_an_unpublished_year_is_not_guessed(self) -> None:
        fault = ask(dates=["2027-01-01"])["errors"][0]
        assert (fault["path"], fault["code"]) == ("/dates", "calendar_missing")


class TestComprehensive:
    """工资支付暂行规定 13(3): the quarter's total against its standard."""

    @pytest.mark.parametrize(
        ("year", "hours"),
        [
            (2008, 500),  # (365 − 104 − 11) ÷ 4 × 8
            (2024, 500),
            (2025, 496),  # (365 − 104 − 13) ÷ 4 × 8
            (2028, 496),  # a leap year too
        ],
    )
    def test_standard_hours_of_a_quarter(self, year: int, hours: int) -> None:
        assert quarter_standard(year) == hours

    @pytest.mark.parametrize(
        ("given_", "expected"),
        [
            # 560 − 24 − 496 = 40 hours × 50 × 150 %; 24 × 50 × 300 %
            (
                {"quarter": "2025-Q4", "quarter_hours": 560, "quarter_holiday_hours": 24},
                ("3000.00", "0.00", "3600.00", "6600.00"),
            ),
            ({"quarter": "2025-Q4", "quarter_hours": 496}, ("0.00", "0.00", "0.00", "0.00")),
            ({"quarter": "2025-Q4", "quarter_hours": 497.5}, ("112.50", "0.00", "0.00", "112.50")),
            ({"quarter": "2024-Q4", "quarter_hours": 501}, ("75.00", "0.00", "0.00", "75.00")),
            # holidays leave the total: 500 − 16 lies under the standard, the holidays are paid all the same
            (
                {"quarter": "2025-Q2", "quarter_hours": 500, "quarter_holiday_hours": 16},
                ("0.00", "0.00", "2400.00", "2400.00"),
            ),
            ({"quarter": "2027-Q1", "quarter_hours": 506}, ("750.00", "0.00", "0.00", "750.00")),
            ({"hours": {"holiday": 8}}, ("0.00", "0.00", "1200.00", "1200.00")),
            ({"dates": ["2025-10-01"]}, ("0.00", "0.00", "1200.00", "1200.00")),
            (
                {"quarter": "2025-Q4", "quarter_hours": 504, "dates": ["2025-10-01"]},
                ("0.00", "0.00", "1200.00", "1200.00"),
            ),
        ],
    )
    def test_excess_and_holidays(self, given_: dict[str, Any], expected: tuple[str, ...]) -> None:
        found = ask(system="comprehensive", **given_)
        assert sums(found) == expected
        assert any(one["article"] == "13(3)" for one in found["basis"])

    def test_how_the_excess_was_found(self) -> None:
        found = ask(system="comprehensive", quarter="2025-Q4", quarter_hours=560, quarter_holiday_hours=24)
        assert found["steps"][0]["formula"] == "560 − 24 − 496"
        assert found["steps"][0]["value"] == 40
        assert "496小时" in found["explanation"]["zh"]

    def test_rest_days_have_no_rate_of_their_own(self) -> None:
        found = ask(
            system="comprehensive",
            quarter="2025-Q4",
            quarter_hours=506,
            quarter_holiday_hours=0,
            hours={"workday": 3, "rest_day": 16, "holiday": 8},
            dates=["2025-10-12"],
            in_lieu={"rest_day": 8},
        )
        assert sums(found) == ("750.00", "0.00", "0.00", "750.00")
        assert unused(found) == ["/hours/workday", "/hours/rest_day", "/dates", "/in_lieu", "/hours/holiday"]

    def test_holidays_among_the_days_give_way_to_the_quarters_figure(self) -> None:
        found = ask(
            system="comprehensive",
            quarter="2025-Q4",
            quarter_hours=500,
            quarter_holiday_hours=8,
            dates=["2025-10-01"],
        )
        assert found["holiday"] == "1200.00"
        assert unused(found) == ["/dates"]

    @pytest.mark.parametrize(
        ("given_", "paths"),
        [
            ({}, ["/quarter", "/quarter_hours"]),
            ({"quarter": "2025-Q4", "hours": {"holiday": 8}}, ["/quarter_hours"]),
            ({"quarter_hours": 560}, ["/quarter"]),
        ],
    )
    def test_what_is_missing(self, given_: dict[str, Any], paths: list[str]) -> None:
        found = ask(system="comprehensive", **given_)
        assert [need["path"] for need in found["needs"]] == paths
