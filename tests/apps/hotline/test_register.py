"""The register: nothing is taken away under a caller, and a thing done twice is done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import actions
from nuanxin.hotline.models import Call, CallBack, Desk, Exchange, OperatorState
from nuanxin.hotline.rules.calls import Happening, State
from nuanxin.hotline.rules.routing import DeskKind
from tests.factories.hotline import WORKDAY, Hotline, open_hotline, wrapped_up
from tests.factories.staff import AT, GAOPING, make_staff

pytestmark = pytest.mark.django_db
SHENZHEN = 440306_000000


@pytest.fixture
def line() -> Hotline:
    return open_hotline()


def keeper(region: int = GAOPING) -> Actor:
    return actor_for(make_staff(Role.ADMINISTRATOR, region), AT)


def second_desk(line: Hotline, region: int = GAOPING) -> Desk:
    return actions.open_desk(
        exchange=line.exchange, key="general", kind=DeskKind.GENERAL, region=region, name_zh="综合席", by=SYSTEM,
        at=AT,
    )  # fmt: skip


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as fault:
        act()
    return fault.value.code


def test_a_desk_changes_once_and_says_what(line: Hotline) -> None:
    by = keeper()
    told: dict[str, Any] = {"hours": "08:00-20:00", "languages": ["zh", "yue"], "call_backs_a_slot": 2}
    for _ in range(2):
        actions.alter_desk(line.desk.pk, by=by, at=WORKDAY, **told)
    row = Desk.objects.get(pk=line.desk.pk)
    assert (row.hours, row.languages, row.call_backs_a_slot) == ("08:00-20:00", ["zh", "yue"], 2)
    (event,) = Event.objects.filter(kind="hotline.desk_altered")
    assert sorted(event.payload["changed"]) == ["call_backs_a_slot", "hours", "languages"]


def test_nobody_changes_a_desk_elsewhere_or_moves_theirs_away(line: Hotline) -> None:
    for by, region in ((keeper(SHENZHEN), GAOPING), (keeper(), SHENZHEN)):
        with pytest.raises(NotPermitted):
            actions.alter_desk(line.desk.pk, region=region, by=by, at=WORKDAY)
    with pytest.raises(NotPermitted):
        actions.close_desk(10**9, by=keeper(), at=WORKDAY)  # none is the same as one out of reach
    with pytest.raises(NotPermitted):
        actions.close_desk(line.desk.pk, to=second_desk(line, SHENZHEN).pk, by=keeper(), at=WORKDAY)


def test_who_waits_goes_to_the_other_desk_at_their_place(line: Hotline) -> None:
    by, other = keeper(), second_desk(line)
    first = line.queued("c1")
    line.tell(Happening.ARRIVED, 20, call="c2")
    line.tell(Happening.CALL_BACK_ASKED, 30, call="c2")
    CallBack.objects.update(desk=line.desk)
    assert refused(lambda: actions.close_desk(line.desk.pk, by=by, at=WORKDAY)) == "say_where"
    itself = line.desk.pk
    assert (
        refused(lambda: actions.close_desk(line.desk.pk, to=itself, by=by, at=WORKDAY))
        == "choose_another_desk"
    )
    for _ in range(2):
        actions.close_desk(line.desk.pk, to=other.pk, by=by, at=WORKDAY)
    moved = Call.objects.get(pk=first.pk)
    assert (moved.state, moved.desk_id, moved.queued_at) == (State.QUEUED, other.pk, first.queued_at)
    assert CallBack.objects.get().desk_id == other.pk
    assert set(OperatorState.objects.values_list("desk", flat=True)) == {other.pk}
    assert not Desk.objects.get(pk=line.desk.pk).active
    (event,) = Event.objects.filter(kind="hotline.desk_closed")
    assert event.payload["callers"] == 1
    assert (event.payload["call_backs"], event.payload["people"]) == (1, 2)
    assert actions.reopen_desk(line.desk.pk, by=by, at=WORKDAY).active


def test_a_call_that_rings_while_its_desk_closes_is_not_lost(line: Hotline) -> None:
    other = second_desk(line)
    line.queued()
    line.tell(Happening.RINGING, 20, by=line.operator)
    actions.close_desk(line.desk.pk, to=other.pk, by=keeper(), at=WORKDAY)
    assert Call.objects.get().desk_id == other.pk
    answered = line.tell(Happening.ANSWERED, 3600, by=line.operator).call
    assert (answered.state, answered.operator, answered.desk_id) == (
        State.ON_CALL,
        line.operator.id,
        other.pk,
    )


def test_a_person_with_a_live_call_keeps_the_seat(line: Hotline) -> None:
    by, other = keeper(), second_desk(line)
    line.queued()
    line.tell(Happening.RINGING, 20, by=line.operator)

    def move() -> object:
        return actions.add_operator(
            staff=line.operator.id, desk=other, extension="802", lawyer=False, by=by, at=WORKDAY
        )

    def remove() -> None:
        actions.remove_operator(staff=line.operator.id, by=by, at=WORKDAY)

    for kind in (Happening.RINGING, Happening.ANSWERED, Happening.HUNG_UP):  # rings, talks, writes the record
        line.tell(kind, 30, by=line.operator)
        assert (refused(move), refused(remove)) == ("has_a_call", "has_a_call"), kind
    wrapped_up(Call.objects.get(), by=line.operator, at=WORKDAY)
    move()
    assert OperatorState.objects.get(staff=line.operator.id).desk_id == other.pk
    remove()
    remove()
    assert not OperatorState.objects.filter(staff=line.operator.id).exists()
    assert Event.objects.filter(kind="hotline.operator_removed").count() == 1


def test_what_is_taken_is_said(line: Hotline) -> None:
    by, spare = keeper(), make_staff(Role.OPERATOR)
    seat: dict[str, Any] = {"staff": spare.pk, "lawyer": False, "by": by, "at": AT}
    assert refused(lambda: actions.add_operator(desk=line.desk, extension="801", **seat)) == "extension_taken"
    closed = second_desk(line)
    actions.close_desk(closed.pk, by=by, at=AT)
    closed.refresh_from_db()
    assert refused(lambda: actions.add_operator(desk=closed, extension="809", **seat)) == "desk_closed"
    assert refused(lambda: second_desk(line)) == "key_taken"
    again: dict[str, Any] = {
        "token": line.exchange.token,
        "label": "x",
        "region": GAOPING,
        "by": by,
        "at": AT,
    }
    assert refused(lambda: actions.register_exchange(**again)) == "token_taken"


def test_an_exchange_ends_after_its_desks_and_calls(line: Hotline) -> None:
    by = keeper()

    def alter(active: bool) -> Exchange:
        return actions.alter_exchange(
            line.exchange.pk, label="12348 new", kind=Exchange.Kind.PUSH, active=active, by=by, at=WORKDAY
        )

    assert refused(lambda: alter(False)) == "still_in_use"
    for person in (line.operator, line.lawyer):
        actions.remove_operator(staff=person.id, by=by, at=WORKDAY)
    actions.close_desk(line.desk.pk, by=by, at=WORKDAY)
    assert not alter(False).active
    assert refused(lambda: actions.reopen_desk(line.desk.pk, by=by, at=WORKDAY)) == "exchange_over"
    assert alter(True).active
    assert Event.objects.filter(kind="hotline.exchange_altered").count() == 2
