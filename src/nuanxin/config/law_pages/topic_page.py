"""The page of one topic: purpose, question, what it rests on, worked examples, divided readings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from nuanxin.config.law_pages.examples import FILE, Example, cited_in, readings_in, shown
from nuanxin.config.law_pages.markdown import counted, head, said, table
from nuanxin.config.law_pages.shapes import keys_of
from nuanxin.law.basis import Provision, provisions
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.parameters import Row, found_basis, load
from nuanxin.law.topic import Topic

# told in a form of their own, or in that of the reading they stand in
_TOLD_APART = frozenset({"basis", "explanation", "steps", "readings"})
_LONG = 80  # lines


def page(topic: Topic) -> str:
    """The whole page."""
    known = shown(topic.name)
    answers = [(one, one.answer()) for one in known.examples]
    parts = [
        head(
            f"law/topics/{topic.name} and config/law_pages/{FILE.name}", f"`{topic.name}` · {known.title.zh}"
        ),
        f"{known.title.en}. Ask it with `nuanxin law {topic.name}` or `POST /api/v1/law/{topic.name}`.\n\n",
        f"{purpose(topic)}\n\n## Question\n\n",
        table(
            ("Key", "Needed", "Value"),
            ((f"`{key.path}`", "yes" if key.needed else "", key.told) for key in keys_of(topic.shape)),
        ),
        "## Rests on\n\n",
        table(
            ("Instrument", "Article", "Says, in our words", "Mark", "Checked", "Source"),
            (_provision_row(one) for one in provisions_of(topic)),
        ),
        _dated(topic),
    ]
    for number, (example, answer) in enumerate(answers, start=1):
        parts.append(f"## Example {number}\n\n" + "".join(_example(example, answer)))
    parts.append(_divided(topic))
    return "".join(parts).rstrip() + "\n"


def purpose(topic: Topic) -> str:
    """What the topic's module says of itself."""
    return said(import_module(f"nuanxin.law.topics.{topic.name}").__doc__)


def provisions_of(topic: Topic) -> list[Provision]:
    """Every provision that the topic may rest on, each once."""
    known = provisions()
    return [known[one.instrument, one.article] for one in dict.fromkeys(topic.basis)]


def tables_of(topic: Topic) -> dict[str, list[Row]]:
    """The dated tables that the topic's examples take values from, with all their rows."""
    cited = {one for example in shown(topic.name).examples for one in cited_in(example.answer())}
    found: dict[str, list[Row]] = {}
    for rows in load().values():
        for row in rows:
            found.setdefault(row.table, []).append(row)
    return {name: rows for name, rows in found.items() if cited & {found_basis(row) for row in rows}}


class Reading(NamedTuple):
    """One way of reading the law: what it says that the ways beside it do not, and what it rests on."""

    words: Bilingual
    basis: list[dict[str, str]]


def readings_of(topic: Topic) -> dict[str, Reading]:
    """The divided readings that the topic's examples return, by id."""
    found: dict[str, Reading] = {}
    for example in shown(topic.name).examples:
        for together in readings_in(example.answer()):
            for one in together:
                words = Bilingual(
                    _of_its_own(one, together, "zh", "。"), _of_its_own(one, together, "en", ". ")
                )
                found.setdefault(one["id"], Reading(words, one.get("basis", [])))
    return found


def _of_its_own(one: dict[str, Any], together: list[dict[str, Any]], language: str, ends: str) -> str:
    """The first sentence of a reading that does not stand in every other; its figures stand with the example."""

    def sentences(reading: dict[str, Any]) -> list[str]:
        told = reading.get("explanation", {}).get(language, "")
        return [part + ends.strip() for part in told.removesuffix(ends.strip()).split(ends)]

    others = [sentences(reading) for reading in together if reading is not one]
    own = [part for part in sentences(one) if not all(part in other for other in others)]
    return own[0] if own else sentences(one)[0]


def _provision_row(found: Provision) -> tuple[object, ...]:
    basis = found.basis
    return (basis.instrument, basis.article, found.gloss, basis.mark, basis.checked, found.source)


def _dated(topic: Topic) -> str:
    tables = tables_of(topic)
    if not tables:
        return ""
    lines = [
        f"- [{name}](../parameters.md#{name}): {counted(row.mark for row in rows)}, each row with place, value, first and "
        "last day, source\n"
        for name, rows in sorted(tables.items())
    ]
    return "Dated values:\n\n" + "".join(lines) + "\n"


def _example(example: Example, answer: dict[str, Any]) -> Iterator[str]:
    yield f"{example.story.zh}\n\n{example.story.en}\n\n```json\n{example.question}\n```\n\nAnswer:\n\n"
    yield _folded(f"```json\n{_as_text(_figures(answer))}\n```\n\n")
    yield from _steps(answer)
    yield from _words(answer)
    for one in answer.get("readings", ()):
        yield f"**`{one['id']}`** {_as_text(_figures(one), indent=None)}\n\n"
        yield from _steps(one)
        yield from _words(one)


def _folded(text: str) -> str:
    """A long text behind a line to press on."""
    if text.count("\n") <= _LONG:
        return text
    return f"<details><summary>The whole answer</summary>\n\n{text}</details>\n\n"


def _figures(answer: dict[str, Any]) -> dict[str, Any]:
    """What an answer says without its words; readings are told one by one after it."""
    return {key: _plain(value) for key, value in answer.items() if key not in _TOLD_APART | {"id"}}


def _plain(part: Any) -> Any:
    """A part of an answer without the citations inside."""
    if isinstance(part, dict):
        return {key: _plain(value) for key, value in part.items() if key not in ("basis", "steps")}
    return [_plain(one) for one in part] if isinstance(part, list) else part


def _as_text(figures: dict[str, Any], indent: int | None = 2) -> str:
    text = json.dumps(figures, ensure_ascii=False, indent=indent)
    return text if indent else f"`{text}`"


def _steps(answer: dict[str, Any]) -> Iterator[str]:
    steps = answer.get("steps", ())
    if steps:
        rows = ((f"{one['label']['zh']} {one['label']['en']}", one["formula"], one["value"]) for one in steps)
        yield table(("Step", "Formula", "Value"), rows)


def _words(answer: dict[str, Any]) -> Iterator[str]:
    words = answer.get("explanation")
    if words is not None:
        yield f"> {words['zh']}\n>\n> {words['en']}\n\n"
    cited = answer.get("basis", ())
    if cited:
        yield "Rests on: " + "; ".join(map(_cited, cited)) + "\n\n"


def _cited(one: dict[str, str]) -> str:
    return f"{one['instrument']} {one['article']} ({one['mark']})"


def _divided(topic: Topic) -> str:
    found = readings_of(topic)
    if not found:
        return "## Divided readings\n\nNone: the answer is always a single one.\n"
    rows = [
        (f"`{id_}`", one.words.zh, one.words.en, "; ".join(map(_cited, one.basis)))
        for id_, one in found.items()
    ]
    return (
        "## Divided readings\n\nWhere practice is divided the answer carries each of these, as in the examples above, and no "
        "single figure.\n\n" + table(("Reading", "中文", "English", "Rests on"), rows)
    )
