"""How dates, clocks and faults are said. Pure but for the translations; the present moment is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuanxin.ui.parts import Chip

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: From this many days before the date a clock is shown as pressing.
SOON_DAYS = 3


def day(value: date, language: str, year: int | None = None) -> str:
    """8 月 18 日 / 18 August. With the year unless it is ``year`` (None: always with it)."""
    dated = year is None or value.year != year
    if language.startswith("zh"):
        return (
            f"{value.year} 年 {value.month} 月 {value.day} 日"
            if dated
            else f"{value.month} 月 {value.day} 日"
        )
    said = f"{value.day} {_MONTHS[value.month - 1]}"
    return f"{said} {value.year}" if dated else said


def moment(value: datetime, language: str, year: int | None = None) -> str:
    """8 月 11 日 9:00 / 11 August, 9:00."""
    time = f"{value.hour}:{value.minute:02d}"
    return (
        f"{day(value, language, year)} {time}"
        if language.startswith("zh")
        else f"{day(value, language, year)}, {time}"
    )


def due(at: date, now: datetime, language: str, *, promise: bool = False) -> Chip:
    """A clock as a chip. ``at`` is a legal day or a local instant; ``promise`` is a service promise, not a statute."""
    moment_past = isinstance(at, datetime) and at < now
    on = at.date() if isinstance(at, datetime) else at
    left = (on - now.date()).days
    if left < 0 or moment_past:
        days = max(-left, 0)
        text = ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days} if days else _("Late today")
        return Chip(text, "wait" if promise else "late", "warning")
    if left == 0:
        time = f" {at.hour}:{at.minute:02d}" if isinstance(at, datetime) else ""
        return Chip(_("Today") + time, "wait", "clock")
    if left <= SOON_DAYS:
        left_text = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
        return Chip(f"{day(on, language, now.year)} · {left_text}", "wait", "clock")
    return Chip(day(on, language, now.year))


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a form and where to mend it (``target`` is an element id, empty for the whole form)."""

    message: str
    target: str


def faults(form: BaseForm) -> list[Fault]:
    """Every fault of a bound form, in the order of its fields."""
    if not form.is_bound:
        return []
    found = [Fault(str(message), "") for message in form.errors.get(NON_FIELD_ERRORS, [])]
    for bound in form:
        found.extend(Fault(str(message), target_of(bound)) for message in bound.errors)
    return found


def target_of(bound: object) -> str:
    """The id of the element that takes the focus when a fault of this field is followed."""
    field = getattr(bound, "field", None)
    auto_id = str(getattr(bound, "auto_id", ""))
    first_of = getattr(getattr(field, "widget", None), "first_part_suffix", "")
    return f"{auto_id}{first_of}"
