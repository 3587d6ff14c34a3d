"""``payday``: a payday on a holiday or rest day is paid before it (保障农民工工资支付条例 art. 14)."""

from __future__ import annotations

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual, dated
from nuanxin.law.calendar import previous_working_day
from nuanxin.law.question import Shape, Values, day
from nuanxin.law.topic import Body, Topic, reply

BASIS = (cite("保障农民工工资支付条例", "14(1)"),)
SHAPE = Shape({"agreed": day})


def respond(values: Values) -> Body:
    """The agreed day, or the last working day before it."""
    agreed = values["agreed"]
    due_by = previous_working_day(agreed)
    told, paid = dated(agreed), dated(due_by)
    if due_by == agreed:
        words = Bilingual(
            f"{told.zh}是工作日，工资最迟当天付。", f"{told.en} is a working day; pay is due that day."
        )
    else:
        words = Bilingual(
            f"{told.zh}放假，工资要提前付，最迟{paid.zh}。",
            f"{told.en} is a day off, so pay is due before it, by {paid.en}.",
        )
    return reply({"due_by": due_by.isoformat()}, BASIS, words)


TOPIC = Topic("payday", SHAPE, respond, BASIS, calendar_path="/agreed")
