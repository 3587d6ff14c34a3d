"""Every page in both languages, without a script, small enough for a village network."""

from __future__ import annotations

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import get_resolver

from nuanxin.accounts.guards import guard_of
from nuanxin.portal.rules import route
from nuanxin.portal.urls import urlpatterns
from tests.apps.portal import walk

OPEN = [
    "/",
    "/report/",
    "/ask/",
    "/apply/",
    "/advice/owed/",
    "/advice/how-long/",
    "/advice/who-pays/",
    "/find/",
    "/find/map/",
    "/find/near/?place=140502",
    "/follow/",
    "/privacy/",
    "/about/",
    "/accessibility/",
    "/offline/",
]
LIMIT = 50 * 1024  # bytes, all in


@pytest.mark.django_db
@pytest.mark.parametrize("url", OPEN)
def test_a_page_is_whole_in_both_languages(either: Client, url: str) -> None:
    page = either.get(url)
    text = page.content.decode()
    english = either.defaults["HTTP_ACCEPT_LANGUAGE"] == "en"
    assert page.status_code == 200
    assert f'lang="{"en" if english else "zh-Hans"}"' in text
    assert text.count("<h1") == 1
    assert 'href="tel:12348"' in text
    words = re.sub(r"<[^>]+>", " ", text.split("<main")[1].split("</main>")[0])
    assert bool(re.search(r"[一-鿿]", words)) is not english or url == "/offline/"
    if not english:
        assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]{2,}", words), "a sentence is not translated"


@pytest.mark.django_db
def test_every_question_is_whole_in_both_languages(either: Client) -> None:
    walk.begin(either)
    walk.fill(either, {**walk.GROUP, "who": {"who": "other"}, "helper": {
        "helper_name": "李某", "helper_phone": "13712345678", "relation": "village"}})  # fmt: skip
    english = either.defaults["HTTP_ACCEPT_LANGUAGE"] == "en"
    for key in route.ASKED:
        page = either.get(f"/apply/{key}/")
        if key == "group":
            assert page.status_code == 302
            continue
        words = re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[1].split("</main>")[0])
        said = "Why do we ask?" if english else "为什么问这个？"
        assert said in words, key
        if not english:
            assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]{2,}", words), key


@pytest.mark.django_db
def test_the_first_page_is_at_most_50_kb_all_in(zh: Client) -> None:
    page = zh.get("/")
    text = page.content.decode()
    total = len(page.content)
    for kind in re.findall(r'(?:href|src)="/static/([^"]+)"', text):
        found = finders.find(kind)
        assert found, kind
        with open(found, "rb") as file:
            total += len(file.read())
    assert total <= LIMIT, total
    assert len(gzip.compress(page.content)) < 4 * 1024


@pytest.mark.django_db
def test_the_first_page_asks_the_database_nothing_and_sets_no_cookie(
    zh: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        page = zh.get("/")
    assert not page.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("url", OPEN)
def test_no_page_carries_a_script_or_a_style_of_its_own(zh: Client, url: str) -> None:
    text = zh.get(url).content.decode()
    assert not re.search(r"<script(?![^>]*src=)", text)
    assert " style=" not in text
    assert "onclick" not in text


@pytest.mark.django_db
def test_every_link_of_the_first_page_leads_somewhere(zh: Client) -> None:
    for url in set(re.findall(r'href="(/[a-z\-/]*)"', zh.get("/").content.decode())):
        if not url.startswith("/static/"):
            assert zh.get(url).status_code == 200, url


def test_every_route_says_why_it_is_public() -> None:
    get_resolver()
    for pattern in urlpatterns:
        guard = guard_of(pattern.callback)
        assert guard is not None, pattern.name
        assert guard.public
        assert guard.reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["/apply/who/", "/apply/check/", "/apply/send/", "/apply/papers/", "/apply/stop/"]
)
def test_a_page_of_a_draft_without_a_draft_leads_to_the_beginning(zh: Client, url: str) -> None:
    assert zh.get(url)["Location"] == "/apply/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    ["/receipt/", "/follow/case/", "/follow/do/rate/", "/follow/done/rate/", "/follow/papers/", "/my-data/"],
)
def test_a_page_of_a_case_without_its_code_asks_for_the_code(zh: Client, url: str) -> None:
    assert zh.get(url)["Location"] == "/follow/"


@pytest.mark.django_db
def test_what_somebody_typed_is_kept_by_no_cache(zh: Client) -> None:
    walk.begin(zh)
    for url in ("/report/", "/apply/", "/apply/who/", "/follow/"):
        assert zh.get(url)["Cache-Control"] == "no-store", url
