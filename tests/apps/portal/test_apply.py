"""The guided application without a script: the way through, bad input, stopping and going on, sending once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from nuanxin.cases.models import Case, Entry, Respondent, Worker
from nuanxin.network.models import Agency
from nuanxin.portal.actions import drafts
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.questions import QUESTIONS
from nuanxin.portal.rules.codes import spoken
from tests.apps.portal import walk

pytestmark = pytest.mark.django_db


def test_a_simple_application_becomes_a_case_at_the_office_of_the_place(zh: Client, office: Agency) -> None:
    case = walk.apply(zh)
    worker = Worker.objects.get(case=case)
    assert (case.kind, case.door, case.status, case.lane) == ("aid", "web", "submitted", "green")
    assert case.holder_agency == office.pk
    assert case.claimed_fen == 520_000
    assert case.worked_from == "2026-03"
    assert (worker.name, worker.phone, worker.may_say_who) == ("田某某", "13912345678", True)
    assert Respondent.objects.get(case=case).role == "team_leader"
    receipt = zh.get("/receipt/").content.decode()
    assert case.number in receipt
    assert "高平" not in receipt or office.name_zh in receipt


def test_the_walk_and_the_draft_say_the_same(zh: Client) -> None:
    walk.begin(zh)
    walk.fill(zh)
    assert PortalDraft.objects.get().said == walk.KEPT


def test_a_group_applies_with_a_head_count_and_its_representative(zh: Client, office: Agency) -> None:
    case = walk.apply(zh, walk.GROUP)
    assert case.workers_stated == 26
    assert Worker.objects.get(case=case).representative
    assert case.ended_on is not None


def test_a_helper_files_for_a_worker_through_the_helpers_door(zh: Client, office: Agency) -> None:
    answers = {
        **walk.SIMPLE, "who": {"who": "other"},
        "helper": {"helper_name": "李某", "helper_phone": "13712345678", "relation": "village"},
    }  # fmt: skip
    case = walk.apply(zh, answers)
    submission = case.submissions.get()
    assert (case.door, submission.helper_name, submission.helper_relation) == (
        "helper",
        "李某",
        "村委会、居委会",
    )


def test_an_application_in_english_is_kept_in_english(office: Agency) -> None:
    english = Client(headers={"accept-language": "en"})
    case = walk.apply(
        english, {**walk.SIMPLE, "where": {"where": "gaoping, jincheng"}, "story": {"story": "No pay."}}
    )
    assert case.languages == ["en"]
    assert Entry.objects.get(case=case, action="story").language == "en"


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("who", {}, "请选一个", ""),
    ("items", {}, "请选一个", ""),
    ("items", {"items": ["gold"]}, "gold", ""),
    ("firms", {"leader_phone": "1381234abcd"}, "手机号是 11 位", "1381234abcd"),
    ("firms", {"leader": "<img src=x>"}, "名字里不能有", "&lt;img src=x&gt;"),
    ("where", {"where": ""}, "请写干活的市或县", ""),
    ("where", {"where": "不存在的地方"}, "没找到这个地方", "不存在的地方"),
    ("where", {"where": "x" * 500}, "最多", ""),
    ("began", {"began_year": "2026", "began_month": "2", "began_day": "30"}, "没有这一天", 'value="30"'),
    ("began", {"began_year": "2099"}, "还没到", 'value="2099"'),
    ("began", {"began_year": "1849"}, "太早了", 'value="1849"'),
    ("began", {"began_month": "3"}, "至少写上年份", 'value="3"'),
    ("began", {"began_year": "2026", "began_day": "3"}, "月份也写上", ""),
    ("began", {"began_year": "二零二六"}, "没有这一天", "二零二六"),
    ("amount", {"amount": "-5"}, "不能是负数", 'value="-5"'),
    ("amount", {"amount": "9" * 16}, "太大", ""),
    ("amount", {"amount": "很多"}, "用数字", "很多"),
    ("amount", {"amount": ""}, "请填", ""),
    ("you", {"name": "田<b>某</b>", "phone": "13912345678"}, "名字里不能有", "田&lt;b&gt;某&lt;/b&gt;"),
    ("you", {"name": "田某", "phone": "139-call-me"}, "手机号是 11 位", "139-call-me"),
    ("you", {"name": "田某", "phone": "1391234567"}, "手机号是 11 位", "1391234567"),
    ("you", {"name": "", "phone": ""}, "请填", ""),
    ("you", {"name": "田\x00某", "phone": "13912345678"}, "", ""),
    ("identity", {"resident_id": "110101199003070000"}, "身份证号不对", "110101199003070000"),
    ("identity", {"resident_id": "abc"}, "身份证号不对", "abc"),
    ("contact", {"from_hour": "18:00", "to_hour": "any"}, "两个时间都要选", ""),
    ("contact", {"from_hour": "18:00", "to_hour": "18:00"}, "两个时间一样", ""),
    ("contact", {"from_hour": "25:99"}, "", ""),
    ("contact", {"passphrase": "x" * 100}, "最多", ""),
    ("story", {"story": ""}, "请填", ""),
    ("story", {"story": "x" * 30_000}, "最多", ""),
]


@pytest.mark.parametrize(("key", "typed", "says", "kept"), BAD)
def test_bad_input_is_told_what_to_do_and_what_was_typed_is_kept(
    zh: Client, office: Agency, key: str, typed: dict[str, Any], says: str, kept: str
) -> None:
    walk.at(zh, key)
    page = zh.post(f"/apply/{key}/", {"go": "on", **typed})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="errors"' in text
    assert says in text
    assert kept in text
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [("1", "两个人以上"), ("-3", "两个人以上"), ("很多", "用数字"), ("1000000", "最多"), ("", "请填")],
)
def test_a_head_count_that_cannot_be_is_told_so(zh: Client, typed: str, says: str) -> None:
    walk.begin(zh)
    zh.post("/apply/who/", {"who": "group"})
    text = zh.post("/apply/group/", {"workers": typed}).content.decode()
    assert says in text


def test_who_helps_several_is_asked_about_them_and_not_about_all_of_us(db: None) -> None:
    english = Client(headers={"accept-language": "en"})
    walk.begin(english)
    english.post("/apply/who/", {"who": "others"})
    english.post(
        "/apply/helper/", {"helper_name": "李某", "helper_phone": "13712345678", "relation": "village"}
    )
    group = english.get("/apply/group/").content.decode()
    assert "How many workers are they?" in group
    assert "How many workers are you" not in group
    answers = {"who": {"who": "others"}}
    with override("en"):
        assert str(QUESTIONS["items"].heading_for(answers)) == "What do they owe all of them?"
        assert str(QUESTIONS["amount"].heading_for(answers)) == "How much do they owe all of them together?"
        assert (
            str(QUESTIONS["amount"].heading_for({"who": {"who": "other"}}))
            == "How much do they owe the worker?"
        )


def test_a_last_day_before_the_first_is_told_so(zh: Client) -> None:
    walk.begin(zh)
    walk.fill(zh, walk.GROUP, until="ended")
    text = zh.post("/apply/ended/", {"ended_year": "2025"}).content.decode()
    assert "比开始的日子还早" in text
    assert zh.post("/apply/ended/", {"ended_year": "2026"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "kept"), [("5,200元", "5200.00"), ("1.2万", "12000.00"), ("５２００", "5200.00")]
)
def test_money_is_read_as_people_write_it(zh: Client, typed: str, kept: str) -> None:
    walk.at(zh, "amount")
    zh.post("/apply/amount/", {"amount": typed})
    assert PortalDraft.objects.get().said["amount"]["amount"] == kept


def test_a_name_that_fits_many_places_is_asked_again_and_the_lists_lead_there_too(zh: Client) -> None:
    walk.at(zh, "where")
    many = zh.post("/apply/where/", {"where": "朝阳", "go": "on"}).content.decode()
    assert "北京市朝阳区" in many
    assert 'class="errors"' not in many
    chosen = zh.post("/apply/where/", {"where": "朝阳", "spot": "110105", "go": "on"})
    assert chosen.status_code == 302
    assert PortalDraft.objects.get().said["where"] == {"place": "110105"}
    provinces = zh.post("/apply/where/", {"where": "", "go": "list"}).content.decode()
    assert 'class="errors"' not in provinces
    assert 'value="140000"' in provinces
    cities = zh.post("/apply/where/", {"province": "140000", "go": "on"}).content.decode()
    assert 'value="140500"' in cities
    counties = zh.post("/apply/where/", {"province": "140000", "city": "140500", "go": "on"}).content.decode()
    assert 'value="140581"' in counties
    done = zh.post("/apply/where/", {"province": "140000", "city": "140500", "county": "140581", "go": "on"})
    assert done.status_code == 302
    assert PortalDraft.objects.get().said["where"] == {"place": "140581"}


def test_a_city_of_another_province_is_asked_anew_and_a_province_alone_is_enough(zh: Client) -> None:
    walk.at(zh, "where")
    other = zh.post("/apply/where/", {"province": "410000", "city": "140500", "go": "on"})
    assert 'value="410100"' in other.content.decode()
    assert zh.post("/apply/where/", {"province": "410000", "city": "", "go": "on"}).status_code == 302
    assert PortalDraft.objects.get().said["where"] == {"place": "410000"}


def test_a_place_chosen_before_stands_there_again_and_is_kept(zh: Client) -> None:
    walk.at(zh, "began")
    shown = zh.get("/apply/where/").content.decode()
    assert 'value="山西省晋城市高平市"' in shown
    assert zh.post("/apply/where/", {"where": "山西省晋城市高平市"}).status_code == 302


def test_a_change_from_the_check_page_comes_back_to_it(zh: Client, office: Agency) -> None:
    walk.begin(zh)
    walk.fill(zh)
    assert zh.post("/apply/amount/", {"amount": "6000"})["Location"] == "/apply/check/"
    text = zh.get("/apply/check/").content.decode()
    assert "6,000.00 元" in text
    assert "王老板" in text
    assert zh.post("/apply/still/", {"still": "no"})["Location"] == "/apply/ended/"


def test_what_is_hidden_comes_back_when_it_is_asked_again(zh: Client) -> None:
    walk.begin(zh)
    walk.fill(zh, walk.GROUP)
    asked = 'href="/apply/group/'  # the line of the summary, with the way to change it
    assert asked in zh.get("/apply/check/").content.decode()
    zh.post("/apply/who/", {"who": "self"})
    assert asked not in zh.get("/apply/check/").content.decode()
    zh.post("/apply/who/", {"who": "group"})
    assert 'value="26"' in zh.get("/apply/group/").content.decode()


def test_firms_that_a_platform_hides_are_not_lost(zh: Client) -> None:
    walk.at(zh, "where")
    zh.post("/apply/caller/", {"caller": "platform"})
    zh.post("/apply/firms/", {"platform": "某平台", "company": "站点公司"})
    said = PortalDraft.objects.get().said["firms"]
    assert (said["platform"], said["leader"]) == ("某平台", "王老板")


def test_the_check_page_waits_until_all_is_answered(zh: Client) -> None:
    walk.begin(zh)
    assert zh.get("/apply/check/")["Location"] == "/apply/who/"
    assert zh.post("/apply/send/", {"consent": "on"})["Location"] == "/apply/who/"
    assert zh.get("/apply/ended/")["Location"] == "/apply/who/"
    assert zh.get("/apply/nonsense/").status_code == 404


def test_nothing_is_sent_before_the_notice_was_read(zh: Client, office: Agency) -> None:
    walk.at(zh)
    page = zh.post("/apply/send/", {"go": "on"})
    assert "请先看告知内容" in page.content.decode()
    assert not Case.objects.exists()


def test_pressing_send_twice_makes_one_case(zh: Client, office: Agency) -> None:
    case = walk.apply(zh)
    again = zh.post("/apply/send/", {"consent": "on", "go": "on"})
    assert again["Location"] == "/receipt/"
    assert case.number in zh.get("/receipt/").content.decode()
    assert Case.objects.count() == 1


def test_a_server_that_stopped_between_case_and_draft_makes_one_case(zh: Client, office: Agency) -> None:
    case = walk.apply(zh)
    draft = PortalDraft.objects.get()
    assert draft.case_id == case.pk
    assert draft.answers == ""
    # As if the last step had not been written: the same body comes again under the same key.
    again = Client(headers={"accept-language": "zh-hans"})
    walk.begin(again)
    walk.fill(again)
    second = PortalDraft.objects.latest("pk")
    PortalDraft.objects.filter(pk=draft.pk).delete()
    PortalDraft.objects.filter(pk=second.pk).update(key=draft.key)
    assert walk.send(again).pk == case.pk
    assert Case.objects.count() == 1


def test_somebody_goes_on_with_the_code_on_another_phone(zh: Client, office: Agency) -> None:
    walk.at(zh, "where")
    code = spoken(PortalDraft.objects.get().code)
    assert code in zh.get("/apply/where/").content.decode()
    other = Client(headers={"accept-language": "zh-hans"})
    assert other.post("/apply/", {"go": "resume", "code": code.lower()})["Location"] == "/apply/where/"
    assert "王老板" in other.get("/apply/firms/").content.decode()
    assert zh.get("/apply/where/").status_code == 200, "the first phone goes on as well"


@pytest.mark.parametrize("code", ["", "K7M3-P9QX", "短", "<script>", "K7M3P9Q0", "x" * 400])
def test_a_wrong_code_is_told_so_and_stays_in_the_box(zh: Client, code: str) -> None:
    page = zh.post("/apply/", {"go": "resume", "code": code})
    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()


def test_wrong_codes_slow_down(zh: Client, settings: Any) -> None:
    settings.RATE_LIMIT = True
    with time_machine.travel(timezone.now(), tick=False):
        texts = [zh.post("/apply/", {"go": "resume", "code": "K7M3-P9QX"}).content.decode() for _ in range(8)]
    assert "没找到这个续填码" in texts[0]
    assert "输错太多次" in texts[-1]


def test_a_draft_runs_out_after_30_days_with_all_it_holds(zh: Client) -> None:
    walk.at(zh, "where")
    now = timezone.now()
    assert drafts.forget(now + timedelta(days=29)) == 0
    assert drafts.forget(now + timedelta(days=31)) == 1
    assert zh.get("/apply/where/")["Location"] == "/apply/"


def test_the_cookie_of_a_draft_says_nothing_and_no_script_reads_it(zh: Client) -> None:
    walk.begin(zh)
    cookie = zh.cookies["draft"]
    assert cookie["httponly"]
    assert cookie["path"] == "/apply/"
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 30 * 24 * 3600
    assert "王老板" not in cookie.value


def test_on_a_shared_phone_nothing_stays(zh: Client, office: Agency) -> None:
    walk.begin(zh, shared="on")
    assert not zh.cookies["draft"]["max-age"]
    assert "data-draft" not in zh.get("/apply/who/").content.decode()
    walk.fill(zh)
    walk.send(zh)
    assert "这个手机别人也用" in zh.get("/receipt/").content.decode()
    left = zh.post("/follow/leave/")
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert zh.get("/receipt/")["Location"] == "/follow/"


def test_stopping_clears_the_phone_and_keeps_the_answers(zh: Client) -> None:
    walk.at(zh, "where")
    code = spoken(PortalDraft.objects.get().code)
    assert code in zh.get("/apply/stop/").content.decode()
    stopped = zh.post("/apply/stop/", {"go": "stop"})
    assert code in stopped.content.decode()
    assert stopped["Clear-Site-Data"]
    assert zh.get("/apply/where/")["Location"] == "/apply/"
    assert zh.post("/apply/", {"go": "resume", "code": code}).status_code == 302


def test_wiping_leaves_nothing_at_all(zh: Client) -> None:
    walk.at(zh, "where")
    zh.post("/apply/stop/", {"go": "wipe"})
    assert not PortalDraft.objects.exists()


def test_a_draft_is_sealed_in_the_database(zh: Client) -> None:
    from django.db import connection

    walk.begin(zh)
    walk.fill(zh, until="identity")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, token, code FROM portal_portaldraft")
        row = "".join(str(value) for value in cursor.fetchone())
    assert "王老板" not in row
    assert "13912345678" not in row
    assert zh.cookies["draft"].value not in row


def test_a_limit_keeps_the_page_and_says_how_long_to_wait(zh: Client, office: Agency, settings: Any) -> None:
    settings.RATE_LIMIT = True
    for _ in range(10):
        walk.at(zh)
        walk.send(zh)
        zh.cookies.clear()
    walk.at(zh)
    page = zh.post("/apply/send/", {"consent": "on", "go": "on"})
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert "刚才从这里交得太多了" in page.content.decode()


def test_beginning_without_end_is_slowed_down(
    zh: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nuanxin.portal import pages

    settings.RATE_LIMIT = True
    monkeypatch.setattr(pages, "SENT_BY_ADDRESS", (3, timedelta(hours=1)))
    answers = [zh.post("/apply/", {"go": "start"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
