"""Words of the hotline: what callers ask about, where an operator stands."""

from __future__ import annotations

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
