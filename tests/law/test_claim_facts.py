"""Facts of a claim: given once, laid under every topic, checked all at once, and asked for where they are missing."""

from __future__ import annotations

import time
from typing import Any

import pytest

from nuanxin.law import answer
from nuanxin.law.topics import TOPICS
from nuanxin.law.topics.claim.evidence import KINDS
from nuanxin.law.topics.claim.items import KIND_OF
from nuanxin.law.topics.claim.question import DERIVED, FILLS
from nuanxin.law.topics.single import SINGLE
from tests.law.claim_questions import IOU, OVERTIME, WORKER, claim, faults, item, needs


def test_every_other_topic_is_a_key_of_the_claim() -> None:
    assert TOPICS.keys() - TOPICS["claim"].shape.checks.keys() == {"claim"}


def test_facts_are_laid_only_under_keys_that_a_topic_has() -> None:
    for table in (FILLS, DERIVED):
        for topic, keys in table.items():
            assert set(keys) <= TOPICS[topic].shape.checks.keys()
    shared = TOPICS["claim"].shape.checks
    assert {fact for fills in FILLS.values() for fact in fills.values()} <= shared.keys()
    assert KIND_OF.keys() <= SINGLE.keys()


class TestSharedFacts:
    def test_stand_in_for_what_a_topic_does_not_say(self) -> None:
        asked = {"end_reason": "worker_for_employer_breach", "average_wage": "6000.00"}
        found = item(claim(severance=asked), "severance")
        own = answer("severance", {**asked, "started_on": "2025-03-01", "ended_on": "2026-02-10"})
        assert found["amount"] == own["compensation"] == "6000.00"  # 11 months and 10 days: one month's wage
        assert found["detail"]["years"] == 1

    def test_give_way_to_the_topics_own(self) -> None:
        asked = {
            "end_reason": "worker_for_employer_breach",
            "average_wage": "6000.00",
            "started_on": "2023-03-01",
        }
        assert item(claim(severance=asked), "severance")["amount"] == "18000.00"  # 2 years 11 months: three

    @pytest.mark.parametrize(
        "facts", [{"monthly_wage": "6000.00"}, {"pay": {"basis": "month", "amount": "6000.00"}}]
    )
    def test_a_monthly_wage_is_the_base_of_overtime(self, facts: Any) -> None:
        found = claim(overtime={"hours": {"workday": 20}}, **facts)
        assert item(found, "overtime")["amount"] == "1034.48"

    def test_the_days_of_the_employment_are_those_of_the_year_of_leaving(self) -> None:
        asked = {"month_wage": "6000.00", "entitled_days": 10, "continuous_12_months": True}
        # 1 March to 31 August 2025: 184 ÷ 365 × 10, so five days
        found = claim(ended_on="2025-08-31", annual_leave=asked)
        assert item(found, "annual_leave")["detail"] == {"days": 5}
        # 1 January to 10 February 2026: 41 ÷ 365 × 10
        assert item(claim(annual_leave=asked), "annual_leave")["detail"] == {"days": 1}

    def test_what_shared_pay_lacks_is_asked_for_there(self) -> None:
        assert "/pay/amount" in needs(claim(pay={"basis": "day"}, arrears={"days": 20}))
        assert "/arrears/pay/amount" in needs(claim(arrears={"pay": {"basis": "day"}, "days": 20}))

    def test_day_pay_is_no_base_of_overtime(self) -> None:
        found = claim(overtime={"hours": {"workday": 20}}, pay={"basis": "day", "amount": "300.00"})
        assert needs(found) == ["/monthly_wage"]

    def test_pay_is_read_by_arrears(self) -> None:
        found = claim(pay={"basis": "day", "amount": "300.00"}, arrears={"days": 20})
        assert item(found, "wages")["amount"] == "6000.00"

    def test_the_minimum_wage_lifts_the_base_of_overtime(self) -> None:
        # 2,610 ÷ 21.75 ÷ 8 = 15 an hour
        found = claim(overtime={"month_base": "1000.00", "hours": {"workday": 2}}, minimum_wage="2610.00")
        assert item(found, "overtime")["amount"] == "45.00"

    def test_the_order_of_keys_changes_nothing(self) -> None:
        asked = {**WORKER, "overtime": OVERTIME, "arrears": IOU, "due_on": "2026-01-31"}
        assert answer("claim", asked) == answer("claim", dict(reversed(asked.items())))


class TestMinimumWage:
    """A fact as money, or the topic of that name, which says it too."""

    def test_that_the_topic_tells_serves_all(self) -> None:
        # 2,610 ÷ 21.75 ÷ 8 = 15 an hour; the line is 12 × 2,610
        asked = {"paid": "2000.00", "minimum": "2610.00"}
        found = claim(minimum_wage=asked, overtime={"month_base": "1000.00", "hours": {"workday": 2}})
        assert item(found, "minimum_wage")["amount"] == "610.00"
        assert item(found, "overtime")["amount"] == "45.00"
        assert item(found, "overtime")["final_award"]["line"] == "31320.00"

    def test_that_nobody_tells_is_asked_for_where_it_can_be_given(self) -> None:
        found = claim(
            place="540100", ended_on="2014-01-31", as_of="2014-03-01", started_on=None, overtime=OVERTIME
        )
        assert needs(found) == ["/minimum_wage"]
        topic = {"paid": "2000.00", "month": "2014-01"}
        found = claim(
            place="540100",
            ended_on="2014-01-31",
            as_of="2014-03-01",
            started_on=None,
            minimum_wage=topic,
            overtime=OVERTIME,
        )
        assert "/minimum_wage/minimum" in needs(found)
        assert "/minimum_wage" not in needs(found)

    @pytest.mark.parametrize("asked", ["12", 5, [], {"minimum": "12"}])
    def test_that_is_no_money_is_told_once(self, asked: Any) -> None:
        assert len(claim(minimum_wage=asked, overtime=OVERTIME, severance={})["errors"]) == 1


class TestFaults:
    def test_are_all_told_at_once_with_pointers_into_the_whole(self) -> None:
        found = faults(
            place="990000",
            started_on="2026-13-01",
            overtime={"month_base": 5, "hours": {"workday": -1, "night": 2}},
            severance={"end_reason": "fired"},
            colour="red",
            evidence=["rumour"],
        )
        assert found == {
            "/place": "unknown_place",
            "/started_on": "invalid_date",
            "/overtime/month_base": "invalid_money",
            "/overtime/hours/workday": "out_of_range",
            "/overtime/hours/night": "unknown_key",
            "/severance/end_reason": "invalid_choice",
            "/colour": "unknown_key",
            "/evidence/0": "invalid_choice",
        }

    def test_of_a_shared_fact_are_told_once_and_where_it_stands(self) -> None:
        ends = {"end_reason": "layoff"}
        found = claim(started_on="2026-03-01", severance=ends, double_wage={"monthly_wage": "1.00"})
        assert [(one["path"], one["code"]) for one in found["errors"]] == [
            ("/ended_on", "dates_out_of_order")
        ]

    def test_of_shared_pay_are_told_once(self) -> None:
        found = claim(pay={"basis": "week"}, arrears={}, overtime={"hours": {}})
        assert [one["path"] for one in found["errors"]] == ["/pay/basis"]

    def test_that_only_one_topic_sees_in_a_shared_fact_stand_at_that_fact(self) -> None:
        # severance counts from 2008 on
        found = faults(started_on="2006-01-01", ended_on="2007-12-31", severance={"end_reason": "layoff"})
        assert found == {"/ended_on": "out_of_range"}

    def test_between_a_topics_own_values_stand_under_the_topic(self) -> None:
        asked = {"end_reason": "layoff", "average_wage": "1.00", "wages": ["1.00"]}
        assert faults(severance=asked) == {"/severance/wages": "conflict"}

    @pytest.mark.parametrize("topic", sorted(SINGLE))
    @pytest.mark.parametrize("asked", [None, [], "x", 5])
    def test_a_topic_is_an_object(self, topic: str, asked: Any) -> None:
        assert answer("claim", {**WORKER, topic: asked})["errors"][0]["path"].startswith(f"/{topic}")

    def test_nobody_is_employed_after_the_end(self) -> None:
        assert faults(still_employed=True, overtime=OVERTIME) == {"/still_employed": "conflict"}
        assert faults(still_employed=True, limitation={}) == {"/still_employed": "conflict"}

    def test_the_unpublished_year_of_one_topic_is_told_with_its_pointer(self) -> None:
        found = faults(payday={"agreed": "2031-05-01"}, overtime={**OVERTIME, "dates": ["2031-05-01"]})
        assert found == {"/payday/agreed": "calendar_missing", "/overtime/dates": "calendar_missing"}

    def test_a_hundred_thousand_faults_are_told_in_a_moment(self) -> None:
        noise = {f"k{number}": 1 for number in range(100_000)}
        began = time.process_time()
        found = claim(pay={"basis": "month", **noise}, arrears=noise)
        assert len(found["errors"]) == 200_000
        assert time.process_time() - began < 10


class TestNeeds:
    def test_a_fact_missing_in_one_topic_does_not_spoil_the_others(self) -> None:
        found = claim(overtime=OVERTIME, severance={"end_reason": "layoff"})
        assert [one["kind"] for one in found["items"]] == ["overtime"]
        assert found["total"] == "1034.48"
        assert "/severance/average_wage" in needs(found)

    def test_a_needed_key_is_asked_for_and_no_fault(self) -> None:
        assert "/severance/end_reason" in needs(claim(severance={}))
        assert needs(claim(group={"forum": "court"})) == ["/workers"]

    def test_a_fact_that_several_topics_lack_is_asked_for_once(self) -> None:
        found = claim(ended_on=None, severance={"end_reason": "layoff"}, double_wage={"monthly_wage": "1.00"})
        assert needs(found).count("/ended_on") == 1
        assert all(entry["why"].keys() == {"zh", "en"} for entry in found["needs"])

    def test_without_any_topic_it_asks_what_is_claimed(self) -> None:
        found = claim()
        assert (found["items"], found["total"], needs(found)) == ([], "0.00", [""])

    def test_the_relation_is_asked_for(self) -> None:
        assert "/relation" in needs(claim(relation=None, overtime=OVERTIME))
        assert "/relation" not in needs(claim(relation="unknown", overtime=OVERTIME))


class TestDerivedFacts:
    PARTIES = [{"id": "boss", "role": "employer", "kind": "licensed_unit"}]

    def test_what_follows_from_the_items_need_not_be_given(self) -> None:
        found = claim(
            pay={"basis": "day", "amount": "300.00"},
            arrears={"days": 20},
            parties=self.PARTIES,
            liability={},
            fees={"kind": "labour_suit"},
            final_award={},
            extra_compensation={"order": {"number": "1", "complied": False}},
            aid={"applicant": {"migrant_worker": True, "status_document": True}},
            received_on="2026-03-10",
            limitation={"knew_on": "2026-03-01"},
        )
        assert needs(found) == []
        assert found["answers"]["liability"]["explanation"]["zh"].startswith("欠薪6000.00元，先找boss")
        assert found["answers"]["fees"]["amount"] == "10.00"
        assert found["answers"]["final_award"]["items"] == [{"id": "wages", "final": True}]
        assert found["answers"]["aid"]["in_scope"] == ["wages", "extra_compensation"]
        # half of 6,000 to all of it, which inspection decides
        assert [one["amount"] for one in item(found, "extra_compensation")["readings"]] == [
            "3000.00",
            "6000.00",
        ]

    def test_the_topics_own_value_wins(self) -> None:
        found = claim(overtime=OVERTIME, fees={"kind": "property_suit", "amount": "20000.00"})
        assert found["answers"]["fees"]["amount"] == "300.00"  # 50 + 2.5 % of 10,000

    @pytest.mark.parametrize("topic", ["liability", "extra_compensation", "interest"])
    def test_without_a_sum_of_arrears_it_is_asked_for(self, topic: str) -> None:
        asked = {
            "liability": {"period": {"from": "2026-01-01", "to": "2026-02-10"}},
            "extra_compensation": {"order": None},
            "interest": {"kind": "late_payment", "days": 10, "rate": "0.03"},
        }
        key = {"liability": "arrears", "extra_compensation": "due", "interest": "principal"}[topic]
        assert f"/{topic}/{key}" in needs(claim(parties=self.PARTIES, **{topic: asked[topic]}))

    def test_the_work_tells_which_law_applies(self) -> None:
        parties = {"parties": self.PARTIES, "liability": {"arrears": "100.00"}}
        early = claim(started_on="2019-01-01", ended_on="2019-12-31", **parties)
        assert "2020年5月1日以前" in early["answers"]["liability"]["explanation"]["zh"]
        pay = {"basis": "month", "amount": "6000.00"}
        late = claim(
            started_on="2019-01-01", pay=pay, arrears={"from": "2026-01-01", "to": "2026-01-31"}, **parties
        )
        assert "2020年5月1日以前" not in late["answers"]["liability"]["explanation"]["zh"]
        assert "/liability/period" in needs(claim(started_on=None, **parties))

    def test_the_limitation_that_ends_first_may_bring_aid_first(self) -> None:
        # one year from 10 February 2025 ends on 10 February 2026: five days left on the 5th
        aid = {"applicant": {"migrant_worker": True, "status_document": True}}
        facts = {
            "as_of": "2026-02-05",
            "received_on": "2026-02-05",
            "started_on": None,
            "ended_on": "2025-02-10",
        }
        found = claim(overtime=OVERTIME, aid=aid, **facts)["answers"]["aid"]
        assert found["aid_first"] == {"allowed": True, "ground": "44(1)"}
        given = claim(overtime=OVERTIME, aid={**aid, "limitation_ends_on": "2026-12-31"}, **facts)
        assert given["answers"]["aid"]["aid_first"]["allowed"] is False

    def test_items_told_for_aid_stand(self) -> None:
        aid = {"applicant": {"migrant_worker": True, "status_document": True}, "items": ["work_injury"]}
        assert claim(aid=aid, received_on="2026-03-10")["answers"]["aid"]["in_scope"] == ["work_injury"]

    def test_nothing_to_derive_from_gives_no_answer(self) -> None:
        found = claim(final_award={}, aid={"applicant": {"migrant_worker": True, "status_document": True}})
        assert "answers" not in found

    def test_a_limitation_of_its_own_is_answered_as_asked(self) -> None:
        found = claim(limitation={"claim": "iou", "due_on": "2025-05-01"})
        assert found["answers"]["limitation"]["strict"] == "2028-05-01"
        assert "answers" not in claim(limitation={})


def test_every_kind_of_evidence_has_a_name() -> None:
    assert all(name.zh and name.en for name in KINDS.values())
