"""The sentences of a severance answer."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.money import rounded, shown, text
from nuanxin.law.wages.severance import Base

ITEM = {
    "compensation": Bilingual("经济补偿", "Severance"),
    "unlawful_termination": Bilingual("违法解除赔偿金", "Damages for the unlawful ending"),
    "notice_pay": Bilingual("代通知金", "Pay in place of notice"),
}

WHICH_AVERAGE = Bilingual(
    "要知道离职前12个月的平均应发工资（没满12个月的按实际月数）。",
    "The average of the wages due in the last twelve months (or in the months worked, if fewer).",
)
ALL_MONTHS = Bilingual(
    "离职前12个月的应发工资要填全；没满12个月的，上了几个月就填几个月。",
    "All of the last twelve months' wages are needed; with less service, all months worked.",
)
WAS_NOTICE_GIVEN = Bilingual(
    "单位有没有提前30天书面通知：没有的，要多付一个月工资。",
    "Whether the employer gave 30 days' written notice: without it a month's wage is due.",
)
WHICH_LAST_MONTH = Bilingual(
    "代通知金按离职前上一个月的工资算，要知道是多少。",
    "Pay in place of notice is the wage of the month before.",
)
PART_TIME = Bilingual(
    "非全日制用工，双方随时可以结束，没有经济补偿。", "Part-time work may end at any time without severance."
)
WITH_BONUS = Bilingual("年终奖按12个月分摊计入。", "A twelfth of the year's bonus is included.")
CAP_NOT_CHECKED = Bilingual(
    "没有填当地上年度职工月平均工资；您的工资高于它三倍的，数额和年限会封顶。",
    "The local average wage was not given; if your wage is above three times it, sum and years are capped.",
)
DIVIDED = Bilingual(
    "入职那天是29日至31日，做法不一，两种算法都列出来。",
    "Work began on a 29th to 31st and practice is divided, so both ways of counting are given.",
)
COUNTING = {
    "day_before": Bilingual(
        "没有对应日的月份，到月末的前一天就算满一个月。",
        "A month without the corresponding day is full the day before its last.",
    ),
    "month_end": Bilingual(
        "没有对应日的月份，到月末那天才算满一个月。",
        "A month without the corresponding day is full only at its last day.",
    ),
}


def counted(first: date, last: date, months: Fraction) -> Bilingual:
    """From when to when, and how many months' wages that makes."""
    start, end = dated(first), dated(last)
    return Bilingual(
        f"从{start.zh}做到{end.zh}，按{shown(months)}个月工资算。",
        f"From {start.en} to {end.en}: {shown(months)} months' wages.",
    )


def based_on(base: Base) -> Bilingual:
    """The month's wage, and whether it was lifted or capped."""
    month = text(rounded(base.month))
    told = Bilingual(f"月工资按{month}元算。", f"The month's wage is {month} yuan.")
    lifted = Bilingual(
        "平均工资低于最低工资，按最低工资算。", "The average lies under the minimum wage, so that is used."
    )
    capped = Bilingual(
        "平均工资高于当地职工月平均工资的三倍，按三倍算，最多12年。",
        "The average is above three times the local one: three times it, for twelve years at most.",
    )
    return join(told, lifted if base.lifted else None, capped if base.capped else None)


def line(item: str, formula: str, sum_: str) -> Bilingual:
    """One item with its sum."""
    return Bilingual(
        f"{ITEM[item].zh}：{formula}，是{sum_}元。", f"{ITEM[item].en}: {formula} = {sum_} yuan."
    )


def in_all(amount: str) -> Bilingual:
    """What all items come to."""
    return Bilingual(f"一共{amount}元。", f"{amount} yuan in all.")
