"""Without scripts, too, a browser can go back to a page that told what is wrong with a form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from nuanxin.network.models import Agency
from nuanxin.portal import way_back
from nuanxin.portal.actions.kept_pages import KEPT, forget_pages
from nuanxin.portal.models import KeptPage

pytestmark = pytest.mark.django_db

TYPED = {"name": "王某某", "phone": "12", "go": "on", "plain": "1"}


def sent(client: Client, url: str = "/report/", **typed: str) -> HttpResponse:
    answer = client.post(url, {**TYPED, **typed})
    assert isinstance(answer, HttpResponse)
    return answer


def test_the_form_says_that_there_are_no_scripts_only_where_there_are_none(
    zh: Client, office: Agency
) -> None:
    html = zh.get("/report/").content.decode()
    assert '<noscript><input type="hidden" name="plain" value="1"></noscript>' in html


def test_a_page_with_faults_has_an_address_to_come_back_to(zh: Client, office: Agency) -> None:
    answer = sent(zh)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/report/?again=")
    for _ in range(2):  # at once, and when somebody goes back to it
        page = zh.get(answer["Location"])
        html = page.content.decode()
        assert page.status_code == 200
        assert html.startswith("<!doctype html>")
        assert 'class="errors"' in html
        assert "王某某" in html
        assert page["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in page


def test_with_scripts_the_answer_is_the_page_itself(zh: Client, office: Agency) -> None:
    answer = zh.post("/report/", {"name": "王某某", "phone": "12", "go": "on"})
    assert answer.status_code == 200
    assert "王某某" in answer.content.decode()
    assert not KeptPage.objects.exists()


def test_what_is_right_goes_on_as_ever(zh: Client, office: Agency) -> None:
    answer = zh.post("/apply/", {"go": "start", "plain": "1"})
    assert answer.status_code == 302
    assert not KeptPage.objects.exists()


def test_another_phone_sees_nothing_of_it(zh: Client, office: Agency) -> None:
    there = sent(zh)["Location"]
    answer = Client().get(there)
    assert (answer.status_code, answer["Location"]) == (302, "/report/")
    assert zh.cookies[way_back.COOKIE]["httponly"]


def test_it_is_sealed_and_gone_after_ten_minutes(zh: Client, office: Agency) -> None:
    there = sent(zh)["Location"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT html FROM portal_keptpage")
        assert "王某某" not in str(cursor.fetchone())
    with time_machine.travel(timezone.now() + KEPT + timedelta(seconds=1), tick=False):
        assert zh.get(there)["Location"] == "/report/"
        assert forget_pages(timezone.now()) == 1
    assert not KeptPage.objects.exists()


def test_who_leaves_nothing_on_the_phone_leaves_no_way_back(zh: Client, office: Agency) -> None:
    there = sent(zh)["Location"]
    zh.post("/follow/leave/")
    assert zh.get(there)["Location"] == "/report/"


def test_who_sends_without_end_is_answered_directly(
    zh: Client, office: Agency, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.RATE_LIMIT = True
    monkeypatch.setattr(way_back, "_LIMIT", 1)
    answers = [sent(zh) for _ in range(3)]
    assert [answer.status_code for answer in answers][::2] == [303, 200]
    assert "王某某" in answers[-1].content.decode()


def test_the_number_of_a_page_is_never_an_error(zh: Client, office: Agency) -> None:
    for number in ("", "x" * 500, "%00", "' OR 1=1"):
        assert zh.get("/report/", {"again": number}).status_code == 302
