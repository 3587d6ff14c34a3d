"""The first sheet of a spreadsheet that holds anything, row by row. Cells are taken as they stand, never computed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from nuanxin.network.point_files.sources import FileFault, RawRow, Source, head_of

MOST_PARTS = 1000
MOST_UNPACKED = 3 * 1024**3  # bytes of all parts: a million rows take about one
MOST_STRINGS = 256 * 1024**2  # bytes of the shared strings, which the library holds in memory
MOST_COLUMNS = 100
LAST_ROW = 1_048_576  # of a sheet; a crafted number beyond would have the rows between counted out for hours
LONGEST_RUN = 256 * 1024  # bytes between two tags: no honest cell is longer
_CHUNK = 1024 * 1024


def open_rows(path: Path, *, most_unpacked: int | None = None) -> Source:
    """The rows behind the heading. Raises FileFault, also while rows are taken."""
    _examine(path, most_unpacked or MOST_UNPACKED)
    rows = _records(path)
    _, headings, _ = next(rows, (0, [], ()))
    if not headings:
        raise FileFault("empty", "这个表格里没有内容。", "There is nothing in this spreadsheet.")
    columns, ignored = head_of(headings)
    return Source(_cells(rows, columns), tuple(c for c in columns if c), ignored)


def _cells(
    rows: Iterator[tuple[int, list[str], tuple[int, ...]]], columns: list[str | None]
) -> Iterator[RawRow]:
    for number, texts, formulas in rows:
        if not any(texts) and not formulas:
            continue
        cells = {column: text for column, text in zip(columns, texts, strict=False) if column is not None}
        odd = (columns[at] for at in formulas if at < len(columns))
        yield RawRow(number, cells, tuple(column for column in odd if column is not None))


def _records(path: Path) -> Iterator[tuple[int, list[str], tuple[int, ...]]]:
    """Number, texts and places of formulas of each row from the first that holds anything."""
    try:
        with path.open("rb") as file:  # of a path the library wants a name that ends with .xlsx
            yield from _filled(load_workbook(file, read_only=True, data_only=False, keep_links=False))
    except (FileFault, GeneratorExit):
        raise
    except Exception as fault:  # the library raises many kinds for a damaged file, and each means the same
        raise _damaged() from fault


def _filled(book: Workbook) -> Iterator[tuple[int, list[str], tuple[int, ...]]]:
    try:
        for sheet in book.worksheets:
            found, before = False, None
            for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS), 1):
                if row is before:  # of rows that are missing the library gives the same one each time
                    continue
                before = row
                texts = [_text(cell.value) if cell.data_type != "f" else "" for cell in row]
                formulas = tuple(at for at, cell in enumerate(row) if cell.data_type == "f")
                if found or any(texts):
                    found = True
                    yield number, texts, formulas
            if found:
                return
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _examine(path: Path, most_unpacked: int) -> None:
    """What the archive is, before the library reads it: its size unpacked, crafted XML, gigantic cells."""
    try:
        with zipfile.ZipFile(path) as parts:
            listed = parts.infolist()
            # Reading a part stops at the size it declares, so the sum of the declared sizes is a bound.
            if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > most_unpacked:
                raise _bomb()
            for part in listed:
                name = part.filename.lower()
                if part.flag_bits & 1:
                    raise FileFault("locked", "表格加了密码。请去掉密码。", "The spreadsheet is locked.")
                if name.endswith("sharedstrings.xml") and part.file_size > MOST_STRINGS:
                    raise _bomb()
                if name.endswith((".xml", ".rels")):
                    _examine_part(parts, part)
    except FileFault:
        raise
    except Exception as fault:  # a crafted archive fails in many ways, and each means the same
        raise _damaged() from fault


def _examine_part(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    run = 0
    with parts.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise _damaged()
            pieces = chunk.split(b"<")
            longest = max(run + len(pieces[0]), *(len(piece) for piece in pieces))
            run = len(pieces[-1]) if len(pieces) > 1 else run + len(chunk)
            if longest > LONGEST_RUN:
                raise FileFault(
                    "gigantic_cell",
                    "表格中有过大的单元格，没有读取。",
                    "The spreadsheet has a gigantic cell; it was not read.",
                )


def _bomb() -> FileFault:
    return FileFault(
        "bomb",
        "这个文件解开后过大，没有读取。请分成几份，或另存为 CSV。",
        "Unpacked, this file is far too large; it was not read. Split it, or save it as CSV.",
    )


def _damaged() -> FileFault:
    return FileFault(
        "damaged",
        "这个表格已损坏或不是正常的 .xlsx 文件。请重新另存后再试。",
        "This spreadsheet is damaged or no plain .xlsx. Save it again and try once more.",
    )
