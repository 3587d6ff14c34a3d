"""The first contact, and the wish to leave: counted calls, answers, and somebody else who rings back first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nuanxin.cases.faults import NotPermitted
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.ringing import BETWEEN
from nuanxin.cases.timing import promise_due
from nuanxin.network.models import Agency
from nuanxin.network.queries import promise
from tests.factories.story import (
    CLERK,
    CLERK_2,
    DUTY,
    OPERATOR,
    Story,
    person,
)

pytestmark = pytest.mark.django_db


def rung_in_vain(story: Story, by: int) -> Story:
    return story.do("call_failed", by)


class TestFirstContact:
    @pytest.fixture
    def report(self, offices: dict[int, Agency]) -> Story:
        return Story(kind="report", items=None, amount_claimed=None)

    @pytest.fixture
    def question(self, offices: dict[int, Agency]) -> Story:
        return Story(kind="question", items=None, amount_claimed=None)

    def test_three_counted_calls_and_one_with_priority_and_then_it_ends_with_a_message(
        self, report: Story
    ) -> None:
        rung_in_vain(report, OPERATOR)
        assert report.refused("call_failed", OPERATOR) == "too_early"
        rung_in_vain(report.due(), OPERATOR)
        assert report.refused("give_up_calling", OPERATOR, text="打不通") == "attempts_left"
        rung_in_vain(report.due(), OPERATOR)
        assert report.refused("call_failed", OPERATOR) == "last_attempt"
        assert report.refused("give_up_calling", OPERATOR, text="打不通") == "too_early"
        report.due().do("give_up_calling", OPERATOR, text="四次不通")
        assert (report.case.status, report.case.outcome, report.case.call_attempts) == (
            "closed",
            "unreachable",
            4,
        )

    def test_a_report_is_rung_again_in_another_part_of_the_day_as_a_call_back_is(self, report: Story) -> None:
        # Three hours, twenty-one, twenty-seven; from then on the office has the promised working hour.
        for pause in BETWEEN:
            tried = report.at
            report.do("call_failed", OPERATOR)
            hour = promise("call_back", report.case.holder_region, tried.astimezone(SHANGHAI).date())
            assert report.case.next_by == promise_due(hour, tried + pause)[0]
            assert [c.rule for c in report.case.clock_list() if c.state == "running"] == ["promise.call_back"]
            report.at = report.case.next_by

    def test_a_question_nobody_answers_for_can_end_too(self, question: Story) -> None:
        for _ in range(3):
            rung_in_vain(question, DUTY)
            question.due()
        assert question.refused("call_failed", DUTY) == "last_attempt"
        question.do("give_up_calling", OPERATOR, text="四次不通")
        assert question.case.status == "closed"

    def test_whoever_was_not_helped_is_rung_anew_whatever_was_tried_before(self, question: Story) -> None:
        rung_in_vain(question, DUTY)
        question.do("answer", DUTY, text="可以要。").do("not_helped", question.worker)
        assert question.case.call_attempts == 0
        rung_in_vain(question, OPERATOR)  # at once: this is the first try of a new promise

    def test_a_report_becomes_an_application_with_lane_and_clocks(self, report: Story) -> None:
        report.do("call_back", OPERATOR).do("convert", OPERATOR, items=["wages", "severance"])
        case = report.case
        assert (case.kind, case.status, case.lane, case.step) == ("aid", "accepted", "mixed", "review")
        assert {"legal_aid.review", "promise.same_day"} <= {
            c.rule for c in case.clock_list() if c.state == "running"
        }

    def test_a_question_is_answered_and_closed(self, question: Story) -> None:
        with pytest.raises(NotPermitted):
            question.do("answer", CLERK, text="可以。")
        question.do("answer", DUTY, text="没有合同也可以要。")
        assert (question.case.status, question.case.seat) == ("answered", "worker")
        question.do("close_question", question.worker)
        assert (question.case.status, question.case.outcome) == ("closed", "advice_given")

    def test_a_report_without_items_cannot_be_converted(self, question: Story) -> None:
        assert question.refused("convert", DUTY) == "no_items"


class TestWithdrawal:
    def test_somebody_who_has_not_handled_it_rings_back_first(self, story: Story) -> None:
        story.do("accept", CLERK).do("request_withdrawal", person(OPERATOR), text="说老板给了钱。")
        assert (story.case.status, story.case.seat) == ("withdrawal_requested", "clerk")
        assert (
            story.refused("confirm_withdrawal", OPERATOR, text="打过") == "same_officer"
        )  # recorded the wish
        assert story.refused("confirm_withdrawal", CLERK, text="打过") == "same_officer"  # handles the case
        assert story.refused("confirm_withdrawal", CLERK_2) == "text_needed"
        story.do("confirm_withdrawal", CLERK_2, text="本人意思，钱已到手。")
        assert story.case.status == "withdrawn"

    @pytest.mark.parametrize(
        "status", ["submitted", "accepted", "reviewed", "granted", "assigned", "in_progress"]
    )
    def test_a_kept_case_goes_on_where_it_was(self, status: str, story: Story) -> None:
        before = story.to(status).case
        story.do("request_withdrawal", story.worker, text="算了").later(days=1).do("keep_case", story.worker)
        after = story.case
        assert (after.status, after.seat, after.step) == (before.status, before.seat, before.step)
        assert after.next_by is not None

    def test_an_offer_ends_with_the_wish_and_a_kept_case_looks_for_its_lawyer_again(
        self, story: Story
    ) -> None:
        story.to("offered").do("request_withdrawal", story.worker, text="算了")
        assert story.case.offered_to == 0
        assert story.clock("promise.offer_answer").state == "dropped"
        story.do("keep_case", story.worker)
        assert (story.case.status, story.case.seat, story.case.step) == ("granted", "clerk", "offer")

    def test_papers_that_were_asked_for_have_their_whole_time_again(self, story: Story) -> None:
        story.to("awaiting_material").do("request_withdrawal", story.worker, text="算了")
        story.later(days=20).do("keep_case", story.worker)
        assert story.case.next_clock == "promise.supplement"
        assert story.clock("promise.supplement").due > story.at + timedelta(days=14)
