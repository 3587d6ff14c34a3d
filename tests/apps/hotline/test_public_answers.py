"""What others may read: consent first, one proposes, another compares, nothing of the case stands in it, gone at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.models import Event
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.personal import ERASED
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.models import Case, Respondent
from nuanxin.hotline.actions import answers, questions
from nuanxin.hotline.models import PublicAnswer
from nuanxin.hotline.queries.answers import alike, answer_numbered, published, search, to_do, words_of
from tests.factories.agency import agency
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.questions import ANSWER, ASKER, CLEAN, FIRM, TELEPHONE, answered, asked, asker_of, person
from tests.factories.staff import GAOPING

AT = WORKDAY + timedelta(hours=1)
TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(db: object) -> Hotline:
    agency(GAOPING)
    return open_hotline()


@pytest.fixture
def decider(line: Hotline) -> Actor:
    return person(Role.DECIDER)


def proposed(line: Hotline, key: str = "q1", **more: Any) -> PublicAnswer:
    case = answered(line.lawyer, key)
    return answers.propose(
        case_id=case.pk, wording=replace(CLEAN, **more), law_on=TODAY, by=line.lawyer, at=AT
    )


def out(line: Hotline, by: Actor, key: str = "q1", **more: Any) -> PublicAnswer:
    return answers.approve(answer_id=proposed(line, key, **more).pk, by=by, at=AT)


def refused(act: Any) -> str:
    with pytest.raises(Refused) as found:
        act()
    return found.value.code


def test_it_goes_out_once_a_second_person_has_said_so(line: Hotline, decider: Actor) -> None:
    row = proposed(line)
    assert list(published()) == []
    done = answers.approve(answer_id=row.pk, by=decider, at=AT)
    assert (done.state, done.number, done.decided_by) == ("approved", 1, decider.id)
    assert answer_numbered(1) == done
    assert answer_numbered(2**40) is None
    assert out(line, decider, "q2").number == 2
    kinds = Event.objects.filter(stream=row.case, kind__startswith="public_answer.").order_by("seq")
    assert [event.kind for event in kinds] == ["public_answer.proposed", "public_answer.approved"]


def test_who_proposed_it_does_not_approve_it_even_as_a_decider(line: Hotline, decider: Actor) -> None:
    row = proposed(line)
    both = replace(line.lawyer, roles=line.lawyer.roles | {str(Role.DECIDER)})
    assert refused(lambda: answers.approve(answer_id=row.pk, by=both, at=AT)) == "second_person"
    assert refused(lambda: answers.refuse(answer_id=row.pk, reason="?", by=both, at=AT)) == "second_person"
    with pytest.raises(IntegrityError), transaction.atomic():  # the database knows it too
        PublicAnswer.objects.filter(pk=row.pk).update(
            state="approved", number=9, decided_by=row.proposed_by, decided_at=AT
        )


@pytest.mark.parametrize(
    "words",
    [f"{ASKER}问：能要二倍工资吗？", f"在{FIRM}干活", "在鸿运干活", f"打{TELEPHONE}", "打139-1234 5678", "身份证140581199001011234", "卡号6222020012345678901"],
)  # fmt: skip
@pytest.mark.parametrize("field", ["question_zh", "answer_zh"])
def test_nothing_that_points_to_the_asker_gets_through(line: Hotline, words: str, field: str) -> None:
    case = answered(line.lawyer)
    wording = replace(CLEAN, **{field: words})
    with pytest.raises(answers.PointsToSomebody) as found:
        answers.propose(case_id=case.pk, wording=wording, law_on=TODAY, by=line.lawyer, at=AT)
    assert found.value.found
    assert not PublicAnswer.objects.exists()


def test_a_name_that_the_case_learned_since_is_found_at_the_approval(line: Hotline, decider: Actor) -> None:
    row = proposed(line, answer_zh="可以，找胜达要钱。")
    Respondent.objects.filter(case=row.case).update(name="胜达劳务有限公司")
    assert refused(lambda: answers.approve(answer_id=row.pk, by=decider, at=AT)) == "points_to_somebody"
    row.refresh_from_db()
    assert (row.state, row.number) == ("proposed", None)


def test_what_must_be_there_before_it_is_proposed(line: Hotline) -> None:
    case, silent, open_one = answered(line.lawyer, "a"), answered(line.lawyer, "b", share=False), asked("c")

    def propose(case_id: int = case.pk, on: date = TODAY, **more: Any) -> str:
        wording = replace(CLEAN, **more)
        return refused(
            lambda: answers.propose(case_id=case_id, wording=wording, law_on=on, by=line.lawyer, at=AT)
        )

    assert propose(silent.pk) == "no_consent"
    assert propose(open_one.pk) == "not_answered"
    assert propose(99) == "no_such_case"
    assert propose(topic="gossip") == "choose_topic"
    assert propose(answer_zh=" ") == "both_parts"
    assert propose(question_en="May I?") == "both_parts_en"
    assert propose(question_zh="好" * 8001) == "too_long"
    assert propose(on=TODAY + timedelta(days=1)) == "not_yet"
    answers.propose(case_id=case.pk, wording=CLEAN, law_on=TODAY, by=line.lawyer, at=AT)
    assert propose() == "proposed_already"


def test_who_may_do_what(line: Hotline, decider: Actor) -> None:
    case = answered(line.lawyer)
    far = person(Role.SUPERVISOR, region=440306_000000)
    for by in (line.operator, decider, far, asker_of(case)):
        with pytest.raises(NotPermitted):
            answers.propose(case_id=case.pk, wording=CLEAN, law_on=TODAY, by=by, at=AT)
    row = answers.propose(case_id=case.pk, wording=CLEAN, law_on=TODAY, by=line.lawyer, at=AT)
    for by in (line.operator, far, asker_of(case), person(Role.DUTY_LAWYER)):
        with pytest.raises(NotPermitted):
            answers.approve(answer_id=row.pk, by=by, at=AT)
    with pytest.raises(NotPermitted):
        answers.withdraw(answer_id=row.pk, by=far, at=AT)


def test_refused_with_a_reason_it_may_be_mended_and_proposed_again(line: Hotline, decider: Actor) -> None:
    row = proposed(line)
    assert refused(lambda: answers.refuse(answer_id=row.pk, reason=" ", by=decider, at=AT)) == "say_why"
    answers.refuse(answer_id=row.pk, reason="写清楚是哪一年的规定", by=decider, at=AT)
    assert refused(lambda: answers.approve(answer_id=row.pk, by=decider, at=AT)) == "settled"
    assert [one.pk for one in to_do(line.lawyer).refused] == [row.pk]
    answers.propose(case_id=row.case, wording=CLEAN, law_on=TODAY, by=line.lawyer, at=AT)


def test_the_asker_takes_it_back_and_it_is_gone_at_once(line: Hotline, decider: Actor) -> None:
    row = out(line, decider)
    by = asker_of(Case.objects.get(pk=row.case))
    questions.note_share(case_id=row.case, share=False, by=by, at=AT)
    row.refresh_from_db()
    assert (row.state, row.withdrawn_by) == ("withdrawn", 0)
    assert answer_numbered(1) is None
    waiting = proposed(line, "q2")
    questions.note_share(
        case_id=waiting.case, share=False, by=asker_of(Case.objects.get(pk=waiting.case)), at=AT
    )
    assert refused(lambda: answers.approve(answer_id=waiting.pk, by=decider, at=AT)) == "settled"
    assert out(line, decider, "q3").number == 2  # a number is never given twice


def test_what_nobody_let_out_is_emptied_and_what_is_out_stays_when_people_are_erased(
    line: Hotline, decider: Actor
) -> None:
    stays, waits = out(line, decider, "a"), proposed(line, "b")
    old = answers.refuse(answer_id=proposed(line, "c").pk, reason="不清楚", by=decider, at=AT)
    assert answers.empty_unpublished(at=AT + timedelta(days=90)) == 0
    for row in (stays, waits):
        with write():
            append([NewEvent(row.case, 14, ERASED, {})], by=SYSTEM, at=AT)
    assert answers.empty_unpublished(at=AT + timedelta(days=90, seconds=1)) == 2
    assert answers.empty_unpublished(at=AT + timedelta(days=90, seconds=1)) == 0
    for row in (stays, waits, old):
        row.refresh_from_db()
    assert (stays.state, stays.question_zh) == ("approved", CLEAN.question_zh)
    assert (waits.state, waits.question_zh, old.answer_zh, old.reason) == ("withdrawn", "", "", "")


def test_what_is_out_is_confirmed_and_speaks_of_that_days_law(line: Hotline, decider: Actor) -> None:
    row, later = out(line, decider), AT + timedelta(days=400)
    far = person(Role.SUPERVISOR, region=440306_000000)
    with pytest.raises(NotPermitted):
        answers.confirm(answer_id=row.pk, by=far, at=later)
    assert answers.confirm(answer_id=row.pk, by=line.lawyer, at=later).law_on == date(2027, 4, 6)
    last = Event.objects.filter(stream=row.case).order_by("-seq")[0]
    assert (last.kind, last.payload["law_on"]) == ("public_answer.confirmed", "2027-04-06")
    answers.withdraw(answer_id=row.pk, by=decider, at=later)
    assert refused(lambda: answers.confirm(answer_id=row.pk, by=decider, at=later)) == "settled"


def test_the_search_finds_all_words_in_any_language_and_ends_its_pages(line: Hotline, decider: Actor) -> None:
    for number in range(11):
        out(line, decider, f"k{number}", topic="wages" if number else "injury", question_zh=f"第{number}个问题：加班费怎么算？",
            question_en="How is overtime counted?", answer_en="By the hour.")  # fmt: skip
    first, second = search(words="加班费 怎么"), search(words="加班费", page=2)
    assert ([row.number for row in first.rows], first.more) == ([11, 10, 9, 8, 7, 6, 5, 4, 3, 2], True)
    assert ([row.number for row in second.rows], second.more) == ([1], False)
    assert [row.number for row in search(words="OVERTIME", topic="injury").rows] == [1]
    assert search(words="加班费 工伤").rows == []
    assert search(words="100%").rows == []  # a sign of the query language is a plain sign
    assert [row.number for row in alike("老板不给加班费")] == [11, 10, 9]
    assert alike("你好") == []
    assert words_of(" 加班费，怎么 算? a b c d ") == ["加班费", "怎么", "算", "a", "b", "c"]


def test_an_answer_given_on_the_page_of_the_case_may_go_out_too(line: Hotline, decider: Actor) -> None:
    case, private = asked("q1"), asked("q2", share=False)
    for one in (case, private):  # not by the tab of the questions: the move of the case alone
        perform("answer", case_id=one.pk, by=line.lawyer, at=AT, form={"text": ANSWER})
    waiting = asked("q3")
    assert [one.pk for one in to_do(line.lawyer).to_propose] == [case.pk]
    for other, code in ((private, "no_consent"), (waiting, "not_answered")):
        assert refused(
            lambda other=other: answers.propose(case_id=other.pk, wording=CLEAN, law_on=TODAY, by=line.lawyer, at=AT)
        ) == code  # fmt: skip
    row = answers.propose(case_id=case.pk, wording=CLEAN, law_on=TODAY, by=line.lawyer, at=AT)
    assert to_do(line.lawyer).to_propose == []
    assert answers.approve(answer_id=row.pk, by=decider, at=AT).number == 1
