"""Finding a place by what somebody types: a name, part of it, pinyin, English, or the code itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nuanxin.network.rules.gazetteer import Gazetteer, Level, Place, six_digits

REMEMBERED = 2009  # codes abolished after this year are still what people say and find on old papers
_LATIN = re.compile(r"[a-z0-9' ,ü-]+")
_PUNCTUATION = re.compile(r"[\s,，、.。·'-]+")


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """One found place. ``now`` is where it lies today: another code where ``code`` was abolished."""

    code: int
    place: str  # six digits
    now: int
    zh: str  # with those above it
    en: str
    level: Level


def search(book: Gazetteer, text: str, limit: int) -> list[PlaceHit]:
    """The best ``limit`` places for a text. An empty text, or one that fits nothing, finds nothing."""
    sought = " ".join(text.strip().lower().split())[:60]
    if not sought:
        return []
    if sought.isascii() and sought.isdigit():
        scored = _by_digits(book, sought)
    elif _LATIN.fullmatch(sought):
        scored = _by_latin(book, sought)
    else:
        scored = _by_chinese(book, _PUNCTUATION.sub("", sought))
    best = sorted(scored, key=lambda s: (s[0], not s[1].current, s[1].level, s[1].code))
    return [_hit(book, place) for _, place in best[:limit]]


def _hit(book: Gazetteer, place: Place) -> PlaceHit:
    code = place.code
    return PlaceHit(
        code=code,
        place=six_digits(code),
        now=book.in_force(code),
        zh=book.full_name(code, "zh"),
        en=book.full_name(code, "en"),
        level=place.level,
    )


def _candidates(book: Gazetteer) -> Iterable[Place]:
    for place in book:
        known = place.current or (place.valid_until or 0) >= REMEMBERED
        if known and place.level and not place.placeholder:
            yield place


def _by_digits(book: Gazetteer, sought: str) -> list[tuple[int, Place]]:
    return [(0, p) for p in _candidates(book) if len(sought) >= 2 and six_digits(p.code).startswith(sought)]


def _grade(sought: str, forms: Iterable[str]) -> int | None:
    """0 the whole name, 1 its beginning, 2 a part of it, None nothing. ``forms``: ways to write one name."""
    best: int | None = None
    for form in forms:
        if sought not in form:
            continue
        grade = 0 if form == sought else 1 if form.startswith(sought) else 2
        best = grade if best is None else min(best, grade)
    return best


def _by_chinese(book: Gazetteer, sought: str) -> list[tuple[int, Place]]:
    scope, rest = _narrow(book, sought)
    found: list[tuple[int, Place]] = []
    if scope is not None and not rest:
        found.append((0, scope))
    for place in _candidates(book):
        grade = _grade(sought, (place.name_zh, place.short_zh, *place.former_zh))
        if grade is None and scope is not None and rest and _below(place, scope):
            grade = _grade(rest, (place.name_zh, place.short_zh, *place.former_zh))
        if grade is not None and place is not scope:
            found.append((grade, place))
    if scope is not None and not rest:
        found.extend((3, place) for place in book.children(scope.code) if place not in [p for _, p in found])
    return found


def _below(place: Place, scope: Place) -> bool:
    width = 10**10 if scope.level is Level.PROVINCE else 10**8
    return place.code != scope.code and place.code // width == scope.code // width


def _narrow(book: Gazetteer, sought: str) -> tuple[Place | None, str]:
    """Take the province and then the city off the front: 山西省晋城市高平 → (Jincheng, 高平)."""
    scope: Place | None = None
    for level in (Level.PROVINCE, Level.CITY):
        best = ""
        for place in _candidates(book):
            if place.level is not level or (scope is not None and not _below(place, scope)):
                continue
            form = next((f for f in (place.name_zh, place.short_zh) if sought.startswith(f)), "")
            if len(form) > len(best):
                best, found = form, place
        if best:
            scope, sought = found, sought[len(best) :]
    return scope, sought


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", text).replace("ü", "v")


def _by_latin(book: Gazetteer, sought: str) -> list[tuple[int, Place]]:
    """English names, pinyin written together or apart, initials; superiors as context."""
    whole = _plain(sought)
    words = [_plain(word) for word in re.split(r"[ ,]+", sought) if word]
    found = []
    for place in _candidates(book):
        grade = _grade(whole, _latin_forms(place))
        if grade == 2 and len(whole) < 4:
            grade = None  # two or three letters inside a word are chance
        if grade is None and len(words) > 1:
            grade = _in_context(book, place, words)
        if grade is not None:
            found.append((grade, place))
    return found


def _latin_forms(place: Place) -> tuple[str, ...]:
    english = _plain(place.name_en.lower())
    joined = place.pinyin.replace(" ", "")
    initials = "".join(syllable[0] for syllable in place.pinyin.split())
    forms = [joined, joined.replace("v", "u"), english]
    return (*forms, initials) if len(initials) > 1 else tuple(forms)


def _in_context(book: Gazetteer, place: Place, words: list[str]) -> int | None:
    """``gaoping jincheng`` and ``jincheng gaoping``: one word names the place, the others a superior each."""
    above = " ".join(" ".join(_latin_forms(p)[:3]) for p in _line(book, place)[1:])
    for own in (words[0], words[-1]):
        others = [word for word in words if word != own]
        grade = _grade(own, _latin_forms(place)[:3])
        if grade is not None and grade < 2 and others and all(word in above for word in others):
            return grade
    return None


def _line(book: Gazetteer, place: Place) -> list[Place]:
    line = [place]
    while line[-1].parent:
        line.append(book.place(line[-1].parent))
    return line
