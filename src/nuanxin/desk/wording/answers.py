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
CHANGED: dict[str, Text] = {  # table of the law's figures → what is said of a change
    "": _("A year has gone since its law was last looked at:"),
    "minimum_wage_month": _("The minimum wage has changed since:"),
    "living_cost_share": _("The share that is paid while work stands still has changed since:"),
    "legal_aid_periods": _("A time limit of legal aid has changed since:"),
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
