"""Policies of the lawyer's work."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies.facts import Facts


def step_recorded(facts: Facts) -> Refused | None:
    """Only what is on record can be corrected."""
    if facts.case.steps:
        return None
    return Refused("no_step_yet", "还没有登记过哪一步。", "No step is on record yet.")
