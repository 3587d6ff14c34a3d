"""The weekly draw, the score, the answers by text message, who is asked: tables and properties."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.hotline.rules.callbacks import SafeContact
from nuanxin.hotline.rules.quality import (
    BEST,
    POINTS,
    Answered,
    BadScore,
    bounds_of,
    draw,
    size_of,
    total_of,
    week_of,
    worth_checking,
)
from nuanxin.hotline.rules.satisfaction import is_dissatisfied, may_ask, read_answer

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CALLS = st.lists(
    st.builds(Answered, call=st.integers(1, 10**15), operator=st.integers(1, 6)),
    max_size=80,
    unique_by=lambda one: one.call,
)


@pytest.mark.parametrize(
    ("calls", "per_mille", "expected"),
    [
        (0, 50, 0),
        (1, 50, 1),
        (20, 50, 1),  # 20 × 5 % = 1 exactly
        (21, 50, 2),  # 1.05, rounded up
        (100, 50, 5),
        (101, 50, 6),
        (100, 0, 1),  # nobody escapes wholly
        (7, 1000, 7),
    ],
)
def test_how_many_are_drawn(calls: int, per_mille: int, expected: int) -> None:
    assert size_of(calls, per_mille) == expected


@given(CALLS, st.integers(0, 1000), st.text("0123456789abcdef", min_size=1, max_size=32))
def test_every_person_with_calls_is_drawn_as_often_as_the_rule_says(
    calls: list[Answered], per_mille: int, seed: str
) -> None:
    drawn = draw(calls, per_mille=per_mille, seed=seed)
    of = {one.call: one.operator for one in calls}
    assert len(set(drawn)) == len(drawn)
    held, found = Counter(one.operator for one in calls), Counter(of[call] for call in drawn)
    assert {operator: size_of(count, per_mille) for operator, count in held.items()} == dict(found)


@given(CALLS, st.integers(1, 500), st.randoms(use_true_random=False))
def test_the_draw_can_be_repeated_from_the_seed_in_any_order(
    calls: list[Answered], per_mille: int, chance: random.Random
) -> None:
    mixed = calls.copy()
    chance.shuffle(mixed)
    assert draw(calls, per_mille=per_mille, seed="s") == draw(
        mixed + mixed[:3], per_mille=per_mille, seed="s"
    )


def test_another_seed_draws_others_and_every_call_has_the_same_chance() -> None:
    calls = [Answered(n, 1) for n in range(20)]
    drawn = Counter(call for seed in range(4000) for call in draw(calls, per_mille=50, seed=str(seed)))
    assert set(drawn) == set(range(20))
    # 4000 draws of one in 20: 200 each, with a standard deviation of 13.8; five of them are 69.
    assert all(131 <= count <= 269 for count in drawn.values())


def test_a_share_beyond_all_is_refused() -> None:
    with pytest.raises(ValueError, match="per mille"):
        size_of(3, 1001)


def test_the_sum_of_a_score_and_every_fault_at_once() -> None:
    assert total_of(dict.fromkeys(POINTS, 2)) == BEST == 12
    assert total_of(dict.fromkeys(POINTS, 1) | {"greeting": 0}) == 5
    with pytest.raises(BadScore) as bad:
        total_of({**dict.fromkeys(POINTS, 2), "greeting": 3, "charm": 1} | {"right_law": -1})
    assert bad.value.points == ("greeting", "right_law", "charm")
    with pytest.raises(BadScore) as none:
        total_of({})
    assert none.value.points == POINTS


@pytest.mark.parametrize(
    ("at", "monday"),
    [
        (datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), date(2026, 2, 23)),  # Sunday, a second before midnight there
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), date(2026, 3, 2)),  # Monday in Shanghai, Sunday in London
    ],
)  # fmt: skip
def test_a_week_begins_on_monday_in_shanghai(at: datetime, monday: date) -> None:
    assert week_of(at) == monday
    start, end = bounds_of(monday)
    assert start <= at < end


def test_an_empty_call_is_not_drawn_unless_it_was_long() -> None:
    assert worth_checking("advised", timedelta(seconds=5))
    assert worth_checking("", timedelta(0))
    assert not worth_checking("nuisance", timedelta(seconds=119))
    assert worth_checking("wrong_number", timedelta(minutes=2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5), (" 1 ", 1), ("５", 5), ("三", 3), ("4分", 4), ("2。", 2), ("五分", 5),
        ("0", None), ("6", None), ("55", None), ("", None), ("²", 2), ("谢谢5", None),
        ("NX14-0012345-7 12345678", None), ("①", 1), ("好", None),
    ],
)  # fmt: skip
def test_an_answer_is_one_figure_and_nothing_else(text: str, expected: int | None) -> None:
    assert read_answer(text) == expected


def _asked(**changed: object) -> bool:
    usual: dict[str, object] = {
        "phone": "13800138000", "code": "advised", "contact": SafeContact(), "ended_at": AT, "last": None, "at": AT,
    }  # fmt: skip
    return may_ask(**(usual | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"phone": ""}, False),  # hidden
        ({"phone": "03565220011"}, False),  # a landline takes no text
        ({"code": "nuisance"}, False),
        ({"code": "wrong_number"}, False),
        ({"code": "call_back"}, False),
        ({"code": ""}, False),  # nobody closed the record
        ({"contact": SafeContact(may_call=False)}, False),
        ({"contact": SafeContact(may_say_who=False)}, True),  # the words are discreet for everybody
        ({"ended_at": AT - timedelta(days=1)}, True),
        ({"ended_at": AT - timedelta(days=1, seconds=1)}, False),
        ({"last": AT - timedelta(days=7)}, True),
        ({"last": AT - timedelta(days=7) + timedelta(seconds=1)}, False),
    ],
)
def test_who_is_asked(changed: dict[str, object], expected: bool) -> None:
    assert _asked(**changed) is expected


def test_two_and_below_is_dissatisfied() -> None:
    assert [score for score in range(1, 6) if is_dissatisfied(score)] == [1, 2]
