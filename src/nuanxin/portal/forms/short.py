"""The two short doors: report unpaid wages in one sentence, ask a duty lawyer a question. One page each."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.forms.contact import ContactFields
from nuanxin.portal.forms.fields import UsuallyNoField
from nuanxin.portal.forms.place import PlaceFields
from nuanxin.portal.rules.body import ANY_TIME, safe_contact
from nuanxin.ui.forms import PhoneField

MOST_SENTENCE, MOST_QUESTION = 2000, 5000


class ShortForm(ContactFields, PlaceFields, QuestionForm):
    """Name, phone, a few words, the place if it is known, and how to reach the worker safely."""

    lone_heading = False
    kind: ClassVar[str]
    points: ClassVar[dict[str, str]] = {
        "/applicant/name": "name",
        "/applicant/phone": "phone",
        "/applicant/safe_contact/hours": "from_hour",
        "/place": "where",
        "/story": "story",
        "/consent": "consent",
    }
    field_order = ("name", "phone", "story", "where", "spot", "province", "city", "county")

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Your phone"))
    story = forms.CharField(
        label=_("In one sentence: what happened?"),
        help_text=_("For example: 26 of us built a station and got only half of our wages"),
        max_length=MOST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consent = forms.BooleanField(
        label=_("I have read what is kept about me and why"),
        error_messages={"required": _("Please read the notice and tick the box")},
    )
    once = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    CONTACT: ClassVar[tuple[str, ...]] = ("may_call", "from_hour", "to_hour", "may_say_who")

    def tune(self) -> None:
        """The place may be left out."""
        self.fields["where"].label = _("Where was it? City or county")
        self.set_up_place()

    @property
    def contact_open(self) -> bool:
        """Whether the part about contact is shown open: something in it was said or is at fault."""
        if not self.is_bound:
            return False
        unusual = self.data.get("may_call") == "no" or self.data.get("may_say_who") == "no"
        return bool(
            unusual
            or self.data.get("from_hour", ANY_TIME) != ANY_TIME
            or any(name in self.errors for name in self.CONTACT)
        )

    def body(self, language: str) -> dict[str, Any]:
        """The body of the submission."""
        said = self.cleaned_data
        body: dict[str, Any] = {
            "door": "web",
            "kind": self.kind,
            "applicant": {
                "name": said.get("name", ""),
                "phone": said.get("phone", ""),
                "languages": ["en"] if language == "en" else [],
                "safe_contact": safe_contact(said),
            },
            "story": {"text": said.get("story", ""), "language": language},
            "consent": bool(said.get("consent")),
        }
        return body | ({"place": said["place"]} if said.get("place") else {})


class ReportForm(ShortForm):
    """欠薪反映: staff ring back."""

    kind = "report"


class AskForm(ShortForm):
    """A question to a duty lawyer."""

    kind = "question"
    story = forms.CharField(
        label=_("Your question"),
        max_length=MOST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    share = UsuallyNoField(
        label=_("May others read the answer, without anything that points to you?"),
        yes=_("Yes, it may help somebody else"),
        no=_("No, only I"),
    )
