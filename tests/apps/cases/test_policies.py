"""When a move is allowed: each policy refuses with a stable code and two sentences, and lets the right case pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from nuanxin.cases.models import Case
from nuanxin.cases.policies import POLICIES, Facts, first_refusal
from nuanxin.cases.rules.clocks import Clock, ClockState
from nuanxin.cases.rules.ledger import Sums
from nuanxin.cases.rules.settling import Settled, Standing
from nuanxin.cases.rules.transitions import TRANSITIONS
from nuanxin.cases.timing import day_clock

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ME, OTHER = 7, 8


def clock(rule: str, due: datetime, **changes: Any) -> dict[str, Any]:
    return replace(Clock(rule, ClockState.RUNNING, AT - timedelta(days=9), due, "", ""), **changes).as_json()


def stands(confirmed: int) -> Standing:
    """One worker, to whom ten fen are due."""
    sums = Sums(10, 10, confirmed, confirmed)
    return Standing(sums, 1, [Settled(1, sums)])


PAPERS = "promise.supplement"
RING = "promise.call_back"
# policy, what is refused (case, form, more facts), its code, what passes
TABLE: list[tuple[str, dict[str, Any], dict[str, Any], str, list[tuple[dict[str, Any], dict[str, Any]]]]] = [
    ("asked_once", {"supplement_asked_at": AT}, {}, "asked_before",
     [({}, {}), ({"supplement_asked_at": AT}, {"form": {"new_facts": True}})]),
    ("supplement_overdue", {"clocks": [clock(PAPERS, AT + timedelta(seconds=1))]}, {}, "not_overdue",
     [({"clocks": [clock(PAPERS, AT)]}, {})]),
    ("supplement_overdue", {"clocks": []}, {}, "not_overdue", []),
    ("second_person", {"reviewed_by": 0}, {"two_persons": True}, "not_reviewed",
     [({"reviewed_by": OTHER}, {"two_persons": True}), ({}, {}), ({"reviewed_by": ME}, {})]),
    ("second_person", {"reviewed_by": ME}, {"two_persons": True}, "same_person", []),
    ("means_settled", {"items": ["wages"]}, {}, "document_needed",
     [({"means_settled": True, "items": ["severance"]}, {}), ({"items": ["wages"]}, {"form": {"status_document": True}}),
      ({"items": ["severance"]}, {"form": {"undertaking": True}})]),
    ("means_settled", {"items": ["severance"]}, {"form": {"status_document": True}}, "means_open", []),
    ("means_settled", {"items": ["wages", "severance"]}, {"form": {"status_document": True}}, "means_open", []),
    ("aid_first_allowed", {"limitation_on": date(2026, 3, 9)}, {}, "not_urgent",
     [({"limitation_on": date(2026, 3, 8)}, {}), ({"limitation_on": date(2026, 3, 2)}, {}),
      ({}, {"form": {"needs_preservation": True}})]),
    ("aid_first_allowed", {"limitation_on": date(2026, 3, 1)}, {}, "not_urgent", []),
    ("formalities_open", {"clocks": [clock("promise.formalities", AT, ended_at=AT)]}, {}, "nothing_open",
     [({"clocks": [clock("promise.formalities", AT)]}, {})]),
    ("not_objected", {"objected_at": AT}, {}, "objected_before", [({}, {})]),
    ("items_named", {"items": []}, {}, "no_items", [({"items": ["wages"]}, {}), ({}, {"form": {"items": ["wages"]}})]),
    ("attempts_left", {"call_attempts": 3}, {}, "last_attempt", [({"call_attempts": 2}, {})]),
    ("attempts_used_up", {"call_attempts": 2}, {}, "attempts_left", [({"call_attempts": 3}, {})]),
    # Three hours after the first failed try, twenty-one after the second (rules.ringing.BETWEEN); the first try at once.
    ("pause_over", {"call_attempts": 1, "clocks": [clock(RING, AT, started_at=AT - timedelta(hours=2, minutes=59))]}, {},
     "too_early", [({"call_attempts": 1, "clocks": [clock(RING, AT, started_at=AT - timedelta(hours=3))]}, {}),
                   ({"call_attempts": 0, "clocks": [clock(RING, AT, started_at=AT)]}, {}), ({"call_attempts": 2}, {})]),
    ("pause_over", {"call_attempts": 2, "clocks": [clock(RING, AT, started_at=AT - timedelta(hours=20))]}, {}, "too_early",
     [({"call_attempts": 2, "clocks": [clock(RING, AT, started_at=AT - timedelta(hours=21))]}, {})]),
    ("no_transfer_open", {"transfer_to": 4}, {}, "transfer_open", [({}, {})]),
    ("no_transfer_open", {"transfer_returns": 2}, {}, "returned_twice",
     [({"transfer_returns": 2}, {"of_superior": True}), ({"transfer_returns": 1}, {})]),
    ("no_transfer_open", {"transfer_returns": 2}, {"form": {"by_superior": True}}, "returned_twice", []),
    ("not_on_its_way", {"transfer_to": 4}, {}, "transfer_open", [({"transfer_returns": 2}, {})]),
    ("transfer_open", {}, {}, "no_transfer", [({"transfer_to": 4}, {})]),
    ("different_officer", {"withdrawal_by": ME}, {}, "same_officer", [({"withdrawal_by": OTHER, "officer": OTHER}, {})]),
    ("different_officer", {"officer": ME}, {}, "same_officer", []),
    ("different_officer", {"lawyer": ME}, {}, "same_officer", []),
    ("different_officer", {}, {"by_id": 0}, "same_officer", []),
    ("no_watch_open", {"watch_by": 4}, {}, "watch_open", [({}, {})]),
    ("watch_open", {}, {}, "no_watch", [({"watch_by": 4}, {})]),
    # Which sums allow which end is tested with rules.settling.
    ("money_in_hand", {"status": "closing", "outcome": "recovered"}, {"money": stands(9)}, "not_all",
     [({"status": "closing", "outcome": "recovered"}, {"money": stands(10)}),
      ({"status": "closing", "outcome": "partly_recovered"}, {"money": stands(9)}),
      ({"status": "closing", "outcome": ""}, {}), ({"status": "in_progress", "outcome": "recovered"}, {})]),
    ("money_in_hand", {"status": "in_progress"}, {"form": {"outcome": "recovered"}, "money": stands(0)}, "not_confirmed", []),
    ("step_recorded", {}, {}, "no_step_yet", [({"steps": [{"taken": "arbitration.filed", "on": "2026-03-01"}]}, {})]),
    ("denial_open", {"clocks": []}, {}, "nothing_denied", [({"clocks": [clock("promise.denial_answer", AT)]}, {})]),
    ("payment_waits", {"paid_fen": 5, "confirmed_fen": 5}, {}, "nothing_waits", [({"paid_fen": 5, "confirmed_fen": 4}, {})]),
    ("still_to_confirm", {"status": "closed", "paid_fen": 5, "confirmed_fen": 5}, {}, "nothing_waits",
     [({"status": "closed", "paid_fen": 5, "confirmed_fen": 4}, {}),
      ({"status": "in_progress", "paid_fen": 5, "confirmed_fen": 5}, {})]),
    ("hearing_ahead", {"clocks": [day_clock("set.hearing", AT.date(), at=AT, hour="09:30").as_json() | {"state": "met"}]}, {},
     "no_hearing", [({"clocks": [day_clock("set.hearing", AT.date(), at=AT).as_json()]}, {})]),
    ("in_group", {"workers_count": 1}, {}, "no_group", [({"workers_count": 2}, {})]),
    ("not_own_lawyer", {"lawyer": ME}, {}, "own_lawyer",
     [({"lawyer": OTHER}, {}), ({"lawyer": 0}, {"by_id": 0}), ({"lawyer": ME}, {"by_id": 0})]),
    ("subsidy_paid", {"subsidy_fen": None}, {}, "no_subsidy", [({"subsidy_fen": 0}, {})]),
    ("followed_up", {"followed_up_at": None}, {}, "no_follow_up", [({"followed_up_at": AT}, {})]),
]  # fmt: skip


def facts(columns: dict[str, Any], more: dict[str, Any]) -> Facts:
    return Facts(Case(**columns), **{"by_id": ME, "at": AT, "form": {}, **more})


@pytest.mark.parametrize(("policy", "columns", "more", "code", "passes"), TABLE)
def test_each_policy_refuses_and_lets_pass(
    policy: str,
    columns: dict[str, Any],
    more: dict[str, Any],
    code: str,
    passes: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    refusal = POLICIES[policy](facts(columns, more))
    assert refusal is not None
    assert refusal.code == code
    assert refusal.sentence("zh-hans") == refusal.zh
    assert refusal.sentence("en") == refusal.en
    for other, given in passes:
        assert POLICIES[policy](facts(other, given)) is None, (other, given)


def test_every_policy_is_in_the_table_and_asked_by_some_row() -> None:
    assert {line[0] for line in TABLE} == set(POLICIES)
    assert {name for row in TRANSITIONS for name in row.conditions} == set(POLICIES)


def test_the_first_refusal_counts() -> None:
    found = first_refusal(("subsidy_paid", "followed_up"), facts({}, {}))
    assert found is not None
    assert found.code == "no_subsidy"
    assert first_refusal((), facts({}, {})) is None
