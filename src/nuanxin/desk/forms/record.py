"""The consultation record as a form: few questions at a time, in the order in which people tell it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nuanxin.desk.forms.counter import partial, place_known, place_label, read_place
from nuanxin.desk.speech import said
from nuanxin.desk.wording.codes import RELATIONS
from nuanxin.desk.wording.record import CONTRACTS, HIRERS, STEPS, TOLD_AS, YES_NO, Step
from nuanxin.hotline.models import Category
from nuanxin.hotline.rules.records import LISTS, TEXTS
from nuanxin.law.topics.claim.evidence import KINDS as EVIDENCE
from nuanxin.ui.forms import ChoiceField, ChoicesField, Form, MoneyField, PhoneField, TickField

# What callers most often have; the case asks for the rest.
HAVE = (
    "contract", "iou", "settlement", "bank_record", "attendance", "payslip", "messages", "photos", "recording",
    "witness", "work_card", "real_name_record", "rights_board", "injury_decision",
)  # fmt: skip
TOLD_MOST = 90  # letters of what stands beside the heading of a closed step; as in record.js
_DAY = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_COUNT = re.compile(r"\d{1,3}(\.\d)?")


@dataclass(frozen=True, slots=True)
class Group:
    """One step of the form with its fields. ``told``: what stands in it already, in few words."""

    step: Step
    fields: Sequence[forms.BoundField]
    told: str
    open: bool


def _text(label: Any, most: str, *, width: str = "", rows: int = 0, **more: Any) -> forms.CharField:
    attrs = {"class": f"input {width}".strip(), "autocomplete": "off", **more.pop("attrs", {})}
    widget = forms.Textarea(attrs={**attrs, "rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=TEXTS[most], widget=widget, **more)


def _one_of(label: Any, words: Mapping[str, Any]) -> forms.ChoiceField:
    choices = [("", "—"), *words.items()]
    return forms.ChoiceField(
        label=label, required=False, choices=choices, widget=forms.Select(attrs={"class": "input"})
    )


class RecordForm(Form):
    """Bound to what was typed, whether it makes sense or not: what cannot be read has its fault and is kept."""

    template_name_label = "desk/parts/label.html"

    category = forms.ChoiceField(
        label=_("What it is about"), required=False, widget=forms.Select(attrs={"class": "input"})
    )
    story = _text(_("What happened, in their words"), "story", rows=3)
    place_text = _text(_("Place of work"), "place_text", help_text=_("County or city"))
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    work = _text(_("What work they do"), "work")
    construction = ChoiceField(label=_("On a building site"), choices=list(YES_NO.items()), required=False)
    hirer = _one_of(_("Who took them on"), HIRERS)
    employer = _text(_("Name of that firm or person"), "employer")
    builder = _text(_("Main builder, as on the board of the site"), "builder")
    relation = _one_of(_("Relation"), RELATIONS)
    started = _text(_("Began to work there"), "started", help_text=_("First day: 2025-03 or 2025-03-15"))
    wage = MoneyField(label=_("Pay a month, yuan"), required=False)
    months = _text(_("How many months unpaid"), "months", attrs={"inputmode": "decimal"})
    amount = MoneyField(label=_("Or owed in all, yuan"), required=False)
    since = _text(_("Unpaid since"), "since", help_text=_("2025-03 or 2025-03-15"))
    until = _text(_("Unpaid until"), "until")
    paid = MoneyField(label=_("Paid for that time, yuan"), required=False, zero=True)
    still = ChoiceField(label=_("Still works there"), choices=list(YES_NO.items()), required=False)
    left = _text(_("Left on"), "left", help_text=_("Last day of the work"))
    asked_on = _text(_("Asked for the money last on"), "asked_on", help_text=_("A whole day: 2025-06-30"))
    contract = _one_of(_("Written contract"), CONTRACTS)
    have = ChoicesField(label=_("What they have"), required=False)
    name = _text(_("Name, if they want to say it"), "name")
    reach = PhoneField(label=_("Another number to reach them"), required=False)
    no_calls = TickField(label=_("Do not ring"), required=False)
    say_nothing = TickField(label=_("Do not say who is calling"), required=False)
    hours = _text(_("Ring only between"), "hours", help_text=_("18:00-21:00"))
    reply = _text(_("What was advised"), "reply", rows=4)

    def __init__(self, *args: Any, today: date, categories: Sequence[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.unread: list[str] = []  # fields in which something stands that cannot be read
        self.place_hits: list[tuple[str, str]] = []
        self.categories = {one.code: one for one in categories}
        words = [(one.code, said(one.zh, one.en)) for one in categories]
        self._choices("category", [("", str(_("Choose"))), *words])
        self._choices("have", [(code, said(EVIDENCE[code].zh, EVIDENCE[code].en)) for code in HAVE])
        for name, words_of_it in TOLD_AS.items():
            self.fields[name].widget.attrs["data-told-as"] = words_of_it
        for name, most in TEXTS.items():
            if isinstance(self.fields[name], MoneyField | PhoneField):
                self.fields[name].widget.attrs |= {"maxlength": most, "autocomplete": "off"}

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def groups(self) -> list[Group]:
        """The steps. The first one without an answer stands open, and every one in which something cannot be read.

        A place is no answer of its own: the exchange may have told it before anybody was asked what happened.
        """
        told = [self._told(step) for step in STEPS]
        first = next((n for n, step in enumerate(STEPS) if not self._answered(step)), -1)
        faulty = [any(name in self.errors for name in step.fields) for step in STEPS]
        return [
            Group(step, [self[name] for name in step.fields], told[n], faulty[n] or n == first)
            for n, step in enumerate(STEPS)
        ]

    def _answered(self, step: Step) -> bool:
        return any(self.data.get(name) for name in step.fields if name != "place_text")

    def _told(self, step: Step) -> str:
        """What stands in a step, in the words of the page, cut to a line."""
        words: list[str] = []
        for name in step.fields:
            typed = self.data.get(name)
            if not typed or name == "place":
                continue
            choices = dict(getattr(self.fields[name], "choices", ()))
            chosen = self.data.get(name) if isinstance(typed, list) else [typed]
            if isinstance(self.fields[name], TickField):
                words.append(str(self.fields[name].label))
            else:
                told_as = str(TOLD_AS.get(name, "%s"))
                words += [told_as.replace("%s", str(choices.get(one, one))) for one in chosen or ()]
        line = " · ".join(words)
        return line if len(line) <= TOLD_MOST else f"{line[: TOLD_MOST - 1]}…"

    # reading

    def clean(self) -> dict[str, Any]:
        """Read days, counts and the place; a fault stays at its field and stops nothing."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("started", "since", "until", "left", "asked_on"):
            cleaned[name] = self._day(name, str(cleaned.get(name) or ""))
        months = unicodedata.normalize("NFKC", str(cleaned.get("months") or "")).strip().rstrip("个月")
        if months and not _COUNT.fullmatch(months):
            self.add_error("months", _("Write the number in figures, such as 3 or 2.5"))
            months = ""
        cleaned["months"] = months
        typed = str(cleaned.get("place_text") or "").strip()
        code, self.place_hits = (
            read_place(typed, str(cleaned.get("place") or "").strip()) if typed else ("", [])
        )
        cleaned["place"] = code if code and place_known(code) else ""
        if typed and not cleaned["place"]:
            sentence = (
                _("Several places have this name; choose one.")
                if self.place_hits
                else _("There is no such place. Try the county or the city.")
            )
            self.add_error("place_text", sentence)
        self.unread = [name for name in self.errors if name in self.fields]
        return cleaned

    def _day(self, name: str, typed: str) -> str:
        """A day, month or year as ISO; empty and at fault for anything else."""
        found = partial(typed) if typed else ""
        if not found or (_DAY.fullmatch(found) and _exists(found)):
            return found
        self.add_error(name, _("Write the day in figures, such as 2025-03 or 2025-03-15"))
        return ""

    @property
    def item(self) -> str:
        """What an application by the category that stands here would claim; empty where that is open."""
        chosen = self.categories.get(str(self.data.get("category") or ""))
        return chosen.item if chosen is not None else ""

    def owed(self) -> Decimal | None:
        """What they say is owed: the sum, else months × pay, to the fen; None where neither was told."""
        told = self.cleaned_data
        amount: Decimal | None = told.get("amount")
        wage: Decimal | None = told.get("wage")
        months = told.get("months")
        if amount is not None or wage is None or not months:
            return amount
        return (wage * Decimal(months)).quantize(Decimal("0.01"))


def _exists(day: str) -> bool:
    parts = [int(part) for part in day.split("-")]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return True


def typed_of(post: QueryDict) -> dict[str, Any]:
    """What stands in the fields of a form that was sent, as typed."""
    return {name: post.get(name, "") for name in TEXTS} | {name: post.getlist(name) for name in LISTS}


def known_place(code: str) -> dict[str, str]:
    """The fields of a place whose six digits are known."""
    return {"place": code, "place_text": place_label(code)} if code else {}
