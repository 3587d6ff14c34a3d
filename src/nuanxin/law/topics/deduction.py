"""``deduction``: damages taken out of a month's wage, and what has to be paid back (工资支付暂行规定 art. 16)."""

from __future__ import annotations

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import rounded, text
from nuanxin.law.question import Shape, Values, money
from nuanxin.law.topic import Body, Topic, reply
from nuanxin.law.wages.deduction import allowed, refund
from nuanxin.law.workings import Step, steps_json

BASIS = (cite("工资支付暂行规定", "16"), cite("工资支付暂行规定", "15"))
SHAPE = Shape({"wage": money, "minimum": money, "deducted": money})

_NOT_MEANT = Bilingual(
    "代扣个人所得税、本人的社保费和法院判的抚养费等不算在这里。",
    "Income tax, the worker's own social insurance and what a court ordered are not meant here.",
)


def respond(values: Values) -> Body:
    """What the employer could take at most, and what is to be refunded."""
    wage, minimum, deducted = values["wage"], values["minimum"], values["deducted"]
    most, back = allowed(wage, minimum), refund(wage, minimum, deducted)
    allowed_text, amount = text(rounded(most)), text(rounded(back))
    fifth = f"{text(wage)} × 20%"
    over_minimum = f"max({text(wage)} − {text(minimum)}, 0)"
    steps = [
        Step(Bilingual("最多可以扣", "At most deducted"), f"min({fifth}, {over_minimum})", allowed_text),
        Step(Bilingual("应退", "To be refunded"), f"max({text(deducted)} − {allowed_text}, 0)", amount),
    ]
    rule = Bilingual(
        f"因赔偿损失从工资里扣，每月不能超过当月工资{text(wage)}元的20%，扣完还不能低于最低工资{text(minimum)}元，"
        f"所以最多扣{allowed_text}元。",
        f"For damages no more than 20 % of the month's wage of {text(wage)} yuan may be taken, and the minimum wage of "
        f"{text(minimum)} has to be left: at most {allowed_text} yuan.",
    )
    if back:
        told = Bilingual(
            f"扣了{text(deducted)}元，应当退还{amount}元。",
            f"{text(deducted)} yuan were taken, so {amount} yuan have to be refunded.",
        )
    else:
        told = Bilingual(
            f"扣了{text(deducted)}元，没有超过。", f"{text(deducted)} yuan were taken, which is within it."
        )
    body = {"allowed": allowed_text, "amount": amount, "steps": steps_json(steps)}
    return reply(body, BASIS, join(rule, told, _NOT_MEANT))


TOPIC = Topic("deduction", SHAPE, respond, BASIS)
