"""The telephone's window: its owner's alone, with the microphone and one more address for this page and no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.hotline.actions import telephones
from nuanxin.hotline.models import OperatorState
from tests.apps.desk.conftest import Desk
from tests.factories.hotline import Hotline, open_hotline
from tests.factories.staff import AT

CONSOLE, WINDOW = "/desk/hotline/", "/desk/hotline/telephone/"
ACCOUNT = f"{WINDOW}account/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(offices: Any) -> Hotline:
    """A hotline whose operator has a telephone in the browser and whose lawyer has one on the desk."""
    line = open_hotline()
    telephones.set_web_socket(exchange=line.exchange, address="wss://pbx.example:8089/ws", by=SYSTEM, at=AT)
    telephones.give_telephone(staff=line.operator.id, browser=True, by=SYSTEM, at=AT)
    telephones.give_telephone(staff=line.lawyer.id, browser=False, by=SYSTEM, at=AT)
    return line


def seated(desk: Desk, line: Hotline, role: Role) -> Client:
    person = line.operator if role is Role.OPERATOR else line.lawyer
    return desk(role, staff=Staff.objects.get(pk=person.id))


def test_the_owner_gets_what_the_browser_signs_in_with_and_nothing_keeps_it(
    desk: Desk, line: Hotline
) -> None:
    answer = seated(desk, line, Role.OPERATOR).get(ACCOUNT)
    assert answer.json() == {
        "web_socket": "wss://pbx.example:8089/ws",
        "uri": "sip:802@pbx.example",
        "extension": "802",
        "secret": OperatorState.objects.get(extension="802").phone_secret,
    }
    assert answer["Cache-Control"] == "no-store"


def test_nobody_else_gets_it(desk: Desk, line: Hotline) -> None:
    others = {
        seated(desk, line, Role.DUTY_LAWYER): 404,  # the telephone stands on the desk
        desk(Role.OPERATOR): 404,  # no seat
        desk(Role.SUPERVISOR): 403,
        desk(Role.CLERK): 403,
        Client(): 302,
    }
    for client, status in others.items():
        for address in (ACCOUNT, WINDOW):
            assert client.get(address).status_code == status
        assert client.post(ACCOUNT).status_code in {302, 403, 405}


def test_the_window_alone_may_reach_the_exchange_and_use_the_microphone(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    window, console = browser.get(WINDOW), browser.get(CONSOLE)
    policy = {part.split()[0]: part.split()[1:] for part in window["Content-Security-Policy"].split("; ")}
    assert policy["connect-src"] == ["'self'", "wss://pbx.example:8089"]
    assert policy["script-src"] == ["'self'"]
    assert "microphone=(self)" in window["Permissions-Policy"]
    assert window["Cache-Control"] == "private, no-store"
    for page in (console, browser.get(ACCOUNT), Client().get("/")):
        assert "pbx.example" not in page["Content-Security-Policy"]
        assert "microphone=()" in page["Permissions-Policy"]
        assert "camera=()" in page["Permissions-Policy"]


def test_no_page_holds_the_password(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    secret = OperatorState.objects.get(extension="802").phone_secret or "none"
    for address in (WINDOW, CONSOLE, f"{CONSOLE}live/"):
        assert secret not in browser.get(address).content.decode()


def test_the_console_loads_it_for_those_who_have_one(desk: Desk, line: Hotline) -> None:
    mine = seated(desk, line, Role.OPERATOR).get(CONSOLE).content.decode()
    assert "phone_panel.js" in mine
    assert f'href="{WINDOW}"' in mine
    assert "jssip" not in mine  # 250 kB belong to the window alone
    other = seated(desk, line, Role.DUTY_LAWYER).get(CONSOLE).content.decode()
    assert "phone_panel.js" not in other
