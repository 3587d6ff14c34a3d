"""Forms of the registries: what may come of a call, and what a consultation may be about."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from nuanxin.desk.forms.hotline_register import RegisterForm, text_field
from nuanxin.desk.wording.codes import ITEMS
from nuanxin.ui.forms import TickField


class ListedForm(RegisterForm):
    """What both registries ask of a new word."""

    places = {"bad_code": "code", "known_code": "code", "no_words": "zh"}

    code = text_field(
        gettext_lazy("Code"), max_length=20,
        help_text=gettext_lazy("Small letters, figures and underscores; it never changes."),
    )  # fmt: skip
    zh = text_field(gettext_lazy("Chinese name"), max_length=40)
    en = text_field(gettext_lazy("English name"), max_length=80)


class OutcomeForm(ListedForm):
    """One more thing that may come of a call."""

    needs_record = TickField(
        label=gettext_lazy("Only with a finished record"), required=False, initial=True,
        help_text=gettext_lazy("With it a call is closed only once its subject and the reply are written."),
    )  # fmt: skip


class SubjectForm(ListedForm):
    """One more thing that a consultation may be about."""

    item = forms.ChoiceField(
        label=gettext_lazy("What an application from it claims"), required=False,
        choices=[("", gettext_lazy("Nothing in particular")), *ITEMS.items()],
    )  # fmt: skip
