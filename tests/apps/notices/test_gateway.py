"""The HTTP gateway against a real server on loopback, and SMTP's answers."""

from __future__ import annotations

import json
import smtplib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from nuanxin.notices.senders.email import EmailSender
from nuanxin.notices.senders.sender import Outgoing, Refused, TryAgain
from nuanxin.notices.senders.sms_http import HttpSmsGateway, sign

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MESSAGE = Outgoing("nx-1", 1, 7, "sms", "13800001111", "主题", "【暖薪】您好", False, AT)
SECRET = "shared-secret"


class Gateway:
    """Answers as told and remembers what it got."""

    def __init__(self) -> None:
        self.status, self.body, self.headers = 200, '{"id": "gw-1"}', dict[str, str]()
        self.got: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                outer.got.append(({k.lower(): v for k, v in self.headers.items()}, self.rfile.read(length)))
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(outer.body.encode())

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/send"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    found = Gateway()
    yield found
    found.server.shutdown()
    found.server.server_close()


def sender(gateway: Gateway) -> HttpSmsGateway:
    return HttpSmsGateway(gateway.url, account="nuanxin", secret=SECRET)


def test_it_sends_signed_json_and_keeps_the_gateways_id(gateway: Gateway) -> None:
    assert sender(gateway).send(MESSAGE) == "gw-1"
    headers, body = gateway.got[0]
    assert json.loads(body) == {
        "account": "nuanxin", "to": "13800001111", "text": "【暖薪】您好", "key": "nx-1", "discreet": False,
    }  # fmt: skip
    assert headers["idempotency-key"] == "nx-1"
    assert headers["x-nuanxin-time"] == str(int(AT.timestamp()))
    assert headers["x-nuanxin-signature"] == sign(SECRET, headers["x-nuanxin-time"], body)


def test_a_key_that_the_gateway_knows_counts_as_sent(gateway: Gateway) -> None:
    gateway.status, gateway.body = 409, "{}"
    assert sender(gateway).send(MESSAGE) == ""


@pytest.mark.parametrize("status", [401, 403, 408, 425, 429, 500, 502, 503, 302])
def test_what_may_pass_is_tried_again(gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(TryAgain):
        sender(gateway).send(MESSAGE)


@pytest.mark.parametrize(("status", "body", "code"), [(400, '{"code": "no_such_number"}', "no_such_number"),
                                                     (422, "nonsense", "http_422"), (404, "[]", "http_404"),
                                                     (400, '{"code": "1380000 1111"}', "http_400")])  # fmt: skip
def test_what_the_gateway_refuses_is_final(gateway: Gateway, status: int, body: str, code: str) -> None:
    gateway.status, gateway.body = status, body
    with pytest.raises(Refused) as fault:
        sender(gateway).send(MESSAGE)
    assert fault.value.code == code


def test_the_gateway_says_how_long_to_wait(gateway: Gateway) -> None:
    gateway.status, gateway.headers = 429, {"Retry-After": "120"}
    with pytest.raises(TryAgain) as fault:
        sender(gateway).send(MESSAGE)
    assert fault.value.wait == timedelta(minutes=2)


def test_a_gateway_that_is_not_there_is_down(gateway: Gateway) -> None:
    gateway.server.shutdown()
    gateway.server.server_close()
    with pytest.raises(TryAgain) as fault:
        sender(gateway).send(MESSAGE)
    assert fault.value.down


@pytest.mark.parametrize("url", ["http://sms.example.cn/", "ftp://127.0.0.1/", "https:///", "sms"])
def test_an_address_without_tls_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        HttpSmsGateway(url, account="a", secret=SECRET)


def test_a_gateway_without_a_secret_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        HttpSmsGateway("https://sms.example.cn/", account="a", secret="")


class TestEmail:
    MESSAGE = Outgoing("nx-2", 2, 7, "email", "lawyer@example.cn", "有案件\n等您答复", "正文", False, AT)

    def test_it_is_sent_with_one_message_id_for_all_tries(self) -> None:
        ids = {EmailSender().send(self.MESSAGE) for _ in range(2)}
        assert ids == {"<nx-2@localhost>"}
        assert mail.outbox[0].subject == "有案件 等您答复"
        assert mail.outbox[0].to == ["lawyer@example.cn"]

    @pytest.mark.parametrize(
        ("fault", "expected"),
        [
            (smtplib.SMTPRecipientsRefused({"x": (550, b"no")}), Refused),
            (smtplib.SMTPRecipientsRefused({"x": (451, b"later")}), TryAgain),
            (smtplib.SMTPServerDisconnected(), TryAgain),
            (smtplib.SMTPAuthenticationError(535, b"no"), TryAgain),
            (smtplib.SMTPDataError(554, b"spam"), Refused),
            (ConnectionRefusedError(), TryAgain),
            (TimeoutError(), TryAgain),
        ],
    )
    def test_what_the_server_says(
        self, monkeypatch: pytest.MonkeyPatch, fault: Exception, expected: Any
    ) -> None:
        def refuse(self: Any) -> int:
            raise fault

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(expected):
            EmailSender().send(self.MESSAGE)
