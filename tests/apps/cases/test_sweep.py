"""The sweep: warns once, records once, ends what ends by itself, and counts anew when the holidays are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions import sweep as sweep_module
from nuanxin.cases.actions.sweep import due_cases, recount_provisional, sweep, sweep_case
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.law.calendar import store
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import AT, CLERK, DUTY, LAWYER, SUPERVISOR, Story

pytestmark = pytest.mark.django_db


def kinds(story: Story) -> list[str]:
    return list(Event.objects.filter(stream=story.case_id).order_by("seq").values_list("kind", flat=True))


def told(story: Story, kind: str) -> list[str]:
    found = Event.objects.filter(stream=story.case_id, kind=kind).order_by("seq")
    return [event.payload["rule"] for event in found]


def china(*when: int) -> datetime:
    return datetime(*when, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]


class TestWarning:
    def test_nothing_is_done_before_its_moment(self, story: Story) -> None:
        assert story.case.sweep_at == china(2026, 3, 2, 15, 30)  # two hours before the promise of the day
        assert sweep(at=AT) == 0
        assert kinds(story) == ["case.submitted"]

    def test_the_holder_is_warned_once_and_the_end_recorded_once(self, story: Story) -> None:
        story.do("accept", CLERK)
        version = story.case.version
        for at in (
            china(2026, 3, 2, 15, 30),
            china(2026, 3, 2, 16, 0),
            china(2026, 3, 2, 17, 30),
            china(2026, 3, 2, 18),
        ):
            sweep(at=at)
        assert told(story, "case.clock_warned") == ["promise.same_day"]
        assert told(story, "case.clock_late") == ["promise.same_day"]
        case = story.case
        assert case.version == version  # nobody's open form is made stale
        assert (case.next_clock, case.next_by) == (
            "promise.same_day",
            china(2026, 3, 2, 17, 30),
        )  # overdue, and seen
        assert Notice.objects.filter(case_id=case.pk, template="task_due").count() == 2
        assert list(verify(story.case_id)) == []

    def test_all_cases_that_are_due_are_worked_the_longest_waiting_first(
        self, offices: dict[int, Agency]
    ) -> None:
        later, first = (
            Story(at=AT + timedelta(minutes=5), kind="report", items=None),
            Story(at=AT, kind="report", items=None),
        )
        assert due_cases(AT + timedelta(hours=3)) == [first.case_id, later.case_id]
        assert sweep(at=AT + timedelta(hours=3)) == 2
        assert sweep(at=AT + timedelta(hours=3)) == 0

    def test_a_missed_clock_that_is_met_at_last_is_missed(self, story: Story) -> None:
        sweep(at=china(2026, 3, 3, 0, 0))
        story.later(days=1).granted().offered()
        story.at += timedelta(hours=1)
        from nuanxin.cases.actions.move import Change, move
        from tests.factories.story import person

        move("accept_offer", case_id=story.case_id, by=person(LAWYER), at=story.at,
             prepare=lambda _: Change(columns={"lawyer": LAWYER, "offered_to": 0}))  # fmt: skip
        assert story.clock("promise.same_day").state == "missed"

    def test_one_case_that_cannot_be_worked_keeps_nobody_waiting(
        self, offices: dict[int, Agency], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bad, good = Story(kind="report", items=None), Story(kind="report", items=None)
        real = sweep_case

        def spoil(*, case_id: int, at: datetime) -> None:
            if case_id == bad.case_id:
                raise RuntimeError("spoilt")
            real(case_id=case_id, at=at)

        monkeypatch.setattr(sweep_module, "sweep_case", spoil)
        with pytest.raises(ExceptionGroup):
            sweep(at=AT + timedelta(hours=3))
        assert told(good, "case.clock_late") == ["promise.call_back"]
        assert due_cases(AT + timedelta(hours=3)) == [bad.case_id]


class TestUrgency:
    def test_a_case_becomes_urgent_on_its_day_without_anybody_touching_it(
        self, offices: dict[int, Agency]
    ) -> None:
        story = Story(ended_on="2025-03-20", relation="employment")
        assert not story.case.urgent
        turns = china(2026, 3, 14, 0, 0)  # six days before the last day
        sweep(at=turns - timedelta(seconds=1))
        assert not story.case.urgent
        assert sweep(at=turns) == 1
        assert story.case.urgent
        assert story.case.queue_key < 10**11
        sweep(at=china(2026, 3, 21, 0, 0))
        assert not story.case.urgent  # it has run out: the review looks for what may have restarted it
        assert story.case.queue_key >= 10**11


class TestEnding:
    def test_an_application_whose_papers_never_came_counts_as_withdrawn(self, story: Story) -> None:
        story.to("awaiting_material")
        due = story.clock("promise.supplement").due
        sweep(at=due - timedelta(seconds=1))
        assert story.case.status == "awaiting_material"
        sweep(at=due)  # to the very second
        assert (story.case.status, story.case.turn) == ("withdrawn", "ended")
        assert kinds(story)[-2:] == ["case.clock_late", "case.deem_withdrawn"]
        assert Notice.objects.filter(case_id=story.case_id, template="deemed_withdrawn").exists()
        assert list(verify(story.case_id)) == []

    def test_papers_in_time_keep_it_open(self, story: Story) -> None:
        story.to("awaiting_material")
        due = story.clock("promise.supplement").due
        story.at = due - timedelta(minutes=1)
        story.do("supply", story.worker, papers=1)
        sweep(at=due + timedelta(days=1))
        assert story.case.status == "accepted"

    def test_while_the_worker_is_being_rung_back_nothing_is_deemed(self, story: Story) -> None:
        story.to("awaiting_material")
        due = story.clock("promise.supplement").due
        story.do("request_withdrawal", story.worker, text="算了")
        sweep(at=due + timedelta(days=1))
        assert story.case.status == "withdrawal_requested"

    def test_the_end_and_the_record_of_lateness_are_one(
        self, story: Story, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        story.to("awaiting_material")
        due = story.clock("promise.supplement").due

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        with monkeypatch.context() as patch:
            patch.setattr(sweep_module, "perform", fail)
            with pytest.raises(ExceptionGroup):
                sweep(at=due)
        assert told(story, "case.clock_late") == []
        sweep(at=due)
        assert story.case.status == "withdrawn"

    def test_an_answered_question_closes_when_nobody_asks_on(self, offices: dict[int, Agency]) -> None:
        story = Story(kind="question", items=None, amount_claimed=None).do("answer", DUTY, text="可以要。")
        sweep(at=story.clock("promise.next_contact").due)
        assert (story.case.status, story.case.outcome) == ("closed", "advice_given")

    def test_the_next_contact_ends_nothing_else(self, offices: dict[int, Agency]) -> None:
        story = Story(kind="report", items=None, amount_claimed=None).do("call_back", 104)
        sweep(at=story.clock("promise.next_contact").due)
        assert story.case.status == "submitted"


@pytest.fixture
def holidays(tmp_path: Path) -> Iterator[Path]:
    """A deployment's own folder for the holidays of coming years; empty at first."""
    store.add_folder(tmp_path)
    yield tmp_path
    store._folders.remove(tmp_path)
    store.year_table.cache_clear()


def publish(folder: Path, year: int) -> None:
    """The notice of a year, as a deployer puts it into the folder; New Year's three days are off."""
    days = ("01-01", "01-02", "01-03")
    statutory = "\n".join(f'"{year}-{day}" = "元旦"' for day in days)
    (folder / f"{year}.toml").write_text(
        f'year = {year}\nnotices = ["试验"]\nregulation = "试验"\nsource = "试验"\nmark = "V"\nchecked = 2026-11-01\n'
        f"[statutory]\n{statutory}\n[moved]\noff = []\nwork = []\n",
        encoding="utf-8",
    )
    store.add_folder(folder)


class TestCountingAnew:
    EVE = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)  # Wednesday morning

    def filed(self, at: datetime) -> Story:
        """The commission has five working days from a paper of the day before; they end in the next year."""
        story = Story(at=at - timedelta(days=20)).in_progress()
        story.at = at
        day = (at - timedelta(days=1)).date()
        return story.do("record_step", LAWYER, taken="arbitration.filed", on=day)

    def test_without_the_holidays_a_clock_is_provisional_and_no_later(
        self, offices: dict[int, Agency]
    ) -> None:
        story = self.filed(self.EVE)
        clock = story.clock("arbitration.accept")
        assert (clock.provisional, clock.strict, clock.begins) == (True, "2027-01-03", "2026-12-29")
        assert story.case.recount_on == date(2027, 1, 3)
        assert (story.case.next_clock, story.case.next_provisional) == ("arbitration.accept", True)
        assert recount_provisional(at=self.EVE) == 0
        assert "case.clocks_recounted" not in kinds(story)

    def test_when_they_arrive_every_such_clock_is_counted_anew(
        self, offices: dict[int, Agency], holidays: Path
    ) -> None:
        stories = [self.filed(self.EVE) for _ in range(5)]
        publish(holidays, 2027)
        assert recount_provisional(at=self.EVE + timedelta(days=1), limit=2) == 5
        for story in stories:
            clock = story.clock("arbitration.accept")
            # from the day of the paper: 30 and 31 December, 4, 5 and 6 January; New Year is off
            assert (clock.provisional, clock.strict) == (False, "2027-01-06")
            assert clock.due == china(2027, 1, 6, 23, 59, 59)
            assert (story.case.next_provisional, story.case.recount_on) == (False, None)
            assert "case.clocks_recounted" in kinds(story)
            assert list(verify(story.case_id)) == []
        assert recount_provisional(at=self.EVE + timedelta(days=1)) == 0

    def test_a_clock_that_is_not_the_next_one_is_counted_anew_too(
        self, offices: dict[int, Agency], holidays: Path
    ) -> None:
        story = self.filed(self.EVE).do("open_watch", SUPERVISOR, text="？")
        story.do("request_withdrawal", story.worker, text="算了")  # its call back is the next date now
        assert story.case.next_clock == "promise.withdrawal_callback"
        publish(holidays, 2027)
        recount_provisional(at=self.EVE)
        assert not [
            clock for clock in story.case.clock_list() if clock.provisional and clock.state == "running"
        ]

    def test_a_warning_is_given_again_when_the_end_moves(
        self, offices: dict[int, Agency], holidays: Path
    ) -> None:
        story = self.filed(self.EVE)
        sweep(at=china(2027, 1, 3, 12))
        assert "arbitration.accept" in told(story, "case.clock_warned")
        publish(holidays, 2027)
        recount_provisional(at=china(2027, 1, 3, 13))
        sweep(at=china(2027, 1, 6, 12))
        assert told(story, "case.clock_warned").count("arbitration.accept") == 2

    def test_a_year_that_is_still_unknown_stays_provisional(
        self, offices: dict[int, Agency], holidays: Path
    ) -> None:
        story = self.filed(datetime(2027, 12, 30, 2, 0, tzinfo=UTC))
        publish(holidays, 2027)
        recount_provisional(at=self.EVE)
        assert recount_provisional(at=self.EVE) == 0
        clock = story.clock("arbitration.accept")
        assert (clock.provisional, story.case.recount_on) == (True, clock.due.astimezone(SHANGHAI).date())


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_record_each_end_once(offices: dict[int, Agency]) -> None:
    import threading

    stories = [Story(kind="report", items=None) for _ in range(6)]
    gate = threading.Barrier(3)

    def work() -> None:
        gate.wait()
        sweep(at=AT + timedelta(hours=3))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(told(story, "case.clock_late") == ["promise.call_back"] for story in stories)
    assert not Case.objects.filter(sweep_at__lte=AT + timedelta(hours=3)).exists()
