"""What the worker reads: where it is and what was done. What comes next stands in ``cases.upcoming``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.ledger import said_money as said_money
from nuanxin.cases.rules.stages import STEPS

Pair = dict[str, str]

_STATUS: dict[str, tuple[str, str]] = {
    "submitted": ("已收到", "Received"), "accepted": ("审查中", "Under review"),
    "awaiting_material": ("等您补材料", "Waiting for your papers"), "reviewed": ("等决定", "Waiting for the decision"),
    "granted": ("同意援助，正在找律师", "Aid granted, finding a lawyer"), "offered": ("正在请律师", "A lawyer was asked"),
    "assigned": ("律师已接", "A lawyer has it"), "in_progress": ("办理中", "In progress"),
    "closing": ("检查案卷", "File check"), "aftercare": ("回访", "Follow-up"), "closed": ("已结案", "Closed"),
    "refused": ("不予援助", "Refused"), "objection": ("异议审查中", "Objection under review"),
    "withdrawal_requested": ("申请撤回", "Withdrawal asked"), "withdrawn": ("已撤回", "Withdrawn"),
    "terminated": ("已终止", "Ended early"), "answered": ("已答复", "Answered"), "moved": ("已转外省", "Moved"),
}  # fmt: skip

_EVENTS: dict[str, tuple[str, str]] = {
    "case.submitted": ("您提交了", "You handed it in"),
    "case.call_back": ("工作人员给您打了电话", "Staff rang you"),
    "case.call_failed": ("工作人员给您打电话，没有打通", "Staff rang you but could not reach you"),
    "case.give_up_calling": (
        "四次没打通，先放下了；您随时可以再打 12348",
        "Four calls failed; ring 12348 whenever you like",
    ),
    "case.convert": ("转为法律援助申请", "It became an application for legal aid"),
    "case.advise": ("已给您说明怎么办", "You were told what to do"),
    "case.answer": ("值班律师答复了您", "A duty lawyer answered you"),
    "case.ask_again": ("您又问了一次", "You asked once more"),
    "case.not_helped": ("答复没帮上您，要给您回电话", "The answer did not help; you are rung back"),
    "case.close_question": ("咨询结束", "The question was closed"),
    "case.accept": ("已受理", "It was accepted"),
    "case.ask_for_more": ("请您补材料", "You were asked for papers"),
    "case.supply": ("收到您补的材料", "Your papers arrived"),
    "case.deem_withdrawn": (
        "到期没有补材料，按撤回处理",
        "The papers did not come in time; it counts as withdrawn",
    ),
    "case.review": ("审查完了", "The review is done"),
    "case.grant": ("决定给您法律援助", "Legal aid was granted"),
    "case.grant_aid_first": ("时间紧，先给您援助，手续后补", "Time is short: aid came first, papers later"),
    "case.complete_formalities": ("手续补齐了", "The papers are complete"),
    "case.refuse": ("决定不予援助", "Legal aid was refused"),
    "case.object": ("您提出异议", "You objected"),
    "case.sustain_objection": ("司法局支持您的异议", "The justice bureau agreed with you"),
    "case.dismiss_objection": ("司法局维持原决定", "The justice bureau kept the decision"),
    "case.transfer": ("转给另一个单位，等对方接收", "It was passed on and waits for the other office"),
    "case.accept_transfer": ("新单位接收了", "The new office took it over"),
    "case.refuse_transfer": ("对方没有接收，原单位继续办", "The other office did not take it; yours goes on"),
    "case.revoke_transfer": ("不转了，原单位继续办", "The transfer was called off"),
    "case.move_on": ("转到外省继续办", "It goes on in another province"),
    "case.request_withdrawal": ("申请撤回", "Withdrawal was asked for"),
    "case.confirm_withdrawal": ("核实后撤回", "Withdrawn after a call"),
    "case.keep_case": ("不撤回，继续办", "Not withdrawn; it goes on"),
    "case.terminate": ("法律援助终止", "Legal aid was ended"),
    "case.open_watch": ("上级来问办得怎么样", "A higher level asked how it goes"),
    "case.answer_watch": ("承办单位答复了上级", "The office answered the higher level"),
    "case.offer": ("请了一位律师", "A lawyer was asked"),
    "case.accept_offer": ("律师接了您的案子", "A lawyer took your case"),
    "case.decline_offer": ("律师接不了，换一位", "That lawyer could not; another is asked"),
    "case.recall_offer": ("律师没有答复，换一位", "That lawyer did not answer; another is asked"),
    "case.sign_agreement": ("签了委托协议", "The agreement was signed"),
    "case.record_meeting": ("律师见了您", "The lawyer met you"),
    "case.report_progress": ("律师向您说了进展", "The lawyer reported to you"),
    "case.tell_worker": ("工作人员给您留了话", "Staff left you a message"),
    "case.change_lawyer": ("换律师", "The lawyer is being changed"),
    "case.ask_other_lawyer": ("您要求换律师", "You asked for another lawyer"),
    "case.import_roster": ("登记了工友名单", "The list of workers was entered"),
    "case.leave_group": ("一位工友退出了这个案子", "One worker left this case"),
    "case.record_award": ("对方答应或裁定付 {money} 元", "{money} yuan were agreed or awarded"),
    "case.record_payment": ("对方付了 {money} 元", "{money} yuan were paid"),
    "case.confirm_payment": ("确认收到 {money} 元", "{money} yuan confirmed as received"),
    "case.answer_denial": (
        "您没收到的钱查过了，结果告诉您了",
        "The money that you did not get was looked into, and you were told",
    ),
    "case.not_reached": (
        "要请您确认一笔钱，没有联系上您",
        "You were to be asked whether money came, and were not reached",
    ),
    "case.deny_payment": ("您说没收到钱，正在查", "You said the money did not come; it is being looked into"),
    "case.report_closing": ("律师交了结案报告", "The lawyer handed in the closing report"),
    "case.return_file": ("案卷退回律师补充", "The file went back to the lawyer"),
    "case.pass_file": ("案卷检查通过", "The file passed the check"),
    "case.record_follow_up": ("回访了您", "You were asked how it went"),
    "case.rate": ("您做了评价", "You gave your rating"),
    "case.close": ("结案", "Closed"),
    "case.ask_correction": ("您要求更正个人信息", "You asked for your data to be corrected"),
    "case.ask_erasure": ("您要求删除个人信息", "You asked for your data to be erased"),
    "case.person_corrected": ("您的个人信息更正了", "Your data were corrected"),
    "evidence.received": ("收到您的一份材料", "One of your papers arrived"),
}


# The matter of another one of the group, as who speaks for it reads it: whose, and no sum.
_OF_ANOTHER: dict[str, tuple[str, str]] = {
    "case.deny_payment": (
        "{n} 号工友说没收到钱，正在查",
        "Worker no. {n} said the money did not come; it is being looked into",
    ),
    "case.answer_denial": (
        "{n} 号工友没收到的钱查过了，结果告诉本人了",
        "The money that worker no. {n} did not get was looked into, and they were told",
    ),
    "case.not_reached": (
        "要请 {n} 号工友确认一笔钱，没有联系上",
        "Worker no. {n} was to be asked whether money came, and was not reached",
    ),
}


# A line of the opposite sign takes back what was entered by mistake.
_CORRECTED: dict[str, tuple[str, str]] = {
    "case.record_award": (
        "对方答应或裁定的钱记多了，减去 {money} 元",
        "{money} yuan awarded by mistake were taken back",
    ),
    "case.record_payment": (
        "对方付的钱记多了，减去 {money} 元",
        "{money} yuan entered as paid by mistake were taken back",
    ),
    "case.confirm_payment": (
        "确认收到的钱记多了，减去 {money} 元",
        "{money} yuan confirmed by mistake were taken back",
    ),
}


# An award of nothing, and the same taken back.
_DISMISSED: dict[bool, tuple[str, str]] = {
    False: ("裁决没有支持这笔钱", "The award gave nothing"),
    True: (
        "“裁决没有支持”是记错了，已经取消",
        "That the award gave nothing was entered by mistake; it was taken back",
    ),
}


_DISMISSED_OF: dict[bool, tuple[str, str]] = {
    False: ("裁决没有支持 {n} 位工友的钱", "The award gave nothing to {n} of the workers"),
    True: (
        "“裁决没有支持”记错了 {n} 位工友，已经取消",
        "That the award gave nothing to {n} of the workers was entered by mistake; it was taken back",
    ),
}


def pair(found: tuple[str, str], **values: tuple[str, str]) -> Pair:
    """A sentence in both languages with its values filled in."""
    return {
        "zh": found[0].format(**{key: value[0] for key, value in values.items()}),
        "en": found[1].format(**{key: value[1] for key, value in values.items()}),
    }


def day_words(on: date) -> tuple[str, str]:
    """A day as people read it: 2026年3月5日, 5 March 2026."""
    return f"{on.year}年{on.month}月{on.day}日", f"{on.day} {on:%B %Y}"


def day_and_hour(at: datetime) -> tuple[str, str]:
    """An instant as people say it: a whole day without its last second, else with the hour."""
    local = at.astimezone(SHANGHAI)
    zh, en = day_words(local.date())
    if (local.hour, local.minute) == (23, 59):
        return zh, en
    return f"{zh}{local:%H:%M}", f"{local:%H:%M} on {en}"


_LEFT = (
    "您已在{day}退出{number}的集体案件。不是您本人的意思，或者钱没有付清，请马上打 12348。",
    "You left the group claim {number} on {day}. If that was not your own wish, or money is still owed, ring 12348 at once.",
)


def left_sentence(number: str, on: date) -> Pair:
    """What somebody is told who has left a group and asks with their old code."""
    return pair(_LEFT, number=(number, number), day=day_words(on))


def status_words(status: str) -> Pair:
    """The name of a status as the worker reads it."""
    return pair(_STATUS[status])


_NOT_FOLLOWED_UP = ("给您打回访电话，没有打通", "You were rung to be asked how it went, and not reached")
_CALLED_OFF = ("原定{day}的开庭取消或者延期了", "The hearing of {day} is called off or put off")
_MOVED = ("{step}（后来改了）", "{step} (changed since)")
_TAKEN_BACK = ("{step}（记错了，已经取消）", "{step} (entered by mistake, taken back)")


def _step_sentence(payload: Mapping[str, Any]) -> Pair:
    """A step that was taken, or a hearing that is to come; ``gone``: it was taken back since."""
    step = STEPS[payload["taken"]]
    words = (step.zh, step.en)
    if payload.get("coming"):
        zh, en = day_words(date.fromisoformat(payload["on"]))
        hour = payload.get("hour", "")
        words = (f"{step.zh}定在{zh}{hour}", f"{step.en}: set for {en}" + (f", {hour}" if hour else ""))
    if payload.get("gone"):
        return pair(_TAKEN_BACK, step=words)
    return pair(_MOVED, step=words) if payload.get("moved") else pair(words)


def _correction_sentence(payload: Mapping[str, Any]) -> Pair:
    """A step that was entered by mistake: taken back, or put on its right day."""
    step = STEPS[payload["taken"]]
    if payload.get("gone"):
        return {
            "zh": f"“{step.zh}”是记错了，已经取消",
            "en": f"“{step.en}” was entered by mistake; it was taken back",
        }
    zh, en = day_words(date.fromisoformat(payload["on"]))
    return {"zh": f"“{step.zh}”的日期记错了，改成{zh}", "en": f"The day of “{step.en}” was wrong; it is {en}"}


def event_sentence(kind: str, payload: Mapping[str, Any]) -> Pair | None:
    """One line of the timeline; None for events that are not the worker's business (notes, warnings)."""
    if kind == "case.record_step" and payload.get("taken") in STEPS:
        return _step_sentence(payload)
    if kind == "case.correct_step" and payload.get("taken") in STEPS:
        return _correction_sentence(payload)
    if kind == "case.call_off_hearing" and payload.get("on"):
        return pair(_CALLED_OFF, day=day_words(date.fromisoformat(payload["on"])))
    found = _EVENTS.get(kind)
    if found is None:
        return None
    if payload.get("of"):
        n = str(payload["of"])
        return pair(_OF_ANOTHER[kind], n=(n, n))
    if kind == "case.record_follow_up" and payload.get("reached") is False:
        return pair(_NOT_FOLLOWED_UP)
    fen = int(payload.get("fen", 0))
    if fen == 0 and payload.get("dismissed"):
        n = str(payload["dismissed"])
        of_whom = _DISMISSED_OF if payload.get("group") else _DISMISSED
        return pair(of_whom[bool(payload.get("undo"))], n=(n, n))
    if fen < 0 and kind in _CORRECTED:
        found = _CORRECTED[kind]
    money = said_money(abs(fen))
    return pair(found, money=(money, money))
