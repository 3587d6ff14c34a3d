"""The register's pages: administrators alone, every fault with what was typed, and only what lies in their region."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.actions import issue_token
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.hotline.models import Desk as HotlineDesk
from nuanxin.hotline.models import Exchange, OperatorState
from tests.apps.desk.conftest import SHENZHEN, Desk
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.staff import AT, GAOPING, make_staff

PAGE = "/desk/hotline/register/"
pytestmark = pytest.mark.django_db
DESK = {
    "name_zh": "综合席", "name_en": "General desk", "key": "general", "kind": "general", "region": "140581",
    "hours": "08:00-20:00", "call_backs_a_slot": "6", "languages": ["zh", "yue"], "topics": ["wages"],
}  # fmt: skip


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(WORKDAY + timedelta(minutes=5), tick=False):
        yield open_hotline()


@pytest.fixture
def keeper(desk: Desk, line: Hotline) -> Client:
    return desk(Role.ADMINISTRATOR)


def test_the_register_shows_what_lies_in_the_region(desk: Desk, line: Hotline, keeper: Client) -> None:
    text = keeper.get(PAGE).content.decode()
    assert "农民工专席" in text
    assert "801" in text
    far = desk(Role.ADMINISTRATOR, SHENZHEN)
    assert "农民工专席" not in far.get(PAGE).content.decode()
    assert far.get(f"{PAGE}desks/{line.desk.pk}/").status_code == 404
    assert far.post(f"{PAGE}seats/{line.operator.id}/", {"do": "remove"}).status_code == 404
    assert desk(Role.SUPERVISOR).get(PAGE).status_code == 403


def test_a_desk_is_opened_changed_closed_and_opened_again(line: Hotline, keeper: Client) -> None:
    told = {**DESK, "exchange": line.exchange.pk}
    assert keeper.post(f"{PAGE}desks/new/", told).status_code == 302
    row = HotlineDesk.objects.get(key="general")
    assert (row.region, row.languages, row.topics, row.call_backs_a_slot) == (
        GAOPING,
        ["zh", "yue"],
        ["wages"],
        6,
    )
    page = f"{PAGE}desks/{row.pk}/"
    assert 'value="08:00-20:00"' in keeper.get(page).content.decode()
    assert keeper.post(page, {**DESK, "hours": "20:00-08:00", "topics": []}).status_code == 302
    row.refresh_from_db()
    assert (row.hours, row.topics) == ("20:00-08:00", [])
    assert keeper.post(page, {"do": "close"}).status_code == 302
    row.refresh_from_db()
    assert not row.active
    assert keeper.post(page, {"do": "reopen"}).status_code == 302
    row.refresh_from_db()
    assert row.active


def test_every_fault_stands_at_its_field_with_what_was_typed(line: Hotline, keeper: Client) -> None:
    wrong = {**DESK, "exchange": line.exchange.pk, "name_zh": "", "hours": "8-20", "region": "Atlantis"}
    answer = keeper.post(f"{PAGE}desks/new/", wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name_zh", "hours", "region"}
    assert 'value="8-20"' in text
    assert 'value="Atlantis"' in text
    taken = {**DESK, "exchange": line.exchange.pk, "key": "migrant"}
    assert set(keeper.post(f"{PAGE}desks/new/", taken).context["form"].errors) == {"key"}
    elsewhere = {**DESK, "exchange": line.exchange.pk, "region": "440306"}
    assert set(keeper.post(f"{PAGE}desks/new/", elsewhere).context["form"].errors) == {"region"}


def test_a_desk_where_somebody_waits_asks_where_they_go(line: Hotline, keeper: Client) -> None:
    line.queued()
    answer = keeper.post(f"{PAGE}desks/{line.desk.pk}/", {"do": "close"})
    assert answer.status_code == 422
    assert "Say to which desk they go" in answer.content.decode()
    keeper.post(f"{PAGE}desks/new/", {**DESK, "exchange": line.exchange.pk})
    other = HotlineDesk.objects.get(key="general")
    assert keeper.post(f"{PAGE}desks/{line.desk.pk}/", {"do": "close", "to": other.pk}).status_code == 302
    assert set(OperatorState.objects.values_list("desk", flat=True)) == {other.pk}


def test_a_person_gets_a_seat_and_gives_it_up(line: Hotline, keeper: Client) -> None:
    near, far = make_staff(Role.OPERATOR), make_staff(Role.OPERATOR, SHENZHEN)
    seat = {"staff": near.pk, "desk": line.desk.pk, "extension": "803"}
    assert keeper.post(f"{PAGE}seats/new/", {**seat, "staff": far.pk}).status_code == 422
    assert keeper.post(f"{PAGE}seats/new/", {**seat, "extension": "8 03"}).status_code == 422
    taken = keeper.post(f"{PAGE}seats/new/", {**seat, "extension": "801"})
    assert set(taken.context["form"].errors) == {"extension"}
    assert keeper.post(f"{PAGE}seats/new/", seat).status_code == 302
    page = f"{PAGE}seats/{near.pk}/"
    assert keeper.post(page, {"desk": line.desk.pk, "extension": "805", "lawyer": "on"}).status_code == 302
    row = OperatorState.objects.get(staff=near.pk)
    assert (row.extension, row.lawyer) == ("805", True)
    assert keeper.post(page, {"do": "remove"}).status_code == 302
    assert keeper.get(page).status_code == 404


def test_an_exchange_gets_a_token_of_the_region(line: Hotline, keeper: Client) -> None:
    token, _secret = issue_token(
        label="city", role=Role.PARTNER, region=GAOPING, expires_at=AT + timedelta(days=90), by=SYSTEM, at=AT
    )
    page = keeper.get(f"{PAGE}exchanges/new/").content.decode()
    assert f'value="{token.pk}"' in page
    assert f'value="{line.exchange.token}"' not in page
    told = {"label": "City exchange", "token": token.pk, "region": "140581", "kind": "ari"}
    assert keeper.post(f"{PAGE}exchanges/new/", told).status_code == 302
    row = Exchange.objects.get(token=token.pk)
    assert (row.label, row.kind, row.region) == ("City exchange", "ari", GAOPING)
    assert keeper.post(f"{PAGE}exchanges/{row.pk}/", {"label": "Old", "kind": "push"}).status_code == 302
    row.refresh_from_db()
    assert (row.label, row.kind, row.active) == ("Old", "push", False)


def test_where_browsers_telephone_and_who_does(line: Hotline, keeper: Client) -> None:
    page, told = f"{PAGE}exchanges/{line.exchange.pk}/", {"label": "12348", "kind": "ari", "active": "on"}
    for wrong in ("ws://phones.example.cn/ws", "https://phones.example.cn", "wss://a b/ws"):
        answer = keeper.post(page, {**told, "web_socket": wrong})
        assert set(answer.context["form"].errors) == {"web_socket"}
    assert keeper.post(page, {**told, "web_socket": "wss://phones.example.cn:8089/ws"}).status_code == 302
    assert 'value="wss://phones.example.cn:8089/ws"' in keeper.get(page).content.decode()
    seat, sits = f"{PAGE}seats/{line.lawyer.id}/", {"desk": line.desk.pk, "extension": "801", "lawyer": "on"}
    assert keeper.post(seat, sits).status_code == 302
    assert not OperatorState.objects.get(staff=line.lawyer.id).phone_secret  # nothing has changed
    assert keeper.post(seat, {**sits, "browser_phone": "on"}).status_code == 302
    row = OperatorState.objects.get(staff=line.lawyer.id)
    assert (row.browser_phone, bool(row.phone_secret)) == (True, True)
    assert keeper.post(seat, {**sits, "browser_phone": "on"}).status_code == 302
    assert OperatorState.objects.get(staff=line.lawyer.id).phone_secret == row.phone_secret
    assert keeper.post(seat, sits).status_code == 302
    after = OperatorState.objects.get(staff=line.lawyer.id)
    assert (after.browser_phone, after.phone_secret != row.phone_secret) == (False, True)
    assert Event.objects.filter(kind="hotline.telephone_given").count() == 2


def test_a_wait_is_set_and_every_fault_of_it_is_said_at_once(line: Hotline, keeper: Client) -> None:
    page = f"{PAGE}waits/"
    assert "120 seconds" in keeper.get(page).content.decode()
    told = {
        "key": "patience_special",
        "region": "140581",
        "value": "45",
        "valid_from": "2026-03-01",
        "source": "局",
    }
    assert keeper.post(page, told).status_code == 302
    text = keeper.get(page).content.decode()
    assert text.count("45 seconds") == 2  # in force, and as it was set
    wrong = {**told, "value": "2", "region": "Atlantis", "valid_until": "2026-02-01"}
    answer = keeper.post(page, wrong)
    assert (answer.status_code, set(answer.context["form"].errors)) == (
        422,
        {"value", "region", "valid_until"},
    )
    assert set(keeper.post(page, {**told, "region": "440306"}).context["form"].errors) == {"region"}
