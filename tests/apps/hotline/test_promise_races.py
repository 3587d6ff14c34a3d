"""Threads that ask for the last place of a half-hour, or for the same telephone, at the same instant."""

from __future__ import annotations

import pytest

from nuanxin.audit.actor import NOWHERE, WORKER, Actor, Role
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import Refused
from nuanxin.hotline import actions
from nuanxin.hotline.actions import Wish
from nuanxin.hotline.models import CallBack
from nuanxin.hotline.rules.callbacks import Status
from nuanxin.hotline.rules.promising import Door, Ended
from tests.apps.hotline.test_promises import later
from tests.apps.hotline.test_races import together
from tests.factories.hotline import open_hotline
from tests.factories.staff import GAOPING


def ask(phone: str, slot: float, key: str = "") -> str:
    """What came of asking, in a word."""
    wish = Wish(phone, GAOPING, slot=later(slot))
    try:
        return actions.ask_call_back(door=Door.WEB, wish=wish, by=WORKER, at=later(1), key=key).status
    except Refused as refused:
        return refused.code


@pytest.mark.django_db(transaction=True)
def test_the_last_place_of_a_half_hour_goes_to_one() -> None:
    line = open_hotline()
    line.desk.call_backs_a_slot = 1
    line.desk.save()
    for slot in (30, 60, 90):
        said = together(*[lambda n=n: ask(f"1390000{slot:02d}{n:02d}", slot) for n in range(4)])  # type: ignore[misc]  # noqa: B023
        assert sorted(said) == ["promised", "slot_gone", "slot_gone", "slot_gone"]
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_one_telephone_asked_for_by_four_pages_is_rung_once_and_one_page_sent_four_times_is_one() -> None:
    open_hotline()
    for turn in range(3):
        said = together(*[lambda: ask(f"1390000000{turn}", 30)] * 4)  # noqa: B023
        assert sorted(said) == ["joined", "joined", "joined", "promised"]
        said = together(*[lambda: ask(f"1380000000{turn}", 60, key=f"page-{turn}")] * 4)  # noqa: B023
        assert said == ["promised"] * 4
    assert CallBack.objects.filter(status=Status.PROMISED).count() == 6
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_asking_again_while_the_first_is_called_off_leaves_one_that_stands() -> None:
    open_hotline()
    for turn in range(5):
        phone = f"1390000000{turn}"
        wish = Wish(phone, GAOPING)
        first = actions.ask_call_back(door=Door.WEB, wish=wish, by=WORKER, at=later(1))
        person = Actor("worker", first.pk, frozenset({str(Role.WORKER)}), NOWHERE)
        together(
            lambda: actions.cancel(call_back_id=first.pk, reason=Ended.PERSON, by=person, at=later(2)),  # noqa: B023
            lambda: ask(phone, 240 + 30 * turn),  # noqa: B023
        )
        stands = CallBack.objects.get(phone_index=phone, status=Status.PROMISED)
        assert stands.pk != first.pk
    assert list(verify()) == []
