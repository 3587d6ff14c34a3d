"""Finds the value that holds at a place on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from nuanxin.law.basis import Basis, Mark
from nuanxin.law.parameters.store import NATIONAL, Row, load

WHOLE = "全文"


def find(table: str, *, place: str | None, on: date | None = None, key: str = "") -> Row | None:
    """The row for the county, else its prefecture, else its province, else the nation; None when there is none.

    ``on``: the day that counts; None takes the newest row.
    """
    rows = load()
    for where in _upwards(place):
        for row in rows.get((table, key, where), ()):
            if on is None or row.since <= on:
                if on is not None and row.until is not None and on > row.until:
                    break  # the newest row that had begun is over: a wider place may still know
                return row
    return None


def begun_between(table: str, *, place: str | None, after: date, until: date) -> Row | None:
    """The newest row of any key, at the place or around it, whose first day is later than ``after`` and not later than
    ``until``: that something was changed meanwhile. None when nothing was."""
    where = _upwards(place)
    begun = [
        row
        for (name, _, at), rows in load().items()
        if name == table and at in where
        for row in rows
        if after < row.since <= until
    ]
    return max(begun, key=lambda row: row.since, default=None)


def _upwards(place: str | None) -> tuple[str, ...]:
    if place is None:
        return (NATIONAL,)
    return (place, place[:4] + "00", place[:2] + "0000", NATIONAL)


def found_basis(row: Row) -> Basis:
    """The citation of a row; one that names no article rests on its instrument as a whole."""
    return Basis(row.instrument, row.article or WHOLE, row.checked, row.mark)


def memory_warnings(row: Row, path: str) -> list[dict[str, Any]]:
    """What an answer says of a value that nobody compared with its source; nothing for a verified one.

    ``path``: the value of the question that takes the row's place once somebody has looked it up.
    """
    if row.mark is Mark.VERIFIED:
        return []
    return [{"code": "figure_from_memory", "path": path, "value": row.value, "since": row.since.isoformat()}]
