"""A word by text message asks for a call-back, or calls it off, from the telephone that it is about."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from nuanxin.hotline.inbound import reply
from nuanxin.hotline.models import CallBack
from nuanxin.hotline.queries.callbacks import standing
from nuanxin.hotline.rules.callbacks import SafeContact
from tests.factories.hotline import WORKDAY, Hotline, open_hotline

pytestmark = pytest.mark.django_db
PHONE = "13900139000"


@pytest.fixture
def line(db: object) -> Hotline:
    return open_hotline()


def later(minutes: float) -> datetime:
    return WORKDAY + timedelta(minutes=minutes)


@pytest.mark.parametrize(("text", "language"), [("回电", "zh"), (" 请给我回电。", "zh"), ("Ring me!", "en")])
def test_a_word_asks_and_another_calls_it_off(line: Hotline, text: str, language: str) -> None:
    for minute in (1, 2):  # the gateway may deliver twice
        answer = reply(phone=PHONE, text=text, at=later(minute))
        assert answer is not None
        assert (answer.template, answer.language) == ("ring_back_set", language)
        assert "11:30" in answer.values["when_zh"]
    row = standing(PHONE)
    assert row is not None
    assert (row.door, row.due_at) == ("sms", later(30))
    off = reply(phone=PHONE, text="不用打了", at=later(3))
    assert off is not None
    assert off.template == "ring_back_off"
    assert standing(PHONE) is None
    assert set(CallBack.objects.values_list("status", flat=True)) == {"cancelled"}


def test_other_words_are_about_a_case_as_before(line: Hotline) -> None:
    assert reply(phone=PHONE, text="不用打", at=later(1)) == reply(phone=PHONE, text="你好", at=later(1))
    assert not CallBack.objects.exists()


def test_who_asked_not_to_be_rung_gets_one_text_that_says_so(
    line: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "nuanxin.hotline.actions.promises.contact_of", lambda _phone: SafeContact(may_call=False)
    )
    assert reply(phone=PHONE, text="回电", at=later(1)) is None
    assert standing(PHONE) is None


def test_without_a_desk_nothing_is_promised(db: object) -> None:
    reply(phone=PHONE, text="回电", at=later(1))
    assert not CallBack.objects.exists()
