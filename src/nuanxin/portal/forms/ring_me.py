"""Ring me back: a telephone, and if it is known what about, in which language and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuanxin.hotline.actions import Wish
from nuanxin.hotline.queries.callbacks import slots_for
from nuanxin.hotline.rules.callbacks import SHANGHAI, SafeContact, Slot
from nuanxin.network.queries import parse_place
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.forms.contact import ContactFields
from nuanxin.portal.forms.place import PlaceFields
from nuanxin.portal.rules.body import ANY_TIME, safe_contact
from nuanxin.ui.forms import ChoiceField, PhoneField

TOPICS = (
    ("wages", _("Wages not paid")),
    ("injury", _("Hurt at work")),
    ("contract", _("Contract, dismissal")),
    ("other", _("Something else")),
)
_AS_SENT = "%Y-%m-%dT%H:%M"


def as_sent(start: datetime) -> str:
    """A half-hour as the page sends it, on the clock of Shanghai."""
    return start.astimezone(SHANGHAI).strftime(_AS_SENT)


def as_slot(text: str) -> datetime | None:
    """The half-hour that was sent; None for as soon as possible. Raises ValueError."""
    return datetime.strptime(text, _AS_SENT).replace(tzinfo=SHANGHAI) if text else None


def _languages() -> list[tuple[str, str]]:
    english = (get_language() or "").startswith("en")
    return [(code, term.en if english else term.zh) for code, term in LANGUAGES.items()]


class RingMeForm(ContactFields, PlaceFields, QuestionForm):
    """One page; all but the telephone may be left as it is."""

    lone_heading = False
    CONTACT: ClassVar[tuple[str, ...]] = ("from_hour", "to_hour", "may_say_who")
    field_order = ("phone", "slot", "topic", "language", "where", "spot", "province", "city", "county")

    phone = PhoneField(label=_("Your phone"))
    slot = forms.CharField(label=_("When shall we ring?"), max_length=16, required=False)
    topic = ChoiceField(label=_("What is it about?"), choices=TOPICS, required=False)
    language = forms.ChoiceField(label=_("Which language do you speak?"), choices=_languages, required=False)
    once = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)

    def tune(self) -> None:
        """Whoever asks to be rung may be rung; the place may be left out."""
        del self.fields["may_call"]
        self.fields["where"].label = _("Where do you work? City or county")
        self.set_up_place()
        self.initial.setdefault("language", "en" if (get_language() or "").startswith("en") else "zh")

    @property
    def contact_open(self) -> bool:
        """Whether the part about contact is shown open: something in it was said or is at fault."""
        if not self.is_bound:
            return False
        said = self.data.get("from_hour", ANY_TIME) != ANY_TIME or self.data.get("may_say_who") == "no"
        return bool(said or any(name in self.errors for name in self.CONTACT))

    def offered(self) -> tuple[Slot, ...]:
        """What there is room for, as far as the page knows place, topic, language and hours by now."""
        said = getattr(self, "cleaned_data", None) or {}
        place = parse_place(said["place"]) if said.get("place") else 0
        hours = "" if any(name in self.errors for name in self.CONTACT) else self._hours()
        return slots_for(place, said.get("topic") or "", said.get("language") or "", hours, self.at)

    def _hours(self) -> str:
        said = getattr(self, "cleaned_data", None) or {}
        return str(safe_contact(said).get("hours", ""))

    def clean_slot(self) -> datetime | None:
        """The half-hour that was chosen. Raises ValidationError."""
        try:
            return as_slot(str(self.cleaned_data.get("slot") or ""))
        except ValueError:
            raise forms.ValidationError(_("Please choose one of these times")) from None

    def wish(self) -> Wish:
        """What is asked for, of a form that is valid."""
        said = self.cleaned_data
        contact = SafeContact(True, self._hours(), said.get("may_say_who") != "no")
        place = parse_place(said["place"]) if said.get("place") else 0
        return Wish(
            said["phone"],
            place,
            said.get("language") or "",
            said.get("topic") or "",
            contact,
            said.get("slot"),
        )


class MyCallBackForm(QuestionForm):
    """Telephone and code, to change or call off what was asked."""

    lone_heading = False
    phone = PhoneField(label=_("Your phone"))
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Eight figures, from the page where you asked"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "data-private": "", "class": "input w-20"}
        ),
    )
