"""Policies of the lawyer's work."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies.facts import Facts
from nuanxin.cases.rules.stages import HEARING
from nuanxin.cases.upcoming import running


def step_recorded(facts: Facts) -> Refused | None:
    """Only what is on record can be corrected."""
    if facts.case.steps:
        return None
    return Refused("no_step_yet", "还没有登记过哪一步。", "No step is on record yet.")


def hearing_ahead(facts: Facts) -> Refused | None:
    """Only a hearing whose day is set and not over can be called off."""
    if running(facts.case, HEARING):
        return None
    return Refused("no_hearing", "没有定好的开庭日子。", "No hearing is set.")
