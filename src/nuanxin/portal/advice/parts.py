"""What the pages of advice are made of, and how an answer of the law engine becomes plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nuanxin.law.workings import readable
from nuanxin.portal.advice import words
from nuanxin.portal.advice.questions import QUESTIONS
from nuanxin.portal.pages import language
from nuanxin.portal.rules.advice.paths import DOORS
from nuanxin.ui import wording
from nuanxin.ui.citing import cited_as
from nuanxin.ui.parts import Text

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is needed: which, what shows it, and where it is answered (empty: on no page)."""

    what: Text
    paper: Text = ""
    url: str = ""
    fault: bool = False  # told, but it cannot be right


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways in which something may be seen: its result and when it holds."""

    label: Text
    figure: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a calculation."""

    label: str
    formula: str
    value: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why an answer is what it is: the sentence, its articles, the calculation."""

    text: str
    articles: str
    lines: tuple[Line, ...] = ()


def told(both: Json) -> str:
    """A sentence of the engine in the language of the page."""
    return str(both[language()])


def articles(basis: Iterable[Json]) -> str:
    """The provisions, each instrument named once."""
    named: dict[str, list[str]] = {}
    for one in basis:
        numbers = named.setdefault(one["instrument"], [])
        if one["article"] not in numbers:
            numbers.append(one["article"])
    joined = "; " if language() == "en" else "；"
    return joined.join(cited_as(language(), instrument, *numbers) for instrument, numbers in named.items())


def between() -> str:
    """What stands between the words of a list."""
    return ", " if language() == "en" else "、"


def why(body: Json) -> Why:
    """Explanation, articles and steps of an answer."""
    lines = tuple(
        Line(told(step["label"]), readable(step["formula"]), str(step["value"]))
        for step in body.get("steps", ())
    )
    return Why(told(body["explanation"]), articles(body["basis"]), lines)


def from_memory(*bodies: Json) -> bool:
    """Whether a rule or a figure in it is only remembered and was not compared with its text."""
    marks = {one.get("mark") for body in bodies for one in body.get("basis", ())}
    codes = {one["code"] for body in bodies for one in body.get("warnings", ())}
    return "M" in marks or "figure_from_memory" in codes


def day(iso: str) -> str:
    """A day as people say it."""
    return wording.day(date.fromisoformat(iso), language())


def yuan(sum_: str) -> str:
    """A sum with its unit."""
    whole, point, rest = sum_.partition(".")
    return _("%(sum)s yuan") % {"sum": f"{int(whole):,}{point}{rest}"}


def missing(door: str, keys: Iterable[str], faults: Mapping[str, str] | None = None) -> list[Missing]:
    """What is not known or cannot be right, each with the paper that shows it and the page to answer it."""
    wrong = faults or {}
    found = [
        Missing(_heading(key), _one_language(text), _url(door, key), True) for key, text in wrong.items()
    ]
    found += [
        Missing(_heading(key), words.PAPERS.get(key, ""), _url(door, key)) for key in keys if key not in wrong
    ]
    return found


def _heading(key: str) -> Text:
    return QUESTIONS[key].heading if key in QUESTIONS else words.CLAIMED.get(key, key)


def _one_language(message: str) -> str:
    """The engine says what cannot be right in both languages at once."""
    zh, _slash, en = message.partition(" / ")
    return en if language() == "en" else zh


def _url(door: str, key: str) -> str:
    """The page of a question: of this door, or of one that asks it."""
    asking = [name for name in (door, *DOORS) if key in DOORS[name]]
    return reverse("portal:advice_question", args=[asking[0], key]) if asking else ""
