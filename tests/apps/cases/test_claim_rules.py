"""From a case to the question of the law and back, by tables; no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from nuanxin.audit.payload import check
from nuanxin.cases.rules.claim import (
    FACTS,
    Frame,
    cautious,
    changes,
    coded,
    decoded,
    from_door,
    outline,
    place_of,
    question_of,
    told,
    total_of,
    worked_of,
)
from nuanxin.cases.rules.claim.question import TOPIC_OF
from nuanxin.cases.rules.states import ITEMS
from nuanxin.law import answer
from nuanxin.law.topics import TOPICS

TODAY = date(2026, 3, 10)


@dataclass
class Door:
    relation: str = "unknown"
    ended_on: date | None = None
    worked_from: str = ""
    worked_to: str = ""


@dataclass
class Row:
    seq: int
    role: str
    kind: str
    engaged_by: int | None = None


BOSS = {"id": "1", "role": "team_leader", "kind": "individual", "engaged_by": "2"}
FIRM = {"id": "2", "role": "general_contractor", "kind": "licensed_unit"}
# every fact there is, each with a value that the law takes
FULL: dict[str, Any] = {
    "relation": "employment", "started_on": "2025-03-01", "ended_on": "2026-02-10",
    "pay/basis": "month", "pay/amount": "6000.00", "arrears/from": "2025-12-01", "arrears/to": "2026-02-10",
    "arrears/days": 40, "arrears/hours": 320.5, "arrears/units": 7, "arrears/paid": ["1000.00", "13812345678.00"],
    "monthly_wage": "6000.00", "minimum_wage/paid": "1500.00", "minimum_wage/month": "2026-01",
    "local_minimum": "2540.00", "local_average_wage": "11000.00", "contract": "signed",
    "double_wage/signed_on": "2025-09-01", "double_wage/contract_expired_on": "2025-12-31",
    "double_wage/refused_by_worker": False, "severance/end_reason": "employer_unlawful",
    "severance/notice_given": False, "severance/average_wage": "6000.00", "severance/last_month_wage": "6000.00",
    "overtime/hours/workday": 20, "overtime/hours/rest_day": 8.5, "overtime/hours/holiday": 0,
    "overtime/paid": "100.00", "annual_leave/continuous_12_months": True, "annual_leave/entitled_days": 5,
    "annual_leave/used_days": 1, "annual_leave/declined_in_writing": False, "injury/grade": 9,
    "due_on": "2026-02-28", "limitation/knew_on": "2026-02-11",
    "limitation/events": [{"kind": "demand", "on": "2026-03-01"}],
    "limitation/obstacles": [{"from": "2026-01-01", "to": "2026-01-10"}],
    "parties": [BOSS, {**FIRM, "unpaid_to_next": "80000.00", "paid_in_full": False, "caused_arrears": True}],
    "liability/project/has_planning_permission": True, "crime/government_order": False, "crime/months": 2.5,
    "evidence": ["attendance", "iou"],
}  # fmt: skip


class TestFromTheDoor:
    @pytest.mark.parametrize(
        ("door", "expected"),
        [
            (Door(), {}),
            (Door(relation="service"), {"relation": "service"}),
            (Door(worked_from="2025-03-01"), {"started_on": "2025-03-01"}),
            (
                Door(worked_from="2025-03", worked_to="2025-06-30"),
                {},
            ),  # a month is no day, and working no leaving
            (Door(ended_on=date(2026, 2, 10)), {"ended_on": "2026-02-10"}),
        ],
    )
    def test_only_whole_days_and_known_words_are_facts(self, door: Door, expected: dict[str, Any]) -> None:
        assert from_door(door) == expected

    def test_parties_are_facts_when_both_role_and_kind_are_known(self) -> None:
        rows = [
            Row(1, "team_leader", "individual", 2), Row(2, "general_contractor", "licensed_unit"),
            Row(3, "owner", ""), Row(4, "", "individual"),
        ]  # fmt: skip
        assert from_door(Door(), rows) == {"parties": [BOSS, FIRM]}

    def test_a_filing_on_record_is_a_fact(self) -> None:
        assert from_door(Door(), filed_on=date(2026, 3, 1)) == {"filed_on": "2026-03-01"}


class TestQuestion:
    @pytest.mark.parametrize("item", ITEMS)
    def test_every_item_of_money_is_asked_about(self, item: str) -> None:
        asked = question_of({}, Frame(TODAY, [item]))
        topic = TOPIC_OF.get(item, "arrears")  # where no sum is claimed the wages are asked about
        assert set(asked) == {"as_of", topic}
        assert "errors" not in answer("claim", asked)

    def test_every_topic_named_is_one_of_the_law(self) -> None:
        assert set(TOPIC_OF.values()) <= set(TOPICS)

    @pytest.mark.parametrize(
        ("document", "frame", "expected"),
        [
            # nothing is known: wages are asked about; the relation that nobody knows stays open
            ({"relation": "unknown"}, Frame(TODAY), {"arrears": {}}),
            ({}, Frame(TODAY, [], "140581"), {"arrears": {}, "place": "140581"}),
            # a fact of a head that is not claimed asks about it beside the claim
            (
                {"overtime/hours/workday": 20, "relation": "employment"},
                Frame(TODAY, ["wages"]),
                {"arrears": {}, "overtime": {"hours": {"workday": 20}}, "relation": "employment"},
            ),
            # no written contract: double wage
            ({"contract": "none"}, Frame(TODAY, ["wages"]), {"arrears": {}, "double_wage": {}}),
            (
                {"contract": "signed", "double_wage/signed_on": "2025-09-01"},
                Frame(TODAY, ["wages"]),
                {"arrears": {}, "double_wage": {"signed_on": "2025-09-01"}},
            ),
            # the local minimum wage is a fact of its own, and part of the topic where that is asked
            ({"local_minimum": "2540.00"}, Frame(TODAY, ["wages"]), {"arrears": {}, "minimum_wage": "2540.00"}),
            (
                {"local_minimum": "2540.00", "minimum_wage/paid": "1500.00"},
                Frame(TODAY, ["minimum_wage"]),
                {"minimum_wage": {"minimum": "2540.00", "paid": "1500.00"}},
            ),
            # three ends of one head
            ({}, Frame(TODAY, ["severance", "unlawful_termination"]), {"severance": {}}),
            # demands without a limitation of their own kind hold for every item
            (
                {"limitation/events": [{"kind": "demand", "on": "2026-03-01"}]},
                Frame(TODAY, ["wages"]),
                {"arrears": {}, "limitation": {"events": [{"kind": "demand", "on": "2026-03-01"}]}},
            ),
            # planning permission without a party asks nobody
            ({"liability/project/has_planning_permission": True}, Frame(TODAY), {"arrears": {}}),
            # crime: one worker with a sum, in a place
            (
                {"crime/months": 3, "crime/government_order": True},
                Frame(TODAY, ["wages"], "140581", 1, 2_000_050),
                {
                    "arrears": {}, "place": "140581",
                    "crime": {"workers": [{"months": 3, "amount": "20000.50"}], "government_order": True},
                },
            ),
            ({"crime/months": 3, "crime/government_order": True}, Frame(TODAY, [], "140581", 8, 9), {"arrears": {}, "place": "140581"}),
        ],
    )  # fmt: skip
    def test_facts_go_to_their_places(
        self, document: dict[str, Any], frame: Frame, expected: dict[str, Any]
    ) -> None:
        assert question_of(document, frame) == {"as_of": "2026-03-10", **expected}

    def test_who_must_pay_is_asked_before_the_sum_is_known(self) -> None:
        period = (date(2025, 3, 1), date(2025, 6, 30))
        asked = question_of(
            {"parties": [BOSS, FIRM]}, Frame(TODAY, ["wages"], claimed=520_000), worked=period
        )
        assert asked["liability"] == {
            "arrears": "5200.00", "project": {}, "period": {"from": "2025-03-01", "to": "2025-06-30"},
        }  # fmt: skip
        found = answer("claim", asked)["answers"]["liability"]
        assert found["respondents"][0]["id"] == "2"

    def test_the_unpaid_time_is_the_period_where_it_is_known(self) -> None:
        facts = {"parties": [FIRM], "arrears/from": "2025-12-01", "arrears/to": "2025-12-31"}
        asked = question_of(facts, Frame(TODAY), worked=(TODAY, TODAY))
        assert "period" not in asked["liability"]

    def test_a_question_of_every_fact_has_no_fault(self) -> None:
        assert FACTS.keys() - FULL.keys() == {
            "still_employed",
            "filed_on",
        }  # each would contradict the others
        found = answer("claim", question_of(FULL, Frame(TODAY, ITEMS, "110105", 1, 900_000)))
        assert "errors" not in found
        assert {item["kind"] for item in found["items"]} >= {
            "wages",
            "overtime",
            "double_wage",
            "work_injury",
        }

    @pytest.mark.parametrize(
        ("door", "document", "expected"),
        [
            (Door(), {}, (TODAY, TODAY)),
            (Door(worked_from="2025-03", worked_to="2025-06"), {}, (date(2025, 3, 1), date(2025, 6, 1))),
            (Door(worked_from="2025-03"), {"ended_on": "2026-01-31"}, (date(2025, 3, 1), date(2026, 1, 31))),
            (Door(ended_on=date(2025, 1, 31), worked_from="2025-03"), {}, (date(2025, 1, 31), date(2025, 1, 31))),
            (Door(), {"started_on": "2024-01-01"}, (date(2024, 1, 1), TODAY)),
        ],
    )  # fmt: skip
    def test_the_time_of_work(
        self, door: Door, document: dict[str, Any], expected: tuple[date, date]
    ) -> None:
        assert worked_of(door, document, TODAY) == expected

    @pytest.mark.parametrize(
        ("door", "document", "ends"),
        [
            (Door(worked_to="2025-06"), {}, "2025-06-01"),  # never later than it was
            (Door(worked_to="2025"), {}, "2025-01-01"),
            (Door(worked_to="2025-06"), {"ended_on": "2025-06-20"}, "2025-06-20"),
            (Door(worked_to="2025-06"), {"still_employed": True}, None),
            (Door(), {}, None),
        ],
    )
    def test_the_clock_takes_the_earliest_day_it_can_be(
        self, door: Door, document: dict[str, Any], ends: str | None
    ) -> None:
        assert cautious(document, door).get("ended_on") == ends


class TestChanges:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ({}, {}, []),
            (FULL, FULL, []),
            ({}, {"relation": "service"}, [("relation", None, "service")]),
            ({"pay/amount": "1.00"}, {"pay/amount": "2.00"}, [("pay/amount", "1.00", "2.00")]),
            ({"parties": [BOSS]}, {}, [("parties", [BOSS], None)]),
            ({"evidence": ["iou"], "due_on": "2026-01-01"}, {"evidence": ["iou", "witness"]},
             [("due_on", "2026-01-01", None), ("evidence", ["iou"], ["iou", "witness"])]),
        ],
    )  # fmt: skip
    def test_every_fact_that_is_not_what_it_was(self, old: Any, new: Any, expected: list[Any]) -> None:
        assert changes(old, new) == expected

    def test_what_goes_into_the_record_is_fit_for_it_and_tells_everything(self) -> None:
        # 13812345678.00 yuan has the look of a telephone number; as fen it is a number
        record = coded(changes({}, FULL))
        check({"facts": record})
        assert decoded(record, {}) == FULL

    def test_a_later_record_lies_over_an_earlier_one(self) -> None:
        after = told({**FULL, "pay/amount": "6500.00", "due_on": None, "filed_on": "2026-03-01"})
        assert decoded(coded(changes(FULL, after)), FULL) == after

    @pytest.mark.parametrize("empty", [None, "", [], ()])
    def test_what_nobody_told_has_no_key(self, empty: Any) -> None:
        assert told({"started_on": empty, "overtime/hours/holiday": 0, "still_employed": False}) == {
            "still_employed": False, "overtime/hours/holiday": 0,
        }  # fmt: skip

    def test_a_fact_that_is_none_is_refused(self) -> None:
        with pytest.raises(KeyError, match="boss_name"):
            told({"boss_name": "x"})


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("/relation", ("relation", None, "")),
        ("/pay", ("pay/basis", None, "")),
        ("/pay/amount", ("pay/amount", None, "")),
        ("/arrears/paid/1", ("arrears/paid", 1, "")),
        ("/minimum_wage", ("local_minimum", None, "")),
        ("/minimum_wage/minimum", ("local_minimum", None, "")),
        ("/minimum_wage/paid", ("minimum_wage/paid", None, "")),
        ("/monthly_wage", ("monthly_wage", None, "")),
        ("/overtime/hours", ("overtime/hours/workday", None, "")),
        ("/limitation/events/2/on", ("limitation/events", 2, "on")),
        ("/parties/0/engaged_by", ("parties", 0, "engaged_by")),
        ("/liability/parties/1/role", ("parties", 1, "role")),
        ("/liability/arrears", ("pay/basis", None, "")),
        ("/place", None),
        ("", None),
    ],
)
def test_a_pointer_of_the_law_leads_to_the_fact(pointer: str, expected: tuple[Any, ...] | None) -> None:
    found = place_of(pointer)
    assert (None if found is None else (found.key, found.row, found.part)) == expected


class TestOutline:
    def test_sums_days_ways_and_needs_are_kept_and_no_sentence(self) -> None:
        facts = {
            "relation": "employment", "ended_on": "2026-02-10", "pay/basis": "month", "pay/amount": "6000.00",
            "arrears/from": "2026-01-01", "arrears/to": "2026-01-31", "parties": [FIRM],
        }  # fmt: skip
        kept = outline(answer("claim", question_of(facts, Frame(TODAY, ["wages", "severance"], "110105"))))
        (wages,) = kept["items"]
        assert wages["amount"] == kept["total"] == kept["confirmed"] == "6000.00"
        assert wages["until"] == [["", "open", "2027-02-10", None]]
        assert "劳动合同法 30" in wages["basis"]
        assert ["arbitration", True, "2027-02-10"] in kept["routes"]
        assert kept["payers"][0][0] == "2"
        assert "/severance/end_reason" in kept["needs"]
        assert total_of(kept) == "6000.00"

    def test_readings_stand_with_their_sums_and_no_total(self) -> None:
        facts = {
            "contract": "none",
            "started_on": "2025-03-01",
            "ended_on": "2026-02-10",
            "monthly_wage": "6000.00",
        }
        kept = outline(answer("claim", question_of(facts, Frame(TODAY, ["double_wage"], "140581"))))
        (double,) = kept["items"]
        assert {"amount"} & double.keys() == set()
        assert all(id_ and "." in amount for id_, amount in double["readings"])
        assert total_of(kept) is None

    def test_an_open_relation_keeps_both_ends(self) -> None:
        facts = {"ended_on": "2026-02-10", "pay/basis": "sum", "pay/amount": "1.00"}
        kept = outline(
            answer("claim", question_of({**facts, "pay/basis": "day", "arrears/days": 2}, Frame(TODAY)))
        )
        assert [one[0] for one in kept["items"][0]["until"]] == ["employment"]  # the civil one lacks its day
        told = {**facts, "pay/basis": "day", "arrears/days": 2, "due_on": "2026-02-10"}
        kept = outline(answer("claim", question_of(told, Frame(TODAY))))
        assert [one[:3] for one in kept["items"][0]["until"]] == [
            ["employment", "open", "2027-02-10"], ["service", "open", "2029-02-10"],
        ]  # fmt: skip

    def test_faults_are_kept_as_faults(self) -> None:
        facts = {"started_on": "2026-02-10", "ended_on": "2026-01-01"}
        kept = outline(answer("claim", question_of(facts, Frame(TODAY))))
        assert kept == {"errors": [["/ended_on", "dates_out_of_order"]]}
        assert total_of(kept) is None
        assert total_of(None) is None
