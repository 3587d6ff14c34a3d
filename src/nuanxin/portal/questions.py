"""The questions of the application as one table: what is asked, why, on which article, with which form.

Which of them a worker meets is decided by ``rules.route``; the order is the same there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nuanxin.portal.forms import apply, contact
from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.rules.route import Answers, for_group, for_other
from nuanxin.ui.parts import Text

UNKNOWN: Text = _("I do not know")


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of the application.

    ``other`` and ``group`` replace the heading where somebody else or a representative fills the page in, ``others``
    where somebody else does it for several.
    ``skip`` is the second button: the words for "I do not know"; without it the page must be answered.
    """

    key: str
    form: type[QuestionForm]
    heading: Text
    hint: Text = ""
    why: Text = ""
    article: Text = ""
    other: Text = ""
    group: Text = ""
    others: Text = ""
    skip: Text = ""

    def heading_for(self, answers: Answers) -> Text:
        """The heading as this person should read it."""
        if self.others and for_other(answers) and for_group(answers):
            return self.others
        if self.other and for_other(answers) and not (self.group and for_group(answers)):
            return self.other
        if self.group and for_group(answers):
            return self.group
        return self.heading


_TABLE = (
    Asked(
        "who",
        apply.WhoForm,
        _("Who is this for?"),
        why=_("If you help somebody else we write down both of you, and ring the right one."),
    ),
    Asked(
        "helper",
        apply.HelperForm,
        _("You are helping somebody: who are you?"),
        _("From the next page on, we speak to the worker."),
        why=_("We may have to ask you something. The money goes to the worker only."),
    ),
    Asked(
        "group",
        apply.GroupForm,
        _("How many of you are there?"),
        _("Count roughly. One speaks for all for now; the list of names comes later."),
        why=_("From ten workers on, a group may choose speakers who act for all of it."),
        article=_("Labour Dispute Mediation and Arbitration Law, art. 7"),
        other=_("How many workers are they?"),
    ),
    Asked(
        "items",
        apply.ItemsForm,
        _("What do they owe you?"),
        _("Tick all that is true."),
        why=_("For wages and injuries at work nobody checks whether you are poor: your case goes first."),
        article=_("Legal Aid Law, art. 42"),
        other=_("What do they owe the worker?"),
        group=_("What do they owe all of you?"),
        others=_("What do they owe all of them?"),
    ),
    Asked(
        "caller",
        apply.CallerForm,
        _("Who called you to the work?"),
        _("It does not matter if you do not know the company's name. We will find out."),
        why=_("It decides who is asked for the money first. On a building site the main builder pays first."),
        article=_("Regulation on Paying Migrant Workers, art. 30"),
        other=_("Who called the worker to the work?"),
    ),
    Asked(
        "firms",
        apply.FirmsForm,
        _("What do you know about them?"),
        _("Write what you know. Leave the rest empty: one name is a good start, none is no obstacle."),
        why=_("Often several have to pay, and one of them can. The more names, the sooner we find that one."),
        article=_("Regulation on Paying Migrant Workers, arts. 16 to 20, 30 and 36"),
    ),
    Asked(
        "where",
        apply.WhereForm,
        _("Where did you work?"),
        _("Write the city or county, in characters or pinyin. For couriers: the city where you rode."),
        why=_("The office of that place takes your case. You need not go there."),
        article=_("Legal Aid Law, art. 38"),
        other=_("Where did the worker work?"),
    ),
    Asked(
        "began",
        apply.BeganForm,
        _("When did you begin to work there?"),
        _("The year and the month are enough."),
        why=_("From it we see for how long you are owed."),
        skip=_("I do not remember"),
    ),
    Asked(
        "still",
        apply.StillForm,
        _("Do you still work there?"),
        why=_(
            "While you work there, time does not run against unpaid wages. Once it has ended, you have one year."
        ),
        article=_("Labour Dispute Mediation and Arbitration Law, art. 27"),
    ),
    Asked(
        "ended",
        apply.EndedForm,
        _("When was your last day?"),
        _("The year and the month are enough; the day, if you know it."),
        why=_(
            "The year for asking begins on this day. If fewer than seven days are left, we help first and do the papers later."
        ),
        article=_("Labour Dispute Mediation and Arbitration Law, art. 27; Legal Aid Law, art. 44"),
        skip=_("I do not remember"),
    ),
    Asked(
        "amount",
        apply.AmountForm,
        _("How much do they owe you?"),
        _("A rough figure will do. You may correct it later."),
        why=_("So that we know what to ask for. Nobody holds you to this figure."),
        other=_("How much do they owe the worker?"),
        group=_("How much do they owe all of you together?"),
        others=_("How much do they owe all of them together?"),
        skip=UNKNOWN,
    ),
    Asked(
        "papers",
        apply.PapersForm,
        _("Have you anything to show for it?"),
        _(
            "Photograph what you have: IOU, attendance sheet, chat, bank record, badge, the board at the gate."
        ),
        why=_(
            "A photograph now is worth more than a memory later. Papers that only the employer has, the employer must show."
        ),
        article=_("Regulation on Paying Migrant Workers, art. 50"),
        skip=_("I have nothing at hand"),
    ),
    Asked(
        "you",
        apply.YouForm,
        _("What is your name and your phone number?"),
        why=_("To ring you back, and to tell you by text message how it goes."),
        other=_("What is the worker's name and phone number?"),
    ),
    Asked(
        "identity",
        apply.IdentityForm,
        _("What is your ID number?"),
        _("You may leave it out now. The lawyer will need it before the first paper is filed."),
        why=_(
            "With it the office finds what you asked before and need not ask you twice. It is kept encrypted."
        ),
        article=_("Personal Information Protection Law, art. 30"),
        other=_("What is the worker's ID number?"),
        skip=_("Not now"),
    ),
    Asked(
        "needs",
        apply.NeedsForm,
        _("How shall we speak with you?"),
        _("If nothing here is true, just go on."),
        why=_("So that you meet somebody who understands you, in a place that you can reach."),
        article=_("Legal Aid Law, art. 45"),
    ),
    Asked(
        "contact",
        contact.ContactForm,
        _("How may we reach you safely?"),
        _("If the boss or somebody else should not know, tell us here."),
        why=_("Whoever asks for wages is sometimes pressed. We keep to what you write here."),
        article=_("Legal Aid Law, art. 21"),
    ),
    Asked(
        "story",
        apply.StoryForm,
        _("What happened, in your own words?"),
        _(
            "Write as you would tell it. Spelling does not matter. You may leave it out and tell us on the phone."
        ),
        why=_("The lawyer reads it first and need not ask everything again."),
        skip=_("I will tell you on the phone"),
    ),
)
QUESTIONS: Mapping[str, Asked] = {asked.key: asked for asked in _TABLE}
