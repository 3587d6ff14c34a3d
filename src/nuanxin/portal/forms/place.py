"""The place of work: typed and looked up, or found in lists from the province down. No script needed.

Each look-up is an ordinary sending of the form, so that what else was typed on the page is kept.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuanxin.network.queries import (
    NATION,
    UnknownPlace,
    children,
    parse_place,
    region_name,
    search_places,
    six_digits,
)
from nuanxin.ui.forms import RadioCards

MOST_HITS = 8
LISTS = "list"  # the value of "choose from the lists" among the places found
_LEVELS = ("province", "city", "county")
UNIT = 10**6  # six digits to a stored code


def place_name(code: str) -> str:
    """The name of a six-digit place with those above it; empty for none."""
    try:
        return region_name(parse_place(code), get_language() or "zh") if code else ""
    except UnknownPlace:
        return ""


class PlaceFields(forms.Form):
    """Mixed into a form (before its base) that asks for a place; gives ``cleaned_data["place"]``, six digits (nine of a
    township) or "".

    ``again`` is set when the worker has to choose among places found, or wants the lists.
    """

    again: bool
    townships: ClassVar[bool] = False  # whether townships are found too

    where = forms.CharField(label=_("Which city or county?"), max_length=60, required=False)
    spot = forms.ChoiceField(label=_("Which one do you mean?"), required=False, widget=RadioCards)
    province = forms.ChoiceField(label=_("Province"), required=False)
    city = forms.ChoiceField(label=_("City or district"), required=False)
    county = forms.ChoiceField(label=_("County or district"), required=False)

    def set_up_place(self) -> None:
        """Show the fields that this step of the search needs. Call it once the form is made."""
        typed = self.data if self.is_bound else {}
        self.hits: list[tuple[str, str]] = []
        self.listing = typed.get("go") == LISTS or typed.get("spot") == LISTS or "province" in typed
        if typed.get("go") == "search":
            self.listing = False
        if self.listing:
            self._offer_lists(typed)
        else:
            self._offer_hits(str(typed.get("where", "")).strip())

    def _offer_hits(self, text: str) -> None:
        for level in _LEVELS:
            del self.fields[level]
        if text and len(text) <= self.fields["where"].max_length:  # type: ignore[attr-defined]
            english = (get_language() or "").startswith("en")
            found = search_places(text, MOST_HITS, townships=self.townships)
            self.hits = [(h.place, h.en if english else h.zh) for h in found]
        if len(self.hits) < 2 or self._exact(text):
            del self.fields["spot"]
            return
        more = (LISTS, _("None of these: show me lists"))
        self.fields["spot"].choices = [*self.hits, more]  # type: ignore[attr-defined]

    def _exact(self, text: str) -> str:
        """The place whose full name was typed, such as one that we filled in ourselves."""
        return next((place for place, name in self.hits if name == text), "")

    def _offer_lists(self, typed: Any) -> None:
        del self.fields["where"]
        del self.fields["spot"]
        english = (get_language() or "").startswith("en")
        above: int | None = NATION
        for level in _LEVELS:
            options = children(above) if above is not None else []
            if not options:
                del self.fields[level]
                continue
            names = [(six_digits(p.code), p.name_en if english else p.name_zh) for p in options]
            blank = _("choose") if level == "province" else _("I do not know")
            self.fields[level].choices = [("", blank), *names]  # type: ignore[attr-defined]
            picked = str(typed.get(level, ""))
            above = int(picked) * UNIT if picked in dict(names) else None

    def clean(self) -> dict[str, Any]:
        """Add ``place``, or ask to look again."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["place"] = self._from_lists(cleaned) if self.listing else self._from_search(cleaned)
        return cleaned

    def _from_search(self, cleaned: dict[str, Any]) -> str:
        text = str(cleaned.get("where") or "").strip()
        if not text:
            return ""
        if not self.hits:
            if not self.has_error("where"):
                self.add_error(
                    "where", _("We do not find this place. Try the city or county, or choose from the lists")
                )
            return ""
        if exact := self._exact(text):
            return exact
        if len(self.hits) == 1:
            return self.hits[0][0]
        if cleaned.get("spot"):
            return str(cleaned["spot"])
        # A choice that belongs to a text typed before is no fault: the places found now are simply shown.
        self.errors.pop("spot", None)
        self.again = True
        return ""

    def _from_lists(self, cleaned: dict[str, Any]) -> str:
        chosen = ""
        for level in _LEVELS:
            if level not in self.fields:
                break
            if level not in self.data or self.has_error(level, "invalid_choice"):
                # not shown yet, or of another province
                self.errors.pop(level, None)
                self.again = True
                return ""
            if not cleaned.get(level):
                break
            chosen = str(cleaned[level])
        return chosen
