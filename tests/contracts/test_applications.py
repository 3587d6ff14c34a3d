"""The applications API against its contract: submit, replay, follow, evidence, staff reads."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from PIL import Image

from nuanxin.cases.models import Case, Submission

pytestmark = pytest.mark.django_db

BODY: dict[str, Any] = {
    "door": "web",
    "kind": "aid",
    "applicant": {"name": "测试工友甲", "phone": "13800000000"},
    "place": "140581",
    "items": ["wages"],
    "workers": 26,
    "amount_claimed": "130000.00",
    "respondents": [{"role": "employer", "kind": "licensed_unit", "name": "测试建筑公司"}],
    "story": {"text": "打了欠条，付了一部分。"},
    "consent": True,
}
URL = "/api/v1/applications"


def post(body: Any, key: str = "key-00000001", client: Client | None = None) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return (client or Client()).post(
        URL, raw, content_type="application/json", headers={"Idempotency-Key": key}
    )


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in BODY.items() if name != key}


def test_a_submission_gives_number_code_lane_office_and_what_comes_next() -> None:
    answer = post(BODY)
    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {"number", "follow_code", "status", "lane", "urgent", "agency", "next"}
    assert (body["status"], body["lane"], body["urgent"]) == ("submitted", "green", False)
    assert set(body["next"]) == {"actor", "by", "sentence"}
    assert set(body["next"]["sentence"]) == {"zh", "en"}
    assert "测试工友甲" not in answer.content.decode()


def test_the_same_key_and_body_again_give_the_same_answer_and_one_case() -> None:
    first, again = post(BODY), post(BODY)
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first.headers
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict() -> None:
    post(BODY)
    other = post(BODY | {"workers": 27})
    assert other.status_code == 409
    [fault] = other.json()["errors"]
    assert (fault["path"], fault["code"]) == ("/Idempotency-Key", "key_reused")
    assert "新的" in fault["message"]["zh"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with space 123"])
def test_a_missing_or_malformed_key_is_400(key: str) -> None:
    headers = {"Idempotency-Key": key} if key else {}
    answer = Client().post(URL, json.dumps(BODY), content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("items", "lane"),
    [
        (["wages"], "green"), (["overtime"], "green"), (["minimum_wage"], "green"), (["work_injury"], "green"),
        (["severance"], "ordinary"), (["double_wage"], "ordinary"), (["labour_relationship"], "ordinary"),
        (["wages", "severance"], "mixed"), (["work_injury", "labour_relationship"], "mixed"),
    ],
)  # fmt: skip
def test_the_lane_turns_on_the_items_alone(items: list[str], lane: str) -> None:
    assert post(BODY | {"items": items}).json()["lane"] == lane


BAD = [
    ({"door": "window"}, "/door"),
    ({"kind": "help"}, "/kind"),
    ({"place": "999999"}, "/place"),
    ({"place": "14058"}, "/place"),
    ({"items": []}, "/items"),
    ({"items": ["pay"]}, "/items/0"),
    ({"workers": 0}, "/workers"),
    ({"workers": 100_001}, "/workers"),
    ({"workers": True}, "/workers"),
    ({"workers": 1.5}, "/workers"),
    ({"amount_claimed": "-5.00"}, "/amount_claimed"),
    ({"amount_claimed": "5"}, "/amount_claimed"),
    ({"amount_claimed": "1000000000000.01"}, "/amount_claimed"),
    ({"amount_claimed": 5}, "/amount_claimed"),
    ({"ended_on": "2026-02-30"}, "/ended_on"),
    ({"ended_on": "2999-01-01"}, "/ended_on"),
    ({"worked": {"from": "2026-13"}}, "/worked/from"),
    ({"worked": {"from": "2025-05", "to": "2025-04"}}, "/worked/to"),
    ({"consent": False}, "/consent"),
    ({"extra": 1}, "/extra"),
    ({"relation": "friend"}, "/relation"),
    ({"story": {"text": ""}}, "/story/text"),
    ({"story": "text"}, "/story"),
    ({"applicant": {"name": "<b>甲</b>", "phone": "13800000000"}}, "/applicant/name"),
    ({"applicant": {"name": "甲", "phone": "1380000abcd"}}, "/applicant/phone"),
    ({"applicant": {"name": "甲"}}, "/applicant/phone"),
    ({"applicant": {"name": "甲", "phone": "13800000000", "resident_id": "110101199001011234"}}, "/applicant/resident_id"),
    ({"applicant": {"name": "甲", "phone": "13800000000", "safe_contact": {"hours": "6-9"}}}, "/applicant/safe_contact/hours"),
    ({"respondents": [{"uscc": "123"}]}, "/respondents/0/uscc"),
    ({"respondents": [{"role": "boss"}]}, "/respondents/0/role"),
    ({"helper": {"name": "乙", "phone": "13800000001"}}, "/helper/relation"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path"), BAD, ids=[path + str(i) for i, (_, path) in enumerate(BAD)])
def test_a_fault_is_named_with_its_place_and_a_sentence_in_both_languages(
    change: dict[str, Any], path: str
) -> None:
    answer = post(BODY | change)
    assert answer.status_code == 422
    problem = answer.json()
    fault = next(f for f in problem["errors"] if f["path"] == path)
    assert set(fault) == {"path", "code", "message"}
    assert fault["message"]["zh"]
    assert fault["message"]["en"]
    assert Case.objects.count() == 0


def test_every_fault_is_named_at_once() -> None:
    answer = post(
        {"door": "x", "kind": "aid", "applicant": {"name": "", "phone": "1"}, "workers": 0, "consent": 1}
    )
    paths = {fault["path"] for fault in answer.json()["errors"]}
    assert {
        "/door",
        "/applicant/name",
        "/applicant/phone",
        "/place",
        "/items",
        "/workers",
        "/consent",
    } <= paths


@pytest.mark.parametrize("raw", [b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000])
def test_what_is_not_a_json_object_is_refused_without_a_trace(raw: bytes) -> None:
    assert post(raw).status_code in {400, 422}
    assert Case.objects.count() == 0


def test_a_body_over_one_mebibyte_is_413() -> None:
    assert post(BODY | {"story": {"text": "长" * 600_000}}).status_code == 413


def test_a_report_needs_only_name_phone_a_sentence_and_consent() -> None:
    body = {
        "door": "web", "kind": "report", "applicant": {"name": "甲", "phone": "13800000000"},
        "story": {"text": "不给钱"}, "consent": True,
    }  # fmt: skip
    answer = post(body).json()
    assert answer["agency"]["place"] == "000000"
    assert answer["lane"] == "green"


def test_a_report_by_place_alone_is_taken() -> None:
    body = {
        "door": "web", "kind": "report", "applicant": {"name": "甲", "phone": "13800000000"}, "place": "140581",
        "consent": True,
    }  # fmt: skip
    assert post(body).status_code == 201


def test_less_than_seven_days_before_the_limitation_is_urgent() -> None:
    from datetime import timedelta

    from django.utils import timezone

    today = timezone.localdate()
    ended = today.replace(year=today.year - 1) + timedelta(days=4)
    assert post(BODY | {"ended_on": ended.isoformat()}).json()["urgent"] is True
    assert (
        post(BODY | {"ended_on": (ended + timedelta(days=60)).isoformat()}, "key-00000002").json()["urgent"]
        is False
    )


def test_following_tells_where_it_is_without_personal_data() -> None:
    made = post(BODY).json()
    answer = Client().get(f"{URL}/{made['number']}", {"code": made["follow_code"]})
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"number", "status", "stage", "lane", "holder", "next", "timeline", "ledger"}
    assert body["ledger"] == {"claimed": "130000.00", "awarded": "0.00", "paid": "0.00", "confirmed": "0.00"}
    assert body["timeline"][0]["sentence"]["en"] == "You handed it in"
    text = answer.content.decode()
    assert "测试工友甲" not in text
    assert "13800000000" not in text


def test_a_wrong_number_and_a_wrong_code_get_the_same_404() -> None:
    made = post(BODY).json()
    wrong_code = Client().get(f"{URL}/{made['number']}", {"code": "00000000"})
    wrong_number = Client().get(f"{URL}/NX14-9999999-9", {"code": made["follow_code"]})
    assert wrong_code.status_code == wrong_number.status_code == 404
    assert wrong_code.content == wrong_number.content


def photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def hand_in(made: dict[str, Any], data: bytes, name: str = "photo.jpg", code: str | None = None) -> Any:
    file = io.BytesIO(data)
    file.name = name
    return Client().post(
        f"{URL}/{made['number']}/evidence?code={code or made['follow_code']}", {"file": file}
    )


def test_evidence_is_hashed_as_it_arrived() -> None:
    made, data = post(BODY).json(), photograph()
    answer = hand_in(made, data)
    assert answer.status_code == 201
    digest = hashlib.sha256(data).hexdigest()
    assert answer.json() == {"sha256": digest, "size": len(data), "type": "image/jpeg", "scanned": False}


@pytest.mark.parametrize("data", [b"MZ\x90\x00 a program", b"<html></html>", b"", b"#!/bin/sh\n"])
def test_a_file_that_is_no_evidence_is_refused_whatever_its_name(data: bytes) -> None:
    made = post(BODY).json()
    assert hand_in(made, data).status_code == 422


def test_evidence_with_a_wrong_code_is_404() -> None:
    assert hand_in(post(BODY).json(), photograph(), code="11111111").status_code == 404


@pytest.mark.parametrize("url", ["/api/v1/cases", "/api/v1/cases/NX14-0000001-1"])
def test_staff_reads_want_a_token(url: str) -> None:
    assert Client().get(url).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_ten_identical_requests_at_once_make_one_case() -> None:
    answers: list[Any] = []

    def send() -> None:
        answers.append(post(BODY))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [a.status_code for a in answers] == [201] * 10
    assert len({a.json()["number"] for a in answers}) == 1
    assert Submission.objects.count() == Case.objects.count() == 1


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
def test_a_sign_that_cannot_be_kept_is_told_with_all_other_faults(sign: str) -> None:
    bad = BODY | {
        "applicant": {"name": f"田{sign}某", "phone": "1390000000a", "safe_contact": {"passphrase": sign}},
        "story": {"text": f"欠薪{sign}"}, "workers": 0, sign: 1,
    }  # fmt: skip
    answer = post(bad)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith(":invalid_application")
    faults = {fault["path"]: fault["code"] for fault in answer.json()["errors"]}
    assert faults["/applicant/name"] == "invalid_characters"
    assert faults["/applicant/phone"] == "invalid_phone"
    assert faults["/story/text"] == "invalid_characters"
    assert {"/applicant/safe_contact/passphrase", "/workers"} <= faults.keys()
    assert not Case.objects.exists()


def test_needs_and_languages_that_we_have_no_word_for_are_kept() -> None:
    applicant = BODY["applicant"] | {"needs": ["fly", "no_calls"], "languages": ["xx"]}
    assert post(BODY | {"applicant": applicant}).status_code == 201
    case = Case.objects.get()
    assert (list(case.needs), list(case.languages)) == (["fly", "no_calls"], ["xx"])
