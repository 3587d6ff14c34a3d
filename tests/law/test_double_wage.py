"""Double wage: which days, and what they come to, against hand-worked sums."""

from __future__ import annotations

from typing import Any

import pytest

from tests.law.double_wage_questions import BEIJING, CHANGSHA, WAGE, amounts, articles, ask, whole


class TestDays:
    """实施条例 6, 7: from the day after the first month to the day before signing or before the year is full."""

    @pytest.mark.parametrize(
        ("started_on", "given_", "expected"),
        [
            # never signed: 1 April 2025 to 28 February 2026, eleven months
            ("2025-03-01", {}, ("2025-04-01", "2026-02-28", 11, "119625.00")),
            # in mid-month too: eleven months from the 15th
            ("2025-03-15", {}, ("2025-04-15", "2026-03-14", 11, "119625.00")),
            # signed on 1 February 2026: October to January
            ("2025-09-01", {"signed_on": "2026-02-01"}, ("2025-10-01", "2026-01-31", 4, "43500.00")),
            ("2025-09-15", {"signed_on": "2025-11-15"}, ("2025-10-15", "2025-11-14", 1, "10875.00")),
            # left on 31 December 2025, that day worked
            ("2025-09-01", {"ended_on": "2025-12-31"}, ("2025-10-01", "2025-12-31", 3, "32625.00")),
            # still without a contract today: to today
            ("2026-03-24", {"as_of": "2026-06-23"}, ("2026-04-24", "2026-06-23", 2, "21750.00")),
            # an end still to come counts to today only
            (
                "2026-03-24",
                {"as_of": "2026-06-23", "ended_on": "2026-06-30"},
                ("2026-04-24", "2026-06-23", 2, "21750.00"),
            ),
            # the year is full before it was signed
            ("2024-03-01", {"signed_on": "2026-02-01"}, ("2024-04-01", "2025-02-28", 11, "119625.00")),
            # no 31 February: the month is full on the 28th
            ("2025-01-31", {}, ("2025-02-28", "2026-01-30", 11, "119625.00")),
            ("2024-02-29", {}, ("2024-03-29", "2025-02-27", 11, "119625.00")),
            # 劳动合同法 97(2): who worked before 2008 had January 2008 to get a contract
            ("2005-06-15", {"as_of": "2010-01-01"}, ("2008-02-01", "2008-12-31", 11, "119625.00")),
            # signed ahead of the work, in the first month, or on the day the month is full
            ("2025-09-01", {"signed_on": "2025-08-20"}, (None, None, 0, "0.00")),
            ("2025-09-01", {"signed_on": "2025-09-30"}, (None, None, 0, "0.00")),
            ("2025-09-01", {"signed_on": "2025-10-01"}, (None, None, 0, "0.00")),
            ("2025-09-01", {"ended_on": "2025-09-30"}, (None, None, 0, "0.00")),
            ("2026-11-01", {}, (None, None, 0, "0.00")),
        ],
    )
    def test_window(self, started_on: str, given_: dict[str, Any], expected: tuple[Any, ...]) -> None:
        assert whole(ask(started_on, **given_)) == expected

    def test_a_full_year_cites_why_it_ends(self) -> None:
        found = ask("2025-03-01")
        assert ("劳动合同法", "82(1)") in articles(found)
        assert ("劳动争议司法解释二", "9") in articles(found)
        assert ("劳动争议司法解释二", "9") not in articles(ask("2025-09-01", signed_on="2026-02-01"))
        assert found["steps"] == [
            {
                "label": {"zh": "整月", "en": "Whole months"},
                "formula": "10875.00 × 11",
                "value": "119625.00",
            },
            {
                "label": {"zh": "另付的一倍工资", "en": "Second wage"},
                "formula": "119625.00",
                "value": "119625.00",
            },
        ]
        assert "2025年4月1日到2026年2月28日" in found["explanation"]["zh"]

    def test_who_would_not_sign_gets_none(self) -> None:
        found = ask("2025-03-01", refused_by_worker=True)
        assert whole(found) == (None, None, 0, "0.00")
        assert articles(found) == [("劳动争议司法解释二", "7")]
        assert whole(ask("2025-03-01", refused_by_worker=False))[2] == 11


class TestPartMonths:
    """解释二 6 says only "by the days actually worked in that month": four readings."""

    def test_a_start_in_mid_month(self) -> None:
        # 10 February to 30 March 2026. Working days: 10 to 14 and 24 to 28 February (14 and 28 worked in
        # exchange), 10; 1 to 30 March, 21; 10 to 30 March, 15. Statutory: 16 to 19 February, 4.
        found = ask("2026-01-10", signed_on="2026-03-31")
        assert (found["from"], found["to"], found["months"]) == ("2026-02-10", "2026-03-30", 1)
        assert amounts(found) == {
            "anniversary": "18375.00",  # a month, and 15 × 500
            "calendar": "15500.00",  # (10 + 21) × 500
            # February had 16 working days, March 22: 10,875 × 10 ÷ 16 + 10,875 × 21 ÷ 22 = 17,177.556…
            "calendar_own_divisor": "17177.56",
            "calendar_paid_days": "17500.00",  # (14 + 21) × 500
        }
        assert [step["formula"] for step in found["readings"][2]["steps"]] == [
            "10875.00 ÷ 16 × 10",
            "10875.00 ÷ 22 × 21",
            "6796.88 + 10380.68",
        ]
        assert ("工作时间和工资折算通知", "2") in articles(found["readings"][0])
        assert [one["months"] for one in found["readings"]] == [1, 0, 0, 0]
        assert "算15天" in found["readings"][0]["explanation"]["zh"]

    def test_a_start_on_the_first(self) -> None:
        # 1 October to 14 November 2025: a month, and 10 working days of November's 20
        found = ask("2025-09-01", signed_on="2025-11-15")
        assert amounts(found) == {
            "anniversary": "15875.00",
            "calendar": "15875.00",
            "calendar_own_divisor": "16312.50",
            "calendar_paid_days": "15875.00",
        }

    def test_a_part_never_earns_more_than_the_month(self) -> None:
        # 2 to 31 July 2025: 22 working days, of 23 in July
        found = ask("2025-06-02", signed_on="2025-08-01")
        assert amounts(found) == {
            "anniversary": "10875.00",
            "calendar": "10875.00",
            "calendar_own_divisor": "10402.17",
            "calendar_paid_days": "10875.00",
        }
        assert found["readings"][0]["steps"][0]["formula"] == "10875.00 ÷ 21.75 × 22 → 10875.00"

    def test_readings_that_agree_are_one_amount(self) -> None:
        # a rest day and nothing else: 1 November 2025 is a Saturday
        found = ask("2025-10-01", signed_on="2025-11-02")
        assert whole(found) == ("2025-11-01", "2025-11-01", 0, "0.00")

    def test_a_part_month_in_an_unpublished_year_is_not_guessed(self) -> None:
        fault = ask("2026-12-15", as_of="2027-03-01")["errors"][0]
        assert (fault["path"], fault["code"]) == ("/as_of", "calendar_missing")

    def test_whole_months_need_no_calendar(self) -> None:
        assert ask("2026-12-15", as_of="2027-03-14")["amount"] == "21750.00"


class TestWages:
    def test_a_wage_for_each_month(self) -> None:
        months = {"2025-10": "5000.00", "2025-11": "5000.00", "2025-12": "6000.00", "2026-01": "7000.00"}
        found = ask("2025-09-01", signed_on="2026-02-01", monthly_wage={**months, "2020-01": "1.00"})
        assert whole(found) == ("2025-10-01", "2026-01-31", 4, "23000.00")
        assert [step["formula"] for step in found["steps"]] == [
            "5000.00 × 2",
            "6000.00 × 1",
            "7000.00 × 1",
            "10000.00 + 6000.00 + 7000.00",
        ]

    def test_differing_wages_from_mid_month_are_divided(self) -> None:
        # 15 October to 14 November 2025: by the anniversary October's wage; by the calendar 13 working days
        # of October (15 to 31) at 5,000 and 10 of November at 6,000: 2,988.505… + 2,758.620…
        found = ask(
            "2025-09-15",
            signed_on="2025-11-15",
            monthly_wage={"2025-10": "5000.00", "2025-11": "6000.00"},
        )
        assert amounts(found)["anniversary"] == "5000.00"
        assert amounts(found)["calendar"] == "5747.13"

    def test_missing_months_are_asked_for(self) -> None:
        found = ask("2025-09-01", signed_on="2026-01-15", monthly_wage={"2025-11": "5000.00"})
        assert [need["path"] for need in found["needs"]] == [
            "/monthly_wage/2025-10",
            "/monthly_wage/2025-12",
            "/monthly_wage/2026-01",
        ]
        assert "readings" not in found

    def test_where_nothing_is_due_no_month_is_missing(self) -> None:
        found = ask("2025-09-01", signed_on="2025-09-15", monthly_wage={"2020-01": "5000.00"})
        assert found["amount"] == "0.00"


class TestExpiredContract:
    """A contract ran out and work went on."""

    def test_in_beijing_from_the_next_day_for_a_year(self) -> None:
        found = ask("2023-03-01", contract_expired_on="2025-02-28", place=BEIJING)
        assert whole(found) == ("2025-03-01", "2026-02-28", 12, "130500.00")
        assert ("北京劳动争议解答", "40") in articles(found)
        assert ("北京劳动争议解答", "55") in articles(found)

    def test_elsewhere_a_month_of_grace_is_divided(self) -> None:
        found = ask("2023-03-01", contract_expired_on="2025-02-28", place=CHANGSHA)
        assert amounts(found) == {"no_grace_month": "130500.00", "grace_month": "119625.00"}
        assert [one["from"] for one in found["readings"]] == ["2025-03-01", "2025-04-01"]
        assert "from" not in found

    def test_the_month_of_grace_may_take_all(self) -> None:
        found = ask("2023-03-01", contract_expired_on="2025-02-28", signed_on="2025-04-01")
        assert amounts(found) == {"no_grace_month": "10875.00", "grace_month": "0.00"}
        assert "宽限" in found["readings"][1]["explanation"]["zh"]

    @pytest.mark.parametrize(
        "given_",
        [
            {"signed_on": "2025-03-01"},  # renewed at once
            {"ended_on": "2025-02-28"},
            {"contract_expired_on": "2027-02-28"},  # still running
        ],
    )
    def test_without_a_gap_there_is_none(self, given_: dict[str, Any]) -> None:
        found = ask("2023-03-01", **{"contract_expired_on": "2025-02-28", **given_})
        assert whole(found) == (None, None, 0, "0.00")

    def test_the_first_contracts_day_is_not_a_renewal(self) -> None:
        found = ask("2023-03-01", signed_on="2023-03-15", contract_expired_on="2025-02-28", place=BEIJING)
        assert found["months"] == 12
        assert "warnings" not in found

    def test_a_first_contract_that_came_late_is_pointed_out(self) -> None:
        found = ask("2023-03-01", signed_on="2023-06-01", contract_expired_on="2025-02-28", place=BEIJING)
        assert found["warnings"] == [{"code": "earlier_period_not_counted", "path": "/signed_on"}]

    def test_a_part_month_divides_each_of_both(self) -> None:
        found = ask("2023-03-01", contract_expired_on="2025-02-28", signed_on="2025-04-15")
        assert [id_ for id_ in amounts(found) if id_.startswith("no_grace_month")] == [
            "no_grace_month.anniversary",
            "no_grace_month.calendar",
            "no_grace_month.calendar_own_divisor",
            "no_grace_month.calendar_paid_days",
        ]
        # 1 to 14 April 2025: 9 working days, 4 April a holiday
        assert amounts(found)["grace_month.calendar"] == "4500.00"
        assert amounts(found)["grace_month.calendar_paid_days"] == "5000.00"


class TestLimitation:
    """One year, on the whole or counted back day by day from the filing."""

    def test_in_beijing_day_by_day(self) -> None:
        # filed on 1 September 2025: 1 September 2024 to 28 February 2025
        found = ask("2024-03-01", filed_on="2025-09-01", place=BEIJING)
        assert whole(found) == ("2024-09-01", "2025-02-28", 6, "65250.00")
        assert ("北京劳动争议解答", "41") in articles(found)
        assert "2024年9月1日以前" in found["explanation"]["zh"]

    def test_in_beijing_in_time_for_all(self) -> None:
        found = ask("2024-03-01", filed_on="2025-03-10", place=BEIJING)
        assert whole(found) == ("2024-04-01", "2025-02-28", 11, "119625.00")
        assert "过期" not in found["explanation"]["zh"]

    def test_in_beijing_the_last_day(self) -> None:
        # 28 February 2025 is in time on 28 February 2026 and not the day after
        last = ask("2024-03-01", filed_on="2026-02-28", place=BEIJING)
        assert (last["from"], last["to"]) == ("2025-02-28", "2025-02-28")
        gone = ask("2024-03-01", filed_on="2026-03-01", place=BEIJING)
        assert whole(gone) == (None, None, 0, "0.00")

    def test_in_beijing_a_part_month_is_divided(self) -> None:
        # 16 to 31 August 2024: 11 working days
        found = ask("2024-03-01", filed_on="2025-08-16", place=BEIJING)
        assert amounts(found)["calendar"] == "70750.00"
        assert (found["from"], found["months"]) == ("2024-08-16", 6)

    def test_elsewhere_divided(self) -> None:
        found = ask("2024-03-01", filed_on="2025-09-01", place=CHANGSHA)
        assert amounts(found) == {"whole_period": "119625.00", "day_by_day": "65250.00"}
        assert ("劳动争议调解仲裁法", "27(1)") in articles(found["readings"][0])

    def test_elsewhere_in_time_for_all(self) -> None:
        found = ask("2024-03-01", filed_on="2025-03-10")
        assert whole(found) == ("2024-04-01", "2025-02-28", 11, "119625.00")

    def test_elsewhere_too_late_for_all(self) -> None:
        found = ask("2024-03-01", filed_on="2026-08-15")
        assert whole(found) == (None, None, 0, "0.00")
        assert "已经过期" in found["explanation"]["zh"]

    def test_filed_while_it_still_runs(self) -> None:
        found = ask("2026-03-24", as_of="2026-06-23", filed_on="2026-06-01")
        assert whole(found) == ("2026-04-24", "2026-06-23", 2, "21750.00")

    def test_nothing_due_is_nothing_late(self) -> None:
        assert ask("2025-09-01", signed_on="2025-09-15", filed_on="2026-11-01")["amount"] == "0.00"


@pytest.mark.parametrize(
    ("given_", "faults"),
    [
        ({"ended_on": "2025-02-28"}, [("/ended_on", "dates_out_of_order")]),
        ({"contract_expired_on": "2025-02-28"}, [("/contract_expired_on", "dates_out_of_order")]),
        ({"as_of": "2025-02-28"}, [("/started_on", "in_future")]),
        ({"signed_on": "2026-11-24"}, [("/signed_on", "in_future")]),
        ({"monthly_wage": {}}, [("/monthly_wage", "out_of_range")]),
        ({"monthly_wage": "5000"}, [("/monthly_wage", "invalid_money")]),
        (
            {"monthly_wage": {"2025-13": WAGE, "2025-04": 1}},
            [("/monthly_wage/2025-13", "invalid_month"), ("/monthly_wage/2025-04", "invalid_money")],
        ),
        ({"as_of": None}, [("/as_of", "invalid_date")]),
    ],
)
def test_bad_questions(given_: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert [(fault["path"], fault["code"]) for fault in ask("2025-03-01", **given_)["errors"]] == faults
