"""Opening a case, and asking about one's own data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.ui.forms import ChoiceField, Form

MOST_TEXT = 3000


class FollowForm(Form):
    """Number and code, as on the receipt."""

    number = forms.CharField(
        label=_("Your number"),
        help_text=_("Begins with NX, such as NX14-0012345-7"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input w-20"}),
    )
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Eight figures. In a group: your own number first, such as 7-12345678"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "data-private": "", "class": "input w-20"}
        ),
    )


class RightsForm(Form):
    """What a worker asks about their own data."""

    what = ChoiceField(
        label=_("What do you want?"),
        choices=[
            ("ask_correction", _("Something is wrong: correct it")),
            ("ask_erasure", _("Erase what you have about me")),
        ],
        notes={"ask_erasure": _("Only when the time for keeping the file is over")},
    )
    text = forms.CharField(
        label=_("What is wrong, and what is right?"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
