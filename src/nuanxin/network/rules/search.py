"""Finding a place by what somebody types: a name, part of it, pinyin, English, or the code itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nuanxin.network.rules.gazetteer import Gazetteer, Level, Place, six_digits

REMEMBERED = 2009  # codes abolished after this year are still what people say and find on old papers
LONGEST = 60  # characters of a text that are looked at
LATIN = re.compile(r"[a-z0-9'’ ,.ü-]+")
APART = re.compile(r"[\s,，、.。·'’-]+")
WHOLE, BEGINNING, PART, BELOW = range(4)  # how well a text fits, the best first
SHORTEST_PART = 4  # Latin letters: fewer inside a word are chance

Scored = tuple[int, Place]


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """One found place. ``now`` is where it lies today: another code where ``code`` was abolished."""

    code: int
    place: str  # six digits; nine of a township
    now: int
    zh: str  # with those above it
    en: str
    level: Level


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place with the ways to write its name."""

    place: Place
    chinese: tuple[str, ...]
    latin: tuple[str, ...]
    initials: str
    above: str  # Latin names of what lies above it


def search(book: Gazetteer, text: str, limit: int) -> list[PlaceHit]:
    """The best ``limit`` places for a text. An empty text, or one that fits nothing, finds nothing."""
    sought = tidy(text)
    return [hit(book, place) for _, place in ranked(graded(book, sought))[:limit]] if sought else []


def tidy(text: str) -> str:
    """What is looked for: lower case, single spaces, cut; "" where nothing but signs is left."""
    sought = " ".join(text.lower().split())[:LONGEST].strip()
    return sought if APART.sub("", sought) else ""


def graded(book: Gazetteer, sought: str) -> list[Scored]:
    """Every region that fits a tidied text, with how well."""
    if sought.isascii() and sought.isdigit():
        return _by_digits(book, sought)
    if LATIN.fullmatch(sought):
        return _by_latin(book, sought)
    return _by_chinese(book, APART.sub("", sought))


def ranked(scored: Iterable[Scored]) -> list[Scored]:
    """The best first; of equal grade what is in force, no mere zone, the larger, the lower code."""
    return sorted(scored, key=lambda s: (s[0], not s[1].current, s[1].statistical, s[1].level, s[1].code))


def hit(book: Gazetteer, place: Place) -> PlaceHit:
    """A region as it is shown."""
    code = place.code
    return PlaceHit(
        code=code,
        place=six_digits(code),
        now=book.in_force(code),
        zh=book.full_name(code, "zh"),
        en=book.full_name(code, "en"),
        level=place.level,
    )


@lru_cache(maxsize=2)
def _index(book: Gazetteer) -> tuple[_Entry, ...]:
    return tuple(
        _entry(book, place)
        for place in book
        if place.level
        and not place.placeholder
        and (place.valid_until is None or place.valid_until >= REMEMBERED)
    )


def _entry(book: Gazetteer, place: Place) -> _Entry:
    above: list[str] = []
    parent = place.parent
    while parent:
        above.extend(latin(book.place(parent)))
        parent = book.place(parent).parent
    return _Entry(
        place=place,
        chinese=(place.name_zh, place.short_zh, *place.former_zh),
        latin=latin(place),
        initials="".join(syllable[0] for syllable in place.pinyin.split()),
        above=" ".join(above),
    )


def latin(place: Place) -> tuple[str, ...]:
    """The ways to write a region's name in Latin letters: reading, reading with u for ü, English."""
    joined = place.pinyin.replace(" ", "")
    return tuple(dict.fromkeys((joined, joined.replace("v", "u"), plain(place.name_en.lower()))))


def plain(text: str) -> str:
    """Letters alone, ü as v."""
    return APART.sub("", text).replace("ü", "v")


def _grade(sought: str, forms: Iterable[str]) -> int | None:
    """How well a text fits any of the ways to write one name; None: not at all."""
    best: int | None = None
    for form in forms:
        if sought in form:
            grade = WHOLE if form == sought else BEGINNING if form.startswith(sought) else PART
            best = grade if best is None or grade < best else best
    return best


def _by_digits(book: Gazetteer, sought: str) -> list[Scored]:
    if not 2 <= len(sought) <= 6:
        return []
    return [(WHOLE, e.place) for e in _index(book) if six_digits(e.place.code).startswith(sought)]


def _by_chinese(book: Gazetteer, sought: str) -> list[Scored]:
    """A name, a part of it, a former name; or a name behind those above it: 山西高平, 浙江省杭州市余杭区."""
    scope, rest = _narrow(book, sought)
    found: dict[int, Scored] = {}
    for entry in _index(book):
        place = entry.place
        grade = _grade(sought, entry.chinese)
        if grade is None and scope is not None and rest and _below(place, scope):
            grade = _grade(rest, entry.chinese)
        if grade is not None:
            found[place.code] = (grade, place)
    if scope is not None and not rest:
        found[scope.code] = (WHOLE, scope)
        for place in book.children(scope.code):
            found.setdefault(place.code, (BELOW, place))
    return list(found.values())


def _below(place: Place, scope: Place) -> bool:
    width = 10**10 if scope.level is Level.PROVINCE else 10**8
    return place.code != scope.code and place.code // width == scope.code // width


def _narrow(book: Gazetteer, sought: str) -> tuple[Place | None, str]:
    """Take the province and then the city off the front: 山西省晋城市高平 → (Jincheng, 高平)."""
    scope: Place | None = None
    for level in (Level.PROVINCE, Level.CITY):
        best, form = None, ""
        for entry in _index(book):
            place = entry.place
            if place.level is not level or (scope is not None and not _below(place, scope)):
                continue
            for name in (place.name_zh, place.short_zh):
                if len(name) > len(form) and sought.startswith(name):
                    best, form = place, name
        if best is not None:
            scope, sought = best, sought[len(form) :]
    return scope, sought


def word_orders(sought: str) -> list[tuple[str, list[str]]]:
    """(own name, names above it): the first word or the last may be the own one; [] of a single word."""
    words = [plain(word) for word in re.split(r"[ ,]+", sought) if plain(word)]
    return [(words[0], words[1:]), (words[-1], words[:-1])] if len(words) > 1 else []


def _by_latin(book: Gazetteer, sought: str) -> list[Scored]:
    """English names, pinyin together or apart, initials; or ``gaoping, jincheng`` in either order."""
    whole = plain(sought)
    orders = word_orders(sought)
    found: list[Scored] = []
    for entry in _index(book):
        grade = _grade(whole, entry.latin)
        if grade == PART and len(whole) < SHORTEST_PART:
            grade = None
        if grade is None and len(whole) > 1 and entry.initials == whole:
            grade = BEGINNING
        for own, others in orders if grade is None else ():
            fits = _grade(own, entry.latin)
            if fits is not None and fits < PART and all(word in entry.above for word in others):
                grade = fits
        if grade is not None:
            found.append((grade, entry.place))
    return found
