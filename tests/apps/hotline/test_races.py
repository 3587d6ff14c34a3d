"""Threads that press and push at the same instant, on a real database with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from nuanxin.audit.actor import Actor
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import Refused
from nuanxin.hotline import actions
from nuanxin.hotline.models import Call, CallEvent
from nuanxin.hotline.rules.calls import Happening, State
from tests.factories.hotline import WORKDAY, open_hotline, wrapped_up


def together(*acts: Callable[[], Any]) -> list[Any]:
    """All at once, each in a thread with a connection of its own; what each gave back."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        gate.wait(10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.mark.django_db(transaction=True)
def test_two_operators_press_at_the_same_instant() -> None:
    line = open_hotline()

    def press(call: Call, by: Actor) -> str:
        try:
            actions.take(call_id=call.pk, by=by, at=WORKDAY + timedelta(minutes=1))
        except Refused as refused:
            return refused.code
        return "has it"

    for number in range(5):
        call = line.queued(f"c{number}")
        said = together(lambda: press(call, line.lawyer), lambda: press(call, line.operator))  # noqa: B023
        assert sorted(said) == ["has it", "taken"]
        call.refresh_from_db()
        assert call.state == State.ON_CALL
        winner = (line.lawyer, line.operator)[said.index("has it")]
        assert call.operator == winner.id
        wrapped_up(call, by=winner, at=WORKDAY + timedelta(minutes=2))
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_one_event_pushed_by_four_connections_is_kept_once() -> None:
    line = open_hotline()
    for number in range(5):
        receipts = together(
            *[
                lambda: line.tell(Happening.ARRIVED, 0, call=f"c{number}", number=f"n{number}")  # noqa: B023
                for _ in range(4)
            ]
        )
        assert sorted(receipt.known for receipt in receipts) == [False, True, True, True]
    assert (Call.objects.count(), CallEvent.objects.count()) == (5, 5)
    assert list(verify()) == []
