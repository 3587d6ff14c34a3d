"""What an officer asks of the half-hour circle, read from an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.audit.actor import Actor
from nuanxin.desk.speech import english
from nuanxin.network import wording
from nuanxin.network.coverage import Circle, minute_of
from nuanxin.network.finding import Mode
from nuanxin.network.queries import (
    NATION,
    PlaceHit,
    UnknownPlace,
    place_now,
    region,
    region_name,
    search_places,
    six_digits,
)
from nuanxin.network.rules.gazetteer import UNIT
from nuanxin.network.rules.points import LANGUAGES, SERVICES, Need
from nuanxin.ui.forms import Form
from nuanxin.ui.parts import Text

MODES: dict[Mode, Text] = {
    Mode.WALK: gettext_lazy("On foot"),
    Mode.BUS: gettext_lazy("By bus"),
    Mode.CAR: gettext_lazy("By car"),
}
MOST_SITES = 100
MOST_HITS = 8
NATION_WORDS = {"全国", "中国", "nationwide", "china", "000000"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be answered. ``sites``: how many new points, 0 where none are asked for."""

    region: int
    circle: Circle
    week: bool
    sites: int
    proof: bool

    def query(self, region: int | None = None, **more: str) -> str:
        """The same question as the end of an address, perhaps of another region."""
        return urlencode(dict(self.fields(self.region if region is None else region)) | more)

    def fields(self, region: int) -> Iterable[tuple[str, str]]:
        """The question as names and values of a form, what is left open left out."""
        minute, need = self.circle.minute, self.circle.need
        told = {
            "region": six_digits(region),
            "mode": self.circle.mode.value,
            "day": "" if minute is None else str(minute // 1440),
            "hour": "" if minute is None else str(minute % 1440 // 60),
            "service": next(iter(need.services), ""),
            "language": need.language,
        }
        return [(name, value) for name, value in told.items() if value]


class CircleForm(Form):
    """Region, way of travelling, time of the week, service, language. Without values it asks the usual question."""

    template_name_label = "desk/parts/label.html"

    where = forms.CharField(label=gettext_lazy("Region: name or six digits"), max_length=60, required=False)
    mode = forms.ChoiceField(label=gettext_lazy("Way"), required=False)
    day = forms.ChoiceField(label=gettext_lazy("Day of the week"), required=False)
    hour = forms.ChoiceField(label=gettext_lazy("Time"), required=False)
    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    region = forms.CharField(max_length=6, required=False, widget=forms.HiddenInput)
    week = forms.BooleanField(required=False, widget=forms.HiddenInput)
    sites = forms.IntegerField(
        label=gettext_lazy("How many new points"), min_value=1, max_value=MOST_SITES, required=False
    )
    proof = forms.BooleanField(
        label=gettext_lazy("Compare with the best possible choice"),
        help_text=gettext_lazy("For regions of up to 2,000 places; takes up to ten seconds."),
        required=False,
    )
    hits: list[PlaceHit]

    def __init__(self, data: Any, *, own: int) -> None:
        super().__init__(data)
        self.own, self.hits = own, []
        _choose(self.fields["mode"], list(MODES.items()))
        _choose(
            self.fields["day"],
            [("", _("Any time")), *((str(n), day) for n, day in enumerate(wording.WEEKDAYS))],
        )
        _choose(self.fields["hour"], [("", "—"), *((str(n), f"{n}:30") for n in range(24))])
        for name, terms in (("service", SERVICES), ("language", LANGUAGES)):
            _choose(
                self.fields[name], [("", _("Any")), *((code, wording.word(t)) for code, t in terms.items())]
            )

    def clean_mode(self) -> Mode:
        """On foot where nothing is said."""
        return Mode(self.cleaned_data["mode"] or Mode.WALK)

    def clean(self) -> dict[str, Any]:
        """Which region is meant: what was typed goes before the one shown. Several that fit are told as ``hits``."""
        told = super().clean() or {}
        if told.get("hour") and not told.get("day"):
            self.add_error("day", _("Choose a day as well, or leave the time open."))
        code, typed = _stored(told.get("region", "")), str(told.get("where", "")).strip()
        if code is None and told.get("region"):
            self.add_error("where", _("There is no region with this code. Check the six digits."))
        told["code"] = self.own if code is None else code
        if typed and (code is None or typed not in names(code)):
            self._search(typed, told)
        return told

    def _search(self, typed: str, told: dict[str, Any]) -> None:
        if typed.lower() in NATION_WORDS:
            told["code"] = NATION
            return
        found = search_places(typed, MOST_HITS)
        exact = [hit for hit in found if typed in names(hit.now) | {hit.place}]
        if len(exact) == 1 or len(found) == 1:
            told["code"] = (exact or found)[0].now
            return
        self.hits = exact or found
        several = _("Several regions fit. Choose one of them below.")
        self.add_error(
            "where", several if found else _("No region fits. Try a part of its name, or six digits.")
        )

    def asked(self) -> Asked:
        """The question, of a valid form."""
        told = self.cleaned_data
        minute = minute_of(int(told["day"]), int(told["hour"] or 10), 30) if told["day"] else None
        need = Need(
            services=frozenset({told["service"]} if told["service"] else ()), language=told["language"]
        )
        circle = Circle(mode=told["mode"], need=need, minute=minute)
        return Asked(told["code"], circle, told["week"], told["sites"] or 0, told["proof"])

    def show(self, asked: Asked) -> None:
        """Put the region that is answered into the fields, so that the next press keeps it."""
        self.data = {
            **dict(asked.fields(asked.region)),
            "where": name(asked.region),
            "sites": str(asked.sites or ""),
            "proof": "on" if asked.proof else "",
        }


def own_region(by: Actor) -> int:
    """The region of somebody's own work: a county, city, province, or the nation."""
    code = by.scope[0] - by.scope[0] % UNIT
    try:
        return place_now(code)
    except UnknownPlace:
        return NATION


def name(code: int, *, full: bool = True) -> str:
    """A region in the language of the page, with those above it."""
    return region_name(code, "en" if english() else "zh", full=full)


def name_inside(code: int, whole: int) -> str:
    """A region without those that it shares with a larger one: of Shanxi, "Gaoping, Jincheng"."""
    own, above = name(code), name(whole)
    if code == whole or whole == NATION:
        return own
    return (own.removesuffix(f", {above}") if english() else own.removeprefix(above)) or own


def names(code: int) -> set[str]:
    """All ways in which a region is written in full or by itself."""
    return {region_name(code, lang, full=full) for lang in ("zh", "en") for full in (True, False)} | {
        region(code).short_zh
    }


def _stored(digits: str) -> int | None:
    """The code in force of six digits; None for others."""
    if len(digits) != 6 or not digits.isdecimal() or not digits.isascii():
        return None
    try:
        return place_now(int(digits) * UNIT)
    except UnknownPlace:
        return None


def _choose(field: forms.Field, choices: list[tuple[str, Text]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
