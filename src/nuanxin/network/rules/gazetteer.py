"""The regions of China, read from the table that ships with the package.

A code is the six digits of GB/T 2260 times 10**6, so that a region and all below it are one range of
integers; 0 is the nation. Abolished codes stay readable. Sources and licences: docs/data-sources.md.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

NATION = 0
UNIT = 10**6  # a six-digit code times this is a stored code
_CITY, _PROVINCE = 10**8, 10**10

# Names that only hold others together; nobody says them: 北京市东城区, not 北京市市辖区东城区.
PLACEHOLDERS = frozenset({"市辖区", "县", "市", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class UnknownPlace(ValueError):
    """The text or number is no region code that the country has or had since 1980."""


class Level(IntEnum):
    """How deep a region lies."""

    NATION = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4  # of one edition, in rules.townships; the gazetteer itself ends with the counties


@dataclass(frozen=True, slots=True)
class Place:
    """One region code. Years are calendar years; None means "as far as the tables go"."""

    code: int
    level: Level
    parent: int | None
    name_zh: str
    name_en: str
    short_zh: str
    pinyin: str  # of the short name, without tones, syllables apart
    valid_from: int | None  # first year whose table has the code
    valid_until: int | None  # last year at whose end it was in force; None: in force
    successor: int | None  # the code that took over, where the tables tell
    lon: float | None  # WGS-84 degrees
    lat: float | None
    former_zh: tuple[str, ...]
    statistical: bool  # a development zone that has only a statistical code

    @property
    def current(self) -> bool:
        """Whether the code is in force in the newest table."""
        return self.valid_until is None

    @property
    def placeholder(self) -> bool:
        """Whether the name only groups others and is left out of full names."""
        return self.name_zh in PLACEHOLDERS and self.level is Level.CITY


def level_of(code: int) -> Level:
    """The level that a stored code has by its trailing zeros."""
    if code == NATION:
        return Level.NATION
    if code % _PROVINCE == 0:
        return Level.PROVINCE
    if code % _CITY == 0:
        return Level.CITY
    return Level.COUNTY if code % UNIT == 0 else Level.TOWNSHIP


def superiors(code: int) -> tuple[int, ...]:
    """The codes above this one by arithmetic, nearest first, the nation last. Empty for the nation."""
    found = [code - code % size for size in (UNIT, _CITY, _PROVINCE)]
    return tuple(dict.fromkeys(c for c in found if c != code)) + ((NATION,) if code != NATION else ())


def six_digits(code: int) -> str:
    """The code as GB/T 2260 writes it: 140581000000 → "140581"; the nation is "000000".

    Of a township, the six digits of its county.
    """
    return f"{code // UNIT:06d}"


class Gazetteer:
    """All regions by code, with what lies below each."""

    def __init__(self, places: Mapping[int, Place], edition: str) -> None:
        self.places = places
        self.edition = edition  # changes whenever the shipped table does
        self._children: dict[int, list[Place]] = {}
        for place in places.values():
            if place.current and place.parent is not None:
                self._children.setdefault(place.parent, []).append(place)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    def place(self, code: int) -> Place:
        """The region of a stored code. Raises UnknownPlace."""
        try:
            return self.places[code]
        except KeyError:
            raise UnknownPlace(f"{code} is not a region code") from None

    def children(self, code: int) -> list[Place]:
        """Regions in force one step below, in code order; groups such as 市辖区 are looked through."""
        self.place(code)
        plain: list[Place] = []
        through: list[Place] = []
        for place in self._children.get(code, ()):
            if place.placeholder:
                through.extend(self._children.get(place.code, ()))
            else:
                plain.append(place)
        return plain + through

    def successor(self, code: int) -> int | None:
        """The code in force that took over an abolished one, through any number of changes.

        The code itself where it is in force; None where the tables do not tell. Raises UnknownPlace.
        """
        place, seen = self.place(code), {code}
        while not place.current:
            if place.successor is None or place.successor in seen:
                return None
            seen.add(place.successor)
            place = self.place(place.successor)
        return place.code

    def in_force(self, code: int) -> int:
        """Where a case of this place is worked now: its successor, else the nearest superior in force.

        Raises UnknownPlace.
        """
        self.place(code)
        for candidate in (code, *superiors(code)):
            if candidate in self.places:
                found = self.successor(candidate)
                if found is not None:
                    return found
        return NATION

    def full_name(self, code: int, lang: str) -> str:
        """The name with those above it: 山西省晋城市高平市; Gaoping, Jincheng, Shanxi.

        Raises UnknownPlace.
        """
        line = [self.place(code)]
        while line[-1].parent:
            line.append(self.places[line[-1].parent])
        named = [p for p in line if not p.placeholder] or line[:1]
        if lang == "en":
            return ", ".join(p.name_en for p in named)
        return "".join(p.name_zh for p in reversed(named))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped regions, read once in a process (some 40 ms)."""
    packed = files("nuanxin.network").joinpath("data/regions.tsv.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(packed).decode().splitlines()]
    codes = {int(row[0]) * UNIT for row in rows} | {NATION}
    places = {NATION: _NATION}
    for row in rows:
        place = _place(row, codes)
        places[place.code] = place
    return Gazetteer(places, hashlib.sha256(packed).hexdigest()[:16])


def _place(row: list[str], codes: set[int]) -> Place:
    digits, zh, en, short, pinyin, since, until, heir, lon, lat, former, zone = row
    code = int(digits) * UNIT
    return Place(
        code=code,
        level=level_of(code),
        parent=next(c for c in superiors(code) if c in codes),
        name_zh=zh,
        name_en=en,
        short_zh=short,
        pinyin=pinyin,
        valid_from=int(since) if since else None,
        valid_until=int(until) if until else None,
        successor=int(heir) * UNIT if heir else None,
        lon=float(lon) if lon else None,
        lat=float(lat) if lat else None,
        former_zh=tuple(former.split("|")) if former else (),
        statistical=zone == "1",
    )


_NATION = Place(
    code=NATION, level=Level.NATION, parent=None, name_zh="全国", name_en="Nationwide", short_zh="全国",
    pinyin="quan guo", valid_from=None, valid_until=None, successor=None, lon=None, lat=None, former_zh=(),
    statistical=False,
)  # fmt: skip
