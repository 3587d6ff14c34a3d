"""Finding help: where one is, and what the help has to be able to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.network.finding import Mode
from nuanxin.network.queries import region
from nuanxin.network.rules.points import LANGUAGES, Need
from nuanxin.network.wording import word
from nuanxin.portal.find.origin import stored
from nuanxin.portal.forms.place import PlaceFields
from nuanxin.ui.forms import ChoiceField, ChoicesField, Form

MODES = [(Mode.WALK.value, _("On foot")), (Mode.BUS.value, _("By bus")), (Mode.CAR.value, _("By car"))]
OPEN, WAGES, STEP_FREE = "open_now", "wage_claims", "step_free"
WANTS = [(OPEN, _("Open now")), (WAGES, _("Does wage claims")), (STEP_FREE, _("No steps at the door"))]


class WhereForm(PlaceFields, Form):
    """The place near which help is looked for."""

    lone_heading = True
    again = False
    townships = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].label = _("City, county or township")
        self.fields["where"].help_text = _("For example: Gaoping, or Mishan in Gaoping")
        self.set_up_place()

    def _exact(self, text: str) -> str:
        """Also the only place that is called just so: townships bring many that only begin like it."""
        called = [place for place, _ in self.hits if region(stored(place)).name_zh == text]
        return super()._exact(text) or (called[0] if len(called) == 1 else "")

    def clean(self) -> dict[str, Any]:
        """A place is needed here."""
        cleaned = super().clean()
        if not cleaned.get("place") and not self.again and not self.errors:
            self.add_error(
                "province" if self.listing else "where", _("Please write or choose a place, such as Gaoping")
            )
        return cleaned


class WantForm(Form):
    """How one travels, and what the point must offer. What cannot be read counts as not asked for."""

    mode = ChoiceField(label=_("How do you go there?"), choices=MODES, required=False)
    wants = ChoicesField(label=_("Show only points that are like this"), choices=WANTS, required=False)
    language = forms.ChoiceField(label=_("Where this is spoken"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        spoken = [(code, word(term)) for code, term in LANGUAGES.items()]
        self.fields["language"].choices = [("", _("any language")), *spoken]  # type: ignore[attr-defined]
        self.is_valid()
        self.said = {name: self.cleaned_data.get(name) for name in self.fields}

    @property
    def chosen(self) -> Mode:
        """The way of travel; on foot unless told otherwise."""
        return Mode(self.said["mode"] or Mode.WALK)

    @property
    def need(self) -> Need:
        """What a point must offer."""
        wants = self.said["wants"] or ()
        return Need(
            services=frozenset({WAGES} if WAGES in wants else ()),
            language=self.said["language"] or "",
            step_free=STEP_FREE in wants,
            open_now=OPEN in wants,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the way of travel was asked for."""
        return bool(self.said["wants"] or self.said["language"])

    def pairs(self) -> list[tuple[str, str]]:
        """What was asked, for the hidden fields of another form or for an address."""
        found = [("mode", self.chosen.value)] + [("wants", want) for want in self.said["wants"] or ()]
        return [*found, ("language", self.said["language"])] if self.said["language"] else found
