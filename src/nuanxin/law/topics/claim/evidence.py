"""What has to be proved for the heads of a claim, what can stand in for it, and who has to prove it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nuanxin.law.basis import Basis, as_json, cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.written import Fixed

Burden = Literal["worker", "employer"]

KINDS: Mapping[str, Bilingual] = {
    "contract": Bilingual("书面合同", "written contract"),
    "payslip": Bilingual("工资条", "pay slip"),
    "bank_record": Bilingual("银行流水或转账记录", "bank or transfer record"),
    "attendance": Bilingual("考勤表、打卡记录", "attendance sheet or clock record"),
    "iou": Bilingual("欠条", "IOU"),
    "settlement": Bilingual("结算单、调解或和解协议", "settlement sheet or agreement"),
    "messages": Bilingual("微信、短信等聊天记录", "chat messages"),
    "photos": Bilingual("干活时的照片、视频", "photographs or videos at work"),
    "witness": Bilingual("工友证言", "co-workers' statements"),
    "work_card": Bilingual("工作证、工牌、出入证", "work card or pass"),
    "entry_form": Bilingual("入职登记表、报名表", "entry or registration form"),
    "social_insurance": Bilingual("社保缴费记录", "social-insurance record"),
    "real_name_record": Bilingual("工地实名制记录", "real-name record of the site"),
    "notice_of_ending": Bilingual("辞退、解除通知", "notice of dismissal"),
    "own_notice": Bilingual("写明理由的解除通知及寄送凭证", "own notice with its reason and proof of sending"),
    "recording": Bilingual("录音", "recording"),
    "medical_record": Bilingual("病历、诊断证明", "medical record"),
    "injury_decision": Bilingual("工伤认定书", "decision recognising the work injury"),
    "grade_decision": Bilingual("劳动能力鉴定结论", "decision on the grade of disability"),
    "government_order": Bilingual("责令支付的文书", "order to pay"),
    "rights_board": Bilingual("工地维权信息告示牌的照片", "photograph of the site's rights-notice board"),
    "work_orders": Bilingual("平台接单和行程记录", "order and trip records of the platform"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """One thing to be proved. ``by``: kinds of evidence that prove it, the plainest first. Each is only itself."""

    id: str
    burden: Burden
    by: tuple[str, ...]
    why: Bilingual
    basis: tuple[Basis, ...]


_EACH_SIDE, _CIVIL = cite("劳动争议调解仲裁法", "6"), cite("民事诉讼法", "67(1)")
_PRODUCE = (cite("保障农民工工资支付条例", "50"), _EACH_SIDE)
_LEDGER = cite("保障农民工工资支付条例", "15(1)")
_OWN_DECISION = (cite("劳动争议司法解释一", "44"), _EACH_SIDE)
_ANY_WORK = ("attendance", "payslip", "bank_record", "messages", "photos", "witness", "recording")

RELATIONSHIP = Need(
    "labour_relationship", "worker",
    ("contract", "social_insurance", "payslip", "bank_record", "work_card", "entry_form", "real_name_record",
     "attendance", "work_orders", "messages", "photos", "witness"),
    Bilingual(
        "先证明您在这家单位干活；工资表、登记表、考勤在单位手里的，由单位拿出来。",
        "First that you worked for this unit; pay sheets, entry forms and attendance it holds, the unit must produce.",
    ),
    (cite("确立劳动关系通知", "2"), _EACH_SIDE),
)  # fmt: skip
WORK_DONE = Need(
    "work_done", "worker", ("settlement", "contract", *_ANY_WORK, "work_orders"),
    Bilingual("证明干了什么活、干了多少。", "That the work was done, and how much of it."), (_CIVIL,),
)  # fmt: skip
RATE = Need(
    "wage_rate", "employer", ("contract", "payslip", "bank_record", "messages", "recording", "witness"),
    Bilingual(
        "工资标准写在劳动合同和工资台账里，单位应当拿出来，拿不出来的由单位承担后果。",
        "The rate stands in contract and ledger, which the employer must produce or bear the consequence.",
    ),
    (*_PRODUCE, _LEDGER),
)  # fmt: skip
AGREED_PAY = Need(
    "wage_rate", "worker", ("contract", "settlement", "messages", "bank_record", "recording", "witness"),
    Bilingual("证明约定的价钱。", "The pay that was agreed."), (_CIVIL,),
)  # fmt: skip
PAID = Need(
    "arrears", "employer", ("settlement", "iou", "bank_record", "payslip", "messages", "recording"),
    Bilingual(
        "付没付、付了多少由单位证明：工资台账要保存三年。",
        "Whether and how much was paid is for the employer to prove: its ledger is kept for three years.",
    ),
    (*_PRODUCE, _LEDGER),
)  # fmt: skip
SUM = Need(
    "acknowledged_sum", "worker", ("iou", "settlement", "messages", "recording"),
    Bilingual(
        "欠条要有名字、金额、日期，最好写明哪天付。",
        "An IOU needs name, sum and date, and best the day of payment.",
    ),
    (cite("劳动争议司法解释一", "15"), _CIVIL),
)  # fmt: skip
HOURS = Need(
    "hours", "worker", ("attendance", "messages", "photos", "work_orders", "recording", "witness"),
    Bilingual(
        "加班由您证明；能证明考勤在单位手里的，单位不拿出来就由单位承担后果。",
        "You prove the overtime; show that the employer holds the records, and it must produce them or bear the "
        "consequence.",
    ),
    (cite("劳动争议司法解释一", "42"), _EACH_SIDE),
)  # fmt: skip
NO_CONTRACT = Need(
    "written_contract", "employer", ("messages", "recording", "witness"),
    Bilingual(
        "签没签书面合同，由单位拿出合同来证明。", "That a contract was signed is shown by the employer's copy."
    ),
    (*_PRODUCE, cite("劳动合同法", "10(1)")),
)  # fmt: skip
SERVICE_TIME = Need(
    "length_of_service", "employer",
    ("contract", "social_insurance", "payslip", "bank_record", "work_card", "witness"),
    Bilingual("工作年限有争议的，由单位证明。", "Disputed years of service are for the employer to prove."),
    _OWN_DECISION,
)  # fmt: skip
DISMISSAL = Need(
    "termination_reason", "employer", ("notice_of_ending", "messages", "recording", "witness"),
    Bilingual(
        "单位作出辞退决定的理由由单位证明；您要证明是单位让走的。",
        "The ground of a dismissal is for the employer to prove; that you were told to go, for you.",
    ),
    _OWN_DECISION,
)  # fmt: skip
OWN_LEAVING = Need(
    "termination_reason", "worker", ("own_notice", "messages", "recording"),
    Bilingual(
        "因为欠薪等原因自己走的，要证明走的时候说明了这个理由。",
        "If you left because of arrears or the like, that you gave this reason when leaving.",
    ),
    (_EACH_SIDE,),
)  # fmt: skip
LEAVE = Need(
    "leave_taken", "employer", ("attendance", "messages", "payslip"),
    Bilingual("休没休年休假，考勤和工资记录在单位手里。", "Whether leave was taken stands in the employer's records."),
    (_EACH_SIDE,),
)  # fmt: skip
ACCIDENT = Need(
    "accident", "employer", ("injury_decision", "medical_record", "photos", "witness", "recording"),
    Bilingual("单位不认是工伤的，由单位证明。", "An employer who denies the work injury has to prove it."),
    (cite("工伤保险条例", "19(2)"),),
)  # fmt: skip
GRADE = Need(
    "disability_grade", "worker", ("grade_decision",),
    Bilingual("伤残等级要有鉴定结论。", "The grade needs the decision of the assessment board."), (_EACH_SIDE,),
)  # fmt: skip
ORDER = Need(
    "government_order", "worker", ("government_order",),
    Bilingual("要有责令支付的文书，写明期限。", "The order to pay, with its time limit."),
    (cite("劳动保障监察条例", "26"),),
)  # fmt: skip
CHAIN = Need(
    "liable_parties", "worker", ("rights_board", "contract", "real_name_record", "bank_record", "photos"),
    Bilingual(
        "工地告示牌上写着建设单位、总包和分包。", "The board on the site names owner, general contractor and subcontractor."
    ),
    (cite("保障农民工工资支付条例", "34"),),
)  # fmt: skip
_NEEDS = (
    RELATIONSHIP, WORK_DONE, RATE, AGREED_PAY, PAID, SUM, HOURS, NO_CONTRACT, SERVICE_TIME, DISMISSAL, OWN_LEAVING,
    LEAVE, ACCIDENT, GRADE, ORDER, CHAIN,
)  # fmt: skip
BASIS: tuple[Basis, ...] = tuple(dict.fromkeys(basis for one in _NEEDS for basis in one.basis))

# The employer ended it, or it ended on the employer's side.
BY_EMPLOYER = frozenset({
    "employer_unlawful", "employer_no_fault", "layoff", "agreed_employer_proposed", "employer_closed", "worker_fault",
    "term_expired", "task_completed",
})  # fmt: skip
_BY_TOPIC: Mapping[str, tuple[Need, ...]] = {
    "minimum_wage": (PAID,),
    "deduction": (PAID,),
    "overtime": (RATE, HOURS),
    "double_wage": (RATE, NO_CONTRACT, SERVICE_TIME),
    "annual_leave": (RATE, SERVICE_TIME, LEAVE),
    "injury": (RATE, ACCIDENT, GRADE),
    "extra_compensation": (ORDER,),
    "crime": (ORDER,),
    "liability": (CHAIN,),
}


def evidence(
    topics: Collection[str],
    relation: str | None,
    *,
    acknowledged: bool,
    end_reason: str | None,
    has: Collection[str],
) -> list[Fixed]:
    """Each thing to be proved once. ``have``: whether something in ``has`` already proves it."""
    wanted = dict.fromkeys(_wanted(topics, relation, acknowledged=acknowledged, end_reason=end_reason))
    held = frozenset(has)
    return [_told(one, not held.isdisjoint(one.by)) for one in wanted]


def _wanted(
    topics: Collection[str], relation: str | None, *, acknowledged: bool, end_reason: str | None
) -> Iterator[Need]:
    service = relation == "service"
    if not service:
        yield RELATIONSHIP
    if "arrears" in topics:
        if acknowledged:
            yield SUM
        elif service:
            yield from (WORK_DONE, AGREED_PAY)
        else:
            yield from (RATE, PAID)
    for topic, needs in _BY_TOPIC.items():
        if topic in topics and (not service or topic in ("liability", "crime")):
            yield from needs
    if "severance" in topics and not service:
        yield from (SERVICE_TIME, DISMISSAL if end_reason in BY_EMPLOYER else OWN_LEAVING)


@lru_cache(maxsize=2 * len(_NEEDS))
def _told(one: Need, have: bool) -> Fixed:
    """The entry as the contract writes it."""
    return Fixed({
        "need": one.id,
        "have": have,
        "substitutes": [{"kind": kind, **KINDS[kind].as_json()} for kind in one.by],
        "burden": one.burden,
        "why": one.why.as_json(),
        "basis": as_json(one.basis),
    })  # fmt: skip
