"""Handing in evidence through the API, with the follow code."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from nuanxin.cases.codes import follow_code, worker_code
from nuanxin.cases.models import Case
from nuanxin.documents.models import Evidence
from tests.factories import papers
from tests.factories.agency import agency
from tests.factories.story import GAOPING, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: Any) -> Case:
    agency(GAOPING)
    return Story().case


def send(
    case: Case, data: bytes, code: str | None = None, name: str = "a.jpg", number: str = ""
) -> HttpResponse:
    url = f"/api/v1/applications/{number or case.number}/evidence?code={follow_code(case.pk) if code is None else code}"
    return Client().post(url, {"file": SimpleUploadedFile(name, data)})  # type: ignore[return-value]


def test_it_answers_with_the_hash(case: Case) -> None:
    data = papers.photograph()
    answer = send(case, data)
    assert answer.status_code == 201
    assert json.loads(answer.content) == {
        "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "type": "image/jpeg", "scanned": False,
    }  # fmt: skip
    assert send(case, data).status_code == 201
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("code", ["", "00000000", "x" * 500])
def test_a_wrong_code_and_a_wrong_number_are_the_same_404(case: Case, code: str) -> None:
    wrong_code = send(case, papers.png(), code)
    wrong_number = send(case, papers.png(), number="NX14-0000001-0")
    assert wrong_code.status_code == wrong_number.status_code == 404
    assert json.loads(wrong_code.content)["detail"] == json.loads(wrong_number.content)["detail"]
    assert not Evidence.objects.exists()


def test_a_code_of_another_worker_of_no_group_opens_nothing(case: Case) -> None:
    assert send(case, papers.png(), worker_code(case.pk, 2)).status_code == 404


@pytest.mark.parametrize("data", [papers.PROGRAM, b"", papers.pdf(password="1")])
def test_a_file_that_cannot_be_taken_is_told_with_what_to_do(case: Case, data: bytes) -> None:
    answer = send(case, data)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    [fault] = json.loads(answer.content)["errors"]
    assert fault["path"] == "/file"
    assert set(fault["message"]) == {"zh", "en"}


@pytest.mark.parametrize("field", ["", "photo", "files"])
def test_no_file_under_the_right_name_is_told_with_its_place(case: Case, field: str) -> None:
    url = f"/api/v1/applications/{case.number}/evidence?code={follow_code(case.pk)}"
    sent = {field: SimpleUploadedFile("a.jpg", papers.photograph())} if field else {}
    answer = Client().post(url, sent)
    assert answer.status_code == 422
    [fault] = json.loads(answer.content)["errors"]
    assert (fault["path"], fault["code"]) == ("/file", "missing")


@pytest.mark.parametrize("names", [("file", "file"), ("file", "photo")])
def test_two_files_in_one_request_are_refused_so_that_none_is_lost(
    case: Case, names: tuple[str, str]
) -> None:
    url = f"/api/v1/applications/{case.number}/evidence?code={follow_code(case.pk)}"
    sent: dict[str, list[Any]] = {}
    for name, data in zip(names, (papers.photograph(), papers.png()), strict=True):
        sent.setdefault(name, []).append(SimpleUploadedFile("a.jpg", data))
    answer = Client().post(url, sent)
    assert answer.status_code == 422
    [fault] = json.loads(answer.content)["errors"]
    assert (fault["path"], fault["code"]) == ("/file", "one_file")
    assert not Evidence.objects.exists()
