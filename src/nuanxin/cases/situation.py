"""What is happening now with a case, as one would tell the worker. Codes in, sentences out."""

from __future__ import annotations

from nuanxin.cases.rules.clocks import CLOCK_RULES
from nuanxin.cases.sentences import BY_CLOCK, LAWYER_WORKS, Pair, next_sentence, pair

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
_TRANSFER = (
    "{office}在办，同时请了更合适的单位接手。",
    "{office} has it, and has asked a better placed office to take it over.",
)

_ASKED = (
    "事情办完了，也回访过您了，{office}在办结案手续。",
    "The work is done and you were asked how it went; {office} is closing the file.",
)

# What a worker is waiting for, in a few words: the last, hollow dot of the timeline.
_AWAITED: dict[str, tuple[str, str]] = {
    "accept": ("受理", "Acceptance"),
    "review": ("审查结果", "Result of the review"),
    "grant": ("决定", "Decision"),
    "supply": ("您补材料", "Your papers"),
    "offer": ("找好律师", "A lawyer is found"),
    "accept_offer": ("律师答复", "The lawyer's answer"),
    "sign_agreement": ("签委托协议", "Signing the agreement"),
    "report_progress": ("律师向您说进展", "Your lawyer's report"),
    "report_closing": ("整理案卷", "The file is put in order"),
    "change_lawyer": ("答复换律师的请求", "Answer about another lawyer"),
    "pass_file": ("检查案卷", "File check"),
    "record_follow_up": ("回访您", "A call to ask how it went"),
    "close": ("结案", "Closing"),
    "call_back": ("给您回电话", "We ring you back"),
    "convert": ("商量下一步", "Agreeing the next step"),
    "answer": ("律师答复", "The lawyer's answer"),
    "close_question": ("您还可以接着问", "You may go on asking"),
    "sustain_objection": ("司法局答复", "The bureau's answer"),
    "accept_transfer": ("对方单位答复", "The other office answers"),
    "confirm_withdrawal": ("给您打电话核实", "A call to make sure"),
}

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
) -> Pair:
    """What happens now, in one sentence. An ended case says how it ended; ``asked``: the call after the case was made.

    A missing state raises KeyError.
    """
    if ended:
        return next_sentence(status=status, step=step, next_by=None, provisional=provisional, office=office)
    if step == "accept_transfer":
        return pair(_TRANSFER, office=office)
    if status == "submitted" and kind in _BY_KIND:
        return pair(_BY_KIND[kind], office=office)
    if status == "in_progress" and stage in _BY_STAGE:
        return pair(_BY_STAGE[stage], office=office)
    if status == "aftercare" and asked:
        return pair(_ASKED, office=office)
    return pair(_NOW[status], office=office)


def awaited(step: str, clock: str = "") -> Pair:
    """What is waited for, in a few words; while the lawyer works, what the clock is for. A missing step raises KeyError."""
    if step in LAWYER_WORKS and clock in BY_CLOCK:
        return pair((CLOCK_RULES[clock].zh, CLOCK_RULES[clock].en))
    return pair(_AWAITED[step])
