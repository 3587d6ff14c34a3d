"""The worked examples: questions kept in a file, answers computed by the engine when they are asked for."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nuanxin.law.basis import Basis, Mark
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.engine import ask
from nuanxin.law.topic import Body

FILE = Path(__file__).parent / "examples.toml"


class MissingExample(LookupError):
    """A topic that nobody has written a worked example for."""


@dataclass(frozen=True, slots=True)
class Example:
    """A story and its question, as anybody may put it to the engine. ``as_of`` is fixed where a topic has it."""

    topic: str
    story: Bilingual
    question: str

    def answer(self) -> Body:
        """The engine's answer; raises ``BadQuestion`` when the example no longer fits its topic."""
        return ask(self.topic, json.loads(self.question))


@dataclass(frozen=True, slots=True)
class Shown:
    """A topic as the pages introduce it. ``title``: what people call it."""

    title: Bilingual
    examples: tuple[Example, ...]


@cache
def _all() -> dict[str, Shown]:
    return {
        topic: Shown(
            Bilingual(body["zh"], body["en"]),
            tuple(
                Example(topic, Bilingual(one["zh"], one["en"]), one["question"].strip())
                for one in body["example"]
            ),
        )
        for topic, body in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
    }


def shown(topic: str) -> Shown:
    """Title and worked examples of a topic; raises :class:`MissingExample` where nobody has written any."""
    found = _all().get(topic)
    if found is None or not found.examples:
        raise MissingExample(
            f"topic {topic} has no worked example: add [{topic}] with zh, en and [[{topic}.example]] "
            f"to src/nuanxin/config/law_pages/{FILE.name}, then run make docs"
        )
    return found


def topics_with_examples() -> frozenset[str]:
    """The topics that the file speaks of, whether or not the engine still has them."""
    return frozenset(_all())


def cited_in(answer: Any) -> Iterator[Basis]:
    """Every citation anywhere in an answer."""
    if isinstance(answer, dict):
        if answer.keys() >= {"instrument", "article", "checked", "mark"}:
            day = date.fromisoformat(answer["checked"])
            yield Basis(answer["instrument"], answer["article"], day, Mark(answer["mark"]))
            return
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from cited_in(part)


def readings_in(answer: Any) -> Iterator[list[dict[str, Any]]]:
    """Every set of readings anywhere in an answer, those of one question together."""
    if isinstance(answer, dict):
        if answer.get("readings"):
            yield answer["readings"]
        answer = [part for key, part in answer.items() if key != "readings"]
    if isinstance(answer, list):
        for part in answer:
            yield from readings_in(part)
