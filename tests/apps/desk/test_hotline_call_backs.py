"""The page of call-backs: whose turn it is, why not now, dialling by hand, what came of it, and nobody else's."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import WORKER, Role
from nuanxin.audit.models import Event
from nuanxin.hotline import actions
from nuanxin.hotline.actions import Wish
from nuanxin.hotline.models import Call, CallBack, Exchange, VoiceCommand
from nuanxin.hotline.rules.callbacks import SafeContact
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.promising import Door
from nuanxin.notices.models import Notice
from tests.apps.desk.conftest import Desk
from tests.apps.desk.test_counter import GOOD, opened
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.staff import GAOPING

PAGE = "/desk/hotline/call-backs/"
PHONE = "13900139000"
pytestmark = pytest.mark.django_db


def later(minutes: float) -> datetime:
    return WORKDAY + timedelta(minutes=minutes)


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(later(5), tick=False):
        yield open_hotline()


def seated(desk: Desk, line: Hotline, role: Role) -> Client:
    person = line.operator if role is Role.OPERATOR else line.lawyer
    return desk(role, staff=Staff.objects.get(pk=person.id))


def ask(phone: str = PHONE, *, slot: float | None = None, contact: SafeContact | None = None) -> CallBack:
    wish = Wish(
        phone, GAOPING, "yue", "wages", contact or SafeContact(), None if slot is None else later(slot)
    )
    return actions.ask_call_back(door=Door.WEB, wish=wish, by=WORKER, at=later(5))


def test_who_may_be_rung_now_and_why_others_not(desk: Desk, line: Hotline) -> None:
    ask()
    ask("13900139001", slot=60)
    ask("13900139002", contact=SafeContact(hours="18:00-21:00", may_say_who=False))
    text = seated(desk, line, Role.OPERATOR).get(PAGE).content.decode()
    now, _, after = text.partition("Later")
    assert "139****9000" in now
    assert "Cantonese" in now
    assert PHONE not in text
    assert text.count("/dial/") == 1
    assert "Promised for 12:00–12:30" in after
    assert "Outside their hours: 18:00–21:00" in after
    assert "Discreet" in after
    assert "passed without a try" not in text


def test_a_half_hour_that_passed_without_a_try_is_shown_first_and_counted(desk: Desk, line: Hotline) -> None:
    ask("13900139001")
    missed = ask(slot=30)
    CallBack.objects.exclude(pk=missed.pk).update(due_at=later(90), place_at=later(1))
    with time_machine.travel(later(61), tick=False):
        text = seated(desk, line, Role.OPERATOR).get(PAGE).content.decode()
    assert "1 promised half-hour has passed without a try" in text
    assert text.index("139****9000") < text.index("139****9001")
    assert "Missed" in text


def test_dialling_shows_the_whole_number_once_it_is_on_record_and_what_may_be_said(
    desk: Desk, line: Hotline
) -> None:
    row = ask(contact=SafeContact(may_say_who=False))
    mine, other = seated(desk, line, Role.OPERATOR), seated(desk, line, Role.DUTY_LAWYER)
    assert mine.post(f"{PAGE}{row.pk}/dial/").status_code == 302
    assert Event.objects.filter(kind="personal.unmasked").count() == 1
    page = mine.get(PAGE).content.decode()
    assert PHONE in page
    assert "do not say who is calling" in page
    seen = other.get(PAGE).content.decode()
    assert PHONE not in seen
    assert "A colleague is ringing" in seen
    late = other.post(f"{PAGE}{row.pk}/dial/")
    assert (late.status_code, "A colleague is ringing this person" in late.content.decode()) == (409, True)
    assert other.post(f"{PAGE}{row.pk}/tried/", {"result": "busy"}).status_code == 409
    assert mine.post(f"{PAGE}{row.pk}/tried/", {"result": "nothing"}).status_code == 404
    assert mine.post(f"{PAGE}{row.pk}/tried/", {"result": "busy"})["Location"] == PAGE
    text = mine.get(PAGE).content.decode()
    assert "2nd try" in text
    assert "Promised for 14:05–14:35" in text  # 11:05 and three hours: another part of the day


def test_who_was_reached_grows_into_a_case_and_nobody_else_opens_the_page(desk: Desk, line: Hotline) -> None:
    row = ask()
    mine, other = seated(desk, line, Role.OPERATOR), seated(desk, line, Role.DUTY_LAWYER)
    assert mine.get(f"{PAGE}{row.pk}/").status_code == 404
    mine.post(f"{PAGE}{row.pk}/dial/")
    assert mine.post(f"{PAGE}{row.pk}/tried/", {"result": "reached"})["Location"] == f"{PAGE}{row.pk}/"
    page = mine.get(f"{PAGE}{row.pk}/").content.decode()
    assert "Open a case from this call" in page
    talk = Call.objects.get(rings_back=row.pk)
    assert (talk.state, talk.outcome, talk.desk, talk.phone) == ("on_call", "", row.desk, PHONE)
    assert f"?record={talk.pk}" in page
    console = mine.get("/desk/hotline/", {"record": str(talk.pk)}).content.decode()
    assert f"/desk/hotline/{talk.pk}/" in console
    assert PHONE not in page
    assert other.get(f"{PAGE}{row.pk}/").status_code == 404
    form = mine.get(f"{PAGE}{row.pk}/new/").content.decode()
    assert f'value="{PHONE}"' in form
    case = opened(mine.post(f"{PAGE}{row.pk}/new/", {**GOOD, "phone": PHONE}))
    row.refresh_from_db()
    assert (row.case, row.status, case.door) == (case.pk, "reached", "hotline")
    assert Event.objects.filter(stream=row.pk, kind="call_back.grew").count() == 1


def test_an_exchange_that_we_lead_rings_by_itself_and_shows_no_number(desk: Desk, line: Hotline) -> None:
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    line.queued()
    line.tell(Happening.CALL_BACK_ASKED, 60)
    row = CallBack.objects.get()
    browser = seated(desk, line, Role.OPERATOR)
    assert browser.post(f"{PAGE}{row.pk}/dial/").status_code == 302
    assert VoiceCommand.objects.get().kind == "ring_back"
    page = browser.get(PAGE).content.decode()
    assert "13800138000" not in page
    assert "Your telephone rings first" in page
    assert not Event.objects.filter(kind="personal.unmasked").exists()


def test_staff_move_one_to_another_half_hour_and_the_person_is_told(desk: Desk, line: Hotline) -> None:
    row = ask()
    browser = seated(desk, line, Role.OPERATOR)
    page = browser.get(f"{PAGE}{row.pk}/time/").content.decode()
    chosen = re.findall(r'<option value="(2026[^"]+)">', page)[3]
    assert browser.post(f"{PAGE}{row.pk}/time/", {"slot": "tomorrow"}).status_code == 422
    assert browser.post(f"{PAGE}{row.pk}/time/", {"slot": "2026-03-02T03:00:00+08:00"}).status_code == 409
    assert browser.post(f"{PAGE}{row.pk}/time/", {"slot": chosen})["Location"] == PAGE
    row.refresh_from_db()
    assert row.due_at == datetime.fromisoformat(chosen)
    assert not row.sooner
    assert Notice.objects.get(template="ring_back_set").discreet is False
    assert browser.post(f"{PAGE}{row.pk}/time/", {"slot": "soonest"})["Location"] == PAGE
    row.refresh_from_db()
    assert row.sooner
    # A slot that no place is left in is not offered, and nobody elsewhere or without the role comes here.
    assert desk(Role.OPERATOR, 440306_000000).get(f"{PAGE}{row.pk}/time/").status_code == 404
    assert desk(Role.SUPERVISOR).get(f"{PAGE}{row.pk}/time/").status_code == 403


def test_while_somebody_rings_it_is_not_moved(desk: Desk, line: Hotline) -> None:
    row = ask()
    mine, other = seated(desk, line, Role.OPERATOR), seated(desk, line, Role.DUTY_LAWYER)
    mine.post(f"{PAGE}{row.pk}/dial/")
    assert other.post(f"{PAGE}{row.pk}/time/", {"slot": "soonest"}).status_code == 409


def test_calling_off_needs_a_reason(desk: Desk, line: Hotline) -> None:
    row = ask()
    browser = seated(desk, line, Role.OPERATOR)
    assert browser.post(f"{PAGE}{row.pk}/off/", {"reason": "answered"}).status_code == 409
    assert browser.post(f"{PAGE}{row.pk}/off/", {"reason": "helped"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.ended) == ("cancelled", "helped")


def test_the_list_changes_when_something_moves_and_my_own_part_does_not(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    before = browser.get(f"{PAGE}live/").json()
    ask()
    after = browser.get(f"{PAGE}live/").json()
    assert (before["dialled"] == after["dialled"], before["list"] == after["list"]) == (True, False)
    part = browser.get(PAGE, headers={"X-Part": "list"}).content.decode()
    assert "<html" not in part
    assert "139****9000" in part


def test_elsewhere_nobody_sees_or_dials_and_a_supervisor_only_looks(desk: Desk, line: Hotline) -> None:
    row = ask()
    far = desk(Role.OPERATOR, 440306_000000)
    assert "139****9000" not in far.get(PAGE).content.decode()
    assert far.post(f"{PAGE}{row.pk}/dial/").status_code == 403
    assert far.post(f"{PAGE}{row.pk}/off/", {"reason": "helped"}).status_code == 403
    watcher = desk(Role.SUPERVISOR)
    text = watcher.get(PAGE).content.decode()
    assert "139****9000" in text
    assert "/dial/" not in text
    assert watcher.post(f"{PAGE}{row.pk}/dial/").status_code == 403


def test_a_number_that_no_row_can_have_is_not_found(desk: Desk, line: Hotline) -> None:
    browser, number = seated(desk, line, Role.OPERATOR), 2**63
    for deed in ("dial", "tried", "off", "time", "new"):
        sent = browser.post(f"{PAGE}{number}/{deed}/", {"result": "no_answer", "reason": "settled"})
        assert sent.status_code in {403, 404, 409}, deed
