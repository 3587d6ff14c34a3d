"""Finding a place by what somebody types: a name, part of it, pinyin, English, or the code itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nuanxin.network.rules.gazetteer import Gazetteer, Level, Place, six_digits

REMEMBERED = 2009  # codes abolished after this year are still what people say and find on old papers
LONGEST = 60  # characters of a text that are looked at
_LATIN = re.compile(r"[a-z0-9'’ ,.ü-]+")
_APART = re.compile(r"[\s,，、.。·'’-]+")
_WHOLE, _BEGINNING, _PART, _BELOW = range(4)  # how well a text fits, the best first

Scored = tuple[int, Place]


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """One found place. ``now`` is where it lies today: another code where ``code`` was abolished."""

    code: int
    place: str  # six digits
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
    sought = " ".join(text.lower().split())[:LONGEST].strip()
    if not _APART.sub("", sought):
        return []
    if sought.isascii() and sought.isdigit():
        scored = _by_digits(book, sought)
    elif _LATIN.fullmatch(sought):
        scored = _by_latin(book, sought)
    else:
        scored = _by_chinese(book, _APART.sub("", sought))
    best = sorted(scored, key=lambda s: (s[0], not s[1].current, s[1].statistical, s[1].level, s[1].code))
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
        above.extend(_latin(book.place(parent)))
        parent = book.place(parent).parent
    return _Entry(
        place=place,
        chinese=(place.name_zh, place.short_zh, *place.former_zh),
        latin=_latin(place),
        initials="".join(syllable[0] for syllable in place.pinyin.split()),
        above=" ".join(above),
    )


def _latin(place: Place) -> tuple[str, ...]:
    joined = place.pinyin.replace(" ", "")
    return tuple(dict.fromkeys((joined, joined.replace("v", "u"), _plain(place.name_en.lower()))))


def _plain(text: str) -> str:
    return _APART.sub("", text).replace("ü", "v")


def _grade(sought: str, forms: Iterable[str]) -> int | None:
    """How well a text fits any of the ways to write one name; None: not at all."""
    best: int | None = None
    for form in forms:
        if sought in form:
            grade = _WHOLE if form == sought else _BEGINNING if form.startswith(sought) else _PART
            best = grade if best is None or grade < best else best
    return best


def _by_digits(book: Gazetteer, sought: str) -> list[Scored]:
    if not 2 <= len(sought) <= 6:
        return []
    return [(_WHOLE, e.place) for e in _index(book) if six_digits(e.place.code).startswith(sought)]


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
        found[scope.code] = (_WHOLE, scope)
        for place in book.children(scope.code):
            found.setdefault(place.code, (_BELOW, place))
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


def _by_latin(book: Gazetteer, sought: str) -> list[Scored]:
    """English names, pinyin together or apart, initials; or ``gaoping, jincheng`` in either order."""
    whole = _plain(sought)
    words = [_plain(word) for word in re.split(r"[ ,]+", sought) if _plain(word)]
    orders = [(words[0], words[1:]), (words[-1], words[:-1])] if len(words) > 1 else []
    found: list[Scored] = []
    for entry in _index(book):
        grade = _grade(whole, entry.latin)
        if grade == _PART and len(whole) < 4:
            grade = None  # two or three letters inside a word are chance
        if grade is None and len(whole) > 1 and entry.initials == whole:
            grade = _BEGINNING
        for own, others in orders if grade is None else ():
            fits = _grade(own, entry.latin)
            if fits is not None and fits < _PART and all(word in entry.above for word in others):
                grade = fits
        if grade is not None:
            found.append((grade, entry.place))
    return found
