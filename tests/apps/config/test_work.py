"""The background work: paced, backed off, told, and done by one worker at a time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from nuanxin.config import schedule, work
from nuanxin.config.models import JobState
from nuanxin.config.schedule import Periodic, Standing


def _broken(at: datetime) -> int:
    raise OSError("gateway 13812345678 refused")


def test_a_job_that_fails_waits_twice_as_long_each_time_up_to_ten_minutes() -> None:
    assert [work.pause(5, failures) for failures in (0, 1, 2, 3, 20)] == [5, 10, 20, 40, 600]


def test_a_slow_job_is_not_hurried_by_its_failures() -> None:
    assert work.pause(3600, 4) == 3600


def test_a_failure_is_noted_by_its_class_and_a_success_clears_it() -> None:
    standing = Standing()
    work.run_once(Periodic("notices.send", 1, _broken), standing)
    assert (standing.failures, standing.last_error) == (1, "OSError")
    work.run_once(Periodic("notices.send", 1, lambda at: 3), standing)
    assert (standing.failures, standing.last_error, standing.done) == (0, "", 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("every", "held"), [(1.0, True), (3600.0, False)])
def test_between_its_runs_a_seldom_job_holds_no_connection(
    every: float, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    class Twice(work.Stop):
        def wait(self, timeout: float | None = None) -> bool:
            seen.append(connection.connection is not None)
            return len(seen) == 2

    monkeypatch.setattr(work, "pause", lambda every, failures: 0.0)
    job = Periodic("a", every, lambda at: JobState.objects.count())
    standing = Standing(started_at=datetime(2026, 3, 2, tzinfo=UTC))
    # As the worker has it: a thread of its own, whose connection is its own too.
    thread = threading.Thread(target=work._loop, args=(job, standing, Twice()))
    thread.start()
    thread.join(30)
    assert (standing.failures, seen) == (0, [False, held])


@pytest.mark.django_db(transaction=True)
def test_one_round_runs_every_job_and_says_when_one_failed() -> None:
    ran: list[str] = []
    jobs = [Periodic("a", 1, lambda at: ran.append("a")), Periodic("b", 1, _broken)]
    assert work.main(jobs, once=True) == 1
    assert ran == ["a"]
    assert JobState.objects.get(name="b").last_error == "OSError"
    assert "138" not in str(
        JobState.objects.values_list("name", "last_error")
    )  # a moment may hold any digits


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_stands_by_until_the_first_is_gone() -> None:
    stop = work.Stop()
    with work.sole_worker(stop) as first:
        assert first is not None
        first()
        second: list[bool] = []

        def try_second() -> None:
            from django.db import connections

            take = work._file_lock if connections["default"].vendor == "sqlite" else work._advisory_lock
            with take() as alive:
                second.append(alive is not None)
            connections.close_all()

        thread = threading.Thread(target=try_second)
        thread.start()
        thread.join()
        assert second == [False]


def test_every_registered_job_has_a_name_of_its_own_and_a_pace() -> None:
    jobs = schedule.periodic_jobs()
    assert all("." in job.name and job.every > 0 for job in jobs)
