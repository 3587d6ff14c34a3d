"""The sentences of an arrears answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.wages.arrears import Stretch

HOW_MUCH = {
    "month": Bilingual("要知道一个月工资是多少。", "The wage a month."),
    "day": Bilingual("要知道一天工资是多少。", "The wage a day."),
    "hour": Bilingual("要知道一小时工资是多少。", "The wage an hour."),
    "piece": Bilingual(
        "要知道一件（一米、一平方）多少钱，或者分档的单价。", "The price of a piece, or the tiers."
    ),
    "sum": Bilingual("要知道欠条或者协议上写的是多少钱。", "The sum in the IOU or the settlement."),
}
WHICH_TIME = Bilingual(
    "要知道哪天到哪天的工资没付（头尾两天都上班）；记不清日子的，填欠了多少个计薪日。",
    "From which day to which the wage was not paid, both worked; or, where the days are not known, how many paid days.",
)
HOW_MANY_DAYS = Bilingual("按天算的，要知道一共上了多少天。", "By the day: how many days were worked.")
HOW_MANY_HOURS = Bilingual("按小时算的，要知道一共上了多少小时。", "By the hour: how many hours were worked.")
HOW_MANY_UNITS = Bilingual("计件的，要知道一共做了多少件。", "By the piece: how many pieces were made.")
ABOVE_TIERS = Bilingual(
    "做的件数超过了最高一档，要知道超过部分的单价。",
    "More pieces were made than the last tier goes; the price above it is needed.",
)
NOTHING = "0.00"
EARNED, STILL_OWED = Bilingual("应付", "Earned"), Bilingual("还欠", "Still owed")
IN_WRITING = Bilingual("写明的数额", "Sum in writing")
DAY, HOUR, PIECE = Bilingual("天数", "Days"), Bilingual("小时数", "Hours"), Bilingual("件数", "Pieces")
_UNIT = {DAY: Bilingual("天", "days"), HOUR: Bilingual("小时", "hours"), PIECE: Bilingual("件", "pieces")}
DIVIDED = {
    "day": Bilingual(
        "按天算工资、只知道做了整月、不知道出勤多少天的，做法不一：有的每个日历天都算，有的一个月按21.75个计薪日算。两种都列出来；"
        "有考勤的，把天数填上再算。",
        "A day wage over whole months without the days worked is read in two ways: every calendar day, or 21.75 paid days a "
        "month. Both are given; with an attendance record, give the days and ask again.",
    ),
    "piece": Bilingual(
        "分档单价怎么用没有写明：有的各档分段算，有的达到哪一档就全部按那一档算。两种都列出来；约定清楚的，写明再算。",
        "How the tiers are meant is not said: each tier for its own pieces, or the tier reached for all. Both are given; if it "
        "was agreed, say which.",
    ),
}
EVERY_DAY = Bilingual("每个日历天都算。", "Every calendar day counts.")
TIERS = {
    "marginal": Bilingual(
        "各档只管自己那一段的件数。", "Each tier prices only the pieces that fall into it."
    ),
    "whole": Bilingual("达到哪一档，全部件数就按哪一档的单价。", "The tier reached prices all pieces."),
}


def average_month(months: int) -> Bilingual:
    """Paid days of so many average months."""
    return Bilingual(f"{months}个月，每月按21.75个计薪日。", f"{months} months of 21.75 paid days.")


@lru_cache(maxsize=1024)
def _month(first: date) -> Bilingual:
    return Bilingual(f"{first.year}年{first.month}月", dated(first).en.partition(" ")[2])


def stretch(one: Stretch) -> Bilingual:
    """A whole month by its name, a part month by its days."""
    if one.paid_days is None:
        return _month(one.first)
    first, last = dated(one.first), dated(one.last)
    return Bilingual(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


def months(wage: str, period: Sequence[Stretch]) -> Bilingual:
    """Whole months in full, part months by paid days."""
    whole = sum(1 for one in period if one.paid_days is None)
    told = [
        Bilingual(f"月工资{wage}元。", f"The wage is {wage} yuan a month."),
        Bilingual(f"整月{whole}个，按全月付。", f"Whole months, paid in full: {whole}.") if whole else None,
    ]
    return join(*told, *(_part(one) for one in period if one.paid_days is not None))


def _part(one: Stretch) -> Bilingual:
    """A part month with its paid days, and that the employer may object where it earns more than the month."""
    name = stretch(one)
    told = Bilingual(
        f"{name.zh}有{one.paid_days}个计薪日（工作日加法定节日），按月工资÷21.75×{one.paid_days}。",
        f"{name.en} has {one.paid_days} paid days (working days and statutory holidays): the month's wage ÷ 21.75 × "
        f"{one.paid_days}.",
    )
    above = Bilingual(
        "这个月计薪日比平均的21.75天多，所以算出来超过一个月工资；单位可能会说最多付一个月的。",
        "That month has more paid days than the average of 21.75, so this comes to more than the month's wage; the employer "
        "may say that the month's wage is the most.",
    )
    return join(told, above if one.above_a_month else None)


def simple(formula: str, due: str) -> Bilingual:
    """A formula with its result."""
    return Bilingual(f"{formula}，是{due}元。", f"{formula} = {due} yuan.")


def counted(unit: Bilingual, count: str, formula: str, due: str) -> Bilingual:
    """So many days, hours or pieces at a price."""
    name = _UNIT[unit]
    return Bilingual(
        f"一共{count}{name.zh}：{formula}，是{due}元。", f"{count} {name.en}: {formula} = {due} yuan."
    )


def sum_in_writing(due: str) -> Bilingual:
    """An IOU or settlement."""
    return Bilingual(
        f"欠条或者协议上写明欠{due}元，按写明的算。",
        f"The IOU or settlement says {due} yuan, and that is what is due.",
    )


def owed(due: str, paid: str, amount: str, over: str) -> Bilingual:
    """What is left after payments. ``over``: what was paid beyond it."""
    if paid == NOTHING:
        return Bilingual(
            f"一共应付{due}元，还欠{amount}元。", f"{due} yuan are due, and {amount} are still owed."
        )
    paid_words = Bilingual(f"一共应付{due}元，已付{paid}元，", f"{due} yuan are due and {paid} were paid:")
    if over != NOTHING:
        left = Bilingual(f"多付了{over}元，不再欠。", f"{over} too much, and nothing is owed.")
    else:
        left = Bilingual(f"还欠{amount}元。", f"{amount} are still owed.")
    return join(paid_words, left)
