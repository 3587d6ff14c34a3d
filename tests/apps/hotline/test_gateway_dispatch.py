"""One visit to the record: ways, operators, commands; of two who want the same call one has it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nuanxin.audit.verify import verify
from nuanxin.hotline import actions
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.gateway import platform
from nuanxin.hotline.gateway.dispatch import Found, Request, ToRoute, dispatch
from nuanxin.hotline.models import Call, Exchange, OperatorState, VoiceCommand
from nuanxin.hotline.rules.calls import Happening, State, Told
from nuanxin.hotline.rules.dispatch import InQueue, Ready, match
from nuanxin.hotline.rules.routing import Caller
from nuanxin.hotline.rules.voice.values import Offered, Routed, Standing, Tell, Wanted
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline

pytestmark = pytest.mark.django_db
H = Happening


@pytest.fixture
def line(db: object) -> Hotline:
    opened = open_hotline()
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    opened.exchange.refresh_from_db()
    return opened


def route_of(call: str, minutes: float = 0) -> ToRoute:
    since = WORKDAY if minutes else None
    caller = Caller("zh", "wages", waited=timedelta(minutes=minutes))
    return ToRoute(call, caller, PHONE, since, 0, About(PHONE, "zh", "wages", recording="agreed"))


def visit(line: Hotline, request: Request, minute: float = 1) -> Found:
    return dispatch(line.exchange, request, WORKDAY + timedelta(minutes=minute))


def offers(found: Found) -> list[tuple[str, int]]:
    return [(call, heard.staff) for call, heard in found.heard if isinstance(heard, Offered)]


def test_three_callers_and_two_operators(line: Hotline) -> None:
    for call in ("a", "b", "c"):
        line.tell(H.ARRIVED, 0, call=call)
    found = visit(line, Request([route_of("a"), route_of("b"), route_of("c")]))
    given = offers(found)
    assert [call for call, _ in given] == ["a", "b"]
    assert {staff for _, staff in given} == {line.lawyer.id, line.operator.id}
    assert [heard for call, heard in found.heard if call == "c"][-1] == Standing(0)
    states = dict(Call.objects.values_list("external", "state"))
    assert states == {"a": State.OFFERED, "b": State.OFFERED, "c": State.QUEUED}
    assert Call.objects.filter(recording="agreed").count() == 3
    assert list(verify()) == []


def test_who_is_being_rung_is_not_offered_another(line: Hotline) -> None:
    OperatorState.objects.filter(staff=line.operator.id).update(state=OperatorState.State.BREAK)
    for call in ("a", "b"):
        line.tell(H.ARRIVED, 0, call=call)
    assert offers(visit(line, Request([route_of("a")]))) == [("a", line.lawyer.id)]
    assert offers(visit(line, Request([route_of("b")]), 2)) == []
    waiting = [InQueue("b", line.desk.pk, WORKDAY)]
    assert offers(visit(line, Request(waiting=waiting), 3)) == []
    line.tell(H.NOT_TAKEN, 200, call="a", by=line.lawyer)
    assert offers(visit(line, Request(waiting=waiting, shun=frozenset({line.lawyer.id})), 4)) == []
    assert offers(visit(line, Request(waiting=waiting), 5)) == [("b", line.lawyer.id)]


def test_of_two_who_ask_for_a_call_the_first_is_rung(line: Hotline) -> None:
    OperatorState.objects.update(state=OperatorState.State.BREAK)
    call = line.queued()
    for who in (line.lawyer, line.operator):
        actions.take(call_id=call.pk, by=who, at=WORKDAY + timedelta(seconds=50))
    found = visit(line, Request(waiting=[InQueue("c1", line.desk.pk, WORKDAY)]))
    assert offers(found) == [("c1", line.lawyer.id)]
    results = dict(VoiceCommand.objects.values_list("by", "result"))
    assert results == {line.lawyer.id: "", line.operator.id: "too_late"}
    call.refresh_from_db()
    assert (call.state, call.operator) == (State.OFFERED, line.lawyer.id)


def test_an_old_wish_is_no_wish_and_a_new_one_reaches_the_voice(line: Hotline) -> None:
    line.queued()
    call = line.tell(H.ANSWERED, 20, by=line.lawyer).call
    actions.ask(
        call=call, kind=VoiceCommand.Kind.ADD_INTERPRETER, by=line.lawyer, at=WORKDAY, extension="990"
    )
    assert visit(line, Request(), 3).heard == []
    asked = actions.ask(
        call=call, kind=VoiceCommand.Kind.HANG_UP, by=line.lawyer, at=WORKDAY + timedelta(minutes=3)
    )
    found = visit(line, Request(), 3)
    wanted = Wanted(asked.pk, "hang_up", line.lawyer.id, "", line.desk.pk, asked.asked_at)
    assert found.heard == [("c1", wanted)]
    assert visit(line, Request(), 4).heard == []  # handed on once
    assert platform.abandon(line.exchange, WORKDAY + timedelta(minutes=5)) == 1
    assert set(VoiceCommand.objects.values_list("result", flat=True)) == {"too_late", "failed"}


def test_a_caller_whom_no_desk_can_take_leaves_a_message(line: Hotline) -> None:
    OperatorState.objects.update(state=OperatorState.State.OFF)
    line.tell(H.ARRIVED, 0, call="a")
    assert visit(line, Request([route_of("a")])).heard[0] == ("a", Routed(0))


def test_the_record_knows_better_than_an_offer(line: Hotline) -> None:
    line.queued()
    line.tell(H.HUNG_UP, 30)
    found = visit(line, Request(waiting=[InQueue("c1", line.desk.pk, WORKDAY)]))
    assert offers(found) == []
    assert Call.objects.get().state == State.ENDED


def test_telling_again_changes_nothing_and_one_that_cannot_be_kept_holds_up_no_other(line: Hotline) -> None:
    good = [
        Tell("z", Told(f"g:z:{n}", kind, WORKDAY, n)) for n, kind in enumerate((H.ARRIVED, H.MENU_ENTERED))
    ]
    platform.tell(line.exchange, good, WORKDAY)
    bad = Tell("other", Told("g:z:1", H.HUNG_UP, WORKDAY, 1))  # the number of another event
    platform.tell(line.exchange, [*good, bad, Tell("z", Told("g:z:9", H.HUNG_UP, WORKDAY, 9))], WORKDAY)
    call = Call.objects.get()
    assert (call.state, call.events.count()) == (State.ENDED, 3)


def test_matching_keeps_the_places() -> None:
    at = WORKDAY
    ready = [Ready(1, 7, "801", at), Ready(2, 7, "802", at - timedelta(minutes=5)), Ready(3, 8, "803", at)]
    waiting = [
        InQueue("late", 7, at),
        InQueue("owner", 8, at - timedelta(minutes=1), wants=1),
        InQueue("passed", 7, at - timedelta(minutes=3), not_by=2),
        InQueue("danger", 8, at, first=True),
    ]
    assert [(caller.call, person.staff) for caller, person in match(waiting, ready)] == [
        ("danger", 3), ("passed", 1), ("late", 2),
    ]  # fmt: skip
