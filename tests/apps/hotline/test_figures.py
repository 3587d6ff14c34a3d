"""The figures of board and reports: each by a table worked by hand, and the same when the calls are rebuilt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.hotline.rules.calls import Happening, Told
from nuanxin.hotline.rules.figures import (
    AGAIN_WITHIN,
    Line,
    Result,
    Seen,
    Tally,
    hidden,
    report,
    result_of,
    waited_of,
)
from nuanxin.hotline.rules.life import tell

H, R = Happening, Result
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
END = START + timedelta(days=1)
LATE = START + timedelta(days=30)


def told(*events: tuple[Happening, int]) -> list[Told]:
    """Events at seconds after START, by operator 7 at desk 1."""
    return [Told(f"e{n}", kind, START + timedelta(seconds=s), n, 7, 1) for n, (kind, s) in enumerate(events)]


@pytest.mark.parametrize(
    ("events", "result", "waited"),
    [
        ([(H.ARRIVED, 0), (H.QUEUED, 10)], R.OPEN, None),
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.RINGING, 20)], R.OPEN, None),
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.ANSWERED, 25)], R.ANSWERED, 15),  # while they still talk
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.ANSWERED, 25), (H.HUNG_UP, 90)], R.ANSWERED, 15),
        ([(H.ARRIVED, 0), (H.ANSWERED, 25)], R.ANSWERED, 0),  # no queue: no wait
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.HUNG_UP, 70)], R.ABANDONED, 60),
        ([(H.ARRIVED, 0), (H.MENU_ENTERED, 1), (H.HUNG_UP, 9)], R.MENU, 0),
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.CALL_BACK_ASKED, 40), (H.HUNG_UP, 45)], R.CALL_BACK, 35),
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.FORWARDED, 30)], R.FORWARDED, 20),
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.GIVEN_UP, 3610)], R.LOST, 3600),
        # Passed on and hung up in the second queue: somebody had talked with them, so answered.
        ([(H.ARRIVED, 0), (H.QUEUED, 10), (H.ANSWERED, 25), (H.PASSED_ON, 60), (H.HUNG_UP, 400)], R.ANSWERED, 15),
    ],
)  # fmt: skip
def test_as_what_a_call_counts(
    events: list[tuple[Happening, int]], result: Result, waited: int | None
) -> None:
    life = tell(told(*events))
    assert (result_of(life), waited_of(life)) == (result, waited)


def tally(*calls: tuple[Result, int]) -> Tally:
    found = Tally(short=5, within=30)
    for result, waited in calls:
        found.add(result, waited)
    return found


def test_the_shares_worked_by_hand() -> None:
    found = tally(
        (R.ANSWERED, 4), (R.ANSWERED, 10), (R.ANSWERED, 30), (R.ANSWERED, 31),  # three of four within 30 s
        (R.ABANDONED, 5), (R.ABANDONED, 6), (R.ABANDONED, 200),  # the one of 5 s is short: left out
        (R.CALL_BACK, 50), (R.FORWARDED, 3), (R.LOST, 3600), (R.MENU, 0), (R.OPEN, 99),
    )  # fmt: skip
    # 4 answered + 2 abandoned + 1 call-back + 1 forwarded + 1 lost = 9 wanted a person
    assert (found.asked, found.answered, found.abandoned) == (9, 4, 2)
    assert (found.answered_share, found.abandoned_share, found.within_share) == (4 / 9, 2 / 9, 3 / 4)
    # Nearest rank of 4, 10, 30, 31: half is the second, 95 of 100 the fourth.
    assert (found.wait(0.5), found.wait(0.95)) == (10, 31)
    assert (tally().answered_share, tally().wait(0.5), tally((R.MENU, 0)).asked) == (None, None, 0)


@given(st.lists(st.integers(0, 900), min_size=1, max_size=60))
def test_a_percentile_is_a_wait_that_somebody_had_and_covers_its_part(waits: list[int]) -> None:
    found = tally(*((R.ANSWERED, wait) for wait in waits))
    for part in (0.5, 0.95):
        value = found.wait(part)
        assert value in waits
        assert sum(wait <= value for wait in waits) >= part * len(waits)
        assert sum(wait < value for wait in waits) < part * len(waits)


def call(
    day: float, *, caller: str = "a", topic: str = "wages", result: Result = R.ANSWERED, **more: object
) -> Seen:
    at = START + timedelta(days=day)
    return replace(Seen(at, result, 10, desk=1, caller=caller, topic=topic), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("calls", "first", "resolved"),
    [
        ([call(0)], 1, 1),
        ([call(0), call(7)], 1, 0),  # the seventh day still counts
        ([call(0), call(7.001)], 1, 1),
        ([call(0), call(3, topic="injury")], 1, 1),  # another topic
        ([call(0), call(3, caller="b")], 1, 1),  # another telephone
        ([call(0), call(3, result=R.ABANDONED)], 1, 0),  # rang again, though in vain
        ([call(3), call(0)], 1, 0),  # in whatever order they are read
        ([call(0, passed_on=True)], 1, 0),
        ([call(0, caller=None)], 0, 0),  # nobody knows whether a hidden number rang again
        ([call(0, result=R.ABANDONED)], 0, 0),
        ([call(0), call(0.5), call(1)], 2, 0),  # two in the period, each followed by another
    ],
)  # fmt: skip
def test_first_contact_resolution(calls: list[Seen], first: int, resolved: int) -> None:
    found = report(calls, first=START, last=END, known_until=LATE, short=5, within=30).whole
    assert (found.first, found.resolved) == (first, resolved)


def test_a_call_whose_seven_days_are_not_over_is_not_judged() -> None:
    for until, judged in ((START + AGAIN_WITHIN, 1), (START + AGAIN_WITHIN - timedelta(seconds=1), 0)):
        assert (
            report([call(0)], first=START, last=END, known_until=until, short=5, within=30).whole.first
            == judged
        )


def test_groups_and_the_edges_of_the_period() -> None:
    calls = [
        call(0, county=140581, language="zh"), call(0.999, county=140502, language="yue", desk=2),
        call(1), call(-0.001),  # outside: the end does not belong to the period
    ]  # fmt: skip
    found = report(calls, first=START, last=END, known_until=LATE, short=5, within=30)
    assert found.whole.tally.asked == 2
    assert {name: sorted(lines, key=str) for name, lines in found.by.items()} == {
        "hour": [10, 9], "desk": [1, 2], "county": [140502, 140581], "language": ["yue", "zh"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9, "c": 6}, {"a", "c"}),  # one alone would follow from the sum
        ({"a": 4, "b": 1, "c": 6}, {"a", "b"}),
        ({"a": 4}, {"a"}),
    ],
)
def test_small_groups_are_not_shown(sizes: dict[str, int], expected: set[str]) -> None:
    lines = {}
    for name, size in sizes.items():
        lines[name] = Line(tally(*[(R.ANSWERED, 1)] * size))
    assert hidden(lines) == expected  # type: ignore[arg-type]
