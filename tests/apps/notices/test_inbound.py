"""Text messages that come in: proved, kept once, answered by a notice."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from nuanxin.notices import inbound, jobs
from nuanxin.notices.actions import take_in
from nuanxin.notices.inbound import Reply
from nuanxin.notices.models import InboundText, Notice, OutboxMessage
from nuanxin.notices.senders.sms_http import sign

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SECRET = "shared-secret"
PHONE = "13800001111"
pytestmark = pytest.mark.django_db
calls: list[tuple[str, str]] = []


def answer(*, phone: str, text: str, at: datetime) -> Reply | None:
    calls.append((phone, text))
    if text == "break":
        raise RuntimeError
    return None if text == "quiet" else Reply("news", {"number": text}, case_id=7, province=14)


@pytest.fixture(autouse=True)
def handled(settings: Any) -> None:
    settings.SMS_GATEWAY_SECRET = SECRET
    settings.NOTICES_INBOUND_HANDLER = f"{__name__}.answer"
    calls.clear()


def deliver(content: Any, at: datetime = AT, secret: str = SECRET, now: datetime = AT, **extra: str) -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    moment = str(int(at.timestamp()))
    headers = {"X-Nuanxin-Time": moment, "X-Nuanxin-Signature": sign(secret, moment, body), **extra}
    with time_machine.travel(now, tick=False):
        return Client().post("/notices/sms/inbound", body, "application/json", headers=headers)


def message(text: str = "NX1 CODE", number: str = "1") -> dict[str, str]:
    return {"id": number, "from": PHONE, "text": text}


def test_a_text_is_kept_sealed_and_answered() -> None:
    assert deliver(message("NX1")).json() == {"code": "taken"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_inboundtext")
        assert PHONE not in str(cursor.fetchall())
    assert inbound.answer_waiting(AT) == 1
    jobs.send_due(AT)
    assert (OutboxMessage.objects.get().recipient, OutboxMessage.objects.get().text) == (
        PHONE,
        "【暖薪】NX1有新进展，请查看。",
    )
    assert inbound.answer_waiting(AT) == 0


def test_the_same_delivery_twice_is_one_text() -> None:
    assert [deliver(message()).json()["code"] for _ in range(2)] == ["taken", "known"]
    assert InboundText.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another"},
        {"at": AT - timedelta(minutes=6)},
        {"at": AT + timedelta(minutes=6)},
        {"X-Nuanxin-Time": "soon"},
        {"X-Nuanxin-Signature": "0" * 64},
        {"X-Nuanxin-Signature": "ü"},
    ],
)
def test_who_cannot_prove_to_be_the_gateway_is_refused(wrong: dict[str, Any]) -> None:
    assert deliver(message(), **wrong).status_code == 401
    assert InboundText.objects.count() == 0


def test_without_a_secret_nobody_is_the_gateway(settings: Any) -> None:
    settings.SMS_GATEWAY_SECRET = ""
    assert deliver(message(), secret="").status_code == 401


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", [], {}, {"id": "1", "from": PHONE}, {"id": 1, "from": PHONE, "text": "x"},
     {"id": "1", "from": "", "text": "x"}, {"id": "x" * 81, "from": PHONE, "text": "x"},
     {"id": "1", "from": PHONE, "text": "a\x00b"}, b"\xff\xfe"],
)  # fmt: skip
def test_what_is_no_message_is_refused(content: Any) -> None:
    assert deliver(content).status_code == 400


def test_only_post() -> None:
    assert Client().get("/notices/sms/inbound").status_code == 405


def test_a_handler_may_stay_silent() -> None:
    take_in(gateway_id="1", phone=PHONE, text="quiet", at=AT)
    inbound.answer_waiting(AT)
    assert InboundText.objects.get().outcome == "silent"
    assert Notice.objects.count() == 0


def test_one_bad_text_does_not_stop_the_others_and_is_put_aside() -> None:
    take_in(gateway_id="1", phone=PHONE, text="break", at=AT)
    take_in(gateway_id="2", phone=PHONE, text="NX2", at=AT)
    for _ in range(6):
        inbound.answer_waiting(AT)
    assert dict(InboundText.objects.values_list("gateway_id", "outcome")) == {"1": "failed", "2": "answered"}
    assert calls.count((PHONE, "break")) == 5


def test_two_machines_do_not_talk_for_ever(settings: Any) -> None:
    settings.RATE_LIMIT = True
    for number in range(12):
        take_in(gateway_id=str(number), phone=PHONE, text="NX1", at=AT)
    inbound.answer_waiting(AT)
    assert Notice.objects.count() == 10
    assert InboundText.objects.filter(outcome="too_many").count() == 2


def test_without_a_handler_texts_wait(settings: Any) -> None:
    settings.NOTICES_INBOUND_HANDLER = ""
    take_in(gateway_id="1", phone=PHONE, text="NX1", at=AT)
    assert inbound.answer_waiting(AT) == 0
    assert InboundText.objects.get().answered_at is None


def test_answered_texts_are_forgotten_after_a_while() -> None:
    take_in(gateway_id="1", phone=PHONE, text="NX1", at=AT)
    later = AT + timedelta(days=91)
    assert jobs.forget_texts(later) == 0  # not answered yet
    inbound.answer_waiting(AT)
    assert [jobs.forget_texts(AT + timedelta(days=89)), jobs.forget_texts(later)] == [0, 1]


class TestOutboxPage:
    def test_the_demonstrations_post_can_be_read(self, client: Client) -> None:
        take_in(gateway_id="1", phone=PHONE, text="NX9", at=AT)
        inbound.answer_waiting(AT)
        jobs.send_due(AT)
        page = client.get("/outbox/").content.decode()
        assert "NX9有新进展" in page
        assert "138****1111" in page
        assert PHONE not in page

    def test_elsewhere_there_is_no_such_page(self, client: Client, settings: Any) -> None:
        settings.DEMO = settings.TESTING = False
        assert client.get("/outbox/").status_code == 404
