"""Following a case by number and code, in a browser and by text message."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from nuanxin.cases.actions.leaving import Leaving, leave_group
from nuanxin.cases.actions.money import Sum, record
from nuanxin.cases.codes import follow_code, worker_code
from nuanxin.cases.grounds import ground_words
from nuanxin.cases.inbound import reply
from nuanxin.cases.models import Case
from nuanxin.cases.queries.follow import follow_view, sms_answer
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.cases.rules.states import REFUSAL_GROUNDS, TERMINATION_GROUNDS, Status
from nuanxin.cases.rules.transitions import TRANSITIONS
from nuanxin.cases.situation import now_sentence
from nuanxin.cases.upcoming import awaited
from nuanxin.network.models import Agency
from tests.apps.portal import stages, walk

pytestmark = pytest.mark.django_db


def _main(client: Client, url: str) -> str:
    return client.get(url).content.decode().split("<main")[1].split("</main>")[0]


def test_number_and_code_open_the_case(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    page = _main(stages.opened(zh, case), "/follow/case/")
    assert case.number in page
    assert "现在" in page
    assert "下一步" in page
    assert office.name_zh in page
    assert "5,200.00" in page
    assert "您提交了" in page


def test_the_page_is_whole_in_english(office: Agency) -> None:
    english = Client(headers={"accept-language": "en"})
    page = _main(stages.opened(english, stages.submitted()), "/follow/case/")
    assert not re.search(r"[一-鿿]", re.sub(r"<[^>]+>", "", page))
    assert "You handed it in" in page


WRONG = [
    ("NX14-0012345-7", "12345678"), ("nonsense", "12345678"), ("", "12345678"), ("NX14-0012345-7", "' OR 1=1"),
    ("NX99-99999999999999-9", "1-12345678"), ("１２３４５６７", "００００００００"), ("NX14-0012345-7", "9" * 40),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code"), WRONG)
def test_a_wrong_number_is_answered_and_kept(zh: Client, number: str, code: str) -> None:
    page = zh.post("/follow/", {"number": number, "code": code})
    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    code = follow_code(case.pk)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    said = []
    for number, tried in ((case.number, wrong), ("NX14-0012345-7", code)):
        text = zh.post("/follow/", {"number": number, "code": tried}).content.decode()
        said.append(re.findall(r'<div class="errors".*?</div>', text, re.S))
    assert said[0] == said[1]


def test_wrong_codes_wait_longer_and_longer_and_the_page_says_how_long(
    zh: Client, office: Agency, settings: Any
) -> None:
    settings.RATE_LIMIT = True
    case = stages.submitted()
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(7):
            zh.post("/follow/", {"number": case.number, "code": "00000000"})
        page = zh.post("/follow/", {"number": case.number, "code": follow_code(case.pk)})
    assert page.status_code == 429
    assert int(page["Retry-After"]) >= 1
    assert "试错太多次" in page.content.decode()


def test_the_case_stays_open_for_half_an_hour_without_a_page(zh: Client, office: Agency) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        stages.opened(zh, stages.submitted())
        clock.shift(timedelta(minutes=29))
        assert zh.get("/follow/case/").status_code == 200
        clock.shift(timedelta(minutes=29))
        assert zh.get("/follow/case/").status_code == 200, "each page gives another half hour"
        clock.shift(timedelta(minutes=31))
        assert zh.get("/follow/case/")["Location"] == "/follow/"


def test_the_cookie_ends_with_the_browser_and_cannot_be_made_up(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    stages.opened(zh, case)
    cookie = zh.cookies["follow"]
    assert cookie["httponly"]
    assert not cookie["max-age"]
    assert follow_code(case.pk) not in cookie.value
    zh.cookies["follow"] = cookie.value[:-2] + "xx"
    assert zh.get("/follow/case/")["Location"] == "/follow/"


def test_a_new_code_closes_what_the_old_one_opened(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    stages.opened(zh, case)
    Case.objects.filter(pk=case.pk).update(code_epoch=1)
    assert zh.get("/follow/case/")["Location"] == "/follow/"


def test_leaving_leaves_nothing_on_the_phone(zh: Client, office: Agency) -> None:
    stages.opened(zh, stages.submitted())
    assert zh.get("/follow/leave/").status_code == 405
    left = zh.post("/follow/leave/")
    assert left["Location"] == "/"
    assert left["Clear-Site-Data"]
    assert zh.get("/follow/case/")["Location"] == "/follow/"


def test_the_receipt_shows_number_code_and_a_qr_code_that_does_not_hold_the_code(
    zh: Client, office: Agency
) -> None:
    case = walk.apply(zh)
    text = zh.get("/receipt/").content.decode()
    code = follow_code(case.pk)
    assert case.number in text
    assert code in text
    assert "<svg" in text
    assert zh.get(f"/f/{case.number}/")["Location"] == "/follow/case/"
    stranger = Client(headers={"accept-language": "zh-hans"})
    page = stranger.get(f"/f/{case.number}/").content.decode()
    assert f'value="{case.number}"' in page
    assert code not in page


def test_the_code_is_in_no_address(zh: Client, office: Agency) -> None:
    case = walk.apply(zh)
    code = follow_code(case.pk)
    for url in ("/receipt/", "/follow/case/", "/my-data/", f"/f/{case.number}/"):
        for link in re.findall(r'(?:href|action|src)="([^"]*)"', zh.get(url).content.decode()):
            assert code not in link


@pytest.mark.parametrize("number", ["NX", "x" * 300, "NX14-0012345-7", "%00", "../../etc"])
def test_a_scanned_address_is_never_an_error(zh: Client, number: str) -> None:
    assert zh.get(f"/f/{number}/").status_code in {200, 404}


def test_a_worker_of_a_group_sees_their_own_money_and_not_the_letters_of_the_representative(
    zh: Client, office: Agency
) -> None:
    case = stages.group()
    stages.do(case, "tell_worker", text="请代表带身份证来")
    page = _main(stages.opened(zh, case, worker_code(case.pk, 2)), "/follow/case/")
    assert "第 2 号" in page
    assert "3,000.00" in page
    assert "9,000.00" not in page
    assert "请代表带身份证来" not in page
    assert "我想撤回" not in page
    assert zh.get("/follow/papers/")["Location"] == "/follow/case/"
    assert follow_code(case.pk) not in _main(zh, "/receipt/")


def test_a_worker_whom_the_award_gives_nothing_reads_that_time_is_short(zh: Client, office: Agency) -> None:
    case = stages.group()
    entry = Sum(MoneyStep.AWARDED, {2: 0}, Way.DOCUMENT, stages.now().astimezone(SHANGHAI).date())
    record(case_id=case.pk, by=stages.CLERK, at=stages.now(), entry=entry)
    page = _main(stages.opened(zh, case, worker_code(case.pk, 2)), "/follow/case/")
    assert "裁决没有支持您的请求。不服可以起诉" in page
    assert "裁决没有支持这笔钱" in page
    assert "裁决没有支持您" not in _main(stages.opened(zh, case, worker_code(case.pk, 3)), "/follow/case/")


def test_who_has_left_the_group_is_told_so_and_not_that_the_code_is_wrong(zh: Client, office: Agency) -> None:
    case = stages.group()
    today = stages.now().astimezone(SHANGHAI).date()
    leaving = Leaving(2, "own_lawyer", "phone", today, "自己请了律师。")
    leave_group(case_id=case.pk, by=stages.CLERK, at=stages.now(), leaving=leaving)
    page = zh.post("/follow/", {"number": case.number, "code": worker_code(case.pk, 2)}).content.decode()
    assert f"您已在{today.year}年{today.month}月{today.day}日退出{case.number}的集体案件" in page
    assert "编号或查询码不对" not in page


def test_the_representative_sees_the_whole_and_their_own_part(zh: Client, office: Agency) -> None:
    page = _main(stages.opened(zh, stages.group()), "/follow/case/")
    assert "9,000.00" in page
    assert "3,000.00" in page


def test_what_the_lawyer_writes_is_read_here(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    stages.do(case, "tell_worker", text="明天上午九点来一趟<b>")
    page = _main(stages.opened(zh, case), "/follow/case/")
    assert "明天上午九点来一趟&lt;b&gt;" in page


def test_awarded_money_is_not_said_to_be_agreed(zh: Client, office: Agency) -> None:
    case = stages.do(stages.submitted(), "accept")
    entry = Sum(MoneyStep.AWARDED, {1: 300_000}, Way.DOCUMENT, stages.now().astimezone(SHANGHAI).date())
    record(case_id=case.pk, by=stages.CLERK, at=stages.now(), entry=entry)
    page = _main(stages.opened(zh, case), "/follow/case/")
    assert "裁决或谈妥的" in page
    assert ">对方答应<" not in page


def test_what_is_missing_is_told_in_words(zh: Client, office: Agency) -> None:
    case = stages.do(stages.submitted(), "ask_for_more", missing=["identity", "debt"], text="")
    page = _main(stages.opened(zh, case), "/follow/case/")
    assert "身份证" in page
    assert "欠条" in page
    assert "补交材料" in page


def test_every_state_a_case_can_be_in_has_its_words() -> None:
    for status in Status:
        for kind in ("question", "report", "aid"):
            words = now_sentence(
                status=status,
                stage="",
                kind=kind,
                step="",
                ended=status in _ended(),
                provisional=False,
                office=("甲", "A"),
            )
            assert all(words.values()), status
            told = now_sentence(
                status=status, stage="", kind=kind, step="", ended=status in _ended(), provisional=False,
                office=("甲", "A"), asked=True,
            )  # fmt: skip
            assert "还会回访" not in told["zh"], "the call was made"
    for row in TRANSITIONS:
        if row.step:
            assert awaited(row.step)["zh"], row.action


def test_whom_the_answer_did_not_help_is_told_who_rings_and_no_longer_of_the_duty_lawyer() -> None:
    for step in ("call_back", "convert"):
        told = now_sentence(
            status="submitted", stage="", kind="question", step=step, ended=False, provisional=False, office=("甲", "A")
        )  # fmt: skip
        assert "值班律师" not in told["zh"]
        assert "甲" in told["zh"]
        assert "A" in told["en"]
    assert "{by}" not in awaited("call_back")["zh"]


def test_every_ground_has_its_words() -> None:
    for code in (*REFUSAL_GROUNDS, *TERMINATION_GROUNDS):
        assert ground_words(code)["zh"] != code


def _ended() -> Any:
    from nuanxin.cases.rules.states import ENDED

    return ENDED


def test_there_is_no_view_of_nobody(office: Agency) -> None:
    case = stages.submitted()
    assert follow_view(case.pk, 0) is not None
    assert follow_view(case.pk, 9) is None
    assert follow_view(1, 0) is None


@pytest.mark.parametrize(
    "shape",
    ["{n} {c}", "{c} {n}", "查一下{n}，码{c}", "{w} {c}", "编号{n}查询码：{c}。", "{n}{c}", "{s} {c}"],
)
def test_a_text_message_with_number_and_code_is_answered_in_one_sentence(office: Agency, shape: str) -> None:
    case = stages.submitted()
    code = follow_code(case.pk)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in case.number)
    text = shape.format(n=case.number, c=code, w=wide, s=case.number[2:])
    answer = sms_answer(text, "13912345678", timezone.now())
    assert answer is not None
    assert case.number in answer
    assert office.name_zh in answer
    assert "\n" not in answer
    assert code not in answer
    assert "田某某" not in answer


def test_a_text_message_in_english_is_answered_in_english(office: Agency) -> None:
    case = stages.submitted()
    answer = sms_answer(f"status please {case.number} {follow_code(case.pk)}", "13912345678", timezone.now())
    assert answer is not None
    assert not re.search(r"[一-鿿]", answer)


def test_a_text_message_about_something_else_is_not_for_us(office: Agency) -> None:
    assert sms_answer("你好，在吗", "13912345678", timezone.now()) is None
    assert reply(phone="13912345678", text="你好，在吗", at=timezone.now()) is None


def test_wrong_codes_by_text_message_slow_down_too(office: Agency, settings: Any) -> None:
    settings.RATE_LIMIT = True
    case, now = stages.submitted(), timezone.now()
    for _ in range(7):
        sms_answer(f"{case.number} 00000000", "13912345678", now)
    answer = sms_answer(f"{case.number} {follow_code(case.pk)}", "13912345678", now)
    assert answer is not None
    assert "不对" in answer


def test_the_reply_to_a_text_message_fills_its_message(office: Agency) -> None:
    case = stages.paid(stages.do(stages.submitted(), "accept"))
    said = reply(phone="13912345678", text=f"{case.number} {follow_code(case.pk)}", at=timezone.now())
    assert said is not None
    assert said.template == "follow_answer"
    assert "3,120" in said.values["next_zh"]
    wrong = reply(phone="13912345678", text=f"{case.number} 00000000", at=timezone.now())
    assert wrong is not None
    assert wrong.template == "follow_unknown"
