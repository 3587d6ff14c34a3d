"""A question on the worker's side: consent asked and never assumed, the answer read, once more, or rung, or grown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from nuanxin.cases.models import Case
from nuanxin.hotline.actions import answers, questions
from nuanxin.hotline.models import WrittenQuestion
from nuanxin.network.models import Agency
from nuanxin.portal.answers import cited, title_of
from nuanxin.portal.models import PortalDraft
from tests.apps.portal import stages
from tests.factories.questions import CLEAN

LAWYER = stages.Actor("staff", 13, frozenset({"duty_lawyer"}), stages.SHANXI, 1)
DECIDER = stages.Actor("staff", 14, frozenset({"decider"}), stages.SHANXI, 1)
SAID = {
    "name": "田某某",
    "phone": "139 1234 5678",
    "story": "没签合同能要二倍工资吗？",
    "consent": "on",
    "go": "on",
}
pytestmark = pytest.mark.django_db


def ask(client: Client, **more: str) -> Case:
    once = re.search(r'name="once" value="(\w+)"', client.get("/ask/").content.decode())
    assert once
    sent = client.post("/ask/", {**SAID, "where": "高平", "once": once[1], **more})
    assert sent.status_code == 302, sent.content.decode()
    return Case.objects.get()


def published() -> None:
    """One answer that anybody may read."""
    case = stages.submitted("question", key="public")
    questions.note_share(case_id=case.pk, share=True, by=stages.PUBLIC, at=stages.now())
    questions.answer(case_id=case.pk, text="可以。", by=LAWYER, at=stages.now())
    day = stages.now().astimezone(stages.SHANGHAI).date()
    row = answers.propose(case_id=case.pk, wording=CLEAN, law_on=day, by=LAWYER, at=stages.now())
    answers.approve(answer_id=row.pk, by=DECIDER, at=stages.now())


@pytest.mark.parametrize(("given", "share"), [({}, None), ({"share": "no"}, None), ({"share": "yes"}, True)])
def test_consent_is_asked_and_never_assumed(
    zh: Client, office: Agency, given: dict[str, str], share: bool | None
) -> None:
    case = ask(zh, **given)
    kept = WrittenQuestion.objects.filter(pk=case.pk).first()
    assert (kept.share if kept else None) == share
    assert "值班律师" in zh.get("/receipt/").content.decode()  # by when, at once


def test_what_was_agreed_is_taken_back_on_the_page_of_the_case(zh: Client, office: Agency) -> None:
    ask(zh, share="yes")
    assert "您同意公开解答" in zh.get("/follow/case/").content.decode()
    assert zh.post("/follow/answer/", {"share": "no"}).status_code == 302
    assert not WrittenQuestion.objects.get().share
    assert "没有公开" in zh.get("/follow/case/").content.decode()


def test_the_answer_is_read_and_asked_about_once(zh: Client, office: Agency) -> None:
    case = stages.submitted("question")
    questions.answer(case_id=case.pk, text="可以要求二倍工资。", by=LAWYER, at=stages.now())
    stages.opened(zh, case)
    page = zh.get("/follow/case/").content.decode()
    assert "可以要求二倍工资" in page
    assert all(f"/follow/do/{one}/" in page for one in ("ask_again", "not_helped", "close_question"))
    assert _do(zh, "ask_again", text="在哪里申请？").status_code == 302
    assert Case.objects.get().step == "answer"
    questions.answer(case_id=case.pk, text="仲裁委。", by=LAWYER, at=stages.now())
    assert "/follow/do/ask_again/" not in zh.get("/follow/case/").content.decode()
    assert _do(zh, "not_helped").status_code == 302
    assert Case.objects.get().step == "call_back"
    assert "给您回电话" in zh.get("/follow/case/").content.decode()


def test_what_was_asked_becomes_an_application_without_typing_it_twice(zh: Client, office: Agency) -> None:
    case = stages.submitted("question")
    questions.answer(case_id=case.pk, text="可以申请法律援助。", by=LAWYER, at=stages.now())
    stages.opened(zh, case)
    assert zh.post("/follow/apply/").status_code == 302
    said: Any = PortalDraft.objects.get().said
    assert said["you"] == {"name": "田某某", "phone": "13912345678"}
    zh.get("/apply/who/")
    assert "欠三个月工资" in said["told"]["story"]
    other = stages.submitted(key="aid")  # an application is no question: nothing is taken over
    stages.opened(zh, other)
    assert zh.post("/follow/apply/")["Location"] == "/apply/"
    assert PortalDraft.objects.count() == 1


def test_answers_to_others_are_shown_beside_and_never_in_the_way(either: Client, office: Agency) -> None:
    published()
    found = either.post("/answers/like/", {"text": "老板没签合同"}).content.decode()
    assert "/answers/1/" in found
    assert either.post("/answers/like/", {"text": "你好"}).content.decode().strip() == ""
    ask_page = either.get("/ask/").content.decode()
    assert 'data-alike="/answers/like/"' in ask_page
    page = either.get("/answers/?topic=contract").content.decode()
    assert "/answers/1/" in page
    assert either.get("/answers/?topic=x&page=abc&q=%00").status_code == 200
    assert either.get("/answers/?page=99999999").status_code == 200
    assert either.get("/answers/2/").status_code == 404
    assert either.get(f"/answers/{2**80}/").status_code == 404


def test_the_receipt_shows_what_others_were_told_while_one_waits(zh: Client, office: Agency) -> None:
    published()
    once = re.search(r'name="once" value="(\w+)"', zh.get("/ask/").content.decode())
    assert once
    zh.post("/ask/", {**SAID, "once": once[1]})
    assert "/answers/1/" in zh.get("/receipt/").content.decode()


def test_a_title_is_the_first_sentence_and_the_articles_are_named_once() -> None:
    assert title_of("没签合同怎么办？老板跑了。") == "没签合同怎么办？"
    assert title_of("好" * 60) == "好" * 39 + "…"
    assert title_of("Can I get it? Yes", english=True) == "Can I get it?"
    law = (
        "《劳动合同法》第八十二条、第十四条，又见《劳动合同法》第八十二条、第十四条和《民法典》第六百七十九条"
    )
    assert cited(law) == ("《劳动合同法》第八十二条、第十四条", "《民法典》第六百七十九条")


def _do(client: Client, action: str, **said: str) -> Any:
    page = client.get(f"/follow/do/{action}/").content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    return client.post(f"/follow/do/{action}/", {"version": version[1], **said})
