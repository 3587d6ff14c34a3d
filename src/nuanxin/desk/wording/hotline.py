"""Words of the hotline: what callers ask about, where an operator stands."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

TOPICS: dict[str, Text] = {
    "wages": _("Unpaid wages"),
    "injury": _("Injury at work"),
    "contract": _("Labour contract"),
    "other": _("Something else"),
}
STATES: dict[str, Text] = {
    "off": _("Off duty"),
    "ready": _("Ready"),
    "on_call": _("On a call"),
    "wrap_up": _("Writing the record"),
    "break": _("On a break"),
}
# Why no call came of it when the telephone of who takes a call was rung first.
NOT_TAKEN: dict[str, Text] = {
    "not_reached": _("Your telephone was rung and not picked up. The caller still waits."),
    "no_such_call": _("The caller had hung up before your telephone rang."),
    "too_late": _("Somebody else was quicker, or the caller has hung up."),
    "failed": _("Your telephone could not be rung. Try again, or tell who looks after the telephones."),
    "unanswered": _("The telephone system does not answer. Tell who looks after the telephones."),
}


def waited(minutes: int) -> str:
    """How long somebody has waited, in the largest unit that fits: 12 min, 3 h, 2 days."""
    if minutes < 60:
        return gettext("%(n)s min") % {"n": minutes}
    if minutes < 48 * 60:
        return gettext("%(n)s h") % {"n": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
