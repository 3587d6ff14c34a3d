"""From rules to instants: when a clock that starts now runs out.

Statutory clocks ask the law; promises ask the service promise of the region. Days are days in Shanghai.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from nuanxin.cases.rules.clocks import BEFORE_LIMITATION, CLOCK_RULES, SHANGHAI, Clock, ClockState
from nuanxin.law import calendar
from nuanxin.law.periods import due, due_provisional
from nuanxin.network.queries import Promise, promise

END_OF_DAY = time(23, 59, 59)
OFFICE_OPENS, OFFICE_CLOSES = time(9, 0), time(17, 30)


def place_code(region: int) -> str | None:
    """The six-digit code of a 12-digit region, as the law engine takes it; None where the place is unknown."""
    return f"{region // 10**6:06d}" if region else None


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=SHANGHAI)


def _is_open_day(day: date) -> tuple[bool, bool]:
    """Whether offices work that day, and whether that is only provisional (no holiday notice for the year yet)."""
    try:
        return calendar.is_working_day(day), False
    except calendar.CalendarMissing:
        return True, True  # counting a holiday as a working day can only bring the end forward


def _working_days_after(start: date, count: int) -> tuple[date, bool]:
    day, provisional = start, False
    while count:
        day += timedelta(days=1)
        open_day, guess = _is_open_day(day)
        provisional = provisional or guess
        count -= 1 if open_day else 0
    return day, provisional


def _same_day(at: datetime, cut_off: time) -> tuple[datetime, bool]:
    """The same working day at the cut-off; what comes later or on a rest day counts for the next working day."""
    local = at.astimezone(SHANGHAI)
    open_day, provisional = _is_open_day(local.date())
    if open_day and local.time() < cut_off:
        return _at(local.date(), cut_off), provisional
    day, guess = _working_days_after(local.date(), 1)
    return _at(day, cut_off), provisional or guess


def _working_hours(at: datetime, hours: int) -> tuple[datetime, bool]:
    """So many hours of office time (9:00 to 17:30 on working days) after ``at``."""
    moment, provisional = at.astimezone(SHANGHAI), False
    left = timedelta(hours=hours)
    while True:
        open_day, guess = _is_open_day(moment.date())
        provisional = provisional or guess
        begins, ends = _at(moment.date(), OFFICE_OPENS), _at(moment.date(), OFFICE_CLOSES)
        begin = max(moment, begins)
        if open_day and begin < ends:
            if begin + left <= ends:
                return begin + left, provisional
            left -= ends - begin
        moment = _at(moment.date() + timedelta(days=1), OFFICE_OPENS)


def promise_due(rule: Promise, at: datetime) -> tuple[datetime, bool]:
    """When a promise made at ``at`` falls due, and whether that is provisional. Raises ValueError for a unit unknown."""
    if rule.unit == "same_day":
        return _same_day(at, rule.cut_off or OFFICE_CLOSES)
    if rule.unit == "hours":
        return at + timedelta(hours=rule.amount), False
    if rule.unit == "working_hours":
        return _working_hours(at, rule.amount)
    today = at.astimezone(SHANGHAI).date()
    if rule.unit == "calendar_days":
        return _at(today + timedelta(days=rule.amount), END_OF_DAY), False
    if rule.unit == "working_days":
        day, provisional = _working_days_after(today, rule.amount)
        return _at(day, OFFICE_CLOSES), provisional
    raise ValueError(f"no promise is counted in {rule.unit}")


def promised_by(key: str, today: date, region: int) -> date:
    """The day on which a promise counted in days ends that is made today."""
    return start_clock(key, at=_at(today, OFFICE_OPENS), region=region).due.astimezone(SHANGHAI).date()


def day_clock(key: str, on: date, *, at: datetime, hour: str = "") -> Clock:
    """A running clock for a day that stands on a paper: it ends with that day. ``hour``: HH:MM where the paper names it.

    Whoever is told of it so late that the day before is over already needs no reminder.
    """
    day = on.isoformat()
    clock = Clock(key, ClockState.RUNNING, at, _at(on, END_OF_DAY), day, day, hour=hour)
    return replace(clock, warned=warns_at(clock) <= at)


def warns_at(clock: Clock) -> datetime:
    """When its end is near: so many hours before; for a day set by somebody else, the morning of the working day before."""
    rule = CLOCK_RULES[clock.rule]
    if not rule.set_elsewhere:
        return clock.due - timedelta(hours=rule.warn_hours)
    day = clock.due.astimezone(SHANGHAI).date() - timedelta(days=1)
    while not _is_open_day(day)[0]:
        day -= timedelta(days=1)
    return _at(day, OFFICE_OPENS)


def within(clock: Clock, limitation: date | None, at: datetime) -> Clock:
    """The clock, ended with the last day of the limitation where it would end after it.

    It has its own end again once that day is over, or once the limitation presses no more: the claim was made, or its
    time runs longer than it seemed. Whoever was warned of another end is warned anew.
    """
    if clock.rule not in BEFORE_LIMITATION or clock.state is not ClockState.RUNNING or clock.late:
        return clock
    own = clock.own_due or clock.due
    last = _at(limitation, END_OF_DAY) if limitation else None
    brought = last is not None and at < last < own
    due = last if brought and last is not None else own
    if due == clock.due:
        return clock
    return replace(clock, due=due, own_due=own if brought else None, warned=False)


def start_clock(
    key: str, *, at: datetime, region: int, begins: date | None = None, limitation: date | None = None
) -> Clock:
    """A running clock. ``begins``: the legal day it starts from where that is not today (a paper's date).

    ``limitation``: the last day on which the claim can be made; some promises end with it at the latest.
    """
    return within(_start(key, at, region, begins), limitation, at)


def _start(key: str, at: datetime, region: int, begins: date | None) -> Clock:
    rule = CLOCK_RULES[key]
    today = at.astimezone(SHANGHAI).date()
    if not rule.statutory:
        instant, provisional = promise_due(promise(key.removeprefix("promise."), region, today), at)
        return Clock(key, ClockState.RUNNING, at, instant, "", "", provisional)
    start, place = begins or today, place_code(region)
    try:
        end = due(key, start, place)
    except calendar.CalendarMissing:
        end = due_provisional(key, start, place)
    return Clock(
        rule=key,
        state=ClockState.RUNNING,
        started_at=at,
        due=_at(end.act_by, END_OF_DAY),
        strict=end.strict.isoformat(),
        rolled=end.rolled.isoformat() if end.rolled else "",
        provisional=end.provisional,
        begins=start.isoformat() if start != today else "",
    )
