"""Changing hands: the sender is responsible until the receiver accepts; across provinces the case goes on in a linked one."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.codes import follow_code
from nuanxin.cases.faults import NotPermitted, Refused, WrongState
from nuanxin.cases.models import Case, Entry, LedgerLine, NameGram, Respondent, Worker
from nuanxin.cases.permissions import may_read
from nuanxin.cases.queries.opening import earlier_numbers, open_by_code, timeline
from nuanxin.cases.queries.reach import readable
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.agency import agency
from tests.factories.story import (
    CLERK,
    DECIDER,
    GAOPING,
    JINCHENG,
    LAWYER,
    SHENZHEN,
    YANGCHENG,
    Story,
    person,
)

pytestmark = pytest.mark.django_db
Offices = dict[int, Agency]
HANGZHOU = 330100_000000


def send(story: Story, to: Agency, by: Any = CLERK) -> Story:
    return story.do("transfer", by, agency=to.pk, text="工地在那边。")


def take(story: Story, region: int) -> Story:
    """The receiver accepts; the story goes on with the case that goes on."""
    from nuanxin.cases.actions.perform import perform

    story.case_id = perform(
        "accept_transfer", case_id=story.case_id, by=person(CLERK, region), at=story.at
    ).pk
    return story.later(minutes=1)


class TestWithinAProvince:
    def test_the_sender_stays_responsible_until_the_receiver_accepts(
        self, story: Story, offices: Offices
    ) -> None:
        send(story.do("accept", CLERK), offices[YANGCHENG])
        case = story.case
        assert (case.holder_agency, case.holder_region) == (offices[GAOPING].pk, GAOPING)
        assert (case.seat, case.step, case.next_clock) == (
            "receiver",
            "accept_transfer",
            "promise.transfer_answer",
        )
        for region in (GAOPING, SHENZHEN):
            with pytest.raises(NotPermitted):
                story.do("accept_transfer", person(CLERK, region))
        take(story, YANGCHENG)
        case = story.case
        assert (case.holder_agency, case.holder_region) == (offices[YANGCHENG].pk, YANGCHENG)
        assert (case.status, case.seat, case.step, case.officer) == ("accepted", "clerk", "review", CLERK)
        assert (case.transfer_to, case.transfer_region, case.sent_from) == (0, 0, GAOPING)
        assert story.clock("promise.transfer_answer").state == "met"
        assert Notice.objects.filter(case_id=case.pk, template="moved_office").exists()

    def test_the_sender_goes_on_reading_and_no_longer_moves_it(self, story: Story, offices: Offices) -> None:
        take(send(story, offices[YANGCHENG]), YANGCHENG)
        sender = person(CLERK, GAOPING)
        assert may_read(sender, story.case)
        assert Case.objects.filter(readable(sender), pk=story.case_id).exists()
        with pytest.raises(NotPermitted):
            story.do("accept", sender)

    def test_refused_it_is_where_it_was(self, story: Story, offices: Offices) -> None:
        before = story.do("accept", CLERK).case
        with pytest.raises(Refused):
            send(story, offices[YANGCHENG]).do("refuse_transfer", person(CLERK, YANGCHENG))  # says no reason
        story.do("refuse_transfer", person(CLERK, YANGCHENG), text="不在我县。")
        after = story.case
        assert (after.seat, after.step, after.holder_agency) == (
            before.seat,
            before.step,
            before.holder_agency,
        )
        assert (after.transfer_returns, after.transfer_to) == (1, 0)
        assert after.next_by is not None

    def test_it_is_called_off_by_the_sender(self, story: Story, offices: Offices) -> None:
        send(story, offices[YANGCHENG])
        with pytest.raises(NotPermitted):
            story.do("revoke_transfer", person(CLERK, YANGCHENG))
        story.do("revoke_transfer", CLERK)
        assert (story.case.seat, story.case.step) == ("clerk", "accept")
        with pytest.raises(Refused) as refusal:
            take(story, YANGCHENG)
        assert refusal.value.code in {"no_transfer", "not_permitted"}

    def test_after_two_returns_a_superior_names_the_agency(self, story: Story, offices: Offices) -> None:
        for _ in range(2):
            send(story, offices[YANGCHENG]).do("refuse_transfer", person(CLERK, YANGCHENG), text="不在我县。")
        with pytest.raises(Refused) as refusal:
            send(story, offices[YANGCHENG])
        assert refusal.value.code == "returned_twice"
        send(story, offices[YANGCHENG], person(CLERK, JINCHENG))
        take(story, YANGCHENG)
        assert story.case.transfer_returns == 0

    @pytest.mark.parametrize("to", ["itself", "bureau", "closed", "nobody", "words"])
    def test_only_another_open_agency_can_take_it(self, to: str, story: Story, offices: Offices) -> None:
        if to == "bureau":
            chosen: Any = agency(YANGCHENG, Agency.Kind.BUREAU).pk
        elif to == "closed":
            from nuanxin.audit.actor import SYSTEM
            from nuanxin.network.actions import alter_agency

            chosen = alter_agency(offices[YANGCHENG].pk, by=SYSTEM, at=story.at, active=False).pk
        else:
            chosen = {"itself": offices[GAOPING].pk, "nobody": 0, "words": "阳城"}[to]
        with pytest.raises(Refused) as refusal:
            story.do("transfer", CLERK, agency=chosen, text="转。")
        assert refusal.value.code in {"wrong_agency", "no_agency"}

    def test_an_offered_case_is_not_on_its_way_and_one_on_its_way_is_not_offered(
        self, story: Story, offices: Offices
    ) -> None:
        story.to("offered")
        with pytest.raises(WrongState):
            send(story, offices[YANGCHENG])
        story.do("request_withdrawal", story.worker, text="算了").do("keep_case", story.worker)
        send(story, offices[YANGCHENG])
        with pytest.raises(Refused) as refusal:
            story.offered()
        assert refusal.value.code == "transfer_open"

    def test_a_decision_made_meanwhile_travels_with_the_case(self, story: Story, offices: Offices) -> None:
        send(story.do("accept", CLERK), offices[YANGCHENG]).do("grant", DECIDER, status_document=True)
        take(story, YANGCHENG)
        assert (story.case.status, story.case.seat, story.case.step) == ("granted", "clerk", "offer")

    def test_a_wish_to_withdraw_meanwhile_keeps_the_receiver_waiting(
        self, story: Story, offices: Offices
    ) -> None:
        send(story, offices[YANGCHENG]).do("request_withdrawal", story.worker, text="算了")
        with pytest.raises(WrongState):
            take(story, YANGCHENG)
        story.do("keep_case", story.worker)
        assert (story.case.seat, story.case.step) == ("receiver", "accept_transfer")
        take(story, YANGCHENG)


class TestAcrossProvinces:
    @pytest.fixture
    def moved(self, offices: Offices) -> tuple[int, Story]:
        """A group case with a lawyer, a roster and money goes from Gaoping to Shenzhen."""
        story = Story(workers=2, amount_claimed="300.00", applicant={"name": "田某某"}).in_progress()
        story.roster(
            [
                {"name": "田某某", "claimed": "100.00"},
                {"name": "乙", "phone": "13900000002", "claimed": "200.00"},
            ]
        )
        story.money(MoneyStep.PAID, {2: 5_000})
        send(story, offices[SHENZHEN])
        old = story.case_id
        return old, take(story, SHENZHEN)

    def test_it_goes_on_under_a_number_of_the_new_province(
        self, moved: tuple[int, Story], offices: Offices
    ) -> None:
        before, story = Case.objects.get(pk=moved[0]), moved[1]
        after = story.case
        assert (before.status, before.turn, before.continued_by) == ("moved", "ended", after.pk)
        assert (before.holder_agency, before.holder_region) == (offices[GAOPING].pk, GAOPING)
        assert (after.province, after.pk >> 46, after.continues) == (44, 44, before.pk)
        assert (after.holder_agency, after.status, after.lawyer) == (
            offices[SHENZHEN].pk,
            "in_progress",
            LAWYER,
        )
        assert after.next_by is not None
        assert {c.rule for c in after.clock_list() if c.state == "running"} >= {"promise.progress_report"}

    def test_people_parties_words_money_and_names_come_along_in_rows_of_the_province(
        self, moved: tuple[int, Story]
    ) -> None:
        old, story = moved
        for model in (Worker, Respondent, LedgerLine, Entry):
            rows = model.objects.filter(case=story.case_id)
            assert rows.count() == model.objects.filter(case=old).count() > 0
            assert all(row.pk >> 46 == row.province == 44 for row in rows)
        workers = dict(Worker.objects.filter(case=story.case_id).values_list("seq", "pk"))
        line = LedgerLine.objects.get(case=story.case_id, step="paid")
        assert line.worker_id == workers[2]
        assert NameGram.objects.filter(case=story.case_id, gram="田某").exists()
        assert story.case.sums == Case.objects.get(pk=old).sums
        story.money(MoneyStep.CONFIRMED, {2: 5_000}, CLERK)
        assert Case.objects.get(pk=old).confirmed_fen == 0

    def test_the_old_number_and_code_open_the_new_case(self, moved: tuple[int, Story]) -> None:
        old, story = moved
        opened = open_by_code(
            number=Case.objects.get(pk=old).number, code=follow_code(old), address="10.0.0.1", at=story.at
        )
        assert opened.case is not None
        assert opened.case.pk == story.case_id
        notice = Notice.objects.get(case_id=story.case_id, template="moved_province")
        assert follow_code(story.case_id) in notice.values

    def test_a_code_that_was_renewed_stays_renewed(self, offices: Offices) -> None:
        story = Story()
        Case.objects.filter(pk=story.case_id).update(code_epoch=2)
        take(send(story, offices[SHENZHEN]), SHENZHEN)
        notice = Notice.objects.get(case_id=story.case_id, template="moved_province")
        assert follow_code(story.case_id, 2) in notice.values

    def test_both_records_are_whole_and_name_each_other(self, moved: tuple[int, Story]) -> None:
        old, story = moved
        assert list(verify(old)) == []
        assert list(verify(story.case_id)) == []
        first = Event.objects.filter(stream=story.case_id).earliest("seq")
        assert (first.kind, first.payload["continues"]) == ("case.continued", old)
        assert Event.objects.filter(stream=old).latest("seq").payload["continued_by"] == story.case_id

    def test_the_sender_reads_what_stays_behind_and_the_receiver_works_what_goes_on(
        self, moved: tuple[int, Story]
    ) -> None:
        old, story = moved
        sender, receiver = person(CLERK, GAOPING), person(CLERK, SHENZHEN)
        assert may_read(sender, Case.objects.get(pk=old))
        assert not may_read(sender, story.case)
        assert may_read(receiver, story.case)
        with pytest.raises(WrongState):
            Story.do(_at(old, story), "tell_worker", sender, text="？")
        story.do("tell_worker", receiver, text="深圳接着办。")

    def test_through_three_provinces_the_first_number_still_leads_there(
        self, moved: tuple[int, Story], offices: Offices
    ) -> None:
        old, story = moved
        send(story, agency(HANGZHOU), person(CLERK, SHENZHEN))
        take(story, HANGZHOU)
        opened = open_by_code(
            number=Case.objects.get(pk=old).number, code=follow_code(old), address="10.0.0.1", at=story.at
        )
        assert opened.case is not None
        assert opened.case.pk == story.case_id
        assert earlier_numbers(story.case) == [story.case.continues, old]
        told = [line["sentence"]["zh"] for line in timeline(story.case)]
        assert told[0] == "您提交了"
        assert told.count("转到外省继续办") == 2

    def test_from_the_national_desk_it_gets_its_province(self, offices: Offices) -> None:
        story = Story(kind="report", place=None, items=None, amount_claimed=None)
        take(send(story, offices[SHENZHEN], person(CLERK, 0)), SHENZHEN)
        assert (story.case.province, story.case.seat, story.case.step) == (44, "operator", "call_back")

    def test_to_the_national_desk_it_keeps_its_number(self, story: Story) -> None:
        from nuanxin.network.queries import national_intake

        old = story.case_id
        take(send(story, national_intake()), 0)
        assert story.case_id == old
        assert (story.case.holder_region, story.case.province) == (0, 14)
        assert Notice.objects.filter(case_id=old, template="moved_office").exists()

    def test_nothing_is_left_of_a_handover_that_failed(
        self, story: Story, offices: Offices, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from nuanxin.cases.actions import handover

        send(story, offices[SHENZHEN])
        counts = [model.objects.count() for model in (Case, Worker, Entry, Event, NameGram)]

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        monkeypatch.setattr(handover, "append", fail)
        with pytest.raises(RuntimeError):
            take(story, SHENZHEN)
        assert [model.objects.count() for model in (Case, Worker, Entry, Event, NameGram)] == counts
        assert story.case.holder_region == GAOPING


def _at(case_id: int, story: Story) -> Story:
    other = object.__new__(Story)
    other.at, other.case_id = story.at, case_id
    return other
