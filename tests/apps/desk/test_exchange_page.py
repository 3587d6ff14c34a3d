"""The page of a duty for a duty: what can be had in return, asking for it, and the colleague's answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Actor
from nuanxin.hotline.actions.duties import publish
from nuanxin.hotline.models import Duty, Swap
from tests.factories.rosters import APRIL, Rostered, open_station_here
from tests.factories.staff import AT

pytestmark = pytest.mark.django_db
MINE, PLAN = "/desk/hotline/duty/", "/desk/hotline/roster/?month=2026-04"


@pytest.fixture
def here() -> Iterator[Rostered]:
    with time_machine.travel(AT + timedelta(minutes=5), tick=False):
        here = open_station_here()
        roster = here.month()
        here.filled(roster)
        publish(roster_id=roster.pk, by=here.planner, at=AT)
        yield here


def _client(actor: Actor, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(Staff.objects.get(pk=actor.id))
    return client


def _on(here: Rostered, person: int, day: int) -> Duty:
    return Duty.objects.get(staff=here.people[person].id, day=APRIL + timedelta(day - 1))


def test_a_duty_is_exchanged_by_pages(here: Rostered) -> None:
    mine, theirs = _on(here, 0, 3), _on(here, 1, 6)
    first, second, planner = (_client(one) for one in (here.people[0], here.people[1], here.planner))
    page = f"{MINE}{mine.pk}/exchange/"
    assert page in first.get(MINE + "?month=2026-04").content.decode()
    assert "No duty of this week" not in first.get(page).content.decode()
    text = first.get(page + "?week=2026-04-06").content.decode()
    assert f'value="{theirs.pk}"' in text
    assert first.post(page, {}).status_code == 422
    assert first.post(page, {"in_return": str(theirs.pk)}).status_code == 302
    swap = Swap.objects.get()
    assert "Waits for the colleague" in first.get(MINE).content.decode()
    assert "Agree to the exchange" not in _client(here.people[2]).get(MINE).content.decode()
    text = second.get(MINE).content.decode()
    assert "Agree to the exchange" in text
    assert "3 April 2026" in text
    assert second.post(MINE, {"do": "take", "row": swap.pk}).status_code == 302
    text = planner.get(PLAN).content.decode()
    assert "↔ 6 April 2026" in text
    assert planner.post(PLAN, {"do": "swap", "row": swap.pk, "answer": "yes"}).status_code == 302
    assert [Duty.objects.get(pk=one.pk).staff for one in (mine, theirs)] == [
        here.people[1].id,
        here.people[0].id,
    ]


def test_a_colleague_turns_it_down(here: Rostered) -> None:
    mine, theirs = _on(here, 0, 3), _on(here, 1, 6)
    _client(here.people[0]).post(f"{MINE}{mine.pk}/exchange/", {"in_return": str(theirs.pk)})
    swap = Swap.objects.get()
    _client(here.people[1]).post(MINE, {"do": "give_back", "row": swap.pk})
    swap.refresh_from_db()
    assert swap.state == Swap.State.REFUSED
    # It is no longer there to be agreed to.
    assert _client(here.people[1]).post(MINE, {"do": "take", "row": swap.pk}).status_code == 409


def test_what_it_would_break_is_said_and_the_choice_stays(here: Rostered) -> None:
    """The lawyer's day for one of the third person's, who is none."""
    late = Duty.objects.create(
        roster=_on(here, 0, 3).roster, staff=here.people[2].id, desk=here.hotline.desk, shift=here.late,
        day=APRIL + timedelta(5), starts_at=AT + timedelta(35), ends_at=AT + timedelta(35, 3600),
    )  # fmt: skip
    page = f"{MINE}{_on(here, 0, 3).pk}/exchange/"
    answer = _client(here.people[0]).post(page + "?week=2026-04-06", {"in_return": str(late.pk)})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "lawyer" in text
    assert f'value="{late.pk}" checked' in text


def test_only_a_duty_of_ones_own_that_has_not_begun(here: Rostered) -> None:
    client = _client(here.people[0])
    assert client.get(f"{MINE}{_on(here, 1, 6).pk}/exchange/").status_code == 404
    assert client.get(f"{MINE}{2**70}/exchange/").status_code == 404
    own = f"{MINE}{_on(here, 0, 3).pk}/exchange/"
    assert client.get(own + "?week=2026-02-30").status_code == 404
    assert client.get(own + "?week=2099-01-05").status_code == 404
    assert client.post(own, {"in_return": "x"}).status_code == 422
    with time_machine.travel(_on(here, 0, 3).starts_at, tick=False):
        client = _client(here.people[0])
        assert client.get(own).status_code == 404
