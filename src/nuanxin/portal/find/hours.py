"""The hours of a point as its page shows them: now, the days of the week, and days that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from nuanxin.network import wording
from nuanxin.network.models import PointException, ServicePoint
from nuanxin.network.opening import day_type, state_of
from nuanxin.network.rules.hours import DAY, NEVER, Hours, HoursFault, Span, parse_hours
from nuanxin.ui import wording as saying
from nuanxin.ui.parts import Chip, Text

SOON = timedelta(days=14)
AHEAD = timedelta(days=60)  # how far ahead days are told whose hours differ


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the week, days of the same hours, or public holidays; ``times`` is empty where it is closed."""

    day: Text
    times: Sequence[str]
    today: bool = False


@dataclass(frozen=True, slots=True)
class Differing:
    """A day whose hours differ from those of the week."""

    day: str
    times: Sequence[str]
    note: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that is told of the hours. ``week``: each day; ``short``: days of the same hours together, for a poster.

    ``holiday``: today is a public holiday or a make-up working day, and its hours are not those of its weekday.
    ``certain``: the holidays of all days of the coming weeks are published.
    """

    now: Chip
    round_the_clock: bool
    week: Sequence[DayRow]
    short: Sequence[DayRow]
    differing: Sequence[Differing]
    holiday: bool
    certain: bool = True


def timetable(point: ServicePoint, at: datetime) -> Timetable:
    """The hours of a point at an instant. One query. Hours that cannot be read are told as not on file."""
    today = timezone.localdate(at)
    yesterday = today - timedelta(days=1)
    kept = PointException.objects.filter(point=point, day__gte=yesterday, day__lte=today + AHEAD)
    special = {one.day: one for one in kept}
    differing = [
        Differing(saying.day(day, wording.language(), today.year), _times(_read(one.hours).days[0]), one.note)
        for day, one in sorted(special.items())
        if day >= today
    ]
    hours = _read(point.hours)
    if hours == NEVER:
        unknown = Chip(_("Hours not on file: ring before you go"), "wait", "clock")
        return Timetable(unknown, False, (), (), differing, False)
    open_now, change = state_of(hours, {day: _read(one.hours) for day, one in special.items()}, at)
    until, after = (change, None) if open_now else (None, change)
    ordinary = hours.spans(today, day_type(today)[0]) == hours.days[today.weekday()]
    return Timetable(
        now=wording.opening(open_now=open_now, until=until, after=after, now=at),
        round_the_clock=hours.always,
        week=_week(hours, today.weekday() if ordinary and today not in special else None),
        short=_short(hours),
        differing=differing,
        holiday=not ordinary and today not in special,
        certain=day_type(today + SOON)[1],
    )


def _read(text: str) -> Hours:
    try:
        return parse_hours(text)
    except HoursFault:
        return NEVER


def _week(hours: Hours, today: int | None) -> list[DayRow]:
    days = [
        DayRow(wording.WEEKDAYS[weekday], _times(spans), weekday == today)
        for weekday, spans in enumerate(hours.days[:7])
    ]
    return [*days, DayRow(_("Public holidays"), _times(hours.days[7]))]


def _short(hours: Hours) -> list[DayRow]:
    rows = []
    for spans, same in groupby(range(7), key=lambda weekday: hours.days[weekday]):
        numbers = list(same)
        first, last = wording.WEEKDAYS[numbers[0]], wording.WEEKDAYS[numbers[-1]]
        told = _("%(first)s to %(last)s") % {"first": first, "last": last} if len(numbers) > 1 else first
        rows.append(DayRow(told, _times(spans)))
    return [*rows, DayRow(_("Public holidays"), _times(hours.days[7]))]


def _times(spans: Sequence[Span]) -> list[str]:
    return [f"{_clock(begin)}–{_clock(end)}" for begin, end in spans]


def _clock(minutes: int) -> str:
    """Minutes from midnight as a clock shows them; the end of a day is 24:00, an end in the next day its time."""
    shown = minutes - DAY if minutes > DAY else minutes
    return f"{shown // 60}:{shown % 60:02d}"
