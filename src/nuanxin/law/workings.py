"""How an answer shows its sum: the steps of a calculation, and readings where practice is divided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nuanxin.law.basis import Basis, as_json
from nuanxin.law.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a calculation. ``value``: money as text, a count as a number; only the last line is rounded."""

    label: Bilingual
    formula: str
    value: str | int | float

    def as_json(self) -> dict[str, Any]:
        """The step as answers carry it."""
        return {"label": self.label.as_json(), "formula": self.formula, "value": self.value}


def number(count: Fraction) -> int | float:
    """A count of hours, days or months as a JSON number, whole where it is whole."""
    return count.numerator if count.denominator == 1 else float(count)


def steps_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """All steps of a calculation, in order."""
    return [step.as_json() for step in steps]


def reading(
    id_: str,
    body: Mapping[str, Any],
    basis: Sequence[Basis],
    explanation: Bilingual,
    steps: Sequence[Step] = (),
) -> dict[str, Any]:
    """One of at least two ways in which practice reads the law, with its own result."""
    found: dict[str, Any] = {
        "id": id_,
        **body,
        "basis": as_json(basis),
        "explanation": explanation.as_json(),
    }
    if steps:
        found["steps"] = steps_json(steps)
    return found


def readable(formula: str) -> str:
    """The formula for people; nothing where it names a function, which the sentence beside it says in words."""
    return "" if any(character.isalpha() for character in formula) else formula
