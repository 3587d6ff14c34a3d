"""What a consultation record holds: the fields in the order of talking, each optional until the record is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

# field → most characters of what is typed. Nothing is refused for its sense: half a sentence is kept as half a sentence.
TEXTS: Final[Mapping[str, int]] = {
    "story": 4000, "place_text": 60,
    "work": 60, "construction": 10, "hirer": 20, "employer": 80, "builder": 80, "relation": 20, "started": 20,
    "amount": 20, "wage": 20, "months": 10, "since": 20, "until": 20, "paid": 20, "still": 10, "left": 20,
    "asked_on": 20, "contract": 10,
    "name": 60, "reach": 32, "no_calls": 10, "say_nothing": 10, "hours": 20,
    "reply": 4000,
}  # fmt: skip
LISTS: Final[frozenset[str]] = frozenset({"have"})
MOST_CHOSEN = 40
# What a closed record of a consultation has to say; time and telephone come with the call (DB32/T 3837-2020).
CLOSING = ("category", "reply")

Document = Mapping[str, Any]


class TooLong(Exception):
    """More was typed into a field than it takes; ``field`` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def told(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without what is empty and what no field takes. Raises TooLong."""
    found: dict[str, Any] = {}
    for field, most in TEXTS.items():
        text = str(typed.get(field) or "")
        if len(text) > most:
            raise TooLong(field)
        if text.strip():
            found[field] = text
    for field in LISTS:
        chosen = _chosen(field, typed.get(field) or ())
        if chosen:
            found[field] = chosen
    return found


def _chosen(field: str, values: Iterable[Any]) -> list[str]:
    chosen = sorted({str(value) for value in values})
    if len(chosen) > MOST_CHOSEN or any(len(value) > MOST_CHOSEN for value in chosen):
        raise TooLong(field)
    return chosen


def changed(before: Document, after: Document) -> list[str]:
    """The names of the fields that are not what they were; never what stands in them."""
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def missing(category: str, document: Document) -> list[str]:
    """What a record still lacks to be closed."""
    said = {"category": category, "reply": document.get("reply", "")}
    return [field for field in CLOSING if not str(said[field]).strip()]
