"""When a notice may leave, and when it is tried again."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")

# After each failure the next try waits longer; after the last the notice is dead and staff see it. A gateway
# that is down over night, and comes back in the morning, loses nothing.
WAITS = (
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
MOST_TRIES = len(WAITS) + 1


class BadHours(ValueError):
    """Contact hours that are not HH:MM-HH:MM."""


def next_try(tries: int, at: datetime) -> datetime | None:
    """When to try again after so many failed tries; None when it was the last."""
    return at + WAITS[tries - 1] if 1 <= tries <= len(WAITS) else None


def within_hours(at: datetime, hours: str) -> datetime:
    """``at`` itself, or the next instant inside the contact hours (``HH:MM-HH:MM``, Asia/Shanghai).

    Hours may pass midnight (22:00-06:00); empty or equal ends mean always. Raises BadHours.
    """
    if not hours:
        return at
    match = _HOURS.fullmatch(hours)
    if match is None:
        raise BadHours(hours)
    start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    local = at.astimezone(SHANGHAI)
    now = local.time()
    inside = start <= now < end if start <= end else now >= start or now < end
    if start == end or inside:
        return at
    opening = local.replace(hour=start.hour, minute=start.minute, second=0, microsecond=0)
    if opening < local:
        opening += timedelta(days=1)
    return opening.astimezone(at.tzinfo)
