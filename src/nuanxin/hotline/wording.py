"""Words of the hotline that the desk and the public pages share: what written questions are about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

TOPICS: dict[str, Text] = {
    "wages": _("Wages that were not paid"),
    "contract": _("With or without a contract"),
    "employer": _("Who must pay"),
    "deadline": _("Time limits"),
    "proof": _("What counts as proof"),
    "procedure": _("Complaint, arbitration, court"),
    "injury": _("Hurt at work"),
    "dismissal": _("Sent away"),
    "insurance": _("Insurance"),
    "aid": _("Free legal aid"),
    "other": _("Other questions"),
}
