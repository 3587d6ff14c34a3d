"""Words of call-backs: by which door, what came of a try, why one may not be rung now, why one is called off."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuanxin.desk.speech import english
from nuanxin.hotline.rules.callbacks import SHANGHAI, SLOT, USUAL_HOURS
from nuanxin.ui import wording
from nuanxin.ui.parts import Text

DOORS: dict[str, Text] = {
    "telephone": _("Rang us"),
    "web": _("Asked on the web"),
    "sms": _("Asked by text message"),
    "staff": _("Promised by us"),
}
RESULTS: dict[str, Text] = {
    "reached": _("Reached"),
    "no_answer": _("No answer"),
    "busy": _("Engaged"),
    "declined": _("Pressed away"),
    "unobtainable": _("Number does not exist"),
    "machine": _("A machine, or put down at once"),
    "wrong_person": _("Somebody else answered"),
    "not_counted": _("Our line failed"),
}
TRIES: tuple[Text, ...] = (_("1st try"), _("2nd try"), _("3rd try"), _("last try, with priority"))
REASONS: dict[str, Text] = {
    "asked_not": _("The person wants no call any more"),
    "helped": _("Helped already in another way"),
    "wrong_number": _("Wrong number"),
    "nuisance": _("Nuisance"),
}


def half_hour(start: datetime, at: datetime) -> str:
    """11:30–12:00, with the day before it unless that is today."""
    begins = start.astimezone(SHANGHAI)
    ends = (start + SLOT).astimezone(SHANGHAI)
    clock = f"{begins:%H:%M}–{ends:%H:%M}"
    today = at.astimezone(SHANGHAI)
    if begins.date() == today.date():
        return clock
    day = wording.day(begins.date(), "en" if english() else "zh", today.year)
    return f"{day} {clock}"


def why_not(code: str, hours: str, due: datetime | None, at: datetime) -> str:
    """Why a person may not be rung now, with the moment from which they may."""
    if code == "no_calls":
        return gettext("Asked not to be rung")
    if code == "outside_hours":
        return gettext("Outside their hours: %(hours)s") % {"hours": (hours or USUAL_HOURS).replace("-", "–")}
    if code == "too_early" and due is not None:
        return gettext("Promised for %(when)s") % {"when": half_hour(due, at)}
    return gettext("A colleague is ringing")
