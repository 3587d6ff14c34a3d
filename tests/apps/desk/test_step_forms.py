"""The forms of the steps: a second look at an odd one, and the correction of one that was entered by mistake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case
from tests.apps.desk.conftest import Desk
from tests.factories.story import GAOPING, JINCHENG, Story


@pytest.fixture
def lawyer(desk: Desk) -> Client:
    return desk(Role.LAWYER, JINCHENG)


@pytest.fixture
def case(offices: object, lawyer: Any) -> Case:
    story = Story(at=timezone.now()).in_progress()
    Case.objects.filter(pk=story.case_id).update(lawyer=lawyer.person.pk)
    return story.case


def day(on: date) -> dict[str, str]:
    return {"on_year": str(on.year), "on_month": str(on.month), "on_day": str(on.day)}


def post(client: Client, case: Case, action: str, **form: str) -> HttpResponse:
    case.refresh_from_db()
    answer = client.post(f"/desk/cases/{case.number}/{action}/", {"version": str(case.version), **form})
    assert isinstance(answer, HttpResponse)
    return answer


def test_an_odd_step_is_asked_about_and_then_taken_back(lawyer: Client, case: Case) -> None:
    page, today = f"/desk/cases/{case.number}/", timezone.localdate()
    assert "correct_step" not in lawyer.get(page).content.decode()  # there is nothing to correct yet
    typed = {"taken": "appeal.judged", **day(today)}
    asked = post(lawyer, case, "record_step", **typed)
    html = asked.content.decode()
    assert asked.status_code == 409
    assert "Look at this step again" in html
    assert "none is on record" in html
    assert 'name="sure"' in html
    assert "say why it is right" in post(lawyer, case, "record_step", **typed, sure=" ").content.decode()
    assert post(lawyer, case, "record_step", **typed, sure="工人自己拿到的判决").status_code == 302
    html = lawyer.get(page).content.decode()
    assert f"{page}correct_step/" in html
    assert "out of order" in html
    assert "工人自己拿到的判决" in html
    form = lawyer.get(f"{page}correct_step/").content.decode()
    assert f"Appeal judgment received · {today}" in form
    gone = {"which": "1", "gone": "on", "text": "点错了", **day(today)}
    assert post(lawyer, case, "correct_step", **gone).status_code == 302
    html = lawyer.get(page).content.decode()
    assert "taken back" in html
    assert "点错了" in html
    case.refresh_from_db()
    assert (case.steps, case.stage) == ([], "negotiation")


def test_a_correction_without_its_words_is_asked_for_them(lawyer: Client, case: Case) -> None:
    assert (
        post(lawyer, case, "record_step", taken="arbitration.filed", **day(timezone.localdate())).status_code
        == 302
    )
    answer = post(lawyer, case, "correct_step", which="1", gone="on", text="", **day(timezone.localdate()))
    assert answer.status_code == 422
    assert "What was wrong, and how it is" in answer.content.decode()


def test_the_clerk_of_another_place_finds_no_such_form(desk: Desk, case: Case) -> None:
    assert desk(Role.CLERK, 140522_000000).get(f"/desk/cases/{case.number}/correct_step/").status_code == 404
    assert desk(Role.CLERK, GAOPING).get(f"/desk/cases/{case.number}/correct_step/").status_code == 200


def test_a_hearing_is_entered_with_hour_and_place_and_called_off(lawyer: Client, case: Case) -> None:
    page, on = f"/desk/cases/{case.number}/", timezone.localdate() + timedelta(days=20)
    post(lawyer, case, "record_step", taken="arbitration.filed", **day(timezone.localdate()))
    assert "call_off_hearing" not in lawyer.get(page).content.decode()
    typed = {"taken": "arbitration.hearing", **day(on), "hour": "09:30", "place": "仲裁院三楼"}
    assert post(lawyer, case, "record_step", **typed).status_code == 302
    html = lawyer.get(page).content.decode()
    assert "09:30 仲裁院三楼" in html
    assert "call_off_hearing" in html
    assert post(lawyer, case, "record_step", **typed | {"hour": "25:00"}).status_code == 422
    assert post(lawyer, case, "call_off_hearing").status_code == 302
    assert "09:30 仲裁院三楼" not in lawyer.get(page).content.decode()


def test_the_last_day_to_sue_stands_on_the_case_page(lawyer: Client, case: Case) -> None:
    today = timezone.localdate()
    for taken in ("arbitration.filed", "arbitration.awarded"):
        post(lawyer, case, "record_step", taken=taken, **day(today))
    html = lawyer.get(f"/desk/cases/{case.number}/").content.decode()
    assert "Suing after the award: last day" in html
