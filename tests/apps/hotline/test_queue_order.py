"""Calls and letters in one order: a caller first, unless a promise is about to be missed; one owner for each letter."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.hotline.rules.queue import (
    BEGIN_BY,
    RETURNS_WITHIN,
    SILENT,
    Band,
    Question,
    Waits,
    band,
    held_by,
    in_order,
    kept_for,
    why_not,
)

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def letter(pk: int, due: float, **more: object) -> Question:
    """A question asked two hours ago whose promise ends in ``due`` minutes."""
    return Question(pk, AT - 120 * MINUTE, AT + due * MINUTE, **more)  # type: ignore[arg-type]


def test_the_order_in_one_example() -> None:
    late, pressing, soon, easy = letter(1, -5), letter(2, 30), letter(3, 31), letter(4, 200)
    first, second = Waits(9, AT - 10 * MINUTE), Waits(8, AT - MINUTE)
    found = in_order([second, first], [easy, soon, pressing, late], AT)
    assert found == [late, pressing, first, second, soon, easy]


CALLS = st.lists(
    st.builds(lambda n, m: Waits(n, AT - m * MINUTE), st.integers(1, 99), st.integers(0, 90)), max_size=6
)
LETTERS = st.lists(st.builds(letter, st.integers(100, 199), st.integers(-90, 400)), max_size=6)


@given(CALLS, LETTERS)
def test_no_letter_with_time_left_passes_a_caller_and_no_caller_passes_a_pressing_letter(
    calls: list[Waits], letters: list[Question]
) -> None:
    found = list(in_order(calls, letters, AT))
    assert sorted(map(repr, found)) == sorted(map(repr, [*calls, *letters]))  # nobody lost, nobody doubled
    bands = [band(one, AT) for one in found]
    assert bands == sorted(bands)
    for one, then in itertools.pairwise(found):
        if isinstance(one, Waits) and isinstance(then, Waits):
            assert one.since <= then.since
        if isinstance(one, Question) and isinstance(then, Question) and bands[0] == bands[-1]:
            assert one.due <= then.due


@given(st.integers(-60, 600), st.integers(0, 600))
def test_as_time_goes_by_a_letter_only_becomes_more_urgent(due: int, later: int) -> None:
    one = letter(1, due)
    assert band(one, AT + later * MINUTE) <= band(one, AT)
    assert band(one, one.due - BEGIN_BY) is Band.ABOUT_TO_MISS


@pytest.mark.parametrize(
    ("silent_for", "holder"), [(timedelta(), 7), (SILENT - timedelta(seconds=1), 7), (SILENT, 0)]
)
def test_what_is_in_hand_is_free_once_its_page_has_gone_silent(silent_for: timedelta, holder: int) -> None:
    one = letter(1, 100, owner=7, seen_at=AT - silent_for)
    assert held_by(one, AT) == holder
    assert why_not(one, 8, frozenset(), AT) == ("in_other_hands" if holder else "")
    assert why_not(one, 7, frozenset(), AT) == ""


@pytest.mark.parametrize(
    ("duty", "minutes", "due", "keeper"),
    [
        ({7}, 5, 200, 7),
        (set(), 5, 200, 0),  # off duty: the queue has it
        ({7}, 60, 200, 0),  # kept for an hour and no longer
        ({7}, 5, 30, 0),  # the promise goes before the wish for the same lawyer
    ],
)
def test_a_follow_up_goes_back_to_who_answered(duty: set[int], minutes: int, due: int, keeper: int) -> None:
    one = letter(1, due, answered_by=7, asked_again_at=AT - minutes * MINUTE)
    assert kept_for(one, frozenset(duty), AT) == keeper
    assert why_not(one, 8, frozenset(duty), AT) == ("kept" if keeper else "")
    assert why_not(one, 7, frozenset(duty), AT) == ""
    assert timedelta(minutes=60) == RETURNS_WITHIN
