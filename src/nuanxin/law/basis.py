"""What an answer rests on: instrument, article, the day it was checked, and how sure we are.

``citations.toml`` holds every article that the engine may cite. Citing another one raises at import, so no
rule can name an article that nobody checked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "citations.toml"


class Mark(StrEnum):
    """V: verified against a text. M: from memory, to be checked. I: our inference or drafting advice."""

    VERIFIED = "V"
    MEMORY = "M"
    INFERENCE = "I"


@dataclass(frozen=True, slots=True)
class Basis:
    """One cited provision. ``article`` is the number, with paragraph and item in brackets: ``27(4)``."""

    instrument: str
    article: str
    checked: date
    mark: Mark
    _json: dict[str, str] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Written and hashed once: an answer cites dozens, and the same ones again and again."""
        told = {
            "instrument": self.instrument,
            "article": self.article,
            "checked": self.checked.isoformat(),
            "mark": self.mark.value,
        }
        object.__setattr__(self, "_json", told)
        object.__setattr__(self, "_hash", hash((self.instrument, self.article, self.checked, self.mark)))

    def __hash__(self) -> int:
        return self._hash

    def as_json(self) -> dict[str, str]:
        """The citation as answers carry it; answers share it, so nobody may change it."""
        return self._json


@dataclass(frozen=True, slots=True)
class Provision:
    """An article in ``citations.toml``: its citation, what it says in our words, and the instrument's title.

    ``en``: what the instrument is called in an English sentence.
    """

    basis: Basis
    gloss: str
    title: str
    source: str
    en: str


@cache
def provisions() -> dict[tuple[str, str], Provision]:
    """Every article that may be cited, by instrument and article."""
    found = {}
    for name, body in tomllib.loads(_FILE.read_text(encoding="utf-8")).items():
        for article, entry in body["articles"].items():
            found[name, article] = _provision(name, article, body, entry)
    return found


def _provision(name: str, article: str, body: dict[str, Any], entry: str | dict[str, Any]) -> Provision:
    detail = {"gloss": entry} if isinstance(entry, str) else entry
    basis = Basis(
        instrument=name,
        article=article,
        checked=detail.get("checked", body["checked"]),
        mark=Mark(detail.get("mark", body["mark"])),
    )
    return Provision(basis, detail["gloss"], body["title"], body["source"], body["en"])


def cite(instrument: str, article: str) -> Basis:
    """The citation of a checked article; :class:`KeyError` for one that is not in ``citations.toml``."""
    return provisions()[instrument, article].basis


@cache
def in_english(instrument: str) -> str:
    """What an instrument is called in an English sentence; :class:`KeyError` for one that is not cited here."""
    return {key[0]: found.en for key, found in provisions().items()}[instrument]


def as_json(found: Sequence[Basis]) -> list[dict[str, str]]:
    """Citations as answers carry them, each once, in order."""
    return [one.as_json() for one in dict.fromkeys(found)]
