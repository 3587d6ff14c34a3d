"""What a worker fills in when they act on their own case."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from nuanxin.cases.queries.follow import FollowView
from nuanxin.ui.forms import ChoiceField, Form, MoneyField
from nuanxin.ui.parts import Text

MOST_TEXT = 5000


class DeedForm(Form):
    """One step. ``version`` is what the page showed: whoever was overtaken is told so."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, view: FollowView, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.view = view
        super().__init__(data, initial={"version": view.version, **(initial or {})})
        self.tune()

    def tune(self) -> None:
        """Fit the fields to the case."""

    def shown_version(self) -> int | None:
        """The version on the page that was sent."""
        version: int | None = self.cleaned_data.get("version")
        return version

    def values(self) -> dict[str, Any]:
        """The form of the move, as ``cases.actions.perform`` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PressForm(DeedForm):
    """A step that needs no words."""


class TextForm(DeedForm):
    """A step in the worker's own words."""

    text = forms.CharField(
        label=_("In your own words"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


class AskAgainForm(TextForm):
    """The one further question."""

    text = forms.CharField(
        label=_("Your question"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )


class ConfirmForm(DeedForm):
    """Money that arrived. All that was paid stands there already; less may be confirmed."""

    amount = MoneyField(
        label=_("How much did you receive?"), help_text=_("If it was less, write what really arrived.")
    )

    def tune(self) -> None:
        """What was paid and is not confirmed."""
        self.most = Decimal(self.view.to_confirm) / 100
        self.initial.setdefault("amount", f"{self.most:.2f}")

    def clean_amount(self) -> Decimal:
        """Not more than was recorded as paid: the rest would be a payment that nobody knows of."""
        amount: Decimal = self.cleaned_data["amount"]
        if amount > self.most:
            raise forms.ValidationError(
                _(
                    "Only %(most)s yuan are recorded as paid. If you got more, confirm these and tell the lawyer."
                ),
                code="too_much",
                params={"most": f"{self.most:.2f}"},
            )
        return amount


class _WithReason(DeedForm):
    """A reason to choose, and words if there are any. Staff read both, so the reason is put in Chinese."""

    reasons: Mapping[str, Text]

    reason = ChoiceField(label=_("What is it?"), choices=[])
    text = forms.CharField(
        label=_("Anything else to say"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def tune(self) -> None:
        """Offer the reasons."""
        self.fields["reason"].choices = list(self.reasons.items())  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Reason and words as one text."""
        with override("zh-hans"):
            reason = str(self.reasons[self.cleaned_data["reason"]])
        words = str(self.cleaned_data.get("text") or "").strip()
        return {"text": f"{reason}\n{words}" if words else reason}


class DenyForm(_WithReason):
    """The money did not come."""

    reasons = {
        "nothing": _("Nothing has arrived"),
        "less": _("Less has arrived than they say"),
        "other_hand": _("Somebody else took it and did not pass it on"),
        "other": _("Something else"),
    }


class WithdrawForm(_WithReason):
    """Why somebody wants to stop."""

    reasons = {
        "paid": _("I have got my money"),
        "agreed": _("We have agreed among ourselves"),
        "no_time": _("It takes too long, or I have no time"),
        "pressed": _("Somebody presses me to stop"),
        "other": _("Something else"),
    }


class LawyerForm(_WithReason):
    """Why another lawyer is wanted."""

    reasons = {
        "silent": _("I hear nothing from the lawyer"),
        "language": _("We do not understand each other"),
        "money": _("The lawyer asked for money"),
        "trust": _("I do not trust the lawyer"),
        "other": _("Something else"),
    }


class ObjectForm(TextForm):
    """Why the decision is wrong."""


class SupplyForm(DeedForm):
    """That everything is there; words if there are any."""

    text = forms.CharField(
        label=_("Anything to say about the papers"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RateForm(DeedForm):
    """One to five."""

    stars = ChoiceField(
        label=_("How was it?"),
        choices=[
            ("5", _("5 · very good")),
            ("4", _("4 · good")),
            ("3", _("3 · so so")),
            ("2", _("2 · bad")),
            ("1", _("1 · very bad")),
        ],
    )
    text = forms.CharField(
        label=_("What should we do better?"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def values(self) -> dict[str, Any]:
        """Stars as a number."""
        return {"stars": int(self.cleaned_data["stars"]), "text": self.cleaned_data.get("text", "")}
