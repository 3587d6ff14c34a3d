"""Items and totals: what each head gives, and what the relation does to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.law.claim_questions import IOU, OVERTIME, claim, item, needs

SEVERANCE = {"end_reason": "worker_for_employer_breach", "average_wage": "6000.00"}
LEFT_TO_THEM = {"zh", "en"}


class TestHeads:
    def test_each_carries_what_the_contract_lists(self) -> None:
        (found,) = claim(overtime=OVERTIME)["items"]
        assert {
            "kind",
            "amount",
            "limitation",
            "final_award",
            "waiver",
            "basis",
            "explanation",
        } <= found.keys()
        assert "readings" not in found
        assert found["explanation"].keys() == LEFT_TO_THEM
        assert found["detail"] == {"workday": "1034.48", "rest_day": "0.00", "holiday": "0.00"}
        assert found["steps"]

    @pytest.mark.parametrize(
        ("topic", "asked", "kind", "waiver"),
        [
            ("arrears", {"pay": {"basis": "day", "amount": "300.00"}, "days": 20}, "wages", True),
            ("overtime", OVERTIME, "overtime", True),
            ("minimum_wage", {"paid": "2000.00", "minimum": "2540.00"}, "minimum_wage", True),
            (
                "deduction",
                {"wage": "3000.00", "minimum": "2540.00", "deducted": "1000.00"},
                "deduction",
                False,
            ),
            ("double_wage", {"monthly_wage": "6000.00"}, "double_wage", False),
            ("severance", SEVERANCE, "severance", False),
            (
                "annual_leave",
                {"month_wage": "6000.00", "entitled_days": 5, "continuous_12_months": True},
                "annual_leave",
                False,
            ),
            (
                "injury",
                {"grade": 10, "month_wage": "6000.00", "local_average_wage": "7000.00"},
                "work_injury",
                True,
            ),
            ("extra_compensation", {"due": "100.00", "order": None}, "extra_compensation", False),
            (
                "interest",
                {"principal": "100.00", "kind": "enforcement_default", "days": 10},
                "interest",
                False,
            ),
        ],
    )
    def test_gives_its_kind_and_says_whether_the_means_check_is_waived(
        self, topic: str, asked: dict[str, Any], kind: str, waiver: bool
    ) -> None:
        """援法 42(3): pay and work injury only."""
        found = item(claim(**{topic: asked}), kind)
        assert found["waiver"] is waiver

    def test_the_end_of_an_employment_gives_each_part_that_is_due(self) -> None:
        # 实施条例 20: last month's wage in place of notice; 劳合法 47: half a year and more is one month
        asked = {
            "end_reason": "employer_no_fault",
            "average_wage": "6000.00",
            "notice_given": False,
            "last_month_wage": "6500.00",
        }
        found = claim(severance=asked)
        assert [(one["kind"], one["amount"]) for one in found["items"]] == [
            ("severance", "6000.00"),
            ("notice_pay", "6500.00"),
        ]
        assert found["total"] == "12500.00"

    def test_an_unlawful_ending_gives_twice_the_severance_and_no_severance(self) -> None:
        found = claim(severance={**SEVERANCE, "end_reason": "employer_unlawful"})
        assert [(one["kind"], one["amount"]) for one in found["items"]] == [
            ("unlawful_termination", "12000.00")
        ]

    def test_where_nothing_is_due_one_item_says_so(self) -> None:
        found = claim(severance={"end_reason": "worker_resigned"})
        assert (item(found, "severance")["amount"], found["total"]) == ("0.00", "0.00")
        assert item(found, "severance")["limitation"] is None

    def test_years_that_are_counted_in_two_ways_stay_out_of_the_total(self) -> None:
        # 31 August to 28 February: half a year by the month's end, less by the corresponding day (facts 8, no. 7)
        found = claim(
            started_on="2025-08-31",
            ended_on="2026-02-27",
            severance={**SEVERANCE, "end_reason": "employer_unlawful"},
            overtime=OVERTIME,
        )
        contested = item(found, "unlawful_termination")
        assert "amount" not in contested
        assert {one["amount"] for one in contested["readings"]} == {"6000.00", "12000.00"}
        assert found["total"] == "1034.48"
        assert "没有算进合计" in found["explanation"]["zh"]

    def test_adding_an_item_changes_no_other(self) -> None:
        alone = claim(arrears=IOU, due_on="2026-01-31")
        both = claim(arrears=IOU, due_on="2026-01-31", overtime=OVERTIME, severance=SEVERANCE)
        assert item(both, "wages") == item(alone, "wages")


class TestRelation:
    def test_under_a_service_contract_only_pay_is_due(self) -> None:
        found = claim(
            relation="service", overtime=OVERTIME, severance=SEVERANCE, arrears=IOU, due_on="2026-01-31"
        )
        assert {one["kind"]: one["amount"] for one in found["items"]} == {
            "wages": "8000.00",
            "overtime": "0.00",
            "severance": "0.00",
        }
        overtime = item(found, "overtime")
        assert (overtime["limitation"], overtime["final_award"]) == (None, None)
        assert "只有劳动关系才有这一项" in overtime["explanation"]["zh"]
        assert "readings" not in overtime

    @pytest.mark.parametrize("relation", ["platform", "unknown", None])
    def test_where_it_is_open_what_turns_on_it_is_read_both_ways(self, relation: str | None) -> None:
        found = claim(relation=relation, overtime=OVERTIME, arrears=IOU, due_on="2026-01-31")
        readings = item(found, "overtime")["readings"]
        assert [(one["id"], one["amount"]) for one in readings] == [
            ("employment", "1034.48"),
            ("service", "0.00"),
        ]
        assert all(one["basis"] and one["explanation"] for one in readings)
        assert found["total"] == "8000.00"

    def test_readings_of_the_head_itself_stay_beside_the_one_of_no_employment(self) -> None:
        asked = {"monthly_wage": "6000.00"}
        sure = item(claim(double_wage=asked), "double_wage")["readings"]
        open_ = item(claim(relation="unknown", double_wage=asked), "double_wage")["readings"]
        assert open_[:-1] == sure
        assert open_[-1]["id"] == "service"

    def test_an_item_of_nothing_is_contested_by_nobody(self) -> None:
        found = claim(relation="unknown", severance={"end_reason": "worker_resigned"})
        assert item(found, "severance")["amount"] == "0.00"


class TestInterest:
    ASKED = {"principal": "10000.00", "kind": "late_payment", "days": 73, "rate": "0.0300", "year_basis": 365}

    def test_on_wages_of_an_employment_is_not_promised(self) -> None:
        """Facts 6: labour arbitration normally awards none."""
        found = claim(interest=self.ASKED)
        # 10,000 × 3 % × 73 ÷ 365 = 60
        assert [(one["id"], one["amount"]) for one in item(found, "interest")["readings"]] == [
            ("not_awarded", "0.00"),
            ("awarded", "60.00"),
        ]
        assert found["total"] == "0.00"

    @pytest.mark.parametrize("facts", [{"relation": "service"}, {"arrears": IOU}])
    def test_on_civil_debts_it_is_due(self, facts: Any) -> None:
        assert item(claim(interest=self.ASKED, due_on="2026-01-31", **facts), "interest")["amount"] == "60.00"

    def test_on_a_judgment_it_is_due(self) -> None:
        asked = {"principal": "10000.00", "kind": "enforcement_default", "days": 100}
        # 10,000 × 0.0175 % × 100 = 175
        assert item(claim(interest=asked), "interest")["amount"] == "175.00"

    def test_both_years_stay_as_readings(self) -> None:
        asked = {key: value for key, value in self.ASKED.items() if key != "year_basis"}
        readings = item(claim(relation="service", interest=asked, due_on="2026-01-31"), "interest")[
            "readings"
        ]
        assert [one["id"] for one in readings] == ["365", "360"]


class TestTotals:
    def test_add_up_what_has_one_amount(self) -> None:
        found = claim(overtime=OVERTIME, severance=SEVERANCE)
        assert found["total"] == "7034.48"
        assert found["explanation"]["zh"] == "能算出一个数的2项合计7034.48元。"

    def test_say_what_is_missing(self) -> None:
        found = claim(overtime=OVERTIME, severance={"end_reason": "layoff"})
        assert f"还缺{len(needs(found))}个事实" in found["explanation"]["zh"]

    def test_a_claim_for_no_money_says_so(self) -> None:
        found = claim(payday={"agreed": "2026-03-15"})
        assert found["explanation"]["en"] == "No sum of money is claimed."
        assert found["answers"]["payday"]["due_by"] == "2026-03-13"

    def test_what_a_time_limit_endangers_is_not_confirmed(self) -> None:
        # the year from 10 February 2026 ended on 10 February 2027; asked on 10 March 2026 it is still open
        assert claim(overtime=OVERTIME)["total_confirmed"] == "1034.48"
        late = claim(overtime=OVERTIME, ended_on="2025-03-01", started_on="2024-03-01")
        assert (late["total"], late["total_confirmed"]) == ("1034.48", "0.00")
        assert "其中0.00元没有过时效的风险" in late["explanation"]["zh"]
