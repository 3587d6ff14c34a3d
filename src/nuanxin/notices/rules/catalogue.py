"""Every message the platform sends: its places and its default text, Chinese and English.

Administrators may reword a message, within its places. Each message also has a discreet text for people for
whom it must not show what it is about. A Chinese text of 70 characters with the signature is one SMS.
"""

from __future__ import annotations

from nuanxin.notices.rules.message import (
    BLANKED,
    DAY_EN,
    DAY_ZH,
    DISCREET_SIGNATURE,
    GIVEN,
    LANGUAGES,
    LOOK_EN,
    LOOK_ZH,
    SECRET,
    SIGNATURE,
    Message,
)
from nuanxin.notices.rules.message import message as _message
from nuanxin.notices.rules.rendering import check_text
from nuanxin.notices.rules.to_callers import TO_CALLERS
from nuanxin.notices.rules.to_staff import TO_STAFF

__all__ = [
    "BLANKED",
    "CATALOGUE",
    "DISCREET_SIGNATURE",
    "GIVEN",
    "LANGUAGES",
    "SECRET",
    "SIGNATURE",
    "Message",
]

_CODE_ZH = (
    "您好，编号{number}，查询码{code}，请收好。[{by}前给您回音。]查看 {site}/follow/ 或短信回复编号和查询码。"
)
_CODE_EN = (
    "Hello. Number {number}, code {code}. Please keep them.[ You hear from us by {by}.]"
    " Look: {site}/follow/ or reply with both."
)
_MESSAGES = (
    _message(
        "received_question",
        "已收到您的问题，编号{number}，查询码{code}。值班律师[{by}前]答复您。",
        "We have your question. Number {number}, code {code}. A duty lawyer answers[ by {by}].",
        discreet_zh=_CODE_ZH,
        discreet_en=_CODE_EN,
    ),
    _message(
        "received_report",
        "已收到您反映的欠薪问题，编号{number}，查询码{code}。工作人员[{by}前]给您回电话。",
        "We have your report. Number {number}, code {code}. We ring you back[ by {by}].",
        discreet_zh=_CODE_ZH,
        discreet_en=_CODE_EN,
    ),
    _message(
        "received_aid",
        "已收到您的申请，编号{number}，查询码{code}。[{by}前答复，]短信回复编号和查询码可查进度。",
        "We have your application. Number {number}, code {code}.[ Answer by {by}.]"
        " Text number and code to follow it.",
        discreet_zh=_CODE_ZH,
        discreet_en=_CODE_EN,
    ),
    _message(
        "accepted",
        "{number}已受理，[{by}前答复您，]不收费。",
        "{number} is accepted.[ Answer by {by}.] It is free.",
    ),
    _message(
        "call_missed",
        "刚才给您打电话没接通（{number}），我们会再打，也可打12348。",
        "We rang you about {number} and missed you. We will ring again, or call 12348.",
    ),
    _message(
        "unreachable",
        "多次联系不上您，{number}先办结。需要时请打12348，随时可重新办理。",
        "We could not reach you, so {number} is closed for now. Call 12348 to take it up again at any time.",
    ),
    _message(
        "advised",
        "{number}已答复您。还有问题请打12348。",
        "{number} is answered. More questions? Call 12348.",
    ),
    _message(
        "answered", "您的问题{number}已答复，请查看。", "Your question {number} is answered. Please look."
    ),
    _message(
        "supplement_needed",
        "{number}还缺材料，请[在{by}前]补齐，缺什么请查看或打电话问。",
        "{number} lacks papers. Please send them[ by {by}]. Look which, or ring and ask.",
        to_do=True,
    ),
    _message(
        "supplement_received",
        "{number}的材料已收到，继续审查。",
        "The papers for {number} are here. The review goes on.",
        settles=("supplement_needed",),
    ),
    _message(
        "deemed_withdrawn",
        "{number}过期未补材料，按撤回处理。材料齐了可重新申请。",
        "The papers for {number} did not come in time, so it counts as withdrawn. You may apply again.",
        settles=("supplement_needed",),
    ),
    _message(
        "granted",
        "{number}决定给您法律援助，不收费。[{by}前给您安排律师。]",
        "Legal aid is granted for {number}, free of charge.[ You get a lawyer by {by}.]",
    ),
    _message(
        "granted_first",
        "{number}时间紧，先给您法律援助，手续后补。[{by}前给您安排律师。]",
        "{number} is urgent: aid first, papers later.[ You get a lawyer by {by}.]",
        settles=("supplement_needed",),
    ),
    _message(
        "refused",
        "{number}没有批准，理由请查看。不服可向司法行政机关提出异议。",
        "{number} was refused. See the reasons. You may object to the justice bureau.",
    ),
    _message(
        "objection_received",
        "已收到您对{number}的异议，[{by}前]答复。",
        "We have your objection about {number}.[ Answer by {by}.]",
    ),
    _message(
        "objection_sustained",
        "您对{number}的异议成立，给您法律援助。[{by}前安排律师。]",
        "Your objection about {number} is upheld; you get legal aid.[ A lawyer by {by}.]",
    ),
    _message(
        "objection_dismissed",
        "您对{number}的异议没有成立，理由请查看。",
        "Your objection about {number} was not upheld. See the reasons.",
    ),
    _message(
        "moved_office",
        "{number}已转到另一机构办理，请查看谁在办。",
        "{number} is now with another office. See who has it.",
    ),
    _message(
        "moved_province",
        "案子转到外省办，新编号{number}，查询码{code}。[{by}前联系您。]",
        "Your case moved to another province. New number {number}, code {code}.[ They contact you by {by}.]",
        discreet_zh=_CODE_ZH,
        discreet_en=_CODE_EN,
    ),
    _message(
        "withdrawal_requested",
        "收到{number}的撤回请求，[{by}前]另一名工作人员打电话跟您确认。",
        "We have the request to withdraw {number}. Another officer rings to confirm[ by {by}].",
    ),
    _message(
        "withdrawn",
        "{number}已按您的意思撤回。以后可以再申请。",
        "{number} is withdrawn as you wished. You may apply again.",
        settles=("supplement_needed", "money_paid"),
    ),
    _message(
        "left_group",
        "您已退出{number}的集体案件。不是您本人的意思，请马上打12348。",
        "You have left the group claim {number}. If that was not your own wish, ring 12348 at once.",
    ),
    _message("kept", "{number}没有撤回，继续办理。", "{number} is not withdrawn; the work goes on."),
    _message(
        "terminated",
        "{number}的法律援助终止，理由请查看。不服可提出异议。",
        "Legal aid for {number} has ended. See the reasons. You may object.",
    ),
    _message("news", "{number}有新进展，请查看。", "There is news about {number}. Please look."),
    _message(
        "lawyer_assigned",
        "{number}已有律师，[{by}前]联系您签协议，不收费。",
        "{number} has a lawyer, who contacts you to sign the agreement[ by {by}]. It is free.",
    ),
    _message(
        "agreement_signed",
        "{number}协议已签，律师开始办理。",
        "The agreement for {number} is signed. The lawyer begins.",
    ),
    _message(
        "hearing_set",
        "{number}：{step_zh}定在{when_zh}[，在{place}]。要不要到场，律师会告诉您。",
        "{number}: {step_en}, {when_en}[, at {place}]. Ask your lawyer whether to come.",
        discreet_zh=DAY_ZH,
        discreet_en=DAY_EN,
    ),
    _message(
        "hearing_moved",
        "{number}：{step_zh}改到{when_zh}[，在{place}]。要不要到场，律师会告诉您。",
        "{number}: {step_en} moved to {when_en}[, at {place}]. Ask your lawyer.",
        discreet_zh=DAY_ZH,
        discreet_en=DAY_EN,
    ),
    _message(
        "hearing_soon",
        "{number}提醒：{when_zh}{step_zh}[，在{place}]。带身份证，去不去问律师。",
        "{number}: {step_en} on {when_en}[, at {place}]. Bring ID; ask your lawyer.",
        subject_zh="快开庭了：{number}",
        subject_en="A hearing is near: {number}",
        discreet_zh=DAY_ZH,
        discreet_en=DAY_EN,
    ),
    _message(
        "hearing_off",
        "{number}：原定{when_zh}的{step_zh}取消或延期了，新日子定了再告诉您。",
        "{number}: {step_en} of {when_en} is called off or put off. You are told the new day once it is set.",
    ),
    _message("step_taken", "{number}新进展：{step_zh}。", "{number}: {step_en}."),
    _message(
        "step_taken_back",
        "{number}：之前告诉您的“{step_zh}”是我们记错了，已经取消。现在怎样请看查询页，或打12348。",
        "{number}: {step_en} - that was entered by mistake and is taken back. See your page, or call 12348.",
    ),
    _message(
        "step_redated",
        "{number}：“{step_zh}”的日期更正为{day_zh}。[{right}。]",
        "{number}: {step_en} - its day was wrong, it is {day_en}.[ {right}.]",
    ),
    _message(
        "step_with_right",
        "{number}：{step_zh}。[{right}，]请马上和律师商量。",
        "{number}: {step_en}.[ {right}.] Talk to your lawyer at once.",
        discreet_zh="您好，{number}有一件事要抓紧[，最晚{until}]。" + LOOK_ZH,
        discreet_en="Hello. {number} is urgent[: act by {until}]. " + LOOK_EN,
    ),
    _message(
        "lawyer_changing",
        "{number}正在换律师，[{by}前]安排好。",
        "{number} is getting another lawyer[ by {by}].",
    ),
    _message(
        "money_awarded",
        "{number}谈妥或裁决了{money}元。[{contest}。]钱到手前我们继续跟。",
        "{number}: {money} yuan agreed or awarded.[ {contest}.] We go on until it is in your hand.",
    ),
    _message(
        "award_nothing",
        "{number}：裁决没有支持您的请求。不服可以起诉[（最晚{until}）]，期限很短，请马上问律师。",
        "{number}: the award gives you nothing. You may sue[ until {until}], but time is short: ask your lawyer at once.",
    ),
    _message(
        "award_stands_open",
        "{number}：之前说裁决没有支持您的请求，是我们记错了。结果以后另行告诉您。",
        "{number}: that the award gives you nothing was entered by mistake. You will hear the result.",
    ),
    _message(
        "tell_others",
        "{number}：有没留电话的工友，他们的钱有新情况。请转告他们打12348。",
        "{number}: there is news on the money of workers without a telephone. Please tell them to call 12348.",
    ),
    _message(
        "money_corrected",
        "{number}有一笔钱记多了，已减去{money}元。有疑问请打12348。",
        "{number}: a sum was entered too high; {money} yuan were taken back. Any question: call 12348.",
    ),
    _message(
        "money_paid",
        "对方说{number}已付{money}元。收到了吗？请查看并确认，没收到也请告诉我们。",
        "{number}: {money} yuan said to be paid. Did you get it? Please confirm, or tell us if not.",
        to_do=True,
    ),
    _message(
        "money_paid_worker",
        "对方说{number}已付您{money}元。收到了吗？请用编号和您的查询码{code}确认。",
        "{number}: {money} yuan said to be paid to you. Confirm with the number and your code {code}.",
        to_do=True,
        discreet_zh="您好，{number}有一件事等您办。您的查询码{code}，查看 {site}/f/{number}/ 或短信回复编号和查询码。",
        discreet_en="Hello. {number} waits for you. Your code {code}. Look: {site}/f/{number}/ or reply with both.",
    ),
    _message(
        "joined_group",
        "已把您登记在讨薪案{number}里。您的查询码{code}，只看您自己的钱，请收好。",
        "You are on the list of wage case {number}. Your code {code} shows your own money. Keep it.",
        discreet_zh="您好，编号{number}，您的查询码{code}，请收好。查看 {site}/f/{number}/",
        discreet_en="Hello. Number {number}, your code {code}. Please keep them. Look: {site}/f/{number}/",
    ),
    _message(
        "money_awarded_worker",
        "{number}谈妥或裁决给您{money}元，查询码{code}。[{contest}。]",
        "{number}: {money} yuan agreed or awarded to you, code {code}.[ {contest}.]",
        discreet_zh="您好，{number}有新情况。您的查询码{code}，查看 {site}/f/{number}/",
        discreet_en="Hello. There is news about {number}. Your code {code}. Look: {site}/f/{number}/",
    ),
    _message(
        "money_confirmed",
        "{number}您确认收到{money}元。",
        "{number}: you confirmed {money} yuan.",
        settles=("money_paid", "money_paid_worker"),
    ),
    _message(
        "rate_us",
        "{number}快办完了，办得怎么样？请评一评。",
        "{number} is nearly done. How was it? Please rate us.",
    ),
    _message(
        "closed", "{number}已办结。以后有问题请打12348。", "{number} is closed. Any question: call 12348."
    ),
    _message(
        "denial_answered",
        "{number}：您说没收到的钱查过了，结果请查看，或打12348。",
        "{number}: we looked into the money that did not come. Please see the answer, or call 12348.",
    ),
    # Call-backs of the hotline
    _message(
        "ring_back_set",
        "好的，我们{when_zh}给您回电话。不用打了请回复：不用打。",
        "We ring you {when_en}. Text STOP RING if you no longer want it.",
        discreet_zh="好的，{when_zh}联系您。不用了请回复：不用打。",
        discreet_en="Noted: {when_en}. Text STOP RING if no longer wanted.",
    ),
    _message(
        "ring_back_off",
        "好的，不打了。需要时请打12348。",
        "We do not ring. Call 12348 whenever you need us.",
        discreet_zh="好的，已取消。",
        discreet_en="Called off.",
    ),
    _message(
        "ring_back_moved",
        "您登记过方便的时间，我们{when_zh}给您回电话。",
        "By the hours you named earlier, we ring you {when_en}.",
        discreet_zh="您好，按您登记的时间，{when_zh}联系您。",
        discreet_en="Hello. By the hours you named: {when_en}.",
    ),
    _message(
        "ring_back_never",
        "您登记过不接电话，所以不打给您。要我们打，请打12348改一下。",
        "You asked us not to ring, so we do not. To change that, call 12348.",
        discreet_zh="您好，按您登记的，我们不打电话。要改请看 {site}/ring-me/",
        discreet_en="Hello. As you asked, we do not ring. To change it: {site}/ring-me/",
    ),
    _message(
        "ring_back_missed",
        "您要的回电，打了四次没接通。需要时请打12348，或再登记：{site}/ring-me/",
        "We rang you four times as you asked. Call 12348, or ask again: {site}/ring-me/",
        discreet_zh="您好，打过您几次电话没接通。方便时请看 {site}/ring-me/",
        discreet_en="Hello. We rang a few times and missed you. When it suits you: {site}/ring-me/",
    ),
    # Answers to a text message
    _message("follow_answer", "{number}：{now_zh}[{next_zh}]", "{number}: {now_en}[ {next_en}]"),
    _message(
        "follow_left",
        "您已在{day_zh}退出{number}的集体案件。不是您本人的意思，请马上打12348。",
        "You left the group claim {number} on {day_en}. If that was not your wish, call 12348 at once.",
    ),
    _message(
        "follow_unknown",
        "没有查到。请发编号和查询码，如NX14-0012345-7 12345678，或打12348。",
        "Not found. Text number and code, such as NX14-0012345-7 12345678, or call 12348.",
        discreet_zh="没有查到，请核对后再发。",
        discreet_en="Not found. Please check and send again.",
    ),
    *TO_CALLERS,
    *TO_STAFF,
)
CATALOGUE: dict[str, Message] = {message.key: message for message in _MESSAGES}

for _entry in _MESSAGES:
    for _text in (
        _entry.zh,
        _entry.en,
        _entry.discreet_zh,
        _entry.discreet_en,
        _entry.subject_zh,
        _entry.subject_en,
    ):
        check_text(_text, _entry.places | GIVEN)
