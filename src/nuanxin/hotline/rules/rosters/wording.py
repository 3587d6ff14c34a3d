"""The sentences in which a month explains itself: plain, in both languages, naming desk, hours and people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from nuanxin.hotline.rules.rosters.answer import Because
from nuanxin.hotline.rules.rosters.demand import moments_of
from nuanxin.hotline.rules.rosters.limits import Limits
from nuanxin.hotline.rules.rosters.month import LAWYER, Demand, Fixed, Month, Person
from nuanxin.law.bilingual import Bilingual, dated, join

_NAMED = 8  # people; more would hide what is said
_LAWYER = Bilingual("律师", "lawyer")


def sentence(month: Month, because: Because) -> Bilingual:
    """What a rule says of this month."""
    if because.demand is not None:
        return _demand(month, because.demand)
    if because.person:
        return _about_person(month, because)
    return _of_law(month.limits)[because.code]


def _of_law(limits: Limits) -> dict[str, Bilingual]:
    """The rules for everybody, with the articles that their figures rest on."""
    rest, day_of_rest = limits.source("rest_between"), limits.source("days_with_rest")
    hours = limits.source("day", "week", "overtime_month")
    return {
        "rest": Bilingual(
            f"两个班次之间至少休息{_number(limits.rest / 60)}小时{rest.zh}。",
            f"Between two shifts lie at least {_number(limits.rest / 60)} hours of rest{rest.en}.",
        ),
        "rest_day": Bilingual(
            f"每连续{limits.days_with_rest}天至少休息一日{day_of_rest.zh}。",
            f"In any {limits.days_with_rest} days running one is a day of rest{day_of_rest.en}.",
        ),
        "overtime": Bilingual(
            f"每日{_number(limits.day / 60)}小时、每周{_number(limits.week / 60)}小时，"
            f"每月加班不超过{_number(limits.overtime_month / 60)}小时{hours.zh}。",
            f"A day has {_number(limits.day / 60)} and a week {_number(limits.week / 60)} hours, and a month at most "
            f"{_number(limits.overtime_month / 60)} hours of overtime{hours.en}.",
        ),
    }


def _demand(month: Month, demand: Demand) -> Bilingual:
    """Which desk, which hours, how many people with what; who could, and who of them is away."""
    desk = next(one.name for one in month.desks if one.code == demand.desk)
    able = [one for one in month.people if demand.skills <= one.skills]
    able = [one for one in able if not one.desks or demand.desk in one.desks]
    away = [one for one in able if demand.day in one.leave]
    here = [one for one in able if demand.day not in one.leave]
    hours = f"{_clock(demand.start)}–{_clock(demand.end)}"
    skills = [_skill(month, one) for one in sorted(demand.skills)]
    which_zh = "、".join(one.zh for one in skills)
    which_en = " and ".join(one.en for one in skills)
    day = dated(demand.day)
    needs = Bilingual(
        f"{desk.zh}{day.zh}{hours}需要{demand.people}人" + (f"（{which_zh}）" if skills else "") + "，",
        f"{desk.en} on {day.en}, {hours}, needs {demand.people} "
        + ("person" if demand.people == 1 else "people")
        + (f" ({which_en})" if skills else "")
        + ";",
    )
    told = join(needs, _who(here, away))
    if len(here) < demand.people or _covered_by_one(month, demand):
        return told
    return join(
        told,
        Bilingual(
            "一人一天只上一个班，没有一个班次能覆盖全部时间。",
            "A person has one shift a day, and no shift covers all of these hours.",
        ),
    )


def _covered_by_one(month: Month, demand: Demand) -> bool:
    """Whether one shift can cover all the hours of a demand."""
    parts = [moment.shifts for moment in moments_of(month, demand)]
    return bool(frozenset.intersection(*parts)) if parts else True


def _who(here: list[Person], away: list[Person]) -> Bilingual:
    zh = f"可安排的有{len(here)}人" + (f"：{_names_zh(here)}" if here else "")
    en = f"{len(here)} can sit there" + (f": {_names_en(here)}" if here else "")
    if away:
        zh += f"；当天请假：{_names_zh(away)}"
        en += f"; on leave that day: {_names_en(away)}"
    return Bilingual(zh + "。", en + ".")


def _about_person(month: Month, because: Because) -> Bilingual:
    name = next(one.name for one in month.people if one.code == because.person)
    if because.code == "no_nights":
        return Bilingual(f"{name}不上夜班。", f"{name} does not work at night.")
    if because.code == "no_overtime":
        return Bilingual(f"{name}不加班。", f"{name} does not work overtime.")
    if because.code == "week":
        most = next(one.week for one in month.people if one.code == because.person) or 0
        return Bilingual(
            f"{name}每周最多{_number(most / 60)}小时（合同约定）。",
            f"{name} has at most {_number(most / 60)} hours a week (contract).",
        )
    assert because.day is not None
    day = dated(because.day)
    if because.code == "leave":
        return Bilingual(f"{name}{day.zh}请假。", f"{name} is on leave on {day.en}.")
    wish = next(one for one in month.fixed if (one.person, one.day) == (because.person, because.day))
    return _fixed(month, wish, name, day)


def _fixed(month: Month, wish: Fixed, name: str, day: Bilingual) -> Bilingual:
    if wish.shift is None:
        return Bilingual(f"已定：{name}{day.zh}不上班。", f"Agreed: {name} is off on {day.en}.")
    shift = next(one.name for one in month.shifts if one.code == wish.shift)
    desk = next((one.name for one in month.desks if one.code == wish.desk), Bilingual("", ""))
    return Bilingual(
        f"已定：{name}{day.zh}上{shift.zh}" + (f"，在{desk.zh}" if desk.zh else "") + "。",
        f"Agreed: {name} works the {shift.en} shift on {day.en}"
        + (f" at {desk.en}" if desk.en else "")
        + ".",
    )


def no_shift(month: Month, demand: Demand, start: int, end: int) -> Bilingual:
    """No shift of a desk reaches these hours, so nobody can sit there."""
    desk = next(one.name for one in month.desks if one.code == demand.desk)
    day, hours = dated(demand.day), f"{_clock(start)}–{_clock(end)}"
    return Bilingual(
        f"{desk.zh}{day.zh}{hours}没有任何班次覆盖。", f"No shift covers {hours} at {desk.en} on {day.en}."
    )


def nobody_before(month: Month, demand: Demand, start: int, end: int) -> Bilingual:
    """The first morning belongs to a night of the month before, which was not handed over."""
    desk = next(one.name for one in month.desks if one.code == demand.desk)
    day, hours = dated(demand.day), f"{_clock(start)}–{_clock(end)}"
    return Bilingual(
        f"{desk.zh}{day.zh}{hours}只能由前一天的夜班值守，而上期排班中没有足够的人（需要{demand.people}人）。",
        f"Only a night shift of the day before covers {hours} at {desk.en} on {day.en}, and the days before this roster "
        f"name too few people for it ({demand.people} needed).",
    )


def left_open(month: Month, demand: Demand, missing: int) -> Bilingual:
    """A demand that the best roster found does not meet."""
    more = Bilingual(
        f"现有最好的排班在此还缺{missing}人；增加计算时间也许能排满。",
        f"The best roster found lacks {missing} here; with more time there may be one that does not.",
    )
    return join(_demand(month, demand), more)


def lacking(month: Month, demand: Demand, missing: int) -> Bilingual:
    """How many people are missing at a desk in some hours of a day."""
    desk = next(one.name for one in month.desks if one.code == demand.desk)
    day, hours = dated(demand.day), f"{_clock(demand.start)}–{_clock(demand.end)}"
    skills = [_skill(month, one) for one in sorted(demand.skills)]
    zh, en = "、".join(one.zh for one in skills), " and ".join(one.en for one in skills)
    return Bilingual(
        f"{desk.zh}{day.zh}{hours}还缺{missing}人" + (f"（{zh}）" if zh else "") + "。",
        f"{desk.en} on {day.en}, {hours}: {missing} missing" + (f" ({en})" if en else "") + ".",
    )


def too_few(month: Month, demand: Demand, missing: int) -> Bilingual:
    """How many people are missing at least: the closing sentence of a shortage that is counted."""
    skills = "、".join(_skill(month, one).zh for one in sorted(demand.skills))
    named = " and ".join(_skill(month, one).en for one in sorted(demand.skills))
    return Bilingual(
        f"至少还缺{missing}人" + (f"（{skills}）" if skills else "") + "。",
        f"At least {missing} more "
        + (f"({named}) " if named else "")
        + ("is" if missing == 1 else "are")
        + " missing.",
    )


def _skill(month: Month, code: str) -> Bilingual:
    return month.skill_names.get(code, _LAWYER if code == LAWYER else Bilingual(code, code))


def _names_zh(people: Sequence[Person]) -> str:
    named = "、".join(one.name for one in people[:_NAMED])
    return f"{named}等" if len(people) > _NAMED else named


def _names_en(people: Sequence[Person]) -> str:
    named = ", ".join(one.name for one in people[:_NAMED])
    return f"{named} and {len(people) - _NAMED} more" if len(people) > _NAMED else named


def _number(value: float) -> str:
    return f"{value:g}"


def _clock(minute: int) -> str:
    return str(timedelta(minutes=minute))[:-3].rjust(5, "0") if minute < 24 * 60 else "24:00"
