"""What the checker finds, in words for who plans: who, when, which rule with its article, and what is missing. Pure."""

from __future__ import annotations

from nuanxin.hotline.rules.rosters.check import Fault
from nuanxin.hotline.rules.rosters.limits import Limits
from nuanxin.hotline.rules.rosters.month import Month
from nuanxin.hotline.rules.rosters.wording import lacking
from nuanxin.law.bilingual import Bilingual, dated

_PLAIN = {
    "outside": Bilingual("不在本月之内。", "is outside the month."),
    "twice": Bilingual("同一天排了两个班。", "has two shifts on one day."),
    "desk": Bilingual("不能在这个座席上值班。", "may not sit at this desk."),
    "shift": Bilingual("这个座席不用这个班次。", "has a shift that the desk does not use."),
    "leave": Bilingual("当天请假。", "is on leave."),
    "fixed": Bilingual("与已经同意的安排不符。", "has something else agreed for this day."),
}


def told_of(month: Month, fault: Fault) -> Bilingual:
    """One fault as a sentence."""
    if fault.demand is not None:
        return lacking(month, fault.demand, fault.missing)
    name = next((one.name for one in month.people if one.code == fault.person), fault.person)
    day = dated(fault.day)
    what = _PLAIN.get(fault.code) or _lawful(month.limits, fault.code)
    return Bilingual(f"{name}{day.zh}：{what.zh}", f"{name}, {day.en}: {what.en}")


def _lawful(limits: Limits, code: str) -> Bilingual:
    """The rules that rest on figures of law."""
    zh, en, keys = {
        "no_nights": (
            "不能上夜班", "may not work at night", ("protected_pregnant_month", "protected_nursing_months"),
        ),
        "no_overtime": (
            "不能加班", "may not work overtime", ("protected_pregnant_month", "protected_nursing_months"),
        ),
        "rest": (
            f"离上一个班不到{limits.rest / 60:g}小时", f"fewer than {limits.rest / 60:g} hours after the shift before",
            ("rest_between",),
        ),
        "rest_day": (
            f"到这一天连续{limits.days_with_rest}天没有休息日",
            f"no day of rest in the {limits.days_with_rest} days up to here", ("days_with_rest",),
        ),
        "overtime_day": (
            f"一天加班超过{limits.overtime_day / 60:g}小时", f"more than {limits.overtime_day / 60:g} hours of overtime",
            ("overtime_day",),
        ),
        "overtime": (
            f"本月加班超过{limits.overtime_month / 60:g}小时",
            f"more than {limits.overtime_month / 60:g} hours of overtime in the month", ("overtime_month",),
        ),
    }.get(code, ("这一周超过合同约定的工时", "more hours in this week than the contract says", ()))  # fmt: skip
    source = limits.source(*keys) if keys else Bilingual("", "")
    return Bilingual(f"{zh}{source.zh}。", f"{en}{source.en}.")
