"""Words of the hotline: what callers ask about, what came of a call, where an operator stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

TOPICS: dict[str, Text] = {
    "wages": _("Unpaid wages"),
    "injury": _("Injury at work"),
    "contract": _("Labour contract"),
    "other": _("Something else"),
}
CODES: dict[str, Text] = {
    "advised": _("Advised"),
    "application": _("A case was opened"),
    "call_back": _("To be rung back"),
    "other_office": _("Sent to another office"),
    "wrong_number": _("Wrong number"),
    "nuisance": _("Nuisance call"),
    "other": _("Something else"),
}
STATES: dict[str, Text] = {
    "off": _("Off duty"),
    "ready": _("Ready"),
    "on_call": _("On a call"),
    "wrap_up": _("Writing the record"),
    "break": _("On a break"),
}
