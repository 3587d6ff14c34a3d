"""Pages of the look itself: languages, errors, nothing inline."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override

from nuanxin.ui import errors, gallery, live

SPECIMENS = (
    "public",
    "home",
    "question",
    "faults",
    "follow",
    "staff",
    "list",
    "case",
    "confirm",
    "plain",
    "print",
)


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_holds_inline_style_or_script(client: Client, name: str, language: str) -> None:
    answer = client.get(f"/ui/gallery/{name}/", headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)
    assert not re.search(r"<style|<script(?![^>]+src=)|javascript:", page)
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}">' in page


def test_an_unknown_specimen_is_not_found(client: Client) -> None:
    assert client.get("/ui/gallery/none/").status_code == 404
    assert gallery.page("none") is None


def test_the_gallery_is_not_there_in_production(client: Client, settings: object) -> None:
    settings.TESTING = settings.DEMO = settings.DEBUG = False  # type: ignore[attr-defined]
    assert client.get("/ui/gallery/").status_code == 404


def test_the_first_page_sets_no_cookie_and_is_light(client: Client) -> None:
    answer = client.get("/ui/gallery/home/")
    assert not answer.cookies
    assert len(gzip.compress(answer.content)) < 6 * 1024


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        (None, "zh-Hans"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("fr", "zh-Hans"),
        ("en-GB,en", "en"),
        ("zh-TW", "zh-Hans"),
    ],
)
def test_chinese_comes_first(client: Client, accepted: str | None, lang: str) -> None:
    headers = {"accept-language": accepted} if accepted else {}
    assert f'<html lang="{lang}">' in client.get("/offline/", headers=headers).content.decode()


def test_the_language_is_chosen_without_a_script_and_kept() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/language/", {"language": "en", "next": "/offline/?a=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/offline/?a=1")
    assert '<html lang="en">' in client.get("/offline/", headers={"accept-language": "zh"}).content.decode()


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_language_switch_leads_nowhere_else(client: Client, back: str) -> None:
    answer = client.post("/language/", {"language": "xx", "next": back})
    assert answer.headers["Location"] == "/"
    assert not answer.cookies


def _request() -> object:
    return RequestFactory().get("/apply/")


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (lambda r: errors.bad_request(r, ValueError()), 400, "Go back one page"),
        (lambda r: errors.bad_request(r, RequestDataTooBig()), 413, "smaller size"),
        (lambda r: errors.forbidden(r, PermissionDenied()), 403, "may not open"),
        (lambda r: errors.not_found(r, ValueError()), 404, "first page"),
        (lambda r: errors.too_large(r, 20 * 1024 * 1024), 413, "Up to 20 MB"),
        (lambda r: errors.too_many(r, 61), 429, "2 minutes"),
        (lambda r: errors.csrf_failure(r), 403, "open it afresh"),
        (lambda r: errors.server_error(r), 500, "not your fault"),
    ],
)
def test_errors_say_what_to_do(answer: object, status: int, says: str) -> None:
    with override("en"):
        page: HttpResponse = answer(_request())  # type: ignore[operator]
    assert page.status_code == status
    assert says in page.content.decode()
    assert "12348" in page.content.decode()


def test_waiting_is_said_to_programs_too() -> None:
    assert errors.too_many(_request(), 61).headers["Retry-After"] == "61"  # type: ignore[arg-type]


def test_an_old_page_gets_a_friendly_answer() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ui/gallery/", headers={"accept-language": "zh"})
    assert answer.status_code == 403
    assert "这一页开得太久了" in answer.content.decode()


def test_the_phone_may_install_it(client: Client) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest", headers={"accept-language": "zh"}).content)
    assert manifest["short_name"] == "暖薪"
    worker = client.get("/worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert "public.css" in worker.content.decode()


def test_a_poll_is_answered_in_a_few_bytes() -> None:
    parts = {"queue": 17, "nav": 3}
    first = live.versions(RequestFactory().get("/"), parts)
    assert json.loads(first.content) == {"queue": "17", "nav": "3"}
    again = live.versions(RequestFactory().get("/", headers={"if-none-match": first.headers["ETag"]}), parts)
    assert (again.status_code, again.content) == (304, b"")
    moved = live.versions(
        RequestFactory().get("/", headers={"if-none-match": first.headers["ETag"]}), {**parts, "queue": 18}
    )
    assert moved.status_code == 200
