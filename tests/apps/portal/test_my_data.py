"""A worker's rights: see what is held, ask for correction, ask for erasure."""

from __future__ import annotations

import pytest
from django.test import Client

from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.codes import worker_code
from nuanxin.cases.models import Entry
from nuanxin.network.models import Agency
from tests.apps.portal import stages

pytestmark = pytest.mark.django_db


def test_what_is_held_is_shown_with_numbers_masked(zh: Client, office: Agency) -> None:
    case = stages.submitted(
        helper={"name": "李某", "phone": "13712345678", "relation": "家人"},
        respondents=[{"name": "西安某公司", "role": "employer"}],
        applicant={"name": "田某某", "phone": "13912345678", "resident_id": "11010519491231002X",
                   "safe_contact": {"may_call": False, "passphrase": "槐树"}},
    )  # fmt: skip
    stages.opened(zh, case)
    page = zh.get("/my-data/").content.decode()
    for shown in ("田某某", "139****5678", "李某", "西安某公司", "欠三个月工资", "只发短信", "10 年"):
        assert shown in page, shown
    for hidden in ("13912345678", "11010519491231002X", "13712345678", "槐树"):
        assert hidden not in page, hidden


def test_a_worker_of_a_group_sees_only_what_is_held_about_them(zh: Client, office: Agency) -> None:
    case = stages.group()
    stages.opened(zh, case, worker_code(case.pk, 2))
    page = zh.get("/my-data/").content.decode()
    assert "工友2" in page
    assert "田某某" not in page
    assert "欠三个月工资" not in page


def test_a_correction_is_put_on_the_record_for_staff(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    stages.opened(zh, case)
    assert (
        zh.post("/my-data/", {"what": "ask_correction", "text": "我叫田某，不是田某某"})["Location"]
        == "/my-data/asked/"
    )
    assert Entry.objects.get(case=case, action="ask_correction").text == "我叫田某，不是田某某"
    event = Event.objects.get(stream=case.pk, kind="case.ask_correction")
    assert event.payload == {"seq": 1}
    assert "您的要求已经记下" in zh.get("/my-data/asked/").content.decode()
    assert "您要求更正个人信息" in zh.get("/follow/case/").content.decode()
    assert not list(verify(case.pk))


def test_a_correction_needs_words_and_an_erasure_does_not(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    stages.opened(zh, case)
    for said in ({}, {"what": "ask_correction", "text": " "}, {"what": "nonsense"}):
        assert 'class="errors"' in zh.post("/my-data/", said).content.decode()
    assert "第四十七条" in zh.get("/my-data/").content.decode()
    assert zh.post("/my-data/", {"what": "ask_erasure"}).status_code == 302
    assert Event.objects.filter(stream=case.pk, kind="case.ask_erasure").exists()
