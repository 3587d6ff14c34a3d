"""Finding townships by what somebody types, beside the regions that ``search`` finds. Pure.

The grades are those of regions. The names of all townships are searched as one text, so that 41,000 of them
cost no more than the regions do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nuanxin.network.rules.gazetteer import UNIT, Gazetteer, Level, Place
from nuanxin.network.rules.search import (
    APART,
    BEGINNING,
    BELOW,
    LATIN,
    PART,
    SHORTEST_PART,
    WHOLE,
    PlaceHit,
    graded,
    hit,
    latin,
    plain,
    ranked,
    tidy,
    word_orders,
)
from nuanxin.network.rules.townships import COMMON, Names, Townships, nine_digits

_MANY = 300  # stretches of townships that are looked at where a text names what lies above as well

_KINDS = frozenset(english.lower() for english in COMMON.values())

Rows = tuple[int, int]  # the first, and the one behind the last
Graded = tuple[int, int]  # grade and row


def search(book: Gazetteer, towns: Townships, text: str, limit: int) -> list[PlaceHit]:
    """The best ``limit`` regions and townships for a text; of equal grade the region first."""
    sought = tidy(text)
    if not sought:
        return []
    best: dict[int, int] = {}
    for grade, row in _graded(book, towns, sought, limit):
        best[row] = min(grade, best.get(row, grade))
    # Rows are in the order of codes, as ranking is: what is cut off here could not have been among the best.
    kept = sorted((grade, row) for row, grade in best.items())[:limit]
    scored = [*graded(book, sought), *((grade, towns.at(row)) for grade, row in kept)]
    return [_hit(book, towns, place) for _, place in ranked(scored)[:limit]]


def _hit(book: Gazetteer, towns: Townships, place: Place) -> PlaceHit:
    if place.level is not Level.TOWNSHIP:
        return hit(book, place)
    return PlaceHit(
        code=place.code,
        place=nine_digits(place.code),
        now=towns.in_force(place.code),
        zh=towns.full_name(place.code, "zh"),
        en=towns.full_name(place.code, "en"),
        level=place.level,
    )


def _graded(book: Gazetteer, towns: Townships, sought: str, limit: int) -> Iterator[Graded]:
    if sought.isascii() and sought.isdigit():
        return _by_digits(towns, sought, limit)
    if LATIN.fullmatch(sought):
        return _by_latin(book, towns, sought, limit)
    return _by_chinese(book, towns, APART.sub("", sought), limit)


def _by_digits(towns: Townships, sought: str, limit: int) -> Iterator[Graded]:
    """Seven digits and more begin a township's code; six are a county, followed by what lies in it."""
    if 6 <= len(sought) <= 12 and not sought[9:].strip("0"):
        low, high = towns.rows(int(sought.ljust(12, "0")), int(sought[:9].ljust(12, "9")))
        yield from ((BELOW if len(sought) == 6 else WHOLE, row) for row in range(low, min(high, low + limit)))


def _fitting(forms: tuple[Names, ...], sought: str, rows: Rows, limit: int, parts: bool) -> Iterator[Graded]:
    """Rows whose name is the text, begins with it or, where ``parts`` count, holds it: the first of each."""
    asked = [(WHOLE, f"\n{sought}\n"), (BEGINNING, f"\n{sought}"), (PART, sought)]
    for grade, wanted in asked if parts else asked[:2]:
        for names in forms:
            yield from ((grade, row) for row in names.find(wanted, *rows, limit))


def _by_chinese(book: Gazetteer, towns: Townships, sought: str, limit: int) -> Iterator[Graded]:
    """A name or part of it; or a name behind those above it: 高平米山, 山西省晋城市高平市米山镇."""
    yield from _fitting(towns.chinese, sought, (0, len(towns)), limit, parts=True)
    for region, rest in _behind(book, sought, None):
        rows = towns.rows(region.code, region.code + _size(region) - 1)
        if rest and rest not in COMMON:  # 新华街道 is no wish for every subdistrict of 新华区
            yield from _fitting(towns.chinese, rest, rows, limit, parts=True)
        elif not rest and not book.children(region.code):
            yield from ((BELOW, row) for row in range(rows[0], min(rows[1], rows[0] + limit)))


def _behind(book: Gazetteer, sought: str, scope: Place | None) -> Iterator[tuple[Place, str]]:
    """Every way to read the beginning of a text as a region, or as several, each within the one before."""
    spoken = _spoken(book)
    for length in range(2, len(sought) + 1):
        for place in spoken.get(sought[:length], ()):
            if scope is None or (
                place.level > scope.level and place.code // _size(scope) == scope.code // _size(scope)
            ):
                yield place, sought[length:]
                yield from _behind(book, sought[length:], place)


def _size(place: Place) -> int:
    return {Level.PROVINCE: 10**10, Level.CITY: 10**8}.get(place.level, UNIT)


@lru_cache(maxsize=2)
def _spoken(book: Gazetteer) -> dict[str, list[Place]]:
    """Regions in force by full and by short Chinese name."""
    found: dict[str, list[Place]] = {}
    for place in book:
        if place.current and place.level and not place.placeholder:
            for name in {place.name_zh, place.short_zh}:
                found.setdefault(name, []).append(place)
    return found


def _by_latin(book: Gazetteer, towns: Townships, sought: str, limit: int) -> Iterator[Graded]:
    """English name or pinyin, together or apart; or ``mishan, gaoping`` in either order."""
    whole = plain(sought)
    everywhere = (0, len(towns))
    yield from _fitting(towns.latin, whole, everywhere, limit, parts=len(whole) >= SHORTEST_PART)
    for own, others in dict.fromkeys((own, tuple(dict.fromkeys(others))) for own, others in _orders(sought)):
        for rows in _runs(book, towns, others):
            yield from _fitting(towns.latin, own, rows, limit, parts=False)


def _runs(book: Gazetteer, towns: Townships, words: tuple[str, ...]) -> list[Rows]:
    """The townships below regions in whose names, or in those above them, all the words stand."""
    runs: list[Rows] = []
    for code, names in _above(book):
        if all(word in names for word in words):
            low, high = towns.rows(code, code + UNIT - 1)
            if runs and runs[-1][1] == low:
                runs[-1] = (runs[-1][0], high)
            elif high > low:
                runs.append((low, high))
    return runs[:_MANY]


def _orders(sought: str) -> list[tuple[str, list[str]]]:
    """As for regions, without words such as Town; where commas part the names, the first is the own one."""
    words = [word for word in re.split(r"[ ]+", sought.replace(",", " , ")) if word.strip(",") not in _KINDS]
    first, *rest = " ".join(words).split(",")
    said = [(plain(first), [plain(word) for word in " ".join(rest).split()])] if rest and plain(first) else []
    return said + [order for order in word_orders(" ".join(words)) if order not in said]


@lru_cache(maxsize=2)
def _above(book: Gazetteer) -> tuple[tuple[int, str], ...]:
    """What may hold townships, by code, with its names in Latin letters and those of what lies above it."""
    found: dict[int, str] = {}
    for place in sorted(book, key=lambda p: p.level):
        found[place.code] = " ".join(
            [*latin(place), found.get(place.parent or 0, "") if place.parent else ""]
        )
    return tuple((code, found[code]) for code in sorted(found) if code and book.place(code).current)
