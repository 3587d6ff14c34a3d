"""What a worker can do with their own case, as buttons and confirm pages.

Which of them are open is read from the transition table and from the policies; a step of the table that is
open to workers and missing here fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nuanxin.audit.actor import Role
from nuanxin.cases.queries.follow import FollowView
from nuanxin.cases.rules.transitions import possible
from nuanxin.hotline.queries.questions import asked_again
from nuanxin.portal.forms import deeds as forms
from nuanxin.portal.permissions import may_do
from nuanxin.ui.parts import Text

_WORKER = frozenset({str(Role.WORKER)})


@dataclass(frozen=True, slots=True)
class Deed:
    """One step. ``first`` steps are drawn as the large buttons of the page; the others as a list below."""

    action: str
    form: type[forms.DeedForm]
    label: Text
    heading: Text
    explain: Text
    button: Text
    done: Text
    article: Text = ""
    first: bool = False
    grave: bool = False


_TABLE = (
    Deed(
        "confirm_payment",
        forms.ConfirmForm,
        _("I have received %(sum)s yuan"),
        _("Have you received the money?"),
        _("Look at your bank card or count it first. Once you confirm, this sum counts as received."),
        _("Yes, I have received it"),
        _("Written down: you have received the money."),
        first=True,
    ),
    Deed(
        "deny_payment",
        forms.DenyForm,
        _("It has not come: tell the lawyer"),
        _("What about the money?"),
        _("They say they have paid you. Tell us what is wrong and we look into it."),
        _("Tell the lawyer"),
        _("The lawyer knows now. We look into it."),
        first=True,
    ),
    Deed(
        "supply",
        forms.SupplyForm,
        _("Send the missing papers"),
        _("Are all the papers here now?"),
        _("Add the photographs first, then press the button. The review goes on at once."),
        _("That is all: go on with the review"),
        _("Thank you. The review goes on."),
        article=_("Legal Aid Law, art. 43"),
        first=True,
    ),
    Deed(
        "keep_case",
        forms.PressForm,
        _("Do not withdraw: go on"),
        _("Shall we go on with your case?"),
        _("Nothing has been withdrawn yet. If you press the button, all goes on as before."),
        _("Yes, go on"),
        _("Your case goes on."),
        first=True,
    ),
    Deed(
        "object",
        forms.ObjectForm,
        _("I do not agree: object"),
        _("Why do you not agree?"),
        _(
            "The justice bureau, not the same office, looks at it and answers within five days. It costs nothing."
        ),
        _("Send my objection"),
        _("The justice bureau has your objection."),
        article=_("Legal Aid Law, art. 49"),
        first=True,
    ),
    Deed(
        "rate",
        forms.RateForm,
        _("Say how it was"),
        _("How did we help you?"),
        _("Your answer helps the next worker. It changes nothing in your case."),
        _("Send"),
        _("Thank you."),
        article=_("Legal Aid Law, art. 59"),
    ),
    Deed(
        "close_question",
        forms.PressForm,
        _("It helped: my question is answered"),
        _("Is your question answered?"),
        _("Then we close it. You may ask again at any time."),
        _("Yes, close it"),
        _("Closed. You may ask again at any time."),
        first=True,
    ),
    Deed(
        "ask_again",
        forms.AskAgainForm,
        _("Ask once more"),
        _("What is still open?"),
        _("The lawyer who answered you gets it, or a colleague on duty. The promised hours begin anew."),
        _("Send it to the lawyer"),
        _("The duty lawyer has it."),
        first=True,
    ),
    Deed(
        "not_helped",
        forms.PressForm,
        _("It did not help: ring me"),
        _("Shall we ring you?"),
        _(
            "The answer did not help you. Then a person rings you and goes through it with you. It costs nothing."
        ),
        _("Yes, ring me"),
        _("We will ring you."),
        first=True,
    ),
    Deed(
        "ask_other_lawyer",
        forms.LawyerForm,
        _("I want another lawyer"),
        _("Why do you want another lawyer?"),
        _(
            "You may ask for another one. The office rings you and decides. Your case does not stop meanwhile."
        ),
        _("Ask for another lawyer"),
        _("The office knows. It will ring you."),
        article=_("Legal Aid Law, art. 55"),
    ),
    Deed(
        "request_withdrawal",
        forms.WithdrawForm,
        _("I want to withdraw"),
        _("Why do you want to withdraw?"),
        _(
            "Nothing is withdrawn yet. A colleague who has not handled your case rings you first and asks: is it your "
            "own wish, have you got the money, does anybody press you? Until then all goes on."
        ),
        _("Ask to withdraw"),
        _("We will ring you before anything is withdrawn."),
        grave=True,
    ),
)
DEEDS: Mapping[str, Deed] = {deed.action: deed for deed in _TABLE}


def open_deeds(view: FollowView) -> list[Deed]:
    """The steps that this worker can take now, in the order in which they are shown."""
    rows = {row.action for row in possible(view.status, view.kind, _WORKER)}
    return [
        deed for deed in _TABLE if deed.action in rows and may_do(view.seq, deed.action) and _fits(view, deed)
    ]


def _fits(view: FollowView, deed: Deed) -> bool:
    """Money can be confirmed or denied only where some was paid and is not confirmed; one rates and objects once."""
    if deed.action in {"confirm_payment", "deny_payment"}:
        return view.to_confirm > 0
    if deed.action == "ask_again":
        return not asked_again(view.case_id)
    return not (deed.action == "rate" and view.rated) and not (deed.action == "object" and view.objected)
