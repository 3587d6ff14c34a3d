"""The desk's pages of written questions and public answers, and what anybody reads of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case
from nuanxin.hotline.models import PublicAnswer, WrittenQuestion
from nuanxin.hotline.queries.questions import said_in
from tests.apps.desk.conftest import Desk
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.questions import ASKER, CLEAN, answered, asked

QUESTIONS, ANSWERS = "/desk/hotline/questions/", "/desk/hotline/answers/"
GIVEN = {
    "topic": "contract", "question_zh": CLEAN.question_zh, "answer_zh": CLEAN.answer_zh,
    "law_on_year": "2026", "law_on_month": "3", "law_on_day": "2",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(WORKDAY + timedelta(minutes=50), tick=False):
        yield open_hotline()


def lawyer_of(desk: Desk, line: Hotline, language: str = "en") -> Client:
    return desk(Role.DUTY_LAWYER, staff=Staff.objects.get(pk=line.lawyer.id), language=language)


def text(answer: Any) -> str:
    said: str = answer.content.decode()
    return said


def test_calls_and_letters_stand_in_one_list_and_the_first_press_has_the_letter(
    desk: Desk, line: Hotline
) -> None:
    case = asked()
    line.queued()
    first, second = lawyer_of(desk, line), desk(Role.DUTY_LAWYER)
    page = text(first.get(QUESTIONS))
    assert page.index("138****8000") < page.index(case.number)  # a caller before a letter with hours to go
    taken = first.post(f"{QUESTIONS}{case.number}/take/")
    assert "answer" in taken["Location"]
    late = second.post(f"{QUESTIONS}{case.number}/take/")
    assert (late.status_code, "A colleague has this question" in text(late)) == (409, True)
    assert "Take the question" not in text(second.get(QUESTIONS))
    assert "Go on answering" in text(first.get(QUESTIONS))
    assert (
        second.post(taken["Location"], {"text": "好"}).status_code == 409
    )  # nor through the page of the case
    form = text(first.get(taken["Location"]))
    assert f'data-here="{QUESTIONS}{case.number}/here/"' in form
    assert said_in(case.pk).question in form  # one cannot answer what one does not see
    assert first.post(f"{QUESTIONS}{case.number}/here/").status_code == 204
    assert first.post(taken["Location"], {"text": "可以。"}).status_code == 302
    assert Case.objects.get(pk=case.pk).status == "answered"
    assert WrittenQuestion.objects.get().answered_by == line.lawyer.id


def test_a_letter_about_to_be_late_passes_the_caller_and_one_that_is_late_says_so(
    desk: Desk, line: Hotline
) -> None:
    case = asked()
    line.queued()
    case.refresh_from_db()
    assert case.next_by is not None
    with time_machine.travel(case.next_by - timedelta(minutes=20), tick=False):
        page = text(lawyer_of(desk, line).get(QUESTIONS))
        assert page.index(case.number) < page.index("138****8000")
    with time_machine.travel(case.next_by + timedelta(minutes=20), tick=False):
        assert "Late today" in text(lawyer_of(desk, line).get(QUESTIONS))


def test_the_list_is_live_and_gives_back_what_is_given_back(desk: Desk, line: Hotline) -> None:
    case, me = asked(), lawyer_of(desk, line)
    before = me.get(f"{QUESTIONS}live/").json()["together"]
    me.post(f"{QUESTIONS}{case.number}/take/")
    assert me.get(f"{QUESTIONS}live/").json()["together"] != before
    assert desk(Role.DUTY_LAWYER).post(f"{QUESTIONS}{case.number}/back/").status_code == 403
    assert me.post(f"{QUESTIONS}{case.number}/back/").status_code == 302
    assert me.get(f"{QUESTIONS}live/").json()["together"] == before
    part = text(me.get(QUESTIONS, headers={"X-Part": "together"}))
    assert case.number in part
    assert "<html" not in part


def test_from_the_lawyers_proposal_to_the_public_page(desk: Desk, line: Hotline) -> None:
    case = answered(line.lawyer)
    lawyer, decider, anybody = (
        lawyer_of(desk, line),
        desk(Role.DECIDER),
        Client(headers={"accept-language": "zh-hans"}),
    )
    assert case.number in text(lawyer.get(ANSWERS))
    page = text(lawyer.get(f"{ANSWERS}new/{case.number}/"))
    fields = page.split('<form method="post" novalidate')[1].split("</form>")[0]
    assert [word for word in (ASKER, "鸿运", "13912345678") if word in fields] == []
    assert f'<s lang="zh-Hans">{ASKER}</s>' in page  # what the rule struck is shown
    bad = lawyer.post(f"{ANSWERS}new/{case.number}/", {**GIVEN, "question_zh": f"{ASKER}问工资"})
    assert (bad.status_code, ASKER in text(bad)) == (409, True)
    done = lawyer.post(f"{ANSWERS}new/{case.number}/", GIVEN)
    assert done.status_code == 302, text(done)
    assert "I have compared" not in text(lawyer.get(done["Location"]))  # not by who proposed it
    assert anybody.get("/answers/1/").status_code == 404
    assert "I have compared" in text(decider.get(done["Location"]))
    assert decider.post(f"{done['Location']}approve/", {"say": "no"}).status_code == 422
    assert decider.post(f"{done['Location']}approve/", {"say": "yes"}).status_code == 302
    one, listed = text(anybody.get("/answers/1/")), text(anybody.get("/answers/?q=二倍工资"))
    assert CLEAN.answer_zh in one
    assert CLEAN.question_zh in listed
    assert "《劳动合同法》第八十二条" in one
    assert 'topic=contract">' in listed
    assert 'topic=contract"> <span' not in listed  # the way to a topic says which
    for page in (one, listed):
        assert [word for word in (ASKER, "鸿运", "13912345678", case.number) if word in page] == []
    assert lawyer.post(f"{done['Location']}withdraw/").status_code == 302
    assert anybody.get("/answers/1/").status_code == 404


def test_a_text_whose_law_may_have_moved_is_read_again_and_says_so_until_then(
    desk: Desk, line: Hotline
) -> None:
    case, lawyer, anybody = (
        answered(line.lawyer),
        lawyer_of(desk, line),
        Client(headers={"accept-language": "en"}),
    )
    said = lawyer.post(f"{ANSWERS}new/{case.number}/", {**GIVEN, "topic": "proof"})["Location"]
    desk(Role.DECIDER).post(f"{said}approve/", {"say": "yes"})
    warning = "The law may have changed since"
    assert "Read once more" not in text(lawyer.get(ANSWERS))
    assert warning not in text(anybody.get("/answers/1/"))
    with time_machine.travel(WORKDAY + timedelta(days=366), tick=False):
        lawyer = lawyer_of(desk, line)
        assert "Read once more" in text(lawyer.get(ANSWERS))
        assert "A year has gone since its law was last looked at: 2 March 2027" in text(lawyer.get(said))
        assert warning in text(anybody.get("/answers/1/"))
        assert lawyer.post(f"{said}right/").status_code == 302
        assert "Read once more" not in text(lawyer.get(ANSWERS))
        assert warning not in text(anybody.get("/answers/1/"))


def test_neither_the_wrong_place_nor_the_wrong_role_sees_a_proposal(desk: Desk, line: Hotline) -> None:
    case = answered(line.lawyer)
    lawyer_of(desk, line).post(f"{ANSWERS}new/{case.number}/", GIVEN)
    row = PublicAnswer.objects.get()
    far = desk(Role.SUPERVISOR, 440306_000000)
    assert far.get(f"{ANSWERS}{row.pk}/").status_code == 404
    assert far.post(f"{ANSWERS}{row.pk}/approve/", {"say": "yes"}).status_code == 404
    assert CLEAN.question_zh not in text(far.get(ANSWERS))
    assert desk(Role.OPERATOR).get(ANSWERS).status_code == 403
    assert desk(Role.DECIDER).get(f"{ANSWERS}new/{case.number}/").status_code == 403
    assert far.get(f"{ANSWERS}{2**70}/").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "101", "000001" + "9" * 30, "9" * 5000, "\u0661", "x", ""])
def test_a_page_number_that_is_none_shows_the_first(page: str, client: Client) -> None:
    assert client.get("/answers/", {"page": page}).status_code == 200
