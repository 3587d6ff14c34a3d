"""Words of the hotline's board and reports: alarms, times, shares, and what each figure means."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nuanxin.desk.speech import said
from nuanxin.desk.wording.hotline_register import place_name
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.parts import Text

ALARMS: dict[str, Text] = {
    "no_lawyer": _("No lawyer in its hours"),
    "nobody": _("Nobody on duty in its hours"),
    "wait": _("Somebody waits too long"),
    "call_back": _("Call-backs overdue"),
}
# One sentence under each figure of the reports; the same figures stand on the board.
DEFINITIONS: dict[str, Text] = {
    "calls": _(
        "Calls that wanted a person: answered, hung up in a queue, to be rung back, forwarded, or lost. Who hung up in"
        " the menu, or within %(short)d seconds of queueing, is left out."
    ),
    "answered": _("Calls in which somebody talked with the caller, of all those calls."),
    "median": _("Half of the answered calls had an answer after at most so long, counted from the queue."),
    "p95": _("95 of 100 answered calls had an answer after at most so long."),
    "within": _("Answered within %(within)d seconds, of the answered calls."),
    "abandoned": _(
        "Hung up in a queue after more than %(short)d seconds, of all calls that wanted a person."
    ),
    "resolved": _(
        "Of the answered calls whose telephone was shown and whose seven days are over: those that were not passed on"
        " and after which the same telephone did not ring again on the same topic within seven days."
    ),
}
NAMES: dict[str, Text] = {
    "calls": _("Wanted a person"),
    "answered": _("Answered share"),
    "median": _("Wait, median"),
    "p95": _("Wait, 95 of 100"),
    "within": _("Answered in time"),
    "abandoned": _("Hung up waiting"),
    "resolved": _("Settled at first contact"),
}
DIMENSIONS: dict[str, Text] = {
    "hour": _("By hour of arrival"),
    "desk": _("By desk"),
    "county": _("By county"),
    "language": _("By language"),
}
NONE = "–"


def percent(share: float | None) -> str:
    """A share as people read it; a dash of nothing."""
    return NONE if share is None else f"{share * 100:.1f}%"


def clock(seconds: int | None) -> str:
    """Seconds as minutes and seconds, 2:05; a dash of nothing."""
    return NONE if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


def language_name(code: str) -> str:
    """A language's name in that of the page; what is not known is said so."""
    term = LANGUAGES.get(code)
    return said(term.zh, term.en) if term else (code or _now("not known"))


def county_name(six: int) -> str:
    """A county's name; what is not known is said so."""
    return place_name(six * 10**6) if six else _now("not known")
