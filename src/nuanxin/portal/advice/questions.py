"""The questions of the pages of advice as one table; who meets which is decided by ``rules.advice.paths``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from nuanxin.portal.advice.asked_chain import CHAIN, SINCE
from nuanxin.portal.advice.asked_pay import ENDING, PAY
from nuanxin.portal.forms import advice as forms
from nuanxin.portal.forms import apply
from nuanxin.portal.questions import QUESTIONS as APPLY
from nuanxin.portal.questions import UNKNOWN, Asked

_ARBITRATION = _("Labour Dispute Mediation and Arbitration Law, art. 27")

_SHARED = (
    Asked(
        "items",
        forms.OwedItemsForm,
        _("What do they owe you?"),
        _("Tick all that is true."),
        why=_("We ask only what is needed for it. For other claims, such as social insurance, ask a lawyer."),
        skip=UNKNOWN,
    ),
    Asked(
        "caller",
        apply.CallerForm,
        _("Who called you to the work?"),
        _("No names. Only what kind of people or firm."),
        why=_("It decides whether it was an employment, and who is asked for the money."),
        article=_("Regulation on Paying Migrant Workers, art. 30"),
    ),
    Asked(
        "where",
        apply.WhereForm,
        _("Where did you work?"),
        _("Write the city or county, in characters or pinyin. For couriers: the city where you rode."),
        why=_("Minimum wages differ from place to place, and courts count some things differently."),
        skip=UNKNOWN,
    ),
    Asked(
        "began",
        APPLY["began"].form,
        _("When did you begin to work there?"),
        _("The day, if you can find it: in the contract, the first chat, the ticket."),
        why=_(
            "What the end of the work and a missing contract bring is counted from this day; and the law changed over the years."
        ),
        article=_("Labour Contract Law, arts. 47 and 82"),
        skip=UNKNOWN,
    ),
    Asked(
        "still",
        apply.StillForm,
        _("Do you still work there?"),
        why=APPLY["still"].why,
        article=_ARBITRATION,
        skip=UNKNOWN,
    ),
    Asked(
        "ended",
        apply.EndedForm,
        _("When was your last day?"),
        _("The day, if you can find it. If not, year and month."),
        why=_("The year for asking begins on this day."),
        article=_ARBITRATION,
        skip=UNKNOWN,
    ),
    Asked(
        "due",
        forms.on_day("due"),
        _("When should the money have been paid?"),
        _("The day that was agreed, or that stands in the IOU."),
        why=_(
            "For an IOU, and for work without an employment, the time for asking is counted from this day."
        ),
        article=_("Civil Code, art. 188"),
        skip=_("None was agreed, or I do not know"),
    ),
    Asked(
        "demanded",
        forms.on_day("demanded"),
        _("When did you first ask them for the money?"),
        _("A message or a call counts."),
        why=_("Where no day of payment was agreed, the time for asking is counted from your first demand."),
        article=_("Interpretation on limitation of actions, art. 4"),
        skip=_("Not yet, or I do not know"),
    ),
    Asked(
        "signed",
        forms.yes_no("signed", yes=_("Yes, a contract was signed later"), no=_("No, never")),
        _("Was a written contract signed?"),
        why=_("Without one, a second wage is owed from the second month on."),
        article=_("Labour Contract Law, art. 82"),
        skip=UNKNOWN,
    ),
    Asked(
        "signed_on",
        forms.on_day("signed_on"),
        _("On which day was it signed?"),
        why=_("From this day on no second wage is owed."),
        article=_("Labour Contract Law, art. 82"),
        skip=UNKNOWN,
    ),
)
QUESTIONS: Mapping[str, Asked] = {asked.key: asked for asked in (*_SHARED, *PAY, *ENDING, *SINCE, *CHAIN)}
