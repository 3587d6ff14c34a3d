"""What a worker does with their own case: each step explained, confirmed, done once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.cases.codes import worker_code
from nuanxin.cases.models import Case, Entry
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.rules.transitions import TRANSITIONS
from nuanxin.documents.actions import receive
from nuanxin.network.models import Agency
from nuanxin.portal.deeds import DEEDS, open_deeds
from tests.apps.portal import stages
from tests.apps.portal.pictures import photo

pytestmark = pytest.mark.django_db


def _form(client: Client, action: str) -> dict[str, str]:
    """The hidden fields of a step's page."""
    text = client.get(f"/follow/do/{action}/").content.decode()
    return dict(re.findall(r'<input type="hidden" name="(version)" value="(\d+)"', text))


def _do(client: Client, action: str, **said: str) -> Any:
    return client.post(f"/follow/do/{action}/", {**_form(client, action), **said})


def _case(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_every_step_that_the_table_gives_to_workers_has_its_page() -> None:
    table = {row.action for row in TRANSITIONS if Role.WORKER in row.roles}
    assert set(DEEDS) == table


def test_money_in_hand_is_confirmed_by_one_press(zh: Client, office: Agency) -> None:
    case = stages.paid(stages.do(stages.submitted(), "accept"))
    page = stages.opened(zh, case).get("/follow/case/").content.decode()
    assert "我收到 3,120 元了" in page
    assert "没收到，告诉律师" in page
    assert 'value="3120.00"' in zh.get("/follow/do/confirm_payment/").content.decode()
    assert _do(zh, "confirm_payment", amount="3120.00")["Location"] == "/follow/done/confirm_payment/"
    assert _case(case).confirmed_fen == 312_000
    assert "记下了" in zh.get("/follow/done/confirm_payment/").content.decode()
    again = zh.get("/follow/do/confirm_payment/").content.decode()
    assert "可能已经办过了" in again


def test_less_than_was_paid_may_be_confirmed_and_more_may_not(zh: Client, office: Agency) -> None:
    case = stages.paid(stages.do(stages.submitted(), "accept"))
    stages.opened(zh, case)
    more = _do(zh, "confirm_payment", amount="4000")
    assert "只登记付了 3120.00 元" in more.content.decode()
    assert 'value="4000"' in more.content.decode()
    for bad in ("-1", "0", "abc", ""):
        assert _do(zh, "confirm_payment", amount=bad).status_code == 200
    assert _do(zh, "confirm_payment", amount="3000").status_code == 302
    assert _case(case).confirmed_fen == 300_000


def test_each_of_a_group_confirms_their_own_money_only(zh: Client, office: Agency) -> None:
    case = stages.paid(stages.group(), 150_000, seq=2)
    stages.opened(zh, case)
    assert "我收到" not in zh.get("/follow/case/").content.decode(), "the representative was paid nothing"
    second = Client(headers={"accept-language": "zh-hans"})
    stages.opened(second, case, worker_code(case.pk, 2))
    assert _do(second, "confirm_payment", amount="1500").status_code == 302
    assert case.workers.get(seq=2).confirmed_fen == 150_000
    assert second.get("/follow/do/request_withdrawal/").status_code == 200
    assert _do(second, "request_withdrawal", reason="paid").status_code == 200
    assert _case(case).status != "withdrawal_requested"


def test_money_that_did_not_come_is_told_to_the_lawyer_with_who_says_so(zh: Client, office: Agency) -> None:
    case = stages.paid(stages.group(), 150_000, seq=2)
    stages.opened(zh, case, worker_code(case.pk, 2))
    assert "请选一个" in _do(zh, "deny_payment").content.decode()
    assert _do(zh, "deny_payment", reason="other_hand", text="班长领走了").status_code == 302
    text = Entry.objects.get(case=case, action="deny_payment").text
    assert text == "第 2 号：别人领走了，没有给我\n班长领走了"


def test_a_withdrawal_is_asked_for_and_another_officer_rings_first(zh: Client, office: Agency) -> None:
    case = stages.do(stages.submitted(), "accept")
    stages.opened(zh, case)
    assert "先给您打电话" in zh.get("/follow/do/request_withdrawal/").content.decode()
    assert _do(zh, "request_withdrawal", reason="pressed").status_code == 302
    assert (_case(case).status, _case(case).step) == ("withdrawal_requested", "confirm_withdrawal")
    assert "有人逼我撤" in str(Entry.objects.get(case=case, action="request_withdrawal").text)
    assert _do(zh, "keep_case").status_code == 302
    assert _case(case).status == "accepted"


def test_missing_papers_are_supplied(zh: Client, office: Agency) -> None:
    case = stages.do(stages.submitted(), "ask_for_more", missing=["identity"], text="请补身份证")
    stages.opened(zh, case)
    assert "身份证" in zh.get("/follow/do/supply/").content.decode()
    nothing = _do(zh, "supply", text="")
    assert "还没有收到新材料" in nothing.content.decode()
    assert _case(case).status == "awaiting_material"
    assert zh.post("/follow/papers/", {"photos": photo()}).status_code == 302
    assert _do(zh, "supply", text="").status_code == 302
    assert _case(case).status == "accepted"


def test_papers_from_before_they_were_asked_for_are_no_answer(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    stages.opened(zh, case)
    early = timezone.now() - timedelta(days=1)
    receive(case_id=case.pk, file=photo(), filename="a.jpg", by=stages.CLERK, at=early)
    stages.do(case, "ask_for_more", missing=["identity"])
    assert "还没有收到新材料" in _do(zh, "supply", text="").content.decode()
    assert _do(zh, "supply", text="户口簿丢了，村里正在开证明").status_code == 302


def test_a_refusal_may_be_objected_to(zh: Client, office: Agency) -> None:
    case = stages.do(stages.submitted(), "accept")
    stages.do(case, "refuse", stages.DECIDER, grounds=["no_facts"], text="没有事实")
    stages.opened(zh, case)
    page = zh.get("/follow/case/").content.decode()
    assert "还没有能支持请求的事实" in page, "the ground that was ticked, not only the words"
    assert 'class="errors"' in _do(zh, "object", text="").content.decode()
    assert _do(zh, "object", text="我有欠条<script>").status_code == 302
    assert _case(case).status == "objection"


def test_a_question_is_closed_by_who_asked_it(zh: Client, office: Agency) -> None:
    case = stages.submitted("question", place="140581", items=["wages"])
    lawyer = stages.Actor("staff", 13, frozenset({"duty_lawyer"}), stages.SHANXI, 1)
    stages.do(case, "answer", lawyer, text="可以要求双倍工资。")
    stages.opened(zh, case)
    assert "可以要求双倍工资" in zh.get("/follow/case/").content.decode()
    assert _do(zh, "close_question").status_code == 302
    assert _case(case).status == "closed"
    assert _do(zh, "rate", stars="5", text="很好").status_code == 302
    assert _case(case).rating == 5
    assert "rate" not in zh.get("/follow/case/").content.decode().split("<main")[1]


@pytest.mark.parametrize("stars", ["0", "6", "很好", ""])
def test_a_rating_is_one_to_five(zh: Client, office: Agency, stars: str) -> None:
    case = stages.submitted("question")
    lawyer = stages.Actor("staff", 13, frozenset({"duty_lawyer"}), stages.SHANXI, 1)
    stages.do(case, "answer", lawyer, text="好")
    stages.do(case, "close_question", lawyer)
    stages.opened(zh, case)
    assert 'class="errors"' in _do(zh, "rate", stars=stars).content.decode()


def test_whoever_was_overtaken_is_told_and_loses_no_word(zh: Client, office: Agency) -> None:
    case = stages.do(stages.submitted(), "accept")
    stages.opened(zh, case)
    shown = _form(zh, "request_withdrawal")
    stages.do(case, "tell_worker", text="有新情况")
    page = zh.post("/follow/do/request_withdrawal/", {**shown, "reason": "paid", "text": "老板给了"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "老板给了" in text
    assert 'class="errors"' in text
    fresh = dict(re.findall(r'<input type="hidden" name="(version)" value="(\d+)"', text))
    assert fresh["version"] != shown["version"]
    assert zh.post("/follow/do/request_withdrawal/", {**fresh, "reason": "paid"}).status_code == 302


def test_pressing_twice_does_it_once(zh: Client, office: Agency) -> None:
    case = stages.paid(stages.do(stages.submitted(), "accept"))
    stages.opened(zh, case)
    form = {**_form(zh, "confirm_payment"), "amount": "3120"}
    assert zh.post("/follow/do/confirm_payment/", form).status_code == 302
    assert zh.post("/follow/do/confirm_payment/", form).status_code == 200
    assert _case(case).confirmed_fen == 312_000


def test_one_press_repeated_ends_like_the_first(zh: Client, office: Agency) -> None:
    case = stages.submitted("question", place="140581", items=["wages"])
    lawyer = stages.Actor("staff", 13, frozenset({"duty_lawyer"}), stages.SHANXI, 1)
    stages.do(case, "answer", lawyer, text="可以要求双倍工资。")
    stages.opened(zh, case)
    form = _form(zh, "not_helped")
    for _ in range(2):
        pressed = zh.post("/follow/do/not_helped/", form)
        assert pressed["Location"] == "/follow/done/not_helped/"
    assert Event.objects.filter(stream=case.pk, kind="case.not_helped").count() == 1
    said = zh.post("/follow/do/not_helped/", {**form, "text": "还有一件事"})
    assert said.status_code == 200, "what was said besides is not taken for done"
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert "可能已经办过了" in zh.post("/follow/do/not_helped/", form).content.decode()


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_a_version_that_was_tampered_with_is_no_error_of_ours(
    zh: Client, office: Agency, version: str
) -> None:
    stages.opened(zh, stages.do(stages.submitted(), "accept"))
    answer = zh.post("/follow/do/request_withdrawal/", {"version": version, "reason": "paid"})
    assert answer.status_code in {200, 302}


def test_a_step_that_does_not_exist_is_not_found(zh: Client, office: Agency) -> None:
    stages.opened(zh, stages.submitted())
    for action in ("grant", "accept", "nonsense"):
        assert zh.get(f"/follow/do/{action}/").status_code == 404
        assert zh.post(f"/follow/do/{action}/").status_code == 404
        assert zh.get(f"/follow/done/{action}/").status_code == 404


def test_every_page_of_a_step_is_whole_in_both_languages(either: Client, office: Agency) -> None:
    case = stages.paid(stages.do(stages.submitted(), "accept"))
    stages.opened(either, case)
    view = follow_view(case.pk, 0)
    assert view is not None
    assert {deed.action for deed in open_deeds(view)} == {
        "confirm_payment",
        "deny_payment",
        "request_withdrawal",
    }
    english = either.defaults["HTTP_ACCEPT_LANGUAGE"] == "en"
    for action in DEEDS:
        page = either.get(f"/follow/do/{action}/").content.decode()
        words = re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0])
        assert bool(re.search(r"[一-鿿]", words)) is not english, action
        done = either.get(f"/follow/done/{action}/").content.decode()
        assert (
            bool(re.search(r"[一-鿿]", re.sub(r"<[^>]+>", " ", done.split("<main")[1].split("</main>")[0])))
            is not english
        )
    assert timezone.now()
