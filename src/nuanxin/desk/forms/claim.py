"""The facts of a claim as one form: built from the table of facts, checked by the law, each fault at its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nuanxin.cases.actions.claim import Party
from nuanxin.cases.models import Respondent
from nuanxin.cases.rules.claim import FACTS, Document, Fact, place_of
from nuanxin.cases.rules.claim.facts import EVENTS, OBSTACLES, PARTIES
from nuanxin.desk.claim import fault_words, field_name
from nuanxin.desk.forms.counter import partial
from nuanxin.desk.forms.moves import MoveForm
from nuanxin.desk.speech import said
from nuanxin.desk.wording import claim as words
from nuanxin.law.topics.claim.evidence import KINDS as EVIDENCE
from nuanxin.ui.forms import ChoicesField, MoneyField

WIDE = 24  # letters; a choice longer than that gets two columns
BLANK_ROWS = {EVENTS: 3, OBSTACLES: 1, PARTIES: 2}
_PARTY_PARTS = (
    "role", "kind", "engaged_by", "unpaid_to_next", "paid_in_full", "caused_arrears", "recontracted",
)  # fmt: skip
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?")


def _select(label: Any, choices: Mapping[str, Any], hint: Any = "") -> forms.ChoiceField:
    offered = [("", "—"), *choices.items()]
    longest = max((len(str(text)) for text in choices.values()), default=0)
    widget = forms.Select(attrs={"class": "input wide" if longest > WIDE else "input"})
    return forms.ChoiceField(label=label, required=False, choices=offered, widget=widget, help_text=hint)


def _text(label: Any, hint: Any = "", *, mode: str = "", most: int = 200) -> forms.CharField:
    attrs = {"class": "input", "autocomplete": "off", **({"inputmode": mode} if mode else {})}
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=hint)


def _field(fact: Fact, name: str, label: Any, hint: Any = "") -> forms.Field:
    """The field for one fact, or for a part of a row; ``name`` finds the words of its codes."""
    if fact.kind == "choice":
        table = words.CHOICES[name]
        return _select(label, {code: table[code] for code in table if code in fact.choices}, hint)
    if fact.kind == "flag":
        return _select(label, words.YES_NO, hint)
    return _text(label, hint, mode="decimal" if fact.kind in {"money", "number"} else "")


def _shown(fact: Fact, value: Any) -> Any:
    """A stored value as it stands in its field."""
    if fact.kind == "flag":
        return "" if value is None else "yes" if value else "no"
    if fact.kind == "sums":
        return "; ".join(value or ())
    return "" if value is None else value


class FactsForm(MoveForm):
    """Facts in sections, and rows of events, obstacles and parties. ``document`` and ``parties`` are what is known.

    Only figures are read here; whether days and sums can be true the law says (``put``), so that no rule stands in
    two places.
    """

    template_name_label = "desk/parts/label.html"
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    evidence = ChoicesField(
        label=words.FACTS["evidence"], choices=[(kind, kind) for kind in EVIDENCE], required=False
    )

    def __init__(
        self, *args: Any, document: Document, parties: Sequence[Respondent], number: int, **kwargs: Any
    ) -> None:
        self.document, self.known = document, {one.seq: one for one in parties}
        super().__init__(*args, **kwargs)
        self.initial["seen"] = number
        evidence = self.fields["evidence"]
        assert isinstance(evidence, forms.ChoiceField)
        evidence.choices = [(kind, said(both.zh, both.en)) for kind, both in EVIDENCE.items()]
        self.initial["evidence"] = document.get("evidence", [])
        for section in words.SECTIONS:
            for key in section.keys:
                self._add(field_name(key), FACTS[key], key, document.get(key))
        for key in (EVENTS, OBSTACLES):
            self._add_rows(key)
        self._add_parties()

    # what the form consists of

    def _add(self, name: str, fact: Fact, words_of: str, value: Any) -> None:
        label = words.FACTS.get(words_of) or words.PARTS[words_of]
        self.fields[name] = _field(fact, words_of, label, words.HINTS.get(words_of, ""))
        self.initial[name] = _shown(fact, value)

    def _row_count(self, key: str, known: int) -> int:
        """As many rows as were sent, or those that are known and a few more."""
        if not self.is_bound:
            return known + BLANK_ROWS[key]
        sent = re.compile(re.escape(self.add_prefix(field_name(key))) + r"-(\d{1,3})-")
        numbers = [int(found[1]) for found in map(sent.match, self.data) if found]
        return min(max(numbers, default=-1) + 1, known + 50)

    def _add_rows(self, key: str) -> None:
        rows, parts = self.document.get(key, []), FACTS[key].parts or {}
        for n in range(self._row_count(key, len(rows))):
            row = rows[n] if n < len(rows) else {}
            for part, fact in parts.items():
                self._add(field_name(key, n, part), fact, f"{key}/{part}", row.get(part))

    def _add_parties(self) -> None:
        told = {int(row["id"]): row for row in self.document.get(PARTIES, ())}
        last = max(self.known, default=0)
        self.seqs = [*sorted(self.known)]
        self.seqs += range(
            last + 1, last + 1 + max(self._row_count(PARTIES, len(self.known)) - len(self.seqs), 0)
        )
        numbers = {str(seq): str(seq) for seq in self.seqs}
        for n, seq in enumerate(self.seqs):
            row = self.known.get(seq)
            law = told.get(seq, {})
            name = field_name(PARTIES, n, "name")
            self.fields[name] = _text(_("Name of firm or person"))
            self.initial[name] = row.name if row else ""
            stored = {"role": row.role, "kind": row.kind, "engaged_by": row.engaged_by} if row else {}
            for part in _PARTY_PARTS:
                fact, key = (FACTS[PARTIES].parts or {})[part], field_name(PARTIES, n, part)
                if part == "engaged_by":
                    self.fields[key] = _select(words.PARTS[f"{PARTIES}/{part}"], numbers)
                    self.initial[key] = str(stored.get(part) or law.get(part) or "")
                else:
                    self._add(key, fact, f"{PARTIES}/{part}", law.get(part, stored.get(part)))

    # as the page draws it

    def sections(self) -> list[tuple[words.Section, list[forms.BoundField]]]:
        """Sections with their fields."""
        return [(one, [self[field_name(key)] for key in one.keys]) for one in words.SECTIONS]

    def rows(self, key: str) -> list[list[forms.BoundField]]:
        """The rows of events or obstacles."""
        parts, found, n = FACTS[key].parts or {}, [], 0
        while field_name(key, n, next(iter(parts))) in self.fields:
            found.append([self[field_name(key, n, part)] for part in parts])
            n += 1
        return found

    def events(self) -> list[list[forms.BoundField]]:
        """Demands, complaints and promises."""
        return self.rows(EVENTS)

    def obstacles(self) -> list[list[forms.BoundField]]:
        """Times in which the worker could not claim."""
        return self.rows(OBSTACLES)

    def parties(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Each party with its number."""
        names = ("name", *_PARTY_PARTS)
        return [
            (seq, [self[field_name(PARTIES, n, part)] for part in names]) for n, seq in enumerate(self.seqs)
        ]

    # reading

    def clean(self) -> dict[str, Any]:
        """Read every field; a figure that is none is a fault here, a day that cannot be one of the law's."""
        cleaned = super().clean() or self.cleaned_data
        self._places: dict[str, list[int]] = {}
        for section in words.SECTIONS:
            for key in section.keys:
                cleaned[field_name(key)] = self._read(FACTS[key], field_name(key))
        return cleaned

    def _read(self, fact: Fact, name: str) -> Any:
        """The value of one field as the law takes it; None where it is empty or at fault."""
        typed = self.cleaned_data.get(name)
        if typed in (None, ""):
            return None
        text = unicodedata.normalize("NFKC", str(typed)).strip()
        if fact.kind == "flag":
            return typed == "yes"
        if fact.kind in {"day", "month"}:
            return partial(text)
        try:
            if fact.kind == "money":
                return _money(text)
            if fact.kind == "sums":
                return [_money(one) for one in re.split(r"[;；\n]", text) if one.strip()]
            return _number(text) if fact.kind == "number" else typed
        except ValidationError as fault:
            self.add_error(name, fault)
            return None

    def facts(self) -> dict[str, Any]:
        """The document as typed, without parties; call it on a form that is valid."""
        found: dict[str, Any] = {
            key: self.cleaned_data[field_name(key)] for section in words.SECTIONS for key in section.keys
        }
        found["evidence"] = self.cleaned_data.get("evidence") or []
        for key in (EVENTS, OBSTACLES):
            found[key] = self._rows_told(key)
        return found

    def _rows_told(self, key: str) -> list[dict[str, Any]]:
        """Rows in which anything was filled in; where each stood is kept for the faults."""
        parts, told, self._places[key] = FACTS[key].parts or {}, [], []
        for n, _fields in enumerate(self.rows(key)):
            row = {part: self._read(fact, field_name(key, n, part)) for part, fact in parts.items()}
            if any(value is not None for value in row.values()):
                told.append({part: value for part, value in row.items() if value is not None})
                self._places[key].append(n)
        return told

    def parties_told(self) -> list[Party]:
        """The parties in whose row anything was changed or written."""
        found = []
        self._places[PARTIES] = []
        for n, seq in enumerate(self.seqs):
            names = [field_name(PARTIES, n, part) for part in ("name", *_PARTY_PARTS)]
            party = self._party(n, seq)
            if party.role and party.kind:
                self._places[PARTIES].append(n)
            if any(name in self.changed_data for name in names):
                found.append(party)
        return found

    def _party(self, n: int, seq: int) -> Party:
        parts = FACTS[PARTIES].parts or {}
        read = {part: self._read(parts[part], field_name(PARTIES, n, part)) for part in _PARTY_PARTS}
        law = {
            part: value for part, value in read.items() if part not in {"role", "kind"} and value is not None
        }
        name = str(self.cleaned_data.get(field_name(PARTIES, n, "name")) or "").strip()
        return Party(seq, name, read["role"] or "", read["kind"] or "", law)

    def put(self, faults: Sequence[Mapping[str, str]]) -> None:
        """What the law finds wrong, each at its field; what belongs to none stands on top."""
        for fault in faults:
            place = place_of(fault["path"])
            row = place.row if place else None
            if place and row is not None and place.key in getattr(self, "_places", {}):
                rows = self._places[place.key]
                row = rows[row] if row < len(rows) else None
            name = field_name(place.key, row, place.part) if place else ""
            if name not in self.fields and place and row is not None:
                name = field_name(place.key, row, next(iter(FACTS[place.key].parts or ()), ""))
            self.add_error(name if name in self.fields else None, str(fault_words(fault)))


def _money(text: str) -> str:
    """Yuan as the law takes it. Raises ValidationError with what to do."""
    amount = MoneyField(required=False, zero=True).clean(text)
    return f"{amount:.2f}"


def _number(text: str) -> int | float:
    """A count or hours. Raises ValidationError with what to do."""
    plain = text.rstrip("天小时件个月年级").strip()
    if not _NUMBER.fullmatch(plain):
        raise ValidationError(_("Write the number in figures, such as 20 or 7.5"))
    return float(plain) if "." in plain else int(plain)
