"""Widgets. All are real inputs with large targets; none needs a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text


class _Cards:
    """A small note under a choice: ``notes={"contractor": "…"}``."""

    notes: Mapping[str, Text]

    def __init__(self, *args: Any, notes: Mapping[str, Text] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = notes or {}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option with its note."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)  # type: ignore[misc]
        option["note"] = self.notes.get(str(option["value"]), "")
        return option


class RadioCards(_Cards, forms.RadioSelect):
    """One of several answers, each a card."""

    template_name = "ui/forms/options.html"
    first_part_suffix = "_0"


class CheckCards(_Cards, forms.CheckboxSelectMultiple):
    """Any of several answers, each a card."""

    template_name = "ui/forms/options.html"
    first_part_suffix = "_0"


class TickCard(forms.CheckboxInput):
    """A single statement to agree to; the field's label stands beside the box."""

    template_name = "django/forms/widgets/checkbox.html"
    draws_own_label = True


class MoneyInput(forms.TextInput):
    """An amount with its unit beside it; digits keyboard on a phone."""

    template_name = "ui/forms/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "input", **(attrs or {})})


class PhotoInput(forms.FileInput):
    """Photographs or papers, several at once; the phone offers camera and album."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/*,application/pdf", "multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Every file sent under the name."""
        if isinstance(files, MultiValueDict):
            return files.getlist(name)
        one = files.get(name)
        return [] if one is None else [one]


class DateParts(forms.Widget):
    """Year, month and (for a whole date) day in their own boxes: no calendar to find one's way in."""

    template_name = "ui/forms/dateparts.html"
    use_fieldset = True
    first_part_suffix = "_year"
    labels: ClassVar[dict[str, Text]] = {"year": _("Year"), "month": _("Month"), "day": _("Day")}

    def __init__(self, attrs: dict[str, Any] | None = None, *, with_day: bool = True) -> None:
        super().__init__(attrs)
        self.parts = ("year", "month", "day") if with_day else ("year", "month")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str] | None:
        """What was typed in each box; None when all are empty."""
        typed = {part: str(data.get(f"{name}_{part}", "")).strip() for part in self.parts}
        return typed if any(typed.values()) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when none of the boxes was on the page."""
        return all(f"{name}_{part}" not in data for part in self.parts)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes with what was typed or the parts of a date."""
        context = super().get_context(name, value, attrs)
        shown = value if isinstance(value, Mapping) else {p: getattr(value, p, "") for p in self.parts}
        own = context["widget"]["attrs"]
        context["widget"]["faulty"] = own.get("aria-invalid") == "true"
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{own.get('id', 'id_' + name)}_{part}",
                "label": self.labels[part],
                "value": shown.get(part, ""),
                "size": 4 if part == "year" else 2,
            }
            for part in self.parts
        ]
        return context

    def id_for_label(self, id_: str) -> str:
        """The fieldset's legend names no single box."""
        return ""
