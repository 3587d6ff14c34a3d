"""Which points are open: today's kind of day, exceptions, and all patterns of hours at one instant."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta

import numpy as np

from nuanxin.law.calendar import CalendarMissing, DayKind, kind_of
from nuanxin.network.models import PointException
from nuanxin.network.picture import Picture
from nuanxin.network.rules.hours import CHINA, Day, DayType, Hours, next_change, open_at, parse_hours
from nuanxin.network.spatial.filters import Opening

AHEAD = 15  # days that are looked at for the next opening: longer than any holiday

_REMEMBERED = 8  # minutes whose answer a picture keeps


def day_type(day: date) -> tuple[DayType, bool]:
    """How a day counts for opening hours, and whether that is certain.

    In a year whose holidays are not published yet a day counts by its weekday: opening hours are no legal date,
    and the answer says that it is not certain.
    """
    try:
        kind = kind_of(day)
    except CalendarMissing:
        return DayType.ORDINARY, False
    if kind is DayKind.WORKING:
        return (DayType.WORKING if day.weekday() >= 5 else DayType.ORDINARY), True
    plain = not _given_free(day, kind) and not _beside_holiday(day)
    return (DayType.ORDINARY if plain else DayType.HOLIDAY), True


def _given_free(day: date, kind: DayKind) -> bool:
    return kind is DayKind.STATUTORY or (kind is DayKind.REST and day.weekday() < 5)


def _beside_holiday(day: date) -> bool:
    """Whether a free weekend day is of one run of free days with a holiday, as the yearly notice counts them."""
    for step in (timedelta(days=-1), timedelta(days=1)):
        other = day + step
        with suppress(CalendarMissing):  # the weekend at the edge of what is published
            while (kind := kind_of(other)) is not DayKind.WORKING:
                if _given_free(other, kind):
                    return True
                other += step
    return False


def opening(picture: Picture, at: datetime) -> Opening:
    """What is open at an instant. Two queries at most in a minute, for exceptions of the day and the day before."""
    now = at.astimezone(CHINA).replace(second=0, microsecond=0)
    found = picture.kept.get(("open", now))
    if found is None:
        found = _opening(picture, now)
        for key in [k for k in list(picture.kept) if isinstance(k, tuple) and k[0] == "open"][:-_REMEMBERED]:
            picture.kept.pop(key, None)
        picture.kept["open", now] = found
    assert isinstance(found, Opening)
    return found


def _opening(picture: Picture, now: datetime) -> Opening:
    today = now.date()
    yesterday = today - timedelta(days=1)
    days = [Day(day, day_type(day)[0]) for day in (yesterday, today)]
    patterns = np.array([open_at(hours, now, *days) for hours in picture.points.hours], np.uint8)
    special: dict[int, bool] = {}
    for point, exceptions in exceptions_of(None, (yesterday, today)).items():
        number = int(np.searchsorted(picture.points.ids, point))
        if number < len(picture.points) and picture.points.ids[number] == point:
            hours = picture.points.hours[picture.points.patterns[number]]
            special[number] = open_at(hours, now, *(_with(day, exceptions) for day in days))
    numbers = sorted(special)
    return Opening(
        patterns, np.array(numbers, np.int32), np.array([special[number] for number in numbers], np.uint8)
    )


def exceptions_of(points: Iterable[int] | None, days: tuple[date, date]) -> dict[int, dict[date, Hours]]:
    """The exceptions of some points, or of all, on the days from the first to the last."""
    rows = PointException.objects.filter(day__range=days)
    if points is not None:
        rows = rows.filter(point_id__in=list(points))
    found: dict[int, dict[date, Hours]] = {}
    for point, day, text in rows.values_list("point_id", "day", "hours"):
        found.setdefault(point, {})[day] = parse_hours(text)
    return found


def state_of(hours: Hours, exceptions: dict[date, Hours], at: datetime) -> tuple[bool, datetime | None]:
    """Whether a point is open at an instant and when that changes, in China's time; None: not in the next weeks."""
    now = at.astimezone(CHINA)
    days = [now.date() + timedelta(days=step) for step in range(-1, AHEAD)]
    return next_change(hours, now, [_with(Day(day, day_type(day)[0]), exceptions) for day in days])


def _with(day: Day, exceptions: dict[date, Hours]) -> Day:
    return Day(day.on, day.kind, exceptions.get(day.on))
