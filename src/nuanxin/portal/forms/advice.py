"""The pages of advice: one question each, none of them about who somebody is.

A form with one field calls it by the key of its question, so that one class serves several.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.portal.advice import words
from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.forms.fields import CountField, WholeDayField, YesNoField
from nuanxin.portal.rules.advice.told import EVENTS, value
from nuanxin.portal.words import choices
from nuanxin.ui.forms import ChoiceField, ChoicesField, MoneyField
from nuanxin.ui.parts import Text

MOST_DAYS, MOST_HOURS, MOST_UNITS, MOST_LEAVE, GRADES = 20_000, 200_000, 100_000_000, 365, 10


def one(key: str, field: forms.Field) -> type[QuestionForm]:
    """A page with one field."""
    return type(f"{key.title().replace('_', '')}Form", (QuestionForm,), {key: field, "__doc__": "One field."})


def money(key: str, *, zero: bool = False) -> type[QuestionForm]:
    """A page that asks for a sum."""
    return one(key, MoneyField(label=_("Amount in yuan"), zero=zero))


def yes_no(key: str, *, yes: Text, no: Text) -> type[QuestionForm]:
    """A page that is answered by yes or no."""
    return one(key, YesNoField(label=_("Choose one"), yes=yes, no=no))


def pick(
    key: str, offered: Mapping[str, Text], notes: Mapping[str, Text] | None = None
) -> type[QuestionForm]:
    """A page with one answer of several."""
    return one(key, ChoiceField(label=_("Choose one"), choices=choices(offered), notes=notes))


def count(key: str, *, most: int, least: int = 0, whole: bool = False) -> type[QuestionForm]:
    """A page that asks for a number."""
    return one(key, CountField(label=_("How many?"), most=most, least=least, whole=whole))


def on_day(key: str) -> type[QuestionForm]:
    """A page that asks for a day."""
    return one(key, WholeDayField(label=_("Which day?")))


class OwedItemsForm(QuestionForm):
    """What is not paid, as far as it can be worked out here."""

    items = ChoicesField(
        label=_("What do they owe you?"),
        choices=choices(words.HEADS),
        notes=words.HEAD_NOTES,
    )


class UnpaidForm(QuestionForm):
    """From which day to which."""

    lone_heading = False
    first = WholeDayField(label=_("The first day that was not paid"))
    last = WholeDayField(label=_("The last day that was not paid"))

    def clean(self) -> dict[str, Any]:
        """In order."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error(
                "last", _("This lies before the first day that was not paid. Please check both days")
            )
        return said


class OvertimeForm(QuestionForm):
    """Hours by kind of day; at least one of the three."""

    lone_heading = False
    workday = CountField(label=_("Hours on working days"), most=MOST_HOURS, required=False)
    rest_day = CountField(
        label=_("Hours on rest days"),
        help_text=_("Saturday, Sunday or your own rest day, where you had no other day off for it"),
        most=MOST_HOURS,
        required=False,
    )
    holiday = CountField(
        label=_("Hours on public holidays"),
        help_text=_("Such as New Year, Spring Festival, 1 May, 1 October"),
        most=MOST_HOURS,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Something, else there is nothing to work out."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(float(said.get(name) or 0) for name in self.fields):
            self.add_error("workday", _("Please write the hours of one kind of day at least"))
        return said


class SinceForm(QuestionForm):
    """What happened since."""

    since = ChoicesField(label=_("What happened since?"), choices=choices(words.EVENTS))


class DaysForm(QuestionForm):
    """Up to three days on which something happened, since each may have kept the claim alive for the next."""

    lone_heading = False
    last = WholeDayField(label=_("The last time"))
    before = WholeDayField(label=_("A time before that, if there was one"), required=False)
    first = WholeDayField(label=_("And one before that, if there was one"), required=False)


class AboveForm(QuestionForm):
    """Who gave the contractor the work."""

    above = ChoiceField(label=_("Choose one"), choices=())

    def tune(self) -> None:
        """A building site has its own chain."""
        offered = words.ABOVE_SITE if value(self.answers, "site") == "yes" else words.ABOVE_ELSEWHERE
        self.fields["above"].choices = choices(offered)  # type: ignore[attr-defined]


HAPPENED = tuple(f"on_{kind}" for kind in EVENTS)
