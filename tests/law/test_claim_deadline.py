"""The day a case file keeps its clock on: before any sum is known, for every way the relation is seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nuanxin.law.topics.claim.deadline import deadline

ASKED: dict[str, Any] = {"as_of": "2026-03-10", "arrears": {}}
DEMAND = {"limitation": {"events": [{"kind": "demand", "on": "2026-03-01"}]}}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # an employment that ended: one year from the end (27(4)), though nobody has said what the pay was
        ({"relation": "employment", "ended_on": "2026-02-10"}, "2027-02-10"),
        # the relation is open: one year is the earlier of the two
        ({"ended_on": "2026-02-10"}, "2027-02-10"),
        ({"relation": "platform", "ended_on": "2026-02-10"}, "2027-02-10"),
        # a service contract without a due day: three years from the last day of the work
        ({"relation": "service", "ended_on": "2026-02-10"}, "2029-02-10"),
        ({"relation": "service", "ended_on": "2026-02-10", "due_on": "2026-01-31"}, "2029-01-31"),
        # a demand starts the year anew
        ({"relation": "employment", "ended_on": "2025-12-31", **DEMAND}, "2027-03-01"),
        # no day that time counts from, and nothing that runs
        ({"relation": "employment"}, None),
        ({"relation": "employment", "still_employed": True}, None),
        # filed: the time is kept
        ({"relation": "employment", "ended_on": "2026-02-10", "filed_on": "2026-03-01"}, None),
        # run out: the day is told all the same
        ({"relation": "employment", "ended_on": "2025-01-15"}, "2026-01-15"),
        # the double wage for 2025-04-01 to 2026-02-10 counts from its last day, which is that of the work
        (
            {
                "relation": "employment", "started_on": "2025-03-01", "ended_on": "2026-02-10",
                "monthly_wage": "6000.00", "double_wage": {},
            },
            "2027-02-10",
        ),
        # of two that are open the earlier counts: the double wage ended when the contract was signed on 2025-09-01
        (
            {
                "relation": "employment", "started_on": "2025-03-01", "ended_on": "2026-02-10",
                "monthly_wage": "6000.00", "double_wage": {"signed_on": "2025-09-01"},
            },
            "2026-08-31",
        ),
        # nothing is owed any more, so no time runs: 6000 due, 6000 paid
        (
            {
                "relation": "employment", "ended_on": "2026-01-31", "pay": {"basis": "month", "amount": "6000.00"},
                "arrears": {"from": "2026-01-01", "to": "2026-01-31", "paid": ["6000.00"]},
            },
            None,
        ),
        # other heads than wages
        ({"relation": "employment", "ended_on": "2026-02-10", "arrears": {}, "severance": {}}, "2027-02-10"),
    ],
)  # fmt: skip
def test_the_first_end_among_those_that_are_open(facts: dict[str, Any], expected: str | None) -> None:
    found = deadline({**ASKED, **facts})
    assert found == (date.fromisoformat(expected) if expected else None)


def test_faults_elsewhere_do_not_hide_the_day() -> None:
    found = deadline({**ASKED, "ended_on": "2026-02-10", "pay": {"basis": "cow"}, "nonsense": 1})
    assert found == date(2027, 2, 10)


@pytest.mark.parametrize("question", [{}, {"as_of": "2026-13-01"}])
def test_without_a_day_there_is_no_deadline(question: dict[str, Any]) -> None:
    assert deadline(question) is None
