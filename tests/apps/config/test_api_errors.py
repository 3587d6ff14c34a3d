"""Whatever goes wrong under /api, the answer is a problem body that says where and what to do."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from ninja import NinjaAPI

from nuanxin.config.api import StrictParser, UnfitBody
from nuanxin.config.faults import faults_from
from nuanxin.law import answer
from nuanxin.ui.problems import Fault

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def _problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == PROBLEM
    body = json.loads(response.content)
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    assert body["status"] == status
    assert body["errors"]
    for fault in body["errors"]:
        assert set(fault) == {"path", "code", "message"}
        if isinstance(fault["message"], dict):  # the law engine words its faults by its own contract
            assert re.search(r"[\u4e00-\u9fff]", fault["message"]["zh"])
            assert fault["message"]["en"]
    return dict(body)


def test_an_address_that_is_not_there_is_a_problem(client: Client) -> None:
    assert _problem(client.get("/api/v1/nowhere"), 404)["type"].endswith(":not_found")


def test_a_wrong_method_is_a_problem_that_names_the_right_ones(client: Client) -> None:
    response = client.delete("/api/v1/openapi.json")
    _problem(response, 405)
    assert "GET" in response.headers["Allow"]


def test_the_description_is_openapi_3_1(client: Client) -> None:
    body = client.get("/api/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")


def test_a_body_over_one_mebibyte_is_read_to_the_end_and_refused(client: Client) -> None:
    response = client.post("/api/v1/openapi.json", b"x" * (1024 * 1024 + 1), content_type="application/json")
    assert "1 MiB" in _problem(response, 413)["detail"]


def test_a_body_of_one_mebibyte_passes_the_limit(client: Client) -> None:
    response = client.post("/api/v1/openapi.json", b"x" * (1024 * 1024), content_type="application/json")
    assert response.status_code == 405


def test_a_page_that_is_sent_too_much_says_so_in_words(client: Client) -> None:
    response = client.post("/follow/papers/", b"x" * (2 * 1024 * 1024), content_type="text/plain")
    assert response.status_code == 413
    assert 'href="/follow/papers/"' in response.content.decode()
    assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("body", [b"{", b'{"a": NaN}', b'"\xff"', b"[" * 100_000, b""])
def test_what_is_not_json_is_refused_by_the_parser(body: bytes) -> None:
    request = RequestFactory().post("/", body, content_type="application/json")
    with pytest.raises((ValueError, RecursionError)):
        StrictParser().parse_body(request)


def test_text_that_no_database_can_store_is_named_with_its_place() -> None:
    body = rb'{"name": "a\u0000b", "story": {"text": "\ud800"}, "list": ["fine", "\u0000"]}'
    request = RequestFactory().post("/", body, content_type="application/json")
    with pytest.raises(UnfitBody) as caught:
        StrictParser().parse_body(request)
    assert [fault.path for fault in caught.value.faults] == ["/name", "/story/text", "/list/1"]


def test_a_key_that_stands_twice_is_named_with_its_place(client: Client) -> None:
    body = b'{"rule": "arbitration.accept", "start": "2025-03-03", "start": "2025-03-04"}'
    response = client.post("/api/v1/law/period", body, content_type="application/json")
    fault = _problem(response, 422)["errors"][0]
    assert (fault["path"], fault["code"]) == ("/start", "duplicate_key")


def test_every_fault_of_a_body_is_told_at_once_in_both_languages() -> None:
    errors: list[dict[str, Any]] = [
        {"type": "missing", "loc": ("body", "payload", "applicant", "name"), "msg": "Field required"},
        {"type": "extra_forbidden", "loc": ("body", "payload", "typo"), "msg": "no"},
        {
            "type": "invalid_phone",
            "loc": ("body", "payload", "phone"),
            "ctx": {"zh": "电话不对", "en": "Not a phone"},
        },
        {"type": "greater_than_equal", "loc": ("query", "k"), "ctx": {"ge": 1}, "msg": "no"},
    ]
    faults = [fault.as_json() for fault in faults_from(errors)]
    assert [(fault["path"], fault["code"]) for fault in faults] == [
        ("/applicant/name", "missing"), ("/typo", "unknown_key"), ("/phone", "invalid_phone"), ("/query/k", "too_small"),
    ]  # fmt: skip
    assert faults[3]["message"] == {"zh": "不能小于 1。", "en": "Must be at least 1."}


def test_choices_and_moments_are_told_plainly_in_both_languages() -> None:
    errors: list[dict[str, Any]] = [
        {"type": "enum", "loc": ("query", "asked", "kind", 1), "ctx": {"expected": "'a', 'b' or 'c'"}},
        {
            "type": "datetime_from_date_parsing",
            "loc": ("query", "at"),
            "ctx": {"error": "input is too short"},
        },
    ]
    choice, moment = faults_from(errors)
    assert choice == Fault("/query/kind/1", "unknown_value", "只能填：a, b, c。", "Must be one of: a, b, c.")
    assert moment.code == "invalid_date"
    assert "T09:30:00+08:00" in moment.zh
    assert "T09:30:00+08:00" in moment.en


def test_the_api_is_one_ninja_api() -> None:
    from nuanxin.config.api import api

    assert isinstance(api, NinjaAPI)


def test_the_law_answers_over_the_web_as_on_the_command_line(client: Client) -> None:
    question = {"rule": "arbitration.accept", "start": "2025-03-03"}
    response = client.post("/api/v1/law/period", question, content_type="application/json")
    assert response.status_code == 200
    assert response.json() == answer("period", question)


def test_a_whole_claim_is_answered_over_the_web(client: Client) -> None:
    question = {
        "as_of": "2026-03-10",
        "place": "110105",
        "relation": "employment",
        "ended_on": "2026-02-10",
        "arrears": {"pay": {"basis": "day", "amount": "300.00"}, "days": 20},
    }
    response = client.post("/api/v1/law/claim", question, content_type="application/json")
    assert response.status_code == 200
    assert response.json() == answer("claim", question)
    assert response.json()["total"] == "6000.00"
    question["arrears"] = {"pay": {"basis": "day", "amount": 300}}
    faults = client.post("/api/v1/law/claim", question, content_type="application/json").json()["errors"]
    assert [fault["path"] for fault in faults] == ["/arrears/pay/amount"]


def test_a_bad_question_about_the_law_has_the_same_faults_over_the_web(client: Client) -> None:
    response = client.post("/api/v1/law/period", {"start": 3}, content_type="application/json")
    assert _problem(response, 422)["errors"] == answer("period", {"start": 3})["errors"]


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 422), (b"", 422)])
def test_what_is_no_question_is_a_problem(client: Client, body: bytes, status: int) -> None:
    _problem(client.post("/api/v1/law/period", body, content_type="application/json"), status)
