"""Accounts and tokens from the command line, and the demonstration's staff."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nuanxin.accounts import demo
from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for, live_token, without_anybody
from nuanxin.accounts.rules import STAFF_ROLES
from nuanxin.audit.actor import SYSTEM, Role
from tests.factories.staff import AT, GAOPING

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_an_account_is_made_given_a_role_and_ended() -> None:
    password = run("staff", "add", "zhao", "--name", "赵", "--office", "3").split()[-1]
    staff = Staff.objects.get()
    assert staff.check_password(password)
    run("staff", "grant", "zhao", "clerk", "140581")
    assert json.loads(run("staff", "list", "--json")) == [
        {"username": "zhao", "active": True, "office": 3, "roles": [{"role": "clerk", "region": "140581"}]}
    ]
    run("staff", "revoke", "zhao", "clerk")
    run("staff", "end", "zhao")
    assert "no role (ended)" in run("staff", "list")


@pytest.mark.parametrize(
    "arguments",
    [
        ("grant", "nobody", "clerk", "140581"),
        ("add", "Ä", "--name", "x"),
        ("end", "nobody"),
        ("password", "nobody"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("staff", *arguments)


def test_a_token_is_issued_listed_and_ended() -> None:
    issued = json.loads(run("token", "issue", "人社", "--role", "partner", "--region", "140581", "--json"))
    assert live_token(issued["token"], timezone.now()) is not None
    assert "live" in run("token", "list")
    run("token", "revoke", str(issued["id"]))
    assert live_token(issued["token"], timezone.now()) is None
    assert json.loads(run("token", "list", "--json"))[0]["state"] == "ended"


@pytest.mark.parametrize(
    "wrong",
    [
        ("--region", "14"),
        *(("--region", "140581", "--days", days) for days in ("999", "0", "-1", "x", "9" * 12)),
    ],
)
def test_a_token_that_cannot_be_is_refused(wrong: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("token", "issue", "x", "--role", "partner", *wrong)


@dataclass
class Office:
    id: int
    region: int
    kind: str


OFFICES = [
    Office(1, 0, "national_intake"),
    Office(2, GAOPING, "legal_aid"),
    Office(3, GAOPING, "bureau"),
    Office(4, 340800_000000, "legal_aid"),
]


class TestDemo:
    def test_there_is_a_sign_in_for_each_role_and_each_agency(self) -> None:
        logins = demo.load_demo_staff(by=SYSTEM, at=AT, agencies=OFFICES)
        assert {login.role for login in logins} == STAFF_ROLES
        names = {login.username for login in logins}
        assert {"clerk", "decider", "clerk_340800", "decider_340800", "clerk_intake"} <= names
        assert {"duty_lawyer", "duty_lawyer_340000", "duty_lawyer_intake"} <= names
        for login in logins:
            staff = Staff.objects.get(username=login.username)
            assert staff.check_password(demo.PASSWORD)
            assert actor_for(staff, AT).roles == {login.role}
        assert actor_for(Staff.objects.get(username="clerk"), AT).office == 2
        assert actor_for(Staff.objects.get(username="bureau"), AT).office == 3

    def test_somebody_answers_questions_wherever_one_may_arrive(self) -> None:
        demo.load_demo_staff(by=SYSTEM, at=AT, agencies=OFFICES)
        assert without_anybody(Role.DUTY_LAWYER, [office.region for office in OFFICES], AT) == set()

    def test_a_second_time_changes_nothing(self) -> None:
        for _ in range(2):
            demo.load_demo_staff(by=SYSTEM, at=AT, agencies=OFFICES)
        assert Staff.objects.filter(username="clerk").count() == 1

    def test_never_outside_a_demonstration(self, settings: object) -> None:
        settings.DEMO = settings.TESTING = False  # type: ignore[attr-defined]
        with pytest.raises(RuntimeError):
            demo.load_demo_staff(by=SYSTEM, at=AT, agencies=OFFICES)

    def test_a_missing_office_is_named(self) -> None:
        with pytest.raises(LookupError, match="bureau"):
            demo.load_demo_staff(by=SYSTEM, at=AT, agencies=OFFICES[:2])
