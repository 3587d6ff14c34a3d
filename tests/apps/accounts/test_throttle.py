"""Rate limits that all processes share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.accounts import throttle
from nuanxin.accounts.models import Slowdown, Window

START = datetime.fromtimestamp(1_772_000_400 // 60 * 60, UTC)  # the beginning of a minute
MINUTE = timedelta(minutes=1)
db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits_on(settings: object) -> None:
    settings.RATE_LIMIT = True  # type: ignore[attr-defined]


def use(times: int, at: datetime, limit: int = 3, key: str = "203.0.113.7") -> list[int | None]:
    answers = [throttle.check("test", key, limit=limit, window=MINUTE, at=at) for _ in range(times)]
    return [answer.seconds if answer else None for answer in answers]


@db
def test_the_limit_is_allowed_and_one_more_is_not() -> None:
    assert [wait is None for wait in use(4, START)] == [True, True, True, False]


@db
def test_keys_and_buckets_are_apart() -> None:
    use(3, START)
    assert use(1, START, key="203.0.113.8") == [None]
    assert throttle.check("other", "203.0.113.7", limit=3, window=MINUTE, at=START) is None


@db
def test_the_window_slides_instead_of_opening_anew() -> None:
    use(3, START + timedelta(seconds=59))
    assert use(1, START + timedelta(seconds=61))[0] is not None  # a fixed window would let three more through
    assert use(1, START + timedelta(seconds=150)) == [None]


@db
def test_a_check_is_one_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        use(1, START)
    own = [q["sql"] for q in queries if "accounts_window" in q["sql"]]
    assert len(own) == 1


@db
def test_nothing_is_written_where_limits_are_off(settings: object) -> None:
    settings.RATE_LIMIT = False  # type: ignore[attr-defined]
    assert use(10, START) == [None] * 10
    throttle.failed("test", "x", at=START)
    assert Window.objects.count() == Slowdown.objects.count() == 0


@db
def test_no_address_is_stored() -> None:
    use(1, START)
    key = bytes(Window.objects.get().key)
    assert len(key) == 16
    assert b"203.0.113" not in key


def test_parts_of_a_key_do_not_run_together() -> None:
    assert throttle.throttle_key("ab", "c") != throttle.throttle_key("a", "bc")


@db
def test_what_has_run_out_is_forgotten() -> None:
    use(1, START)
    throttle.failed("test", "x", at=START)
    assert throttle.forget(START + timedelta(minutes=1)) == 0
    assert throttle.forget(START + timedelta(hours=2)) == 2


@given(
    count=st.integers(1, 50),
    previous=st.integers(0, 50),
    limit=st.integers(1, 20),
    into=st.floats(0, 59.99),
)
def test_after_the_told_wait_one_more_use_fits(count: int, previous: int, limit: int, into: float) -> None:
    wait = throttle.verdict(count, previous, limit, 60, into)
    if wait is None:
        assert count + previous * (1 - into / 60) <= limit + throttle.ROUNDING
        return
    slots, later = divmod(into + wait.seconds, 60)
    if slots == 0:
        assert throttle.verdict(count + 1, previous, limit, 60, later) is None
    else:
        assert throttle.verdict(1, count if slots == 1 else 0, limit, 60, later) is None


class TestSlowDown:
    def waits(self, failures: int) -> float:
        return throttle.wait_after(failures).total_seconds()

    def test_five_failures_cost_nothing_and_then_the_wait_doubles(self) -> None:
        assert [self.waits(n) for n in (1, 5, 6, 7, 8)] == [0, 0, 2, 4, 8]

    def test_the_wait_has_an_upper_end(self) -> None:
        assert self.waits(1000) == 900

    @db
    def test_failures_make_the_next_try_wait(self) -> None:
        for _ in range(6):
            assert throttle.slow_down("follow", "a", at=START) is None
            throttle.failed("follow", "a", at=START)
        assert throttle.slow_down("follow", "a", at=START) == throttle.RetryAfter(2)
        assert throttle.slow_down("follow", "b", at=START) is None
        assert throttle.slow_down("follow", "a", at=START + timedelta(seconds=2)) is None

    @db
    def test_the_right_code_forgives(self) -> None:
        for _ in range(9):
            throttle.failed("follow", "a", at=START)
        throttle.succeeded("follow", "a")
        assert throttle.slow_down("follow", "a", at=START) is None

    @db
    def test_an_hour_without_failure_forgives(self) -> None:
        for _ in range(9):
            throttle.failed("follow", "a", at=START)
        later = START + timedelta(hours=1)
        throttle.failed("follow", "a", at=later)
        assert throttle.slow_down("follow", "a", at=later) is None
