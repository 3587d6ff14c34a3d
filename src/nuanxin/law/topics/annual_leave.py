"""``annual_leave``: paid leave not taken, at 200 % of the day wage on top (带薪年休假条例 art. 5, 实施办法 art. 10 to 12).

``joined_on`` alone: the leave of the year of joining. ``left_on``: that of the year of leaving, with this employer.
Neither: a full year. ``month_wage``: the average of the twelve months before, without overtime.
"""

from __future__ import annotations

from fractions import Fraction

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import exact, rounded, shown, text
from nuanxin.law.question import Faults, Shape, Values, day, flag, in_order, money, number, whole
from nuanxin.law.topic import Body, Topic, reply
from nuanxin.law.wages.annual_leave import YEAR_DAYS, days_in_the_year, open_days, pay
from nuanxin.law.workings import Step, steps_json
from nuanxin.law.workings import number as as_number

_REGULATION, _MEASURES = "职工带薪年休假条例", "企业职工带薪年休假实施办法"
_DAYS, _UNPAID = cite(_REGULATION, "3"), cite(_REGULATION, "5(3)")
_A_YEAR, _JOINING = cite(_MEASURES, "3"), cite(_MEASURES, "5")
_THREE_TIMES, _DECLINED = cite(_MEASURES, "10(1)"), cite(_MEASURES, "10(2)")
_DAY_WAGE, _LEAVING = cite(_MEASURES, "11"), cite(_MEASURES, "12")
BASIS = (_DAYS, _UNPAID, _A_YEAR, _JOINING, _THREE_TIMES, _DECLINED, _DAY_WAGE, _LEAVING)
_MOST_DAYS = 365

SHAPE = Shape(
    {"month_wage": money, "entitled_days": whole(0, _MOST_DAYS), "continuous_12_months": flag},
    {"used_days": number(0, _MOST_DAYS), "joined_on": day, "left_on": day, "declined_in_writing": flag},
)


def check(values: Values, faults: Faults) -> None:
    """Nobody leaves before joining."""
    in_order(values, "joined_on", "left_on", faults)


_NOT_YET = Bilingual(
    "连续工作还没满12个月，没有带薪年休假，所以是0.00元。",
    "Paid leave begins after twelve months of work without a break, so it is 0.00 yuan.",
)
_OWN_WISH = Bilingual(
    "单位安排了年休假，您自己书面提出不休的，只有正常工资，没有另外的钱，所以是0.00元。",
    "The employer offered the leave and you declined it in writing for reasons of your own: only the ordinary wage is due, "
    "so it is 0.00 yuan.",
)
_AVERAGE = Bilingual(
    "月工资是前12个月去掉加班费的平均数。",
    "The month's wage is the average of the twelve months before, without overtime.",
)


def respond(values: Values) -> Body:
    """The open days and what they are worth; the single pay of the day was in the wage already."""
    if not values["continuous_12_months"]:
        return reply(_nothing(), (_A_YEAR,), _NOT_YET)
    if values.get("declined_in_writing", False):
        return reply(_nothing(), (_DECLINED,), _OWN_WISH)
    used = exact(values.get("used_days", 0))
    counted = days_in_the_year(values.get("joined_on"), values.get("left_on"))
    days = open_days(values["entitled_days"], used, counted)
    wage = values["month_wage"]
    amount = text(rounded(pay(wage, days)))
    formula = f"{text(wage)} ÷ 21.75 × {shown(days)} × 200%"
    steps = [
        _days_step(values, used, counted, days),
        Step(Bilingual("未休年休假工资", "Pay for leave not taken"), formula, amount),
    ]
    money_words = Bilingual(
        f"每天按日工资的300%付，其中100%已经随工资付了，还要付200%：{formula}，是{amount}元。",
        f"Each is paid at 300 % of the day wage, 100 % of which came with the wage; 200 % are still due: {formula} = {amount} "
        "yuan.",
    )
    body = {"days": as_number(days), "amount": amount, "steps": steps_json(steps)}
    words = join(_days_words(values, used, counted, days), money_words if days else None, _AVERAGE)
    return reply(body, _basis(values, counted), words)


def _nothing() -> Body:
    return {"days": 0, "amount": text(0)}


def _basis(values: Values, counted: int | None) -> tuple[Basis, ...]:
    if counted is None:
        return (_DAYS, _UNPAID, _THREE_TIMES, _DAY_WAGE)
    shared = _LEAVING if "left_on" in values else _JOINING
    return (_DAYS, _UNPAID, shared, _THREE_TIMES, _DAY_WAGE)


def _days_step(values: Values, used: Fraction, counted: int | None, days: Fraction) -> Step:
    entitled = values["entitled_days"]
    shared = f"{entitled}" if counted is None else f"{counted} ÷ {YEAR_DAYS} × {entitled}"
    return Step(Bilingual("未休天数", "Days not taken"), f"{shared} − {shown(used)}", as_number(days))


def _days_words(values: Values, used: Fraction, counted: int | None, days: Fraction) -> Bilingual:
    entitled = values["entitled_days"]
    if counted is None:
        told = Bilingual(
            f"全年应休{entitled}天，已休{shown(used)}天，还有{shown(days)}天没休。",
            f"Of {entitled} days a year {shown(used)} were taken; {shown(days)} are open.",
        )
    else:
        counting = (
            Bilingual(
                f"离职那年在本单位{counted}天", f"{counted} days with this employer in the year of leaving"
            )
            if "left_on" in values
            else Bilingual(f"入职那年还剩{counted}天", f"{counted} days left in the year of joining")
        )
        told = Bilingual(
            f"{counting.zh}，按{counted}÷{YEAR_DAYS}×{entitled}天减去已休{shown(used)}天，不满一天的不算，还有{shown(days)}天没休。",
            f"{counting.en}: {counted} ÷ {YEAR_DAYS} × {entitled} days less {shown(used)} taken, the fraction of a day falling "
            f"away: {shown(days)} are open.",
        )
    if days:
        return told
    kept = Bilingual("多休的不用退。", "What was taken too much need not be given back.")
    return join(told, kept if used else None)


TOPIC = Topic("annual_leave", SHAPE, respond, BASIS, check)
