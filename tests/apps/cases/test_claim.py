"""Facts of a claim on a case: stored with their event, counted anew at once, kept version by version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.claim import BadFacts, Party, record
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.personal import ARCHIVE_YEARS, erase
from nuanxin.cases.faults import NotPermitted, Refused, Stale, WrongState
from nuanxin.cases.models import Case, ClaimVersion, Respondent
from nuanxin.cases.queries.claim import door_facts, latest, versions
from nuanxin.cases.queries.search import search
from nuanxin.cases.rules.claim import decoded
from nuanxin.network.models import Agency
from tests.apps.cases.test_rebuild import check
from tests.factories.story import (
    CLERK,
    CLERK_2,
    DECIDER,
    DUTY,
    GAOPING,
    LAWYER,
    OPERATOR,
    SHENZHEN,
    SUPERVISOR,
    Story,
    person,
)

pytestmark = pytest.mark.django_db
# The story begins on 2026-03-02. 6000 a month for December and January: 12000.00.
PAY: dict[str, Any] = {
    "relation": "employment", "ended_on": "2026-01-31", "pay/basis": "month", "pay/amount": "6000.00",
    "arrears/from": "2025-12-01", "arrears/to": "2026-01-31",
}  # fmt: skip


def enter(story: Story, facts: dict[str, Any], by: int = CLERK, **more: Any) -> Case:
    """Enter the facts a minute later; gives back the case."""
    story.later(minutes=1)
    return record(case_id=story.case_id, by=story.who(by), at=story.at, facts=facts, **more)


def kept(story: Story) -> ClaimVersion:
    found = latest(story.case_id)
    assert found is not None
    return found


def of_record(story: Story) -> dict[str, Any]:
    """The facts as the events alone tell them."""
    facts: dict[str, Any] = {}
    for event in Event.objects.filter(stream=story.case_id).order_by("seq"):
        facts = decoded(event.payload.get("facts", []), facts)
    return facts


class TestAVersion:
    def test_the_first_facts_are_kept_with_the_answer_who_and_what_changed(self, story: Story) -> None:
        enter(story, PAY)
        first = kept(story)
        assert (first.number, first.by_kind, first.by_id, first.at) == (1, "staff", CLERK, story.at)
        assert first.as_of == date(2026, 3, 2)
        assert first.facts == {**PAY, "parties": [{"id": "1", "role": "employer", "kind": "licensed_unit"}]}
        assert first.answer["total"] == "12000.00"
        assert first.changes["total"] == [None, "12000.00"]
        assert first.changes["until"] == [None, "2027-01-31"]
        assert ["relation", None, "employment"] in first.changes["facts"]
        assert all(key != "parties" for key, _old, _new in first.changes["facts"])  # known from the door

    def test_a_correction_tells_old_and_new_sum_and_day(self, story: Story) -> None:
        enter(story, PAY)
        enter(story, {**PAY, "arrears/paid": ["2000.00"], "ended_on": "2026-02-10"}, by=OPERATOR)
        second = kept(story)
        assert (second.number, second.by_id) == (2, OPERATOR)
        assert second.changes == {
            "facts": [["ended_on", "2026-01-31", "2026-02-10"], ["arrears/paid", None, ["2000.00"]]],
            "total": ["12000.00", "10000.00"],
            "items": [["wages", ["12000.00"], ["10000.00"]]],
            "until": ["2027-01-31", "2027-02-10"],
        }
        assert [one.number for one in versions(story.case_id)] == [2, 1]
        assert [one.number for one in versions(story.case_id, before=2)] == [1]

    def test_the_same_facts_write_nothing(self, story: Story) -> None:
        case = enter(story, PAY)
        events = Event.objects.count()
        again = enter(story, dict(reversed(PAY.items())), parties=[
            Party(1, Respondent.objects.get().name, "employer", "licensed_unit")
        ])  # fmt: skip
        assert again.version == case.version == Case.objects.get(pk=story.case_id).version
        assert (Event.objects.count(), ClaimVersion.objects.count()) == (events, 1)

    def test_nothing_told_about_nothing_known_writes_nothing(self, story: Story) -> None:
        enter(story, {})
        assert not ClaimVersion.objects.exists()

    def test_no_number_is_given_twice(self, story: Story) -> None:
        enter(story, PAY)
        twin = kept(story)
        twin.pk = twin.pk + 1
        with pytest.raises(IntegrityError):
            twin.save(force_insert=True)

    def test_it_costs_no_more_statements_than_any_move(
        self, story: Story, django_assert_max_num_queries: Any
    ) -> None:
        enter(story, PAY)
        by, facts = story.who(CLERK), {**PAY, "pay/amount": "6500.00"}
        with django_assert_max_num_queries(8):  # six, and the savepoint around them in a test
            record(case_id=story.case_id, by=by, at=story.at, facts=facts)


class TestTheCase:
    def test_the_clock_and_urgency_move_in_the_same_transaction(self, story: Story) -> None:
        # A year after 2025-03-05 ends on 2026-03-05: three days left on 2026-03-02.
        case = enter(
            story, {**PAY, "ended_on": "2025-03-05", "arrears/from": "2025-02-01", "arrears/to": "2025-02-28"}
        )
        assert (case.limitation_on, case.urgent, case.relation) == (date(2026, 3, 5), True, "employment")
        assert case.ended_on == date(2025, 3, 5)
        assert case.queue_key < 10**11  # urgent ones stand first
        assert case.sweep_at is not None
        assert case.sweep_at <= story.at + timedelta(days=4)
        case = enter(story, {**PAY, "ended_on": "2025-03-05", "limitation/events": [
            {"kind": "demand", "on": "2026-02-01"},
        ]})  # fmt: skip
        assert (case.limitation_on, case.urgent) == (date(2027, 2, 1), False)
        assert case.queue_key > 10**11

    def test_aid_first_opens_with_the_facts(self, story: Story) -> None:
        assert story.refused("grant_aid_first", DECIDER, text="快") == "not_urgent"
        enter(story, {"relation": "employment", "ended_on": "2025-03-05"})
        story.do("grant_aid_first", DECIDER, text="三天后时效届满。")
        assert story.case.aid_first == "44.1"

    def test_the_promised_date_and_whose_turn_it_is_stay(self, story: Story) -> None:
        before = story.do("accept", CLERK).case
        after = enter(story, PAY)
        assert (after.seat, after.step, after.next_by) == (before.seat, before.step, before.next_by)
        assert after.version == before.version + 1

    def test_after_a_filing_no_clock_runs_whatever_is_corrected(self, story: Story) -> None:
        enter(story, PAY)
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed")
        filed = kept(story)
        assert filed.changes["facts"] == [["filed_on", None, "2026-03-02"]]
        assert filed.changes["until"] == ["2027-01-31", None]
        assert filed.by_id == LAWYER
        case = enter(story, {**filed.facts, "pay/amount": "7000.00"}, by=LAWYER)
        assert (case.limitation_on, case.urgent) == (None, False)
        story.do("record_step", LAWYER, taken="arbitration.accepted")
        assert kept(story).number == 3  # the first filing counts

    def test_a_filing_before_anything_was_entered_is_known_from_the_record(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed")
        assert latest(story.case_id) is None
        facts = door_facts(story.case, Respondent.objects.filter(case=story.case_id))
        assert facts["filed_on"] == "2026-03-02"
        assert enter(story, {**PAY, "filed_on": facts["filed_on"]}, by=LAWYER).limitation_on is None

    def test_opening_an_application_asks_again_with_what_is_claimed(self, offices: dict[int, Agency]) -> None:
        story = Story(kind="report", items=None, amount_claimed=None)
        demand = {"limitation/events": [{"kind": "demand", "on": "2026-02-01"}]}
        enter(story, {**PAY, "ended_on": "2025-03-05", **demand}, by=OPERATOR)
        story.do("convert", OPERATOR, items=["wages", "severance"])
        second = kept(story)
        assert (second.number, second.items, second.changes["facts"]) == (2, ["wages", "severance"], [])
        assert "/severance/end_reason" in second.answer["needs"]
        assert story.case.limitation_on == date(2027, 2, 1)  # the demand is not forgotten

    def test_what_is_cleared_is_not_known_any_more(self, story: Story) -> None:
        enter(story, PAY)
        case = enter(story, {"pay/basis": "day"})
        assert (case.relation, case.ended_on, case.limitation_on) == ("unknown", None, None)
        assert kept(story).facts.keys() == {"pay/basis", "parties"}


class TestParties:
    FIRM = Party(
        2, "高平某建设集团有限公司", "general_contractor", "licensed_unit", {"unpaid_to_next": "80000.00"}
    )

    def test_a_party_learned_of_later_stands_in_its_own_row_and_the_facts_have_its_number(
        self, story: Story
    ) -> None:
        boss = Party(1, "包工头老王", "team_leader", "individual", {"engaged_by": "2"})
        enter(story, PAY, parties=[boss, self.FIRM])
        rows = Respondent.objects.filter(case=story.case_id).order_by("seq")
        assert [(row.name, row.role, row.engaged_by) for row in rows] == [
            ("包工头老王", "team_leader", 2), ("高平某建设集团有限公司", "general_contractor", None),
        ]  # fmt: skip
        version = kept(story)
        assert version.facts["parties"][1]["unpaid_to_next"] == "80000.00"
        assert version.answer["payers"][0][0] == "2"
        assert "老王" not in f"{version.facts}{version.changes}{version.answer}"
        assert "老王" not in str(list(Event.objects.values_list("payload", flat=True)))
        assert story.case_id in search("高平某建设", by=story.who(CLERK)).ids

    def test_a_party_of_whom_little_is_known_is_no_fact_yet(self, story: Story) -> None:
        enter(story, PAY, parties=[Party(1, "某公司"), Party(2, "", "owner")])
        assert "parties" not in kept(story).facts
        assert Respondent.objects.filter(case=story.case_id).count() == 2

    def test_a_party_told_anew_leaves_the_others_as_they_are(self, story: Story) -> None:
        enter(story, PAY, parties=[self.FIRM])
        enter(story, PAY, parties=[Party(1, "", "team_leader", "individual", {"caused_arrears": True})])
        assert kept(story).facts["parties"] == [
            {"id": "1", "role": "team_leader", "kind": "individual", "caused_arrears": True},
            {
                "id": "2", "role": "general_contractor", "kind": "licensed_unit", "unpaid_to_next": "80000.00",
            },
        ]  # fmt: skip
        enter(
            story, PAY, parties=[Party(1, "", "", "individual")]
        )  # what they are turned out not to be clear
        assert [row["id"] for row in kept(story).facts["parties"]] == ["2"]

    def test_a_new_name_alone_is_on_the_record_without_a_version(self, story: Story) -> None:
        enter(story, PAY)
        enter(story, PAY, parties=[Party(1, "改名有限公司", "employer", "licensed_unit")])
        assert kept(story).number == 1
        assert Respondent.objects.get().name == "改名有限公司"
        last = Event.objects.filter(stream=story.case_id).latest("seq")
        assert (last.kind, last.payload["parties"], "facts" in last.payload) == (
            "case.record_facts",
            [1],
            False,
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("facts", "paths"),
        [
            ({"started_on": "2026-02-01", "ended_on": "2026-01-01"}, ["/ended_on"]),
            ({"arrears/from": "2026-02-01", "arrears/to": "2026-01-01", "pay/basis": "month"}, ["/arrears/to"]),
            ({"pay/basis": "month", "pay/amount": "-5", "ended_on": "2026-02-30"}, ["/pay/amount", "/ended_on"]),
            ({"still_employed": True, "ended_on": "2026-01-01"}, ["/still_employed"]),
        ],
    )  # fmt: skip
    def test_every_fault_is_named_at_once_and_nothing_is_stored(
        self, story: Story, facts: dict[str, Any], paths: list[str]
    ) -> None:
        with pytest.raises(BadFacts) as bad:
            enter(story, facts)
        assert sorted(fault["path"] for fault in bad.value.faults) == sorted(paths)
        assert all(fault["zh"] and fault["en"].isascii() for fault in bad.value.faults)
        assert not ClaimVersion.objects.exists()
        assert story.case.version == 1

    def test_of_two_officers_the_second_is_told(self, story: Story) -> None:
        seen = story.case.version
        enter(story, PAY, version=seen)
        with pytest.raises(Stale):
            enter(story, {**PAY, "pay/amount": "1.00"}, by=CLERK_2, version=seen)
        assert kept(story).facts["pay/amount"] == "6000.00"

    def test_a_page_that_showed_an_older_version_is_told_and_a_note_meanwhile_disturbs_nobody(
        self, story: Story
    ) -> None:
        enter(story, PAY, seen=0)
        story.do("add_note", CLERK_2, text="问过了。")
        enter(story, {**PAY, "pay/amount": "7000.00"}, seen=1)
        for seen in (0, 1):
            with pytest.raises(Stale):
                enter(story, PAY, by=CLERK_2, seen=seen)

    @pytest.mark.parametrize("staff", [DECIDER, OPERATOR, DUTY, CLERK_2])
    def test_whoever_works_on_the_case_may(self, story: Story, staff: int) -> None:
        assert enter(story, PAY, by=staff).version == 2

    @pytest.mark.parametrize(
        "actor",
        [person(SUPERVISOR), person(LAWYER), person(CLERK, SHENZHEN), person(9, GAOPING, Role.AUDITOR)],
    )
    def test_nobody_else_may(self, story: Story, actor: Any) -> None:
        with pytest.raises(NotPermitted):
            record(case_id=story.case_id, by=actor, at=story.at, facts=PAY)

    def test_an_ended_case_keeps_its_facts(self, story: Story) -> None:
        enter(story, PAY)
        story.do("request_withdrawal", story.worker, text="算了").do(
            "confirm_withdrawal", CLERK_2, text="本人。"
        )
        with pytest.raises(WrongState):
            enter(story, {})

    def test_it_has_an_action_of_its_own(self, story: Story) -> None:
        with pytest.raises(ValueError, match=r"cases\.actions\.claim\.record"):
            perform("record_facts", case_id=story.case_id, by=story.who(CLERK), at=story.at)

    def test_an_unknown_fact_is_a_mistake_of_ours(self, story: Story) -> None:
        with pytest.raises(KeyError):
            enter(story, {"boss_name": "x"})


class TestTheRecord:
    def test_facts_clock_and_chain_are_told_by_the_events_alone(self, story: Story) -> None:
        enter(story, PAY)
        check(story.case_id)
        enter(story, {**PAY, "overtime/hours/workday": 20.5, "arrears/paid": ["0.50"], "evidence": ["iou"]})
        enter(story, {"relation": "service", "still_employed": True}, by=DECIDER)
        check(story.case_id)
        assert of_record(story) == kept(story).facts
        assert list(verify(story.case_id)) == []

    def test_the_versions_go_with_the_case_into_another_province(
        self, story: Story, offices: dict[int, Agency]
    ) -> None:
        enter(story, PAY)
        story.do("transfer", CLERK, agency=offices[SHENZHEN].pk, text="工地在深圳。")
        new = perform("accept_transfer", case_id=story.case_id, by=person(CLERK, SHENZHEN), at=story.at)
        version = latest(new.pk)
        assert version is not None
        assert (version.province, version.facts) == (44, kept(story).facts)
        assert version.id >> 46 == 44
        record(case_id=new.pk, by=person(CLERK, SHENZHEN), at=story.at, facts={**PAY, "pay/amount": "1.00"})
        assert [one.number for one in versions(new.pk)] == [2, 1]


def test_closing_still_looks_at_the_money(story: Story) -> None:
    enter(story, PAY)
    story.in_progress()
    with pytest.raises(Refused) as refused:
        story.do("report_closing", LAWYER, outcome="recovered", text="说都付了。")
    assert refused.value.code == "not_confirmed"


def test_when_the_file_is_no_longer_kept_the_facts_go_and_the_sums_stay(story: Story) -> None:
    enter(story, {**PAY, "injury/grade": 9})
    story.do("request_withdrawal", story.worker, text="算了").do("confirm_withdrawal", CLERK_2, text="本人。")
    erase(case_id=story.case_id, by=SYSTEM, at=story.at + timedelta(days=365 * (ARCHIVE_YEARS + 1)))
    version = kept(story)
    assert (version.facts, version.changes) == ({}, {})
    assert version.answer["total"] == "12000.00"
