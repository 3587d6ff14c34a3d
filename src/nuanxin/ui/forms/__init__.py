"""Accessible forms: large fields, plain faults, what was typed is kept.

Use ``Form`` (or ``Accessible`` before a ModelForm or a form of another package) and Django's own fields; the
fields here add what Django lacks: money and dates as people write them, photographs, choice cards.
"""

from nuanxin.ui.forms.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    MoneyField,
    MonthField,
    PhoneField,
    PhotosField,
    ResidentIdField,
    TickField,
)
from nuanxin.ui.forms.form import Accessible, Form, Renderer
from nuanxin.ui.forms.widgets import CheckCards, DateParts, MoneyInput, PhotoInput, RadioCards, TickCard

__all__ = [
    "Accessible",
    "CheckCards",
    "ChoiceField",
    "ChoicesField",
    "DateParts",
    "DayField",
    "Form",
    "MoneyField",
    "MoneyInput",
    "MonthField",
    "PhoneField",
    "PhotoInput",
    "PhotosField",
    "RadioCards",
    "Renderer",
    "ResidentIdField",
    "TickCard",
    "TickField",
]
