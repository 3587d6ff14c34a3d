"""Listening in and interpreters: with consent, openly, on the record; only where a gateway of ours has the voice."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions import interpreters, listening
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.models import Call, Exchange, Interpreter, VoiceCommand
from nuanxin.hotline.queries.voice import beside, interpreters_for, under_way
from nuanxin.hotline.rules.calls import Happening
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.quality import person
from tests.factories.staff import GAOPING

pytestmark = pytest.mark.django_db
NOW = WORKDAY + timedelta(minutes=1)


@pytest.fixture
def line(db: None) -> Hotline:
    hotline = open_hotline()
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    hotline.exchange.refresh_from_db()
    return hotline


def talking(line: Hotline, *, recording: str = "agreed", language: str = "") -> Call:
    line.tell(Happening.ARRIVED, 0, about=About(recording=recording, language=language))
    line.tell(Happening.QUEUED, 10, desk=True)
    return line.tell(Happening.ANSWERED, 20, by=line.lawyer).call


def answer(row: VoiceCommand, result: str) -> None:
    VoiceCommand.objects.filter(pk=row.pk).update(result=result, done_at=NOW)


class TestListening:
    def test_it_is_a_command_an_event_and_seen_by_who_talks(self, line: Hotline) -> None:
        call, by = talking(line), person(Role.SUPERVISOR)
        row = listening.listen(call_id=call.pk, extension=" 900 ", by=by, at=NOW)
        assert (row.kind, row.extension) == ("listen_in", "900")
        said = Event.objects.get(kind="call.voice_asked")
        assert (said.stream, said.actor_id, said.payload["wish"]) == (call.pk, by.id, "listen_in")
        assert beside([call.pk])[call.pk].listeners == {by.id: ""}
        answer(row, "done")
        assert beside([call.pk])[call.pk].listeners == {by.id: "done"}
        listening.stop(call_id=call.pk, by=by, at=NOW)
        assert beside([call.pk])[call.pk].listeners == {}

    @pytest.mark.parametrize("result", ["not_reached", "failed", "too_late", "no_such_call"])
    def test_who_was_not_joined_does_not_listen(self, line: Hotline, result: str) -> None:
        call = talking(line)
        answer(listening.listen(call_id=call.pk, extension="900", by=person(Role.SUPERVISOR), at=NOW), result)
        assert beside([call.pk])[call.pk].listeners == {}

    @pytest.mark.parametrize("recording", ["", "refused"])
    def test_not_without_the_callers_consent(self, line: Hotline, recording: str) -> None:
        call = talking(line, recording=recording)
        with pytest.raises(Refused, match="no_consent"):
            listening.listen(call_id=call.pk, extension="900", by=person(Role.SUPERVISOR), at=NOW)
        assert not VoiceCommand.objects.exists()

    def test_only_supervisors_in_reach_and_only_a_talk_on_a_voice_of_ours(self, line: Hotline) -> None:
        call = talking(line)
        for by in (person(Role.SUPERVISOR, 440306_000000), person(Role.DECIDER), line.lawyer):
            with pytest.raises(NotPermitted):
                listening.listen(call_id=call.pk, extension="900", by=by, at=NOW)
        Exchange.objects.update(kind=Exchange.Kind.PUSH)
        with pytest.raises(Refused, match="no_voice"):
            listening.listen(call_id=call.pk, extension="900", by=person(Role.SUPERVISOR), at=NOW)
        Exchange.objects.update(kind=Exchange.Kind.ARI)
        line.tell(Happening.HUNG_UP, 60)
        with pytest.raises(Refused, match="not_talking"):
            listening.listen(call_id=call.pk, extension="900", by=person(Role.SUPERVISOR), at=NOW)

    def test_the_list_has_talks_in_reach_alone(self, line: Hotline, django_assert_num_queries: Any) -> None:
        call = talking(line)
        line.queued("c2")
        near, far = person(Role.SUPERVISOR, 140500_000000), person(Role.SUPERVISOR, 440306_000000)
        with django_assert_num_queries(1):
            assert [one.pk for one in under_way(near)] == [call.pk]
        assert under_way(far) == under_way(line.lawyer) == []


def kept(**changed: Any) -> Interpreter:
    given: dict[str, Any] = {
        "region": GAOPING, "label": "彝语翻译", "languages": ["ii"], "extension": "7001", "by": SYSTEM, "at": NOW,
    }  # fmt: skip
    return interpreters.keep_interpreter(**(given | changed))


class TestInterpreters:
    def test_the_register_and_its_event(self, line: Hotline) -> None:
        first = kept()
        again = kept(label="彝语", languages=["ii", "zh", "ii"], active=False)
        assert first.pk == again.pk
        assert (again.languages, again.active) == (["ii", "zh"], False)
        assert Event.objects.filter(kind="hotline.interpreter_kept").count() == 2

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"label": " "}, "label"),
            ({"languages": []}, "languages"),
            ({"languages": ["klingon"]}, "languages"),
            ({"extension": "13800138000"}, "extension"),  # a telephone does not lie here
            ({"extension": "7"}, "extension"),
            ({"extension": "７００１"}, "extension"),
            ({"hours": "9-17"}, "hours"),
        ],
    )
    def test_what_is_no_interpreter_is_refused(self, db: None, changed: dict[str, Any], code: str) -> None:
        with pytest.raises(Refused) as refused:
            kept(**changed)
        assert refused.value.code == code
        assert not Interpreter.objects.exists()

    def test_only_administrators_of_the_region_keep_it(self, line: Hotline) -> None:
        kept(by=person(Role.ADMINISTRATOR))
        for by in (person(Role.ADMINISTRATOR, 440306_000000), person(Role.SUPERVISOR), line.operator):
            with pytest.raises(NotPermitted):
                kept(by=by)

    def test_who_speaks_the_language_comes_first_and_who_is_away_not_at_all(self, line: Hotline) -> None:
        call = talking(line, language="ug")
        kept(label="甲")
        kept(label="乙", extension="7002", languages=["ug"], region=140000_000000)
        kept(label="丙", extension="7003", languages=["ug"], hours="20:00-22:00")
        kept(label="丁", extension="7004", languages=["ug"], active=False)
        kept(label="戊", extension="7005", languages=["ug"], region=440000_000000)
        kept(label="己", extension="7006", languages=["en"], region=0)
        assert [one.label for one in interpreters_for(call, at=NOW)] == ["乙", "甲", "己"]

    def test_registered_by_command(self, line: Hotline) -> None:
        given = (
            "hotline",
            "interpreter",
            "彝语翻译",
            "7001",
            "--region",
            "140581",
            "--languages",
            "ii",
            "zh",
        )
        call_command(*given, stdout=StringIO())
        assert (Interpreter.objects.get().extension, Interpreter.objects.get().languages) == (
            "7001",
            ["ii", "zh"],
        )
        call_command(*given, "--off", stdout=StringIO())
        assert not Interpreter.objects.get().active
        with pytest.raises(CommandError):
            call_command(
                "hotline", "interpreter", "x", "13800138000", "--region", "140581", "--languages", "ii"
            )

    def test_joined_and_let_go_by_who_talks(self, line: Hotline) -> None:
        call, row = talking(line), kept()
        asked = interpreters.join(call_id=call.pk, interpreter_id=row.pk, by=line.lawyer, at=NOW)
        assert (asked.kind, asked.extension) == ("add_interpreter", "7001")
        assert beside([call.pk])[call.pk].interpreter == asked
        with pytest.raises(Refused, match="not_yours"):
            interpreters.join(call_id=call.pk, interpreter_id=row.pk, by=line.operator, at=NOW)
        with pytest.raises(Refused, match="not_there"):
            interpreters.join(call_id=call.pk, interpreter_id=row.pk + 1, by=line.lawyer, at=NOW)
        gone = interpreters.drop(call_id=call.pk, by=line.lawyer, at=NOW)
        newest = beside([call.pk])[call.pk].interpreter
        assert newest is not None
        assert newest.kind == gone.kind == "drop_interpreter"
