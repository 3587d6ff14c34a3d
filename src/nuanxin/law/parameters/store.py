"""Reads the parameter files, refuses what is not fit to be relied on, and keeps the rows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from nuanxin.law.basis import Mark
from nuanxin.law.parameters.tables import TABLES

SHIPPED = Path(__file__).parent / "data"
NATIONAL = "000000"
_folders: list[Path] = [SHIPPED]
_NEEDED = frozenset({"value", "from", "instrument", "source", "mark", "checked"})
_ALLOWED = _NEEDED | {"place", "key", "until", "article", "note", "persons"}


@dataclass(frozen=True, slots=True)
class Row:
    """One dated value. ``until`` is the last day it holds; None while it holds, or until the next row begins.

    ``own``: a deployment added it.
    """

    table: str
    place: str
    key: str
    value: Any
    since: date
    until: date | None
    instrument: str
    article: str
    source: str
    mark: Mark
    checked: date
    own: bool = False


Rows = dict[tuple[str, str, str], list[Row]]


def add_folder(folder: Path) -> None:
    """Add a deployment's own files. Its rows need ``persons``: the two who entered and checked them."""
    if folder not in _folders:
        _folders.append(folder)
    load.cache_clear()


@lru_cache(maxsize=1)
def load() -> Rows:
    """All rows by table, key and place, newest first. :class:`ValueError` lists every fault of every file."""
    rows: Rows = {}
    faults: list[str] = []
    for folder in _folders:
        for file in sorted(folder.glob("*.toml")):
            faults += _read(file, rows, own=folder != SHIPPED)
    rows = {where: _giving_way(found) for where, found in rows.items()}
    faults += list(_overlaps(rows))
    if faults:
        raise ValueError("; ".join(faults))
    return rows


def _read(file: Path, rows: Rows, *, own: bool) -> list[str]:
    """Add one file's rows; returns its faults."""
    try:
        body = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [f"{file.name}: {error}"]
    table = body.get("table")
    if table not in TABLES:
        return [f"{file.name}: table must be one of {', '.join(sorted(TABLES))}"]
    found = []
    for number, raw in enumerate(body.get("row", []), start=1):
        faults = list(row_faults(table, raw, own=own))
        found += [f"{file.name} row {number}: {fault}" for fault in faults]
        if not faults:
            for place in _places(raw):
                row = _row(table, raw, place, own=own)
                rows.setdefault((table, row.key, row.place), []).append(row)
    return found


def row_faults(table: str, raw: dict[str, Any], *, own: bool) -> Iterator[str]:
    """What is wrong with one row; nothing when it may be relied on."""
    for key in sorted(_NEEDED - raw.keys()):
        yield f"{key} is missing"
    for key in sorted(raw.keys() - _ALLOWED):
        yield f"{key} is not a known key"
    check, shape = TABLES[table]
    if "value" in raw and not check(raw["value"]):
        yield f"value must be {shape}"
    if raw.get("mark", "V") not in set(Mark):
        yield "mark must be V, M or I"
    for key in ("from", "until", "checked"):
        if key in raw and (not isinstance(raw[key], date) or isinstance(raw[key], datetime)):
            yield f"{key} must be a date"
    places = _places(raw)
    if not places or not all(_is_place(place) for place in places):
        yield "place must be six digits, or a list of such"
    if own and not _two_persons(raw.get("persons")):
        yield "persons must name the two people who entered and checked the row"


def _places(raw: dict[str, Any]) -> list[Any]:
    """The places of a row: one, several to which the same value applies, or the nation."""
    given = raw.get("place", NATIONAL)
    return given if isinstance(given, list) else [given]


def _is_place(place: Any) -> bool:
    return isinstance(place, str) and len(place) == len(NATIONAL) and place.isascii() and place.isdigit()


def _two_persons(persons: Any) -> bool:
    return (
        isinstance(persons, list)
        and len({name for name in persons if isinstance(name, str) and name.strip()}) == 2
    )


def _row(table: str, raw: dict[str, Any], place: str, *, own: bool) -> Row:
    return Row(
        table=table,
        place=place,
        key=raw.get("key", ""),
        value=raw["value"],
        since=raw["from"],
        until=raw.get("until"),
        instrument=raw["instrument"],
        article=raw.get("article", ""),
        source=raw["source"],
        mark=Mark(raw["mark"]),
        checked=raw["checked"],
        own=own,
    )


def _giving_way(found: list[Row]) -> list[Row]:
    """Shipped rows that nobody verified give way to a deployment's own, which two people checked.

    One that begins within an own row falls away; one that runs into an own row ends the day before it.
    """
    own = [row for row in found if row.own]
    firm = [row for row in found if row.own or row.mark is Mark.VERIFIED]
    unsure = [row for row in found if not row.own and row.mark is not Mark.VERIFIED]
    left = [row for row in unsure if not any(_begins_within(row, other) for other in own)]
    return firm + [_ended_before(row, own) for row in left]


def _begins_within(row: Row, own: Row) -> bool:
    until = own.until or own.since
    return own.since <= row.since <= until


def _ended_before(row: Row, own: list[Row]) -> Row:
    later = [other.since for other in own if other.since > row.since]
    if not later or (row.until is not None and row.until < min(later)):
        return row
    return replace(row, until=min(later) - timedelta(days=1))


def _overlaps(rows: Rows) -> Iterator[str]:
    """Sort each list newest first and name rows that contradict each other."""
    for (table, key, place), found in rows.items():
        found.sort(key=lambda row: row.since, reverse=True)
        where = f"{table} {place} {key}".strip()
        for newer, older in pairwise(found):
            if newer.since == older.since:
                yield f"{where}: two rows begin on {newer.since}"
            elif older.until is not None and older.until >= newer.since:
                yield f"{where}: the row of {older.since} ends after the row of {newer.since} begins"
        for row in found:
            if row.until is not None and row.until < row.since:
                yield f"{where}: the row of {row.since} ends before it begins"
