"""The pages of board and reports: who may open them, what changes by itself, the file without anything personal."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from nuanxin.audit.actor import WORKER, Role
from nuanxin.desk.wording.hotline_register import desk_name
from nuanxin.hotline.actions import Wish, ask_call_back, questions
from nuanxin.hotline.models import Call
from nuanxin.hotline.rules.callbacks import SLOT
from nuanxin.hotline.rules.promising import Door
from tests.apps.desk.conftest import SHENZHEN, Desk
from tests.apps.hotline.test_board import a_day
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.questions import asked
from tests.factories.staff import GAOPING

BOARD, REPORTS = "/desk/hotline/board/", "/desk/hotline/reports/"
pytestmark = pytest.mark.django_db
TODAY = "?first=2026-03-02&last=2026-03-02"


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(WORKDAY + timedelta(minutes=5), tick=False):
        yield open_hotline()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SUPERVISOR, 200), (Role.DECIDER, 200), (Role.AUDITOR, 200),
        (Role.OPERATOR, 403), (Role.CLERK, 403), (Role.ADMINISTRATOR, 403),
    ],
)  # fmt: skip
def test_who_may_open_them(desk: Desk, line: Hotline, role: Role, status: int) -> None:
    browser = desk(role)
    for page in (BOARD, f"{BOARD}live/", REPORTS, f"{REPORTS}figures.csv"):
        assert browser.get(page).status_code == status, page


def test_the_board_changes_when_something_moves_and_only_then(desk: Desk, line: Hotline) -> None:
    watcher = desk(Role.SUPERVISOR)
    before = watcher.get(f"{BOARD}live/").json()["board"]
    assert watcher.get(f"{BOARD}live/").json()["board"] == before
    line.queued()
    assert watcher.get(f"{BOARD}live/").json()["board"] != before
    part = watcher.get(BOARD, headers={"X-Part": "board"}).content.decode()
    assert "<html" not in part
    assert "Somebody waits too long" in part  # since ten seconds after the hour, now five past
    far = desk(Role.SUPERVISOR, SHENZHEN)
    assert "No desk in your region" in far.get(BOARD).content.decode()


def test_the_reports_say_what_each_figure_means(desk: Desk, line: Hotline) -> None:
    a_day(line, 20)
    text = desk(Role.SUPERVISOR).get(REPORTS + TODAY).content.decode()
    assert "50.0%" in text  # ten of twenty answered
    assert "Hung up in a queue after more than 5 seconds" in text
    assert "<title" in text
    assert "19000000001" not in text
    assert "No call wanted a person" in desk(Role.SUPERVISOR, SHENZHEN).get(REPORTS + TODAY).content.decode()


def test_the_file_has_the_same_figures_and_nothing_personal(desk: Desk, line: Hotline) -> None:
    a_day(line, 20)
    Call.objects.filter(external="d0").update(language="bo")  # one alone: not to be told
    answer = desk(Role.SUPERVISOR).get(f"{REPORTS}figures.csv{TODAY}")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["calls"] == "20"
    assert rows[0]["answered_share"] == "0.5"
    assert {row["by"] for row in rows} == {"all", "hour", "desk", "county", "language"}
    spoken = {row["group"]: row["calls"] for row in rows if row["by"] == "language"}
    assert spoken["bo"].startswith("fewer")
    assert "1900000" not in text


@pytest.mark.parametrize(
    "period",
    [
        "?first=2026-03-02&last=2026-03-01",
        "?first=2026-01-01&last=2026-12-31",
        "?first=x&last=2026-03-01",
        "?first=",
    ],
)
def test_a_wrong_period_is_said_and_kept(desk: Desk, line: Hotline, period: str) -> None:
    watcher = desk(Role.AUDITOR)
    answer = watcher.get(REPORTS + period)
    assert answer.status_code == 422
    assert 'class="error' in answer.content.decode()
    assert watcher.get(f"{REPORTS}figures.csv{period}").status_code == 422


def test_late_questions_and_missed_half_hours_are_seen_by_who_oversees(desk: Desk, line: Hotline) -> None:
    watcher, far = desk(Role.SUPERVISOR), desk(Role.SUPERVISOR, SHENZHEN)
    before = watcher.get(f"{BOARD}live/").json()["board"]
    question = asked(at=WORKDAY)
    back = ask_call_back(door=Door.WEB, wish=Wish("13900139000", GAOPING), by=WORKER, at=WORKDAY)
    assert back.due_at is not None
    assert question.next_by is not None
    # Nothing is late yet: the list of alarms is empty, and so is the page of the higher level.
    assert "without an answer in the promised time" not in watcher.get(BOARD).content.decode()
    assert "Call-backs missed" not in watcher.get("/desk/overdue/").content.decode()
    late = max(question.next_by, back.due_at + SLOT)
    with time_machine.travel(late + timedelta(minutes=1), tick=False):
        page = watcher.get(BOARD).content.decode()
        assert "1 without an answer in the promised time" in page
        assert "Call-backs overdue" in page
        assert watcher.get(f"{BOARD}live/").json()["board"] != before
        page = watcher.get("/desk/overdue/").content.decode()
        row = page[page.index("Call-backs missed, by desk") :]
        assert (desk_name(line.desk) in row, ">1</td>" in row) == (True, True)
        assert "Questions among them" in page
        assert "Call-backs missed" not in far.get("/desk/overdue/").content.decode()
        assert "without an answer" not in far.get(BOARD).content.decode()
        questions.answer(case_id=question.pk, text="可以要。", by=line.lawyer, at=late)
        assert "without an answer in the promised time" not in watcher.get(BOARD).content.decode()


@pytest.mark.parametrize(
    ("first", "last"),
    [("0001-01-01", "0001-02-01"), ("1999-12-31", "2000-01-01"), ("9999-12-01", "9999-12-31"), ("x", "\x00")],
)
def test_a_period_at_the_ends_of_the_calendar_is_refused(
    first: str, last: str, desk: Desk, line: Hotline
) -> None:
    browser = desk(Role.SUPERVISOR)
    for page in (REPORTS, f"{REPORTS}figures.csv"):
        assert browser.get(page, {"first": first, "last": last}).status_code == 422
