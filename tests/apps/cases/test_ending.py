"""The lawyer's work and the end: clocks from the day of the paper, and no recovery before the money is confirmed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.network.models import Agency
from tests.factories.story import (
    CLERK,
    DECIDER,
    LAWYER,
    SUPERVISOR,
    Story,
    person,
)

pytestmark = pytest.mark.django_db


class TestTheLawyersWork:
    def test_clocks_of_a_stage_count_from_the_day_of_the_paper(self, story: Story) -> None:
        story.in_progress().later(days=30)
        story.do(
            "record_step", LAWYER, taken="arbitration.awarded", on=date(2026, 3, 20), sure="工人自己带来的"
        )
        clock = story.clock("court.sue_after_award")
        assert (clock.strict, clock.begins) == ("2026-04-04", "2026-03-20")
        assert Event.objects.filter(stream=story.case_id).latest("seq").effective_on == date(2026, 3, 20)

    def test_a_later_step_ends_what_was_waited_for_before_it(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed")
        story.do("record_step", LAWYER, taken="arbitration.accepted").do(
            "record_step", LAWYER, taken="arbitration.awarded"
        )
        live = {c.rule for c in story.case.clock_list() if c.state == "running"}
        assert live == {"court.sue_after_award", "promise.progress_report"}

    def test_once_the_claim_is_made_the_limitation_no_longer_presses(
        self, offices: dict[int, Agency]
    ) -> None:
        story = Story(ended_on="2025-03-05", relation="employment").in_progress()
        assert story.case.urgent
        story.do("record_step", LAWYER, taken="arbitration.filed")
        assert (story.case.urgent, story.case.limitation_on) == (False, None)

    def test_a_step_in_the_future_or_unknown_is_refused(self, story: Story) -> None:
        story.in_progress()
        assert (
            story.refused("record_step", LAWYER, taken="arbitration.filed", on=date(2027, 1, 1))
            == "in_future"
        )
        assert story.refused("record_step", LAWYER, taken="party") == "no_step"

    def test_another_lawyer_is_asked_for_and_found(self, story: Story) -> None:
        story.in_progress().do("ask_other_lawyer", story.worker, text="电话不接。")
        assert (story.case.seat, story.case.step) == ("clerk", "change_lawyer")
        story.do("change_lawyer", CLERK, text="换人。")
        assert (story.case.status, story.case.lawyer, story.case.next_clock) == (
            "granted",
            0,
            "legal_aid.assign",
        )
        with pytest.raises(NotPermitted):
            story.do("report_progress", person(LAWYER), text="我还在办。")


class TestTheEnd:
    def test_not_as_recovered_before_the_money_is_confirmed(self, story: Story) -> None:
        story.in_progress().money(MoneyStep.AWARDED, {1: 500}).money(MoneyStep.PAID, {1: 500})
        assert story.refused("report_closing", LAWYER, outcome="recovered", text="到账") == "not_confirmed"
        # nor as not recovered, as long as a payment stands on record that nobody has confirmed
        assert (
            story.refused("report_closing", LAWYER, outcome="not_recovered", text="未到账") == "not_confirmed"
        )
        story.money(MoneyStep.PAID, {1: -500}, sure="没有到账，记错了")
        story.do("report_closing", LAWYER, outcome="not_recovered", text="未到账")
        assert story.case.status == "closing"

    def test_money_that_came_after_the_report_is_confirmed_before_the_case_closes(self, story: Story) -> None:
        story.to("aftercare").money(MoneyStep.PAID, {1: 100}, sure="另付利息一元")
        story.do("pay_subsidy", CLERK, fen=0).do("record_follow_up", CLERK, reached=True)
        assert story.refused("close", CLERK) == "not_confirmed"
        story.money(MoneyStep.CONFIRMED, {1: 100}, CLERK).do("close", CLERK)

    def test_subsidy_and_follow_up_come_before_the_end(self, story: Story) -> None:
        story.to("aftercare")
        assert story.refused("close", CLERK) == "no_subsidy"
        assert story.refused("pay_subsidy", CLERK, fen=-1) == "amount"
        story.do("pay_subsidy", CLERK, fen=0)
        assert story.refused("close", CLERK) == "no_follow_up"
        assert story.refused("record_follow_up", CLERK, reached=True, satisfied=9) == "stars"
        story.do("record_follow_up", CLERK, reached=False).do("close", CLERK)
        assert story.case.status == "closed"

    def test_a_follow_up_call_that_reached_nobody_is_not_told_as_one_that_did(self, story: Story) -> None:
        story.to("aftercare").do("record_follow_up", CLERK, reached=False)
        view = follow_view(story.case_id, 0)
        assert view is not None
        assert view.timeline[-1].sentence["zh"] == "给您打回访电话，没有打通"
        assert "回访" not in view.now["zh"]
        story.do("record_follow_up", CLERK, reached=True, satisfied=5)
        view = follow_view(story.case_id, 0)
        assert view is not None
        assert view.timeline[-1].sentence["zh"] == "回访了您"

    def test_the_clocks_of_the_fight_end_when_the_file_has_passed(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="first_instance.judged", sure="工人自己带来的")
        story.do("report_closing", LAWYER, outcome="not_recovered", text="执行不到。")
        assert story.clock("court.appeal_judgment").state == "running"  # the file may still go back
        story.do("pass_file", CLERK)
        assert story.clock("court.appeal_judgment").state == "dropped"
        assert story.case.next_clock in {"promise.subsidy", "promise.follow_up"}

    def test_a_file_goes_back_to_the_lawyer(self, story: Story) -> None:
        story.to("closing").do("return_file", CLERK, text="缺裁决书。")
        assert (story.case.status, story.case.seat) == ("in_progress", "lawyer")

    @pytest.mark.parametrize("ground", ["fraud", "client_asks", "other_by_law"])
    def test_termination_gives_one_of_the_grounds_of_the_law(self, ground: str, story: Story) -> None:
        story.in_progress()
        assert story.refused("terminate", DECIDER, ground="mood", text="理由") == "choose_one"
        with pytest.raises(NotPermitted):
            story.do("terminate", CLERK, ground=ground, text="理由")
        story.do("terminate", DECIDER, ground=ground, text="理由")
        assert (story.case.status, story.case.lawyer, story.case.grounds) == ("terminated", 0, [ground])

    @pytest.mark.parametrize("stars", [0, 6, -1])
    def test_a_rating_is_one_to_five(self, stars: int, story: Story) -> None:
        story.to("aftercare")
        assert story.refused("rate", story.worker, stars=stars) == "stars"

    def test_nothing_is_left_waiting_on_an_ended_case(self, story: Story, offices: dict[int, Agency]) -> None:
        story.do("accept", CLERK).do("open_watch", SUPERVISOR, text="？")
        story.do("transfer", CLERK, agency=offices[140522_000000].pk, text="工地在阳城。")
        story.do("refuse", DECIDER, grounds=["means"], text="不符合。")
        case = story.case
        assert (case.transfer_to, case.transfer_region, case.watch_by, case.offered_to) == (0, 0, 0, 0)
        assert not [c for c in case.clock_list() if c.state in {"running", "paused"}]


def test_a_morning_in_utc_is_another_day_in_china(offices: dict[int, Agency]) -> None:
    late = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)  # half past midnight on the 4th
    story = Story(at=late).in_progress()
    story.do("record_step", LAWYER, taken="arbitration.filed")
    assert Event.objects.filter(stream=story.case_id).latest("seq").effective_on == date(2026, 3, 4)
