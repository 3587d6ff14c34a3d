"""Spreadsheets for tests: honest ones as people make them, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook


def book(*rows: Sequence[Any], title: str = "名单", others: Sequence[tuple[str, str, Any]] = ()) -> bytes:
    """A workbook with one sheet of rows. ``others``: further sheets as (title, state, what stands in A1)."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name, state, value in others:
        more = made.create_sheet(name)
        more.sheet_state = state
        more["A1"] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The same archive with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in changes:
                new.writestr(part.filename, old.read(part))
        for name, body in changes.items():
            new.writestr(name, body)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
