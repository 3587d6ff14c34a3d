"""Review, decision and objection: papers asked for once, two persons where two decide, the bureau over the agency."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from nuanxin.audit.actor import SYSTEM
from nuanxin.cases.faults import NotPermitted
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.network.models import Agency
from tests.factories.story import (
    AT,
    BUREAU,
    CLERK,
    CLERK_2,
    DECIDER,
    GAOPING,
    LAWYER,
    OPERATOR,
    SUPERVISOR,
    Story,
    person,
)

pytestmark = pytest.mark.django_db


class TestReview:
    def test_papers_are_asked_for_once_in_one_list(self, story: Story) -> None:
        story.do("ask_for_more", CLERK, missing=["identity", "debt"])
        case = story.case
        assert (case.status, case.seat, case.supplement_items) == (
            "awaiting_material",
            "worker",
            ["identity", "debt"],
        )
        assert story.clock("legal_aid.review").state == "paused"
        story.later(days=5).do("supply", story.worker, papers=1)
        assert story.refused("ask_for_more", CLERK, missing=["roster"]) == "asked_before"
        assert story.refused("ask_for_more", CLERK, missing=["roster"], new_facts=True) == "text_needed"
        story.do("ask_for_more", CLERK, missing=["roster"], new_facts=True, text="又来了两位工友。")

    def test_a_worker_who_hands_in_nothing_and_says_nothing_is_asked_again(self, story: Story) -> None:
        story.do("ask_for_more", CLERK, missing=["identity"])
        assert story.refused("supply", story.worker) == "nothing_supplied"
        assert story.refused("supply", story.worker, text="  ", papers=0) == "nothing_supplied"
        assert story.case.status == "awaiting_material"
        story.do("supply", story.worker, text="户口簿在老家，下周寄来。")
        assert story.case.status == "accepted"

    def test_an_officer_who_has_the_papers_on_the_counter_needs_no_words(self, story: Story) -> None:
        story.do("ask_for_more", CLERK, missing=["identity"]).do("supply", CLERK)
        assert story.case.status == "accepted"

    def test_an_empty_list_is_no_list(self, story: Story) -> None:
        assert story.refused("ask_for_more", CLERK, missing=[]) == "nothing_missing"
        assert story.refused("ask_for_more", CLERK, missing=["不是代码"]) == "nothing_missing"

    def test_the_time_for_papers_does_not_count_and_the_day_promise_begins_anew(self, story: Story) -> None:
        due = story.clock("legal_aid.review").due
        story.do("ask_for_more", CLERK, missing=["identity"]).later(days=3, hours=1).do(
            "supply", story.worker, papers=1
        )
        assert story.clock("legal_aid.review").due == due + timedelta(days=3)
        same_day = story.clock("promise.same_day")
        assert (same_day.state, same_day.due) == ("running", datetime(2026, 3, 5, 17, 30, tzinfo=SHANGHAI))

    def test_where_two_persons_decide_one_does_not(self, story: Story, offices: dict[int, Agency]) -> None:
        from nuanxin.network.actions import alter_agency

        alter_agency(offices[GAOPING].pk, by=SYSTEM, at=AT, two_person_decision=True)
        both = person(DECIDER, GAOPING, "clerk", "decider")  # type: ignore[arg-type]
        story.do("accept", CLERK)
        assert story.refused("grant", both, status_document=True) == "not_reviewed"
        story.do("review", both)
        assert story.refused("grant", both, status_document=True) == "same_person"
        assert story.refused("refuse", both, grounds=["means"], text="不符合") == "same_person"
        story.do("grant", person(CLERK_2, GAOPING, "decider"), status_document=True)  # type: ignore[arg-type]

    def test_one_person_decides_where_that_is_enough(self, story: Story) -> None:
        both = person(DECIDER, GAOPING, "clerk", "decider")  # type: ignore[arg-type]
        story.do("accept", both).do("review", both).do("grant", both, status_document=True)

    def test_wages_want_a_document_and_the_rest_an_undertaking(self, offices: dict[int, Agency]) -> None:
        story = Story(items=["wages", "severance"]).do("accept", CLERK)
        assert story.refused("grant", DECIDER) == "document_needed"
        assert story.refused("grant", DECIDER, status_document=True) == "means_open"
        story.do("grant", DECIDER, undertaking=True)
        assert story.case.means_settled

    @pytest.mark.parametrize("status", ["submitted", "accepted", "awaiting_material", "reviewed"])
    def test_aid_comes_first_when_days_are_short_and_papers_follow(
        self, status: str, offices: dict[int, Agency]
    ) -> None:
        story = Story(ended_on="2025-03-05", relation="employment")
        assert story.case.urgent
        story.to(status).do("grant_aid_first", DECIDER, text="还有三天。")
        case = story.case
        assert (case.status, case.aid_first, case.step) == ("granted", "44.1", "offer")
        assert story.clock("promise.formalities").state == "running"
        story.do("complete_formalities", CLERK)
        assert story.clock("promise.formalities").state == "met"
        assert story.refused("complete_formalities", CLERK) == "nothing_open"

    def test_preservation_is_a_ground_of_its_own(self, story: Story) -> None:
        assert story.refused("grant_aid_first", DECIDER, text="急") == "not_urgent"
        story.do("grant_aid_first", DECIDER, needs_preservation=True, text="要冻结账户。")
        assert story.case.aid_first == "44.2"

    @pytest.mark.parametrize(
        "form", [{"text": "理由"}, {"grounds": ["mood"], "text": "理由"}, {"grounds": ["means"]}]
    )
    def test_a_refusal_gives_grounds_and_reasons(self, form: dict[str, Any], story: Story) -> None:
        story.do("accept", CLERK)
        assert story.refused("refuse", DECIDER, **form) in {"choose_one", "text_needed"}


class TestObjection:
    def test_it_goes_to_the_bureau_and_to_nobody_else(self, story: Story) -> None:
        story.to("objection")
        assert (story.case.seat, story.case.next_clock) == ("bureau", "legal_aid.objection_review")
        assert story.clock("legal_aid.objection_review").due.astimezone(SHANGHAI).date() == date(2026, 3, 7)
        for staff in (CLERK, DECIDER, OPERATOR, SUPERVISOR, LAWYER):
            for action in ("sustain_objection", "dismiss_objection"):
                with pytest.raises(NotPermitted):
                    story.do(action, staff, text="理由")
        story.do("sustain_objection", BUREAU, text="应当援助。")
        assert (story.case.status, story.case.grounds, story.case.step) == ("granted", [], "offer")

    @pytest.mark.parametrize("before", ["refused", "terminated"])
    def test_dismissed_it_stands_as_before_and_is_answered_once(self, before: str, story: Story) -> None:
        story.to(before).do("object", story.worker, text="不同意").do(
            "dismiss_objection", BUREAU, text="维持。"
        )
        assert (story.case.status, story.case.turn) == (before, "ended")
        assert story.refused("object", story.worker, text="还是不同意") == "objected_before"

    def test_a_new_decision_may_be_objected_to_anew(self, story: Story) -> None:
        story.to("objection").do("sustain_objection", BUREAU, text="应当援助。")
        story.do("terminate", DECIDER, ground="means_changed", text="情况变了。").do(
            "object", story.worker, text="没变"
        )
        assert story.case.status == "objection"


def test_the_worker_is_offered_an_objection_once(story: Story) -> None:
    from nuanxin.cases.queries.follow import follow_view
    from nuanxin.portal.deeds import open_deeds

    def offered() -> bool:
        view = follow_view(story.case_id, 0)
        assert view is not None
        return "object" in {deed.action for deed in open_deeds(view)}

    story.to("refused")
    assert offered()
    story.do("object", story.worker, text="不同意").do("dismiss_objection", BUREAU, text="维持。")
    assert not offered()
