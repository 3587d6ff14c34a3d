"""Duties of colleagues that somebody could have in return for one of their own."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from nuanxin.hotline.models import Duty, RosterMonth
from nuanxin.hotline.queries.rosters import leave_of


def exchangeable(mine: Duty, first: date, last: date, at: datetime) -> list[Duty]:
    """Published duties of the station in some days that have not begun, where nobody would have two on one day.

    What rest and hours say is looked over when one is asked for: it takes the whole month.
    """
    station = mine.roster.station
    rows = Duty.objects.filter(
        roster__station=station, roster__state=RosterMonth.State.PUBLISHED, day__gte=min(first, mine.day),
        day__lte=max(last, mine.day),
    ).select_related("shift", "desk")  # fmt: skip
    days: dict[int, set[date]] = defaultdict(set)
    for one in rows:
        days[one.staff].add(one.day)
    away = leave_of(station, min(first, mine.day) - timedelta(1), max(last, mine.day) + timedelta(1))
    return [
        one
        for one in sorted(rows, key=lambda row: (row.starts_at, row.staff))
        if one.staff != mine.staff
        and first <= one.day <= last
        and one.starts_at > at
        and (one.day == mine.day or not {one.day} & (days[mine.staff] | away[mine.staff]))
        and (one.day == mine.day or not {mine.day} & (days[one.staff] | away[one.staff]))
        and (one.day != mine.day or one.shift_id != mine.shift_id or one.desk_id != mine.desk_id)
    ]
