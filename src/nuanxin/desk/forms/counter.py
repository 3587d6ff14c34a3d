"""The counter form: every door on one screen. It builds the body of the API and lets the same checks answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nuanxin.cases.actions.submit import odd_claim
from nuanxin.cases.rules.doubts import joined
from nuanxin.cases.rules.intake import BadIntake, Intake, read_intake
from nuanxin.cases.rules.reading import turned
from nuanxin.cases.rules.states import ITEMS as ITEM_CODES
from nuanxin.cases.rules.states import NEEDS as NEED_CODES
from nuanxin.cases.rules.states import PARTY_KINDS as KIND_CODES
from nuanxin.cases.rules.states import PARTY_ROLES as ROLE_CODES
from nuanxin.cases.rules.states import RELATIONS as RELATION_CODES
from nuanxin.desk.speech import english, said
from nuanxin.desk.wording.codes import DOORS, ITEMS, KINDS, NEEDS, PARTY_KINDS, PARTY_ROLES, RELATIONS
from nuanxin.network.queries import UnknownPlace, parse_place, region_name, search_places
from nuanxin.ui.forms import ChoiceField, ChoicesField, Form, MoneyField, TickField

PARTIES = (1, 2, 3)
STAFF_DOORS = ("counter", "hotline", "paper", "helper", "partner")
_NUMBERS = re.compile(r"\d+")


def _text(label: Any, *, width: str = "", **more: Any) -> forms.CharField:
    attrs = {"class": f"input {width}".strip(), "autocomplete": "off", **more.pop("attrs", {})}
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs), **more)


class CounterForm(Form):
    """One screen for a worker at the counter, on the telephone, on paper, or through somebody else.

    No field is marked as one that may be left out: what is needed depends on what they come for, and the page
    says so once.
    """

    template_name_label = "desk/parts/label.html"
    usual_door = "counter"

    kind = ChoiceField(
        label=_("What they come for"),
        choices=[(k, KINDS[k]) for k in ("aid", "report", "question")],
        initial="aid",
    )
    door = ChoiceField(label=_("Door"), choices=[(d, DOORS[d]) for d in STAFF_DOORS], initial="counter")
    name = _text(_("Name"))
    phone = _text(_("Telephone"), attrs={"inputmode": "tel"})
    resident_id = _text(_("Resident ID"), attrs={"data-private": ""})
    place_text = _text(_("Place of work"), help_text=_("County or city: name, pinyin or six digits."))
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    items = ChoicesField(
        label=_("What is claimed"), choices=[(i, ITEMS[i]) for i in ITEM_CODES], required=False
    )
    workers = _text(_("How many workers"), width="w-6", initial="1", attrs={"inputmode": "numeric"})
    amount = _text(
        _("Owed in all, yuan"),
        width="w-12",
        attrs={"inputmode": "decimal"},
        help_text=_("5200, 5,200 or 1.2万; leave out what is not known."),
    )
    worked_from = _text(_("Worked from"), width="w-12", help_text=_("Year and month: 2025-03"))
    worked_to = _text(_("Worked until"), width="w-12")
    ended_on = _text(_("Left on"), width="w-12", help_text=_("Last day of the work: 2025-06-30"))
    relation = forms.ChoiceField(
        label=_("Relation"),
        choices=[(r, RELATIONS[r]) for r in RELATION_CODES],
        initial="unknown",
        required=False,
    )
    story = forms.CharField(
        label=_("What happened"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    needs = ChoicesField(
        label=_("What they need"), choices=[(n, NEEDS[n]) for n in NEED_CODES], required=False
    )
    no_calls = TickField(label=_("Do not ring"), required=False)
    say_nothing = TickField(label=_("Do not say who is calling"), required=False)
    hours = _text(_("Ring only between"), width="w-12", help_text=_("18:00-21:00"))
    passphrase = _text(_("Passphrase"), help_text=_("A word by which they know that it is us."))
    helper_name = _text(_("Name of who files for them"))
    helper_phone = _text(_("Telephone of who files for them"), attrs={"inputmode": "tel"})
    helper_relation = _text(
        _("Who they are to the worker"), help_text=_("Relative, village helper, workmate …")
    )
    consent = TickField(label=_("The worker has heard what happens with their data"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    sure = forms.CharField(
        label=_("The figure is right: say why"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("It stays on the record with your name."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.intake: Intake | None = None
        self.place_hits: list[tuple[str, str]] = []
        for n in PARTIES:
            self.fields[f"party{n}_name"] = _text(_("Name of firm or person"))
            self.fields[f"party{n}_role"] = _choice(_("What they are"), ROLE_CODES, PARTY_ROLES)
            self.fields[f"party{n}_kind"] = _choice(_("Kind"), KIND_CODES, PARTY_KINDS)
            self.fields[f"party{n}_uscc"] = _text(_("Credit code"))

    def clean_hours(self) -> str:
        """Hours that were typed the wrong way round are asked about; what is no hours the door tells."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["hours"]).replace("–", "-").strip()
        first, _dash, last = typed.partition("-")
        if re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", typed) and turned(first, last):
            raise forms.ValidationError(_("The hours end before they begin. Write them like 18:00-21:00."))
        return typed

    def clean(self) -> dict[str, Any]:
        """Read the whole body as every door does, and put each fault at its field."""
        cleaned = super().clean() or self.cleaned_data
        body = self.body(cleaned)
        try:
            self.intake = read_intake(body, place_known=place_known, today=self.today)
        except BadIntake as bad:
            for fault in bad.faults:
                self._put(fault)
        return cleaned

    def _put(self, fault: Mapping[str, Any]) -> None:
        field = _field_of(str(fault["path"]))
        if field in self.errors:
            return  # it has its own fault already, said more closely
        message = said(fault["message"]["zh"], fault["message"]["en"])
        self.add_error(field if field in self.fields else None, message)

    @property
    def shows_more(self) -> bool:
        """Whether the folded part stands open: something in it was filled in, or is at fault."""
        folded = {"needs", "no_calls", "say_nothing", "hours", "passphrase"} | {
            f"helper_{part}" for part in ("name", "phone", "relation")
        }
        return bool(folded & set(self.errors)) or any(
            self.is_bound and self.data.get(name) for name in folded
        )

    @property
    def odd(self) -> str:
        """Why the sum wants a second look; empty where it is an ordinary one."""
        found = odd_claim(self.intake) if self.intake is not None else []
        return said(*joined(found)) if found else ""

    def parties(self) -> list[tuple[forms.BoundField, ...]]:
        """The rows of who may have to pay."""
        return [tuple(self[f"party{n}_{part}"] for part in ("name", "role", "kind", "uscc")) for n in PARTIES]

    def body(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """The body of ``POST /applications``, with only what was filled in."""
        place = self._place(cleaned)
        story = {"text": cleaned["story"], "language": "zh"} if cleaned.get("story") else None
        found: dict[str, Any] = {
            "door": cleaned.get("door") or self.usual_door,
            "kind": cleaned.get("kind") or "aid",
            "applicant": self._applicant(cleaned),
            "helper": self._helper(cleaned),
            "place": place,
            "items": cleaned.get("items") or [],
            "workers": _whole(cleaned.get("workers") or "1"),
            "worked": _filled(
                {"from": partial(cleaned.get("worked_from", "")), "to": partial(cleaned.get("worked_to", ""))}
            ),
            "amount_claimed": self._amount(cleaned),
            "relation": cleaned.get("relation") or "unknown",
            "ended_on": partial(cleaned.get("ended_on", "")),
            "respondents": self._respondents(cleaned),
            "story": story,
            "consent": bool(cleaned.get("consent")),
        }
        return {key: value for key, value in found.items() if value not in (None, "", [], {})} | {
            "consent": found["consent"]
        }

    def _applicant(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        safe = _filled(
            {"hours": cleaned.get("hours", "").strip(), "passphrase": cleaned.get("passphrase", "")}
        )
        safe |= {"may_call": not cleaned.get("no_calls"), "may_say_who": not cleaned.get("say_nothing")}
        return {
            "name": cleaned.get("name", ""),
            "phone": unicodedata.normalize("NFKC", cleaned.get("phone", "")),
            "needs": cleaned.get("needs") or [],
            "safe_contact": safe,
            **_filled({"resident_id": unicodedata.normalize("NFKC", cleaned.get("resident_id", ""))}),
        }

    def _helper(self, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
        told = {part: cleaned.get(f"helper_{part}", "") for part in ("name", "phone", "relation")}
        return told if any(told.values()) else None

    def _respondents(self, cleaned: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows = [
            _filled({p: cleaned.get(f"party{n}_{p}", "") for p in ("name", "role", "kind", "uscc")})
            for n in PARTIES
        ]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def _amount(self, cleaned: Mapping[str, Any]) -> str | None:
        try:
            amount = MoneyField(required=False).to_python(cleaned.get("amount"))
        except ValidationError as fault:
            self.add_error("amount", fault)
            return None
        return f"{amount:.2f}" if amount is not None else None

    def _place(self, cleaned: Mapping[str, Any]) -> str:
        """The six digits of the place: as chosen, as typed, or the only one that the name can mean."""
        typed, code = cleaned.get("place_text", "").strip(), cleaned.get("place", "").strip()
        found, self.place_hits = read_place(typed, code)
        if found or not typed:
            return found
        sentence = (
            _("Several places have this name; choose one.")
            if self.place_hits
            else _("There is no such place. Try the county or the city.")
        )
        self.add_error("place_text", sentence)
        return ""


class PartnerForm(CounterForm):
    """What a partner department hands in: an application or a report, always through the door ``partner``."""

    usual_door = "partner"

    kind = ChoiceField(
        label=_("What they come for"), choices=[(k, KINDS[k]) for k in ("aid", "report")], initial="aid"
    )
    helper_name = _text(_("Who in your department can be asked"))
    helper_phone = _text(_("Their telephone"), attrs={"inputmode": "tel"})
    helper_relation = _text(_("Department"), help_text=_("Labour inspection, trade union, civil affairs …"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["door"]


def _choice(label: Any, codes: tuple[str, ...], words: Mapping[str, Any]) -> forms.ChoiceField:
    choices = [("", "—"), *((code, words[code]) for code in codes)]
    return forms.ChoiceField(
        label=label, required=False, choices=choices, widget=forms.Select(attrs={"class": "input"})
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _whole(typed: str) -> int | str:
    plain = unicodedata.normalize("NFKC", typed).strip().rstrip("人个名")
    return int(plain) if plain.isdecimal() and len(plain) < 10 else typed


def partial(typed: str) -> str:
    """A day, month or year as people write it, as ISO: 2025年3月, 2025.3, 2025/03/01. Anything else as typed."""
    text = unicodedata.normalize("NFKC", typed).strip()
    numbers = _NUMBERS.findall(text)
    if not numbers or len(numbers) > 3 or len(numbers[0]) != 4 or any(len(n) > 2 for n in numbers[1:]):
        return text
    return "-".join([numbers[0], *(f"{int(n):02d}" for n in numbers[1:])])


def read_place(typed: str, code: str = "") -> tuple[str, list[tuple[str, str]]]:
    """The six digits of a place as chosen, as typed, or the only one that a name can mean; else what it may mean."""
    if code and place_known(code) and (not typed or typed in {place_label(code), code}):
        return code, []
    if not typed or (len(typed) == 6 and typed.isdecimal()):
        return typed, []
    hits = search_places(typed, limit=8)
    exact = [hit for hit in hits if typed in {hit.zh, hit.en}]
    if len(hits) == 1 or len(exact) == 1:
        return (exact or hits)[0].place, []
    return "", [(hit.place, said(hit.zh, hit.en)) for hit in hits]


def place_known(code: str) -> bool:
    """Whether six digits name a place, in force or abolished."""
    try:
        parse_place(code)
    except UnknownPlace:
        return False
    return True


def place_label(code: str) -> str:
    """The full name of a place as the picker shows it."""
    return region_name(parse_place(code), "en" if english() else "zh")


_PATHS = {
    "/applicant/safe_contact/hours": "hours", "/applicant/safe_contact/passphrase": "passphrase",
    "/worked/from": "worked_from", "/worked/to": "worked_to", "/amount_claimed": "amount", "/place": "place_text",
    "/story/text": "story",
}  # fmt: skip


def _field_of(path: str) -> str:
    """The field of the form that a fault of the body belongs to."""
    if path in _PATHS:
        return _PATHS[path]
    parts = path.strip("/").split("/")
    if parts[0] == "respondents" and len(parts) == 3:
        return f"party{int(parts[1]) + 1}_{parts[2]}"
    if parts[0] in {"helper"} and len(parts) > 1:
        return f"helper_{parts[1]}"
    return parts[1] if parts[0] == "applicant" and len(parts) > 1 else parts[0]
