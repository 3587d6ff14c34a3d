"""A written question has one owner, an answer within its promise, one follow-up, and an end that the asker chooses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from nuanxin.audit.actor import WORKER, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.models import Case, Entry
from nuanxin.hotline.actions import questions
from nuanxin.hotline.models import OperatorState, WrittenQuestion
from nuanxin.hotline.queries.questions import waiting
from nuanxin.hotline.rules.queue import RETURNS_WITHIN, SILENT
from nuanxin.notices.models import Notice
from tests.apps.hotline.test_races import together
from tests.factories.agency import agency
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.questions import ANSWER, answered, asked, asker_of, person
from tests.factories.staff import GAOPING

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(db: object) -> Hotline:
    agency(GAOPING)
    return open_hotline()


def code_of(act: Any) -> str:
    """How an action was refused; empty when it was not."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""


def test_the_first_who_takes_it_has_it_and_may_give_it_back(line: Hotline) -> None:
    case, other = asked(), person(Role.DUTY_LAWYER, username="second")
    at = WORKDAY + MINUTE
    questions.take(case_id=case.pk, by=line.lawyer, at=at)
    questions.take(case_id=case.pk, by=line.lawyer, at=at)  # pressed twice
    assert code_of(lambda: questions.take(case_id=case.pk, by=other, at=at)) == "in_other_hands"
    assert code_of(lambda: questions.answer(case_id=case.pk, text="好", by=other, at=at)) == "in_other_hands"
    assert code_of(lambda: questions.give_back(case_id=case.pk, by=other, at=at)) == "not_permitted"
    questions.give_back(case_id=case.pk, by=line.lawyer, at=at)
    questions.take(case_id=case.pk, by=other, at=at)
    kinds = list(
        Event.objects.filter(stream=case.pk, kind__startswith="question.")
        .order_by("seq")
        .values_list("kind", flat=True)
    )
    assert kinds == ["question.share", "question.taken", "question.released", "question.taken"]
    assert list(verify()) == []


def test_what_a_dead_browser_held_goes_back_to_the_queue(line: Hotline) -> None:
    case, other = asked(), person(Role.DUTY_LAWYER, username="second")
    questions.take(case_id=case.pk, by=line.lawyer, at=WORKDAY)
    questions.still_here(case_id=case.pk, by=other, at=WORKDAY + 9 * MINUTE)  # not theirs: nothing
    questions.still_here(case_id=case.pk, by=line.lawyer, at=WORKDAY + 5 * MINUTE)
    assert questions.release_silent(at=WORKDAY + SILENT) == 0  # heard of five minutes ago
    assert (
        questions.release_silent(at=WORKDAY + 5 * MINUTE + SILENT) == 0
    )  # exactly: not longer ago than that
    assert questions.release_silent(at=WORKDAY + 6 * MINUTE + SILENT) == 1
    assert WrittenQuestion.objects.get().owner == 0
    assert Event.objects.get(kind="question.released").actor_kind == "system"
    questions.take(case_id=case.pk, by=other, at=WORKDAY + 30 * MINUTE)


def test_who_may_not_answer_may_not_take(line: Hotline) -> None:
    case = asked()
    for by in (line.operator, person(Role.CLERK), WORKER, person(Role.DUTY_LAWYER, region=440306_000000)):
        assert code_of(lambda by=by: questions.take(case_id=case.pk, by=by, at=WORKDAY)) == "not_permitted"
    assert code_of(lambda: questions.take(case_id=77, by=line.lawyer, at=WORKDAY)) == "no_such_case"
    assert waiting(line.operator, WORKDAY) == []


def test_it_is_answered_within_the_promise_and_the_notice_says_nothing_of_it(line: Hotline) -> None:
    case = asked()
    assert case.next_clock == "promise.answer"
    [before] = waiting(line.lawyer, WORKDAY)
    assert (before.id, before.due) == (case.pk, case.next_by)
    done = questions.answer(case_id=case.pk, text=ANSWER, by=line.lawyer, at=WORKDAY + 20 * MINUTE)
    assert (done.status, waiting(line.lawyer, WORKDAY + 21 * MINUTE)) == ("answered", [])
    row = WrittenQuestion.objects.get()
    assert (row.answered_by, row.owner) == (line.lawyer.id, 0)
    told = Notice.objects.filter(case_id=case.pk, template="answered")
    assert [notice.channel for notice in told] == ["sms"]  # the template names the number of the case alone
    assert code_of(lambda: questions.take(case_id=case.pk, by=line.lawyer, at=WORKDAY)) == "not_waiting"


def test_one_follow_up_goes_back_to_the_same_lawyer_while_on_duty(line: Hotline) -> None:
    case, other = answered(line.lawyer), person(Role.DUTY_LAWYER, username="second")
    at, by = WORKDAY + 30 * MINUTE, asker_of(case)
    again = questions.ask_again(case_id=case.pk, text="那要在哪里申请？", by=by, at=at)
    assert (again.status, again.step, again.next_clock) == ("submitted", "answer", "promise.answer")
    assert code_of(lambda: questions.take(case_id=case.pk, by=other, at=at + MINUTE)) == "kept"
    questions.take(case_id=case.pk, by=other, at=at + RETURNS_WITHIN)  # an hour on, anybody's
    questions.give_back(case_id=case.pk, by=other, at=at + RETURNS_WITHIN)
    OperatorState.objects.filter(staff=line.lawyer.id).update(state=OperatorState.State.OFF)
    questions.take(case_id=case.pk, by=other, at=at + MINUTE)  # off duty: the queue has it at once
    questions.answer(case_id=case.pk, text="在公司所在地。", by=other, at=at + 2 * MINUTE)
    assert code_of(lambda: questions.ask_again(case_id=case.pk, text="还有", by=by, at=at)) == "asked_again"
    texts = [entry.text for entry in Entry.objects.filter(case=case.pk, action="ask_again")]
    assert texts == ["那要在哪里申请？"]


def test_helped_closes_it_and_not_helped_has_the_asker_rung_back(line: Hotline) -> None:
    first, second = answered(line.lawyer, "a"), answered(line.lawyer, "b")
    at = WORKDAY + 30 * MINUTE
    assert questions.said_helped(case_id=first.pk, helped=True, by=asker_of(first), at=at).status == "closed"
    rung = questions.said_helped(case_id=second.pk, helped=False, by=asker_of(second), at=at)
    assert (rung.status, rung.step, rung.seat, rung.next_clock) == (
        "submitted",
        "call_back",
        "operator",
        "promise.call_back",
    )
    assert dict(WrittenQuestion.objects.values_list("pk", "helped")) == {first.pk: True, second.pk: False}
    assert code_of(lambda: questions.take(case_id=second.pk, by=line.lawyer, at=at)) == "not_waiting"


def test_only_the_asker_speaks_for_the_asker(line: Hotline) -> None:
    mine, other = answered(line.lawyer, "a"), answered(line.lawyer, "b")
    at, stranger = WORKDAY + 30 * MINUTE, asker_of(mine)
    for act in (
        lambda: questions.ask_again(case_id=other.pk, text="?", by=stranger, at=at),
        lambda: questions.said_helped(case_id=other.pk, helped=True, by=stranger, at=at),
        lambda: questions.note_share(case_id=other.pk, share=False, by=stranger, at=at),
    ):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.django_db(transaction=True)
def test_two_lawyers_press_at_the_same_instant() -> None:
    agency(GAOPING)
    line = open_hotline()
    other = person(Role.DUTY_LAWYER, username="second")

    def press(case: Case, by: Actor) -> str:
        return code_of(lambda: questions.take(case_id=case.pk, by=by, at=WORKDAY + MINUTE)) or "has it"

    for number in range(4):
        case = asked(f"r{number}")
        said = together(lambda: press(case, line.lawyer), lambda: press(case, other))  # noqa: B023
        assert sorted(said) == ["has it", "in_other_hands"]
        winner = (line.lawyer, other)[said.index("has it")]
        assert WrittenQuestion.objects.get(pk=case.pk).owner == winner.id
    assert Event.objects.filter(kind="question.taken").count() == 4
    assert list(verify()) == []
    assert connection.in_atomic_block is False
