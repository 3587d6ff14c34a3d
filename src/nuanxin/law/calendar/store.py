"""Reads the dated holiday tables and keeps them ready for counting."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "data"
_folders: list[Path] = [SHIPPED]


class CalendarMissing(Exception):
    """The holidays of ``year`` are not published, or not in the data; nothing may be counted through it."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no published holiday calendar for {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's arrangement: statutory holidays (with their names), weekdays moved to rest, make-up days."""

    year: int
    notices: tuple[str, ...]
    regulation: str
    source: str
    mark: str
    checked: date
    statutory: dict[date, str]
    off: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class Table:
    """All known years at once. ``kinds``: 0 working, 1 rest, 2 statutory, by ordinal day.

    ``working`` and ``statutory``: ordinals of those days in order. ``block_ends``: for each known year the last ordinal
    of the unbroken run of known years it stands in.
    """

    years: dict[int, CalendarYear]
    kinds: dict[int, int]
    working: list[int]
    statutory: list[int]
    block_ends: dict[int, int]


def add_folder(folder: Path) -> None:
    """Add a deployment's own year files (one ``YYYY.toml`` a year); a later file replaces an earlier one."""
    if folder not in _folders:
        _folders.append(folder)
    year_table.cache_clear()


def known_years() -> tuple[int, ...]:
    """The years whose holidays are known, in order."""
    return tuple(sorted(year_table().years))


@lru_cache(maxsize=1)
def year_table() -> Table:
    """The loaded calendar; read once and kept."""
    years = {}
    for folder in _folders:
        for file in sorted(folder.glob("[0-9][0-9][0-9][0-9].toml")):
            loaded = read_year(file)
            years[loaded.year] = loaded
    return _tabulate(years)


def read_year(file: Path) -> CalendarYear:
    """Read and check one year's file; :class:`ValueError` names what is wrong with it."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    try:
        moved = raw["moved"]
        year = CalendarYear(
            year=raw["year"],
            notices=tuple(raw["notices"]),
            regulation=raw["regulation"],
            source=raw["source"],
            mark=raw["mark"],
            checked=raw["checked"],
            statutory={date.fromisoformat(day): name for day, name in raw["statutory"].items()},
            off=frozenset(moved["off"]),
            work=frozenset(moved["work"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file.name}: {error!r}") from error
    faults = list(_faults(year, raw, file))
    if faults:
        raise ValueError(f"{file.name}: " + "; ".join(faults))
    return year


def _faults(year: CalendarYear, raw: dict[str, Any], file: Path) -> list[str]:
    checks = {
        f"file is named {file.stem}, year says {year.year}": file.stem == str(year.year),
        "notices may not be empty": bool(year.notices),
        "mark must be V, M or I": year.mark in {"V", "M", "I"},
        "checked must be a date": isinstance(raw["checked"], date),
        "a day lies in another year": all(
            day.year == year.year for day in (*year.statutory, *year.off, *year.work)
        ),
        "off lists a weekend": all(day.weekday() < 5 for day in year.off),
        "work lists a weekday": all(day.weekday() >= 5 for day in year.work),
        "a day is both statutory and moved": not year.statutory.keys() & (year.off | year.work),
    }
    return [message for message, good in checks.items() if not good]


def _tabulate(years: dict[int, CalendarYear]) -> Table:
    kinds: dict[int, int] = {}
    for year in years.values():
        for ordinal in range(date(year.year, 1, 1).toordinal(), date(year.year, 12, 31).toordinal() + 1):
            kinds[ordinal] = _kind(year, date.fromordinal(ordinal))
    block_ends: dict[int, int] = {}
    for number in sorted(years, reverse=True):
        own_end = date(number, 12, 31).toordinal()
        block_ends[number] = block_ends.get(number + 1, own_end)
    working = sorted(ordinal for ordinal, kind in kinds.items() if kind == 0)
    statutory = sorted(ordinal for ordinal, kind in kinds.items() if kind == 2)
    return Table(years=years, kinds=kinds, working=working, statutory=statutory, block_ends=block_ends)


def _kind(year: CalendarYear, day: date) -> int:
    if day in year.statutory:
        return 2
    if day in year.work:
        return 0
    return 1 if day.weekday() >= 5 or day in year.off else 0
