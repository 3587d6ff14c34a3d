"""``injury``: the one-off disability payment by grade (工伤保险条例 art. 35 to 37, 64)."""

from __future__ import annotations

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import rounded, shown, text
from nuanxin.law.question import Faults, Shape, Values, money, money_a_month, whole
from nuanxin.law.topic import Body, Topic, reply
from nuanxin.law.wages.injury import MONTHS, base_of
from nuanxin.law.workings import Step, steps_json

_LIMITS, _NOT_INSURED = cite("工伤保险条例", "64(2)"), cite("工伤保险条例", "62(2)")
# the last grade of each → the article with its months
_BY_GRADE = (
    (4, cite("工伤保险条例", "35(1)")),
    (6, cite("工伤保险条例", "36(1)")),
    (10, cite("工伤保险条例", "37(1)")),
)
BASIS = (*(found for _, found in _BY_GRADE), _LIMITS, _NOT_INSURED)
SHAPE = Shape(
    {"grade": whole(min(MONTHS), max(MONTHS)), "month_wage": money, "local_average_wage": money_a_month}
)
_FEN = 100

_ONLY_ONE = Bilingual(
    "这是一次性伤残补助金；医疗费、停工留薪期工资等另算。单位没有参加工伤保险的，由单位付。",
    "This is the one-off disability payment; medical costs, pay during treatment and other benefits come besides. An "
    "employer that did not insure pays it itself.",
)


def check(values: Values, faults: Faults) -> None:
    """Nobody's local average is nothing; it would make every base nothing."""
    if values.get("local_average_wage") == 0:
        faults.add(
            "/local_average_wage",
            "out_of_range",
            "当地平均工资不能是0",
            "the local average wage cannot be nothing",
        )


def respond(values: Values) -> Body:
    """The base, the months of the grade, and the sum; rounded only at the end."""
    grade, average = values["grade"], values["local_average_wage"]
    base, months = base_of(values["month_wage"], average), MONTHS[grade]
    base_text, amount = text(rounded(base.month)), text(rounded(base.month * months))
    local, exact_base = shown(average / _FEN), shown(base.month / _FEN)
    steps = [
        Step(
            Bilingual("本人工资", "Own wage"),
            f"min(max({text(values['month_wage'])}, {local} × 60%), {local} × 300%)",
            base_text,
        ),
        Step(Bilingual("一次性伤残补助金", "One-off payment"), f"{exact_base} × {months}", amount),
    ]
    lifted = Bilingual(
        f"本人工资低于当地平均工资{local}元的60%，按60%算。",
        f"The own wage lies under 60 % of the local average of {local} yuan, so 60 % is used.",
    )
    capped = Bilingual(
        f"本人工资高于当地平均工资{local}元的300%，按300%算。",
        f"The own wage lies above 300 % of the local average of {local} yuan, so 300 % is used.",
    )
    told = Bilingual(
        f"{grade}级伤残是{months}个月的本人工资，每月按{base_text}元算，一共{amount}元。",
        f"Grade {grade} gives {months} months of the own wage, {base_text} yuan a month: {amount} yuan.",
    )
    words = join(lifted if base.lifted else None, capped if base.capped else None, told, _ONLY_ONE)
    article = next(found for last, found in _BY_GRADE if grade <= last)
    body = {"base": base_text, "months": months, "amount": amount, "steps": steps_json(steps)}
    return reply(body, (article, _LIMITS, _NOT_INSURED), words)


TOPIC = Topic("injury", SHAPE, respond, BASIS, check)
