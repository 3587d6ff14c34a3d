"""Forms of quality: a score, an objection, what was done for a caller."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from nuanxin.desk.wording.hotline_quality import LEVELS, POINTS, REMEDIES
from nuanxin.hotline.actions.quality import MOST_OBJECTION, SERIOUS
from nuanxin.hotline.rules import satisfaction
from nuanxin.hotline.rules.quality import MOST_NOTE
from nuanxin.ui.forms import ChoiceField, Form, TickField


def _note(label: Any, most: int = MOST_NOTE, rows: int = 1) -> forms.CharField:
    box: forms.Widget = forms.TextInput(attrs={"class": "input", "autocomplete": "off"})
    if rows > 1:
        box = forms.Textarea(attrs={"class": "input", "rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=box)


class ScoreForm(Form):
    """Every point with its note, and the serious fault."""

    template_name_label = "desk/parts/label.html"
    serious = TickField(label=_("There was a serious fault"), required=False)
    note_serious = _note(_("What the serious fault was"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in POINTS.items():
            missing = {"required": _("Please choose an answer: %(label)s") % {"label": words}}
            self.fields[name] = ChoiceField(label=words, choices=list(LEVELS.items()), error_messages=missing)
            self.fields[f"note_{name}"] = _note(_("Note"))

    def points(self) -> dict[str, int]:
        """Point → 0 to 2."""
        return {name: int(self.cleaned_data[name]) for name in POINTS}

    def notes(self) -> dict[str, str]:
        """Point → its note, where there is one."""
        said = {name: self.cleaned_data[f"note_{name}"] for name in (*POINTS, SERIOUS)}
        return {name: note for name, note in said.items() if note}

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The points in their order, each with its note."""
        for name in POINTS:
            yield self[name], self[f"note_{name}"]


class ObjectionForm(Form):
    """Why a score is wrong."""

    text = forms.CharField(
        label=_("What is wrong with it"),
        max_length=MOST_OBJECTION,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )


class RemedyForm(Form):
    """What was done for a caller who was not satisfied."""

    template_name_label = "desk/parts/label.html"
    code = ChoiceField(label=_("What was done for them"), choices=list(REMEDIES.items()))
    note = _note(_("In a few words"), satisfaction.MOST_NOTE, 2)
