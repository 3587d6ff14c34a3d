"""Telephones of the people who answer: addresses that may stand in a header, passwords that stay sealed, pjsip.conf."""

from __future__ import annotations

import configparser
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted
from nuanxin.hotline.actions import telephones
from nuanxin.hotline.models import Exchange, OperatorState
from nuanxin.hotline.queries.telephones import browser_telephone
from nuanxin.hotline.rules.telephones import (
    BadAddress,
    Telephone,
    origin,
    pjsip,
    read_web_socket,
    sip_domain,
)
from tests.factories.hotline import Hotline, open_hotline
from tests.factories.staff import AT, make_staff

ADDRESS = "wss://pbx.example.gov.cn:8089/ws"
SECRET = "a-secret-of-tests-0001"

GOOD = [
    # given, kept, origin, what stands behind the @
    ("", "", "", ""),
    (f" {ADDRESS} ", ADDRESS, "wss://pbx.example.gov.cn:8089", "pbx.example.gov.cn"),
    ("wss://pbx/ws", "wss://pbx/ws", "wss://pbx", "pbx"),
    ("wss://10.1.2.3", "wss://10.1.2.3", "wss://10.1.2.3", "10.1.2.3"),
    ("wss://[fd00::1]:8089/ws", "wss://[fd00::1]:8089/ws", "wss://[fd00::1]:8089", "[fd00::1]"),
    ("ws://127.0.0.1:8088/ws", "ws://127.0.0.1:8088/ws", "ws://127.0.0.1:8088", "127.0.0.1"),
    ("ws://localhost:8088/ws", "ws://localhost:8088/ws", "ws://localhost:8088", "localhost"),
    ("ws://[::1]:8088/ws", "ws://[::1]:8088/ws", "ws://[::1]:8088", "[::1]"),
]
BAD = [
    "pbx.example.gov.cn",
    "https://pbx/ws",
    "wss:///ws",
    "ws://pbx:8088/ws",  # in the clear over the network
    "ws://10.1.2.3:8088/ws",
    "wss://user:word@pbx/ws",
    "wss://pbx/ws?token=1",
    "wss://pbx/ws#x",
    "wss://pbx:70000/ws",
    "wss://pbx:x/ws",
    "wss://*.example.cn/ws",
    "wss://pbx; script-src *",  # would write into the policy of the page
    "wss://pbx 'unsafe-inline'",
    "wss://pbx\n/ws",
    "wss://pbx,evil/ws",
    "wss://пбх/ws",
]


@pytest.mark.parametrize(("given", "kept", "where", "domain"), GOOD)
def test_an_address_is_kept_and_gives_origin_and_domain(
    given: str, kept: str, where: str, domain: str
) -> None:
    assert read_web_socket(given) == kept
    if kept:
        assert (origin(kept), sip_domain(kept)) == (where, domain)


@pytest.mark.parametrize("given", BAD)
def test_nothing_else_gets_into_a_header(given: str) -> None:
    with pytest.raises(BadAddress):
        read_web_socket(given)


def _sections(text: str) -> dict[str, dict[str, str]]:
    """The printed file as Asterisk reads it: an extension has three sections of one name, told apart by type."""
    numbered, count = [], 0
    for line in text.splitlines():
        if found := re.match(r"\[([\w-]+)\](\(.*\))?$", line):
            count += 1
            line = f"[{count}:{found[1]}{found[2] or ''}]"
        numbered.append(line)
    read = configparser.ConfigParser(interpolation=None, comment_prefixes=(";",))
    read.read_string("\n".join(numbered))
    return {
        f"{name.partition(':')[2]}/{read[name].get('type', '')}": dict(read[name]) for name in read.sections()
    }


TABLE = [
    # extension, in the browser, template of the endpoint, kept from the template alone
    ("801", True, "nuanxin-browser"),
    ("802", False, "nuanxin-desk"),
]


@pytest.mark.parametrize(("extension", "browser", "template"), TABLE)
def test_pjsip_has_endpoint_password_and_address_of_each_telephone(
    extension: str, browser: bool, template: str
) -> None:
    found = _sections(pjsip(3, [Telephone(extension, SECRET, browser)]))
    assert found[f"{extension}({template})/"] == {"auth": extension, "aors": extension}
    assert found[f"{extension}/auth"] == {
        "type": "auth", "auth_type": "userpass", "username": extension, "password": SECRET,
    }  # fmt: skip
    assert found[f"{extension}/aor"] == {
        "type": "aor", "max_contacts": "1", "remove_existing": "yes", "qualify_frequency": "30",
    }  # fmt: skip
    assert found["nuanxin-browser(!,nuanxin-telephone)/"] == {"webrtc": "yes"}
    common = found["nuanxin-telephone(!)/endpoint"]
    assert (common["disallow"], common["allow"], common["direct_media"]) == ("all", "ulaw,alaw", "no")


@pytest.mark.parametrize(
    ("extension", "secret"),
    [("80 1", SECRET), ("801]\n[x", SECRET), ("", SECRET), ("801", "short"), ("801", "")],
)
def test_what_would_write_another_line_is_refused(extension: str, secret: str) -> None:
    with pytest.raises(ValueError, match=r"pjsip\.conf"):
        pjsip(1, [Telephone(extension, secret, True)])


@pytest.fixture
def line(db: object) -> Hotline:
    return open_hotline()


def _browser(line: Hotline, person: int) -> str:
    telephones.set_web_socket(exchange=line.exchange, address=ADDRESS, by=SYSTEM, at=AT)
    return telephones.give_telephone(staff=person, browser=True, by=SYSTEM, at=AT).phone_secret or ""


def test_the_password_is_sealed_and_on_no_record(line: Hotline, caplog: pytest.LogCaptureFixture) -> None:
    secret = _browser(line, line.operator.id)
    assert len(secret) == 32
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone_secret FROM hotline_operatorstate WHERE staff = %s", [line.operator.id])
        kept = cursor.fetchone()[0]
    assert kept
    assert secret not in kept
    events = list(Event.objects.filter(kind__startswith="hotline.").order_by("id"))
    assert [event.kind for event in events][-2:] == ["hotline.web_socket_set", "hotline.telephone_given"]
    assert not [event for event in events if secret in str(event.payload)]
    assert secret not in caplog.text
    assert secret not in repr(browser_telephone(line.operator))
    assert secret not in repr(Telephone("801", secret, True))


def test_the_password_changes_with_the_kind_of_telephone_and_when_asked(line: Hotline) -> None:
    def give(browser: bool, renew: bool = False) -> str:
        row = telephones.give_telephone(staff=line.lawyer.id, browser=browser, renew=renew, by=SYSTEM, at=AT)
        return row.phone_secret or ""

    first = give(True)
    assert give(True) == first
    second = give(False)  # the browser's password does not go on living in a telephone on the desk
    third = give(False, renew=True)
    assert len({first, second, third}) == 3


def test_only_who_keeps_the_desks_gives_telephones_and_hands_out_passwords(line: Hotline) -> None:
    for act in (
        lambda: telephones.give_telephone(staff=line.operator.id, browser=True, by=line.operator, at=AT),
        lambda: telephones.set_web_socket(exchange=line.exchange, address=ADDRESS, by=line.operator, at=AT),
        lambda: telephones.hand_out(exchange=line.exchange, by=line.lawyer, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_person_finds_their_own_telephone_and_no_other(line: Hotline) -> None:
    assert browser_telephone(line.operator) is None
    secret = _browser(line, line.operator.id)
    mine = browser_telephone(line.operator)
    assert mine is not None
    assert (mine.secret, mine.uri) == (secret, "sip:802@pbx.example.gov.cn")
    assert browser_telephone(line.lawyer) is None  # has a seat, and no telephone in the browser
    assert browser_telephone(actor_for(make_staff(Role.OPERATOR), AT)) is None  # has no seat
    Exchange.objects.update(active=False)
    assert browser_telephone(line.operator) is None


def _run(*command: str) -> str:
    out = StringIO()
    call_command("hotline", *command, stdout=out)
    return out.getvalue()


def test_the_commands_of_the_telephone_engineer(line: Hotline) -> None:
    name = Staff.objects.get(pk=line.operator.id).get_username()
    number = str(line.exchange.pk)
    _run("web-socket", ADDRESS, "--exchange", number)
    _run("seat", name, "--desk", str(line.desk.pk), "--extension", "802", "--browser-phone")
    printed = _run("pjsip", "--exchange", number)
    seats = {seat.extension: seat for seat in OperatorState.objects.all()}
    assert seats["801"].phone_secret  # the lawyer had none: one for the desk
    for extension, kind in (("801", "desk"), ("802", "browser")):
        assert f"[{extension}](nuanxin-{kind})" in printed
        assert f"password={seats[extension].phone_secret}\n" in printed
    assert _run("pjsip", "--exchange", number) == printed  # printed again, nothing changes
    assert Event.objects.filter(kind="hotline.telephones_handed_out").count() == 2

    _run("seat", name, "--desk", str(line.desk.pk), "--extension", "803")  # moved: the telephone goes along
    moved = OperatorState.objects.get(staff=line.operator.id)
    assert (moved.browser_phone, moved.phone_secret) == (True, seats["802"].phone_secret)
    with pytest.raises(CommandError, match="wss://"):
        _run("web-socket", "ws://pbx:8088/ws", "--exchange", number)
