"""The counter: one screen for every door, all faults at their fields, earlier cases shown before a new one opens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nuanxin.audit.actor import Role
from nuanxin.cases.codes import follow_code
from nuanxin.cases.models import Case
from nuanxin.desk.forms.counter import partial
from tests.apps.desk.conftest import Desk
from tests.factories.intake import open_case

GOOD: dict[str, Any] = {
    "kind": "aid", "door": "hotline", "name": "田某某", "phone": "138 1234 5678", "place_text": "高平市",
    "items": ["wages", "severance"], "workers": "26人", "amount": "13万", "worked_from": "2025年3月", "worked_to": "2025.11",
    "relation": "employment", "story": "干了八个月", "needs": ["sign_language"], "say_nothing": "on", "hours": "18:00-21:00",
    "party1_name": "西安华山劳务有限公司", "party1_role": "subcontractor", "party1_kind": "licensed_unit", "consent": "on",
}  # fmt: skip


def opened(answer: Any) -> Case:
    assert answer.status_code == 302, re.findall(
        r'class="errors".*?</ul>', answer.content.decode(), re.DOTALL
    )
    number = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    return next(case for case in Case.objects.all() if case.number == number)


def test_what_is_typed_as_people_write_it_becomes_a_case(clerk: Client) -> None:
    case = opened(clerk.post("/desk/new/", GOOD))
    worker = case.workers.get()
    assert (case.kind, case.door, case.lane, case.workers_stated) == ("aid", "hotline", "mixed", 26)
    assert (case.claimed_fen, case.worked_from, case.worked_to) == (13_000_000, "2025-03", "2025-11")
    assert (worker.name, worker.phone, worker.may_say_who, worker.call_hours) == (
        "田某某",
        "13812345678",
        False,
        "18:00-21:00",
    )
    assert case.place == 140581_000000


def test_the_receipt_has_the_code_for_who_opened_it_and_for_nobody_else(clerk: Client, desk: Desk) -> None:
    answer = clerk.post("/desk/new/", GOOD)
    case = opened(answer)
    code = follow_code(case.pk)
    assert code in clerk.get(answer["Location"]).content.decode()
    assert desk(Role.CLERK).get(answer["Location"]).status_code == 404
    assert code not in clerk.get(f"/desk/cases/{case.number}/").content.decode()


def test_a_case_elsewhere_can_be_opened_and_its_receipt_handed_out(clerk: Client) -> None:
    answer = clerk.post("/desk/new/", {**GOOD, "place_text": "440306"})
    case = opened(answer)
    html = clerk.get(answer["Location"]).content.decode()
    assert case.number in html
    assert f"/desk/cases/{case.number}/" not in html


def test_two_presses_open_one_case(clerk: Client) -> None:
    key = re.search(r'name="key" value="([^"]+)"', clerk.get("/desk/new/").content.decode())
    assert key is not None
    first = opened(clerk.post("/desk/new/", {**GOOD, "key": key[1]}))
    again = clerk.post("/desk/new/", {**GOOD, "key": key[1]})
    if again.status_code == 200:  # the first one is an earlier case of the same person by now
        seen = re.search(r'name="seen" value="([^"]+)"', again.content.decode())
        assert seen is not None
        again = clerk.post("/desk/new/", {**GOOD, "key": key[1], "seen": seen[1]})
    assert opened(again).pk == first.pk
    assert Case.objects.count() == 1


def test_every_fault_stands_at_its_field_and_what_was_typed_is_kept(clerk: Client) -> None:
    typed = {
        **GOOD, "name": "<b>田</b>", "phone": "1381234567", "resident_id": "110101199003070000", "workers": "很多",
        "amount": "-5", "worked_from": "2025-13", "ended_on": "2199-01-01", "hours": "晚上", "party1_uscc": "123",
        "place_text": "没有这个地方", "items": [], "consent": "", "helper_name": "李村官",
    }  # fmt: skip
    answer = clerk.post("/desk/new/", typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    for field in (
        "name", "phone", "resident_id", "workers", "amount", "worked_from", "ended_on", "hours", "party1_uscc",
        "place_text", "items", "consent", "helper_phone", "helper_relation",
    ):  # fmt: skip
        assert f'id="id_{field}_error"' in html, field
    for value in ("1381234567", "很多", "2025-13", "晚上", "没有这个地方", "干了八个月"):
        assert value in html
    assert "<b>田</b>" not in html
    assert Case.objects.count() == 0


def test_a_name_of_several_places_is_asked_back(clerk: Client) -> None:
    html = clerk.post("/desk/new/", {**GOOD, "place_text": "城区"}).content.decode()
    choices = re.findall(r'type="radio" name="place_text" value="(\d{6})"', html)
    assert len(choices) > 1
    assert (
        opened(clerk.post("/desk/new/", {**GOOD, "place_text": choices[0]})).place == int(choices[0]) * 10**6
    )


def test_earlier_cases_are_shown_before_a_new_one_opens(clerk: Client) -> None:
    before = open_case(at=timezone.now(), applicant={"name": "田某某", "phone": "13812345678"})
    part = clerk.post("/desk/new/earlier/", {"phone": "13812345678", "resident_id": ""}).content.decode()
    assert before.number in part
    asked = clerk.post("/desk/new/", GOOD)
    html = asked.content.decode()
    assert asked.status_code == 200
    assert before.number in html
    assert "Open another case all the same" in html
    seen = re.search(r'name="seen" value="([^"]+)"', html)
    assert seen is not None
    assert opened(clerk.post("/desk/new/", {**GOOD, "seen": seen[1]})).pk != before.pk
    assert clerk.post("/desk/new/earlier/", {"phone": "1", "resident_id": "2"}).content.decode().strip() == ""


@pytest.mark.parametrize("kind", ["report", "question"])
def test_a_report_and_a_question_need_little(clerk: Client, kind: str) -> None:
    case = opened(
        clerk.post(
            "/desk/new/",
            {
                "kind": kind,
                "door": "hotline",
                "name": "王某",
                "phone": "13912345678",
                "story": "没给钱",
                "consent": "on",
            },
        )
    )
    assert case.kind == kind


@pytest.mark.parametrize("door", ["counter", "hotline", "paper", "helper", "partner"])
def test_every_door_of_staff_has_the_same_form(clerk: Client, door: str) -> None:
    helper = {"helper_name": "李村官", "helper_phone": "0356-5550123", "helper_relation": "村干部"}
    assert opened(clerk.post("/desk/new/", {**GOOD, "door": door, **helper})).door == door


def test_the_picker_finds_places_by_name_and_pinyin(clerk: Client) -> None:
    for typed in ("高平", "gaoping", "140581"):
        places = clerk.get("/desk/places/", {"q": typed}).json()["places"]
        assert "140581" in [place["code"] for place in places]
    assert clerk.get("/desk/places/", {"q": "\x00'"}).json() == {"places": []}


def test_a_duty_lawyer_opens_cases_from_calls_alone(desk: Desk) -> None:
    browser = desk(Role.DUTY_LAWYER)
    assert browser.get("/desk/new/").status_code == 403
    assert browser.post("/desk/new/", GOOD).status_code == 403
    assert browser.post("/desk/new/earlier/", {"phone": "13812345678"}).status_code == 200
    assert browser.get("/desk/places/", {"q": "高平"}).status_code == 200


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.LAWYER, Role.BUREAU])
def test_who_does_not_serve_at_the_counter_opens_nothing(desk: Desk, role: Role) -> None:
    browser = desk(role)
    assert browser.get("/desk/new/").status_code == 403
    assert browser.post("/desk/new/", GOOD).status_code == 403
    assert browser.post("/desk/new/earlier/", {"phone": "13812345678"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2025年3月", "2025-03"), ("2025.3", "2025-03"), ("2025/03/01", "2025-03-01"), ("２０２５－３", "2025-03"), ("2025", "2025"),
        ("", ""), ("三月", "三月"), ("25年3月", "25年3月"), ("2025-3-4-5", "2025-3-4-5"),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed: str, iso: str) -> None:
    assert partial(typed) == iso


def test_an_unusual_sum_is_asked_about_before_the_case_opens(clerk: Client) -> None:
    typed = {**GOOD, "workers": "1", "amount": "1300万"}
    html = clerk.post("/desk/new/", typed).content.decode()
    assert "13,000,000 yuan is unusual for one worker." in html
    assert 'name="sure"' in html
    assert "1300万" in html
    assert not Case.objects.exists()
    case = opened(clerk.post("/desk/new/", {**typed, "sure": "工程款，材料齐全"}))
    assert case.claimed_fen == 1_300_000_000
    assert "工程款，材料齐全" in clerk.get(f"/desk/cases/{case.number}/").content.decode()


def test_an_ordinary_sum_is_not_asked_about(clerk: Client) -> None:
    assert 'name="sure"' not in clerk.post("/desk/new/", {**GOOD, "name": ""}).content.decode()


@pytest.mark.parametrize(
    ("hours", "kept"),
    [("08:00-07:00", None), ("20:00-06:00", "20:00-06:00"), ("１８：００–21:00", "18:00-21:00")],
)
def test_hours_the_wrong_way_round_are_asked_about(clerk: Client, hours: str, kept: str | None) -> None:
    answer = clerk.post("/desk/new/", {**GOOD, "hours": hours})
    if kept is None:
        assert answer.status_code != 302
        assert "The hours end before they begin" in answer.content.decode()
    else:
        assert opened(answer).workers.get().call_hours == kept
