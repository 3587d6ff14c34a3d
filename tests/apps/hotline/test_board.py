"""The board and the reports from the record: what is told shows, nobody sees another region, and rebuilding agrees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.hotline import actions
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.models import Call, CallBack, CallEvent, OperatorState
from nuanxin.hotline.queries.board import board
from nuanxin.hotline.queries.reports import figures, period, seen
from nuanxin.hotline.rules.callbacks import SLOT
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.figures import report, result_of, waited_of
from nuanxin.hotline.rules.life import tell
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.staff import AT, GAOPING, make_staff

H = Happening
DAY = date(2026, 3, 2)
LATER = WORKDAY + timedelta(minutes=30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Hotline:
    return open_hotline()


def overseer(role: Role = Role.SUPERVISOR, region: int = GAOPING) -> Actor:
    return actor_for(make_staff(role, region), AT)


def a_day(line: Hotline, calls: int = 12) -> None:
    """Calls of every kind: of each four one is answered, one passed on, one hangs up, one asks to be rung back."""
    for n in range(calls):
        c, about = (
            f"d{n}",
            About(phone=f"1900000{n % 7:04d}", language=("zh", "yue")[n % 2], topic="wages", place=GAOPING),
        )
        line.tell(H.ARRIVED, n, call=c, about=about)
        line.tell(H.QUEUED, n + 5, call=c, desk=True)
        if n % 4 < 2:
            line.tell(H.ANSWERED, n + 10 + n, call=c, by=line.operator)
        if n % 4 == 1:
            line.tell(H.PASSED_ON, n + 60, call=c, by=line.operator, desk=True)
        if n % 4 == 3:
            line.tell(H.CALL_BACK_ASKED, n + 30, call=c)
        line.tell(H.HUNG_UP, n + 100, call=c)
        if n % 4 == 0:
            line.tell(H.WRAPPED_UP, n + 120, call=c, by=line.operator)


def test_a_desk_now_and_today(line: Hotline) -> None:
    a_day(line)
    line.queued("w1")
    line.tell(H.ARRIVED, 0, call="t1")
    line.tell(H.ANSWERED, 20, call="t1", by=line.lawyer, desk=True)
    CallBack.objects.update(desk=line.desk)
    (one,) = board(overseer(), LATER)
    assert (one.waiting, one.longest) == (1, WORKDAY + timedelta(seconds=10))
    # 12 calls: 6 answered (3 of them passed on), 3 abandoned, 3 to be rung back; the one of now makes 7 answered
    assert (one.tally.answered, one.tally.abandoned) == (7 if one.on_call else 6, 3)
    assert (one.seats["on_call"], one.seats["ready"], one.lawyers) == (1, 1, 1)
    assert one.call_backs == CallBack.objects.filter(status="promised").count() > 0
    assert one.overdue == CallBack.objects.filter(due_at__lte=LATER - SLOT).count()
    assert "wait" in one.alarms  # thirty minutes
    assert board(overseer(), WORKDAY + timedelta(days=1))[0].tally.asked == 0  # another day


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DECIDER, Role.AUDITOR])
def test_who_oversees_sees_their_region_alone(line: Hotline, role: Role) -> None:
    a_day(line)
    assert len(board(overseer(role), LATER)) == 1
    assert board(overseer(role, 440306_000000), LATER) == []
    limits: dict[str, Any] = {"at": LATER, "short": 5, "within": 30}
    assert figures(DAY, DAY, by=overseer(role), **limits).whole.tally.asked == 12
    assert figures(DAY, DAY, by=overseer(role, 440306_000000), **limits).whole.tally.asked == 0
    assert board(overseer(Role.CLERK), LATER) == []
    assert figures(DAY, DAY, by=overseer(Role.CLERK), **limits).whole.tally.asked == 0


@pytest.mark.parametrize(
    ("lawyer", "operator", "hours", "alarms"),
    [
        ("ready", "ready", "", ()),
        ("break", "ready", "", ()),  # on duty, though away for a moment
        ("off", "ready", "", ("no_lawyer",)),
        ("off", "off", "", ("no_lawyer", "nobody")),
        ("off", "off", "18:00-20:00", ()),  # it is 11:30: closed
    ],
)
def test_a_desk_without_a_lawyer_in_its_hours_raises_the_alarm(
    line: Hotline, lawyer: str, operator: str, hours: str, alarms: tuple[str, ...]
) -> None:
    actions.alter_desk(line.desk.pk, hours=hours, by=SYSTEM, at=AT)
    for person, state in ((line.lawyer, lawyer), (line.operator, operator)):
        OperatorState.objects.filter(staff=person.id).update(state=state)
    assert board(overseer(), LATER)[0].alarms == alarms


def test_the_wait_that_raises_the_alarm_is_the_regions_own(line: Hotline) -> None:
    line.queued()  # since ten seconds after the hour
    two = WORKDAY + timedelta(seconds=130)
    assert board(overseer(), two)[0].alarms == ()
    actions.put_setting(key="alarm_wait", region=GAOPING, value=60, valid_from=DAY, by=SYSTEM, at=AT)
    assert board(overseer(), two)[0].alarms == ("wait",)


def test_the_board_takes_as_many_statements_for_forty_calls_as_for_none(line: Hotline) -> None:
    by, counts = overseer(), []
    for calls in (0, 40):
        a_day(line, calls)
        with CaptureQueriesContext(
            connection,
        ) as log:
            board(by, LATER)
        counts.append(len(log))
    assert counts == [6, 6]  # settings, desks, live calls, seats, call-backs, today


def test_the_boards_day_reads_an_index_alone(line: Hotline) -> None:
    rows = Call.objects.filter(arrived_at__gte=AT, arrived_at__lte=LATER).order_by()
    plan = rows.values_list("desk", "result", "waited_s").explain()
    if connection.vendor == "sqlite":
        assert "COVERING INDEX hotline_call_figures" in plan


def test_every_figure_is_the_same_when_the_calls_are_rebuilt_from_their_events(line: Hotline) -> None:
    a_day(line, 24)
    line.tell(H.ANSWERED, 50, call="d2", by=line.lawyer)  # told late: abandoned no longer
    later = LATER + timedelta(days=8)
    stored = figures(DAY, DAY, by=overseer(), at=later, short=5, within=30)
    rebuilt = []
    for call in Call.objects.all():
        life = tell(event.as_told() for event in CallEvent.objects.filter(call=call))
        assert life.arrived_at is not None
        rebuilt.append(
            seen(
                life.arrived_at, result_of(life), waited_of(life), life.desk, call.language, call.place, call.topic,
                life.passed_by, call.phone_index,
            )
        )  # fmt: skip
    begin, end = period(DAY, DAY)
    again = report(rebuilt, first=begin, last=end, known_until=later, short=5, within=30)
    assert again == stored
    assert stored.whole.first > 0
    assert stored.whole.tally.answered == 13
