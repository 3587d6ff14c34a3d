"""Opening hours: reading, writing, and whether a point is open. Pure.

The notation is a part of OpenStreetMap's ``opening_hours``: ``Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off``
or ``24/7``. ``PH`` are the days off of the State Council's yearly notice that are no plain weekend; closed unless
it gives them hours. A make-up working day (调休) has the hours of a Monday. A span that ends before it begins is
a night and runs past midnight; what cannot be a night is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

CHINA = ZoneInfo("Asia/Shanghai")  # one clock for the whole country
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY = 24 * 60  # minutes
WEEK = 7 * DAY
LONGEST = 200  # characters
_EVENING, _NOON = 18 * 60, 12 * 60  # a span that ends before it begins is a night between these, or a slip
_HOLIDAY = 7  # the place of PH behind the seven days
_RULE = re.compile(r"(?:(?P<days>[A-Za-z,\- ]+?)\s+)?(?P<times>off|closed|[0-9:,\- ]+)")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")

Span = tuple[int, int]  # minutes of the day; the end may lie past midnight (more than 1,440)


class DayType(Enum):
    """How a day counts for opening hours."""

    ORDINARY = "ordinary"  # by its weekday
    WORKING = "working"  # a weekend day that was made a working day
    HOLIDAY = "holiday"  # a day off by the yearly notice that is no plain weekend


class HoursFault(ValueError):
    """Opening hours that cannot be read. ``zh`` and ``en`` say what is wrong and what to write."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans for Monday to Sunday and for holidays, each sorted and apart. Hashable: equal hours are one pattern."""

    days: tuple[tuple[Span, ...], ...]  # eight: Monday … Sunday, holidays

    def spans(self, day: date, kind: DayType) -> tuple[Span, ...]:
        """The spans that begin on a day."""
        if kind is DayType.HOLIDAY:
            return self.days[_HOLIDAY]
        return self.days[0 if kind is DayType.WORKING else day.weekday()]

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        return all(spans == ((0, DAY),) for spans in self.days)

    def __str__(self) -> str:
        return _written(self)


NEVER = Hours(((),) * 8)


@lru_cache(maxsize=20_000)
def parse_hours(text: str) -> Hours:
    """Read opening hours. Empty text means that no hours are known: never open. Raises HoursFault."""
    plain = " ".join(text.replace("，", ",").replace("；", ";").replace("：", ":").replace("–", "-").split())
    if len(plain) > LONGEST:
        raise _too_long()
    if not plain:
        return NEVER
    if plain == "24/7":
        return Hours((((0, DAY),),) * 8)
    table: list[tuple[Span, ...]] = [() for _ in range(8)]
    for rule in filter(None, (part.strip() for part in plain.split(";"))):
        match = _RULE.fullmatch(rule)
        if match is None:
            raise _unreadable(rule)
        spans = () if match["times"].strip() in ("off", "closed") else _spans(match["times"], rule)
        for day in _days(match["days"], rule):
            table[day] = spans
    hours = Hours(tuple(table))
    _check_overlap(hours)
    if len(_written(hours)) > LONGEST:  # the canonical text is the one that is kept
        raise _too_long()
    return hours


def _too_long() -> HoursFault:
    return HoursFault(
        f"开放时间太长（最多{LONGEST}个字符）。", f"The hours are too long ({LONGEST} characters at most)."
    )


def _unreadable(part: str) -> HoursFault:
    return HoursFault(
        f"开放时间“{part}”看不懂。请写成“Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off”。",
        f"The hours “{part}” cannot be read. Write them like “Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off”.",
    )


def _days(text: str | None, rule: str) -> Iterable[int]:
    """Places in the table: all weekdays where none is named."""
    if text is None:
        return range(7)
    found: list[int] = []
    for part in text.split(","):
        names = [name.strip().capitalize() for name in part.split("-")]
        if names == ["Ph"]:
            found.append(_HOLIDAY)
            continue
        if not 1 <= len(names) <= 2 or any(name not in DAYS for name in names):
            raise _unreadable(rule)
        first, last = DAYS.index(names[0]), DAYS.index(names[-1])
        found += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return found


def _spans(text: str, rule: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for part in text.split(","):
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            raise _unreadable(rule)
        hour, minute, end_hour, end_minute = (int(group) for group in match.groups())
        begin, end = hour * 60 + minute, end_hour * 60 + end_minute
        if minute > 59 or end_minute > 59 or begin >= DAY or end > DAY:
            raise HoursFault(
                f"没有“{part.strip()}”这样的时间。", f"There is no such time as “{part.strip()}”."
            )
        if begin == end:
            raise HoursFault(
                f"“{part.strip()}”开始和结束是同一时刻。", f"“{part.strip()}” ends when it begins."
            )
        if end < begin and (begin < _EVENING or end > _NOON):
            raise HoursFault(
                f"“{part.strip()}”结束早于开始。跨过午夜的时段须在18:00以后开始、12:00以前结束。",
                f"“{part.strip()}” ends before it begins. Only a night, from 18:00 or later until noon at most, runs past "
                "midnight.",
            )
        found.append((begin, end if end > begin else end + DAY))
    found.sort()
    return tuple(found)


def _check_overlap(hours: Hours) -> None:
    for number, spans in enumerate(hours.days):
        before = hours.days[number - 1] if 0 < number < 7 else hours.days[6] if number == 0 else ()
        ends = [end - DAY for _, end in before if end > DAY]
        for begin, end in spans:
            if ends and begin < max(ends):
                raise HoursFault(
                    f"开放时间有重叠，或结束早于开始：{_clock(begin)}-{_clock(end)}。跨过午夜的时段请与第二天的时段分开。",
                    f"Hours overlap, or end before they begin: {_clock(begin)}-{_clock(end)}. A span past midnight "
                    "must end before the next day's begins.",
                )
            ends.append(end)


def _clock(minute: int) -> str:
    within = minute if minute <= DAY else minute - DAY
    return f"{within // 60:02d}:{within % 60:02d}"


def _written(hours: Hours) -> str:
    """The canonical text: neighbouring days with the same hours together, days without hours left out."""
    if hours.always:
        return "24/7"
    rules, day = [], 0
    while day < 7:
        last = day
        while last + 1 < 7 and hours.days[last + 1] == hours.days[day]:
            last += 1
        if hours.days[day]:
            name = DAYS[day] if last == day else f"{DAYS[day]}-{DAYS[last]}"
            rules.append(f"{name} {_joined(hours.days[day])}")
        day = last + 1
    holidays = hours.days[_HOLIDAY]
    if rules or holidays:
        rules.append(f"PH {_joined(holidays)}" if holidays else "PH off")
    return "; ".join(rules)


def _joined(spans: tuple[Span, ...]) -> str:
    return ",".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in spans)


@dataclass(frozen=True, slots=True)
class Day:
    """One day as a point keeps it: how it counts, and its own hours where an exception is on file for it."""

    on: date
    kind: DayType
    exception: Hours | None = None  # its Monday spans are the day's

    def spans(self, hours: Hours) -> tuple[Span, ...]:
        """What begins on this day."""
        return hours.spans(self.on, self.kind) if self.exception is None else self.exception.days[0]


def open_at(hours: Hours, now: datetime, yesterday: Day, today: Day) -> bool:
    """Whether it is open at a local time, yesterday's spans past midnight included."""
    minute = now.hour * 60 + now.minute
    return any(begin <= minute < end for begin, end in today.spans(hours)) or any(
        minute < end - DAY for _, end in yesterday.spans(hours)
    )


def next_change(hours: Hours, now: datetime, days: list[Day]) -> tuple[bool, datetime | None]:
    """Whether it is open at a local time, and when that changes next. ``days``: yesterday, today and days to come.

    None where nothing changes within the days given.
    """
    spans = sorted(
        (_at(day.on, begin, now), _at(day.on, end, now)) for day in days for begin, end in day.spans(hours)
    )
    joined: list[tuple[datetime, datetime]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    horizon = _at(days[-1].on, DAY, now)
    for begin, end in joined:
        if begin <= now < end:
            return True, end if end < horizon else None
        if begin > now:
            return False, begin
    return False, None


def _at(day: date, minute: int, like: datetime) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)
    return midnight + timedelta(minutes=minute)


def week_of(hours: Hours) -> NDArray[np.bool_]:
    """Open or not in each minute of an ordinary week, Monday 00:00 first."""
    week = np.zeros(WEEK, np.bool_)
    for day in range(7):
        for begin, end in hours.days[day]:
            low, high = day * DAY + begin, day * DAY + end
            week[low : min(high, WEEK)] = True
            if high > WEEK:
                week[: high - WEEK] = True
    return week
