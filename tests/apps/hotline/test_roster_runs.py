"""The search as a long job: asked for, run, watched, stopped and gone on with; months without a roster say why."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from nuanxin.audit.actor import SYSTEM
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import rostering
from nuanxin.hotline.actions.absences import ask_absence, decide_absence
from nuanxin.hotline.actions.duties import publish
from nuanxin.hotline.actions.roster_runs import ask_run, claim_run, note_progress, stop_run, unpack
from nuanxin.hotline.jobs import solve_rosters
from nuanxin.hotline.models import Call, DayNeed, Duty, RosterMonth, RosterRun, ShiftTemplate, StationDesk
from nuanxin.hotline.queries.rosters import as_duty, moment, plain_month
from nuanxin.hotline.rules.calls import Outcome, State
from nuanxin.hotline.rules.rosters.answer import Progress, Roster
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.hotline.rules.rosters.solve import solve_month
from tests.factories.rosters import APRIL, Rostered, open_station_here
from tests.factories.staff import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def here() -> Rostered:
    return open_station_here()


class Clock:
    """A clock that goes on by a second at each look."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def _run(here: Rostered, **more: object) -> RosterRun:
    run = ask_run(roster_id=here.month().pk, seconds=60, by=here.planner, at=AT)
    assert rostering.run_waiting(AT, clock=Clock(), **more) == 1
    return RosterRun.objects.get(pk=run.pk)


def test_a_month_is_searched_and_kept_as_the_draft(here):
    said: list[str] = []
    run = _run(here, tell=said.append)
    # Two lawyers with 15 duties, 120 hours, each; who is no lawyer has none: 120 less the 16 that months may differ by.
    assert (run.state, run.proved, run.cost) == (RosterRun.State.DONE, True, 104)
    roster = run.roster
    assert (
        check_roster(plain_month(roster), [as_duty(one) for one in Duty.objects.filter(roster=roster)]) == []
    )
    assert Duty.objects.filter(roster=roster).count() == 30
    assert roster.state == RosterMonth.State.DRAFT
    assert said[0].startswith("weeks 0/")
    publish(roster_id=roster.pk, by=here.planner, at=LATER)


def test_nobody_is_asked_twice_and_only_who_plans_asks(here):
    roster = here.month()
    run = ask_run(roster_id=roster.pk, by=here.planner, at=AT)
    assert ask_run(roster_id=roster.pk, by=here.planner, at=AT).pk == run.pk
    with pytest.raises(NotPermitted):
        ask_run(roster_id=roster.pk, by=here.people[0], at=AT)
    with pytest.raises(NotPermitted):
        stop_run(run_id=run.pk, by=here.people[0], at=AT)
    with pytest.raises(Refused, match="solving"):
        publish(roster_id=roster.pk, by=here.planner, at=AT)


def test_a_year_without_its_holidays_is_refused(here):
    roster = here.month(date(2099, 1, 1))
    with pytest.raises(Refused, match="calendar_missing"):
        ask_run(roster_id=roster.pk, by=here.planner, at=AT)


def test_a_month_that_cannot_be_says_why_in_both_languages(here):
    day = APRIL + timedelta(7)
    for lawyer in here.people[:2]:
        row = ask_absence(kind="leave", first=day, last=day, by=lawyer, at=AT)
        decide_absence(absence_id=row.pk, approve=True, by=here.planner, at=AT)
    run = _run(here)
    assert (run.state, run.proved) == (RosterRun.State.NONE, True)
    assert "2026年4月8日" in run.reasons[0]["zh"]
    assert "8 April 2026" in run.reasons[0]["en"]
    assert {one["code"] for one in run.reasons} == {"demand", "leave", "too_few"}
    assert not Duty.objects.exists()


def test_a_search_that_is_stopped_keeps_its_best_and_is_gone_on_with(here):
    roster = here.month()
    first = ask_run(roster_id=roster.pk, seconds=60, by=here.planner, at=AT)

    def stop_in_the_third_week(words: str) -> None:
        if words.startswith("weeks 2/"):
            stop_run(run_id=first.pk, by=here.planner, at=LATER)

    rostering.run_waiting(AT, clock=Clock(), tell=stop_in_the_third_week)
    first.refresh_from_db()
    assert first.state == RosterRun.State.STOPPED
    # 1 April 2026 is a Wednesday: the first two weeks end on the 12th, one person a day.
    known = unpack(first.best)
    assert max(one.day for one in known) >= APRIL + timedelta(11)
    assert len(known) < 30
    assert not Duty.objects.filter(roster=roster).exists()  # a part is no draft
    with pytest.raises(Refused):
        publish(roster_id=roster.pk, by=here.planner, at=LATER)
    second = ask_run(roster_id=roster.pk, seconds=60, by=here.planner, at=LATER)
    assert unpack(second.best) == known
    rostering.run_waiting(LATER, clock=Clock())
    second.refresh_from_db()
    assert second.state == RosterRun.State.DONE


def test_a_whole_draft_is_where_the_next_search_begins(here):
    roster = here.month()
    here.filled(roster)
    asked = plain_month(roster)
    start = [as_duty(one) for one in Duty.objects.filter(roster=roster)]
    seen: list[Progress] = []

    def at_once(progress: Progress) -> bool:
        seen.append(progress)
        return True

    found = solve_month(asked, 60, start=start, tell=at_once)
    assert isinstance(found, Roster)
    assert found.duties == tuple(sorted(start))  # stopped at once, it gives back what it had
    assert seen[0].cost is not None


def test_the_time_limit_and_a_lost_worker(here):
    run = ask_run(roster_id=here.month().pk, seconds=10, by=here.planner, at=AT)
    assert claim_run(at=AT) == run
    assert claim_run(at=AT + timedelta(seconds=30)) is None  # somebody is at it
    assert not note_progress(run_id=run.pk, progress=Progress(), at=AT + timedelta(seconds=9))
    assert note_progress(run_id=run.pk, progress=Progress(), at=AT + timedelta(seconds=10))
    assert claim_run(at=AT + timedelta(seconds=71)) == run  # nothing was heard for a minute


def test_the_worker_runs_what_waits_and_survives_a_fault(here, monkeypatch):
    assert solve_rosters(AT) == 0
    run = ask_run(roster_id=here.month().pk, seconds=60, by=here.planner, at=AT)
    monkeypatch.setattr(rostering, "solve_month", lambda *_, **__: 1 / 0)
    assert solve_rosters(AT) == 1
    run.refresh_from_db()
    assert run.state == RosterRun.State.FAILED


def test_the_calls_of_the_past_say_how_many_people_a_month_needs(here):
    """Twelve calls in each quarter from 10:00 to 11:00 on eight Mondays (those of the holidays are none) ask for more than one person then."""
    hotline = here.hotline
    monday = date(2026, 2, 9)
    rows = []
    for week in range(8):
        for n in range(48):
            at = moment(monday - timedelta(7 * week), 600) + timedelta(seconds=75 * n)
            rows.append(Call(
                id=week * 100 + n + 1, province=14, exchange=hotline.exchange, external=f"h{week}-{n}",
                desk=hotline.desk, arrived_at=at, heard_at=at, ended_at=at, state=State.ENDED,
                outcome=Outcome.ANSWERED,
            ))  # fmt: skip
    Call.objects.bulk_create(rows)
    rostering.make_needs(here.month(), at=AT)
    need = DayNeed.objects.get(day=date(2026, 4, 13))
    assert need.rests_on[0] == "2026-02-09"
    assert sum(need.calls) == pytest.approx(48, rel=0.01)
    assert need.people[42] > need.people[33] == 1  # 10:30; 08:15 has the least number
    assert need.people[0] == 0  # the desk is closed
    quiet = DayNeed.objects.get(day=date(2026, 4, 14))  # a Tuesday, of which none ever had a call
    assert max(quiet.people) == 1


def test_the_command_solves_a_month_with_progress(here, capsys):
    call_command("hotline", "roster", "solve", "--month", "2026-04", "--desk", str(here.hotline.desk.pk))
    out = capsys.readouterr().out
    assert "weeks 0/" in out
    assert "30 duties, the best there is" in out
    with pytest.raises(CommandError, match="month"):
        call_command("hotline", "roster", "solve", "--month", "2026-13", "--desk", str(here.hotline.desk.pk))
    with pytest.raises(CommandError, match="holidays of 2099"):
        call_command("hotline", "roster", "solve", "--month", "2099-01", "--desk", str(here.hotline.desk.pk))
    assert SYSTEM.id == 0


def test_stations_are_kept_from_the_terminal(here, capsys):
    """A second station of another desk, a night past midnight, a split shift, and what is promised."""
    desk = str(here.hotline.desk.pk)
    call_command("hotline", "roster", "promise", desk, "--in-time", "80", "--seconds", "20", "--lawyer", "no")
    row = StationDesk.objects.filter(desk=here.hotline.desk).latest("since")
    assert (row.in_time, row.seconds, row.lawyer, row.at_least) == (80, 20, False, 1)
    with pytest.raises(CommandError, match="in-time: percent"):
        call_command("hotline", "roster", "promise", desk, "--in-time", "100")
    station = str(here.station.pk)
    call_command("hotline", "roster", "shift", "N", "夜班", "23:00-08:00", "--station", station)
    call_command(
        "hotline", "roster", "shift", "S", "两头班", "09:00-12:00", "14:00-18:00", "--station", station
    )
    spans = dict(ShiftTemplate.objects.values_list("code", "spans"))
    assert (spans["N"], spans["S"]) == ([[1380, 1920]], [[540, 720], [840, 1080]])
    for wrong in ("9-12", "09:00", "25:00-26:00"):
        with pytest.raises(CommandError, match="HH:MM-HH:MM"):
            call_command("hotline", "roster", "shift", "X", "班", wrong, "--station", station)
