"""Points that may be on file twice: the same telephone, name or spot, with a score and the reasons. Pure.

Only points that share something are compared: a telephone, a name in one county, or a cell of some 200 metres. A
switchboard or a hall of many counters shares its number with dozens; groups that large say nothing and are passed over.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from nuanxin.law.bilingual import Bilingual
from nuanxin.network.rules.gazetteer import UNIT

LIKELY = 60  # of 100; what scores less is not told
LARGEST_GROUP = 12
_CELL = 500.0  # to a degree: some 200 metres
_METRES = 111_195.0  # to a degree of latitude
_FILLING = re.compile(r"示例·|[\s()（）·,，。-]|(?:省|市|县|区|镇|乡|街道|村|社区)(?=.)")

PHONE = Bilingual("电话相同", "the same telephone")
NAME = Bilingual("名称相同", "the same name")
ALIKE = Bilingual("名称相近", "names alike")
SPOT = Bilingual("同一位置", "the same spot")
NEAR = Bilingual("相距不到 150 米", "less than 150 m apart")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is compared of a point."""

    id: int
    name: str
    kind: str
    place: int
    lon: float
    lat: float
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one point, the older first. ``score``: of 100."""

    one: int
    other: int
    score: int
    reasons: tuple[Bilingual, ...]


def pairs(entries: Iterable[Entry]) -> list[Pair]:
    """Likely pairs, the likeliest first. Grows with the entries, not with their square."""
    known = {entry.id: entry for entry in entries}
    found = []
    for one, other in sorted(_candidates(known.values())):
        pair = _compared(known[one], known[other])
        if pair.score >= LIKELY:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def _candidates(entries: Iterable[Entry]) -> set[tuple[int, int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for entry in entries:
        for key in _keys(entry):
            groups[key].append(entry.id)
    return {
        (min(pair), max(pair))
        for group in groups.values()
        if len(group) <= LARGEST_GROUP
        for pair in combinations(group, 2)
    }


def _keys(entry: Entry) -> Iterator[Hashable]:
    digits = _digits(entry.phone)
    if len(digits) >= 7:
        yield "phone", digits
    yield "name", entry.place // UNIT, _bare(entry.name)
    # Each point stands in its cell and in the nearest three, so that no border parts neighbours.
    x, y = entry.lon * _CELL, entry.lat * _CELL
    for column in {math.floor(x - 0.5), math.floor(x + 0.5)}:
        for row in {math.floor(y - 0.5), math.floor(y + 0.5)}:
            yield "spot", column, row


def _compared(one: Entry, other: Entry) -> Pair:
    score, reasons = 0, []
    if len(_digits(one.phone)) >= 7 and _digits(one.phone) == _digits(other.phone):
        score += 35
        reasons.append(PHONE)
    likeness = _likeness(_bare(one.name), _bare(other.name))
    if likeness >= 0.6:
        score += 40 if likeness == 1 else 25
        reasons.append(NAME if likeness == 1 else ALIKE)
    apart = _apart(one, other)
    if apart <= 150:
        score += 30 if apart <= 30 else 20
        reasons.append(SPOT if apart <= 30 else NEAR)
    elif apart > 3000:
        score -= 30
    score += 10 if one.kind == other.kind else -10
    return Pair(min(one.id, other.id), max(one.id, other.id), max(0, min(score, 100)), tuple(reasons))


def _digits(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return digits.removeprefix("0086").removeprefix("86") if len(digits) > 11 else digits


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    return _FILLING.sub("", plain) or plain


def _likeness(one: str, other: str) -> float:
    """Shared pairs of neighbouring signs, of all: 1 for equal names; numbers that differ make names differ."""
    if one == other:
        return 1.0
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    first, second = _grams(one), _grams(other)
    return len(first & second) / max(1, len(first | second))


def _grams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _apart(one: Entry, other: Entry) -> float:
    north = (one.lat - other.lat) * _METRES
    east = (one.lon - other.lon) * _METRES * math.cos(math.radians(one.lat))
    return math.hypot(north, east)
