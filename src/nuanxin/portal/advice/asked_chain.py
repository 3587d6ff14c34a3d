"""The questions about who stood above whom, and about what happened since."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.portal.advice import words
from nuanxin.portal.forms import advice as forms
from nuanxin.portal.questions import UNKNOWN, Asked

_ARBITRATION = _("Labour Dispute Mediation and Arbitration Law, art. 27")
_FIRST_PAYER = _("Regulation on Paying Migrant Workers, arts. 29 and 30")
SINCE = (
    Asked(
        "iou",
        forms.yes_no(
            "iou", yes=_("Yes, there is an IOU or a settlement sheet"), no=_("No, nothing in writing")
        ),
        _("Did they put the sum in writing?"),
        why=_("With an IOU you have longer and may go straight to court."),
        article=_("Civil Code, art. 188; Interpretation I on labour disputes, art. 15"),
        skip=UNKNOWN,
    ),
    Asked(
        "hurt",
        forms.on_day("hurt"),
        _("On which day were you hurt?"),
        why=_("From this day on you have one year to have the injury recognised."),
        article=_("Regulation on Work-Injury Insurance, art. 17"),
        skip=UNKNOWN,
    ),
    Asked(
        "since",
        forms.SinceForm,
        _("What happened since?"),
        _("Tick all that is true. A message by phone counts too."),
        why=_("Each of these may start the time anew."),
        article=_ARBITRATION,
        skip=_("None of this, or I do not know"),
    ),
    *(
        Asked(
            f"on_{kind}",
            forms.DaysForm,
            heading,
            _("Up to three times. The last one matters most."),
            why=_("The time begins anew on such a day, if it had not run out before."),
            article=_ARBITRATION,
            skip=UNKNOWN,
        )
        for kind, heading in (
            ("demand", _("When did you ask them for the money?")),
            ("complaint", _("When did you complain?")),
            ("mediation", _("When did you ask for mediation?")),
            ("suit", _("When did you go to arbitration or to court?")),
            ("promise", _("When did they promise or pay a part?")),
        )
    ),
)
CHAIN = (
    Asked(
        "site",
        forms.yes_no("site", yes=_("Yes, on a building site"), no=_("No, somewhere else")),
        _("Was it on a building site?"),
        _("Houses, roads, bridges, pipes, fitting out."),
        why=_("On a site the main builder has to pay first, even if it paid its own part already."),
        article=_FIRST_PAYER,
        skip=UNKNOWN,
    ),
    Asked(
        "above",
        forms.AboveForm,
        _("Who gave the contractor the work?"),
        why=_("Whoever gives work to a single person answers for the wages too."),
        article=_("Regulation on Paying Migrant Workers, arts. 19 and 36"),
        skip=UNKNOWN,
    ),
    Asked(
        "lent",
        forms.yes_no("lent", yes=_("Yes, in the name of another firm"), no=_("No, in his own name")),
        _("Does the contractor work in the name of a firm that is not his?"),
        _("He has a firm's stamp or contract, but is none of its people."),
        why=_("A firm that lends its name has to pay."),
        article=_("Regulation on Paying Migrant Workers, arts. 19 and 36"),
        skip=UNKNOWN,
    ),
    Asked(
        "main",
        forms.pick("main", words.MAIN),
        _("Is this company the main builder of the site?"),
        _("Its name then stands on the large board at the gate as general contractor."),
        why=_("On a site the main builder has to pay first."),
        article=_FIRST_PAYER,
        skip=UNKNOWN,
    ),
    Asked(
        "licence",
        forms.yes_no("licence", yes=_("Yes, it has a business licence"), no=_("No, it has none")),
        _("Has the firm a business licence?"),
        _("A firm with a stamp, a company name and a registration has one."),
        why=_("If it has none, those behind it and above it have to pay."),
        article=_("Regulation on Paying Migrant Workers, arts. 17 and 19"),
        skip=UNKNOWN,
    ),
    Asked(
        "sender",
        forms.pick("sender", words.SENDER),
        _("Who sent you to the work?"),
        why=_("If the sender was not allowed to send workers, the firm where you worked has to pay."),
        article=_("Regulation on Paying Migrant Workers, art. 18"),
        skip=UNKNOWN,
    ),
    Asked(
        "station",
        forms.pick("station", words.STATION),
        _("Who pays you and tells you when to work?"),
        why=_("What counts is who directs the work and pays for it, not what the contract is called."),
        article=_("Notice on confirming labour relations, art. 1"),
        skip=UNKNOWN,
    ),
    Asked(
        "board",
        forms.yes_no("board", yes=_("Yes, there is one"), no=_("No, there is none")),
        _("Has the site a main builder?"),
        _("The large board at the gate names it: general contractor."),
        why=_("The main builder has to pay first if a firm below it does not pay."),
        article=_FIRST_PAYER,
        skip=UNKNOWN,
    ),
    Asked(
        "owner",
        forms.pick("owner", words.OWNER),
        _("For whom is it built?"),
        why=_("Whoever has it built may have to pay out of what is still owed to the builders."),
        article=_FIRST_PAYER,
        skip=UNKNOWN,
    ),
    Asked(
        "owner_paid",
        forms.yes_no(
            "owner_paid", yes=_("Yes, all of it"), no=_("No, and that is why there is no money for us")
        ),
        _("Has the owner paid the builders?"),
        why=_("Only an owner whose late payments led to unpaid wages has to advance them."),
        article=_FIRST_PAYER,
        skip=UNKNOWN,
    ),
    Asked(
        "permit",
        forms.yes_no("permit", yes=_("Yes, it was permitted"), no=_("No, it was not permitted")),
        _("Was the building permitted?"),
        _("The permits hang on the board at the gate."),
        why=_("For a building without a permit the owner has to pay."),
        article=_("Regulation on Paying Migrant Workers, art. 37"),
        skip=UNKNOWN,
    ),
)
