"""Signing in and out as a browser does it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from nuanxin.accounts import actions
from nuanxin.accounts.models import Staff
from nuanxin.accounts.sign_in import SECOND_FACTOR_KEY
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.audit.streams import staff_stream
from tests.factories.staff import GAOPING, PASSWORD, make_staff

NOW = datetime(2026, 4, 7, 1, 0, tzinfo=UTC)
LOGIN, CHANGE = "/accounts/login/", "/accounts/password/"
pytestmark = pytest.mark.django_db


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def kinds(staff: Staff) -> list[str]:
    rows = Event.objects.filter(stream=staff_stream(staff.pk)).order_by("seq")
    return [kind for kind in rows.values_list("kind", flat=True) if kind.startswith("staff.sign")]


def signed_in(client: Client) -> bool:
    return client.get(CHANGE).status_code == 200


def test_a_person_signs_in_and_goes_to_the_desk(client: Client) -> None:
    staff = make_staff(username="zhao")
    response = sign_in(client, " ZHAO ")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert signed_in(client)
    assert kinds(staff) == ["staff.signed_in"]


def test_the_session_is_a_new_one_after_signing_in(client: Client) -> None:
    make_staff(username="zhao")
    client.cookies["sessionid"] = "chosen-by-an-attacker"
    sign_in(client, "zhao")
    assert client.cookies["sessionid"].value != "chosen-by-an-attacker"
    before = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    sign_in(client, "zhao")
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_asks_first_and_ends_the_session(client: Client) -> None:
    staff = make_staff(username="zhao")
    sign_in(client, "zhao")
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)
    assert kinds(staff) == ["staff.signed_in", "staff.signed_out"]


def test_a_wrong_password_says_so_keeps_the_name_and_is_recorded(client: Client) -> None:
    staff = make_staff(username="zhao")
    response = sign_in(client, "zhao", "not-the-password")
    assert response.status_code == 200
    assert 'value="zhao"' in response.content.decode()
    assert kinds(staff) == ["staff.sign_in_failed"]


def test_an_unknown_name_gets_the_same_answer(client: Client) -> None:
    make_staff(username="zhao")
    known = sign_in(client, "zhao", "not-the-password").content.decode()
    unknown = sign_in(client, "qian", "not-the-password").content.decode()
    assert known.count("zhao") == unknown.count("qian")
    assert len(known) == len(unknown)


def test_five_failures_lock_the_pair_of_name_and_address(client: Client) -> None:
    make_staff(username="zhao")
    make_staff(username="qian")
    answers = [sign_in(client, "zhao", "wrong-password").status_code for _ in range(6)]
    assert answers[:4] == [200] * 4
    assert answers[5] == 429
    locked = sign_in(client, "zhao")
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert sign_in(Client(), "qian").status_code == 302  # a colleague behind the same address works on
    assert sign_in(Client(), "zhao", REMOTE_ADDR="203.0.113.9").status_code == 302  # and so does the owner


def test_the_lock_ends_by_itself(client: Client) -> None:
    make_staff(username="zhao")
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(6):
            sign_in(client, "zhao", "wrong-password")
        clock.shift(timedelta(minutes=16))
        assert sign_in(client, "zhao").status_code == 302


def test_a_name_has_a_limit_whatever_the_addresses(settings: object) -> None:
    settings.RATE_LIMIT = True  # type: ignore[attr-defined]
    make_staff(username="zhao")
    for number in range(20):
        sign_in(Client(), "zhao", "wrong-password", REMOTE_ADDR=f"203.0.113.{number}")
    refused = sign_in(Client(), "zhao", REMOTE_ADDR="198.51.100.1")
    assert refused.status_code == 200
    assert not refused.cookies.get("sessionid")


def test_who_knows_a_name_cannot_keep_its_owner_out(settings: object) -> None:
    settings.RATE_LIMIT = True  # type: ignore[attr-defined]
    make_staff(username="zhao")
    for _ in range(40):  # one address alone uses up no more than its own lock-out
        sign_in(Client(), "zhao", "wrong-password", REMOTE_ADDR="203.0.113.1")
    assert sign_in(Client(), "zhao", REMOTE_ADDR="198.51.100.1").status_code == 302
    for number in range(20):  # and many addresses do not keep out where the owner has signed in before
        sign_in(Client(), "zhao", "wrong-password", REMOTE_ADDR=f"203.0.113.{number}")
    assert sign_in(Client(), "zhao", REMOTE_ADDR="198.51.100.1").status_code == 302
    assert sign_in(Client(), "zhao", REMOTE_ADDR="198.51.100.2").status_code == 200


def test_an_ended_account_cannot_sign_in_and_loses_its_session(client: Client) -> None:
    staff = make_staff(username="zhao")
    sign_in(client, "zhao")
    actions.deactivate(staff=staff, by=SYSTEM, at=NOW)
    assert not signed_in(client)
    assert sign_in(Client(), "zhao")["Location"] == "/accounts/inactive/"


def test_nobody_can_sign_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_a_foreign_address_is_no_place_to_go_on_to(client: Client) -> None:
    make_staff(username="zhao")
    answer = client.post(LOGIN, {"login": "zhao", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/desk/"


class TestNewPassword:
    NEW = "another-long-sentence"

    def change(self, client: Client, old: str = PASSWORD, new: str = NEW) -> Any:
        return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})

    def test_a_given_password_must_be_changed_before_work(self, client: Client) -> None:
        staff = make_staff(Role.ADMINISTRATOR, 0, username="zhao")
        given = actions.reset_password(staff=staff, by=SYSTEM, at=NOW)
        sign_in(client, "zhao", given)
        assert client.get("/admin/")["Location"] == CHANGE
        assert self.change(client, old=given).status_code == 302
        assert client.get("/admin/").status_code == 200

    def test_other_sessions_end_and_this_one_stays(self, client: Client) -> None:
        make_staff(username="zhao")
        other = Client()
        sign_in(client, "zhao")
        sign_in(other, "zhao")
        self.change(client)
        assert signed_in(client)
        assert not signed_in(other)

    @pytest.mark.parametrize(("old", "new"), [("wrong", NEW), (PASSWORD, PASSWORD), (PASSWORD, "short")])
    def test_what_does_not_do_is_refused(self, client: Client, old: str, new: str) -> None:
        make_staff(username="zhao")
        sign_in(client, "zhao")
        assert self.change(client, old, new).status_code == 200
        assert sign_in(Client(), "zhao").status_code == 302


class TestSecondFactor:
    SECRET = "JBSWY3DPEHPK3PXP"

    @pytest.fixture(autouse=True)
    def switched_on(self, settings: object) -> None:
        settings.SECOND_FACTOR = True  # type: ignore[attr-defined]

    @staticmethod
    def code(secret: str, at: datetime) -> str:
        return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30)))

    def with_factor(self, username: str = "zhao", role: Role = Role.DECIDER) -> Staff:
        staff = make_staff(role, GAOPING, username=username)
        TOTP.activate(staff, self.SECRET)
        return staff

    def test_the_secret_is_sealed_at_rest(self) -> None:
        self.with_factor()
        assert self.SECRET not in str(Authenticator.objects.get().data)

    def test_signing_in_takes_two_steps(self, client: Client) -> None:
        staff = self.with_factor()
        with time_machine.travel(NOW, tick=False):
            assert sign_in(client, "zhao")["Location"] == "/accounts/second-factor/code/"
            assert not signed_in(client)
            done = client.post("/accounts/second-factor/code/", {"code": self.code(self.SECRET, NOW)})
            assert done["Location"] == "/desk/"
            assert signed_in(client)
            assert client.session[SECOND_FACTOR_KEY] is True
        assert (
            Event.objects.get(kind="staff.signed_in", actor_id=staff.pk).payload["method"] == "second_factor"
        )

    def test_a_code_opens_once_in_whatever_process(self, client: Client) -> None:
        self.with_factor()
        with time_machine.travel(NOW, tick=False) as clock:
            code = self.code(self.SECRET, NOW)
            sign_in(client, "zhao")
            client.post("/accounts/second-factor/code/", {"code": code})
            clock.shift(timedelta(seconds=20))  # still within the tolerance of a slow clock
            second = Client()
            sign_in(second, "zhao")
            assert second.post("/accounts/second-factor/code/", {"code": code}).status_code == 200
            assert not signed_in(second)

    def test_guessing_codes_becomes_slow(self, client: Client) -> None:
        self.with_factor()
        with time_machine.travel(NOW, tick=False):
            sign_in(client, "zhao")
            for _ in range(6):
                client.post("/accounts/second-factor/code/", {"code": "000000"})
            right = client.post("/accounts/second-factor/code/", {"code": self.code(self.SECRET, NOW)})
            assert right.status_code == 200
            assert not signed_in(client)

    def test_a_role_that_decides_sets_it_up_before_work(self, client: Client) -> None:
        make_staff(Role.ADMINISTRATOR, 0, username="zhao")
        set_up = reverse("mfa_activate_totp")
        with time_machine.travel(NOW, tick=False):
            sign_in(client, "zhao")
            assert client.get("/admin/")["Location"] == set_up
            confirm = client.get(set_up)["Location"]
            assert confirm.startswith("/accounts/confirm/")
            client.post(confirm, {"password": PASSWORD})
            page = client.get(set_up)
            assert page.status_code == 200
            secret = client.session["mfa.totp.secret"]
            assert secret in page.content.decode()
            done = client.post(set_up, {"code": self.code(secret, NOW)})
            assert done["Location"] == "/accounts/recovery-codes/"
            assert client.get("/accounts/recovery-codes/").content.decode().count("<code>") == 10
            assert client.get("/admin/").status_code == 200

    def test_a_role_that_decides_cannot_remove_it(self, client: Client) -> None:
        self.with_factor(role=Role.SUPERVISOR)
        with time_machine.travel(NOW, tick=False):
            sign_in(client, "zhao")
            client.post("/accounts/second-factor/code/", {"code": self.code(self.SECRET, NOW)})
            client.post("/accounts/confirm/", {"password": PASSWORD})
            client.post("/accounts/second-factor/remove/")
        assert Authenticator.objects.filter(type="totp").count() == 1

    def test_a_recovery_code_opens_once(self, client: Client) -> None:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        staff = self.with_factor()
        code = RecoveryCodes.activate(staff).get_unused_codes()[0]
        for expected in (True, False):
            browser = Client()
            sign_in(browser, "zhao")
            browser.post("/accounts/second-factor/code/", {"code": code})
            assert signed_in(browser) is expected

    def test_a_clerk_needs_none(self, client: Client) -> None:
        make_staff(Role.CLERK, username="zhao")
        assert sign_in(client, "zhao")["Location"] == "/desk/"
        assert signed_in(client)


@pytest.mark.parametrize("name", ["account_login", "account_inactive"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_public_pages_of_sign_in_are_drawn(client: Client, name: str, language: str) -> None:
    page = client.get(reverse(name), headers={"accept-language": language})
    assert page.status_code == 200
    assert "<h1>" in page.content.decode()


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_reauthenticate", "mfa_index", "account_logout"]
)
def test_pages_of_the_own_account_are_drawn(client: Client, name: str) -> None:
    client.force_login(make_staff())
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
