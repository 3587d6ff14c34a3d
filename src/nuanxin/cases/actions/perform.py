"""Every ordinary move of a case by its name: the door of pages, API and jobs into the transition table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.cases.actions.handover import take_over
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.prepare import Moved, prepare_for
from nuanxin.cases.models import Case

# Moves that need more than their form: each has an action of its own.
ELSEWHERE: Mapping[str, str] = {
    "import_roster": "cases.actions.roster.import_roster",
    "leave_group": "cases.actions.leaving.leave_group",
    "record_claim": "cases.actions.money.record",
    "record_award": "cases.actions.money.record",
    "record_payment": "cases.actions.money.record",
    "confirm_payment": "cases.actions.money.record",
    "deny_payment": "cases.actions.denial.deny",
    "answer_denial": "cases.actions.denial.answer",
    "not_reached": "cases.actions.reaching.not_reached",
    "offer": "assignment.actions.offer",
    "accept_offer": "assignment.actions.accept",
    "decline_offer": "assignment.actions.decline",
    "recall_offer": "assignment.actions.recall",
    "record_facts": "cases.actions.claim.record",
    "move_on": "cases.actions.handover.take_over",
}


def perform(
    action: str,
    *,
    case_id: int,
    by: Actor,
    at: datetime,
    version: int | None = None,
    form: Mapping[str, Any] | None = None,
) -> Case:
    """Make one move of the transition table.

    ``form`` holds the cleaned values of the row's form. Raises a ``cases.faults.Refused`` that says what to do,
    and ValueError for a move that has an action of its own (``ELSEWHERE`` names it).
    """
    if action in ELSEWHERE:
        raise ValueError(f"{action} goes through {ELSEWHERE[action]}")
    values = form or {}
    if action == "accept_transfer":
        return take_over(case_id=case_id, by=by, at=at, version=version)
    fill = prepare_for(action)

    def prepare(case: Case) -> Change:
        return fill(case, Moved(by, at, values))

    return move(action, case_id=case_id, by=by, at=at, version=version, form=values, prepare=prepare)
