"""Messages to staff, who read them on the desk."""

from __future__ import annotations

from nuanxin.notices.rules.message import Message, message

TO_STAFF: tuple[Message, ...] = (
    message(
        "offer_waiting",
        "{number}有一个案件请您[在{by}前]答复是否承办。",
        "{number}: a case is offered to you. Please answer[ by {by}].",
        subject_zh="有案件等您答复",
        subject_en="A case is offered to you",
    ),
    message(
        "payment_denied",
        "{number}：工人说钱没收到或者不够，请查清楚。",
        "{number}: the worker says that the money did not come or was too little. Please find out.",
        subject_zh="工人说没收到钱：{number}",
        subject_en="The money did not come: {number}",
    ),
    message(
        "hearing_over",
        "{number}：开庭的日子过了，请登记开庭情况。",
        "{number}: the day of the hearing is over. Please record what came of it.",
        subject_zh="请登记开庭情况：{number}",
        subject_en="What came of the hearing: {number}",
    ),
    message(
        "task_due",
        "{number}：{task_zh}，[{by}前]。",
        "{number}: {task_en}[, by {by}].",
        subject_zh="有事待办：{number}",
        subject_en="To be done: {number}",
    ),
    message(
        "duty_published",
        "{month}的值班表已发布，请在“我的班”里查看。",
        "The duty roster of {month} is published. Look at it under My duties.",
        subject_zh="值班表已发布：{month}",
        subject_en="Duty roster published: {month}",
        discreet_zh="您好，有新通知，请登录查看。",
        discreet_en="Hello. There is news: please sign in.",
    ),
    message(
        "duty_changed",
        "您{day}的班有变化，请在“我的班”里查看。",
        "Your duty on {day} has changed. Look at it under My duties.",
        subject_zh="值班有变化：{day}",
        subject_en="Your duty has changed: {day}",
        discreet_zh="您好，有新通知，请登录查看。",
        discreet_en="Hello. There is news: please sign in.",
    ),
    message(
        "duty_exchange",
        "同事想用{day}的班换您{other}的班，请在“我的班”里答复。",
        "A colleague offers a duty of {day} for yours of {other}. Answer under My duties.",
        subject_zh="同事想换班：{other}",
        subject_en="A colleague asks to exchange duties: {other}",
        discreet_zh="您好，有新通知，请登录查看。",
        discreet_en="Hello. There is news: please sign in.",
    ),
    message(
        "duty_answered",
        "您关于{day}的请求已有答复，请在“我的班”里查看。",
        "What you asked about {day} is answered. Look at it under My duties.",
        subject_zh="排班请求已答复：{day}",
        subject_en="Answered: {day}",
        discreet_zh="您好，有新通知，请登录查看。",
        discreet_en="Hello. There is news: please sign in.",
    ),
)
