"""Stages of a wage claim and the steps in them, each with the clocks it starts and stops.

A lawyer records a step ("arbitration request filed"); the clocks follow from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Stage(StrEnum):
    """Where the claim is being fought."""

    NONE = ""
    NEGOTIATION = "negotiation"  # 协商
    MEDIATION = "mediation"  # 调解
    INSPECTION = "inspection"  # 劳动监察
    ARBITRATION = "arbitration"  # 劳动仲裁
    FIRST_INSTANCE = "first_instance"  # 一审
    APPEAL = "appeal"  # 二审
    PAYMENT_ORDER = "payment_order"  # 支付令
    ENFORCEMENT = "enforcement"  # 强制执行


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened in a stage."""

    key: str
    stage: Stage
    start: tuple[str, ...]
    stop: tuple[str, ...]
    zh: str
    en: str


_G = Stage
_BEFORE_AWARD = ("arbitration.accept", "arbitration.serve", "arbitration.answer")
_BEFORE_COURT = (*_BEFORE_AWARD, "arbitration.award", "court.sue_after_award")
# A step also stops what came before it in its stage: nobody waits any more for papers to be served when the award
# is here, whether or not the serving was ever told to us.
# fmt: off
_STEPS = (
    Step("negotiation.opened", _G.NEGOTIATION, (), (), "开始和对方谈", "Talks with the other side began"),
    Step("negotiation.agreed", _G.NEGOTIATION, (), (), "双方谈妥", "Both sides agreed"),
    Step("negotiation.failed", _G.NEGOTIATION, (), (), "没有谈成", "The talks failed"),
    Step("mediation.filed", _G.MEDIATION, (), (), "申请调解", "Mediation was requested"),
    Step("mediation.hearing", _G.MEDIATION, (), (), "调解会", "Mediation meeting"),
    Step("mediation.agreed", _G.MEDIATION, (), (), "调解成功", "Mediation succeeded"),
    Step("mediation.failed", _G.MEDIATION, (), (), "调解没成", "Mediation failed"),
    Step("inspection.complained", _G.INSPECTION, (), (), "向劳动监察投诉", "Complaint to labour inspection"),
    Step("inspection.opened", _G.INSPECTION, ("inspection.decide",), (), "劳动监察立案", "Inspection opened a file"),
    Step("inspection.ordered", _G.INSPECTION, (), ("inspection.decide",), "责令限期支付", "Ordered to pay"),
    Step("arbitration.filed", _G.ARBITRATION, ("arbitration.accept",), (), "申请劳动仲裁", "Arbitration requested"),
    Step("arbitration.accepted", _G.ARBITRATION, ("arbitration.award", "arbitration.serve"), ("arbitration.accept",),
         "仲裁委受理", "The commission accepted"),
    Step("arbitration.served", _G.ARBITRATION, ("arbitration.answer",), ("arbitration.accept", "arbitration.serve"),
         "副本送达对方", "Papers served on the other side"),
    Step("arbitration.hearing", _G.ARBITRATION, (), _BEFORE_AWARD, "仲裁开庭", "Arbitration hearing"),
    Step("arbitration.mediated", _G.ARBITRATION, (), (*_BEFORE_AWARD, "arbitration.award"), "仲裁调解成功",
         "Settled before the commission"),
    Step("arbitration.awarded", _G.ARBITRATION, ("court.sue_after_award",), (*_BEFORE_AWARD, "arbitration.award"),
         "收到裁决书", "Award received"),
    # Also open where the commission refuses or is late (劳动争议调解仲裁法 arts. 29, 43): all of its clocks end.
    Step("first_instance.filed", _G.FIRST_INSTANCE, (), _BEFORE_COURT, "向法院起诉", "Suit filed"),
    Step("first_instance.hearing", _G.FIRST_INSTANCE, (), (), "一审开庭", "First-instance hearing"),
    Step("first_instance.mediated", _G.FIRST_INSTANCE, (), (), "法院调解成功", "Settled before the court"),
    Step("first_instance.judged", _G.FIRST_INSTANCE, ("court.appeal_judgment",), (), "收到一审判决", "Judgment received"),
    Step("appeal.filed", _G.APPEAL, (), ("court.appeal_judgment",), "提起上诉", "Appeal filed"),
    Step("appeal.hearing", _G.APPEAL, (), (), "二审开庭", "Appeal hearing"),
    Step("appeal.judged", _G.APPEAL, (), (), "收到二审判决", "Appeal judgment received"),
    Step("payment_order.filed", _G.PAYMENT_ORDER, ("payment_order.accept",), (), "申请支付令", "Payment order requested"),
    Step("payment_order.accepted", _G.PAYMENT_ORDER, ("payment_order.issue",), ("payment_order.accept",),
         "法院受理支付令", "The court accepted"),
    Step("payment_order.issued", _G.PAYMENT_ORDER, ("payment_order.debtor_objection",),
         ("payment_order.accept", "payment_order.issue"), "法院发出支付令", "Payment order issued"),
    Step("payment_order.lapsed", _G.PAYMENT_ORDER, (),
         ("payment_order.accept", "payment_order.issue", "payment_order.debtor_objection"), "支付令失效",
         "Payment order lapsed"),
    Step("enforcement.due", _G.ENFORCEMENT, ("enforcement.apply",),
         (*_BEFORE_COURT, "court.appeal_judgment", "payment_order.debtor_objection"), "对方到期没付",
         "The other side did not pay in time"),
    Step("enforcement.filed", _G.ENFORCEMENT, (),
         (*_BEFORE_COURT, "court.appeal_judgment", "enforcement.apply", "payment_order.debtor_objection"),
         "申请强制执行", "Enforcement requested"),
    Step("enforcement.completed", _G.ENFORCEMENT, (), ("enforcement.apply",), "执行完毕", "Enforcement completed"),
)
# fmt: on
# With these the claim itself is made before whoever decides it: the limitation is kept and no longer presses
# (劳动争议调解仲裁法 art. 27; 民法典 art. 195).
CLAIM_MADE: frozenset[str] = frozenset(
    {"arbitration.filed", "arbitration.accepted", "first_instance.filed", "payment_order.filed"}
)
# A day before the commission, the court or the mediator: known ahead, and over with it or with what comes after it.
HEARING = "set.hearing"  # the clock that ends with it
FARTHEST = timedelta(days=730)  # no hearing is set farther ahead
HEARINGS: frozenset[str] = frozenset(step.key for step in _STEPS if step.key.endswith(".hearing"))
_AFTER_HEARING = ("hearing", "agreed", "failed", "mediated", "awarded", "judged")
HEARING_OVER: frozenset[str] = frozenset(s.key for s in _STEPS if s.key.rpartition(".")[2] in _AFTER_HEARING)
STEPS: dict[str, Step] = {step.key: step for step in _STEPS}
