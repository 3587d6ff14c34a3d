"""A person's month of duty as the page shows it, and as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.speech import english, said
from nuanxin.desk.wording.duty import WEEKDAYS
from nuanxin.hotline.models import Duty, Swap
from nuanxin.hotline.queries.rosters import duty_now, moment
from nuanxin.law.calendar import CalendarMissing, DayKind, kind_of
from nuanxin.ui import wording
from nuanxin.ui.parts import Text

FOLD = 74  # bytes of a line of a calendar file, RFC 5545 section 3.1


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: its number and weekday, the duty if there is one, and whether its person may offer it now."""

    day: date
    weekday: Text
    holiday: bool
    today: bool
    duty: Duty | None = None
    hours: str = ""
    shift: str = ""
    desk: str = ""
    may_offer: bool = False
    swap: int = 0
    away: bool = False


def clock(minute: int) -> str:
    """A minute of a day as 08:00; past midnight it goes on from nought."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}" if minute != 24 * 60 else "24:00"


def hours_of(spans: Sequence[Sequence[int]]) -> str:
    """08:00–12:00, 14:00–18:00."""
    return said("、", ", ").join(f"{clock(start)}–{clock(end)}" for start, end in spans)


def duty_words(staff: int, at: datetime) -> str:
    """The hours of the duty that runs, or of the next one within a day: 08:00–16:00; empty without one."""
    duty = duty_now(staff, at)
    if duty is None:
        return ""
    today = at.astimezone(SHANGHAI).date()
    hours = hours_of(duty.shift.spans)
    return (
        hours
        if duty.day == today
        else f"{wording.day(duty.day, 'en' if english() else 'zh', today.year)} {hours}"
    )


def is_holiday(day: date) -> bool:
    """Whether a day is a statutory holiday; false where the year is not known."""
    try:
        return kind_of(day) is DayKind.STATUTORY
    except CalendarMissing:
        return False


def days_between(first: date, last: date) -> list[date]:
    """Every day, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def cells(
    first: date, last: date, duties: Sequence[Duty], swaps: Sequence[Swap], away: set[date], at: datetime
) -> list[DayCell]:
    """The days of a month in order."""
    by_day = {one.day: one for one in duties}
    offered = {one.duty_id: one.pk for one in swaps}
    offered |= {
        one.in_return_id: one.pk for one in swaps if one.state == Swap.State.TAKEN and one.in_return_id
    }
    today = at.astimezone(SHANGHAI).date()
    return [_cell(day, today, by_day.get(day), offered, day in away, at) for day in days_between(first, last)]


def _cell(
    day: date, today: date, duty: Duty | None, offered: dict[int, int], away: bool, at: datetime
) -> DayCell:
    plain = DayCell(day, WEEKDAYS[day.weekday()], is_holiday(day), day == today, away=away)
    if duty is None:
        return plain
    swap = offered.get(duty.pk, 0)
    return DayCell(
        day, plain.weekday, plain.holiday, plain.today, duty, hours_of(duty.shift.spans),
        said(duty.shift.name_zh, duty.shift.name_en or duty.shift.name_zh),
        said(duty.desk.name_zh, duty.desk.name_en or duty.desk.name_zh),
        may_offer=not swap and duty.starts_at > at, swap=swap, away=away,
    )  # fmt: skip


def as_calendar(duties: Sequence[Duty], at: datetime) -> str:
    """The duties as a calendar (RFC 5545): an event for each span, the same one again when it is downloaded again."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nuanxin//Duty roster//ZH", "CALSCALE:GREGORIAN"]
    for duty in duties:
        title = f"{_('Duty')} {said(duty.shift.name_zh, duty.shift.name_en or duty.shift.name_zh)}"
        for number, (start, end) in enumerate(duty.shift.spans):
            lines += [
                "BEGIN:VEVENT", f"UID:duty-{duty.staff}-{duty.day:%Y%m%d}-{number}@nuanxin",
                f"SEQUENCE:{duty.roster.version}", f"DTSTAMP:{_stamp(at)}",
                f"DTSTART:{_stamp(moment(duty.day, start))}", f"DTEND:{_stamp(moment(duty.day, end))}",
                f"SUMMARY:{_text(title)}",
                f"LOCATION:{_text(said(duty.desk.name_zh, duty.desk.name_en or duty.desk.name_zh))}",
                "END:VEVENT",
            ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _stamp(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line is longer than 75 bytes; what goes on begins with a space, and no character is cut in two."""
    parts: list[str] = []
    part = ""
    for sign in line:
        if len((part + sign).encode()) > FOLD - bool(parts):
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
