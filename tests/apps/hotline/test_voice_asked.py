"""What the desk may ask of the voice: by whom, when, once."""

from __future__ import annotations

import pytest

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import actions
from nuanxin.hotline.actions import voice
from nuanxin.hotline.models import Call, Exchange, VoiceCommand
from nuanxin.hotline.rules.calls import Happening, State
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.staff import AT, make_staff

pytestmark = pytest.mark.django_db
K, H = VoiceCommand.Kind, Happening


@pytest.fixture
def line(db: object) -> Hotline:
    opened = open_hotline()
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    opened.exchange.refresh_from_db()
    return opened


def talking(line: Hotline) -> Call:
    line.queued()
    return line.tell(H.ANSWERED, 20, by=line.lawyer).call


def supervisor() -> Actor:
    return actor_for(make_staff(Role.SUPERVISOR), AT)


@pytest.mark.parametrize("kind", [K.HANG_UP, K.ADD_INTERPRETER, K.DROP_INTERPRETER])
def test_only_who_has_the_call_leads_its_voice(line: Hotline, kind: VoiceCommand.Kind) -> None:
    call = talking(line)
    asked = actions.ask(call=call, kind=kind, by=line.lawyer, at=WORKDAY, extension="990")
    assert (asked.kind, asked.by, asked.exchange_id, asked.result) == (
        kind,
        line.lawyer.id,
        line.exchange.pk,
        "",
    )
    assert Event.objects.filter(stream=call.pk, kind="call.voice_asked").count() == 1
    with pytest.raises(Refused, match="not_yours"):
        actions.ask(call=call, kind=kind, by=line.operator, at=WORKDAY, extension="990")


def test_pressed_twice_it_is_asked_once(line: Hotline) -> None:
    call = talking(line)
    first = actions.ask(call=call, kind=K.HANG_UP, by=line.lawyer, at=WORKDAY)
    assert actions.ask(call=call, kind=K.HANG_UP, by=line.lawyer, at=WORKDAY).pk == first.pk
    assert VoiceCommand.objects.count() == 1


@pytest.mark.parametrize("consent", ["", "refused"])
def test_nobody_listens_in_without_the_callers_consent(line: Hotline, consent: str) -> None:
    call = talking(line)
    Call.objects.update(recording=consent)
    with pytest.raises(Refused, match="no_consent"):
        actions.ask(call=call, kind=K.LISTEN_IN, by=supervisor(), at=WORKDAY, extension="700")
    assert not VoiceCommand.objects.exists()
    # Who listens already may always stop.
    assert actions.ask(call=call, kind=K.STOP_LISTENING, by=supervisor(), at=WORKDAY)


def test_supervisors_listen_and_nobody_else(line: Hotline) -> None:
    call = talking(line)
    Call.objects.update(recording="agreed")
    asked = actions.ask(call=call, kind=K.LISTEN_IN, by=supervisor(), at=WORKDAY, extension="700")
    assert asked.extension == "700"
    for other in (line.lawyer, line.operator, line.speaks):
        with pytest.raises(NotPermitted):
            actions.ask(call=call, kind=K.LISTEN_IN, by=other, at=WORKDAY, extension="700")


def test_a_listening_telephone_must_be_named_and_be_one(line: Hotline) -> None:
    call = talking(line)
    Call.objects.update(recording="agreed")
    for wrong in ("", "700@evil", "7 0", "/"):
        with pytest.raises(Refused, match="no_telephone"):
            actions.ask(call=call, kind=K.LISTEN_IN, by=supervisor(), at=WORKDAY, extension=wrong)


def test_taking_rings_the_own_seat_and_leaves_the_call_where_it_is(line: Hotline) -> None:
    call = line.queued()
    taken = actions.take(call_id=call.pk, by=line.lawyer, at=WORKDAY)
    assert taken.state == State.QUEUED
    row = VoiceCommand.objects.get()
    assert (row.kind, row.extension) == (K.TAKE, "801")


def test_a_call_that_somebody_has_is_not_asked_for(line: Hotline) -> None:
    call = talking(line)
    with pytest.raises(Refused, match="taken"):
        actions.ask(call=call, kind=K.TAKE, by=line.operator, at=WORKDAY)


def test_a_call_passed_on_is_followed(line: Hotline) -> None:
    call = talking(line)
    actions.pass_on(call_id=call.pk, desk=line.desk, by=line.lawyer, at=WORKDAY)
    assert VoiceCommand.objects.get().kind == K.FOLLOW
    with pytest.raises(ValueError, match="passed on"):
        actions.ask(call=call, kind=K.FOLLOW, by=line.lawyer, at=WORKDAY)


def test_ringing_back_belongs_to_who_dials(line: Hotline) -> None:
    line.queued()
    line.tell(H.CALL_BACK_ASKED, 30)
    call = line.tell(H.HUNG_UP, 40).call
    back = call.call_backs.get()
    with pytest.raises(Refused, match="not_dialled"):
        voice.ring(back, line.exchange, by=line.lawyer, at=WORKDAY)
    back = actions.dial(call_back_id=back.pk, by=line.lawyer, at=WORKDAY)
    command = voice.ring(back, line.exchange, by=line.lawyer, at=WORKDAY)
    assert (command.extension, command.call_back, command.call) == ("801", back, None)
    assert voice.ring(back, line.exchange, by=line.lawyer, at=WORKDAY) == command
    with pytest.raises(Refused, match="not_dialled"):
        voice.ring(back, line.exchange, by=line.operator, at=WORKDAY)
    with pytest.raises(ValueError, match="rung back"):
        actions.ask(call=call, kind=K.RING_BACK, by=line.lawyer, at=WORKDAY)


def test_an_exchange_that_only_pushes_has_no_voice(line: Hotline) -> None:
    Exchange.objects.update(kind=Exchange.Kind.PUSH)
    call = talking(line)
    with pytest.raises(Refused, match="no_voice"):
        actions.ask(call=call, kind=K.HANG_UP, by=line.lawyer, at=WORKDAY)
