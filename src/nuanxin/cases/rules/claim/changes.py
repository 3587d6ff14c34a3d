"""What changed between two states of the facts, and how it goes into the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nuanxin.cases.rules.claim.facts import FACTS, Document, Fact

Change = tuple[str, Any, Any]  # key, old, new; None for a fact that was not told


def changes(old: Document, new: Document) -> list[Change]:
    """Every fact that is not what it was, in the order of the table."""
    return [(key, old.get(key), new.get(key)) for key in FACTS if old.get(key) != new.get(key)]


def coded(changed: Sequence[Change]) -> list[list[Any]]:
    """The new values as an event carries them: money in fen, numbers as text, nothing that could be a name."""
    return [[key, _code(FACTS[key], new)] for key, _old, new in changed]


def _code(fact: Fact, value: Any) -> Any:
    if value is None:
        return None
    if fact.kind == "money":
        return int(value.replace(".", ""))
    if fact.kind == "sums":
        return [int(one.replace(".", "")) for one in value]
    if fact.kind == "number":
        return str(value)
    if fact.parts:
        return [{key: _code(fact.parts[key], one) for key, one in row.items()} for row in value]
    return value


def decoded(told: Sequence[Sequence[Any]], onto: Document) -> dict[str, Any]:
    """The facts after an event: the inverse of ``coded``, laid over what was known before."""
    found = {**onto, **{key: _value(FACTS[key], value) for key, value in told}}
    return {key: found[key] for key in FACTS if found.get(key) is not None}


def _value(fact: Fact, value: Any) -> Any:
    if value is None:
        return None
    if fact.kind == "money":
        return _yuan(value)
    if fact.kind == "sums":
        return [_yuan(one) for one in value]
    if fact.kind == "number":
        return float(value) if "." in value else int(value)
    if fact.parts:
        return [{key: _value(fact.parts[key], one) for key, one in row.items()} for row in value]
    return value


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
