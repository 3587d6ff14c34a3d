"""Moves on a real database: what a row says happens, whole or not at all, and an open case always has a next step."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions import move as move_module
from nuanxin.cases.actions.perform import ELSEWHERE, perform
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused, Stale, WrongState
from nuanxin.cases.models import Case, Entry
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.states import ENDED, Status
from nuanxin.cases.rules.transitions import TRANSITIONS
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import (
    AT,
    BUREAU,
    CLERK,
    CLERK_2,
    DECIDER,
    DUTY,
    GAOPING,
    LAWYER,
    OPERATOR,
    SUPERVISOR,
    Story,
    person,
    ways,
)

pytestmark = pytest.mark.django_db


def refused(story: Story, action: str, by: Any, /, **form: Any) -> str:
    with pytest.raises(Refused) as refusal:
        story.do(action, by, **form)
    return refusal.value.code


class TestEveryStatus:
    @pytest.mark.parametrize("status", sorted(ways))
    def test_is_reached_with_an_owner_and_a_date_and_a_whole_record(self, status: str, story: Story) -> None:
        case = story.to(status).case
        if case.state in ENDED:
            assert (case.turn, case.seat, case.step, case.next_by, case.sweep_at) == (
                "ended",
                "nobody",
                "",
                None,
                None,
            )
            assert case.closed_at is not None
        else:
            assert case.seat != "nobody"
            assert case.next_by is not None
            assert case.sweep_at is not None
            assert case.holder_agency
            assert case.next_clock in {c.rule for c in case.clock_list() if c.state == "running"}
        assert list(verify(case.pk)) == []

    @pytest.mark.parametrize("status", sorted(ways))
    def test_takes_only_the_moves_of_its_rows(self, status: str, story: Story) -> None:
        """Everybody who may try does so from everywhere: where the table has no row, the state is wrong."""
        story.to(status)
        for row in TRANSITIONS:
            if Status(status) in row.sources and "aid" in row.kinds:
                continue
            by = SYSTEM if "system" in row.roles else _allowed(story, row)
            with pytest.raises(WrongState):
                move_module.move(row.action, case_id=story.case_id, by=by, at=story.at)


def _allowed(story: Story, row: Any) -> Any:
    """Somebody whom the row names, made fit for it."""
    if row.scope == "receiver":
        Case.objects.filter(pk=story.case_id).update(transfer_region=GAOPING)
        return person(CLERK)
    if row.roles == {"lawyer"}:
        Case.objects.filter(pk=story.case_id).update(lawyer=LAWYER, offered_to=LAWYER)
        return person(LAWYER)
    role = next(iter(row.roles - {"lawyer", "worker", "helper"}))
    return person(CLERK, GAOPING, role)


class TestOneMove:
    def test_nothing_is_kept_when_anything_fails(self, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        def spoil(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        before = Case.objects.filter(pk=story.case_id).values().get()
        counts = [m.objects.count() for m in (Event, Entry, Notice)]
        for part in ("update", "append", "insert", "tell"):
            with monkeypatch.context() as patch:
                patch.setattr(move_module, part, spoil)
                with pytest.raises(RuntimeError):
                    story.do("accept", CLERK, text="收到了。")
            assert Case.objects.filter(pk=story.case_id).values().get() == before
            assert [m.objects.count() for m in (Event, Entry, Notice)] == counts
        story.do("accept", CLERK, text="收到了。")
        assert list(verify(story.case_id)) == []

    def test_a_page_from_before_is_stale(self, story: Story) -> None:
        version = story.case.version
        story.do("accept", CLERK)
        with pytest.raises(Stale):
            perform("review", case_id=story.case_id, by=story.who(CLERK), at=story.at, version=version)
        perform("review", case_id=story.case_id, by=story.who(CLERK), at=story.at, version=version + 1)

    def test_no_such_case(self) -> None:
        with pytest.raises(NoSuchCase):
            perform("accept", case_id=7, by=person(CLERK), at=AT)

    @pytest.mark.parametrize("action", sorted(ELSEWHERE))
    def test_a_move_with_an_action_of_its_own_says_which(self, action: str, story: Story) -> None:
        with pytest.raises(ValueError, match=ELSEWHERE[action]):
            perform(action, case_id=story.case_id, by=SYSTEM, at=AT)

    def test_a_move_costs_few_statements(self, story: Story, django_assert_max_num_queries: Any) -> None:
        clerk = story.who(CLERK)
        with django_assert_max_num_queries(8):  # six, and the savepoint around them in a test
            perform("accept", case_id=story.case_id, by=clerk, at=story.at, form={"text": "收到了。"})

    def test_the_event_holds_every_column_that_the_action_set(self, story: Story) -> None:
        story.do("accept", CLERK).do("review", CLERK_2)
        payload = Event.objects.filter(stream=story.case_id).latest("seq").payload
        assert payload["set"] == {"reviewed_by": CLERK_2}
        story.do("grant", DECIDER, status_document=True)
        payload = Event.objects.filter(stream=story.case_id).latest("seq").payload
        assert payload["set"] == {"decided_by": DECIDER, "means_settled": True}


class TestTheNextDate:
    def test_a_note_leaves_what_was_promised(self, story: Story) -> None:
        story.granted()
        case = story.case
        assert case.next_clock == "legal_aid.assign"
        after = story.do("add_note", CLERK, text="电话问过。").case
        assert (after.next_clock, after.next_by, after.seat, after.step) == (
            case.next_clock, case.next_by, case.seat, case.step,
        )  # fmt: skip

    def test_a_watch_that_wants_an_earlier_answer_comes_first(self, story: Story) -> None:
        story.in_progress()
        assert story.case.next_clock == "promise.progress_report"
        story.do("open_watch", SUPERVISOR, text="为什么还没有进展？")
        assert (story.case.next_clock, story.case.watch_by) == ("promise.watch_answer", SUPERVISOR)
        assert refused(story, "open_watch", SUPERVISOR, text="再问") == "watch_open"
        story.do("answer_watch", CLERK, text="已约见。")
        assert (story.case.next_clock, story.case.watch_by) == ("promise.progress_report", 0)
        assert refused(story, "answer_watch", CLERK, text="已约见。") == "no_watch"

    def test_a_case_without_a_clock_is_promised_the_next_contact(self, offices: dict[int, Agency]) -> None:
        story = Story(kind="report", items=None, amount_claimed=None).do("call_back", OPERATOR)
        assert story.case.next_clock == "promise.next_contact"

    def test_the_end_is_written_once(self, story: Story) -> None:
        case = story.to("closed").case
        story.later(days=30).do("rate", story.worker, stars=5).do("add_note", CLERK, text="锦旗。")
        after = story.case
        assert (after.closed_at, after.queue_key) == (case.closed_at, case.queue_key)
        assert after.rating == 5


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
        story.later(days=5).do("supply", story.worker)
        assert refused(story, "ask_for_more", CLERK, missing=["roster"]) == "asked_before"
        assert refused(story, "ask_for_more", CLERK, missing=["roster"], new_facts=True) == "text_needed"
        story.do("ask_for_more", CLERK, missing=["roster"], new_facts=True, text="又来了两位工友。")

    def test_an_empty_list_is_no_list(self, story: Story) -> None:
        assert refused(story, "ask_for_more", CLERK, missing=[]) == "nothing_missing"
        assert refused(story, "ask_for_more", CLERK, missing=["不是代码"]) == "nothing_missing"

    def test_the_time_for_papers_does_not_count_and_the_day_promise_begins_anew(self, story: Story) -> None:
        due = story.clock("legal_aid.review").due
        story.do("ask_for_more", CLERK, missing=["identity"]).later(days=3, hours=1).do(
            "supply", story.worker
        )
        assert story.clock("legal_aid.review").due == due + timedelta(days=3)
        same_day = story.clock("promise.same_day")
        assert (same_day.state, same_day.due) == ("running", datetime(2026, 3, 5, 17, 30, tzinfo=SHANGHAI))

    def test_where_two_persons_decide_one_does_not(self, story: Story, offices: dict[int, Agency]) -> None:
        from nuanxin.network.actions import alter_agency

        alter_agency(offices[GAOPING].pk, by=SYSTEM, at=AT, two_person_decision=True)
        both = person(DECIDER, GAOPING, "clerk", "decider")  # type: ignore[arg-type]
        story.do("accept", CLERK)
        assert refused(story, "grant", both, status_document=True) == "not_reviewed"
        story.do("review", both)
        assert refused(story, "grant", both, status_document=True) == "same_person"
        assert refused(story, "refuse", both, grounds=["means"], text="不符合") == "same_person"
        story.do("grant", person(CLERK_2, GAOPING, "decider"), status_document=True)  # type: ignore[arg-type]

    def test_one_person_decides_where_that_is_enough(self, story: Story) -> None:
        both = person(DECIDER, GAOPING, "clerk", "decider")  # type: ignore[arg-type]
        story.do("accept", both).do("review", both).do("grant", both, status_document=True)

    def test_wages_want_a_document_and_the_rest_an_undertaking(self, offices: dict[int, Agency]) -> None:
        story = Story(items=["wages", "severance"]).do("accept", CLERK)
        assert refused(story, "grant", DECIDER) == "document_needed"
        assert refused(story, "grant", DECIDER, status_document=True) == "means_open"
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
        assert refused(story, "complete_formalities", CLERK) == "nothing_open"

    def test_preservation_is_a_ground_of_its_own(self, story: Story) -> None:
        assert refused(story, "grant_aid_first", DECIDER, text="急") == "not_urgent"
        story.do("grant_aid_first", DECIDER, needs_preservation=True, text="要冻结账户。")
        assert story.case.aid_first == "44.2"

    @pytest.mark.parametrize(
        "form", [{"text": "理由"}, {"grounds": ["mood"], "text": "理由"}, {"grounds": ["means"]}]
    )
    def test_a_refusal_gives_grounds_and_reasons(self, form: dict[str, Any], story: Story) -> None:
        story.do("accept", CLERK)
        assert refused(story, "refuse", DECIDER, **form) in {"choose_one", "text_needed"}


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
        assert refused(story, "object", story.worker, text="还是不同意") == "objected_before"

    def test_a_new_decision_may_be_objected_to_anew(self, story: Story) -> None:
        story.to("objection").do("sustain_objection", BUREAU, text="应当援助。")
        story.do("terminate", DECIDER, ground="means_changed", text="情况变了。").do(
            "object", story.worker, text="没变"
        )
        assert story.case.status == "objection"


class TestWithdrawal:
    def test_somebody_who_has_not_handled_it_rings_back_first(self, story: Story) -> None:
        story.do("accept", CLERK).do("request_withdrawal", person(OPERATOR), text="说老板给了钱。")
        assert (story.case.status, story.case.seat) == ("withdrawal_requested", "clerk")
        assert (
            refused(story, "confirm_withdrawal", OPERATOR, text="打过") == "same_officer"
        )  # recorded the wish
        assert refused(story, "confirm_withdrawal", CLERK, text="打过") == "same_officer"  # handles the case
        assert refused(story, "confirm_withdrawal", CLERK_2) == "text_needed"
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


class TestFirstContact:
    @pytest.fixture
    def report(self, offices: dict[int, Agency]) -> Story:
        return Story(kind="report", items=None, amount_claimed=None)

    @pytest.fixture
    def question(self, offices: dict[int, Agency]) -> Story:
        return Story(kind="question", items=None, amount_claimed=None)

    def test_three_counted_calls_and_then_it_ends_with_a_message(self, report: Story) -> None:
        assert refused(report, "give_up_calling", OPERATOR, text="打不通") == "attempts_left"
        report.do("call_failed", OPERATOR).do("call_failed", OPERATOR)
        assert refused(report, "call_failed", OPERATOR) == "last_attempt"
        report.do("give_up_calling", OPERATOR, text="三次不通")
        assert (report.case.status, report.case.outcome, report.case.call_attempts) == (
            "closed",
            "unreachable",
            3,
        )

    def test_a_question_nobody_answers_for_can_end_too(self, question: Story) -> None:
        question.do("call_failed", DUTY).do("call_failed", DUTY)
        assert refused(question, "call_failed", DUTY) == "last_attempt"
        question.do("give_up_calling", OPERATOR, text="三次不通")
        assert question.case.status == "closed"

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
        assert refused(question, "convert", DUTY) == "no_items"


class TestTheLawyersWork:
    def test_clocks_of_a_stage_count_from_the_day_of_the_paper(self, story: Story) -> None:
        story.in_progress().later(days=30)
        story.do("record_step", LAWYER, taken="arbitration.awarded", on=date(2026, 3, 20))
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
            refused(story, "record_step", LAWYER, taken="arbitration.filed", on=date(2027, 1, 1))
            == "in_future"
        )
        assert refused(story, "record_step", LAWYER, taken="party") == "no_step"

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
        from nuanxin.cases.rules.ledger import MoneyStep

        story.in_progress().money(MoneyStep.AWARDED, {1: 500}).money(MoneyStep.PAID, {1: 500})
        assert refused(story, "report_closing", LAWYER, outcome="recovered", text="到账") == "not_confirmed"
        story.do("report_closing", LAWYER, outcome="not_recovered", text="未到账")
        assert story.case.status == "closing"

    def test_money_that_came_after_the_report_is_confirmed_before_the_case_closes(self, story: Story) -> None:
        from nuanxin.cases.rules.ledger import MoneyStep

        story.to("aftercare").money(MoneyStep.PAID, {1: 100})
        story.do("pay_subsidy", CLERK, fen=0).do("record_follow_up", CLERK, reached=True)
        assert refused(story, "close", CLERK) == "not_confirmed"
        story.money(MoneyStep.CONFIRMED, {1: 100}, CLERK).do("close", CLERK)

    def test_subsidy_and_follow_up_come_before_the_end(self, story: Story) -> None:
        story.to("aftercare")
        assert refused(story, "close", CLERK) == "no_subsidy"
        assert refused(story, "pay_subsidy", CLERK, fen=-1) == "amount"
        story.do("pay_subsidy", CLERK, fen=0)
        assert refused(story, "close", CLERK) == "no_follow_up"
        assert refused(story, "record_follow_up", CLERK, reached=True, satisfied=9) == "stars"
        story.do("record_follow_up", CLERK, reached=False).do("close", CLERK)
        assert story.case.status == "closed"

    def test_the_clocks_of_the_fight_end_when_the_file_has_passed(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="first_instance.judged")
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
        assert refused(story, "terminate", DECIDER, ground="mood", text="理由") == "choose_one"
        with pytest.raises(NotPermitted):
            story.do("terminate", CLERK, ground=ground, text="理由")
        story.do("terminate", DECIDER, ground=ground, text="理由")
        assert (story.case.status, story.case.lawyer, story.case.grounds) == ("terminated", 0, [ground])

    @pytest.mark.parametrize("stars", [0, 6, -1])
    def test_a_rating_is_one_to_five(self, stars: int, story: Story) -> None:
        story.to("aftercare")
        assert refused(story, "rate", story.worker, stars=stars) == "stars"

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
