"""Where to go with a claim, what runs there, what has to be proved and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.law.topics.claim.evidence import KINDS
from tests.law.claim_questions import IOU, OVERTIME, claim, route

DAY_PAY = {"pay": {"basis": "day", "amount": "300.00"}, "days": 20}
SEVERANCE = {"end_reason": "worker_for_employer_breach", "average_wage": "6000.00"}
LEAVE = {"month_wage": "6000.00", "entitled_days": 10, "continuous_12_months": True}
DUE = {"due_on": "2026-01-31"}
ROUTES = ["inspection", "mediation", "arbitration", "payment_order", "court", "criminal_report"]


def open_routes(**facts: Any) -> list[str]:
    return [one["route"] for one in claim(**facts)["routes"] if one["available"]]


def test_all_six_are_told_with_why_and_basis() -> None:
    found = claim(arrears=DAY_PAY)["routes"]
    assert [one["route"] for one in found] == ROUTES
    assert all(one["why"].keys() == {"zh", "en"} and one["basis"] for one in found)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"arrears": DAY_PAY}, ["inspection", "mediation", "arbitration"]),
        # 解释一 15: an IOU goes straight to court; 民诉法 225: and is good for a payment order
        (
            {"arrears": IOU, **DUE},
            ["inspection", "mediation", "arbitration", "payment_order", "court"],
        ),
        ({"arrears": DAY_PAY, "relation": "service", **DUE}, ["mediation", "court"]),
        ({"arrears": IOU, "relation": "service", **DUE}, ["mediation", "payment_order", "court"]),
        ({"arrears": DAY_PAY, "relation": "platform"}, ["inspection", "mediation", "arbitration"]),
        ({"arrears": DAY_PAY, "relation": "unknown"}, ["inspection", "mediation", "arbitration"]),
        # wages are claimed though nobody has said yet how they were reckoned, or only the application names them
        ({"arrears": {"pay": {"basis": "month"}}}, ["inspection", "mediation", "arbitration"]),
        (
            {
                "aid": {
                    "received_on": "2026-03-01",
                    "applicant": {"migrant_worker": True, "status_document": True},
                    "items": ["wages"],
                }
            },
            ["inspection", "mediation", "arbitration"],
        ),
        # inspection orders wages, the top-up and severance, not double wage (监察条例 26)
        ({"double_wage": {"monthly_wage": "6000.00"}}, ["mediation", "arbitration"]),
        ({"severance": SEVERANCE}, ["inspection", "mediation", "arbitration"]),
        # 监察条例 11: and looks after leave
        ({"annual_leave": LEAVE}, ["inspection", "mediation", "arbitration"]),
    ],
)
def test_which_are_open_turns_on_the_relation_and_on_an_iou(facts: Any, expected: list[str]) -> None:
    assert open_routes(**facts) == expected


class TestInspection:
    """监察条例 20, 21(2)."""

    def test_two_years_run_from_the_last_unpaid_work(self) -> None:
        found = route(claim(arrears=DAY_PAY), "inspection")
        assert found["clock"] == {
            "rule": "limitation.inspection_complaint",
            "from": "2026-02-10",
            "until": "2028-02-10",
            "rolled": None,
            "act_by": "2028-02-10",
        }
        assert "2028年2月10日" in found["why"]["zh"]

    def test_the_end_of_the_breach_may_be_told(self) -> None:
        found = claim(arrears=DAY_PAY, limitation={"breach_ended_on": "2026-03-01"})
        assert route(found, "inspection")["clock"]["until"] == "2028-03-01"

    def test_after_two_years_it_no_longer_takes_the_matter_up(self) -> None:
        found = claim(arrears=DAY_PAY, started_on=None, ended_on="2024-02-01")
        told = route(found, "inspection")
        assert (told["available"], told["clock"]["until"]) == (False, "2026-02-01")

    @pytest.mark.parametrize("facts", [{"ended_on": None}, {"ended_on": "2026-04-30"}])
    def test_while_the_work_goes_on_no_day_is_named(self, facts: Any) -> None:
        told = route(claim(arrears=DAY_PAY, still_employed=True, **facts), "inspection")
        assert (told["available"], told["clock"]) == (True, None)
        assert "两年" in told["why"]["zh"]

    def test_a_day_that_unpublished_holidays_leave_open_is_not_named(self) -> None:
        found = claim(arrears=DAY_PAY, as_of="2027-01-03", started_on=None, ended_on="2025-01-02")
        assert route(found, "inspection")["clock"] is None

    def test_beside_an_arbitration_it_does_not_act(self) -> None:
        assert not route(claim(arrears=DAY_PAY, filed_on="2026-03-02"), "inspection")["available"]

    def test_between_persons_it_does_not_act_but_under_a_licensed_unit_it_does(self) -> None:
        person = {"id": "leader", "role": "team_leader", "kind": "individual", "engaged_by": "builder"}
        builder = {"id": "builder", "role": "general_contractor", "kind": "licensed_unit"}
        facts: dict[str, Any] = {"relation": "service", "arrears": DAY_PAY, **DUE}
        assert "inspection" not in open_routes(parties=[person], **facts)
        assert "inspection" in open_routes(parties=[person, builder], **facts)
        assert "inspection" in open_routes(liability={"parties": [person, builder]}, **facts)


class TestArbitration:
    def test_the_limitation_that_ends_first_runs(self) -> None:
        found = claim(arrears=DAY_PAY, double_wage={"monthly_wage": "6000.00", "signed_on": "2025-08-01"})
        told = route(found, "arbitration")
        assert (told["clock"]["rule"], told["clock"]["until"]) == ("limitation.arbitration", "2026-07-31")

    def test_a_demand_starts_it_anew(self) -> None:
        found = claim(arrears=DAY_PAY, limitation={"events": [{"kind": "demand", "on": "2026-03-01"}]})
        assert route(found, "arbitration")["clock"]["from"] == "2026-03-01"

    def test_once_filed_five_working_days_run(self) -> None:
        # Monday 2 March 2026 is not counted: 3, 4, 5, 6, 9
        told = route(claim(arrears=DAY_PAY, filed_on="2026-03-02"), "arbitration")
        assert (told["clock"]["rule"], told["clock"]["until"]) == ("arbitration.accept", "2026-03-09")

    def test_filed_into_an_unpublished_year_no_day_is_named(self) -> None:
        told = route(claim(arrears=DAY_PAY, as_of="2026-12-30", filed_on="2026-12-29"), "arbitration")
        assert (told["available"], told["clock"]) == (True, None)

    def test_after_expiry_one_may_still_apply(self) -> None:
        """民法典 193: nobody raises it but the other side."""
        told = route(claim(arrears=DAY_PAY, started_on=None, ended_on="2025-01-31"), "arbitration")
        assert told["available"]
        assert "对方不提" in told["why"]["zh"]
        assert told["clock"]["until"] == "2026-01-31"

    def test_while_employed_nothing_runs(self) -> None:
        told = route(claim(arrears=DAY_PAY, ended_on=None, still_employed=True), "arbitration")
        assert (told["available"], told["clock"]) == (True, None)

    def test_an_open_relation_is_settled_in_it(self) -> None:
        assert "确认劳动关系" in route(claim(arrears=DAY_PAY, relation="unknown"), "arbitration")["why"]["zh"]


class TestCourt:
    def test_an_iou_runs_three_years(self) -> None:
        told = route(claim(arrears=IOU, **DUE), "court")
        assert (told["available"], told["clock"]["until"]) == (True, "2029-01-31")

    def test_other_claims_beside_an_iou_go_their_own_way(self) -> None:
        assert "另外去仲裁" in route(claim(arrears=IOU, overtime=OVERTIME, **DUE), "court")["why"]["zh"]

    def test_an_open_relation_shows_the_civil_clock_too(self) -> None:
        told = route(claim(relation="unknown", arrears=DAY_PAY, **DUE), "court")
        assert (told["available"], told["clock"]["until"]) == (False, "2029-01-31")
        assert "不予受理通知书" in told["why"]["zh"]


class TestCriminalReport:
    """刑法 276-1; Hunan: 6,000 for one worker, 40,000 for ten."""

    @pytest.mark.parametrize(
        ("amount", "ordered", "available", "says"),
        [
            ("6000.00", True, True, "可以向公安报案"),
            ("6000.00", False, False, "责令支付"),
            ("5999.99", True, False, "没有达到"),
        ],
    )
    def test_needs_the_line_and_an_order(
        self, amount: str, ordered: bool, available: bool, says: str
    ) -> None:
        crime = {"workers": [{"months": 3, "amount": amount}], "government_order": ordered}
        found = claim(place="430100", arrears=DAY_PAY, crime=crime)
        told = route(found, "criminal_report")
        assert told["available"] is available
        assert says in told["why"]["zh"]

    def test_an_unknown_line_is_asked_for(self) -> None:
        crime = {"workers": [{"months": 3, "amount": "9000.00"}], "government_order": True}
        found = claim(place="650100", minimum_wage="1900.00", arrears=DAY_PAY, crime=crime)
        assert not route(found, "criminal_report")["available"]
        assert "/place" in [entry["path"] for entry in found["needs"]]


class TestEvidence:
    def proofs(self, **facts: Any) -> dict[str, tuple[str, bool]]:
        return {one["need"]: (one["burden"], one["have"]) for one in claim(**facts)["evidence"]}

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            (
                {"arrears": DAY_PAY},
                {"labour_relationship": "worker", "wage_rate": "employer", "arrears": "employer"},
            ),
            ({"arrears": IOU, **DUE}, {"labour_relationship": "worker", "acknowledged_sum": "worker"}),
            (
                {"arrears": DAY_PAY, "relation": "service", **DUE},
                {"work_done": "worker", "wage_rate": "worker"},
            ),
            # 解释一 42: overtime is for the worker to prove
            (
                {"overtime": OVERTIME},
                {"labour_relationship": "worker", "wage_rate": "employer", "hours": "worker"},
            ),
            (
                {"double_wage": {"monthly_wage": "6000.00"}},
                {
                    "labour_relationship": "worker",
                    "wage_rate": "employer",
                    "written_contract": "employer",
                    "length_of_service": "employer",
                },
            ),
            # 解释一 44: a dismissal is for the employer to prove; one's own reason to leave is not
            (
                {"severance": {**SEVERANCE, "end_reason": "employer_unlawful"}},
                {
                    "labour_relationship": "worker",
                    "length_of_service": "employer",
                    "termination_reason": "employer",
                },
            ),
            (
                {"severance": SEVERANCE},
                {
                    "labour_relationship": "worker",
                    "length_of_service": "employer",
                    "termination_reason": "worker",
                },
            ),
            # 工伤保险条例 19(2)
            (
                {"injury": {"grade": 10, "month_wage": "6000.00", "local_average_wage": "7000.00"}},
                {
                    "labour_relationship": "worker",
                    "wage_rate": "employer",
                    "accident": "employer",
                    "disability_grade": "worker",
                },
            ),
            ({"overtime": OVERTIME, "relation": "service"}, {}),
        ],
    )
    def test_who_proves_what(self, facts: Any, expected: dict[str, str]) -> None:
        assert {need: burden for need, (burden, _) in self.proofs(**facts).items()} == expected

    def test_a_chain_and_an_order_are_proved_whatever_the_relation(self) -> None:
        parties = [{"id": "a", "role": "employer", "kind": "licensed_unit"}]
        crime = {"workers": [{"months": 3, "amount": "9000.00"}], "government_order": True}
        facts: dict[str, Any] = {"relation": "service", "liability": {"arrears": "1.00"}, "parties": parties}
        assert self.proofs(crime=crime, **facts).keys() == {"liable_parties", "government_order"}

    @pytest.mark.parametrize(
        ("has", "proved"),
        [
            ([], set()),
            (["attendance"], {"labour_relationship", "hours"}),
            (["contract"], {"labour_relationship", "wage_rate"}),
            (["iou"], set()),
        ],
    )
    def test_what_the_worker_has_proves_what_it_can(self, has: list[str], proved: set[str]) -> None:
        found = self.proofs(overtime=OVERTIME, evidence=has)
        assert {need for need, (_, have) in found.items() if have} == proved

    def test_each_names_what_can_stand_in(self) -> None:
        for one in claim(arrears=DAY_PAY, overtime=OVERTIME)["evidence"]:
            assert one["substitutes"]
            assert one["basis"]
            assert one["why"].keys() == {"zh", "en"}
            for substitute in one["substitutes"]:
                assert substitute == {"kind": substitute["kind"], **KINDS[substitute["kind"]].as_json()}
