"""Calls in the database: told once or ten times, one owner, call-backs kept, everything on the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import actions
from nuanxin.hotline.actions.calls import About, EventReused
from nuanxin.hotline.models import Call, CallBack, CallBackAttempt, CallEvent, OperatorState
from nuanxin.hotline.queries import calls, desks
from nuanxin.hotline.rules.callbacks import Attempt, Status
from nuanxin.hotline.rules.calls import Happening, Outcome, State
from nuanxin.hotline.rules.routing import Caller, route
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline, wrapped_up
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
H = Happening


@pytest.fixture
def line(db: object) -> Hotline:
    return open_hotline()


def later(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def test_an_event_told_twice_changes_nothing(line: Hotline) -> None:
    line.tell(H.ARRIVED, 0, number="a")
    first = line.tell(H.QUEUED, 10, desk=True, number="b")
    kept, version = Event.objects.count(), first.call.version
    again = line.tell(H.QUEUED, 10, desk=True, number="b")
    assert (first.moved, again.known, again.moved) == (True, True, False)
    assert (Event.objects.count(), CallEvent.objects.count()) == (kept, 2)
    assert Call.objects.get().version == version


def test_a_number_that_stands_for_two_events_is_refused_and_not_lost_in_silence(line: Hotline) -> None:
    line.tell(H.ARRIVED, 0, number="a")
    with pytest.raises(EventReused):
        line.tell(H.QUEUED, 10, number="a", desk=True)
    with pytest.raises(EventReused):
        line.tell(H.ARRIVED, 0, number="a", call="c2")


def test_events_in_reverse_order_leave_the_call_where_it_belongs(line: Hotline) -> None:
    for kind, second, by in ((H.HUNG_UP, 200, None), (H.ANSWERED, 30, line.lawyer), (H.QUEUED, 10, None), (H.ARRIVED, 0, None)):  # fmt: skip
        line.tell(kind, second, by=by, desk=kind is H.QUEUED, at=WORKDAY + later(5))
    call = Call.objects.get()
    assert (call.state, call.operator, call.desk_id) == (State.WRAP_UP, line.lawyer.id, line.desk.pk)
    assert call.answered_at == WORKDAY + timedelta(seconds=30)
    seat = OperatorState.objects.get(staff=line.lawyer.id)
    assert (seat.state, seat.call) == ("wrap_up", call.pk)
    wrapped_up(call, by=line.lawyer, at=WORKDAY + later(6))
    call.refresh_from_db()
    assert (call.outcome, call.code) == (Outcome.ANSWERED, "advised")
    assert OperatorState.objects.get(staff=line.lawyer.id).state == "ready"


def test_the_telephone_is_sealed_and_the_record_names_nobody(line: Hotline) -> None:
    line.tell(H.ARRIVED, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM hotline_call")
        assert PHONE not in str(cursor.fetchone()[0])
    assert PHONE not in str(list(Event.objects.values_list("payload", flat=True)))
    assert Call.objects.get(phone_index="138 0013 8000").phone == PHONE


def test_of_two_who_take_a_call_the_first_has_it(line: Hotline) -> None:
    call = line.queued()
    actions.take(call_id=call.pk, by=line.lawyer, at=WORKDAY + later(1))
    with pytest.raises(Refused, match="taken"):
        actions.take(call_id=call.pk, by=line.operator, at=WORKDAY + later(1))
    line.tell(H.ANSWERED, 61, by=line.operator)  # the exchange tells of the second, too
    actions.take(call_id=call.pk, by=line.lawyer, at=WORKDAY + later(2))  # pressed twice
    call.refresh_from_db()
    assert (call.state, call.operator) == (State.ON_CALL, line.lawyer.id)
    assert CallEvent.objects.filter(kind=H.ANSWERED).count() == 2
    assert OperatorState.objects.get(staff=line.operator.id).state == "ready"


def test_a_press_counts_though_the_clock_of_the_exchange_runs_ahead(line: Hotline) -> None:
    line.tell(H.ARRIVED, 0)
    call = line.tell(
        H.QUEUED, 7 * 86400, desk=True, at=WORKDAY
    ).call  # a week ahead: believed by five minutes
    assert call.queued_at == WORKDAY + later(5)
    actions.take(call_id=call.pk, by=line.lawyer, at=WORKDAY + later(1))
    call.refresh_from_db()
    assert call.state == State.ON_CALL


def test_who_has_a_call_in_hand_takes_no_second_and_takes_no_break(line: Hotline) -> None:
    first, second = line.queued("c1"), line.queued("c2")
    actions.take(call_id=first.pk, by=line.lawyer, at=WORKDAY + later(1))
    with pytest.raises(Refused, match="busy"):
        actions.take(call_id=second.pk, by=line.lawyer, at=WORKDAY + later(2))
    with pytest.raises(Refused, match="busy"):
        actions.set_state(state=OperatorState.State.BREAK, by=line.lawyer, at=WORKDAY + later(2))
    with pytest.raises(Refused, match="not_yours"):
        actions.wrap_up(call_id=first.pk, code="advised", by=line.operator, at=WORKDAY + later(3))
    with pytest.raises(Refused, match="choose_one"):
        actions.wrap_up(call_id=first.pk, code="gone", by=line.lawyer, at=WORKDAY + later(3))


def test_who_may_do_what(line: Hotline) -> None:
    call = line.queued()
    stranger = actor_for(make_staff(Role.OPERATOR, 440300_000000), WORKDAY)
    watcher = actor_for(make_staff(Role.SUPERVISOR), WORKDAY)
    for by in (stranger, watcher):
        with pytest.raises(NotPermitted):
            actions.take(call_id=call.pk, by=by, at=WORKDAY)
    assert calls.waiting(stranger) == []
    assert [row.pk for row in calls.waiting(watcher)] == [call.pk]
    other = Actor("partner", line.speaks.id + 1, line.speaks.roles, line.speaks.scope)  # another's token
    news = call.events.get(kind=H.QUEUED).as_told()
    with pytest.raises(NotPermitted):
        actions.receive(exchange=line.exchange, external="c9", told=news, by=other, at=WORKDAY)


def test_a_kept_place_becomes_a_call_back_and_an_answer_takes_it_back(line: Hotline) -> None:
    call = line.queued()
    line.tell(H.CALL_BACK_ASKED, 60)
    line.tell(H.HUNG_UP, 65)
    row = CallBack.objects.get()
    assert (row.place_at, row.status, row.phone) == (call.queued_at, Status.PROMISED, PHONE)
    line.tell(H.ANSWERED, 63, by=line.lawyer)  # told late: somebody had talked with them after all
    row.refresh_from_db()
    call.refresh_from_db()
    assert (row.status, call.state) == (Status.CANCELLED, State.WRAP_UP)


def test_a_call_back_is_tried_three_times_and_once_more(line: Hotline) -> None:
    line.queued()
    line.tell(H.MESSAGE_LEFT, 60)
    row = CallBack.objects.get()
    for _ in range(4):
        assert row.due_at is not None
        at = row.due_at
        actions.dial(call_back_id=row.pk, by=line.lawyer, at=at)
        with pytest.raises(Refused, match="in_other_hands"):
            actions.dial(call_back_id=row.pk, by=line.operator, at=at)
        row = actions.attempted(call_back_id=row.pk, result=Attempt.NO_ANSWER, by=line.lawyer, at=at)
    assert (row.status, row.counted, row.due_at) == (Status.UNREACHED, 3, None)
    assert CallBackAttempt.objects.count() == 4
    with pytest.raises(Refused, match="settled"):
        actions.dial(call_back_id=row.pk, by=line.lawyer, at=WORKDAY + later(9999))
    with pytest.raises(Refused, match="not_dialled"):
        actions.attempted(call_back_id=row.pk, result=Attempt.REACHED, by=line.lawyer, at=WORKDAY)


def test_nobody_is_rung_outside_their_hours(line: Hotline) -> None:
    line.queued()
    line.tell(H.CALL_BACK_ASKED, 60)
    row = CallBack.objects.get()
    with pytest.raises(Refused, match="outside_hours"):
        actions.dial(call_back_id=row.pk, by=line.lawyer, at=WORKDAY + timedelta(hours=12))  # 23:00
    CallBack.objects.update(may_call=False)
    with pytest.raises(Refused, match="no_calls"):
        actions.dial(call_back_id=row.pk, by=line.lawyer, at=WORKDAY)


def test_silence_closes_every_call_with_one_outcome(line: Hotline) -> None:
    line.queued("c1")
    actions.take(call_id=line.queued("c2").pk, by=line.lawyer, at=WORKDAY + later(1))
    assert actions.close_silent(at=WORKDAY + later(30)) == 0
    assert actions.close_silent(at=WORKDAY + timedelta(hours=5)) == 2
    assert actions.close_silent(at=WORKDAY + timedelta(hours=9)) == 0
    assert set(Call.objects.values_list("external", "outcome")) == {("c1", "lost"), ("c2", "answered")}
    assert OperatorState.objects.get(staff=line.lawyer.id).call == 0


def test_the_record_of_calls_verifies(line: Hotline) -> None:
    call = line.queued()
    actions.take(call_id=call.pk, by=line.lawyer, at=WORKDAY + later(1))
    line.tell(H.HUNG_UP, 90)
    wrapped_up(call, by=line.lawyer, at=WORKDAY + later(3))
    kinds = list(Event.objects.filter(stream=call.pk).order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        "call.arrived",
        "call.queued",
        "call.answered",
        "call.hung_up",
        "call.record_opened",
        "call.record_closed",
        "satisfaction.asked",
        "call.wrapped_up",
    ]
    assert list(verify()) == []


def test_the_screen_shows_earlier_calls_and_the_desks_route(line: Hotline) -> None:
    first = line.queued("c1")
    line.tell(H.HUNG_UP, 20)
    second = line.queued("c2")
    shown = calls.earlier_contacts(PHONE, besides=second.pk)
    assert [call.pk for call in shown.calls] == [first.pk]
    assert calls.earlier_contacts("").calls == []
    [desk] = desks.desks_now(line.desk.region, WORKDAY)
    assert (desk.on_duty, desk.ready, desk.lawyers, desk.waiting) == (2, 2, 1, 1)
    caller = Caller(topic="wages", place=line.desk.region)
    assert route(caller, [desk]).desk == line.desk.pk
    assert desks.free_staff(WORKDAY) == {line.lawyer.id, line.operator.id}


def test_a_hidden_number_is_a_call_as_any_other(line: Hotline) -> None:
    receipt = line.tell(H.ARRIVED, 0, about=About(language="yue", topic="wages"))
    assert (receipt.call.phone, receipt.call.phone_index, receipt.call.language) == ("", None, "yue")
