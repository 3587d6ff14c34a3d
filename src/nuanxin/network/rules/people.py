"""Where people live, roughly: cells of people that coverage and siting count. Pure.

The shipped cells are an estimate (data/README.md says how rough). A deployment that has better ones, for instance
a census grid, reads its own with ``read_cells``.
"""

from __future__ import annotations

import csv
import gzip
import math
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from nuanxin.law.bilingual import Bilingual
from nuanxin.network.rules.gazetteer import NATION, UNIT, gazetteer, level_of
from nuanxin.network.rules.land import near_land

MOST_ROWS = 5_000_000  # cells in a file: some 160 MB in memory
MOST_FAULTS = 1000  # faults that are told one by one; beyond, reading stops
MOST_PEOPLE = 10_000_000  # in one cell
LONGEST_LINE = 1000  # characters
COLUMNS = ("lon", "lat", "people")
LIMITS = {"lon": (-180, 180), "lat": (-90, 90), "people": (0, MOST_PEOPLE)}
_BATCH = 50_000  # rows between two looks at the map of land


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Points with people. The arrays are of one length and are shared: read them, never change them."""

    lon: NDArray[np.float64]  # WGS-84 degrees
    lat: NDArray[np.float64]
    people: NDArray[np.float64]
    county: NDArray[np.int64]  # stored code; a city's where it has no counties

    def __len__(self) -> int:
        return len(self.people)

    @property
    def total(self) -> float:
        """All people."""
        return float(self.people.sum())

    def some(self, which: NDArray[np.bool_]) -> Cells:
        """The cells that are marked."""
        return Cells(self.lon[which], self.lat[which], self.people[which], self.county[which])

    def within(self, region: int) -> NDArray[np.bool_]:
        """Which cells lie in a region: all of the nation, those of a province, a city, a county; none of a township.

        Cells know their county and nothing below it.
        """
        size = (10**12, 10**10, 10**8, UNIT, 1)[level_of(region)]
        return (self.county >= region) & (self.county < region + size)


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a row; row 0 is the file as a whole. ``column`` is "" where no one column is meant."""

    row: int
    column: str
    says: Bilingual


class CellsFault(ValueError):
    """A file of cells that cannot be used, with every fault by row; nothing of it is taken."""

    def __init__(self, faults: list[CellFault]) -> None:
        super().__init__(f"{len(faults)} faults, the first in row {faults[0].row}: {faults[0].says.en}")
        self.faults = tuple(faults)


@lru_cache(maxsize=1)
def people() -> Cells:
    """The shipped cells, read once in a process (some 50 ms)."""
    packed = files("nuanxin.network").joinpath("data/people.tsv.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(packed).decode().splitlines()]
    lon, lat, people, county = np.array(rows, dtype=np.float64).T
    return _cells(lon, lat, people, county.astype(np.int64) * UNIT)


def _cells(
    lon: NDArray[np.float64], lat: NDArray[np.float64], people: NDArray[np.float64], county: NDArray[np.int64]
) -> Cells:
    found = Cells(
        np.ascontiguousarray(lon),
        np.ascontiguousarray(lat),
        np.ascontiguousarray(people),
        np.ascontiguousarray(county),
    )
    for column in (found.lon, found.lat, found.people, found.county):
        column.setflags(write=False)
    return found


def read_cells(path: Path) -> Cells:
    """The cells of a deployment: CSV in UTF-8 with the columns lon, lat, people and, if known, place.

    ``lon`` and ``lat`` are WGS-84 degrees, ``people`` a number from 0, ``place`` the six digits of a county; where it
    is missing or empty, the county of the nearest shipped cell stands in. Other columns are passed over.
    Raises CellsFault with every fault (the first thousand), and OSError.
    """
    reader = _Reader()
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            reader.read(csv.reader(_lines(file), strict=True))
        except (UnicodeDecodeError, csv.Error, _LineFault):
            reader.fault(reader.row + 1, "", UNREADABLE)
    if not reader.faults and not reader.columns["people"]:
        reader.fault(0, "", NO_ROWS)
    if reader.faults:
        raise CellsFault(sorted(reader.faults, key=lambda fault: fault.row))
    return reader.cells()


class _LineFault(ValueError):
    """A line longer than any of a table of numbers."""


def _lines(file: TextIO) -> Iterator[str]:
    """The lines of a file; one without an end is not read to its end."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise _LineFault
        yield line


class _Reader:
    """Reads rows into flat arrays, and remembers every fault."""

    def __init__(self) -> None:
        self.faults: list[CellFault] = []
        self.row = 0
        self.columns = {name: array("d") for name in COLUMNS}
        self.county = array("q")
        self.looked = 0  # cells whose place on the map has been looked at
        self.rows = array("q")  # the row of each cell

    def fault(self, row: int, column: str, says: Bilingual) -> None:
        self.faults.append(CellFault(row, column, says))

    def read(self, rows: Iterator[list[str]]) -> None:
        head = [name.strip().lower() for name in next(rows, [])]
        self.row = 1
        for name in COLUMNS:
            if head.count(name) != 1:
                self.fault(1, name, MISSING if name not in head else TWICE)
        if self.faults:
            return None
        at = {name: head.index(name) for name in (*COLUMNS, "place") if name in head}
        for record in rows:
            self.row += 1
            if len(self.rows) >= MOST_ROWS:
                return self.fault(self.row, "", TOO_MANY_ROWS)
            if record:
                self.take(record, len(head), at)
            if len(self.rows) - self.looked >= _BATCH:
                self.look()
            if len(self.faults) >= MOST_FAULTS:
                return self.fault(self.row, "", TOO_MANY_FAULTS)
        return self.look()

    def take(self, record: list[str], width: int, at: dict[str, int]) -> None:
        """One row: into the arrays where it is right, else its faults."""
        if len(record) != width:
            return self.fault(self.row, "", WIDTH)
        before = len(self.faults)
        values = self.numbers(record, at)
        county = self.place(record[at["place"]].strip()) if "place" in at else 0
        if len(self.faults) == before:
            self.rows.append(self.row)
            self.county.append(county)
            for name, value in zip(COLUMNS, values, strict=True):
                self.columns[name].append(value)
        return None

    def numbers(self, record: list[str], at: dict[str, int]) -> list[float]:
        """Longitude, latitude and people of a row; its faults are remembered."""
        texts = [record[at[name]].strip() for name in COLUMNS]
        values = [float(text) if _NUMBER.fullmatch(text) else math.nan for text in texts]
        # In the country if the two changed places: one fault says so, and not a second that there is no such latitude.
        swapped = 3 <= values[0] <= 54 and 73 <= values[1] <= 136
        if swapped:
            self.fault(self.row, "lon", SWAPPED)
        for name, value in zip(COLUMNS, values, strict=True):
            if math.isnan(value):
                self.fault(self.row, name, NO_NUMBER)
            elif not LIMITS[name][0] <= value <= LIMITS[name][1] and not (swapped and name != "people"):
                self.fault(self.row, name, PEOPLE_RANGE if name == "people" else DEGREES_RANGE)
        return values

    def place(self, text: str) -> int:
        """The stored code, of today, of a county; 0 where none is told."""
        if not text:
            return 0
        book, code = gazetteer(), int(text) * UNIT if _SIX.fullmatch(text) else NATION
        if code == NATION or code not in book.places:
            self.fault(self.row, "place", NO_PLACE)
        elif book.children(code):
            self.fault(self.row, "place", NO_COUNTY)
        elif not book.children(book.in_force(code)):
            return book.in_force(code)
        return 0  # of an abolished county that was divided, the nearest cell tells which part

    def look(self) -> None:
        """Whether the cells read since the last look lie in the country."""
        lon, lat = (np.array(self.columns[name][self.looked :]) for name in ("lon", "lat"))
        for index in np.flatnonzero(~near_land(lon, lat)):
            self.fault(self.rows[self.looked + int(index)], "lon", AT_SEA)
        self.looked = len(self.rows)

    def cells(self) -> Cells:
        lon, lat, count = (np.array(self.columns[name]) for name in COLUMNS)
        county = np.array(self.county)
        unknown = county == 0
        county[unknown] = _nearest_county(lon[unknown], lat[unknown])
        return _cells(lon, lat, count, county)


def _nearest_county(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """The county of the nearest shipped cell to each point."""
    from scipy.spatial import cKDTree  # only here: it takes longer to load than all the rest

    known = people()
    _, nearest = cKDTree(_on_sphere(known.lon, known.lat)).query(_on_sphere(lon, lat))
    return known.county[nearest] if len(lon) else known.county[:0]


def _on_sphere(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of the unit sphere: what is nearest through it is nearest on it."""
    east, north = np.radians(lon), np.radians(lat)
    return np.stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)), axis=-1)


_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?")
_SIX = re.compile(r"[0-9]{6}")

UNREADABLE = Bilingual(
    "从这一行起无法读取：文件须为 UTF-8 编码的 CSV，且没有过长的行。",
    "The file cannot be read from this row on: it must be CSV in UTF-8, without very long lines.",
)
NO_ROWS = Bilingual("文件里没有数据。", "The file holds no cells.")
MISSING = Bilingual("首行缺少这一列。", "The first row does not name this column.")
TWICE = Bilingual("首行两次出现这一列。", "The first row names this column twice.")
WIDTH = Bilingual("这一行的列数与首行不同。", "This row has another number of columns than the first.")
NO_NUMBER = Bilingual("请填数字，例如 113.25。", "Give a number, such as 113.25.")
DEGREES_RANGE = Bilingual("不是地球上的经纬度。", "These are no degrees on earth.")
PEOPLE_RANGE = Bilingual("人数须在 0 到 1000 万之间。", "People must be between 0 and 10 million.")
SWAPPED = Bilingual("经度与纬度似乎写反了。", "Longitude and latitude seem to be swapped.")
AT_SEA = Bilingual("这个点在海上或国外。", "This point lies in the sea or abroad.")
NO_PLACE = Bilingual("没有这个六位区划代码。", "There is no region with these six digits.")
NO_COUNTY = Bilingual("请填区县的代码。", "Give the code of a county.")
TOO_MANY_ROWS = Bilingual("数据超过 500 万行。", "There are more than 5 million rows.")
TOO_MANY_FAULTS = Bilingual("错误过多，读到这里为止。", "There are too many faults; reading stopped here.")
