"""Policies of changing hands: transfers, offers, withdrawals, watches."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies.facts import Facts

MOST_RETURNS = 2


def no_transfer_open(facts: Facts) -> Refused | None:
    """One transfer at a time; after two returns the superior level settles it."""
    if facts.case.transfer_to:
        return Refused(
            "transfer_open", "已经在转办中，等对方答复。", "A transfer is already waiting for an answer."
        )
    if facts.case.transfer_returns >= MOST_RETURNS and not facts.of_superior:
        return Refused(
            "returned_twice",
            "已经被退回两次，请上级指定承办单位。",
            "It was returned twice; ask the superior level to name the agency.",
        )
    return None


def not_on_its_way(facts: Facts) -> Refused | None:
    """A case that another agency is asked to take gets no new lawyer meanwhile."""
    if not facts.case.transfer_to:
        return None
    return Refused(
        "transfer_open",
        "正在转办，等对方答复；要在本单位指派律师，请先撤回转办。",
        "A transfer is waiting for its answer. To assign a lawyer here, call the transfer off first.",
    )


def transfer_open(facts: Facts) -> Refused | None:
    """There must be a transfer to answer."""
    if facts.case.transfer_to:
        return None
    return Refused("no_transfer", "没有等您接收的转办。", "There is no transfer waiting for an answer.")


def different_officer(facts: Facts) -> Refused | None:
    """A withdrawal is confirmed by an officer who neither recorded the wish nor handles the case."""
    if facts.by_id and facts.by_id not in {facts.case.withdrawal_by, facts.case.officer, facts.case.lawyer}:
        return None
    return Refused(
        "same_officer",
        "撤回要由没有经手本案的同事打电话核实：是不是本人意思，钱拿到没有，有没有人施压。",
        "A colleague who has not handled this case must ring the worker first: is it their own wish, was the money paid, "
        "did anybody press them.",
    )


def no_watch_open(facts: Facts) -> Refused | None:
    """One question of a watch at a time."""
    return (
        Refused("watch_open", "已有督办在等答复。", "A watch is already waiting for its answer.")
        if facts.case.watch_by
        else None
    )


def watch_open(facts: Facts) -> Refused | None:
    """There must be a watch to answer."""
    return (
        None
        if facts.case.watch_by
        else Refused("no_watch", "没有要答复的督办。", "There is no watch to answer.")
    )
