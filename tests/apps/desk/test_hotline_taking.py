"""Who waits before a duty lawyer, calls and questions in one order; and taking a call where the voice rings one first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuanxin.audit.actor import Role
from nuanxin.hotline import actions
from nuanxin.hotline.models import Call, Exchange, VoiceCommand
from nuanxin.hotline.rules.calls import Happening
from tests.apps.desk.conftest import Desk
from tests.apps.desk.test_hotline import PAGE, seated
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.questions import asked

pytestmark = pytest.mark.django_db
NOW = WORKDAY + timedelta(minutes=5)


@pytest.fixture
def line(offices: Any) -> Iterator[Hotline]:
    with time_machine.travel(NOW, tick=False):
        yield open_hotline()


@pytest.fixture
def led(line: Hotline) -> Hotline:
    """The same, its exchange led by our voice."""
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    return line


def page(browser: Client, part: str = "") -> str:
    return browser.get(PAGE, headers={"X-Part": part} if part else {}).content.decode()


def mark(browser: Client, part: str) -> str:
    return str(browser.get(f"{PAGE}live/").json()[part])


def test_letters_and_callers_stand_in_one_queue_of_a_duty_lawyer(desk: Desk, line: Hotline) -> None:
    lawyer, operator = seated(desk, line, Role.DUTY_LAWYER), seated(desk, line, Role.OPERATOR)
    before = mark(lawyer, "queue")
    letter = asked(at=NOW - timedelta(hours=1))
    assert mark(lawyer, "queue") != before  # live, without a reload
    call = line.queued()
    shown = page(lawyer, "queue")
    assert 0 < shown.index("138****8000") < shown.index(letter.number)  # who is on the line comes first
    assert f"{PAGE}{call.pk}/take/" in shown
    assert letter.number not in page(operator)
    same = mark(lawyer, "queue")
    assert mark(lawyer, "queue") == same  # and nothing is renewed while nothing moves


def test_a_busy_lawyer_is_offered_no_other_call(desk: Desk, line: Hotline) -> None:
    lawyer = seated(desk, line, Role.DUTY_LAWYER)
    first, second = line.queued("c1"), line.queued("c2")
    lawyer.post(f"{PAGE}{first.pk}/take/")
    assert f"{PAGE}{second.pk}/take/" not in page(lawyer)


def test_the_page_of_a_duty_lawyer_keeps_to_its_statements(desk: Desk, line: Hotline) -> None:
    lawyer = seated(desk, line, Role.DUTY_LAWYER)
    counts = []
    for n in range(2):
        for m in range(1 + 4 * n):
            line.queued(f"q{n}{m}")
            asked(f"q{n}{m}", at=NOW - timedelta(minutes=n + m))
        page(lawyer)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            page(lawyer)
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 16, counts


def test_taking_rings_the_own_telephone_first_and_says_so(desk: Desk, led: Hotline) -> None:
    operator = seated(desk, led, Role.OPERATOR)
    call, quiet = led.queued(), mark(operator, "seat")
    operator.post(f"{PAGE}{call.pk}/take/")
    assert mark(operator, "seat") != quiet
    shown = page(operator)
    assert "Your telephone rings: pick it up" in shown
    assert "Extension 802" in shown
    assert "Take the call" not in shown  # not twice at once
    led.tell(Happening.ANSWERED, 299, by=led.operator)
    VoiceCommand.objects.update(result="done", done_at=NOW)
    assert "The call in your hands" in page(operator)
    assert "pick it up" not in page(operator)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("not_reached", "was rung and not picked up"),
        ("too_late", "Somebody else was quicker"),
        ("no_such_call", "had hung up before"),
        ("failed", "could not be rung"),
    ],
)
def test_what_came_of_it_is_told_while_it_is_news(desk: Desk, led: Hotline, result: str, said: str) -> None:
    operator = seated(desk, led, Role.OPERATOR)
    call = led.queued()
    operator.post(f"{PAGE}{call.pk}/take/")
    rings = mark(operator, "seat")
    VoiceCommand.objects.update(result=result, done_at=NOW)
    assert mark(operator, "seat") != rings
    shown = page(operator)
    assert said in shown
    assert "Take the call" in shown
    VoiceCommand.objects.update(done_at=NOW - timedelta(minutes=2))
    assert said not in page(operator)


def test_a_voice_that_is_away_holds_nobody_for_ever(desk: Desk, led: Hotline) -> None:
    operator = seated(desk, led, Role.OPERATOR)
    call = led.queued()
    actions.take(call_id=call.pk, by=led.operator, at=NOW)
    VoiceCommand.objects.update(asked_at=NOW - timedelta(seconds=91))
    shown = page(operator)
    assert "does not answer" in shown
    assert "Take the call" in shown
    assert Call.objects.get().operator == 0
