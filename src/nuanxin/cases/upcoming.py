"""What comes next and by when, as the worker reads it. Codes in, sentences out.

Who is expected to act and which clock runs out first are two things: a sentence chosen by the one and dated by the
other would tell a worker that the lawyer reports on the day on which the right to sue ends. So an expected move has
its sentence for its own clocks, and every clock has a sentence for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from nuanxin.cases.rules.clocks import CLOCK_RULES, SHANGHAI, Clock, ClockState
from nuanxin.cases.rules.course import course_of
from nuanxin.cases.rules.stages import HEARING, STEPS
from nuanxin.cases.sentences import Pair, day_and_hour, day_words, pair

Words = tuple[str, str]


class Coming(Protocol):
    """What is looked at of a case."""

    status: str
    step: str
    next_by: datetime | None
    next_clock: str
    next_provisional: bool
    urgent: bool
    limitation_on: date | None
    steps: Sequence[Mapping[str, Any]]

    def clock_list(self) -> list[Clock]: ...


# {office} the holder, {by} the day; every pair is a whole sentence in each language.
_NEXT: dict[str, tuple[str, str]] = {
    "accept": (
        "{office}{by}前看您的申请，有结果会告诉您。",
        "{office} will look at your application by {by} and tell you.",
    ),
    "review": ("{office}正在审查，{by}前给您答复。", "{office} is reviewing it and will answer by {by}."),
    "grant": ("{office}{by}前决定是否给您法律援助。", "{office} decides about legal aid by {by}."),
    "supply": ("请您在{by}前把缺的材料交给{office}。", "Please give the missing papers to {office} by {by}."),
    "offer": ("{office}{by}前给您找好律师。", "{office} will find you a lawyer by {by}."),
    "accept_offer": (
        "已请律师接您的案子，{by}前有答复。",
        "A lawyer was asked to take your case and answers by {by}.",
    ),
    "sign_agreement": (
        "律师{by}前联系您，签委托协议，不收钱。",
        "Your lawyer will ring you by {by} to sign the agreement. It is free.",
    ),
    "report_progress": (
        "律师在办，最晚{by}向您说一次进展。",
        "Your lawyer is working on it and reports to you by {by} at the latest.",
    ),
    "report_closing": ("律师{by}前整理好案卷。", "Your lawyer puts the file in order by {by}."),
    "answer_denial": (
        "钱没有收到的事正在查，最晚{by}给回话。",
        "The money that did not come is being looked into; there is an answer by {by}.",
    ),
    "change_lawyer": (
        "{office}{by}前答复您换律师的请求。",
        "{office} answers your wish for another lawyer by {by}.",
    ),
    "pass_file": (
        "案子办完了，{office}{by}前检查案卷。",
        "The work is done; {office} checks the file by {by}.",
    ),
    "record_follow_up": (
        "{office}{by}前会打电话回访您。",
        "{office} will ring you by {by} to ask how it went.",
    ),
    "close": ("{office}{by}前结案。", "{office} closes the case by {by}."),
    "call_back": (
        "{office}{by}前给您回电话，请留意接听。",
        "{office} will ring you back by {by}. Please pick up.",
    ),
    "convert": ("{office}{by}前和您商量下一步。", "{office} agrees the next step with you by {by}."),
    "answer": ("值班律师{by}前答复您的问题。", "A duty lawyer answers your question by {by}."),
    "close_question": (
        "已经答复您。还有问题，{by}前可以接着问。",
        "Your question is answered. You may go on asking until {by}.",
    ),
    "sustain_objection": ("司法局{by}前答复您的异议。", "The justice bureau answers your objection by {by}."),
    "accept_transfer": (
        "正在转给更合适的单位，对方{by}前答复；在那之前还是{office}负责。",
        "It is being passed to a better placed office, which answers by {by}; until then {office} stays responsible.",
    ),
    "confirm_withdrawal": (
        "您说想撤回。另一位同事{by}前给您打电话，确认是您本人的意思。",
        "You asked to withdraw. Another colleague rings you by {by} to make sure it is your own wish.",
    ),
}
LAWYER_WORKS = frozenset({"report_progress", "answer_denial", "sign_agreement"})
# The clocks of which the sentence of an expected move speaks. A promise of the next contact is one of any move's.
_ITS_CLOCKS: Mapping[str, frozenset[str]] = {
    step: frozenset(clocks)
    for step, clocks in {
        "accept": ("legal_aid.review", "promise.same_day"),
        "review": ("legal_aid.review", "promise.same_day"),
        "grant": ("legal_aid.review", "promise.same_day"),
        "supply": ("promise.supplement",),
        "offer": ("legal_aid.assign", "promise.same_day"),
        "accept_offer": ("promise.offer_answer",),
        "sign_agreement": ("legal_aid.agreement",),
        "report_progress": ("promise.progress_report",),
        "report_closing": ("promise.progress_report",),
        "answer_denial": ("promise.denial_answer",),
        "change_lawyer": (),
        "pass_file": ("promise.file_check",),
        "record_follow_up": ("promise.follow_up",),
        "close": (),
        "call_back": ("promise.call_back",),
        "convert": (),
        "answer": ("promise.answer",),
        "close_question": (),
        "sustain_objection": ("legal_aid.objection_review",),
        "accept_transfer": ("promise.transfer_answer",),
        "confirm_withdrawal": ("promise.withdrawal_callback",),
    }.items()
}
# The next date may belong to something else than the expected move: then the clock that gives the day has the sentence.
BY_CLOCK: dict[str, tuple[str, str]] = {
    "legal_aid.review": _NEXT["review"],
    "legal_aid.assign": _NEXT["offer"],
    "legal_aid.agreement": _NEXT["sign_agreement"],
    "legal_aid.objection_review": _NEXT["sustain_objection"],
    "promise.same_day": (
        "{office}{by}前办这件事，有结果会告诉您。",
        "{office} works on it by {by} and tells you.",
    ),
    "promise.call_back": _NEXT["call_back"],
    "promise.answer": _NEXT["answer"],
    "promise.supplement": _NEXT["supply"],
    "promise.transfer_answer": _NEXT["accept_transfer"],
    "promise.withdrawal_callback": _NEXT["confirm_withdrawal"],
    "promise.watch_answer": (
        "上级在过问您的事，{office}{by}前要向上级答复。",
        "A higher level is asking about your case; {office} has to answer it by {by}.",
    ),
    "promise.offer_answer": _NEXT["accept_offer"],
    "promise.progress_report": _NEXT["report_progress"],
    "promise.file_check": _NEXT["pass_file"],
    "promise.denial_answer": _NEXT["answer_denial"],
    "promise.subsidy": (
        "您这边的事办完了，{office}{by}前办完剩下的手续，不用您跑。",
        "Your part is done; {office} finishes the rest by {by}. You need not come.",
    ),
    "promise.follow_up": _NEXT["record_follow_up"],
    "promise.first_meeting": ("律师{by}前和您见面，不收钱。", "Your lawyer meets you by {by}. It is free."),
    "promise.payment_answer": (
        "钱收到没有，请您{by}前告诉我们。",
        "Please tell us by {by} whether the money has come.",
    ),
    "promise.next_contact": (
        "您说的情况正在查，{by}前给您回话。",
        "What you told us is being looked into; you hear from us by {by}.",
    ),
    "promise.formalities": (
        "手续{by}前补齐，律师在办。",
        "The papers follow by {by}; your lawyer is working on it.",
    ),
    "arbitration.accept": (
        "仲裁委最晚{by}决定受不受理。",
        "The arbitration commission says by {by} whether it accepts.",
    ),
    "arbitration.serve": (
        "仲裁委最晚{by}把材料送给对方。",
        "The arbitration commission sends the papers to the other side by {by}.",
    ),
    "arbitration.answer": ("对方最晚{by}答辩。", "The other side answers by {by}."),
    "arbitration.award": ("仲裁委最晚{by}出裁决。", "The arbitration commission decides by {by}."),
    "court.sue_after_award": (
        "裁决下来了。不服的，最晚{by}向法院起诉；去不去，请和律师商量。",
        "The award is here. Whoever disagrees must sue by {by}; talk to your lawyer about it.",
    ),
    "court.appeal_judgment": (
        "判决下来了。不服的，最晚{by}上诉；请和律师商量。",
        "The judgment is here. Whoever disagrees must appeal by {by}; talk to your lawyer about it.",
    ),
    "payment_order.accept": (
        "法院最晚{by}决定受不受理支付令。",
        "The court says by {by} whether it accepts the payment order.",
    ),
    "payment_order.issue": ("法院最晚{by}发支付令。", "The court issues the payment order by {by}."),
    "payment_order.debtor_objection": (
        "支付令发了，对方最晚{by}付钱或者提异议。",
        "The payment order is out; the other side pays or objects by {by}.",
    ),
    "inspection.decide": ("劳动监察最晚{by}处理完。", "Labour inspection decides by {by}."),
    "set.hearing": (
        "{by}{what}{where}。要不要您到场、带什么，律师会告诉您。",
        "{what}: {by}{where}. Your lawyer tells you whether to come and what to bring.",
    ),
    "enforcement.apply": (
        "对方没按时付，最晚{by}申请强制执行，律师会办。",
        "The other side did not pay in time; enforcement must be asked for by {by}. Your lawyer does it.",
    ),
}
# To whom no money was paid, or who has answered already, while others of the group are asked.
_OTHERS_ASKED: Words = (
    "对方说付了一部分钱，{by}前等收钱的工友回话。律师接着办。",
    "They say that some of you were paid; those are asked by {by}. Your lawyer goes on.",
)
# Who has said nothing of the kind themselves, or has their answer.
_OTHERS_DENIED: Words = (
    "有工友说钱没有收到，正在查，最晚{by}给本人回话。",
    "One of you said that the money did not come; it is being looked into, and they have an answer by {by}.",
)
# Days that must be known even while another date comes first: a right is lost, or a hearing missed, with them.
ALSO: Mapping[str, Words] = {
    "court.sue_after_award": (
        "另外记住：对裁决不服的，最晚{by}向法院起诉，请马上和律师商量。",
        " Remember too: whoever disagrees with the award must sue by {by}; talk to your lawyer now.",
    ),
    "court.appeal_judgment": (
        "另外记住：对判决不服的，最晚{by}上诉，请马上和律师商量。",
        " Remember too: whoever disagrees with the judgment must appeal by {by}; talk to your lawyer now.",
    ),
    "enforcement.apply": (
        "另外记住：最晚{by}可以申请强制执行。",
        " Remember too: enforcement must be asked for by {by}.",
    ),
    "promise.supplement": (
        "另外记住：缺的材料请在{by}前交来。",
        " Remember too: hand in the missing papers by {by}.",
    ),
    "set.hearing": (
        "另外记住：{by}{what}{where}，要不要您到场，律师会告诉您。",
        " Remember too: {what}, {by}{where}. Your lawyer tells you whether to come.",
    ),
}
RIGHTS = ("court.sue_after_award", "court.appeal_judgment", "enforcement.apply")  # lost with their last day
# The same against an award or a judgment, short enough for a text message.
CONTESTS: Mapping[str, Words] = {
    "court.sue_after_award": ("不服最晚{by}起诉", "You may sue until {by}"),
    "court.appeal_judgment": ("不服最晚{by}上诉", "You may appeal until {by}"),
}
_ENDED: dict[str, tuple[str, str]] = {
    "closed": (
        "案子办结了。钱的事有变化，随时打 12348。",
        "The case is closed. If anything about the money changes, ring 12348.",
    ),
    "refused": (
        "这次没有给法律援助。不同意的话，可以向司法局提出异议。",
        "Legal aid was not given. If you disagree you may object to the justice bureau.",
    ),
    "withdrawn": (
        "申请已撤回。还想要这笔钱，随时可以再来。",
        "The application was withdrawn. You may come back at any time.",
    ),
    "terminated": (
        "法律援助已终止。不同意的话，可以向司法局提出异议。",
        "Legal aid was ended. If you disagree you may object to the justice bureau.",
    ),
    "moved": (
        "案子转到了外省继续办，编号换了，请看短信。",
        "The case goes on in another province under a new number; see the text message.",
    ),
}
_PRESSES: Words = (
    "时效到{day}为止，请抓紧。",
    " The time limit for your claim ends on {day}; please do not wait.",
)
_PROVISIONAL = (
    "（明年放假安排还没公布，这一天是按最早算的）",
    " (next year's holidays are not published yet; this is the earliest day)",
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
    "answer_denial": ("查没收到的钱", "Finding out about the money"),
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


def ended_sentence(status: str) -> Pair:
    """How a case ended. Every ended status has its sentence; a missing one raises KeyError in the tests."""
    return pair(_ENDED[status])


@dataclass(frozen=True, slots=True)
class HearingWords:
    """A hearing that lies ahead: what it is, when (with its hour where it is known), and where."""

    what: Words
    when: Words
    place: str = ""

    @property
    def where(self) -> Words:
        """The place as a part of a sentence; empty where none was told."""
        return (f"，地点：{self.place}", f", at {self.place}") if self.place else ("", "")


def hearing_words(case: Coming, clock: Clock, place: str = "") -> HearingWords:
    """The hearing of this clock in words."""
    coming = [one.key for one in course_of(case.steps) if one.coming and one.on.isoformat() == clock.strict]
    step = STEPS.get(coming[-1]) if coming else None
    zh, en = day_words(clock.due.astimezone(SHANGHAI).date())
    when = (f"{zh}{clock.hour}", f"{en}, {clock.hour}" if clock.hour else en)
    return HearingWords((step.zh, step.en) if step else _HEARING, when, place)


_HEARING: Words = (CLOCK_RULES[HEARING].zh, CLOCK_RULES[HEARING].en)


def _said(words: Words, case: Coming, clock: Clock | None, by: datetime, office: Words, place: str) -> Pair:
    """The sentence with its day; of a hearing with what it is, its hour and its place."""
    if clock is None or clock.rule != HEARING:
        return pair(words, office=office, by=day_and_hour(by), what=_HEARING, where=("", ""))
    told = hearing_words(case, clock, place)
    return pair(words, office=office, by=told.when, what=told.what, where=told.where)


def next_sentence(
    case: Coming, office: Words, *, waits: bool = True, denied: bool = True, place: str = ""
) -> Pair:
    """What comes next and by when, and every other day that must not be missed.

    ``waits``: whether money that was paid waits for the word of who reads this; ``denied``: whether it is their own money
    that is looked into. ``place``: where a hearing that lies
    ahead is held. Every open state has its sentence; a
    missing one raises KeyError in the tests.
    """
    if case.next_by is None:
        return ended_sentence(case.status)
    first = next((c for c in running(case, case.next_clock) if c.due == case.next_by), None)
    told = [
        _said(_chosen(case.step, case.next_clock, waits, denied), case, first, case.next_by, office, place)
    ]
    if case.next_provisional:
        told.append(pair(_PROVISIONAL))
    told += [_said(ALSO[c.rule], case, c, c.due, office, place) for c in beside(case)]
    if case.urgent and case.limitation_on is not None:
        told.append(pair(_PRESSES, day=day_words(case.limitation_on)))
    return {language: "".join(one[language] for one in told) for language in ("zh", "en")}


def _chosen(step: str, clock: str, waits: bool, denied: bool) -> Words:
    if clock == "promise.payment_answer" and not waits:
        return _OTHERS_ASKED
    if clock == "promise.denial_answer" and not denied:
        return _OTHERS_DENIED
    own = clock in _ITS_CLOCKS[step] or (clock == "promise.next_contact" and step not in LAWYER_WORKS)
    return _NEXT[step] if own else BY_CLOCK.get(clock, _NEXT[step])


def running(case: Coming, *rules: str) -> list[Clock]:
    """Clocks of these rules that run and have not run out, the nearest first."""
    clocks = [
        c for c in case.clock_list() if c.rule in rules and c.state is ClockState.RUNNING and not c.late
    ]
    return sorted(clocks, key=lambda clock: clock.due)


def beside(case: Coming) -> list[Clock]:
    """The clocks whose day is told beside the next date, the nearest first."""
    return [clock for clock in running(case, *ALSO) if clock.rule != case.next_clock]


def awaited(step: str, clock: str = "") -> Pair:
    """What is waited for, in a few words; while the lawyer works, what the clock is for. A missing step raises KeyError."""
    if step in LAWYER_WORKS and clock in BY_CLOCK and clock not in _ITS_CLOCKS[step]:
        return pair((CLOCK_RULES[clock].zh, CLOCK_RULES[clock].en))
    return pair(_AWAITED[step])
