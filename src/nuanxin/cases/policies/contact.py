"""Policies of the first contact: what is claimed, by how many, and how often staff ring."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies.facts import Facts
from nuanxin.cases.rules.ringing import TRIES, pause_after
from nuanxin.cases.sentences import day_and_hour

RING = "promise.call_back"
MOST_CALLS = TRIES  # three counted attempts and one with priority, as for every door


def items_named(facts: Facts) -> Refused | None:
    """An application for aid says what is claimed."""
    if facts.form.get("items") or facts.case.items:
        return None
    return Refused(
        "no_items", "请先选好要主张什么（比如工资）。", "Choose first what is claimed (for example wages)."
    )


def in_group(facts: Facts) -> Refused | None:
    """Only one of several can leave; who is alone withdraws."""
    if facts.case.workers_count > 1:
        return None
    return Refused(
        "no_group",
        "名单里只有一个人，没有集体可退；不想办了请登记“申请撤回”。",
        "There is only one worker on the roster, so there is no group to leave; a wish to withdraw is recorded as such.",
    )


def attempts_left(facts: Facts) -> Refused | None:
    """Three counted attempts to ring back, and the one with priority."""
    if facts.case.call_attempts < MOST_CALLS - 1:
        return None
    return Refused(
        "last_attempt",
        "这是最后一次没有打通。请选“四次未通，短信告知后结束”。",
        "This was the last call that failed. Choose “four calls failed: tell by text message and end”.",
    )


def pause_over(facts: Facts) -> Refused | None:
    """A further try falls into another part of the day, as for a call-back of the hotline: who did not pick up a
    moment ago is at work, and a second ring at once would count for nothing but impatience."""
    case = facts.case
    tried = next((one for one in case.clock_list() if one.rule == RING and one.ended_at is None), None)
    if not case.call_attempts or tried is None:
        return None
    earliest = tried.started_at + pause_after(case.call_attempts)
    if facts.at >= earliest:
        return None
    zh, en = day_and_hour(earliest)
    return Refused(
        "too_early",
        f"刚打过，还没到再打的时间。{zh}以后再打。",
        f"The last call was not long ago: ring again from {en}.",
    )


def attempts_used_up(facts: Facts) -> Refused | None:
    """Nobody is given up before three attempts were counted and the one with priority was made."""
    if facts.case.call_attempts >= MOST_CALLS - 1:
        return None
    return Refused("attempts_left", "还没有打满四次，请再打。", "Four calls were not tried yet; ring again.")
