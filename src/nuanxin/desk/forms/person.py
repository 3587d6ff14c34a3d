"""Correcting what is held about one worker (PIPL art. 46)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.cases.actions.personal import CORRECTABLE
from nuanxin.ui.forms import Form

_PRIVATE = {"autocomplete": "off", "data-private": "", "spellcheck": "false"}


def _text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=100, widget=forms.TextInput(attrs=dict(_PRIVATE))
    )


class PersonForm(Form):
    """Only what is to change is filled in; what stays empty stays as it is. Checked as at the door."""

    template_name_label = "desk/parts/label.html"
    name = _text(_("Name"))
    phone = _text(_("Telephone"))
    resident_id = _text(_("Resident ID"))
    bank_card = _text(_("Bank card"))

    def changes(self) -> dict[str, str]:
        """What was filled in, as ``cases.actions.personal.correct`` takes it."""
        return {name: self.cleaned_data[name] for name in sorted(CORRECTABLE) if self.cleaned_data.get(name)}
