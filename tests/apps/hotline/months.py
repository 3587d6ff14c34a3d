"""Small months to solve, and what they are made of."""

from __future__ import annotations

from datetime import date, timedelta

from nuanxin.hotline.rules.rosters.limits import limits_on
from nuanxin.hotline.rules.rosters.month import Desk, Month, Person, Shift, statutory_holidays
from nuanxin.law.bilingual import Bilingual

EARLY = Shift("early", Bilingual("早班", "early"), ((480, 960),))
LATE = Shift("late", Bilingual("晚班", "late"), ((960, 1440),))
NIGHT = Shift("night", Bilingual("夜班", "night"), ((1440 - 60, 1440 + 480),))  # 23:00 to 8:00
SPLIT = Shift("split", Bilingual("两头班", "split"), ((540, 720), (840, 1080)))  # 9-12 and 14-18
WAGES = Desk("wages", Bilingual("欠薪专席", "Wages desk"), frozenset({"early", "late"}))
GENERAL = Desk("general", Bilingual("综合席", "General desk"))
MONDAY = date(2026, 3, 2)


def days(first: date, count: int) -> list[date]:
    """So many days from one on."""
    return [first + timedelta(n) for n in range(count)]


def people(count: int, lawyers: int = 0, **more) -> tuple[Person, ...]:
    """``count`` people, the first ``lawyers`` of them lawyers."""
    return tuple(
        Person(f"p{n}", f"甲{n}", frozenset({"lawyer"} if n < lawyers else ()), **more) for n in range(count)
    )


def month(first: date, last: date, **more) -> Month:
    """A month with its statutory holidays and, unless told otherwise, one general desk and three shifts."""
    told = {"desks": (GENERAL,), "shifts": (EARLY, LATE, NIGHT), "people": people(6), "demands": ()} | more
    return Month(
        first, last, **({"holidays": statutory_holidays(first, last), "limits": limits_on(first)} | told)
    )
