"""Forms that choose somebody: the agency that takes over, the lawyer who is asked, why a lawyer declines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.assignment.actions import DECLINE_REASONS
from nuanxin.assignment.queries import Proposal
from nuanxin.desk.forms.moves import MoveForm, TextForm
from nuanxin.desk.rows import agency_name
from nuanxin.desk.wording.assigning import DECLINES, EXCLUDED, reason_words
from nuanxin.network.models import Agency
from nuanxin.network.queries import UnknownPlace, agencies, agency_for, search_agencies
from nuanxin.ui.forms import ChoiceField
from nuanxin.ui.forms.widgets import RadioCards

MOST_AGENCIES = 12
_CITY = 10**8


class TransferForm(TextForm):
    """The agency that is asked to take over: one of those nearby, or any by a part of its name."""

    template_name_label = "desk/parts/label.html"  # one of two fields is needed, which no mark can say

    agency = forms.TypedChoiceField(
        label=gettext_lazy("Agency"), coerce=int, empty_value=None, required=False, widget=RadioCards()
    )
    sought = forms.CharField(
        label=gettext_lazy("Another agency"), max_length=60, required=False,
        help_text=gettext_lazy("A part of its name, for example the county."),
    )  # fmt: skip
    field_order = ("agency", "sought", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sought = str(self.data.get("sought", "")).strip() if self.is_bound else ""
        self.hits = (
            _takers(search_agencies(sought, limit=MOST_AGENCIES), self.case.holder_agency) if sought else []
        )
        chosen = str(self.data.get("agency", "")) if self.is_bound else ""
        known = {one.pk: one for one in [*self.hits, *_nearby(self.case.place_now, self.case.holder_agency)]}
        if chosen.isdecimal() and int(chosen) not in known:
            known |= {one.pk: one for one in agencies() if one.pk == int(chosen)}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, agency_name(pk)) for pk in known]

    def clean(self) -> dict[str, Any]:
        """A typed name chooses where it means one agency; several are offered, none is told."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("agency"):
            return cleaned
        if len(self.hits) == 1:
            cleaned["agency"] = self.hits[0].pk
        elif self.hits:
            self.add_error("agency", _("Several agencies have that in their name; choose one."))
        elif cleaned.get("sought"):
            self.add_error("sought", _("No agency has that in its name. Try the county or the city."))
        else:
            self.add_error("agency", _("Choose the agency that should take over."))
        return cleaned


def _takers(found: Sequence[Agency], holder: int) -> list[Agency]:
    return [one for one in found if one.kind != Agency.Kind.BUREAU and one.pk != holder]


def _nearby(place: int, holder: int) -> list[Agency]:
    """The agency of the place of work, and the others of its city."""
    try:
        first = [agency_for(place)] if place else []
    except UnknownPlace:
        first = []
    city = place // _CITY * _CITY
    around = agencies(within=(city, city + _CITY - 1)) if place else []
    unique = {one.pk: one for one in [*first, *around]}
    return _takers(list(unique.values()), holder)[:MOST_AGENCIES]


class OfferForm(MoveForm):
    """The ranked lawyers with their reasons; those who may not be asked are told below the form."""

    lawyer = forms.TypedChoiceField(label=gettext_lazy("Which lawyer"), coerce=int, widget=RadioCards())

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ = [one for one in proposals if not one.ranked.excluded]
        field = self.fields["lawyer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.lawyer, f"{one.name} · {one.firm}" if one.firm else one.name) for one in open_]
        assert isinstance(field.widget, RadioCards)
        field.widget.notes = {str(one.lawyer): reason_words(one.ranked.reasons) for one in open_}
        if open_:
            self.initial.setdefault("lawyer", open_[0].lawyer)
        self.excluded = [
            (one.name, EXCLUDED.get(one.ranked.excluded, one.ranked.excluded), one.conflicts)
            for one in proposals
            if one.ranked.excluded
        ]


class DeclineForm(TextForm):
    """Why a lawyer cannot take a case: a coded reason, so that the next offer is better."""

    reason = ChoiceField(
        label=gettext_lazy("Why you cannot take it"),
        choices=[(code, DECLINES[code]) for code in DECLINE_REASONS],
    )
    field_order = ("reason", "text")
