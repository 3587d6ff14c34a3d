"""The transition table by itself: complete, closed, and spoken for in every other table that depends on it."""

from __future__ import annotations

import pytest

from nuanxin.audit.actor import Role
from nuanxin.cases.actions.perform import ELSEWHERE
from nuanxin.cases.actions.prepare import PREPARE
from nuanxin.cases.policies import POLICIES
from nuanxin.cases.rules.clocks import CLOCK_RULES
from nuanxin.cases.rules.stages import STEPS
from nuanxin.cases.rules.states import ENDED, OPEN, Kind, Seat, Status, turn_of
from nuanxin.cases.rules.transitions import BEFORE, BY_ACTION, STAY, TRANSITIONS
from nuanxin.cases.sentences import event_sentence, status_words
from nuanxin.cases.upcoming import _ENDED, _NEXT
from nuanxin.law.periods import RULES
from nuanxin.network.rules.promises import KINDS

ROWS = pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.action)


def test_no_action_has_two_rows() -> None:
    assert len(BY_ACTION) == len(TRANSITIONS)


@ROWS
def test_every_word_in_a_row_is_known(row) -> None:
    assert set(row.roles) <= set(Role)
    assert set(row.conditions) <= set(POLICIES)
    clocks = {*row.start, *row.stop, *row.drop, *row.pause, *row.resume, *([row.clock] if row.clock else [])}
    assert clocks - {"*"} <= set(CLOCK_RULES)
    assert row.to in {STAY, BEFORE} or row.to in set(Status)
    assert not row.step or row.step in BY_ACTION


@ROWS
def test_a_row_that_ends_a_case_leaves_nobody_waiting(row) -> None:
    if row.to in ENDED:
        assert row.seat is Seat.NOBODY
        assert "*" in row.drop
    elif row.to not in {STAY, BEFORE}:
        assert row.seat not in {None, Seat.NOBODY}
        assert row.step


@ROWS
def test_the_expected_next_move_is_possible_from_where_the_row_leads(row) -> None:
    if row.step and row.to not in {STAY, BEFORE}:
        assert Status(row.to) in BY_ACTION[row.step].sources


@ROWS
def test_the_worker_reads_a_sentence_for_every_expected_move(row) -> None:
    if row.step:
        assert row.step in _NEXT


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_words_and_a_turn(status: Status) -> None:
    assert set(status_words(status)) == {"zh", "en"}
    assert (turn_of(status, Seat.CLERK) == "ended") == (status in ENDED)
    if status in ENDED:
        assert status in _ENDED


@pytest.mark.parametrize("status", sorted(OPEN))
def test_from_every_open_status_a_way_leads_to_an_end(status: Status) -> None:
    seen, frontier = {status}, {status}
    while frontier:
        reached = {
            Status(r.to) for r in TRANSITIONS for s in frontier if s in r.sources and r.to in set(Status)
        }
        frontier = reached - seen
        seen |= reached
    assert seen & {Status.CLOSED, Status.WITHDRAWN, Status.REFUSED, Status.TERMINATED}


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_reached_by_some_row_or_by_submitting(status: Status) -> None:
    assert status is Status.SUBMITTED or any(row.to == status for row in TRANSITIONS)


def test_every_prepared_action_is_a_row_and_no_row_is_prepared_twice() -> None:
    assert set(PREPARE) <= set(BY_ACTION)
    assert set(ELSEWHERE) <= set(BY_ACTION)
    assert not set(PREPARE) & set(ELSEWHERE)


def test_every_clock_has_its_rule_of_law_or_its_promise() -> None:
    for key, rule in CLOCK_RULES.items():
        if rule.statutory:
            assert key in RULES, key
        elif not rule.set_elsewhere:
            assert key.removeprefix("promise.") in KINDS, key


def test_steps_of_the_stages_start_and_stop_known_clocks() -> None:
    for step in STEPS.values():
        assert set(step.start) | set(step.stop) <= set(CLOCK_RULES)
        assert step.key.startswith(step.stage)
        assert event_sentence("case.record_step", {"taken": step.key}) == {"zh": step.zh, "en": step.en}


def test_the_lane_of_the_worker_is_only_in_the_workers_hands_where_the_table_says_so() -> None:
    public = {row.action for row in TRANSITIONS if row.roles & {Role.WORKER, Role.HELPER}}
    assert public == {
        "supply", "object", "request_withdrawal", "keep_case", "ask_other_lawyer", "confirm_payment", "deny_payment",
        "rate", "close_question", "ask_again", "not_helped",
    }  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_end(kind: Kind) -> None:
    assert any(kind in row.kinds and row.to == Status.CLOSED for row in TRANSITIONS)


def test_sums_are_written_as_people_read_them() -> None:
    said = event_sentence("case.record_payment", {"fen": 140_000_000})
    assert said == {"zh": "对方付了 1,400,000 元", "en": "1,400,000 yuan were paid"}
    said = event_sentence("case.record_payment", {"fen": 1_917_824})
    assert said is not None
    assert said["en"] == "19,178.24 yuan were paid"
