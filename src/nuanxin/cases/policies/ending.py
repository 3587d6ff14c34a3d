"""Policies of the end: money in hand, subsidy, follow-up."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies.facts import Facts
from nuanxin.cases.rules.settling import unsettled
from nuanxin.cases.rules.states import ENDED, Status


def money_in_hand(facts: Facts) -> Refused | None:
    """The money of every single worker allows the end that is reported: ``rules.settling`` says when.

    While the lawyer works, only what the report now says counts: a file that came back may end otherwise.
    Raises LookupError where nobody has read the money for it.
    """
    reported = "" if facts.case.state is Status.IN_PROGRESS else facts.case.outcome
    outcome = facts.form.get("outcome") or reported
    if not outcome:
        return None
    if facts.money is None:
        raise LookupError("money_in_hand looks at the money worker by worker")
    fault = unsettled(str(outcome), facts.money)
    return None if fault is None else Refused(fault.code, fault.zh, fault.en)


def payment_waits(facts: Facts) -> Refused | None:
    """Somebody is asked about money only where some was entered as paid and nobody has confirmed it."""
    if facts.case.paid_fen != facts.case.confirmed_fen:
        return None
    return Refused("nothing_waits", "没有等工人回话的付款。", "No payment waits for the word of a worker.")


def still_to_confirm(facts: Facts) -> Refused | None:
    """Once a case has ended, only a payment that it left open is confirmed, and nothing is corrected any more."""
    return payment_waits(facts) if facts.case.state in ENDED else None


def denial_open(facts: Facts) -> Refused | None:
    """There must be somebody who said that money did not come, and was not answered yet."""
    if any(c.rule == "promise.denial_answer" and c.ended_at is None for c in facts.case.clock_list()):
        return None
    return Refused(
        "nothing_denied",
        "没有等答复的“钱没收到”。",
        "Nobody waits for an answer about money that did not come.",
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
