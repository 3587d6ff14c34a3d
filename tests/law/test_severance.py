"""Severance, 2N and notice pay, against hand-worked sums."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.law.wages.endings import ENDINGS
from tests.law.severance_questions import ask, items

N, TWO_N, NONE = "30000.00", "60000.00", "0.00"


class TestEndings:
    """劳动合同法 46, 87: what each way of ending gives."""

    @pytest.mark.parametrize(
        ("reason", "expected", "article"),
        [
            ("employer_unlawful", (NONE, TWO_N, NONE, TWO_N), "87"),
            ("layoff", (N, NONE, NONE, N), "46(4)"),
            ("agreed_employer_proposed", (N, NONE, NONE, N), "46(2)"),
            ("agreed_worker_proposed", (NONE, NONE, NONE, NONE), "46(2)"),
            ("worker_for_employer_breach", (N, NONE, NONE, N), "46(1)"),
            ("worker_resigned", (NONE, NONE, NONE, NONE), "46(1)"),
            ("term_expired", (N, NONE, NONE, N), "46(5)"),
            ("term_expired_worker_declined_equal_terms", (NONE, NONE, NONE, NONE), "46(5)"),
            ("employer_closed", (N, NONE, NONE, N), "46(6)"),
            ("task_completed", (N, NONE, NONE, N), "22"),
            ("worker_fault", (NONE, NONE, NONE, NONE), "39"),
        ],
    )
    def test_items(self, reason: str, expected: tuple[str, ...], article: str) -> None:
        # no notice and a last month's wage: only article 40 makes something of them
        found = ask(end_reason=reason, notice_given=False, last_month_wage="7000.00")
        assert items(found) == expected
        assert (found["years"], found["base"], found["capped"]) == (5, "6000.00", False)
        assert found["basis"][0]["article"] == article
        assert found["explanation"]["zh"].startswith(ENDINGS[reason].why.zh)

    @pytest.mark.parametrize(
        ("notice_given", "expected"),
        [(False, (N, NONE, "7000.00", "37000.00")), (True, (N, NONE, NONE, N))],
    )
    def test_notice_pay_is_the_wage_of_the_month_before(
        self, notice_given: bool, expected: tuple[str, ...]
    ) -> None:
        found = ask(end_reason="employer_no_fault", notice_given=notice_given, last_month_wage="7000.00")
        assert items(found) == expected
        assert any(one["article"] == "20" for one in found["basis"]) is not notice_given

    def test_part_time_ends_without_anything(self) -> None:
        found = ask(end_reason="employer_no_fault", part_time=True, average_wage=None)
        assert items(found) == (NONE, NONE, NONE, NONE)
        assert found["base"] is None
        assert [one["article"] for one in found["basis"]] == ["71"]
        assert "warnings" not in found

    def test_where_nothing_is_due_no_wage_is_asked_for(self) -> None:
        found = ask(end_reason="worker_resigned", average_wage=None)
        assert (found["amount"], found["base"], found["capped"]) == (NONE, None, False)


class TestYears:
    """劳动合同法 47(1); first and last day both worked."""

    @pytest.mark.parametrize(
        ("started_on", "ended_on", "years"),
        [
            ("2025-01-01", "2025-01-01", 0.5),  # a day
            ("2025-01-01", "2025-06-29", 0.5),
            ("2025-01-01", "2025-06-30", 1),  # six months
            ("2025-01-01", "2025-12-31", 1),
            ("2025-01-01", "2026-01-01", 1.5),  # a year and a day
            ("2025-01-15", "2025-07-13", 0.5),
            ("2025-01-15", "2025-07-14", 1),
            ("2020-03-01", "2024-09-30", 5),  # four years and seven months
            ("2020-03-01", "2024-07-31", 4.5),  # four years and five months
            ("2020-03-01", "2024-08-31", 5),  # four years and six months
            ("2020-03-01", "2024-02-29", 4),
            ("2008-01-01", "2025-12-31", 18),  # no limit of twelve without the cap
        ],
    )
    def test_years(self, started_on: str, ended_on: str, years: float) -> None:
        found = ask(started_on=started_on, ended_on=ended_on)
        assert found["years"] == years
        assert found["amount"] == f"{6000 * years:.2f}"

    @pytest.mark.parametrize(
        ("started_on", "ended_on", "by_day_before", "by_month_end"),
        [
            # February has no 31st: six months are full on the 27th, or only on the 28th
            ("2024-08-31", "2025-02-27", 1, 0.5),
            # a year after 29 February is full on the 27th (then the 28th begins another), or on the 28th
            ("2024-02-29", "2025-02-28", 1.5, 1),
        ],
    )
    def test_a_first_day_from_the_29th_on_is_divided(
        self, started_on: str, ended_on: str, by_day_before: float, by_month_end: float
    ) -> None:
        found = ask(started_on=started_on, ended_on=ended_on)
        assert "amount" not in found
        assert [(one["id"], one["years"], one["compensation"]) for one in found["readings"]] == [
            ("day_before", by_day_before, f"{6000 * by_day_before:.2f}"),
            ("month_end", by_month_end, f"{6000 * by_month_end:.2f}"),
        ]
        assert found["base"] == "6000.00"
        assert found["readings"][0]["steps"]
        assert "29日至31日" in found["explanation"]["zh"]

    @pytest.mark.parametrize("ended_on", ["2025-02-26", "2025-02-28"])
    def test_the_same_first_day_is_not_divided_on_other_days(self, ended_on: str) -> None:
        assert "amount" in ask(started_on="2024-08-31", ended_on=ended_on)

    def test_years_before_2008_follow_the_earlier_rules(self) -> None:
        # 劳动合同法 97(3): 2008 to 2010 are three years
        found = ask(started_on="2000-01-01", ended_on="2010-12-31")
        assert (found["years"], found["amount"]) == (3, "18000.00")
        assert found["warnings"] == [{"code": "earlier_years_follow_earlier_rules", "path": "/started_on"}]
        assert found["basis"][-1]["article"] == "97(3)"

    def test_2n_counts_from_the_first_day_of_work(self) -> None:
        # 实施条例 25: eleven years, twice
        found = ask(started_on="2000-01-01", ended_on="2010-12-31", end_reason="employer_unlawful")
        assert (found["years"], found["amount"]) == (11, "132000.00")
        assert "warnings" not in found


class TestBase:
    """劳动合同法 47(2), 实施条例 27."""

    def test_the_average_of_twelve_months_with_the_bonus(self) -> None:
        # (6 × 5,000 + 6 × 7,000 + 12,000) ÷ 12 = 7,000
        found = ask(average_wage=None, wages=["5000.00"] * 6 + ["7000.00"] * 6, bonus="12000.00")
        assert (found["base"], found["amount"]) == ("7000.00", "35000.00")
        assert "年终奖" in found["explanation"]["zh"]
        assert found["basis"][-1]["instrument"] == "北京劳动争议解答"

    def test_the_average_is_not_rounded_before_it_is_multiplied(self) -> None:
        # (11 × 5,000 + 5,000.10) ÷ 12 = 5,000.00833…; × 5 = 25,000.0416…
        found = ask(average_wage=None, wages=["5000.00"] * 11 + ["5000.10"])
        assert (found["base"], found["amount"]) == ("5000.01", "25000.04")

    def test_less_than_twelve_months_are_averaged_as_they_are(self) -> None:
        # (5,000 + 6,000 + 7,000) ÷ 3 and 1,200 ÷ 12; half a month
        found = ask(
            started_on="2024-01-01",
            ended_on="2024-03-31",
            average_wage=None,
            wages=["5000.00", "6000.00", "7000.00"],
            bonus="1200.00",
        )
        assert (found["base"], found["years"], found["amount"]) == ("6100.00", 0.5, "3050.00")

    def test_an_average_under_the_minimum_is_lifted(self) -> None:
        found = ask(average_wage="1500.00")
        assert (found["base"], found["amount"]) == ("2000.00", "10000.00")
        assert "最低工资" in found["explanation"]["zh"]
        assert ask(average_wage="2000.00")["explanation"]["zh"].count("最低工资") == 0

    @pytest.mark.parametrize(
        ("wage", "years", "base", "capped", "amount"),
        [
            # three times the average exactly: no cap, 15.5 × 27,000
            ("27000.00", 15.5, "27000.00", False, "418500.00"),
            # a fen more: three times, twelve years: 12 × 27,000
            ("27000.01", 12, "27000.00", True, "324000.00"),
        ],
    )
    def test_only_above_three_times_the_average_is_capped(
        self, wage: str, years: float, base: str, capped: bool, amount: str
    ) -> None:
        found = ask(started_on="2009-01-01", ended_on="2024-03-31", average_wage=wage)
        assert (found["years"], found["base"], found["capped"], found["amount"]) == (
            years,
            base,
            capped,
            amount,
        )
        assert any(one["article"] == "47(2)" for one in found["basis"]) is capped

    def test_a_cap_with_fewer_than_twelve_years(self) -> None:
        found = ask(average_wage="40000.00")
        assert (found["years"], found["amount"]) == (5, "135000.00")

    def test_2n_is_twice_the_capped_sum(self) -> None:
        found = ask(average_wage="40000.00", end_reason="employer_unlawful")
        assert found["amount"] == "270000.00"

    def test_a_yearly_local_average_is_not_rounded(self) -> None:
        # 188,413 ÷ 12 × 3 = 47,103.25 exactly; ÷ 12 first rounded would give 47,103.24
        annual = {"annual": "188413.00"}
        at_the_line = ask(average_wage="47103.25", local_average_wage=annual)
        above = ask(average_wage="47103.26", local_average_wage=annual)
        assert (at_the_line["capped"], above["capped"], above["base"]) == (False, True, "47103.25")

    def test_what_was_not_checked_is_said(self) -> None:
        found = ask(local_average_wage=None, minimum_wage=None)
        assert found["amount"] == N
        assert [one["code"] for one in found["warnings"]] == ["cap_not_checked", "floor_not_checked"]
        assert "三倍" in found["explanation"]["zh"]


class TestClaimed:
    @pytest.mark.parametrize(
        ("reason", "claimed", "expected", "missed"),
        [
            ("employer_unlawful", ["compensation"], (NONE, NONE, NONE, NONE), ["unlawful_termination"]),
            ("employer_unlawful", ["compensation", "unlawful_termination"], (NONE, TWO_N, NONE, TWO_N), []),
            ("employer_no_fault", ["notice_pay"], (NONE, NONE, "7000.00", "7000.00"), ["compensation"]),
            ("employer_no_fault", ["compensation"], (N, NONE, NONE, N), ["notice_pay"]),
            ("layoff", ["compensation", "notice_pay"], (N, NONE, NONE, N), []),
            ("worker_resigned", ["compensation"], (NONE, NONE, NONE, NONE), []),
        ],
    )
    def test_what_is_claimed(
        self, reason: str, claimed: list[str], expected: tuple[str, ...], missed: list[str]
    ) -> None:
        found = ask(end_reason=reason, claimed=claimed, notice_given=False, last_month_wage="7000.00")
        assert items(found) == expected
        warned = [one["item"] for one in found.get("warnings", []) if one["code"] == "due_but_not_claimed"]
        assert warned == missed

    def test_what_is_not_claimed_is_not_asked_for(self) -> None:
        assert ask(end_reason="employer_no_fault", claimed=["compensation"])["amount"] == N
        only_notice = ask(
            end_reason="employer_no_fault",
            claimed=["notice_pay"],
            average_wage=None,
            notice_given=False,
            last_month_wage="7000.00",
        )
        assert (only_notice["amount"], only_notice["base"]) == ("7000.00", None)


class TestNeeds:
    @pytest.mark.parametrize(("months", "missing"), [(1, True), (2, False), (3, False)])
    def test_full_months_of_service_want_as_many_wages(self, months: int, missing: bool) -> None:
        # 15 January to 31 March: two full months, three calendar months
        found = ask(
            started_on="2024-01-15",
            ended_on="2024-03-31",
            average_wage=None,
            wages=["5000.00"] * months,
        )
        assert ("needs" in found) is missing

    @pytest.mark.parametrize(
        ("given_", "paths"),
        [
            ({"average_wage": None}, ["/average_wage"]),
            # four years of work and only ten months of wages
            ({"average_wage": None, "wages": ["5000.00"] * 10}, ["/wages"]),
            ({"end_reason": "employer_no_fault"}, ["/notice_given", "/last_month_wage"]),
            ({"end_reason": "employer_no_fault", "notice_given": False}, ["/last_month_wage"]),
            ({"end_reason": "employer_no_fault", "last_month_wage": "1.00"}, ["/notice_given"]),
            (
                {"end_reason": "employer_no_fault", "notice_given": False, "average_wage": None},
                ["/average_wage", "/last_month_wage"],
            ),
            (
                {
                    "end_reason": "employer_no_fault",
                    "notice_given": False,
                    "average_wage": None,
                    "wages": ["5000.00"] * 11 + ["5000.01"],
                },
                ["/last_month_wage"],
            ),
        ],
    )
    def test_what_is_missing(self, given_: dict[str, Any], paths: list[str]) -> None:
        found = ask(**given_)
        assert [need["path"] for need in found["needs"]] == paths
        assert "amount" not in found

    def test_equal_months_tell_the_last_one(self) -> None:
        found = ask(
            end_reason="employer_no_fault",
            notice_given=False,
            average_wage=None,
            wages=["5000.00"] * 12,
        )
        assert items(found) == ("25000.00", NONE, "5000.00", "30000.00")
