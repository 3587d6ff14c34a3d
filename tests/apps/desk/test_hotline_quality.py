"""Pages of quality: who sees what, a score and an objection, hearing a recording in parts, the list of dissatisfied."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.models import Event
from nuanxin.hotline import actions
from nuanxin.hotline.actions import recordings, satisfaction
from nuanxin.hotline.actions.quality import draw_due
from nuanxin.hotline.models import CallBack, QualityCheck, QualitySample, Recording, Satisfaction
from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.quality import POINTS
from tests.apps.desk.conftest import Desk
from tests.apps.hotline.test_recordings import WAV
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.quality import MONDAY, answered, drawn, ended
from tests.statements import counted

PAGE = "/desk/hotline/quality/"
CALLERS = "/desk/hotline/dissatisfied/"
FULL = {**dict.fromkeys(POINTS, "2"), "note_next_step": "下一步说得很清楚"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield open_hotline()


def seated(desk: Desk, who: Actor) -> Client:
    return desk("", staff=Staff.objects.get(pk=who.id))


def kept(line: Hotline, row: QualityCheck) -> Recording:
    return recordings.keep(
        call=row.call, name="r", content=WAV, seconds=61, consent_at=WORKDAY, by=line.speaks, at=ended()
    )


def test_a_check_from_the_draw_to_the_second_score(desk: Desk, line: Hotline) -> None:
    row = drawn(line)
    checker, lawyer = desk(Role.SUPERVISOR), seated(desk, line.lawyer)
    assert f"{PAGE}{row.pk}/" in checker.get(PAGE).content.decode()
    assert lawyer.get(f"{PAGE}{row.pk}/").status_code == 404  # nobody knows beforehand
    empty = checker.post(f"{PAGE}{row.pk}/", {"greeting": "2"})
    assert empty.status_code == 422
    assert 'value="2"' in empty.content.decode()
    low = FULL | {"right_law": "0", "serious": "on", "note_serious": "期限说错"}
    assert checker.post(f"{PAGE}{row.pk}/", low).status_code == 302
    own = lawyer.get(f"{PAGE}{row.pk}/").content.decode()
    assert "期限说错" in own
    assert "10 / 12" in own
    assert "I do not agree" in own
    assert lawyer.post(f"{PAGE}{row.pk}/object/", {"text": "没有说错"}).status_code == 302
    assert lawyer.post(f"{PAGE}{row.pk}/object/", {"text": "没有说错"}).status_code == 409
    assert "I do not agree" not in lawyer.get(f"{PAGE}{row.pk}/").content.decode()
    again = checker.get(f"{PAGE}{row.pk}/").content.decode()
    assert "somebody else looks at the objection" in again
    assert "没有说错" in again
    assert "Keep this score" not in again
    assert desk(Role.DECIDER).post(f"{PAGE}{row.pk}/", FULL).status_code == 302
    row.refresh_from_db()
    assert (row.total, row.serious) == (12, False)
    assert "12 / 12" in lawyer.get(PAGE).content.decode()


def test_who_sees_the_checks(desk: Desk, line: Hotline) -> None:
    row = drawn(line)
    own = f"{PAGE}{row.pk}/"
    for role, region, status in (
        (Role.AUDITOR, 140581_000000, 200), (Role.DECIDER, 140581_000000, 200), (Role.SUPERVISOR, 440306_000000, 404),
        (Role.OPERATOR, 140581_000000, 404), (Role.CLERK, 140581_000000, 403),
    ):  # fmt: skip
        assert desk(role, region).get(own).status_code == status, role
    auditor = desk(Role.AUDITOR)
    assert "Keep this score" not in auditor.get(own).content.decode()
    assert auditor.post(own, FULL).status_code == 403
    assert not QualityCheck.objects.filter(scored_at__isnull=False).exists()


def test_a_recording_is_heard_with_a_reason_and_in_parts(desk: Desk, line: Hotline) -> None:
    row = drawn(line)
    sound = kept(line, row)
    checker, other = desk(Role.SUPERVISOR), desk(Role.DECIDER)
    hear = f"/desk/hotline/recordings/{sound.pk}/"
    assert hear in checker.get(f"{PAGE}{row.pk}/").content.decode()
    assert not Event.objects.filter(kind="recording.heard").exists()  # looking at the page hears nothing
    assert checker.post(hear, {"reason": "curious"}).status_code == 404
    assert desk(Role.SUPERVISOR, 440306_000000).post(hear, {"reason": "check"}).status_code == 403
    page = checker.post(hear, {"reason": "check"}).content.decode()
    address = page.partition("<audio controls")[2].partition('src="')[2].partition('"')[0]
    assert Event.objects.get(kind="recording.heard").payload["reason"] == "check"
    whole = checker.get(address)
    assert (whole.status_code, whole.content, whole["Content-Type"]) == (200, WAV, "audio/wav")
    assert whole["Cache-Control"] == "private, no-store"
    part = checker.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content, part["Content-Range"]) == (
        206,
        WAV[10:20],
        f"bytes 10-19/{len(WAV)}",
    )
    assert checker.get(address, headers={"Range": "bytes=999999-"}).status_code == 416
    assert other.get(address).status_code == 404  # the address opens for who said why, and nobody else
    assert checker.get(hear + "forged/").status_code == 404
    assert Event.objects.filter(kind="recording.heard").count() == 1  # once for each press, not for each part
    with time_machine.travel(MONDAY + timedelta(hours=3), tick=False):
        assert checker.get(address).status_code in {302, 404}
    recordings.withdraw(call_id=row.call_id, by=line.speaks, at=MONDAY)
    assert checker.get(address).status_code == 404
    assert checker.post(hear, {"reason": "check"}).status_code == 404
    assert "took the consent back" in checker.get(f"{PAGE}{row.pk}/").content.decode()


def test_the_caller_takes_the_consent_back_at_the_desk(desk: Desk, line: Hotline) -> None:
    sound = kept(line, drawn(line))
    far = desk(Role.OPERATOR, 440306_000000)
    assert far.post(f"/desk/hotline/{sound.call_id}/withdraw/").status_code == 403
    assert seated(desk, line.operator).post(f"/desk/hotline/{sound.call_id}/withdraw/").status_code == 302
    sound.refresh_from_db()
    assert sound.deleted_for == "withdrawn"


def test_a_dissatisfied_caller_is_closed_by_somebody_else_after_the_call(desk: Desk, line: Hotline) -> None:
    with time_machine.travel(ended(), tick=False):
        answered(line)
        row = satisfaction.rate_by_text(phone=PHONE, score=1, at=ended())
        talked, operator, watcher = (
            seated(desk, line.lawyer),
            seated(desk, line.operator),
            desk(Role.SUPERVISOR),
        )
        assert "To be rung by" in operator.get(CALLERS).content.decode()
        assert "Your own call" in talked.get(CALLERS).content.decode()
        assert "1 of 5" in watcher.get(CALLERS).content.decode()
        form = {f"{row.pk}-code": "corrected", f"{row.pk}-note": "重算了"}
        assert operator.post(f"{CALLERS}{row.pk}/", form).status_code == 409
        back = CallBack.objects.get(reason="dissatisfied")
        actions.dial(call_back_id=back.pk, by=line.operator, at=ended())
        actions.attempted(call_back_id=back.pk, result=Attempt.REACHED, by=line.operator, at=ended())
        assert "Close it" in operator.get(CALLERS).content.decode()
        assert "Close it" not in talked.get(CALLERS).content.decode()
        assert operator.post(f"{CALLERS}{row.pk}/", {f"{row.pk}-code": ""}).status_code == 422
        assert talked.post(f"{CALLERS}{row.pk}/", form).status_code == 409
        assert desk(Role.AUDITOR).post(f"{CALLERS}{row.pk}/", form).status_code == 403
        assert operator.post(f"{CALLERS}{row.pk}/", form).status_code == 302
        assert "Nobody waits" in watcher.get(CALLERS).content.decode()
        assert Satisfaction.objects.get().remedied_by == line.operator.id
        figures = watcher.get(f"{PAGE}figures/").content.decode()
        assert "100 %" in figures


@pytest.mark.parametrize(
    ("page", "most"), [(PAGE, 8), (f"{PAGE}figures/", 8), (CALLERS, 8), ("/desk/hotline/under-way/", 8)]
)
def test_the_lists_keep_their_statements_with_few_and_with_many(
    desk: Desk, line: Hotline, page: str, most: int
) -> None:
    checker = desk(Role.SUPERVISOR)
    costs = []
    for count in (2, 12):
        for n in range(count):
            call = answered(
                line, call=f"c{count}-{n}", second=count * 10000 + n * 400, phone=f"138{count:04d}{n:04d}"
            )
            satisfaction.rate_by_text(phone=call.phone or "", score=1, at=ended(count * 10000 + n * 400))
        QualityCheck.objects.all().delete()
        QualitySample.objects.all().delete()
        draw_due(at=MONDAY)
        checker.get(page)
        with CaptureQueriesContext(connection) as made:
            assert checker.get(page).status_code == 200
        costs.append(counted(made.captured_queries))
    assert costs[1] <= most
    assert costs[0] == costs[1]
