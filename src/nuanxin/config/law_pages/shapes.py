"""The keys of a question in words, read off the checks that the engine itself runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from inspect import getclosurevars
from typing import Any, NamedTuple

from nuanxin.config.law_pages.markdown import said
from nuanxin.law.question import Check, Shape
from nuanxin.law.topics import TOPICS


class Key(NamedTuple):
    """One key of a question. ``path``: its pointer, ``[]`` for any entry of a list."""

    path: str
    needed: bool
    told: str


def keys_of(shape: Shape, path: str = "") -> Iterator[Key]:
    """Every key of a question, those inside others after them."""
    for name, check in shape.checks.items():
        where = f"{path}/{name}"
        yield Key(where, name in shape.needed, told(check))
        yield from _inside(check, where)


def _inside(check: Check, path: str) -> Iterator[Key]:
    if isinstance(check, Shape):
        if _topic_of(check) is None:
            yield from keys_of(check, path)
    elif _made_by(check) == "listing":
        yield from _inside(getclosurevars(check).nonlocals["check_one"], f"{path}/[]")


def told(check: Check) -> str:
    """What a value has to be; ``LookupError`` for a check that tells nothing of itself."""
    if isinstance(check, Shape):
        topic = _topic_of(check)
        return "an object" if topic is None else f"an object, as [{topic}]({topic}.md) asks, its facts shared"
    words = _BY_MAKER.get(_made_by(check))
    if words is not None:
        return words(getclosurevars(check).nonlocals)
    if check.__doc__ is None:
        raise LookupError(f"{check.__qualname__} needs a docstring: it says what a value has to be")
    first = said(check.__doc__).splitlines()[0]
    return first.partition("; read as ")[0].rstrip(".")


def _made_by(check: Check) -> str:
    """The function that put a check together: ``choice`` for what ``choice(…)`` returned."""
    return check.__qualname__.partition(".")[0]


def _topic_of(shape: Shape) -> str | None:
    return next((name for name, topic in TOPICS.items() if topic.shape is shape), None)


def _listing(made_with: Mapping[str, Any]) -> str:
    least, most = made_with["least"], made_with["most"]
    return f"a list of {least} to {most:,}: {told(made_with['check_one'])}"


_BY_MAKER: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "choice": lambda made_with: (
        "one of: " + ", ".join(f"`{word}`" for word in made_with["listed"].split(", "))
    ),
    "whole": lambda made_with: f"a whole number, {made_with['least']:,} to {made_with['most']:,}",
    "number": lambda made_with: f"a number, {made_with['least']:,} to {made_with['most']:,}",
    "text": lambda made_with: f"text of 1 to {made_with['most']:,} characters",
    "listing": _listing,
    "_fact_or_topic": lambda made_with: f"a sum of money, or {told(made_with['topic'])}",
}
