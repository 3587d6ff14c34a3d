"""The page behind the text message: large buttons, no sign-in, one question, seven days, no guessing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.hotline.models import CallBack, Satisfaction
from tests.apps.hotline.test_satisfaction import SOON, secret
from tests.factories.hotline import open_hotline
from tests.factories.quality import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> Any:
    with time_machine.travel(SOON, tick=False):
        answered(open_hotline())
        yield f"/h/{secret()}/"


def test_looking_answers_nothing_and_pressing_does(page: str, either: Client) -> None:
    shown = either.get(page)
    text = shown.content.decode()
    assert (shown.status_code, text.count('name="score"')) == (200, 5)
    assert shown["Cache-Control"] == "no-store"
    assert '<meta name="referrer" content="no-referrer">' in text
    assert "138" not in text.partition("<main")[2].partition("</main>")[0]
    assert Satisfaction.objects.get().score is None
    answer = either.post(page, {"score": "4"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert Satisfaction.objects.get().score == 4
    assert either.get(page).content.decode().count('aria-pressed="true"') == 1
    either.post(page, {"score": "2"})
    assert Satisfaction.objects.get().score == 2
    assert CallBack.objects.get().status == "promised"
    either.post(page, {"score": "5"})
    assert CallBack.objects.get().status == "cancelled"


@pytest.mark.parametrize("score", ["0", "6", "", "５", "drop"])
def test_what_is_no_button_is_no_answer(page: str, score: str) -> None:
    assert Client().post(page, {"score": score}).status_code == 200
    assert Satisfaction.objects.get().score is None


def test_a_wrong_or_old_address_opens_nothing(page: str) -> None:
    assert Client().get("/h/xxxxxxxxxxxx/").status_code == 404
    with time_machine.travel(SOON + timedelta(days=8), tick=False):
        assert Client().post(page, {"score": "1"}).status_code == 404
    assert Satisfaction.objects.get().score is None


def test_guessing_is_slowed_down(page: str, settings: Any) -> None:
    settings.RATE_LIMIT = True
    codes = [Client().get(f"/h/guess{n}/").status_code for n in range(8)]
    assert codes[:6] == [404] * 6
    assert codes[6:] == [429] * 2
    assert Client().get(page).status_code == 429  # and the right one is no way round


def test_the_secret_opens_nothing_else(page: str) -> None:
    key = page.split("/")[2]
    for address in (f"/f/{key}/", f"/follow/?code={key}"):
        assert "138" not in Client().get(address).content.decode().partition("<main")[2]
