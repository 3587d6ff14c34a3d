"""How a worker may be reached without harm: a page of the application, and a part of the short forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.cases.rules.reading import turned
from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.forms.fields import HourField, UsuallyYesField
from nuanxin.portal.rules.body import ANY_TIME


class ContactFields(forms.Form):
    """When and how to reach somebody without harm. Also part of the short forms."""

    may_call = UsuallyYesField(
        label=_("May we ring you?"), yes=_("Yes, ring me"), no=_("No, send me text messages only")
    )
    from_hour = HourField(label=_("Best time: from"))
    to_hour = HourField(label=_("Best time: until"))
    may_say_who = UsuallyYesField(
        label=_("If somebody else answers, may we say that legal aid is calling?"),
        yes=_("Yes, say so"),
        no=_("No, do not say who you are"),
    )

    def clean(self) -> dict[str, Any]:
        """Both hours or none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_hour"), cleaned.get("to_hour")
        if None in (first, last) or first == last == ANY_TIME:
            return cleaned
        if ANY_TIME in (first, last):
            missing = "to_hour" if last == ANY_TIME else "from_hour"
            self.add_error(missing, _("Please choose both hours, or any time for both"))
        elif first == last:
            self.add_error("to_hour", _("The two hours are the same. Please choose a later one"))
        elif turned(str(first), str(last)):
            self.add_error("to_hour", _("The end comes before the beginning. Please choose a later hour"))
        return cleaned


class ContactForm(ContactFields, QuestionForm):
    """The page about safe contact."""

    lone_heading = False
    passphrase = forms.CharField(
        label=_("A secret word"),
        help_text=_("Whoever rings or helps you must say it first, so that you know it is us"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": ""}),
    )
