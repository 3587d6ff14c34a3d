"""Forms of service points: one point, a day with other hours, a file, what a list shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.desk.speech import english, said
from nuanxin.network import wording
from nuanxin.network.actions import PointFields
from nuanxin.network.models import ServicePoint
from nuanxin.network.point_files.export import place_text
from nuanxin.network.queries import UnknownPlace, region, region_name, search_places
from nuanxin.network.rules.coordinates import System, to_wgs84
from nuanxin.network.rules.point_columns import read_cells
from nuanxin.network.rules.points import KINDS, LANGUAGES, SERVICES, bits_of, codes_of
from nuanxin.ui.forms import ChoicesField, Form, TickField

SYSTEMS = [
    (System.WGS84.value, gettext_lazy("WGS-84 (satellite navigation)")),
    (System.GCJ02.value, gettext_lazy("GCJ-02 (Amap, Tencent)")),
    (System.BD09.value, gettext_lazy("BD-09 (Baidu)")),
]
STATES = [
    ("", gettext_lazy("Working")),
    ("unverified", gettext_lazy("Not checked within a year")),
    ("ended", gettext_lazy("Ended")),
]


def _text(label: Any, *, width: str = "", **more: Any) -> forms.CharField:
    attrs = {"class": f"input {width}".strip(), "autocomplete": "off", **more.pop("attrs", {})}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attrs), **{"required": False, **more})


def read_place(text: str) -> int:
    """A region as staff write it: its digits, or a name that means one. Raises ValidationError."""
    if text.isascii() and text.replace(" ", "").isdigit():
        row = read_cells({"place": text})
        if row.faults:
            raise ValidationError(said(row.faults[0].zh, row.faults[0].en))
        code = int(row.values["place"])
        try:
            return region(code).code
        except UnknownPlace:
            raise ValidationError(_("There is no region with this code. Check the digits.")) from None
    found = [hit for hit in search_places(text, 6, townships=True) if hit.code == hit.now]
    named_so = [hit for hit in found if region_name(hit.code, "zh", full=False) == text]
    hits = [hit.code for hit in (named_so or found)]
    if len(hits) == 1:
        return hits[0]
    if not hits:
        raise ValidationError(_("There is no region of this name. Write its six or nine digits."))
    lang = "en" if english() else "zh"
    named = "; ".join(f"{place_text(code)} {region_name(code, lang)}" for code in hits[:5])
    raise ValidationError(_("Several regions are called so. Write the digits: %(named)s") % {"named": named})


class PointForm(Form):
    """Everything that is said of a point, on one screen."""

    template_name_label = "desk/parts/label.html"

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name_zh = _text(gettext_lazy("Chinese name"))
    name_en = _text(gettext_lazy("English name"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    place = _text(
        gettext_lazy("Region"),
        help_text=gettext_lazy("Six digits of the county, nine of the township, or a name."),
    )
    address_zh = _text(gettext_lazy("Address"))
    address_en = _text(gettext_lazy("Address in English"))
    phone = _text(gettext_lazy("Telephone"), width="w-12", attrs={"inputmode": "tel"})
    capacity = forms.IntegerField(label=gettext_lazy("People a day"), required=False,
                                  widget=forms.TextInput(attrs={"class": "input w-6", "inputmode": "numeric"}))  # fmt: skip
    lon = forms.FloatField(label=gettext_lazy("Longitude"), required=False,
                           widget=forms.TextInput(attrs={"class": "input w-12", "inputmode": "decimal"}))  # fmt: skip
    lat = forms.FloatField(label=gettext_lazy("Latitude"), required=False,
                           widget=forms.TextInput(attrs={"class": "input w-12", "inputmode": "decimal"}))  # fmt: skip
    system = forms.ChoiceField(label=gettext_lazy("Which map it was read from"), choices=SYSTEMS, required=False,
                               help_text=gettext_lazy("It is kept in WGS-84."))  # fmt: skip
    hours = _text(
        gettext_lazy("Opening hours"),
        help_text=gettext_lazy(
            "Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off. Round the clock: 24/7. Leave empty if not known."
        ),
    )
    services = ChoicesField(label=gettext_lazy("What is done here"), required=False)
    languages = ChoicesField(label=gettext_lazy("Spoken here"), required=False)
    step_free = TickField(label=gettext_lazy("No steps at the door"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(code, wording.word(term)) for code, term in KINDS.items()]
        fields["services"].choices = [(code, wording.word(term)) for code, term in SERVICES.items()]
        fields["languages"].choices = [(code, wording.word(term)) for code, term in LANGUAGES.items()]

    def clean_place(self) -> int:
        """The stored code."""
        text = str(self.cleaned_data["place"]).strip()
        if not text:
            raise ValidationError(_("Give the region."))
        return read_place(text)

    def values(self) -> PointFields:
        """What the actions take, with the position in WGS-84."""
        told = dict(self.cleaned_data)
        system = System(told.pop("system") or System.WGS84)
        told.pop("seen")
        if told["lon"] is not None and told["lat"] is not None:
            told["lon"], told["lat"] = to_wgs84(told["lon"], told["lat"], system)
        told["services"] = bits_of(told["services"], SERVICES)
        told["languages"] = bits_of(told["languages"], LANGUAGES)
        return told  # type: ignore[return-value]

    def refused(self, fault: ValidationError) -> None:
        """Put what an action found wrong at its field."""
        for field, sentences in (
            fault.message_dict if hasattr(fault, "error_dict") else {NON_FIELD_ERRORS: fault.messages}
        ).items():
            self.add_error(field if field in self.fields else None, sentences)


def initial_of(point: ServicePoint) -> dict[str, Any]:
    """A point as the form shows it."""
    plain = (
        "name_zh",
        "name_en",
        "kind",
        "address_zh",
        "address_en",
        "phone",
        "capacity",
        "lon",
        "lat",
        "hours",
        "step_free",
    )
    return {
        **{name: getattr(point, name) for name in plain},
        "place": place_text(point.place),
        "services": codes_of(point.services, SERVICES),
        "languages": codes_of(point.languages, LANGUAGES),
        "seen": point.version,
    }


class ExceptionForm(Form):
    """A day on which the hours differ."""

    template_name_label = "desk/parts/label.html"
    day = forms.DateField(
        label=gettext_lazy("Which day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    day_hours = _text(
        gettext_lazy("Hours of that day"), help_text=gettext_lazy("09:00-12:00; empty: closed all day.")
    )
    note = _text(gettext_lazy("Why"), max_length=120)


class FileForm(Form):
    """A file of points, and how it is to be read."""

    template_name_label = "desk/parts/label.html"
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.geojson,.json,.tsv,.txt"}),
        help_text=gettext_lazy(
            "CSV, XLSX or GeoJSON, up to 10 MB and 20,000 rows. An export is a good pattern."
        ),
    )
    system = forms.ChoiceField(label=gettext_lazy("Positions are in"), choices=SYSTEMS, required=False,
                               help_text=gettext_lazy("Where the file itself does not say."))  # fmt: skip
    source = _text(gettext_lazy("Where the points come from"), width="w-12", max_length=120,
                   help_text=gettext_lazy("Whose keys the column “reference” holds; the same each time."))  # fmt: skip


class FilterForm(Form):
    """Which points a list shows."""

    template_name_label = "desk/parts/label.html"
    text = _text(gettext_lazy("Name or telephone"), max_length=80)
    region = _text(gettext_lazy("Region"), max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Which"), choices=STATES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Every kind")), *((code, wording.word(term)) for code, term in KINDS.items())]

    def clean_region(self) -> int:
        """The stored code; 0 without one."""
        text = str(self.cleaned_data["region"]).strip()
        return read_place(text) if text else 0
