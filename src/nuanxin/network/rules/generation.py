"""An invented nationwide network of service points, for tests, measurements and demonstrations. Pure.

At scale 1 it has as many points as the report counts: 590,000 platforms, 70,000 workstations, 330,000 contact
points, spread as people are (``rules.people``). The same scale and seed give the same points, however large the
chunks. Every name says that the point is invented.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.rules import generation_tables as tables
from nuanxin.network.rules.gazetteer import gazetteer, six_digits
from nuanxin.network.rules.land import on_land
from nuanxin.network.rules.people import Cells, people
from nuanxin.network.rules.points import KINDS, LANGUAGES, SERVICES, Kind, attribute_mask

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COUNTS: Mapping[Kind, int] = {
    Kind.PLATFORM: 590_000,
    Kind.WORKSTATION: 70_000,
    Kind.CONTACT_POINT: 330_000,
}  # at scale 1
LARGEST_SCALE = 4.0
BLOCK = 10_000  # points that are drawn from one stream of numbers; chunks are whole blocks
SOURCE = "invented"  # what the points name as their source

_TOWN = 25_000  # people from which a cell is a piece of a town: its people live on the piece
_DENSITY = 6000.0  # people to a square kilometre there, as the cells were made
_NEAREST, _FARTHEST = 0.4, 8.0  # km: how far about its cell a point may lie
_KM = 111.2  # to a degree of latitude
_TRIES = 6  # shorter and shorter ways from the cell's middle, until the point is on land


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Some of the points, one value of each array to a point. ``first`` is the number of the first among all."""

    first: int
    kind: NDArray[np.uint8]  # its bit in rules.points
    lon: Floats  # WGS-84 degrees, five decimals
    lat: Floats
    place: Ints  # stored code of the county
    services: Ints  # bits of rules.points
    languages: Ints
    step_free: NDArray[np.bool_]
    hours: NDArray[np.uint8]  # which of generation_tables.HOURS
    capacity: NDArray[np.int32]  # people a day; 0: not known
    verified_days: NDArray[np.int16]  # days since somebody looked; -1: nobody did
    form: NDArray[np.uint8]  # which name of its kind

    def __len__(self) -> int:
        return len(self.kind)

    def kinds(self) -> list[str]:
        """The code of each point's kind."""
        return [_CODES[bit] for bit in self.kind.tolist()]

    def hours_texts(self) -> list[str]:
        """Canonical opening hours."""
        return [tables.HOURS[number] for number in self.hours.tolist()]

    def masks(self) -> NDArray[np.uint64]:
        """All that each point offers, in one number: ``rules.points.attribute_mask``."""
        offers = np.stack((self.kind, self.services, self.languages, self.step_free), axis=1).astype(np.int64)
        alike, which = np.unique(offers, axis=0, return_inverse=True)
        masks = [
            attribute_mask(kind=_CODES[k], services=s, languages=spoken, step_free=bool(free))
            for k, s, spoken, free in alike.tolist()
        ]
        return np.array(masks, dtype=np.uint64)[which.ravel()]

    def names_zh(self) -> list[str]:
        """示例·高平市公共法律服务室000123号: invented, and it says so."""
        return [
            f"{tables.MARK_ZH}{county}{form[0]}{number:06d}号"
            for number, county, form in self._named("name_zh")
        ]

    def names_en(self) -> list[str]:
        """Example · Public legal service room 000123, Gaoping."""
        return [
            f"{tables.MARK_EN}{form[1]} {number:06d}, {county}"
            for number, county, form in self._named("name_en")
        ]

    def references(self) -> list[str]:
        """A key for each point, the same whenever the network is made anew."""
        return [f"{number:07d}" for number in range(self.first, self.first + len(self))]

    def phones(self) -> list[str]:
        """Numbers that ring nowhere: no place in China has the area code 000."""
        return [f"000-{number:08d}" for number in range(self.first, self.first + len(self))]

    def _named(self, language: str) -> Iterator[tuple[int, str, tuple[str, str, int]]]:
        book = gazetteer()
        counties = {
            int(code): str(getattr(book.place(int(code)), language)) for code in np.unique(self.place)
        }
        rows = zip(self.kind.tolist(), self.place.tolist(), self.form.tolist(), strict=True)
        for number, (kind, place, form) in enumerate(rows, self.first):
            yield number, counties[place], tables.FORMS[Kind(_CODES[kind])][form]


def counts(scale: float) -> dict[Kind, int]:
    """How many points of each kind a scale gives, at least one. Raises ValueError outside 0 to 4."""
    if not (math.isfinite(scale) and 0 < scale <= LARGEST_SCALE):
        raise ValueError(f"a scale is more than 0 and at most {LARGEST_SCALE:g}")
    return {kind: max(1, round(count * scale)) for kind, count in COUNTS.items()}


def generate(scale: float = 1.0, seed: int = 1, *, chunk: int = 50_000) -> Iterator[Points]:
    """The network in chunks of about ``chunk`` points, region by region within each kind.

    Every county has a workstation as soon as there are enough of them. Raises ValueError for a scale outside 0 to
    4 and for a seed below 0.
    """
    if not 0 <= seed < 2**63:
        raise ValueError("a seed is a whole number from 0")
    wanted = counts(scale)
    return _chunks(wanted, seed, max(1, chunk // BLOCK) * BLOCK)


def network(scale: float = 1.0, seed: int = 1) -> Points:
    """The whole network at once: some 60 bytes a point. Raises ValueError as ``generate``."""
    return _joined(list(generate(scale, seed)))


def _chunks(wanted: dict[Kind, int], seed: int, chunk: int) -> Iterator[Points]:
    total = sum(wanted.values())
    for first in range(0, total, chunk):
        last = min(first + chunk, total)
        yield _joined([_block(wanted, seed, at, min(at + BLOCK, last)) for at in range(first, last, BLOCK)])


def _joined(parts: Sequence[Points]) -> Points:
    names = [field.name for field in fields(Points)][1:]
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in names
    }
    return Points(parts[0].first, **columns)


def _block(wanted: dict[Kind, int], seed: int, first: int, last: int) -> Points:
    """The points from ``first`` to before ``last``, whose kinds follow one another."""
    draw = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, first // BLOCK])))
    parts, begin = [], 0
    for kind, count in wanted.items():
        low, high = max(first, begin), min(last, begin + count)
        if low < high:
            numbers = np.arange(low - begin, high - begin)
            parts.append(_points(kind, low, _cells_of(kind, numbers, count, seed), draw))
        begin += count
    return _joined(parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Land:
    """The cells of people with what the drawing needs to know of them."""

    cells: Cells
    shares: Floats  # of all people up to and with each cell
    reach: Floats  # km about the cell
    largest: Ints  # the most populous cell of each county, that of the largest county first
    county: Ints  # which row of ``languages``
    languages: Floats  # a row for each county, a column for each language: the share of points
    western: NDArray[np.bool_]  # by county


@lru_cache(maxsize=1)
def _land() -> _Land:
    cells = people()
    codes, county = np.unique(cells.county, return_inverse=True)
    by_county = np.lexsort((-cells.people, county))
    largest = by_county[np.searchsorted(county[by_county], np.arange(len(codes)))]
    size = np.bincount(county, weights=cells.people)
    digits = [six_digits(int(code)) for code in codes]
    return _Land(
        cells=cells,
        shares=np.cumsum(cells.people) / cells.total,
        reach=_reach(cells),
        largest=largest[np.argsort(-size, kind="stable")],
        county=county,
        languages=np.array([[_spoken(code, of) for code in LANGUAGES] for of in digits]),
        western=np.array([of.startswith(tables.WESTERN) for of in digits]),
    )


def _reach(cells: Cells) -> Floats:
    """How far about each cell its people live: on its piece of a town, or halfway to the next village, in km."""
    from scipy.spatial import cKDTree  # only here: it takes longer to load than all the rest

    flat = np.stack((cells.lon * np.cos(np.radians(cells.lat)), cells.lat), axis=1) * _KM
    apart, _ = cKDTree(flat).query(flat, k=2)
    town = np.sqrt(cells.people / _DENSITY / math.pi)
    return np.clip(np.where(cells.people >= _TOWN, town, apart[:, 1] * 0.6), _NEAREST, _FARTHEST)


def _spoken(language: str, county: str) -> float:
    """The share of a county's points at which a language is spoken."""
    if language in ("zh", "sign"):
        return 1.0 if language == "zh" else tables.SIGN_SHARE
    shares = tables.LANGUAGE_SHARES.get(language, {})
    return next((shares[county[:n]] for n in range(6, 1, -1) if county[:n] in shares), 0.0)


def _cells_of(kind: Kind, numbers: Ints, count: int, seed: int) -> Ints:
    """The cell of each point of a kind: even steps through all people, so that each place has its share.

    Of the workstations the first go to the counties, one to each.
    """
    land = _land()
    given = min(count, len(land.largest)) if kind is Kind.WORKSTATION else 0
    begin = np.random.Generator(
        np.random.PCG64(np.random.SeedSequence([seed, 2**32 + KINDS[kind].bit]))
    ).random()
    spread = np.clip(numbers - given, 0, None)
    cells = np.searchsorted(land.shares, (spread + begin) / max(1, count - given), side="right")
    cells = np.minimum(cells, len(land.shares) - 1)
    return np.where(numbers < given, land.largest[np.minimum(numbers, len(land.largest) - 1)], cells)


def _points(kind: Kind, first: int, cells: Ints, draw: np.random.Generator) -> Points:
    land, many = _land(), len(cells)
    county = land.county[cells]
    lon, lat = _scattered(land, cells, draw)
    offered = np.array([tables.SERVICE_SHARES[kind].get(code, 0.0) for code in SERVICES])
    hours = _picked(tables.HOURS_SHARES[kind], draw, many)
    verified, days = draw.random(many), draw.random(many)
    looked = np.where(verified < tables.VERIFIED, days * 365, 366 + days * 1000)
    return Points(
        first=first,
        kind=np.full(many, KINDS[kind].bit, dtype=np.uint8),
        lon=lon,
        lat=lat,
        place=land.cells.county[cells],
        services=_bits(np.broadcast_to(offered, (many, len(offered))), draw),
        languages=_bits(land.languages[county], draw),
        step_free=draw.random(many) < tables.STEP_FREE[kind],
        hours=np.where((hours == 0) & land.western[county], tables.WEST, hours).astype(np.uint8),
        capacity=np.array(tables.CAPACITIES, dtype=np.int32)[
            _picked(tables.CAPACITY_SHARES[kind], draw, many)
        ],
        verified_days=np.where(verified < tables.VERIFIED + tables.LAPSED, looked, -1).astype(np.int16),
        form=_picked([share for *_, share in tables.FORMS[kind]], draw, many).astype(np.uint8),
    )


def _scattered(land: _Land, cells: Ints, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """A point about each cell, on land as far as the grid of land tells; in doubt nearer to its middle."""
    away = land.reach[cells] * np.sqrt(draw.random(len(cells)))
    turn = draw.random(len(cells)) * 2 * math.pi
    middle_lon, middle_lat = land.cells.lon[cells], land.cells.lat[cells]
    lon, lat = middle_lon.copy(), middle_lat.copy()
    open_ = np.ones(len(cells), dtype=np.bool_)
    for step in range(_TRIES):
        way = away * 0.6**step / _KM
        try_lat = np.round(middle_lat + way * np.sin(turn + step), 5)
        try_lon = np.round(middle_lon + way * np.cos(turn + step) / np.cos(np.radians(middle_lat)), 5)
        good = open_ & on_land(try_lon, try_lat)
        lon, lat = np.where(good, try_lon, lon), np.where(good, try_lat, lat)
        open_ &= ~good
    return lon, lat


def _bits(shares: Floats, draw: np.random.Generator) -> Ints:
    """For each row the bits of the columns that were drawn."""
    drawn = draw.random(shares.shape) < shares
    return drawn @ (np.int64(1) << np.arange(shares.shape[1], dtype=np.int64))


def _picked(shares: Sequence[int], draw: np.random.Generator, many: int) -> Ints:
    """Which of several each point has, by their shares of 1000."""
    return np.searchsorted(np.cumsum(shares), draw.random(many) * sum(shares), side="right")


_CODES = [term.code for term in sorted(KINDS.values(), key=lambda term: term.bit)]
