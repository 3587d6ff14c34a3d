"""Offers: only to who may take it, to one at a time, answered by who was asked, taken back when nobody answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from nuanxin.accounts.actions import deactivate
from nuanxin.accounts.models import Grant, Staff
from nuanxin.assignment.actions import (
    DECLINE_REASONS,
    accept,
    alter_firm,
    decline,
    offer,
    recall,
    recall_silent,
    register_lawyer,
)
from nuanxin.assignment.actions import offers as offers_module
from nuanxin.assignment.models import Firm, Lawyer, Offer
from nuanxin.assignment.queries import offers_of, open_offers, proposal
from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.models import Case, Entry
from nuanxin.notices.models import Notice
from tests.factories.agency import agency
from tests.factories.lawyer import JINCHENG, acting, client_of, firm, lawyer
from tests.factories.story import CLERK, CLERK_2, DECIDER, GAOPING, YANGCHENG, Story, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: Any) -> Story:
    for region in (GAOPING, YANGCHENG, JINCHENG):
        agency(region)
    return Story().granted()


def ask(story: Story, one: Lawyer, by: Any = CLERK) -> Story:
    actor = story.who(by) if isinstance(by, int) else by
    offer(case_id=story.case_id, lawyer=one.staff, by=actor, at=story.at)
    return story.later(minutes=1)


def asked(story: Story) -> dict[int, str]:
    """Everybody in the proposal with what excludes them."""
    return {line.lawyer: line.ranked.excluded for line in proposal(story.case, at=story.at)}


def code(call: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


class TestTheProposal:
    def test_it_names_lawyer_firm_and_reasons(self, story: Story) -> None:
        one = lawyer(firm("甲律所"))
        [line] = proposal(story.case, at=story.at)
        assert (line.lawyer, line.firm) == (one.staff, "甲律所")
        assert line.name == Staff.objects.get(pk=one.staff).name
        assert {reason.code for reason in line.ranked.reasons} == {
            "specialty",
            "same_county",
            "load",
            "no_offer_yet",
        }

    def test_the_city_is_asked_first_and_the_province_where_nobody_there_may_be(self, story: Story) -> None:
        near = lawyer(region=GAOPING, capacity=1)
        far = lawyer(region=140100_000000)
        lawyer(region=330100_000000)  # another province
        assert asked(story) == {near.staff: ""}
        Case.objects.filter(pk=Story().case_id).update(lawyer=near.staff)
        assert asked(story) == {far.staff: "", near.staff: "full"}
        assert [line.lawyer for line in proposal(story.case, at=story.at)] == [far.staff, near.staff]

    def test_nobody_without_account_role_or_working_firm_is_in_it(self, story: Story) -> None:
        of = firm()
        gone, demoted, resting, firmless = lawyer(), lawyer(), lawyer(), lawyer(of)
        deactivate(staff=Staff.objects.get(pk=gone.staff), by=SYSTEM, at=story.at)
        Grant.objects.filter(staff=demoted.staff).update(until=story.at)
        register_lawyer(staff=resting.staff, firm=None, place=GAOPING, specialties=[], languages=[], capacity=9,
                        active=False, by=SYSTEM, at=story.at)  # fmt: skip
        alter_firm(of.pk, active=False, by=SYSTEM, at=story.at)
        assert asked(story) == {}
        for one in (gone, demoted, resting, firmless):
            with pytest.raises(Refused) as refusal:
                ask(story, one)
            assert refusal.value.code == "not_proposed"

    @pytest.mark.parametrize("whose", ["own", "firm", "colleague"])
    def test_whoever_acts_for_a_respondent_is_excluded_with_its_name(self, whose: str, story: Story) -> None:
        of = firm()
        one, colleague = lawyer(of), lawyer(of)
        party = story.case.respondents.get()
        party.name = "恒达建设集团"
        party.save()
        owners: dict[str, Firm | Lawyer] = {"own": one, "firm": of, "colleague": colleague}
        client_of(owners[whose], "恒达建设有限公司")
        free = lawyer(firm("乙律所"))
        lines = {line.lawyer: line for line in proposal(story.case, at=story.at)}
        assert lines[one.staff].ranked.excluded == lines[colleague.staff].ranked.excluded == "conflict"
        assert lines[one.staff].conflicts == ("恒达建设集团",)
        assert not lines[free.staff].ranked.excluded
        assert code(lambda: ask(story, one)) == "conflict"

    def test_a_client_of_the_past_is_none_and_its_last_day_counts_in_china(self, story: Story) -> None:
        one = lawyer()
        party = story.case.respondents.get()
        client_of(one, party.name, until=date(2026, 3, 2))
        assert asked(story) == {one.staff: "conflict"}
        story.at = story.at.replace(hour=16, minute=30)  # half past midnight in China
        assert asked(story) == {one.staff: ""}

    def test_offers_that_wait_weigh_like_cases_in_hand(self, story: Story) -> None:
        one = lawyer(capacity=1)
        ask(story, one)
        assert asked(Story().granted()) == {one.staff: "full"}

    def test_it_costs_the_same_for_many_lawyers(
        self, story: Story, django_assert_max_num_queries: Any
    ) -> None:
        of = firm()
        for _ in range(12):
            client_of(lawyer(of), "别的公司")
        case = story.case
        with django_assert_max_num_queries(8):
            proposal(case, at=story.at)


class TestAnswering:
    def test_accepting_makes_it_theirs(self, story: Story) -> None:
        one = lawyer()
        ask(story, one)
        [row] = open_offers(one.staff)
        assert (row.answer_by, row.score) == (story.case.next_by, sum(r["points"] for r in row.reasons))
        assert row.answer_by == story.clock("promise.offer_answer").due
        accept(case_id=story.case_id, by=acting(one), at=story.at)
        case = story.case
        assert (case.status, case.lawyer, case.offered_to, case.seat) == ("assigned", one.staff, 0, "lawyer")
        assert [row.answer for row in offers_of(case.pk)] == ["accepted"]
        assert open_offers(one.staff) == []
        assert list(verify(case.pk)) == []

    def test_the_lawyer_is_told_on_the_desk_and_by_text(self, story: Story) -> None:
        one = lawyer()
        person = Staff.objects.get(pk=one.staff)
        person.phone = "13700000005"
        person.save(update_fields=["phone"])
        ask(story, one)
        told = Notice.objects.filter(case_id=story.case_id, template="offer_waiting")
        assert {(notice.channel, notice.staff_id, notice.phone or "") for notice in told} == {
            ("in_app", one.staff, ""), ("sms", None, "13700000005"),
        }  # fmt: skip

    def test_only_who_was_asked_answers(self, story: Story) -> None:
        one, other = lawyer(), lawyer()
        ask(story, one)
        for call in (accept, lambda **who: decline(reason="too_busy", **who)):
            with pytest.raises(NotPermitted):
                call(case_id=story.case_id, by=acting(other), at=story.at)

    def test_a_conflict_that_came_up_since_stops_them(self, story: Story) -> None:
        one = lawyer(firm())
        ask(story, one)
        client_of(one, story.case.respondents.get().name)
        assert code(lambda: accept(case_id=story.case_id, by=acting(one), at=story.at)) == "conflict"
        decline(case_id=story.case_id, by=acting(one), at=story.at, reason="conflict")

    @pytest.mark.parametrize("reason", DECLINE_REASONS)
    def test_declining_gives_a_coded_reason_and_the_case_back(self, reason: str, story: Story) -> None:
        one = lawyer()
        ask(story, one)
        decline(case_id=story.case_id, by=acting(one), at=story.at, reason=reason, text="说明")
        case = story.case
        assert (case.status, case.seat, case.step, case.offered_to) == ("granted", "clerk", "offer", 0)
        assert [(row.answer, row.reason) for row in offers_of(case.pk)] == [("declined", reason)]
        assert Event.objects.filter(stream=case.pk).latest("seq").payload["reason"] == reason
        assert Entry.objects.filter(case=case.pk, action="decline_offer").get().text == "说明"
        assert asked(story) == {one.staff: "declined"}

    def test_a_reason_nobody_knows_and_another_without_words_are_refused(self, story: Story) -> None:
        one = lawyer()
        ask(story, one)
        for reason, expected in (("mood", "choose_one"), ("", "choose_one"), ("other", "text_needed")):
            with pytest.raises(Refused) as refusal:
                decline(case_id=story.case_id, by=acting(one), at=story.at, reason=reason)
            assert refusal.value.code == expected

    def test_the_clerk_takes_it_back_and_may_ask_the_same_again(self, story: Story) -> None:
        one = lawyer()
        ask(story, one)
        with pytest.raises(NotPermitted):
            recall(case_id=story.case_id, by=person(CLERK, YANGCHENG), at=story.at)
        recall(case_id=story.case_id, by=story.who(CLERK), at=story.at)
        assert (story.case.status, story.case.offered_to) == ("granted", 0)
        assert asked(story) == {one.staff: ""}
        ask(story, one)

    def test_a_lawyer_who_was_changed_away_is_not_asked_again(self, story: Story) -> None:
        one = lawyer()
        ask(story, one)
        accept(case_id=story.case_id, by=acting(one), at=story.at)
        story.do("change_lawyer", CLERK, text="换人。")
        assert asked(story) == {one.staff: "declined"}

    def test_urgent_and_green_offers_come_first(self, story: Story) -> None:
        one = lawyer()
        slow = Story(items=["severance"], amount_claimed=None).granted()
        fast = Story(ended_on="2025-03-05", relation="employment").granted()
        for each in (slow, story, fast):
            ask(each, one)
        assert [row.case_id for row in open_offers(one.staff)] == [fast.case_id, story.case_id, slow.case_id]

    def test_nothing_is_left_of_an_offer_that_failed(
        self, story: Story, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = lawyer()

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        monkeypatch.setattr(offers_module, "_answer", fail)
        with pytest.raises(RuntimeError):
            ask(story, one)
        assert story.case.status == "granted"
        assert not Offer.objects.exists()


class TestSilence:
    def test_an_offer_that_nobody_answers_comes_back_by_itself(self, story: Story) -> None:
        one = lawyer()
        ask(story, one)
        due = story.case.next_by
        assert due is not None
        assert recall_silent(at=due - timedelta(seconds=1)) == 0
        assert recall_silent(at=due) == 1
        assert (story.case.status, story.case.step) == ("granted", "offer")
        assert [(row.answer, row.reason) for row in offers_of(story.case_id)] == [("recalled", "silent")]
        assert asked(story) == {one.staff: "declined"}
        assert Event.objects.filter(stream=story.case_id).latest("seq").actor_kind == "system"
        assert recall_silent(at=due) == 0

    def test_an_offer_whose_case_went_another_way_ends_with_it(self, story: Story) -> None:
        one = lawyer()
        ask(story, one)
        story.do("terminate", DECIDER, ground="client_asks", text="本人要求。")
        assert open_offers(one.staff) == []
        assert recall_silent(at=story.at + timedelta(days=9)) == 0
        assert [(row.answer, row.reason) for row in offers_of(story.case_id)] == [("recalled", "case_moved")]

    def test_a_kept_case_is_offered_anew_although_the_old_offer_was_never_answered(
        self, story: Story
    ) -> None:
        one = lawyer()
        ask(story, one)
        story.do("request_withdrawal", story.worker, text="算了").do("keep_case", story.worker)
        ask(story, one)
        assert sorted(row.answer for row in offers_of(story.case_id)) == ["open", "recalled"]
        accept(case_id=story.case_id, by=acting(one), at=story.at)

    def test_one_that_cannot_be_taken_back_keeps_no_other_waiting(
        self, story: Story, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = Story().granted()
        for each in (story, other):
            ask(each, lawyer())
        real = offers_module.recall

        def spoil(*, case_id: int, **who: Any) -> Case:
            if case_id == story.case_id:
                raise RuntimeError("spoilt")
            return real(case_id=case_id, **who)

        monkeypatch.setattr(offers_module, "recall", spoil)
        with pytest.raises(ExceptionGroup):
            recall_silent(at=story.at + timedelta(days=9))
        assert other.case.status == "granted"


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture
    def granted(self) -> Story:
        agency(GAOPING)
        return Story().granted()

    def race(self, *calls: Callable[[], Any]) -> list[Any]:
        """Everybody at once; gives back what each got, a refusal or what was done."""
        gate, got = threading.Barrier(len(calls)), []

        def run(call: Callable[[], Any]) -> None:
            gate.wait()
            try:
                got.append(call())
            except Refused as refusal:
                got.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(call,)) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return got

    def test_two_clerks_offer_at_once_and_one_offer_is_made(self, granted: Story) -> None:
        one, two = lawyer(), lawyer()
        first, second = granted.who(CLERK), granted.who(CLERK_2)
        got = self.race(
            lambda: offer(case_id=granted.case_id, lawyer=one.staff, by=first, at=granted.at),
            lambda: offer(case_id=granted.case_id, lawyer=two.staff, by=second, at=granted.at),
        )
        assert sorted(type(answer).__name__ for answer in got) == ["Case", "WrongState"]
        [row] = Offer.objects.all()
        assert row.lawyer == granted.case.offered_to

    def test_an_answer_and_a_recall_at_once_leave_one_of_the_two(self, granted: Story) -> None:
        one = lawyer()
        ask(granted, one)
        by, clerk = acting(one), granted.who(CLERK)
        got = self.race(
            lambda: accept(case_id=granted.case_id, by=by, at=granted.at),
            lambda: recall(case_id=granted.case_id, by=clerk, at=granted.at),
            lambda: decline(case_id=granted.case_id, by=by, at=granted.at, reason="too_busy"),
        )
        assert sum(isinstance(answer, Case) for answer in got) == 1
        row, case = Offer.objects.get(), granted.case
        assert (case.status == "assigned") == (row.answer == "accepted") == (case.lawyer == one.staff)
        assert case.offered_to == 0
        assert list(verify(case.pk)) == []
