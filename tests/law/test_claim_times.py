"""Each item under the right limitation, and on the right side of the line of a final award."""

from __future__ import annotations

from typing import Any

import pytest

from tests.law.claim_questions import IOU, OVERTIME, claim, item, needs

SEVERANCE = {"end_reason": "worker_for_employer_breach", "average_wage": "6000.00"}
GRADE = {"grade": 10, "month_wage": "6000.00", "local_average_wage": "7000.00"}
DAY_PAY = {"pay": {"basis": "day", "amount": "300.00"}, "days": 20}


def ends(found: dict[str, Any], kind: str) -> Any:
    return item(found, kind)["limitation"]["strict"]


class TestEmployment:
    def test_pay_ends_a_year_after_the_employment(self) -> None:
        """调仲法 27(4)."""
        found = claim(arrears=DAY_PAY, overtime=OVERTIME)
        assert ends(found, "wages") == ends(found, "overtime") == "2027-02-10"
        assert item(found, "wages")["limitation"]["status"] == "open"

    def test_and_does_not_run_while_it_lasts(self) -> None:
        found = claim(ended_on=None, still_employed=True, arrears=DAY_PAY)
        assert item(found, "wages")["limitation"]["status"] == "not_running"
        assert found["total_confirmed"] == "6000.00"

    def test_severance_counts_from_the_end(self) -> None:
        assert ends(claim(severance=SEVERANCE), "severance") == "2027-02-10"

    def test_double_wage_counts_from_the_last_day_it_is_for(self) -> None:
        # signed on 1 August 2025: double wage until 31 July 2025, so until 31 July 2026
        found = claim(double_wage={"monthly_wage": "6000.00", "signed_on": "2025-08-01"})
        assert item(found, "double_wage")["amount"] == "24000.00"  # April to July
        assert ends(found, "double_wage") == "2026-07-31"
        # Beijing counts back day by day: on 10 March 2026 nothing from 10 March 2025 on is lost
        assert found["total_confirmed"] == "24000.00"

    def test_double_wage_whose_first_days_are_lost_is_not_confirmed(self) -> None:
        asked = {"monthly_wage": "6000.00", "signed_on": "2025-08-01"}
        found = claim(as_of="2026-05-10", double_wage=asked)
        assert item(found, "double_wage")["limitation"]["status"] == "open"
        assert found["total_confirmed"] == "0.00"

    def test_annual_leave_counts_from_the_end_or_from_knowing(self) -> None:
        # in 2025 there were 306 days with this employer: 306 ÷ 365 × 5, so four days
        asked = {
            "month_wage": "6000.00",
            "entitled_days": 5,
            "continuous_12_months": True,
            "left_on": "2025-12-31",
        }
        assert item(claim(annual_leave=asked), "annual_leave")["detail"] == {"days": 4}
        assert ends(claim(annual_leave=asked), "annual_leave") == "2027-02-10"
        known = claim(annual_leave=asked, limitation={"knew_on": "2026-03-01"})
        assert ends(known, "annual_leave") == "2027-03-01"

    @pytest.mark.parametrize(
        ("topic", "asked", "kind"),
        [
            ("injury", GRADE, "work_injury"),
            (
                "extra_compensation",
                {"due": "1.00", "order": {"number": "1", "complied": False}},
                "extra_compensation",
            ),
        ],
    )
    def test_what_arises_with_a_decision_counts_from_knowing_it(
        self, topic: str, asked: Any, kind: str
    ) -> None:
        found = claim(**{topic: asked})
        assert item(found, kind)["limitation"] is None
        assert needs(found) == ["/limitation/knew_on"]
        known = claim(**{topic: asked}, limitation={"knew_on": "2026-03-01"})
        assert ends(known, kind) == "2027-03-01"

    def test_knowing_moves_nothing_that_counts_from_the_end(self) -> None:
        found = claim(severance=SEVERANCE, limitation={"knew_on": "2026-03-01"})
        assert ends(found, "severance") == "2027-02-10"

    def test_the_end_is_asked_for_once(self) -> None:
        found = claim(ended_on=None, arrears=DAY_PAY, overtime=OVERTIME)
        assert needs(found) == ["/ended_on"]
        assert item(found, "wages")["limitation"] is None
        assert found["total_confirmed"] == "0.00"


class TestEvents:
    DEMAND = {"kind": "demand", "on": "2026-03-01"}

    def test_start_every_item_anew(self) -> None:
        found = claim(arrears=DAY_PAY, severance=SEVERANCE, limitation={"events": [self.DEMAND]})
        assert ends(found, "wages") == ends(found, "severance") == "2027-03-01"

    def test_told_for_one_kind_they_start_only_that(self) -> None:
        told = {"claim": "wages", "events": [self.DEMAND]}
        found = claim(arrears=DAY_PAY, overtime=OVERTIME, severance=SEVERANCE, limitation=told)
        assert ends(found, "wages") == ends(found, "overtime") == "2027-03-01"
        assert ends(found, "severance") == "2027-02-10"

    def test_a_promise_after_expiry_makes_the_sum_safe_again(self) -> None:
        """民法典 192: who promises to pay what has run out can no longer plead it."""
        times: dict[str, Any] = {"as_of": "2026-03-10", "started_on": None, "ended_on": "2025-02-10"}
        promise = {"events": [{"kind": "promise", "on": "2026-03-01"}], "pleaded": "arbitration"}
        assert (
            claim(arrears=DAY_PAY, limitation={"pleaded": "arbitration"}, **times)["total_confirmed"]
            == "0.00"
        )
        found = claim(arrears=DAY_PAY, limitation=promise, **times)
        assert item(found, "wages")["limitation"]["pleadable"] is False
        assert found["total_confirmed"] == "6000.00"

    def test_what_was_filed_in_time_is_in_time(self) -> None:
        found = claim(as_of="2027-06-01", filed_on="2027-02-10", arrears=DAY_PAY)
        assert item(found, "wages")["limitation"]["in_time"] is True
        assert found["total_confirmed"] == "6000.00"


class TestCivil:
    def test_an_iou_has_three_years_from_its_due_day(self) -> None:
        """解释一 15, 民法典 188: whatever else is claimed beside it."""
        found = claim(arrears=IOU, due_on="2026-01-31", overtime=OVERTIME)
        assert ends(found, "wages") == "2029-01-31"
        assert ends(found, "overtime") == "2027-02-10"

    def test_an_undated_iou_asks_when_it_was_due(self) -> None:
        found = claim(arrears=IOU)
        assert needs(found) == ["/due_on"]
        assert found["total_confirmed"] == "0.00"
        # 诉讼时效规定 4: from the first demand
        asked = {"events": [{"kind": "demand", "on": "2026-03-01"}]}
        assert ends(claim(arrears=IOU, limitation=asked), "wages") == "2029-03-01"

    def test_service_pay_has_three_years(self) -> None:
        found = claim(relation="service", arrears=DAY_PAY, due_on="2026-02-28")
        assert ends(found, "wages") == "2029-02-28"

    def test_an_open_relation_gives_both_and_says_which_is_earlier(self) -> None:
        limitation = item(claim(relation="unknown", arrears=DAY_PAY, due_on="2026-02-28"), "wages")[
            "limitation"
        ]
        assert [(one["id"], one["date"]) for one in limitation["readings"]] == [
            ("employment", "2027-02-10"),
            ("service", "2029-02-28"),
        ]
        assert "按早的那个日子办" in limitation["explanation"]["zh"]

    def test_with_a_day_missing_for_one_of_them_the_other_still_warns(self) -> None:
        found = claim(relation="platform", arrears=DAY_PAY)
        readings = item(found, "wages")["limitation"]["readings"]
        assert [one.get("date") for one in readings] == ["2027-02-10", None]
        assert needs(found) == ["/due_on"]
        assert found["total_confirmed"] == "0.00"

    def test_both_open_confirm_the_sum(self) -> None:
        found = claim(relation="platform", arrears=DAY_PAY, due_on="2026-02-28")
        assert found["total_confirmed"] == "6000.00"
        # by 1 June 2027 the labour year is over, the civil three are not
        late = claim(as_of="2027-06-01", relation="platform", arrears=DAY_PAY, due_on="2026-02-28")
        assert late["total_confirmed"] == "0.00"


class TestUnpublishedYears:
    """A period that ended on a rest day of a year without published holidays: nobody knows, and nothing else suffers."""

    TIMES: dict[str, Any] = {"as_of": "2027-01-03", "ended_on": "2026-01-02", "started_on": "2025-10-01"}

    def test_leaves_the_limitation_open_and_warns(self) -> None:
        found = claim(arrears=DAY_PAY, **self.TIMES)
        assert item(found, "wages")["limitation"] is None
        assert found["warnings"] == [{"code": "calendar_missing", "year": 2027}]
        assert (found["total"], found["total_confirmed"]) == ("6000.00", "0.00")

    def test_with_an_open_relation_too(self) -> None:
        found = claim(relation="unknown", arrears=DAY_PAY, due_on="2026-01-02", **self.TIMES)
        assert item(found, "wages")["limitation"] is None
        assert [one["code"] for one in found["warnings"]] == ["calendar_missing"]


class TestFinalAward:
    """调仲法 47, 办案规则 50: item by item, up to twelve minimum wages; Beijing 2,540 × 12 = 30,480."""

    @pytest.mark.parametrize(("days", "final"), [(101, True), (102, False)])
    def test_the_line_is_drawn_through_each_item(self, days: int, final: bool) -> None:
        # 101 × 300 = 30,300; 102 × 300 = 30,600
        found = claim(arrears={**DAY_PAY, "days": days})
        assert item(found, "wages")["final_award"] == {"line": "30480.00", "final": final}
        assert {"47(1)", "50"} <= {entry["article"] for entry in found["basis"]}

    def test_the_minimum_wage_is_that_of_the_application(self) -> None:
        # 2,420 before September 2025: 29,040
        found = claim(filed_on="2025-08-01", as_of="2025-08-02", ended_on="2025-07-31", arrears=DAY_PAY)
        assert item(found, "wages")["final_award"]["line"] == "29040.00"
        own = claim(arrears=DAY_PAY, final_award={"applied_on": "2025-08-01"})
        assert item(own, "wages")["final_award"]["line"] == "29040.00"

    def test_a_minimum_wage_from_memory_says_so(self) -> None:
        found = claim(arrears=DAY_PAY, ended_on="2023-12-31", started_on=None, as_of="2024-02-01")
        (warning,) = found["warnings"]
        assert (warning["code"], warning["path"]) == ("figure_from_memory", "/minimum_wage")
        topic = {"paid": "2000.00", "month": "2023-12"}
        asked: Any = {
            "ended_on": "2023-12-31",
            "started_on": None,
            "as_of": "2024-02-01",
            "minimum_wage": topic,
        }
        assert claim(arrears=DAY_PAY, **asked)["warnings"][0]["path"] == "/minimum_wage/minimum"
        assert "warnings" not in claim(arrears=DAY_PAY)
        assert "warnings" not in claim(payday={"agreed": "2024-02-01"}, as_of="2024-02-01", ended_on=None)

    def test_a_given_minimum_wage_wins(self) -> None:
        assert item(claim(arrears=DAY_PAY, minimum_wage="400.00"), "wages")["final_award"]["final"] is False

    @pytest.mark.parametrize(("place", "path"), [("650100", "/minimum_wage"), (None, "/place")])
    def test_where_it_is_not_known_it_is_asked_for(self, place: str | None, path: str) -> None:
        found = claim(place=place, arrears=DAY_PAY)
        assert item(found, "wages")["final_award"] is None
        assert path in needs(found)

    def test_readings_on_both_sides_of_the_line_leave_it_open(self) -> None:
        due = {"due": "40000.00", "order": {"number": "1", "complied": False}}
        found = claim(extra_compensation=due, limitation={"knew_on": "2026-03-01"})
        assert item(found, "extra_compensation")["final_award"]["final"] is None

    def test_what_is_in_neither_list_is_not_final(self) -> None:
        asked = {"principal": "100.00", "kind": "late_payment", "days": 10, "rate": "0.03"}
        assert item(claim(interest=asked), "interest")["final_award"]["final"] is False

    def test_what_a_judgment_gave_knows_neither_award_nor_limitation(self) -> None:
        asked = {"principal": "10000.00", "kind": "enforcement_default", "days": 10}
        found = item(claim(ended_on=None, interest=asked), "interest")
        assert (found["limitation"], found["final_award"]) == (None, None)

    def test_a_service_contract_knows_no_award(self) -> None:
        found = claim(place=None, relation="service", arrears=DAY_PAY, due_on="2026-02-28")
        assert item(found, "wages")["final_award"] is None
        assert needs(found) == []
