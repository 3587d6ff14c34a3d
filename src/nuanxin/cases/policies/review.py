"""Policies of review and decision (Legal Aid Law arts. 41 to 44, 49)."""

from __future__ import annotations

from nuanxin.cases.faults import Refused
from nuanxin.cases.policies.facts import Facts
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.law.eligibility import Applicant, means
from nuanxin.law.eligibility import aid_first_allowed as law_aid_first


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
    if clocks and clocks[-1].due <= facts.at:
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
    if facts.case.means_settled:
        return None
    document, undertaking = (bool(facts.form.get(key)) for key in ("status_document", "undertaking"))
    applicant = Applicant(migrant_worker=True, status_document=document, undertaking=undertaking)
    step = means(applicant, facts.case.items)
    if step.settled:
        return None
    if step.outcome == "document_needed":
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


def not_objected(facts: Facts) -> Refused | None:
    """Legal Aid Law art. 49: the bureau answers a decision once; after that the way is review or suit."""
    if facts.case.objected_at is None:
        return None
    return Refused(
        "objected_before",
        "这个决定已经提过异议，司法局也答复了。还是不同意的，可以依法申请行政复议或者提起行政诉讼（法律援助法第四十九条）。",
        "The justice bureau has already answered an objection to this decision. If you still disagree, administrative "
        "review or a suit is open (Legal Aid Law art. 49).",
    )
