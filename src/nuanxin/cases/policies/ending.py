"""Policies of the end: money in hand, subsidy, follow-up."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies.facts import Facts


def money_in_hand(facts: Facts) -> Refused | None:
    """A case ends as recovered only when the worker has the money: all that was paid is confirmed.

    What was due is what was awarded or agreed, and as long as nothing was, what was claimed.
    """
    outcome = facts.form.get("outcome") or facts.case.outcome
    if outcome not in {"recovered", "partly_recovered"}:
        return None
    sums = facts.case.sums
    due = max(sums.awarded or sums.claimed, 1) if outcome == "recovered" else 1
    if sums.confirmed >= due and sums.confirmed == sums.paid:
        return None
    return Refused(
        "not_confirmed",
        "钱还没有全部由工人确认收到（或没有银行凭证），不能按“已讨回”结案。请先请工人确认。",
        "The worker has not confirmed all the money (and no bank proof is on file), so the case cannot end as recovered. "
        "Ask the worker to confirm first.",
    )


def not_own_lawyer(facts: Facts) -> Refused | None:
    """Whoever handles a case does not also record that its worker has the money, whatever else they are."""
    if not facts.by_id or facts.by_id != facts.case.lawyer:
        return None
    return Refused(
        "own_lawyer",
        "您是本案律师，工人到账要由承办单位的另一位同事核实登记；有银行凭证的，请先收进案卷。",
        "You are the lawyer of this case: a colleague of the agency asks the worker and records the confirmation. "
        "A bank proof may be handed in with the papers first.",
    )


def subsidy_paid(facts: Facts) -> Refused | None:
    """Legal Aid Law art. 52: the subsidy is paid promptly; a staff lawyer's is zero, but entered."""
    if facts.case.subsidy_fen is not None:
        return None
    return Refused("no_subsidy", "请先登记律师补贴。", "Enter the lawyer's subsidy first.")


def followed_up(facts: Facts) -> Refused | None:
    """Legal Aid Law art. 59: follow-up call."""
    if facts.case.followed_up_at is not None:
        return None
    return Refused("no_follow_up", "请先回访工人。", "Make the follow-up call first.")
