"""The form of an interpreter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.desk.forms.hotline_register import RegisterForm
from nuanxin.desk.forms.points import read_place
from nuanxin.desk.speech import said
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.forms import ChoicesField, TickField


def _text(label: Any, **more: Any) -> forms.CharField:
    attrs = {"class": f"input {more.pop('width', '')}".strip(), "autocomplete": "off"}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attrs), **more)


class InterpreterForm(RegisterForm):
    """One interpreter; the same region and number again changes that one."""

    label = _text(_("What people call them"), max_length=60)
    region = _text(_("For desks in"), width="w-12", max_length=40, help_text=_("Six digits or a name; 000000 is the whole country."))  # fmt: skip
    extension = _text(
        _("Extension or short number"), width="w-8", max_length=8,
        help_text=_("A telephone outside gets a short number at the exchange first."),
    )  # fmt: skip
    hours = _text(_("Hours"), width="w-12", max_length=11, required=False, help_text=_("Such as 08:00-20:00; empty: round the clock."))  # fmt: skip
    languages = ChoicesField(label=_("Languages"))
    active = TickField(label=_("Can be rung"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["languages"]
        chosen.choices = [(code, said(term.zh, term.en)) for code, term in LANGUAGES.items() if code != "zh"]

    def clean_region(self) -> int:
        """As the register reads it: digits or a name."""
        text = str(self.cleaned_data["region"]).strip()
        return 0 if text == "000000" else read_place(text)
