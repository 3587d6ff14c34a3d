"""The short doors: one page, one press."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from nuanxin.cases.models import Case, Entry, Worker
from nuanxin.network.models import Agency

pytestmark = pytest.mark.django_db
SAID = {
    "name": "田某某",
    "phone": "139 1234 5678",
    "story": "26 个人修车站，工资只给了一半",
    "consent": "on",
    "go": "on",
}


def _post(client: Client, url: str = "/report/", **more: str) -> Any:
    once = re.search(r'name="once" value="(\w+)"', client.get(url).content.decode())
    assert once
    return client.post(url, {**SAID, "once": once[1], **more})


def test_a_report_in_one_sentence_is_rung_back(zh: Client, office: Agency) -> None:
    assert _post(zh)["Location"] == "/receipt/"
    case = Case.objects.get()
    assert (case.kind, case.door, case.step) == ("report", "web", "call_back")
    assert Worker.objects.get(case=case).phone == "13912345678"
    assert Entry.objects.get(case=case).text == SAID["story"]
    receipt = zh.get("/receipt/").content.decode()
    assert case.number in receipt
    assert "给您回电话" in receipt


def test_a_report_without_a_place_goes_to_the_national_desk_and_one_with_it_to_the_office(
    zh: Client, office: Agency
) -> None:
    _post(zh)
    assert Case.objects.get().holder_region == 0
    _post(zh, where="高平", phone="13812345678")
    assert Case.objects.latest("submitted_at").holder_agency == office.pk


def test_a_question_goes_to_the_duty_lawyer(zh: Client, office: Agency) -> None:
    assert _post(zh, "/ask/", story="没签合同能要双倍工资吗？").status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.seat) == ("question", "duty_lawyer")


def test_wishes_about_contact_are_kept(zh: Client, office: Agency) -> None:
    _post(zh, may_call="no", may_say_who="no", from_hour="18:00", to_hour="21:00")
    worker = Worker.objects.get()
    assert (worker.may_call, worker.may_say_who, worker.call_hours) == (False, False, "18:00-21:00")


def test_a_place_that_fits_many_is_asked_again_with_all_that_was_typed(zh: Client, office: Agency) -> None:
    page = _post(zh, where="朝阳").content.decode()
    assert "您说的是哪一个" in page
    assert 'class="errors"' not in page
    assert SAID["story"] in page
    assert "checked" in page
    _post(zh, where="朝阳", spot="110105")
    assert Case.objects.get().place == 110105_000000


def test_looking_for_a_place_finds_no_fault_with_the_rest(zh: Client) -> None:
    page = zh.post("/report/", {"go": "list", "name": "田"}).content.decode()
    assert 'class="errors"' not in page
    assert 'value="田"' in page
    assert 'value="140000"' in page


BAD = [
    ({"name": ""}, "请填"), ({"name": "<script>alert(1)</script>"}, "名字里不能有"), ({"phone": "打我电话"}, "手机号是 11 位"),
    ({"phone": "1" * 40}, ""), ({"story": ""}, "请填"), ({"story": "x" * 3000}, "最多"), ({"consent": ""}, "请先看告知内容"),
    ({"where": "不存在的地方"}, "没找到这个地方"), ({"from_hour": "18:00"}, "两个时间都要选"), ({"story": "a\x00b"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "says"), BAD)
@pytest.mark.parametrize("url", ["/report/", "/ask/"])
def test_bad_input_keeps_the_page(
    zh: Client, office: Agency, url: str, typed: dict[str, str], says: str
) -> None:
    said = {**SAID, **typed}
    if said["consent"] == "":
        del said["consent"]
    if url == "/ask/" and len(typed.get("story", "")) == 3000:
        said["story"] = "x" * 6000
    page = zh.post(url, said)
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="errors"' in text
    assert says in text
    assert "<script>alert" not in text
    assert not Case.objects.exists()


@pytest.mark.parametrize("url", ["/report/", "/ask/"])
def test_every_fault_is_told_in_the_first_round(zh: Client, office: Agency, url: str) -> None:
    said = {"go": "on", "name": "<b>张三</b>", "phone": "12", "story": "", "from_hour": "18:00"}
    text = zh.post(url, said).content.decode()
    for words in ("名字里不能有", "手机号是 11 位", "请填", "请先看告知内容", "两个时间都要选"):
        assert words in text, words
    assert text.count("这一项要填") == 0, "what a field has found itself is not said twice"


@pytest.mark.parametrize(("first", "last", "taken"), [("08:00", "07:00", False), ("20:00", "06:00", True)])
def test_hours_that_end_before_they_begin_are_asked_about_unless_they_are_a_night(
    zh: Client, office: Agency, first: str, last: str, taken: bool
) -> None:
    page = _post(zh, from_hour=first, to_hour=last)
    assert (page.status_code == 302) is taken
    assert taken or "结束的时间比开始还早" in page.content.decode()


def test_pressing_twice_opens_one_case(zh: Client, office: Agency) -> None:
    once = re.search(r'name="once" value="(\w+)"', zh.get("/report/").content.decode())
    assert once
    for _ in range(3):
        assert zh.post("/report/", {**SAID, "once": once[1]}).status_code == 302
    assert Case.objects.count() == 1


def test_the_same_page_with_other_words_is_asked_about(zh: Client, office: Agency) -> None:
    once = re.search(r'name="once" value="(\w+)"', zh.get("/report/").content.decode())
    assert once
    zh.post("/report/", {**SAID, "once": once[1]})
    page = zh.post("/report/", {**SAID, "once": once[1], "story": "还有加班费"})
    text = page.content.decode()
    assert "这一页您交过了" in text
    assert "还有加班费" in text
    fresh = re.search(r'name="once" value="(\w+)"', text)
    assert fresh
    assert zh.post("/report/", {**SAID, "once": fresh[1], "story": "还有加班费"}).status_code == 302
    assert Case.objects.count() == 2


def test_the_offline_page_meets_fields_of_its_names(zh: Client) -> None:
    text = zh.get("/report/").content.decode()
    for name in ("name", "phone", "story"):
        assert f'name="{name}"' in text
    assert 'data-draft="report"' in text


def test_too_much_from_one_phone_is_told_to_wait(zh: Client, office: Agency, settings: Any) -> None:
    settings.RATE_LIMIT = True
    answers = [_post(zh) for _ in range(11)]
    assert [a.status_code for a in answers] == [302] * 10 + [429]
    assert SAID["story"] in answers[-1].content.decode()
    assert answers[-1]["Retry-After"]
