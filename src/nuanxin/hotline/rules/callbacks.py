"""Call-backs: when there is room, when a person may be rung, how often they are tried.

Equal for web and telephone: a call-back asked while waiting, after a message or in the portal is one line in
the same list. The safe-contact rules of the person come before every promise of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from nuanxin.cases.rules.ringing import COUNTED, pause_after

SHANGHAI = ZoneInfo("Asia/Shanghai")
SLOT = timedelta(minutes=30)
# Where nobody has said otherwise, nobody is rung at night.
USUAL_HOURS = "08:00-20:00"
# Offered while waiting, where the wait that is still ahead is at least this long.
OFFER_FROM = timedelta(minutes=3)
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class BadHours(ValueError):
    """Contact hours that are not HH:MM-HH:MM."""


class Status(StrEnum):
    """Where a call-back stands."""

    PROMISED = "promised"
    REACHED = "reached"
    UNREACHED = "unreached"  # tried as often as promised
    CANCELLED = "cancelled"  # rang again and was answered, or asked not to be rung
    JOINED = "joined"  # asked again while an earlier one of the same telephone stands


class Reason(StrEnum):
    """Why somebody is rung back."""

    PROMISED = ""  # chosen while waiting, or after a message
    DISSATISFIED = "dissatisfied"  # said afterwards that the call was no good


class Attempt(StrEnum):
    """What came of one attempt."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINED = "declined"  # the telephone was there, and the call was pressed away
    UNOBTAINABLE = "unobtainable"  # the network knows no such number
    MACHINE = "machine"  # a machine answered, or the receiver was put down at once
    WRONG_PERSON = "wrong_person"  # nothing was said of what it is about
    NOT_COUNTED = "not_counted"  # our line failed: the person was not tried


# A talk that was over sooner was none: a machine answered, or somebody put the receiver down at once.
SHORTEST_TALK = timedelta(seconds=10)


def talked(seconds: timedelta | None) -> Attempt:
    """What a ring-back that was picked up came to, where nobody has said it; None: nobody knows how long they talked."""
    return Attempt.MACHINE if seconds is not None and seconds < SHORTEST_TALK else Attempt.REACHED


@dataclass(frozen=True, slots=True)
class SafeContact:
    """How a person may be reached. ``hours``: HH:MM-HH:MM in Shanghai, may pass midnight; empty: the usual."""

    may_call: bool = True
    hours: str = ""
    may_say_who: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for call-backs at one desk and how many more it takes."""

    start: datetime
    left: int

    @property
    def end(self) -> datetime:
        """The first instant behind the slot."""
        return self.start + SLOT


@dataclass(frozen=True, slots=True)
class Next:
    """What follows an attempt: ``due`` is None once the call-back is settled."""

    status: Status
    counted: int
    due: datetime | None = None
    priority: bool = False


@lru_cache(maxsize=512)
def _window(hours: str) -> tuple[time, time]:
    match = _HOURS.fullmatch(hours or USUAL_HOURS)
    if match is None:
        raise BadHours(hours)
    return time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))


def may_ring(contact: SafeContact, at: datetime) -> str:
    """Why the person may not be rung at ``at`` (aware): no_calls, outside_hours; empty where they may.

    Raises BadHours.
    """
    if not contact.may_call:
        return "no_calls"
    start, end = _window(contact.hours)
    now = at.astimezone(SHANGHAI).time()
    inside = start <= now < end if start < end else start == end or now >= start or now < end
    return "" if inside else "outside_hours"


def next_allowed(contact: SafeContact, at: datetime) -> datetime | None:
    """``at`` itself or the next instant at which the person may be rung; None where never. Raises BadHours."""
    why = may_ring(contact, at)
    if not why:
        return at
    if why == "no_calls":
        return None
    start, _ = _window(contact.hours)
    local = at.astimezone(SHANGHAI)
    opening = datetime.combine(local.date(), start, SHANGHAI)
    return (opening if opening > local else opening + timedelta(days=1)).astimezone(at.tzinfo)


def slot_start(at: datetime) -> datetime:
    """The slot in which an instant lies: they begin on the hour and the half-hour, in Shanghai."""
    local = at.astimezone(SHANGHAI)
    return local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)


def slots(
    day: date, *, hours: str, capacity: int, taken: Mapping[datetime, int], contact: SafeContact, at: datetime
) -> tuple[Slot, ...]:
    """The slots of a day at a desk that are still ahead, have room, and in which the person may be rung.

    ``hours``: the desk's, HH:MM-HH:MM (the end may be past midnight); ``capacity``: call-backs a slot;
    ``taken``: how many are promised, by when. A slot counts only where the whole of it is allowed.
    Raises BadHours.
    """
    start, end = _window(hours)
    begin, close = datetime.combine(day, start, SHANGHAI), datetime.combine(day, end, SHANGHAI)
    if close <= begin:
        close += timedelta(days=1)
    used: Counter[datetime] = Counter()
    for promised, count in taken.items():
        used[slot_start(promised)] += count
    found = []
    now = slot_start(begin + SLOT - timedelta(minutes=1))
    while now + SLOT <= close:
        left = capacity - used[now]
        if now >= at and left > 0 and _allowed(contact, now):
            found.append(Slot(now, left))
        now += SLOT
    return tuple(found)


def _allowed(contact: SafeContact, start: datetime) -> bool:
    """The whole slot, minute by minute: hours that pass midnight may leave a gap inside it."""
    minutes = range(int(SLOT.total_seconds()) // 60)
    return not any(may_ring(contact, start + timedelta(minutes=minute)) for minute in minutes)


def after(attempt: Attempt, *, counted: int, priority: bool, contact: SafeContact, at: datetime) -> Next:
    """What follows an attempt at ``at``. ``counted``: attempts counted before; ``priority``: this was the last one.

    Three attempts count, in different parts of the day; then one more with priority; only then is somebody
    given up. A failed line of ours counts for nothing. Raises BadHours.
    """
    if attempt is Attempt.REACHED:
        return Next(Status.REACHED, counted)
    if attempt is Attempt.NOT_COUNTED:
        pause = timedelta(minutes=5)
    elif priority:
        return Next(Status.UNREACHED, counted)
    else:
        counted += 1
        pause, priority = pause_after(counted), counted >= COUNTED
    due = next_allowed(contact, at + pause)
    if due is None:  # asked meanwhile not to be rung
        return Next(Status.CANCELLED, counted)
    return Next(Status.PROMISED, counted, due, priority)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits: on the line or with a kept place. ``since`` is the place in the queue."""

    id: int
    since: datetime
    kept: bool = False
    priority: bool = False
    overdue: bool = False  # promised for a time that has passed


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Who is next: priority first, then broken promises, then by place; a kept place is worth as much as one on the
    line."""
    return sorted(waiting, key=lambda one: (not one.priority, not one.overdue, one.since, one.id))


def offer_call_back(
    *,
    ahead: int,
    on_duty: int,
    mean_talk: timedelta,
    contact: SafeContact,
    offer_from: timedelta = OFFER_FROM,
) -> bool:
    """Whether a waiting caller is offered to keep the place and be rung: the wait ahead is long, and they may be."""
    if not contact.may_call:
        return False
    return on_duty <= 0 or mean_talk * (ahead + 1) / on_duty >= offer_from


def check_hours(hours: str) -> None:
    """Raises BadHours unless empty or HH:MM-HH:MM."""
    _window(hours)
