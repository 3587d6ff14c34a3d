"""The events of an exchange over HTTP: kept once, whatever their order, and nothing is lost in silence."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.actions import issue_token
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.hotline.actions import add_operator, close_desk, open_desk, remove_operator
from nuanxin.hotline.models import Call, CallEvent, Exchange
from nuanxin.hotline.queries.calls import waiting
from nuanxin.hotline.rules.routing import DeskKind
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.staff import GAOPING

pytestmark = pytest.mark.django_db
URL = "/api/v1/hotline/events"


@pytest.fixture
def line(db: object) -> Iterator[Hotline]:
    with time_machine.travel(WORKDAY + timedelta(minutes=30), tick=False):
        yield open_hotline()


def send(secret: str, events: Any) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().post(
        URL, json.dumps({"events": events}), content_type="application/json", headers=headers
    )


def event(number: str, kind: str, second: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "call": "c1",
        "kind": kind,
        "at": f"2026-03-02T11:{second // 60:02d}:{second % 60:02d}+08:00",
        **more,
    }


CALL = [
    event("1", "arrived", 0, caller=PHONE, place="140581"),
    event("2", "menu_entered", 2),
    event("3", "queued", 10, queue="migrant", language="yue", topic="wages"),
    event("4", "offered", 20, extension="801"),
    event("5", "ringing", 21, extension="801"),
    event("6", "answered", 25, extension="801"),
    event("7", "hung_up", 300),
]


def test_a_call_told_event_by_event(line: Hotline) -> None:
    states = [send(line.secret, [one]).json()["results"][0]["state"] for one in CALL]
    assert states == ["arriving", "menu", "queued", "offered", "ringing", "on_call", "wrap_up"]
    call = Call.objects.get()
    assert (call.operator, call.desk_id, call.phone) == (line.lawyer.id, line.desk.pk, PHONE)
    assert (call.language, call.topic, call.place) == ("yue", "wages", GAOPING)
    assert call.answered_at is not None
    assert call.queued_at is not None
    assert call.answered_at - call.queued_at == timedelta(seconds=15)


@pytest.mark.parametrize("seed", range(5))
def test_any_order_and_any_doubles_leave_the_same_call(line: Hotline, seed: int) -> None:
    shuffled = [*CALL, *CALL[2:5]]
    random.Random(seed).shuffle(shuffled)
    for start in range(0, len(shuffled), 3):
        assert send(line.secret, shuffled[start : start + 3]).status_code == 200
    call = Call.objects.get()
    assert (call.state, call.operator, call.topic) == ("wrap_up", line.lawyer.id, "wages")
    assert CallEvent.objects.count() == len(CALL)


def test_the_answer_says_what_was_known_and_what_was_not_understood(line: Hotline) -> None:
    send(line.secret, CALL[:1])
    answer = send(
        line.secret,
        [
            CALL[0],
            event("8", "answered", 25, extension="999"),
            event("9", "answered", 26),
            event("10", "queued", 10, queue="gone", language="xx", place="999999"),
            event("1", "queued", 10),
        ],
    ).json()["results"]
    assert [(one["id"], one["result"], one["notes"]) for one in answer] == [
        ("1", "known", []),
        ("8", "kept", ["unknown_extension"]),
        ("9", "kept", ["no_extension"]),
        ("10", "kept", ["unknown_queue", "unknown_place", "unknown_language"]),
        ("1", "number_reused", []),
    ]
    assert Call.objects.get().state == "queued"


def test_who_waits_in_a_queue_that_no_open_desk_has_is_shown_all_the_same(line: Hotline) -> None:
    """The exchange still sends callers to a desk that was closed, or to one that nobody registered."""
    closed = {"hours": "", "region": GAOPING, "name_zh": "综合席", "by": SYSTEM, "at": WORKDAY}
    general = open_desk(exchange=line.exchange, key="general", kind=DeskKind.GENERAL, **closed)
    for person in (line.operator, line.lawyer):
        remove_operator(staff=person.id, by=SYSTEM, at=WORKDAY)
    close_desk(line.desk.pk, by=SYSTEM, at=WORKDAY)
    for queue in ("migrant", "nobody registered this"):
        told = [event(queue[0], "queued", 0, queue=queue, call=queue[0])]
        assert send(line.secret, told).json()["results"][0]["notes"] == ["unknown_queue"]
        assert Call.objects.get(external=queue[0]).desk_id == general.pk
    add_operator(staff=line.operator.id, desk=general, extension="802", lawyer=False, by=SYSTEM, at=WORKDAY)
    assert {call.external for call in waiting(line.operator)} == {"m", "n"}


def test_a_hidden_number_written_in_words_is_no_number(line: Hotline) -> None:
    send(line.secret, [event("1", "arrived", 0, caller="anonymous")])
    assert Call.objects.get().phone == ""


def test_every_fault_of_a_request_at_once(line: Hotline) -> None:
    bad = [
        event("", "arrived", 0),
        event("2", "exploded", 0),
        event("3", "arrived", 0, at="2026-03-02T11:00:00"),
        event("4", "arrived", 0, at="0001-01-01T00:00:00+14:00"),
        event("5", "arrived", 0, colour="red"),
    ]
    answer = send(line.secret, bad)
    assert answer.status_code == 422
    assert {(one["path"], one["code"]) for one in answer.json()["errors"]} >= {
        ("/events/0/id", "invalid_format"),
        ("/events/1/kind", "unknown_value"),
        ("/events/2/at", "invalid_date"),
        ("/events/4/colour", "unknown_key"),
    }
    assert {one["path"] for one in answer.json()["errors"]} >= {"/events/2/at", "/events/3/at"}
    assert not Call.objects.exists()
    assert send(line.secret, []).status_code == 422
    assert send(line.secret, [event(str(n), "arrived", 0) for n in range(101)]).status_code == 422


def test_only_the_token_of_an_active_exchange_may_tell(line: Hotline) -> None:
    assert send("", CALL).status_code == 401
    assert send("nx_wrong", CALL).status_code == 401
    at = line.desk.exchange.operators.first().since  # type: ignore[union-attr]
    given = {"region": GAOPING, "expires_at": at + timedelta(days=90), "by": SYSTEM, "at": at}
    for role in (Role.PARTNER, Role.OPERATOR):  # another partner's, and a partner token of another role
        _, secret = issue_token(label="other", role=role, **given)  # type: ignore[arg-type]
        assert send(secret, CALL).status_code == 403
    Exchange.objects.update(active=False)
    assert send(line.secret, CALL).status_code == 403
    assert not Call.objects.exists()
