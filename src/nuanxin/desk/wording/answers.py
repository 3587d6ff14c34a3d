"""Words of the answers that others may read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

STATES: dict[str, Text] = {
    "proposed": _("waits for a second person"),
    "approved": _("published"),
    "refused": _("not published"),
    "withdrawn": _("withdrawn"),
}
SORTS: dict[str, Text] = {
    "known": _("name or number of the case"),
    "id": _("identity number"),
    "bank": _("bank card"),
    "phone": _("telephone"),
    "email": _("e-mail address"),
    "account": _("account, plate or case number"),
    "number": _("long number"),
    "date": _("exact day"),
    "name": _("name"),
    "firm": _("firm"),
    "place": _("place"),
}
