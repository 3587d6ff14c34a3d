"""Where a case stands, in words for the department that handed it in: of the worker nothing but how it goes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.queries.handed_in import HandedIn
from nuanxin.desk.wording.codes import OUTCOMES, STAGES, label
from nuanxin.ui.parts import Text

STANDS: dict[str, Text] = {
    "submitted": gettext_lazy("Received. The office looks at it next."),
    "accepted": gettext_lazy("Accepted; the office is reviewing it."),
    "awaiting_material": gettext_lazy("The worker was asked for papers that are missing."),
    "reviewed": gettext_lazy("Reviewed; it waits for the decision."),
    "granted": gettext_lazy("Legal aid is granted; a lawyer is being found."),
    "offered": gettext_lazy("Legal aid is granted; a lawyer was asked."),
    "assigned": gettext_lazy("A lawyer has taken the case."),
    "in_progress": gettext_lazy("A lawyer is working on the case."),
    "closing": gettext_lazy("The lawyer's work is done; the office checks the file."),
    "aftercare": gettext_lazy("The work is done; the office asks the worker how it went."),
    "closed": gettext_lazy("Closed."),
    "refused": gettext_lazy("Legal aid was not given. The worker was told why, and may object."),
    "objection": gettext_lazy("The worker objected; the justice bureau decides."),
    "withdrawal_requested": gettext_lazy("The worker thinks of withdrawing; the office rings them first."),
    "withdrawn": gettext_lazy("Withdrawn by the worker."),
    "terminated": gettext_lazy("Legal aid was ended early."),
    "answered": gettext_lazy("The question was answered."),
    "moved": gettext_lazy("It goes on in another province."),
}
MONEY: dict[str, Text] = {
    "none": gettext_lazy("Nothing has been awarded or paid yet."),
    "awarded": gettext_lazy("Money was awarded or agreed; nothing has been paid yet."),
    "paid": gettext_lazy("Money was paid; the worker has not confirmed it yet."),
    "part_confirmed": gettext_lazy("Money was paid; a part of it is confirmed."),
    "confirmed": gettext_lazy("The worker has confirmed all that was paid."),
}


def where_it_stands(one: HandedIn) -> str:
    """Where a case stands, in one or two sentences."""
    said = str(STANDS[one.status])
    if one.status == "submitted" and one.kind == "report":
        said = _("Received. The office rings the worker back.")
    if one.status == "in_progress" and one.stage:
        return f"{said} {_('Now: %(stage)s.') % {'stage': label(STAGES, one.stage)}}"
    if one.status == "closed" and one.outcome:
        return f"{said} {_('Result: %(outcome)s.') % {'outcome': label(OUTCOMES, one.outcome)}}"
    return said
