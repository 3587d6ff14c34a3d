"""One form class for each kind of form in the transition table. ``values`` is what ``perform`` takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.models import Case
from nuanxin.cases.rules.states import ENDINGS
from nuanxin.cases.rules.states import ITEMS as ITEM_CODES
from nuanxin.cases.waiting import pressing_papers
from nuanxin.desk.wording.codes import (
    ITEMS,
    OUTCOMES,
    PAPERS,
    REFUSAL_GROUNDS,
    TERMINATION_GROUNDS,
)  # fmt: skip
from nuanxin.desk.wording.prompts import prompt_of
from nuanxin.law.eligibility import is_waived
from nuanxin.ui.forms import ChoiceField, ChoicesField, DayField, Form, MoneyField, TickField

LONGEST = 20_000


class MoveForm(Form):
    """The base: the version of the page, and the text that nearly every move has."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, action: str, today: date, **kwargs: Any) -> None:
        self.case, self.action, self.today = case, action, today
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Cleaned values as ``cases.actions.perform`` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _choices(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(table.items())


class TextForm(MoveForm):
    """A text; needed or not as the move says."""

    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}), required=False, strip=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prompt = prompt_of(self.action)
        field = self.fields["text"]
        field.label, field.help_text, field.required = str(prompt.label), str(prompt.hint), prompt.required
        field.error_messages["required"] = str(_("Please fill in: %(label)s")) % {"label": prompt.label}


class PressForm(MoveForm):
    """Nothing to fill in."""


class GrantForm(TextForm):
    """What settles the means: a document of status that was seen, or the good-faith undertaking."""

    status_document = TickField(
        label=gettext_lazy("I have seen a paper that shows the worker's status"),
        help_text=gettext_lazy(
            "Household register, residence permit, contract or attendance sheet (Legal Aid Law art. 42)."
        ),
        required=False,
    )
    undertaking = TickField(
        label=gettext_lazy("The worker has given the good-faith undertaking"),
        help_text=gettext_lazy("In place of a check of means (Legal Aid Law art. 41)."),
        required=False,
    )
    field_order = ("status_document", "undertaking", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.means_settled:
            del self.fields["status_document"], self.fields["undertaking"]
        elif not any(is_waived(item) for item in self.case.items):
            del self.fields["status_document"]


class ConvertForm(TextForm):
    """What is claimed, once the worker was reached."""

    items = ChoicesField(
        label=gettext_lazy("What is claimed"), choices=[(code, ITEMS[code]) for code in ITEM_CODES]
    )
    field_order = ("items", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("items", list(self.case.items))


class SupplementForm(TextForm):
    """Everything that is missing, in one list (Legal Aid Law art. 43(2))."""

    missing = ChoicesField(label=gettext_lazy("What is missing"), choices=_choices(PAPERS), required=False)
    new_facts = TickField(
        label=gettext_lazy("A new fact calls for it"),
        help_text=gettext_lazy(
            "Only what could not have been named the first time may be asked for now; say below what is new."
        ),
        required=False,
    )
    sure = TickField(
        label=gettext_lazy(
            "I know that the limitation may run out while we wait; these papers must come first"
        ),
    )
    field_order = ("missing", "text", "new_facts", "sure")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pressing = pressing_papers(self.case, self.today)
        if self.case.supplement_asked_at is None:
            del self.fields["new_facts"]
        if self.pressing is None:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """One of the two must be there, and both stay as typed otherwise."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("missing") and not cleaned.get("text"):
            self.add_error("missing", _("List everything that is missing; it can be asked only once."))
        return cleaned


class ReviewForm(TextForm):
    """What the reviewing officer recommends."""

    recommend = ChoiceField(
        label=gettext_lazy("You recommend"),
        choices=[("grant", gettext_lazy("to give aid")), ("refuse", gettext_lazy("to refuse aid"))],
    )
    field_order = ("recommend", "text")


class AidFirstForm(TextForm):
    """Legal Aid Law art. 44: fewer than seven days left, or urgent preservation."""

    needs_preservation = TickField(
        label=gettext_lazy("Property must be preserved or enforcement advanced at once"),
        help_text=gettext_lazy(
            "Art. 44(2). Not needed where fewer than seven days are left before the limitation."
        ),
        required=False,
    )
    field_order = ("needs_preservation", "text")


class RefusalForm(TextForm):
    """Grounds of a refusal, and the reasons in words."""

    grounds = ChoicesField(label=gettext_lazy("Grounds"), choices=_choices(REFUSAL_GROUNDS))
    field_order = ("grounds", "text")


class TerminationForm(TextForm):
    """One of the eight grounds of Legal Aid Law art. 48."""

    ground = ChoiceField(
        label=gettext_lazy("Ground (Legal Aid Law art. 48)"), choices=_choices(TERMINATION_GROUNDS)
    )
    field_order = ("ground", "text")


class DateForm(MoveForm):
    """A day that has come already."""

    on = DayField(label=gettext_lazy("On which day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.today)
        day = self.fields["on"]
        assert isinstance(day, DayField)
        day.latest = self.today


class MeetingForm(TextForm, DateForm):
    """When the lawyer met the worker, and what was said."""

    field_order = ("on", "text")


class ClosingForm(TextForm):
    """What the case reached."""

    outcome = ChoiceField(
        label=gettext_lazy("What was reached"),
        choices=[(code, OUTCOMES[code]) for code in ENDINGS],
    )
    field_order = ("outcome", "text")


class SubsidyForm(MoveForm):
    """The lawyer's subsidy; nought for a staff lawyer, but entered (Legal Aid Law art. 52)."""

    amount = MoneyField(
        label=gettext_lazy("Subsidy"), zero=True, help_text=gettext_lazy("0 for a staff lawyer.")
    )

    def values(self) -> dict[str, Any]:
        """Yuan as fen."""
        return {"fen": int(self.cleaned_data["amount"] * 100)}


class FollowUpForm(TextForm):
    """The call after the case (Legal Aid Law art. 59)."""

    reached = ChoiceField(
        label=gettext_lazy("Was the worker reached?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )
    satisfied = forms.TypedChoiceField(
        label=gettext_lazy("How content they are"),
        choices=[("", "—"), *((str(n), str(n)) for n in range(1, 6))],
        coerce=int, empty_value=None, required=False, help_text=gettext_lazy("1 not at all, 5 very"),
    )  # fmt: skip
    field_order = ("reached", "satisfied", "text")

    def values(self) -> dict[str, Any]:
        """Reached as a flag."""
        return {**super().values(), "reached": self.cleaned_data["reached"] == "yes"}


class RatingForm(TextForm):
    """The worker's own rating, told to staff."""

    stars = forms.TypedChoiceField(
        label=gettext_lazy("The worker's rating"),
        choices=[("", gettext_lazy("Choose")), *((str(n), str(n)) for n in range(1, 6))],
        coerce=int, help_text=gettext_lazy("1 not at all, 5 very"),
    )  # fmt: skip
    field_order = ("stars", "text")
