"""What is happening now with a case, as one would tell the worker. Codes in, sentences out."""

from __future__ import annotations

from nuanxin.cases.sentences import Pair, pair
from nuanxin.cases.upcoming import ended_sentence

_NOW: dict[str, tuple[str, str]] = {
    "submitted": ("{office}收到了您的申请。", "{office} has your application."),
    "accepted": ("{office}受理了，正在审查。", "{office} has accepted it and is reviewing it."),
    "awaiting_material": ("还差几样材料，等您补。", "Some papers are still missing; we are waiting for you."),
    "reviewed": ("审查完了，等{office}决定。", "The review is done; {office} decides."),
    "granted": (
        "决定给您法律援助了，{office}正在给您找律师。",
        "Legal aid is granted; {office} is finding you a lawyer.",
    ),
    "offered": ("{office}请了一位律师，等律师答复。", "{office} has asked a lawyer, who will answer."),
    "assigned": ("律师接了您的案子。", "A lawyer has taken your case."),
    "in_progress": ("律师正在办您的案子。", "Your lawyer is working on your case."),
    "closing": (
        "律师办完了，{office}在检查案卷。",
        "The lawyer's work is done; {office} is checking the file.",
    ),
    "aftercare": ("事情办完了，{office}还会回访您。", "The work is done; {office} will ask you how it went."),
    "objection": ("司法局正在看您的异议。", "The justice bureau is looking at your objection."),
    "withdrawal_requested": (
        "您说想撤回，还没有撤。",
        "You asked to withdraw; nothing has been withdrawn yet.",
    ),
    "answered": ("值班律师答复了您的问题。", "A duty lawyer has answered your question."),
}
_BY_KIND: dict[str, tuple[str, str]] = {
    "report": ("{office}收到了您说的情况。", "{office} has what you told us."),
    "question": ("您的问题到了值班律师那里。", "Your question is with the duty lawyer."),
}
# Of a question that is not with the duty lawyer any more: the next sentence says by when.
_QUESTION_AT: dict[str, tuple[str, str]] = {
    "call_back": (
        "{office}要给您打电话，和您一起把问题理清楚。",
        "{office} is going to ring you and go through your question with you.",
    ),
    "convert": (
        "{office}和您通过电话了，正在安排下一步。",
        "{office} has talked with you and arranges the next step.",
    ),
}
_BY_STAGE: dict[str, tuple[str, str]] = {
    "negotiation": ("律师正在跟对方谈。", "Your lawyer is talking with the other side."),
    "mediation": ("正在调解。", "Mediation is going on."),
    "inspection": ("劳动监察部门正在查。", "Labour inspection is looking into it."),
    "arbitration": ("正在劳动仲裁。", "Labour arbitration is going on."),
    "first_instance": ("法院正在审理。", "The court is hearing your case."),
    "appeal": ("二审法院正在审理。", "The appeal court is hearing your case."),
    "payment_order": ("请法院发支付令，正在等。", "The court was asked for a payment order."),
    "enforcement": ("正在请法院强制执行。", "The court is enforcing payment."),
}
# Steps with which a stage has come to its result: it is no longer going on.
_BY_RESULT: dict[str, tuple[str, str]] = {
    "negotiation.agreed": (
        "双方谈妥了，看对方付不付钱。",
        "Both sides have agreed; now the other side has to pay.",
    ),
    "negotiation.failed": (
        "没有谈成，律师在准备下一步。",
        "The talks failed; your lawyer prepares the next step.",
    ),
    "mediation.agreed": (
        "调解成了，看对方付不付钱。",
        "Mediation succeeded; now the other side has to pay.",
    ),
    "mediation.failed": (
        "调解没成，律师在准备下一步。",
        "Mediation failed; your lawyer prepares the next step.",
    ),
    "inspection.ordered": (
        "劳动监察责令对方付钱，看对方付不付。",
        "Labour inspection has ordered the other side to pay.",
    ),
    "arbitration.mediated": (
        "在仲裁委调解成了，看对方付不付钱。",
        "It was settled before the commission; now the other side has to pay.",
    ),
    "arbitration.awarded": ("劳动仲裁的裁决书到了。", "The arbitration award is here."),
    "first_instance.mediated": (
        "在法院调解成了，看对方付不付钱。",
        "It was settled in court; now the other side has to pay.",
    ),
    "first_instance.judged": ("一审判决书到了。", "The judgment is here."),
    "appeal.judged": ("二审判决书到了。", "The judgment of the appeal court is here."),
    "payment_order.issued": (
        "法院发了支付令，看对方付不付钱。",
        "The court has issued the payment order; now the other side has to pay or object.",
    ),
    "payment_order.lapsed": (
        "支付令失效了，律师在准备下一步。",
        "The payment order has lapsed; your lawyer prepares the next step.",
    ),
    "enforcement.due": (
        "对方到期没有付钱，可以请法院强制执行。",
        "The other side did not pay in time; the court can enforce it.",
    ),
    "enforcement.completed": ("法院执行完了。", "The court has finished enforcing it."),
}
_TRANSFER = (
    "{office}在办，同时请了更合适的单位接手。",
    "{office} has it, and has asked a better placed office to take it over.",
)

_ASKED = (
    "事情办完了，{office}在办结案手续。",
    "The work is done; {office} is closing the file.",
)

# Papers that may be asked for, as the worker reads them. The codes are those of the officers' list.
_PAPERS: dict[str, tuple[str, str]] = {
    "identity": ("身份证，或者别的能证明您是谁的证件", "ID card, or another paper that shows who you are"),
    "employment": (
        "能证明您在那里干活的：合同、工牌、考勤、聊天记录",
        "Proof of the work: contract, badge, attendance sheet, chats",
    ),
    "debt": (
        "能证明欠您钱的：欠条、工资条、结算单、银行流水",
        "Proof of the debt: IOU, pay slip, settlement, bank record",
    ),
    "roster": ("工友名单，写上每人欠多少", "List of the workers, with what each is owed"),
    "mandate": ("大家推选代表的签名", "Signatures of all for their representatives"),
    "respondent": ("该付钱的人或公司的名称、地址", "Name and address of who is to pay"),
    "undertaking": ("个人诚信承诺书（窗口有现成的）", "Good-faith undertaking (the office has the form)"),
    "proof_of_status": ("免予核查的证明材料", "Paper that shows you need no means check"),
    "injury": (
        "受伤的材料：诊断书、票据、工伤认定",
        "Papers on the injury: diagnosis, bills, recognition as a work injury",
    ),
    "decision": ("已经收到的裁决书、判决书或决定书", "Award, judgment or decision received so far"),
}


def paper_words(code: str) -> Pair:
    """A paper that was asked for; a code from outside the list is shown as it is."""
    return pair(_PAPERS.get(code, (code, code)))


def now_sentence(
    *,
    status: str,
    stage: str,
    kind: str,
    step: str,
    ended: bool,
    provisional: bool,
    office: tuple[str, str],
    asked: bool = False,
    taken: str = "",
) -> Pair:
    """What happens now, in one sentence. An ended case says how it ended; ``asked``: the call after the case was made;
    ``taken``: the step that was recorded last, which may be the result of its stage.

    A missing state raises KeyError.
    """
    if ended:
        return ended_sentence(status)
    if step == "accept_transfer":
        return pair(_TRANSFER, office=office)
    if status == "submitted" and kind == "question" and step in _QUESTION_AT:
        return pair(_QUESTION_AT[step], office=office)
    if status == "submitted" and kind in _BY_KIND:
        return pair(_BY_KIND[kind], office=office)
    if status == "in_progress" and taken in _BY_RESULT and taken.startswith(f"{stage}."):
        return pair(_BY_RESULT[taken])
    if status == "in_progress" and stage in _BY_STAGE:
        return pair(_BY_STAGE[stage], office=office)
    if status == "aftercare" and asked:
        return pair(_ASKED, office=office)
    return pair(_NOW[status], office=office)
