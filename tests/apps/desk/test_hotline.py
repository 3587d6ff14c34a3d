"""The operator's page: two people at one queue, a call that grows into a case, and nobody else's call in reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.cases.models import Case
from nuanxin.hotline.models import Call, OperatorState
from nuanxin.hotline.rules.calls import Happening
from tests.apps.desk.conftest import Desk
from tests.apps.desk.test_counter import GOOD, opened
from tests.factories.hotline import WORKDAY, Hotline, open_hotline

PAGE = "/desk/hotline/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(WORKDAY + timedelta(minutes=5), tick=False):
        yield open_hotline()


def seated(desk: Desk, line: Hotline, role: Role) -> Client:
    """The browser of the operator or the duty lawyer of the hotline."""
    person = line.operator if role is Role.OPERATOR else line.lawyer
    return desk(role, staff=Staff.objects.get(pk=person.id))


def test_who_waits_is_shown_with_the_time_and_without_the_number(desk: Desk, line: Hotline) -> None:
    line.queued()
    text = seated(desk, line, Role.OPERATOR).get(PAGE).content.decode()
    assert "138****8000" in text
    assert "13800138000" not in text
    assert ">4 min</td>" in text  # queued ten seconds after the hour, now five past
    assert "Take the call" in text


def test_of_two_browsers_the_first_has_the_call(desk: Desk, line: Hotline) -> None:
    call = line.queued()
    first, second = seated(desk, line, Role.OPERATOR), seated(desk, line, Role.DUTY_LAWYER)
    assert first.post(f"{PAGE}{call.pk}/take/").status_code == 302
    late = second.post(f"{PAGE}{call.pk}/take/")
    assert late.status_code == 409
    assert "Somebody has this call already" in late.content.decode()
    assert Call.objects.get().operator == line.operator.id
    assert "The call in your hands" in first.get(PAGE).content.decode()
    assert "The call in your hands" not in second.get(PAGE).content.decode()


def test_a_call_grows_into_a_case_and_its_record_is_closed(desk: Desk, line: Hotline) -> None:
    call = line.queued()
    browser = seated(desk, line, Role.OPERATOR)
    assert browser.get(f"{PAGE}{call.pk}/new/").status_code == 404  # not yet in these hands
    browser.post(f"{PAGE}{call.pk}/take/")
    form = browser.get(f"{PAGE}{call.pk}/new/").content.decode()
    assert 'value="13800138000"' in form
    assert Event.objects.filter(kind="personal.unmasked").count() == 1
    case = opened(browser.post(f"{PAGE}{call.pk}/new/", {**GOOD, "phone": "13800138000"}))
    call.refresh_from_db()
    assert (call.case, case.door) == (case.pk, "hotline")
    assert Event.objects.filter(stream=call.pk, kind="call.grew").count() == 1
    line.tell(Happening.HUNG_UP, 301)
    page = browser.get(PAGE).content.decode()
    assert "finish the record" in page
    assert case.number in page  # the screen knows the caller now
    said = {"category": "wages", "reply": "先申请仲裁"}
    assert browser.post(f"{PAGE}{call.pk}/wrap-up/", {"code": "gone", **said}).status_code == 409
    done = {"code": "application", "seen": "1", **said}
    assert browser.post(f"{PAGE}{call.pk}/wrap-up/", done).status_code == 302
    call.refresh_from_db()
    assert (call.outcome, call.code) == ("answered", "application")
    assert Case.objects.count() == 1


def test_the_screen_knows_the_caller_while_the_telephone_still_rings(desk: Desk, line: Hotline) -> None:
    clerk = desk(Role.CLERK)
    case = opened(clerk.post("/desk/new/", {**GOOD, "phone": "13800138000"}))
    line.queued()
    line.tell(Happening.RINGING, 20, by=line.operator)
    rings, other = seated(desk, line, Role.OPERATOR), seated(desk, line, Role.DUTY_LAWYER)
    page = rings.get(PAGE).content.decode()
    assert "Your telephone rings" in page
    assert case.number in page
    assert "Close the record" not in page
    assert case.number not in other.get(PAGE).content.decode()
    line.tell(Happening.NOT_TAKEN, 40, by=line.operator)
    assert "Your telephone rings" not in rings.get(PAGE).content.decode()


def test_ready_break_and_off(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    assert browser.post(f"{PAGE}state/", {"state": "break"}).status_code == 302
    assert OperatorState.objects.get(staff=line.operator.id).state == "break"
    assert browser.post(f"{PAGE}state/", {"state": "on_call"}).status_code == 404
    stranger = desk(Role.OPERATOR)
    assert stranger.post(f"{PAGE}state/", {"state": "ready"}).status_code == 409  # no seat


def test_the_parts_change_when_something_moves_and_only_then(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    before = browser.get(f"{PAGE}live/").json()
    call = line.queued()
    queued = browser.get(f"{PAGE}live/").json()
    assert (before["seat"] == queued["seat"], before["queue"] == queued["queue"]) == (True, False)
    part = browser.get(PAGE, headers={"X-Part": "queue"}).content.decode()
    assert "<html" not in part
    assert "138****8000" in part
    browser.post(f"{PAGE}{call.pk}/take/")
    taken = browser.get(f"{PAGE}live/").json()
    line.queued("c2")  # another caller does not swap away a record half filled in
    assert browser.get(f"{PAGE}live/").json()["seat"] == taken["seat"] != queued["seat"]


def test_elsewhere_nobody_sees_or_takes_it_and_a_supervisor_only_looks(desk: Desk, line: Hotline) -> None:
    call = line.queued()
    far = desk(Role.OPERATOR, 440306_000000)
    assert "138****8000" not in far.get(PAGE).content.decode()
    assert far.post(f"{PAGE}{call.pk}/take/").status_code == 403
    watcher = desk(Role.SUPERVISOR)
    text = watcher.get(PAGE).content.decode()
    assert "138****8000" in text
    assert "Take the call" not in text
    assert watcher.post(f"{PAGE}{call.pk}/take/").status_code == 403
