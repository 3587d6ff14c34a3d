"""When a move is allowed. Each policy looks at the facts it is given and never looks anything up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nuanxin.cases.faults import Refused
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.law.eligibility import Applicant, means
from nuanxin.law.eligibility import aid_first_allowed as law_aid_first

if TYPE_CHECKING:
    from nuanxin.cases.models import Case

MOST_CALLS = 3  # three counted attempts, as for every door


@dataclass(frozen=True, slots=True)
class Facts:
    """What a policy may look at: the case, who acts (staff id), when, and what the form said."""

    case: Case
    by_id: int
    at: datetime
    form: Mapping[str, Any] = field(default_factory=dict)
    two_persons: bool = False  # this agency needs a second person to decide


Policy = Callable[[Facts], Refused | None]


def asked_once(facts: Facts) -> Refused | None:
    """Legal Aid Law art. 43(2): everything that is missing is named once, in one list."""
    if facts.case.supplement_asked_at is None or facts.form.get("new_facts"):
        return None
    return Refused(
        "asked_before",
        "已经一次性告知过要补的材料，不能再要第一次就能看出缺的材料（法律援助法第四十三条）。"
        "如果是新情况才需要的材料，请勾选“新出现的情况”并写明。",
        "The worker was already told once of everything missing; what could have been named then cannot be asked for now "
        "(Legal Aid Law art. 43). If a new fact calls for it, tick “new fact” and say which.",
    )


def supplement_overdue(facts: Facts) -> Refused | None:
    """An application is deemed withdrawn only after the time for the papers has run out."""
    clocks = [c for c in facts.case.clock_list() if c.rule == "promise.supplement"]
    if clocks and clocks[-1].due < facts.at:
        return None
    return Refused(
        "not_overdue",
        "补材料的期限还没到，不能按撤回处理。",
        "The time for the missing papers has not run out; the application cannot count as withdrawn.",
    )


def second_person(facts: Facts) -> Refused | None:
    """Where two persons are required, whoever reviewed a case does not decide it."""
    if not facts.two_persons:
        return None
    if facts.case.reviewed_by == 0:
        return Refused(
            "not_reviewed",
            "本单位实行两人审批：请先由另一位同事审查。",
            "This agency decides with two persons: a colleague reviews first.",
        )
    if facts.case.reviewed_by == facts.by_id:
        return Refused(
            "same_person",
            "本案是您审查的，要由另一位同事决定。",
            "You reviewed this case yourself; another colleague has to decide it.",
        )
    return None


def means_settled(facts: Facts) -> Refused | None:
    """Legal Aid Law arts. 41, 42: pay and work injury are exempt on a document of status; the rest needs an undertaking.

    The form says whether the document was seen (``status_document``) and whether the worker gave the good-faith
    undertaking (``undertaking``), which the law accepts in place of a check.
    """
    if facts.case.means_settled or facts.form.get("undertaking"):
        return None
    applicant = Applicant(migrant_worker=True, status_document=bool(facts.form.get("status_document")))
    outcome = means(applicant, facts.case.items).outcome
    if outcome == "exempt":
        return None
    if outcome == "document_needed":
        return Refused(
            "document_needed",
            "讨工资、工伤的免予核查经济困难，但要看一眼务工身份材料（户口簿、居住证、合同、考勤都行）。看过了请勾选；"
            "一时拿不出来，可以签诚信承诺（法律援助法第四十一、四十二条）。",
            "Wage and work-injury claims need no hardship check, but some paper that shows the worker's status must be seen "
            "(household register, residence permit, contract, attendance sheet). Tick it once seen, or take the "
            "good-faith undertaking instead (Legal Aid Law arts. 41, 42).",
        )
    return Refused(
        "means_open",
        "有的请求不在免予核查之列：请先取得个人诚信承诺或核查结果（法律援助法第四十一条）。",
        "Some items are not exempt from the means check: take a good-faith undertaking or a check result first "
        "(Legal Aid Law art. 41).",
    )


def aid_first_allowed(facts: Facts) -> Refused | None:
    """Legal Aid Law art. 44: fewer than seven days left, or urgent preservation."""
    today = facts.at.astimezone(SHANGHAI).date()
    ground = law_aid_first(
        limitation_ends_on=facts.case.limitation_on,
        today=today,
        needs_preservation=bool(facts.form.get("needs_preservation")),
    )
    if ground is not None:
        return None
    return Refused(
        "not_urgent",
        "离时效届满还有七天以上，也没有紧急保全的需要，不能先行提供援助（法律援助法第四十四条）。请走正常审查。",
        "Seven days or more are left and nothing needs urgent preservation, so aid first is not open "
        "(Legal Aid Law art. 44). Use the ordinary review.",
    )


def formalities_open(facts: Facts) -> Refused | None:
    """Only a case with aid first has papers to be made good."""
    if any(c.rule == "promise.formalities" and c.ended_at is None for c in facts.case.clock_list()):
        return None
    return Refused("nothing_open", "没有要补办的手续。", "There are no papers left to make good.")


def items_named(facts: Facts) -> Refused | None:
    """An application for aid says what is claimed."""
    if facts.form.get("items") or facts.case.items:
        return None
    return Refused(
        "no_items", "请先选好要主张什么（比如工资）。", "Choose first what is claimed (for example wages)."
    )


def attempts_left(facts: Facts) -> Refused | None:
    """Three counted attempts to ring back."""
    if facts.case.call_attempts < MOST_CALLS - 1:
        return None
    return Refused(
        "last_attempt",
        "这是第三次没有打通。请选“三次未通，短信告知后结束”。",
        "This was the third call that failed. Choose “three calls failed: tell by text message and end”.",
    )


def attempts_used_up(facts: Facts) -> Refused | None:
    """Nobody is given up before three attempts were counted."""
    if facts.case.call_attempts >= MOST_CALLS - 1:
        return None
    return Refused("attempts_left", "还没有打满三次，请再打。", "Three calls were not tried yet; ring again.")


def no_transfer_open(facts: Facts) -> Refused | None:
    """One transfer at a time; after two returns the superior level settles it."""
    if facts.case.transfer_to:
        return Refused(
            "transfer_open", "已经在转办中，等对方答复。", "A transfer is already waiting for an answer."
        )
    if facts.case.transfer_returns >= 2 and not facts.form.get("by_superior"):
        return Refused(
            "returned_twice",
            "已经被退回两次，请上级指定承办单位。",
            "It was returned twice; ask the superior level to name the agency.",
        )
    return None


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


def money_in_hand(facts: Facts) -> Refused | None:
    """A case ends as recovered only when the worker has the money: all that was paid is confirmed."""
    outcome = facts.form.get("outcome") or facts.case.outcome
    if outcome not in {"recovered", "partly_recovered"}:
        return None
    sums = facts.case.sums
    due = max(sums.awarded, 1) if outcome == "recovered" else 1
    if sums.confirmed >= due and sums.confirmed == sums.paid:
        return None
    return Refused(
        "not_confirmed",
        "钱还没有全部由工人确认收到（或没有银行凭证），不能按“已讨回”结案。请先请工人确认。",
        "The worker has not confirmed all the money (and no bank proof is on file), so the case cannot end as recovered. "
        "Ask the worker to confirm first.",
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


POLICIES: dict[str, Policy] = {
    policy.__name__: policy
    for policy in (
        asked_once,
        supplement_overdue,
        second_person,
        means_settled,
        aid_first_allowed,
        formalities_open,
        items_named,
        attempts_left,
        attempts_used_up,
        no_transfer_open,
        transfer_open,
        different_officer,
        no_watch_open,
        watch_open,
        money_in_hand,
        subsidy_paid,
        followed_up,
    )
}


def first_refusal(names: tuple[str, ...], facts: Facts) -> Refused | None:
    """The first policy that refuses, or None."""
    for name in names:
        refusal = POLICIES[name](facts)
        if refusal is not None:
            return refusal
    return None
