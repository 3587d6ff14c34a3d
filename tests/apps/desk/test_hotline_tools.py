"""Beside the call in hand: who talks sees that a supervisor listens, adds an interpreter, and ends the recording."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.actions.interpreters import keep_interpreter
from nuanxin.hotline.models import Call, Exchange, VoiceCommand
from nuanxin.hotline.rules.calls import Happening
from tests.apps.desk.conftest import GAOPING, Desk
from tests.factories.hotline import WORKDAY, Hotline, open_hotline

PAGE, TALKS = "/desk/hotline/", "/desk/hotline/under-way/"
NOW = WORKDAY + timedelta(minutes=5)
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(NOW, tick=False):
        hotline = open_hotline()
        Exchange.objects.update(kind=Exchange.Kind.ARI)
        yield hotline


def talking(line: Hotline, recording: str = "agreed") -> Call:
    line.tell(Happening.ARRIVED, 0, about=About(recording=recording))
    line.tell(Happening.QUEUED, 10, desk=True)
    return line.tell(Happening.ANSWERED, 20, by=line.lawyer).call


def at_the_desk(desk: Desk, line: Hotline) -> Client:
    return desk("", staff=Staff.objects.get(pk=line.lawyer.id))


def test_who_talks_sees_within_a_second_that_somebody_listens(desk: Desk, line: Hotline) -> None:
    call = talking(line)
    watcher, lawyer = desk(Role.SUPERVISOR), at_the_desk(desk, line)
    quiet = lawyer.get(f"{PAGE}live/").json()["tools"]
    before = watcher.get(f"{TALKS}live/").json()["talks"]
    assert watcher.post(f"{PAGE}{call.pk}/listen/", {"extension": ""}).status_code == 409
    assert watcher.post(f"{PAGE}{call.pk}/listen/", {"extension": "900"}).status_code == 302
    assert watcher.get(f"{TALKS}live/").json()["talks"] != before
    assert "being rung" in watcher.get(TALKS, headers={"X-Part": "talks"}).content.decode()
    heard = lawyer.get(f"{PAGE}live/").json()["tools"]
    assert heard != quiet
    part = lawyer.get(PAGE, headers={"X-Part": "tools"}).content.decode()
    assert "A supervisor listens in" in part
    assert watcher.person.name in part  # type: ignore[attr-defined]
    watcher.post(f"{PAGE}{call.pk}/stop/")
    assert "A supervisor listens in" not in lawyer.get(PAGE).content.decode()


def test_an_interpreter_is_added_and_let_go_and_the_result_is_shown(desk: Desk, line: Hotline) -> None:
    call, lawyer = talking(line), at_the_desk(desk, line)
    row = keep_interpreter(
        region=GAOPING, label="彝语翻译", languages=["ii"], extension="7001", by=SYSTEM, at=NOW
    )
    assert "彝语翻译" in lawyer.get(PAGE).content.decode()
    assert lawyer.post(f"{PAGE}{call.pk}/interpreter/", {"interpreter": str(row.pk)}).status_code == 302
    page = lawyer.get(PAGE).content.decode()
    assert "Let the interpreter go" in page
    assert "being rung" in page
    VoiceCommand.objects.update(result="not_reached", done_at=NOW)
    page = lawyer.get(PAGE).content.decode()
    assert "did not answer" in page
    assert "Add an interpreter" in page
    stranger = desk("", staff=Staff.objects.get(pk=line.operator.id))
    assert stranger.post(f"{PAGE}{call.pk}/interpreter/", {"interpreter": str(row.pk)}).status_code == 409


def test_without_a_voice_of_ours_no_button_that_does_nothing(desk: Desk, line: Hotline) -> None:
    Exchange.objects.update(kind=Exchange.Kind.PUSH)
    keep_interpreter(region=GAOPING, label="彝语翻译", languages=["ii"], extension="7001", by=SYSTEM, at=NOW)
    talking(line)
    assert "Add an interpreter" not in at_the_desk(desk, line).get(PAGE).content.decode()
    talks = desk(Role.SUPERVISOR).get(TALKS).content.decode()
    assert "Listen in</button>" not in talks
    assert "at the telephone" in talks


def test_the_caller_takes_the_consent_back(desk: Desk, line: Hotline) -> None:
    call, lawyer = talking(line), at_the_desk(desk, line)
    assert "The caller takes it back" in lawyer.get(PAGE).content.decode()
    lawyer.post(f"{PAGE}{call.pk}/withdraw/")
    assert "The caller takes it back" not in lawyer.get(PAGE).content.decode()
    assert "no consent" in desk(Role.SUPERVISOR).get(TALKS).content.decode()


def test_who_was_not_asked_may_say_yes_in_the_talk(desk: Desk, line: Hotline) -> None:
    call, lawyer = talking(line, ""), at_the_desk(desk, line)
    assert "They said yes" in lawyer.get(PAGE).content.decode()
    stranger = desk("", staff=Staff.objects.get(pk=line.operator.id))
    assert stranger.post(f"{PAGE}{call.pk}/agreed/").status_code == 409
    call.refresh_from_db()
    assert call.recording == ""
    lawyer.post(f"{PAGE}{call.pk}/agreed/")
    lawyer.post(f"{PAGE}{call.pk}/agreed/")
    page = lawyer.get(PAGE).content.decode()
    assert "They said yes" not in page
    assert "The caller takes it back" in page
    said = Event.objects.get(stream=call.pk, kind="call.recording_agreed")
    assert (said.actor_id, said.payload["how"]) == (line.lawyer.id, "spoken")
    assert list(VoiceCommand.objects.values_list("kind", flat=True)) == ["record"]
    lawyer.post(f"{PAGE}{call.pk}/withdraw/")
    assert list(VoiceCommand.objects.order_by("pk").values_list("kind", flat=True)) == [
        "record",
        "stop_recording",
    ]
    assert lawyer.post(f"{PAGE}{call.pk}/agreed/").status_code == 409  # a no is a no
    assert "They said yes" not in lawyer.get(PAGE).content.decode()


def test_who_refused_or_whose_talk_no_voice_of_ours_leads_is_not_asked(desk: Desk, line: Hotline) -> None:
    call = talking(line, "")
    lawyer = at_the_desk(desk, line)
    Exchange.objects.update(kind=Exchange.Kind.PUSH)
    assert "They said yes" not in lawyer.get(PAGE).content.decode()
    assert lawyer.post(f"{PAGE}{call.pk}/agreed/").status_code == 409
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    Call.objects.update(external="hand-1")  # dialled at the telephone
    assert "They said yes" not in lawyer.get(PAGE).content.decode()
    Call.objects.update(external="1.1", recording="refused")
    assert "They said yes" not in lawyer.get(PAGE).content.decode()
    assert not VoiceCommand.objects.exists()
