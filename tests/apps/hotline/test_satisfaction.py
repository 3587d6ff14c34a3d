"""Asking how a call was: whom, how discreetly, once a week; an answer by page or text; who was not satisfied is rung."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from nuanxin.audit.actor import SYSTEM, WORKER, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import actions
from nuanxin.hotline.actions import promises, satisfaction
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.models import CallBack, Satisfaction
from nuanxin.hotline.queries import quality as asked
from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.promising import Door
from nuanxin.notices import inbound
from nuanxin.notices.actions import take_in
from nuanxin.notices.jobs import send_due
from nuanxin.notices.models import Notice, OutboxMessage
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.quality import answered, ended, person

pytestmark = pytest.mark.django_db
SOON = ended() + timedelta(minutes=3)


@pytest.fixture
def line(db: None) -> Hotline:
    return open_hotline()


def secret() -> str:
    """As it stands in the message that left."""
    send_due(ended())
    found = re.search(r"/h/(\w+)/", OutboxMessage.objects.latest("id").text)
    assert found is not None
    return found[1]


class TestAsking:
    def test_one_text_that_says_nothing_of_the_matter(self, line: Hotline) -> None:
        answered(line)
        key = secret()
        message = OutboxMessage.objects.get()
        assert message.recipient == PHONE
        assert message.text.startswith("【通知】您对通话满意吗？")
        assert not re.search(r"12348|法律|工资|暖薪", message.text.partition("http")[0])
        row = Satisfaction.objects.get()
        assert (row.operator, row.desk_id, row.expires_at) == (
            line.lawyer.id,
            line.desk.pk,
            ended() + timedelta(days=7),
        )
        assert key.encode() not in bytes(row.secret)
        assert Event.objects.filter(kind="satisfaction.asked", stream=row.call_id).count() == 1

    @pytest.mark.parametrize(
        ("changed", "count"),
        [
            ({}, 1),
            ({"phone": ""}, 0),
            ({"phone": "03565220011"}, 0),
            ({"code": "nuisance"}, 0),
            ({"code": "wrong_number"}, 0),
        ],
    )
    def test_who_is_asked(self, line: Hotline, changed: dict[str, str], count: int) -> None:
        answered(line, **changed)  # type: ignore[arg-type]
        assert Satisfaction.objects.count() == Notice.objects.filter(template="hotline_rate").count() == count

    def test_not_before_the_record_is_closed_and_not_if_nobody_talked(self, line: Hotline) -> None:
        line.queued()
        line.tell(Happening.HUNG_UP, 30)  # gave up waiting
        line.queued("c2")
        line.tell(Happening.ANSWERED, 20, call="c2", by=line.lawyer)
        line.tell(Happening.HUNG_UP, 60, call="c2")
        assert not Satisfaction.objects.exists()

    def test_a_telephone_is_asked_once_in_seven_days(self, line: Hotline) -> None:
        week = 7 * 86400
        for call, second in (("c1", 0), ("c2", 500), ("c3", week - 1), ("c4", week)):
            answered(line, call=call, second=second)
        assert sorted(Satisfaction.objects.values_list("call__external", flat=True)) == ["c1", "c4"]

    def test_at_night_it_waits_for_the_morning(self, line: Hotline) -> None:
        night = 15 * 3600  # 02:00 in Shanghai
        answered(line, second=night)
        notice = Notice.objects.get(template="hotline_rate")
        assert notice.next_try_at == WORKDAY.replace(hour=0) + timedelta(days=1)  # 08:00 in Shanghai

    def test_who_wants_no_calls_is_left_in_peace(
        self, line: Hotline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from nuanxin.hotline.rules.callbacks import SafeContact

        monkeypatch.setattr(satisfaction, "contact_of", lambda _: SafeContact(may_call=False))
        answered(line)
        assert not Satisfaction.objects.exists()


class TestAnswering:
    def test_by_the_address_once_and_changed_while_it_is_open(self, line: Hotline) -> None:
        answered(line)
        key = secret()
        for score in (4, 4, 5):
            satisfaction.rate_by_page(secret=key, score=score, at=SOON)
        row = Satisfaction.objects.get()
        assert (row.score, row.rings) == (5, False)
        said = Event.objects.filter(kind="satisfaction.scored").order_by("seq")
        assert [(one.payload["before"], one.payload["score"]) for one in said] == [(0, 4), (4, 5)]
        with pytest.raises(NotPermitted):
            satisfaction.rate_by_page(secret=key, score=3, at=row.expires_at)
        with pytest.raises(NotPermitted):
            satisfaction.rate_by_page(secret=key[:-1], score=3, at=SOON)
        for score in (0, 6):
            with pytest.raises(ValueError, match="score"):
                satisfaction.rate_by_page(secret=key, score=score, at=SOON)

    def test_by_text_message(self, line: Hotline) -> None:
        answered(line)
        take_in(gateway_id="1", phone=PHONE, text=" ５ ", at=SOON)
        assert inbound.answer_waiting(SOON) == 1
        assert Satisfaction.objects.get().score == 5
        assert Notice.objects.filter(template="hotline_thanks", discreet=True).count() == 1
        take_in(gateway_id="2", phone=PHONE, text="1", at=SOON)
        inbound.answer_waiting(SOON)
        assert Notice.objects.filter(template="hotline_sorry").count() == 1
        assert CallBack.objects.get().reason == "dissatisfied"

    def test_a_figure_from_a_telephone_that_was_not_asked_is_no_answer(self, line: Hotline) -> None:
        answered(line)
        take_in(gateway_id="1", phone="13900001111", text="1", at=SOON)
        take_in(gateway_id="2", phone=PHONE, text="1", at=SOON + timedelta(days=8))
        inbound.answer_waiting(SOON + timedelta(days=8))
        assert Satisfaction.objects.get().score is None
        assert not CallBack.objects.exists()


def dissatisfied(line: Hotline) -> tuple[Satisfaction, CallBack]:
    answered(line)
    row = satisfaction.rate_by_page(secret=secret(), score=2, at=SOON)
    return row, CallBack.objects.get(reason="dissatisfied")


def rung(line: Hotline, back: CallBack, result: Attempt = Attempt.REACHED) -> None:
    actions.dial(call_back_id=back.pk, by=line.operator, at=SOON)
    actions.attempted(call_back_id=back.pk, result=result, by=line.operator, at=SOON)


class TestRingingBack:
    def test_by_somebody_else_and_closed_with_what_was_done(self, line: Hotline) -> None:
        row, back = dissatisfied(line)
        assert (back.status, back.earliest, back.phone) == ("promised", None, PHONE)
        with pytest.raises(Refused) as own:
            actions.dial(call_back_id=back.pk, by=line.lawyer, at=SOON)
        assert own.value.code == "own_call"
        with pytest.raises(Refused) as early:
            closed(row, line.operator)
        assert early.value.code == "ring_first"
        rung(line, back)
        with pytest.raises(Refused) as self_closed:
            closed(row, line.lawyer)
        assert self_closed.value.code == "own_call"
        with pytest.raises(Refused) as wrong:
            closed(row, line.operator, code="unreached")
        assert wrong.value.code == "not_what_happened"
        with pytest.raises(NotPermitted):
            closed(row, person(Role.OPERATOR, 440306_000000))
        closed(row, line.operator)
        row.refresh_from_db()
        assert (row.remedy, row.remedied_by, row.remedy_note) == (
            "corrected",
            line.operator.id,
            "重新算了期限",
        )
        with pytest.raises(Refused):
            closed(row, line.operator)
        assert asked.to_ring_back(person(Role.SUPERVISOR)) == []

    def test_all_of_them_stand_on_the_list_until_then(self, line: Hotline) -> None:
        row, back = dissatisfied(line)
        watcher = person(Role.SUPERVISOR)
        assert [one.pk for one in asked.to_ring_back(watcher)] == [row.pk]
        rung(line, back)
        assert [one.pk for one in asked.to_ring_back(watcher)] == [row.pk]
        (figures,) = asked.figures(watcher, since=WORKDAY, until=SOON)
        assert (figures.asked, figures.dissatisfied, figures.rung_back_share) == (1, 1, Fraction(0))
        closed(row, watcher)
        (figures,) = asked.figures(watcher, since=WORKDAY, until=SOON)
        assert (figures.satisfied_share, figures.rung_back_share) == (Fraction(0), Fraction(1))

    def test_a_slip_put_right_before_anybody_rang_calls_it_off(self, line: Hotline) -> None:
        row, back = dissatisfied(line)
        give(row, 5)
        back.refresh_from_db()
        assert (back.status, back.due_at) == ("cancelled", None)
        assert asked.to_ring_back(person(Role.SUPERVISOR)) == []
        give(row, 1)
        back.refresh_from_db()
        assert (back.status, CallBack.objects.count()) == ("promised", 1)
        rung(line, back, Attempt.NO_ANSWER)
        give(row, 4)  # too late: somebody has begun to ring
        row.refresh_from_db()
        assert row.rings

    def test_who_waits_for_another_call_back_gets_one_call_and_not_from_who_talked(
        self, line: Hotline
    ) -> None:
        answered(line)
        wish = promises.Wish(PHONE)
        first = promises.ask_call_back(door=Door.WEB, wish=wish, by=WORKER, at=SOON)
        row = satisfaction.rate_by_text(phone=PHONE, score=1, at=SOON)
        joined = CallBack.objects.get(reason="dissatisfied")
        assert (joined.status, joined.joins_id) == ("joined", first.pk)
        with pytest.raises(Refused) as own:
            actions.dial(call_back_id=first.pk, by=line.lawyer, at=SOON)
        assert own.value.code == "own_call"
        with pytest.raises(Refused, match="ring_first"):
            closed(row, line.operator)
        rung(line, first)
        closed(row, line.operator)
        assert asked.to_ring_back(person(Role.SUPERVISOR)) == []

    def test_a_later_event_of_the_call_does_not_take_it_back(self, line: Hotline) -> None:
        _, back = dissatisfied(line)
        line.tell(Happening.HUNG_UP, 311, about=About(phone=PHONE))
        back.refresh_from_db()
        assert back.status == "promised"

    def test_without_a_call_nothing_is_closed(self, line: Hotline) -> None:
        answered(line)
        row = satisfaction.rate_by_page(secret=secret(), score=4, at=SOON)
        with pytest.raises(NotPermitted):
            closed(row, line.operator)


def give(row: Satisfaction, score: int) -> None:
    satisfaction.rate_by_text(phone=PHONE, score=score, at=SOON)


def closed(row: Satisfaction, by: Any, *, code: str = "corrected") -> Satisfaction:
    return satisfaction.remedy(
        satisfaction_id=row.pk, code=code, note=" 重新算了期限 ", by=by or SYSTEM, at=SOON
    )
