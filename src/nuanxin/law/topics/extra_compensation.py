"""``extra_compensation``: 50 to 100 % on top, only where an order to pay was missed (劳动合同法 art. 85)."""

from __future__ import annotations

from typing import Any

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.money import rounded, text
from nuanxin.law.question import Faults, Shape, Values, flag, money
from nuanxin.law.question import text as words
from nuanxin.law.topic import Body, Topic, reply
from nuanxin.law.wages.extra_compensation import between
from nuanxin.law.workings import Step, steps_json

_RULES = (cite("劳动合同法", "85"), cite("劳动保障监察条例", "26"))
_ARBITRATION = cite("北京劳动争议解答", "6")
BASIS = (*_RULES, _ARBITRATION)
_ORDER = Shape({"number": words(100), "complied": flag})


def order(value: Any, path: str, faults: Faults) -> Any:
    """The order of labour inspection to pay within a time, or null where there is none."""
    return None if value is None else _ORDER(value, path, faults)


SHAPE = Shape({"due": money, "order": order})

_NO_ORDER = Bilingual(
    "加付赔偿金要先有劳动监察的责令支付决定，单位逾期没付才有；现在还没有这样的决定，所以是0.00元。"
    "可以先向劳动监察投诉，请它责令支付。",
    "The pay on top exists only after labour inspection ordered the employer to pay and the time ran out; there is no such "
    "order yet, so it is 0.00 yuan. Complain to labour inspection first and ask for the order.",
)


def respond(values: Values) -> Body:
    """From half to the whole on top, or nothing."""
    due, given = values["due"], values["order"]
    if given is None:
        return reply({"amount": text(0)}, BASIS, _NO_ORDER)
    if given["complied"]:
        complied = Bilingual(
            f"单位已经按{given['number']}号决定付了，没有加付赔偿金。",
            f"The employer paid as order {given['number']} said, so nothing comes on top.",
        )
        return reply({"amount": text(0)}, _RULES, complied)
    least, most = (text(rounded(sum_)) for sum_ in between(due))
    steps = [
        Step(Bilingual("最少加付", "At least"), f"{text(due)} × 50%", least),
        Step(Bilingual("最多加付", "At most"), f"{text(due)} × 100%", most),
    ]
    told = Bilingual(
        f"单位没有按{given['number']}号决定付清{text(due)}元，可以请劳动监察责令它再加付{least}元到{most}元。",
        f"The employer missed order {given['number']} to pay {text(due)} yuan: labour inspection can order {least} to {most} "
        "yuan on top.",
    )
    return reply({"from": least, "to": most, "steps": steps_json(steps)}, BASIS, told)


TOPIC = Topic("extra_compensation", SHAPE, respond, BASIS)
