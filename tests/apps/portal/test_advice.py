"""The pages of advice without a script: every question, its answer, "I do not know", and the way on to an application."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from nuanxin.cases.models import Case, Entry, Respondent
from nuanxin.network.models import Agency
from nuanxin.portal.advice.questions import QUESTIONS
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.rules.advice.paths import ALL, DOORS
from tests.apps.portal import walk as applying
from tests.apps.portal.advising import SITE, on, text, text_of, told, walk

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 27, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> object:
    """A Friday in November 2026; the holidays of 2027 are not published yet."""
    with time_machine.travel(TODAY, tick=False):
        yield


def test_every_question_of_every_door_has_a_page_and_says_why() -> None:
    assert set(ALL) == set(QUESTIONS)
    for key, asked in QUESTIONS.items():
        assert str(asked.why), key
        assert asked.skip or key == "caller", f"{key}: I do not know is always an answer"


def test_a_worker_learns_the_sum_and_what_may_go_either_way(zh: Client) -> None:
    said = walk(zh, "owed", SITE)
    # three whole months of 6,000 less 2,000; without knowing whether it was an employment, no second wage in it
    assert "按您说的，可以要 16,000.00 元" in said
    assert "说不准的没有算进去" in said
    # the second wage: from 1 April to 31 August 2026, five months
    assert "可能 1: 30,000.00 元" in said
    assert "可能 2: 0.00 元" in said
    assert "《劳动合同法》第30条" in said
    assert "请在 2027 年 8 月 31 日 之前办" in said


def test_the_same_in_english(client: Client) -> None:
    english = Client(headers={"accept-language": "en"})
    said = walk(english, "owed", {**SITE, "where": {"where": "gaoping, jincheng"}})
    assert "By what you told you can ask for 16,000.00 yuan" in said
    assert "Labour Contract Law art. 30" in said
    assert not re.search(r"[一-鿿]", said)


@pytest.mark.parametrize("door", DOORS)
def test_who_knows_nothing_is_given_no_number_and_told_what_shows_it(either: Client, door: str) -> None:
    caller = {"caller": {"caller": "unknown"}}
    said = walk(either, door, caller)
    english = either.defaults["HTTP_ACCEPT_LANGUAGE"] == "en"
    assert ("We do not guess" if english else "我们不瞎猜") in said
    assert ("This shows it:" if english else "看这些：") in said
    assert not re.search(r"\d+\.\d\d (yuan|元)", said)


def test_what_was_paid_is_never_taken_to_be_nothing(zh: Client) -> None:
    said = walk(zh, "owed", {key: typed for key, typed in SITE.items() if key != "paid"})
    assert "可以要" not in said
    assert "这里面已经给了多少？ 看这些： 银行流水" in said


def test_the_day_to_act_by_and_what_moved_it(zh: Client) -> None:
    said = walk(zh, "how-long", SITE)
    # asked for on 2 October 2026: one year from then under labour law, three years under civil law
    assert "最晚这天要办 2027 年 10 月 2 日" in said
    assert "到 2029 年 10 月 2 日 为止" in said
    assert "时间重新算，到 2027 年 10 月 2 日 为止" in said
    assert "按早的那天办" in said


def test_a_day_off_at_the_end_is_told_with_both_days(zh: Client) -> None:
    # last day 1 March 2025: the year ends on Sunday, 1 March 2026, and rolls to Monday; looked at before that
    with time_machine.travel(datetime(2026, 2, 20, 4, tzinfo=UTC), tick=False):
        said = walk(
            zh,
            "how-long",
            {
                "items": {"items": ["wages"]},
                "caller": {"caller": "company"},
                "iou": {"iou": "no"},
                "still": {"still": "no"},
                "ended": on("ended", "2025-03-01"),
            },
        )
    assert "最晚这天要办 2026 年 3 月 1 日 还剩 9 天" in said
    assert "可以顺延到 2026 年 3 月 2 日。稳妥起见，请在 2026 年 3 月 1 日 之前办" in said


def test_an_expired_claim_is_told_kindly_with_what_can_still_be_done(zh: Client) -> None:
    typed = {
        "items": {"items": ["wages"]},
        "caller": {"caller": "company"},
        "iou": {"iou": "no"},
        "still": {"still": "no"},
        "ended": on("ended", "2025-03-01"),
    }
    said = walk(zh, "how-long", typed)
    assert "别灰心" in said
    assert "对方不提时效，法官不能主动提" in said
    assert "最迟" in said or "2027" in said  # labour inspection takes it for two years
    assert "写明欠多少、答应付" in said
    assert "带着这些去申请" in said


def test_with_only_the_month_of_the_last_day_both_ends_are_shown(zh: Client) -> None:
    typed = {
        "items": {"items": ["wages"]},
        "caller": {"caller": "company"},
        "still": {"still": "no"},
        "ended": on("ended", "2026-08"),
    }
    said = walk(zh, "how-long", typed)
    assert "最晚这天要办 2027 年 8 月 1 日" in said
    assert "按最后一天可能的最晚日子算。 到 2027 年 8 月 31 日 为止" in said


def test_who_still_works_there_need_not_hurry(zh: Client) -> None:
    typed = {
        "items": {"items": ["wages"]}, "caller": {"caller": "company"}, "iou": {"iou": "no"}, "still": {"still": "yes"},
    }  # fmt: skip
    assert "现在没有时间限制" in walk(zh, "how-long", typed)


def test_few_days_left_say_ring_today(zh: Client) -> None:
    typed = {
        "items": {"items": ["wages"]}, "caller": {"caller": "company"}, "still": {"still": "no"},
        "ended": on("ended", "2025-12-01"),
    }  # fmt: skip
    assert "今天就打 12348" in walk(zh, "how-long", typed)  # 4 days


def test_on_a_site_the_main_builder_is_named_first(zh: Client) -> None:
    said = walk(zh, "who-pays", SITE)
    assert said.index("工地的总包单位 要先付") < said.index("给他活的建筑公司（分包） 和别人一起付")
    assert "《保障农民工工资支付条例》第30条（3）、第35条" in said
    assert "盖房的那一方（甲方）" in said  # how much it still owes is not known


def test_a_licence_that_nobody_knows_is_answered_both_ways(zh: Client) -> None:
    typed = {
        "caller": {"caller": "company"}, "site": {"site": "no"}, "began": on("began", "2026"), "still": {"still": "yes"},
    }  # fmt: skip
    said = walk(zh, "who-pays", typed)
    assert "如果那家单位有营业执照" in said
    assert "如果那家单位没有营业执照" in said


BAD = [
    ("owed", "rate_month", {"rate_month": "很多"}, "用数字"),
    ("owed", "unpaid", {**on("first", "2026-08-31"), **on("last", "2026-06-01")}, "比头一天还早"),
    ("owed", "unpaid", {**on("first", "2026-06"), **on("last", "2026-08-31")}, "年、月、日都写上"),
    ("owed", "unpaid", {**on("first", "2027-06-01"), **on("last", "2027-08-31")}, "还没到"),
    ("owed", "paid", {"paid": "-5"}, "不能是负数"),
    ("owed", "where", {"where": "不存在的地方"}, "没找到这个地方"),
    ("owed", "items", {"items": ["gold"]}, "gold"),
    ("how-long", "since", {}, "请选一个"),
    ("how-long", "on_demand", on("last", "2026-02-30"), "没有这一天"),
    ("who-pays", "above", {"above": "firm"}, "firm"),
]


@pytest.mark.parametrize(("door", "key", "typed", "says"), BAD)
def test_bad_input_is_told_and_kept(
    zh: Client, door: str, key: str, typed: dict[str, str], says: str
) -> None:
    walk(zh, door, SITE)
    page = zh.post(f"/advice/{door}/{key}/", {"go": "on", **typed})
    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()
    assert says in text_of(page.content.decode())


def test_facts_that_clash_are_told_with_the_way_to_mend_them(zh: Client) -> None:
    # work that ended before the contract was signed and before it began: the days cannot be right
    typed = {**SITE, "signed": {"signed": "yes"}, "signed_on": on("signed_on", "2026-07-01")}
    walk(zh, "owed", typed)
    assert zh.post("/advice/owed/began/", {"go": "on", **on("began", "2026-10-01")}).status_code == 302
    said = text(zh, "/advice/owed/answer/")
    assert "这里对不上：" in said
    assert "可以要 16,000.00 元" in said  # the unpaid months do not turn on it


def test_a_changed_answer_leads_back_to_the_answer(zh: Client) -> None:
    walk(zh, "owed", SITE)
    changed = zh.post("/advice/owed/paid/", {"go": "on", "paid": "0"})
    assert changed["Location"] == "/advice/owed/answer/"
    assert "可以要 18,000.00 元" in text(zh, "/advice/owed/answer/")


def test_nothing_is_asked_twice_from_door_to_door(zh: Client) -> None:
    walk(zh, "owed", SITE)
    page = zh.post("/advice/who-pays/caller/", {"go": "on", "caller": "contractor"})
    assert page["Location"] == "/advice/who-pays/site/"
    walk(zh, "who-pays", SITE)
    page = zh.post("/advice/how-long/items/", {"go": "on", "items": ["wages", "double_wage"]})
    assert page["Location"] == "/advice/how-long/since/"


def test_what_was_told_is_gone_after_two_hours_and_at_a_wish(zh: Client) -> None:
    walk(zh, "owed", SITE)
    with time_machine.travel(TODAY + timedelta(hours=2, seconds=2), tick=False):
        assert zh.get("/advice/owed/answer/")["Location"] == "/advice/owed/"
    assert "您之前填的还在" in text(zh, "/advice/owed/")
    gone = zh.post("/advice/owed/")
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    assert zh.get("/advice/owed/answer/")["Location"] == "/advice/owed/"


def test_an_altered_cookie_counts_as_none(zh: Client) -> None:
    walk(zh, "owed", SITE)
    zh.cookies["advice"] = zh.cookies["advice"].value[:-2] + "xx"
    assert zh.get("/advice/owed/answer/").status_code == 302


def test_nothing_is_kept_on_the_server(zh: Client) -> None:
    for door in DOORS:
        walk(zh, door, SITE)
    assert not PortalDraft.objects.exists()


@pytest.mark.parametrize(
    "address", ["/advice/gold/", "/advice/owed/gold/", "/advice/gold/answer/", "/advice/owed/site/"]
)
def test_unknown_pages_are_not_found(zh: Client, address: str) -> None:
    assert zh.get(address).status_code == 404


def test_the_facts_end_in_a_submitted_application(zh: Client, office: Agency) -> None:
    for door in ("who-pays", "owed"):
        walk(zh, door, SITE)
    begun = zh.post("/apply/take-over/", {"told": told(zh, "owed")})
    assert begun["Location"] == "/apply/who/"
    left = {key: applying.SIMPLE[key] for key in ("who", "papers", "you", "identity", "needs", "contact")}
    here, met = "/apply/who/", []
    while here != "/apply/check/":
        key = here.split("/")[2]
        met.append(key)
        typed = {
            **left,
            "firms": {"leader": "王老板"},
            "story": {"story": _story(zh) if key == "story" else ""},
        }
        sent = zh.post(here, {"go": "on", **typed[key]})
        assert sent.status_code == 302, (key, text_of(sent.content.decode()))
        here = sent["Location"]
    # nothing that was told is asked again
    assert met == ["who", "firms", "papers", "you", "identity", "needs", "contact", "story"]
    check = text(zh, "/apply/check/")
    assert "工地的总包单位：还不知道名字" in check
    case = applying.send(zh)
    assert (case.claimed_fen, case.place, case.worked_from, case.worked_to) == (
        1_600_000, 140581_000000, "2026-03-01", "2026-08-31",
    )  # fmt: skip
    assert str(case.ended_on) == "2026-08-31"
    assert sorted(case.items) == ["double_wage", "wages"]
    parties = set(Respondent.objects.filter(case=case).values_list("role", "kind", "name"))
    assert parties == {
        ("team_leader", "individual", "王老板"), ("subcontractor", "licensed_unit", ""),
        ("general_contractor", "", ""), ("owner", "", ""),
    }  # fmt: skip
    assert "一个月多少钱？ 6,000.00 元" in Entry.objects.get(case=case, action="story").text
    assert Case.objects.count() == 1


def _story(client: Client) -> str:
    """What stands in the story's box already."""
    page = client.get("/apply/story/").content.decode()
    found = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.S)
    assert found
    return found[1]


def test_an_open_draft_keeps_what_was_typed_and_takes_the_new_sum(zh: Client) -> None:
    draft = applying.at(zh, "you")  # with 5,200 yuan, place and dates of its own
    walk(zh, "owed", SITE)
    assert zh.post("/apply/take-over/", {"told": told(zh, "owed")})["Location"] == "/apply/you/"
    draft.refresh_from_db()
    assert PortalDraft.objects.count() == 1
    assert draft.said["firms"] == applying.KEPT["firms"]
    assert draft.said["began"] == applying.KEPT["began"]
    assert draft.said["amount"] == {"amount": "16000.00"}
    assert draft.said["items"] == {"items": ["wages", "double_wage"]}


def test_a_group_is_asked_for_the_sum_of_all(zh: Client) -> None:
    walk(zh, "owed", SITE)
    zh.post("/apply/take-over/", {"told": told(zh, "owed"), "shared": "on"})
    draft = PortalDraft.objects.get()
    assert draft.shared_phone
    assert draft.said["amount"] == {"amount": "16000.00"}
    assert zh.post("/apply/who/", {"go": "on", "who": "group"})["Location"] == "/apply/group/"
    draft.refresh_from_db()
    assert "amount" not in draft.said


@pytest.mark.parametrize("blob", ["", "x", "eyJ4IjoxfQ:1:2"])
def test_a_hand_over_that_we_did_not_sign_begins_nothing(zh: Client, blob: str) -> None:
    assert zh.post("/apply/take-over/", {"told": blob})["Location"] == "/apply/"
    assert not PortalDraft.objects.exists()
