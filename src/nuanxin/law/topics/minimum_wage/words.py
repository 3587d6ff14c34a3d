"""The sentences of a minimum wage answer."""

from __future__ import annotations

from nuanxin.law.bilingual import Bilingual

WHICH_MINIMUM = Bilingual(
    "这里没有当地当月的月最低工资，请查了填上（区县人社局、12333都能查）。",
    "The local minimum wage of that month is not in the table; look it up (the labour office or 12333 knows) and give it.",
)
MINIMUM_OR_PLACE = Bilingual(
    "要知道当地当月的月最低工资；也可以写明地方和月份，表里有的就不用查。",
    "The local minimum wage of that month; with place and month the table is asked first.",
)
WHICH_MONTH = Bilingual(
    "最低工资每隔一两年会调整，停工也分第一个月和以后，要知道是哪个月。",
    "The minimum wage is raised every year or two, and a stop has a first cycle and later ones: which month is it?",
)
WHICH_SHARE = Bilingual(
    "停工超过一个工资支付周期后的生活费，各省不同，这里的表里没有这个地方的；请写明地方，或者向当地人社局问清。",
    "After the first pay cycle of a stop the living cost differs by province, and the table has none for this place: say "
    "where, or ask the labour office there.",
)
COUNTABLE, FLOOR, MISSING = (
    Bilingual("计入最低工资的", "Pay that counts"),
    Bilingual("最少应付", "Least due"),
    Bilingual("差额", "Missing"),
)
FIRST_CYCLE = Bilingual(
    "停工还在第一个工资支付周期里，应当按合同工资全额付；这里只核对有没有低于最低工资，差合同工资的部分另按欠薪要。",
    "The stop is still in its first pay cycle, for which the full wage of the contract is due; here only the minimum wage "
    "is checked, and the rest of the contract's wage is claimed as arrears.",
)
DIVIDED = Bilingual(
    "停工的第一个工资支付周期怎么数，做法不一：有的只算停工开始的那个工资月，有的从停工那天起算满一个月。两种都列出来。",
    "Practice differs on the first pay cycle of a stop: the wage month in which it began, or a full month from its first "
    "day. Both are given.",
)
ENOUGH = Bilingual("没有低于最低标准。", "It is no less than that.")
FROM_MEMORY = Bilingual(
    "表里的标准凭记忆录入、没有核对过原文，请以当地公布的为准。",
    "The figure in the table is from memory and was not compared with its source; what was published there prevails.",
)
OWN_INSURANCE = Bilingual(
    "本人缴的社保费和公积金算不算在最低工资里，各地规定不同。",
    "Whether the worker's own social insurance and housing fund count differs by place.",
)


def counts(paid: str, left_out: str, countable: str) -> Bilingual:
    """What of the pay counts."""
    if left_out == "0.00":
        return Bilingual(f"实发{paid}元，全部计入。", f"All of the {paid} yuan paid count.")
    return Bilingual(
        f"实发{paid}元，其中{left_out}元是加班费、中夜班、高温、特殊环境津贴或者福利，不计入，计入的是{countable}元。",
        f"Of {paid} yuan paid, {left_out} are overtime, shift, heat or hardship allowances or welfare and do not count: "
        f"{countable} yuan count.",
    )


def plain(least: str) -> Bilingual:
    """The minimum wage."""
    return Bilingual(f"月最低工资是{least}元。", f"The minimum wage is {least} yuan a month.")


def in_probation(post: str, least: str, floor: str) -> Bilingual:
    """The floor of probation."""
    return Bilingual(
        f"试用期工资不低于岗位或约定工资{post}元的80%，也不低于最低工资{least}元，最少应付{floor}元。",
        f"In probation at least 80 % of {post} yuan and the minimum wage of {least}: {floor} yuan.",
    )


def later_cycle(least: str, percent: str) -> Bilingual:
    """After the first cycle."""
    return Bilingual(
        f"停工超过一个工资支付周期、没有安排干活的，按最低工资{least}元的{percent}付生活费。",
        f"After the first pay cycle of a stop without work, {percent} of the minimum wage of {least} yuan is due.",
    )


def mixed(cycle_ends: Bilingual, full: str, before: int, living: str, after: int) -> Bilingual:
    """A month with both, shared out by paid days."""
    return Bilingual(
        f"从停工起满一个月到{cycle_ends.zh}：这个月到那天的{before}个计薪日按全月不低于{full}元的标准，以后{after}个计薪日按全月{living}元的标准，按日分摊。",
        f"A month from the stop ends on {cycle_ends.en}: {before} paid days until then at no less than {full} yuan a month, "
        f"{after} after it at {living} yuan a month.",
    )


def missing(amount: str) -> Bilingual:
    """What has to be made up."""
    return Bilingual(f"还差{amount}元，单位要补。", f"{amount} yuan are missing and have to be made up.")
