"""The pages of the application: one question each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.cases.rules.intake import MOST_STORY, MOST_WORKERS
from nuanxin.portal import words
from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.forms.fields import WhenField, YesNoField
from nuanxin.portal.forms.place import PlaceFields, place_name
from nuanxin.portal.rules.route import TOLD, answer, for_other
from nuanxin.ui.forms import (
    ChoiceField,
    ChoicesField,
    MoneyField,
    PhoneField,
    PhotoInput,
    PhotosField,
    ResidentIdField,
)

MOST_OTHERS = 20
MOST_PHOTOS = 10  # at once; more can follow


class WhoForm(QuestionForm):
    """Myself, somebody else, or a group."""

    who = ChoiceField(label=_("Who is this for?"), choices=words.choices(words.WHO))


class HelperForm(QuestionForm):
    """Who files for the worker."""

    lone_heading = False
    helper_name = forms.CharField(label=_("Your own name"), max_length=100)
    helper_phone = PhoneField(label=_("Your own phone"))
    relation = ChoiceField(label=_("Who are you to the worker?"), choices=words.choices(words.RELATION))


class GroupForm(QuestionForm):
    """How many."""

    workers = forms.IntegerField(
        label=_("How many workers?"),
        min_value=2,
        max_value=MOST_WORKERS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input w-10", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write the number of people in figures, such as 26"),
            "min_value": _(
                "A group is two people or more. For one person go back and choose the first answer"
            ),
            "max_value": _("At most %(limit_value)s people. Please check the figures"),
        },
    )


class ItemsForm(QuestionForm):
    """What is owed."""

    items = ChoicesField(
        label=_("What do they owe you?"), choices=words.choices(words.ITEMS), notes=words.ITEM_NOTES
    )


class CallerForm(QuestionForm):
    """Who called the worker to the work."""

    caller = ChoiceField(label=_("Who called you to the work?"), choices=words.choices(words.CALLERS))


class FirmsForm(QuestionForm):
    """What is known of those who may have to pay. Everything may be left out."""

    lone_heading = False
    leader = forms.CharField(label=_("The contractor or team leader: name"), max_length=200, required=False)
    leader_phone = PhoneField(label=_("The contractor or team leader: phone"), required=False)
    platform = forms.CharField(label=_("Which platform?"), max_length=200, required=False)
    dispatcher = forms.CharField(label=_("The agency or go-between"), max_length=200, required=False)
    company = forms.CharField(
        label=_("The company you worked for"),
        help_text=_("As on the contract, the wage card, the badge or the uniform"),
        max_length=200,
        required=False,
    )
    contractor = forms.CharField(
        label=_("The main builder of the site"),
        help_text=_("It stands on the large board at the gate: general contractor"),
        max_length=200,
        required=False,
    )
    owner = forms.CharField(
        label=_("Whose building is it?"),
        help_text=_("The developer or owner"),
        max_length=200,
        required=False,
    )
    others = forms.CharField(
        label=_("Anybody else who should pay"),
        help_text=_("One a line"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def tune(self) -> None:
        """Leave out what cannot be there: who was called by a platform worked on no site."""
        caller = answer(self.answers, "caller", "caller")
        hidden = {
            "contractor": ("platform", "dispatcher"),
            "company": ("platform", "dispatcher"),
            "agency": ("platform",),
            "platform": ("leader", "leader_phone", "dispatcher", "contractor", "owner"),
        }
        for name in hidden.get(caller or "", ("platform", "dispatcher")):
            del self.fields[name]
        if caller == "platform":
            self.fields["company"].help_text = _(
                "The firm that runs your station or pays you, if you know it"
            )

    def keep(self) -> dict[str, Any]:
        """What is hidden now stays as it was said before."""
        hidden = {name: value for name, value in self.initial.items() if name not in self.fields}
        return {**hidden, **super().keep()}

    def clean_others(self) -> str:
        """A party a line, and not more than we can keep."""
        lines = [line.strip() for line in str(self.cleaned_data["others"]).splitlines() if line.strip()]
        if len(lines) > MOST_OTHERS:
            raise forms.ValidationError(
                _("At most 20 lines. Tell us the others when we ring you"), code="too_many"
            )
        return "\n".join(lines)


class WhereForm(PlaceFields, QuestionForm):
    """Where the work was."""

    def tune(self) -> None:
        """Start from the place chosen before."""
        self.initial.setdefault("where", place_name(str(self.initial.get("place", ""))))
        self.set_up_place()
        needed = {
            "where": _("Please write the city or county where you worked"),
            "spot": _("Please choose the place that you mean"),
            "province": _("Please choose at least the province"),
        }
        for name, sentence in needed.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence
        self.lone_heading = "where" in self.fields and "spot" not in self.fields

    def keep(self) -> dict[str, Any]:
        """Only the place itself."""
        return {"place": self.cleaned_data["place"]}


class BeganForm(QuestionForm):
    """Since when."""

    began = WhenField(label=_("When did you begin?"), required=False)


class StillForm(QuestionForm):
    """Whether the work has ended."""

    still = YesNoField(
        label=_("Do you still work there?"), yes=_("Yes, I still work there"), no=_("No, it has ended")
    )


class EndedForm(QuestionForm):
    """The last day."""

    ended = WhenField(label=_("When was your last day?"), required=False)

    def clean_ended(self) -> str:
        """Not before the beginning."""
        ended, began = str(self.cleaned_data["ended"]), str(answer(self.answers, "began", "began") or "")
        if ended and began and ended[: len(began)] < began[: len(ended)]:
            raise forms.ValidationError(
                _("This is before the day on which you began. Please check both days"), code="out_of_order"
            )
        return ended


class AmountForm(QuestionForm):
    """How much, as far as it is known."""

    amount = MoneyField(label=_("How much do they owe?"))


class PapersForm(QuestionForm):
    """Photographs and papers. The files go to the draft at once; nothing of them is an answer."""

    photos = PhotosField(
        label=_("Photographs or papers"),
        most_files=MOST_PHOTOS,
        widget=PhotoInput(attrs={"accept": "image/*,application/pdf,audio/*,video/mp4"}),
    )

    def keep(self) -> dict[str, Any]:
        """That the page was met."""
        return {}


class YouForm(QuestionForm):
    """The worker, or the representative."""

    lone_heading = False
    name = forms.CharField(
        label=_("Name"),
        help_text=_("As on the ID card"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("Phone"))

    def tune(self) -> None:
        """Say whose, where somebody else fills the page in."""
        if for_other(self.answers):
            self.fields["name"].label = _("The worker's name")
            self.fields["phone"].label = _("The worker's phone")
            self.fields["phone"].help_text = _("If they have none, write yours")
            self.fields["name"].widget.attrs["autocomplete"] = "off"
            self.fields["phone"].widget.attrs["autocomplete"] = "off"


class IdentityForm(QuestionForm):
    """The number on the ID card."""

    resident_id = ResidentIdField(label=_("ID number"))


class NeedsForm(QuestionForm):
    """How to speak with the worker."""

    lone_heading = False
    needs = ChoicesField(label=_("What should we mind?"), choices=words.choices(words.NEEDS), required=False)
    languages = ChoicesField(
        label=_("Which language do you speak best?"), choices=words.choices(words.LANGUAGES), required=False
    )


class StoryForm(QuestionForm):
    """In the worker's own words."""

    story = forms.CharField(
        label=_("What happened, in your own words"),
        max_length=MOST_STORY,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def tune(self) -> None:
        """Begin with what the pages of advice were told; it may be changed or wiped."""
        self.initial.setdefault("story", answer(self.answers, TOLD, "story") or "")


class SendForm(QuestionForm):
    """That the notice was read."""

    lone_heading = False
    consent = forms.BooleanField(
        label=_("I have read what is kept about me and why"),
        error_messages={"required": _("Please read the notice and tick the box")},
    )
