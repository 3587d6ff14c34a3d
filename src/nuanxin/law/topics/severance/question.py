"""What may be asked about the end of an employment, and which facts contradict each other."""

from __future__ import annotations

from nuanxin.law.question import (
    Faults,
    Shape,
    Values,
    choice,
    day,
    flag,
    in_order,
    listing,
    money,
    money_a_month,
)
from nuanxin.law.wages.endings import ENDINGS
from nuanxin.law.wages.severance import IN_FORCE, YEAR_MONTHS, calendar_months

ITEMS = ("compensation", "unlawful_termination", "notice_pay")

SHAPE = Shape(
    {"started_on": day, "ended_on": day, "end_reason": choice(*ENDINGS)},
    {
        "average_wage": money,
        "wages": listing(money, YEAR_MONTHS, least=1),
        "bonus": money,
        "last_month_wage": money,
        "notice_given": flag,
        "minimum_wage": money,
        "local_average_wage": money_a_month,
        "part_time": flag,
        "claimed": listing(choice(*ITEMS), len(ITEMS), least=1),
    },
)


def check(values: Values, faults: Faults) -> None:
    """Days in order, one way of telling the wage, and no more months of pay than of work."""
    in_order(values, "started_on", "ended_on", faults)
    start, last = values.get("started_on"), values.get("ended_on")
    if last is not None and last < IN_FORCE:
        faults.add(
            "/ended_on",
            "out_of_range",
            "2008年以前离职的按当时的规定，这里不能算",
            "employments that ended before 2008 follow earlier rules that are not counted here",
        )
    if "average_wage" in values and "wages" in values:
        faults.add(
            "/wages", "conflict", "平均工资和各月工资只填一样", "give the average or the months, not both"
        )
    if "bonus" in values and "wages" not in values:
        faults.add(
            "/bonus",
            "conflict",
            "奖金要和各月工资一起填；平均工资里应当已经有奖金",
            "a bonus goes with the months' wages; an average includes it already",
        )
    worked = None if start is None or last is None or last < start else calendar_months(start, last)
    if worked is not None and len(values.get("wages", ())) > worked:
        faults.add(
            "/wages",
            "conflict",
            f"只上了{worked}个月班，工资月数不能更多",
            f"only {worked} months were worked; there cannot be more months of wages",
        )
