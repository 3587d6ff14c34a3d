"""The columns of a list of workers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

COLUMNS: dict[str, Text] = {
    "name": _("Name"),
    "phone": _("Telephone"),
    "resident_id": _("Resident ID"),
    "bank_card": _("Bank card"),
    "claimed": _("Amount"),
}
