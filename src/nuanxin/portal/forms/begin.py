"""Beginning an application, and going on with one from another phone."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.ui.forms import Form


class BeginForm(Form):
    """Whether others use this phone too."""

    shared = forms.BooleanField(
        label=_("Other people use this phone too"),
        help_text=_("Then nothing stays on it once you close the page."),
        required=False,
    )


class ResumeForm(Form):
    """The code that was shown on every page."""

    code = forms.CharField(
        label=_("The code that you wrote down"),
        help_text=_("Eight letters and figures, such as K7M3-P9QX"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "input w-20",
            }
        ),
    )
