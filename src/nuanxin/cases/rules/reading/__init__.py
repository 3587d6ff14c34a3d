"""Reading one value out of JSON: its check, its fault, its clean form. Used by ``intake`` and ``roster``."""

from nuanxin.cases.rules.reading.faults import Faults, part, rows
from nuanxin.cases.rules.reading.values import (
    choice,
    choices,
    codes,
    day,
    flag,
    hours,
    money,
    partial_day,
    turned,
    whole,
)
from nuanxin.cases.rules.reading.words import (
    CODE,
    LANGUAGE,
    bank_card,
    firm,
    language,
    name,
    phone,
    resident_id,
    text,
    uscc,
)

__all__ = [
    "CODE", "LANGUAGE", "Faults", "bank_card", "choice", "choices", "codes", "day", "firm", "flag", "hours", "language",
    "money", "name", "part", "partial_day", "phone", "resident_id", "rows", "text", "turned", "uscc", "whole",
]  # fmt: skip
