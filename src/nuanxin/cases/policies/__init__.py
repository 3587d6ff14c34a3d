"""When a move is allowed. Each policy looks at the facts it is given and never looks anything up."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies import contact, ending, handover, review, work
from nuanxin.cases.policies.contact import MOST_CALLS
from nuanxin.cases.policies.facts import Facts, Policy

__all__ = ["LOOK_AT_MONEY", "MOST_CALLS", "POLICIES", "Facts", "Policy", "first_refusal"]

# Policies that need the money worker by worker (``Facts.money``).
LOOK_AT_MONEY: frozenset[str] = frozenset({"money_in_hand"})

POLICIES: dict[str, Policy] = {
    policy.__name__: policy
    for policy in (
        contact.items_named,
        contact.in_group,
        contact.attempts_left,
        contact.attempts_used_up,
        contact.pause_over,
        review.asked_once,
        review.supplement_overdue,
        review.second_person,
        review.means_settled,
        review.aid_first_allowed,
        review.formalities_open,
        review.not_objected,
        handover.no_transfer_open,
        handover.not_on_its_way,
        handover.transfer_open,
        handover.different_officer,
        handover.no_watch_open,
        handover.watch_open,
        work.step_recorded,
        work.hearing_ahead,
        ending.money_in_hand,
        ending.payment_waits,
        ending.still_to_confirm,
        ending.denial_open,
        ending.not_own_lawyer,
        ending.subsidy_paid,
        ending.followed_up,
    )
}


def first_refusal(names: tuple[str, ...], facts: Facts) -> Refused | None:
    """The first policy that refuses, or None."""
    for name in names:
        refusal = POLICIES[name](facts)
        if refusal is not None:
            return refusal
    return None
