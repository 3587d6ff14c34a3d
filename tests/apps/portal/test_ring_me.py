"""Ring me back: one page and one press, a code to change it, and nothing said of what is known of a telephone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.cases.codes import follow_code
from nuanxin.hotline.models import CallBack
from nuanxin.hotline.rules.callbacks import SafeContact
from tests.factories.hotline import WORKDAY, Hotline, open_hotline

pytestmark = pytest.mark.django_db
PAGE = "/ring-me/"
PHONE = "13900139000"


def later(minutes: float) -> datetime:
    return WORKDAY + timedelta(minutes=minutes)


@pytest.fixture
def line(db: object) -> Any:
    with time_machine.travel(later(5), tick=False):
        yield open_hotline()


def send(client: Client, **typed: str) -> Any:
    once = re.search(r'name="once" value="(\w+)"', client.get(PAGE).content.decode())
    assert once
    return client.post(PAGE, {"phone": "139 0013 9000", "go": "on", "once": once[1], **typed})


def test_a_number_and_one_press(zh: Client, line: Hotline) -> None:
    assert send(zh)["Location"] == "/ring-me/receipt/"
    row = CallBack.objects.get()
    assert (row.door, row.phone, row.due_at, row.sooner) == (
        "web",
        PHONE,
        later(30),
        True,
    )
    receipt = zh.get("/ring-me/receipt/").content.decode()
    assert follow_code(row.pk) in receipt
    assert "今天（3 月 2 日） 11:30–12:00" in receipt
    assert PHONE not in receipt


def test_the_home_page_leads_there(zh: Client) -> None:
    assert 'href="/ring-me/"' in zh.get("/").content.decode()


def test_a_time_place_language_and_wishes_are_kept(zh: Client, line: Hotline) -> None:
    send(
        zh, slot="2026-03-03T18:30", where="高平", topic="injury", language="yue", may_say_who="no",
        from_hour="18:00", to_hour="21:00",
    )  # fmt: skip
    row = CallBack.objects.get()
    assert row.slot is not None
    assert row.slot.isoformat() == "2026-03-03T10:30:00+00:00"  # 18:30 in Shanghai
    assert (row.place, row.topic, row.language, row.sooner) == (140581_000000, "injury", "yue", False)
    assert row.contact == SafeContact(True, "18:00-21:00", False)


BAD = [
    ({"phone": ""}, "请填"), ({"phone": "12"}, "手机号是 11 位"), ({"slot": "2026-03-02T10:30"}, "请另选一个"),
    ({"slot": "<x>"}, "请在下面的时间里选一个"), ({"slot": "2026-03-02T11:45"}, "请另选一个"), ({"topic": "x"}, ""),
    ({"from_hour": "18:00"}, "两个时间都要选"), ({"where": "不存在的地方"}, "没找到这个地方"),
    ({"slot": "2026-03-02T12:00", "from_hour": "18:00", "to_hour": "21:00"}, "请另选一个"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "says"), BAD)
def test_bad_input_keeps_the_page_and_what_was_typed(
    zh: Client, line: Hotline, typed: dict[str, str], says: str
) -> None:
    page = send(zh, **{"may_say_who": "no", **typed})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="errors"' in text
    assert says in text
    assert "<x>" not in text
    assert re.search(r'value="no"[^>]*checked', text)
    assert not CallBack.objects.exists()


def test_a_full_half_hour_is_not_offered(zh: Client, line: Hotline) -> None:
    line.desk.call_backs_a_slot = 1
    line.desk.save()
    assert 'value="2026-03-02T12:00"' in zh.get(PAGE).content.decode()
    send(zh, slot="2026-03-02T12:00")
    assert 'value="2026-03-02T12:00"' not in Client().get(PAGE).content.decode()
    late = send(Client(), phone="13700137000", slot="2026-03-02T12:00")
    assert (late.status_code, CallBack.objects.count()) == (200, 1)


def test_pressed_twice_it_is_one_and_with_other_words_the_page_says_so(zh: Client, line: Hotline) -> None:
    once = re.search(r'name="once" value="(\w+)"', zh.get(PAGE).content.decode())
    assert once
    typed = {"phone": PHONE, "go": "on", "once": once[1]}
    for _ in range(2):
        assert zh.post(PAGE, typed).status_code == 302
    assert CallBack.objects.count() == 1
    other = zh.post(PAGE, {**typed, "phone": "13700137000"})
    assert (other.status_code, CallBack.objects.count()) == (200, 1)


def test_looking_for_a_place_or_times_finds_no_fault(zh: Client, line: Hotline) -> None:
    page = zh.post(PAGE, {"go": "times", "from_hour": "18:00", "to_hour": "19:00"}).content.decode()
    assert 'class="errors"' not in page
    assert 'value="2026-03-02T18:30"' in page
    assert 'value="2026-03-02T12:00"' not in page
    assert 'value="140000"' in zh.post(PAGE, {"go": "list"}).content.decode()


def test_a_stranger_who_types_a_number_learns_nothing_of_it(
    zh: Client, line: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(client: Client, phone: str) -> str:
        send(client, phone=phone, slot="2026-03-02T12:00")
        page = client.get("/ring-me/receipt/").content.decode()
        return re.sub(r"\d{8}|csrf\w+\" value=\"\w+|\d 个", "", page).replace(phone[-4:], "")

    kept = {"13900139001": SafeContact(may_call=False), "13900139002": SafeContact(hours="20:00-21:00")}
    monkeypatch.setattr(
        "nuanxin.hotline.actions.promises.contact_of", lambda phone: kept.get(phone, SafeContact())
    )
    line.desk.call_backs_a_slot = 9
    line.desk.save()
    send(Client(), phone="13900139003", slot="2026-03-02T18:00")  # asked before, for another time
    unknown = told(zh, PHONE)
    for phone in ("13900139001", "13900139002", "13900139003"):
        assert told(Client(headers={"accept-language": "zh-hans"}), phone) == unknown, phone


def test_telephone_and_code_open_it_again_to_change_or_call_off(zh: Client, line: Hotline) -> None:
    send(zh)
    row = CallBack.objects.get()
    browser = Client(headers={"accept-language": "en"})
    assert browser.get("/ring-me/receipt/")["Location"] == "/ring-me/mine/"
    assert browser.post("/ring-me/change/", {"do": "off"})["Location"] == "/ring-me/mine/"
    wrong = browser.post("/ring-me/mine/", {"phone": PHONE, "code": "00000000"})
    unknown = browser.post("/ring-me/mine/", {"phone": "13700137000", "code": follow_code(row.pk)})
    for page in (wrong, unknown):
        assert "Telephone or code is not right" in page.content.decode()
    assert browser.post("/ring-me/mine/", {"phone": PHONE, "code": follow_code(row.pk)}).status_code == 302
    assert browser.post("/ring-me/change/", {"slot": "2026-03-02T13:00"}).status_code == 302
    row.refresh_from_db()
    assert row.due_at == later(120)
    refused = browser.post("/ring-me/change/", {"slot": "2026-03-02T09:00"})
    assert (refused.status_code, "choose another" in refused.content.decode()) == (200, True)
    assert "choose one of these" in browser.post("/ring-me/change/", {"slot": "soon"}).content.decode()
    for _ in range(2):
        assert browser.post("/ring-me/change/", {"do": "off"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.ended) == ("cancelled", "person")
    assert "You have called it off" in browser.get("/ring-me/receipt/").content.decode()


@pytest.mark.usefixtures("line")
def test_codes_are_not_guessed(zh: Client, settings: Any) -> None:
    send(zh)
    settings.RATE_LIMIT = True
    answers = [zh.post("/ring-me/mine/", {"phone": PHONE, "code": f"{n:08d}"}).status_code for n in range(12)]
    assert answers == [200] * 10 + [429] * 2


@pytest.mark.usefixtures("line")
def test_one_number_is_not_asked_for_without_end(zh: Client, settings: Any) -> None:
    settings.RATE_LIMIT = True
    answers = [send(zh).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]


def test_without_a_desk_the_page_says_to_ring(zh: Client) -> None:
    page = send(zh)
    assert (page.status_code, "请直接打12348" in page.content.decode()) == (200, True)
