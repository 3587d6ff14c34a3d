"""How a point is told, in the language of the page: name and kind, minutes and way, opening, whether it was checked."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from nuanxin.network.models import ServicePoint
from nuanxin.network.queries import nine_digits, six_digits
from nuanxin.network.rules.bearings import spoken_metres
from nuanxin.network.rules.gazetteer import UNIT
from nuanxin.network.rules.points import KINDS, LANGUAGES, SERVICES, Term, codes_of, is_verified
from nuanxin.network.spatial.roads.profiles import Mode
from nuanxin.ui import wording
from nuanxin.ui.parts import Chip, Text

LONGEST_IN_MINUTES = 120

TRAVEL: dict[Mode, Text] = {
    Mode.WALK: gettext_lazy("%(time)s on foot"),
    Mode.BUS: gettext_lazy("%(time)s by bus"),
    Mode.CAR: gettext_lazy("%(time)s by car"),
}
ESTIMATE: dict[str, Text] = {
    "straight_line": gettext_lazy("estimate by straight line"),
    "road": gettext_lazy("by road"),
}
TOWARDS: dict[str, Text] = {
    "n": gettext_lazy("to the north"),
    "ne": gettext_lazy("to the north-east"),
    "e": gettext_lazy("to the east"),
    "se": gettext_lazy("to the south-east"),
    "s": gettext_lazy("to the south"),
    "sw": gettext_lazy("to the south-west"),
    "w": gettext_lazy("to the west"),
    "nw": gettext_lazy("to the north-west"),
}
WEEKDAYS: tuple[Text, ...] = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


def language() -> str:
    """The language of the page."""
    return get_language() or "zh"


def english() -> bool:
    """Whether the page is in English."""
    return language().startswith("en")


def kind(code: str) -> str:
    """What kind of point it is."""
    return word(KINDS[code])


def name(point: ServicePoint) -> tuple[str, bool]:
    """The name in the language of the page; True where only the Chinese one is known on an English page."""
    if not english():
        return point.name_zh, False
    return (point.name_en, False) if point.name_en else (point.name_zh, True)


def address(point: ServicePoint) -> tuple[str, bool]:
    """The address in the language of the page; True where only the Chinese one is known on an English page."""
    if not english() or not point.address_zh:
        return point.address_zh, False
    return (point.address_en, False) if point.address_en else (point.address_zh, True)


def place_code(place: int) -> str:
    """A place as an address names it: six digits, nine of a township."""
    return six_digits(place) if place % UNIT == 0 else nine_digits(place)


def dialled(phone: str) -> str:
    """A telephone number as a link dials it: figures and the plus sign alone."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


def minutes(count: int) -> str:
    """A duration: about 12 minutes, about 5 hours."""
    if count < LONGEST_IN_MINUTES:
        return ngettext("about %(n)d minute", "about %(n)d minutes", max(count, 1)) % {"n": max(count, 1)}
    hours = round(count / 60)
    return ngettext("about %(n)d hour", "about %(n)d hours", hours) % {"n": hours}


def travel(mode: Mode, count: int) -> str:
    """How long it takes, and how: about 12 minutes on foot."""
    return str(TRAVEL[mode]) % {"time": minutes(count)}


def metres(count: float) -> str:
    """A distance with its unit."""
    number, unit = spoken_metres(count)
    return (_("%(n)s km") if unit == "km" else _("%(n)s m")) % {"n": number}


def scale(length: int) -> str:
    """The round length of a scale bar with its unit."""
    return (_("%(n)s km") if length >= 1000 else _("%(n)s m")) % {
        "n": f"{length // 1000:,}" if length >= 1000 else str(length)
    }


def way(count: float, towards: str) -> str:
    """How far and in which direction, as the crow flies: 900 m to the north-east."""
    if not towards:
        return _("right here")
    return _("%(far)s %(towards)s") % {"far": metres(count), "towards": TOWARDS[towards]}


def clock(moment: datetime) -> str:
    """9:00."""
    local = timezone.localtime(moment)
    return f"{local.hour}:{local.minute:02d}"


def when(moment: datetime, now: datetime) -> str:
    """A moment soon to come as one says it: 14:00 today, 9:00 tomorrow, 9:00 on Monday, 9:00 on 8 October."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    apart = (local.date() - today).days
    if apart == 0:
        return _("%(time)s today") % {"time": clock(moment)}
    if apart == 1:
        return _("%(time)s tomorrow") % {"time": clock(moment)}
    on = str(WEEKDAYS[local.weekday()]) if apart < 7 else wording.day(local.date(), language(), today.year)
    return _("%(time)s on %(day)s") % {"time": clock(moment), "day": on}


def opening(*, open_now: bool, until: datetime | None, after: datetime | None, now: datetime) -> Chip:
    """Whether somebody finds it open, until when, and when next."""
    if open_now and until is None:
        return Chip(_("Open round the clock"), "green", "clock")
    if open_now and until is not None:
        end = clock(until) if timezone.localdate(until) == timezone.localdate(now) else when(until, now)
        return Chip(_("Open, until %(time)s") % {"time": end}, "green", "clock")
    if after is not None:
        return Chip(_("Closed; opens at %(time)s") % {"time": when(after, now)}, "wait", "clock")
    return Chip(_("Closed; ring before you go"), "wait", "clock")


def checked(on: date | None, today: date) -> Chip:
    """Whether what stands there was checked within a year."""
    if on is None:
        return Chip(_("Never checked: ring before you go"), "wait", "warning")
    if is_verified(on, today):
        return Chip(
            _("Checked on %(day)s") % {"day": wording.day(on, language(), today.year)}, "plain", "check"
        )
    return Chip(
        _("Not checked since %(day)s: ring before you go") % {"day": wording.day(on, language(), today.year)},
        "wait",
        "warning",
    )


def services(point: ServicePoint) -> list[str]:
    """What is done there."""
    found = codes_of(point.services, SERVICES)
    return [word(SERVICES[code]) for code in found]


def languages(point: ServicePoint) -> str:
    """What is spoken there, in one line."""
    return (", " if english() else "、").join(
        word(LANGUAGES[code]) for code in codes_of(point.languages, LANGUAGES)
    )


def word(term: Term) -> str:
    """A term in the language of the page, as the beginning of a line."""
    return term.en[:1].upper() + term.en[1:] if english() else term.zh
