"""A list of workers that comes as a spreadsheet (XLSX). The file is hostile until it is shown to be a plain sheet.

Cells are taken as they stand, never computed: a formula has no value of its own, and a long number has lost its
last digits, so both are faults of their row. Everything else becomes tab-separated text, line for row, that the
same reading checks as a pasted list.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from nuanxin.cases.rules.reading import Faults
from nuanxin.cases.rules.roster import MOST_ROWS, BadRoster
from nuanxin.cases.rules.tables import TITLE_ROWS, columns_of

MOST_BYTES = 10 * 1024 * 1024  # of the file
MOST_UNPACKED = 24 * 1024 * 1024  # of all its parts together
MOST_PARTS = 1000
MOST_COLUMNS = 60
MOST_TEXT = 1_500_000  # bytes of the list as text: what a form may send back
LONGEST_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
EXACT = frozenset({"phone", "resident_id", "bank_card"})
OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


class BadSheet(Exception):
    """A file that is no plain spreadsheet: a stable code, and what to do in both languages."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(code)
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the text, line for row; the sheet's name; the names of others that hold something too.

    ``faults``: cells that could not be taken as they stand, with ``path`` "/row/column".
    """

    text: str
    name: str
    others: tuple[str, ...]
    faults: list[dict[str, Any]]


def is_spreadsheet(data: bytes) -> bool:
    """Whether bytes look like a spreadsheet, old or new, and not like text."""
    return data.startswith((OLD_EXCEL, ZIP))


def read_sheet(data: bytes) -> Sheet:
    """Read the first visible sheet that holds anything. Raises BadSheet for a file that is not to be trusted, BadRoster
    for a heading that nobody knows."""
    _examine(data)
    try:
        grids = list(_grids(data))
    except BadSheet:
        raise
    except Exception as fault:  # the library raises many kinds for a damaged file, and each means the same
        raise _damaged() from fault
    if not grids:
        raise BadSheet("empty", "这个表格里没有内容。", "There is nothing in this spreadsheet.")
    name, grid = grids[0]
    faults = _odd_cells(grid)
    width = max(2, *(len(row) for row in grid))  # a tab in every line says how the text is divided
    text = "\n".join("\t".join([*(c.text for c in row), *[""] * (width - len(row))]) for row in grid)
    if len(text.encode()) > MOST_TEXT:
        raise BadSheet(
            "too_long", "名单太长，请分成几份，一份一份录入（每份一万行以内）。",
            "The list is too long: split it and enter one part after the other, up to ten thousand rows each.",
        )  # fmt: skip
    return Sheet(text, name, tuple(other for other, _ in grids[1:]), faults)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    formula: bool = False
    cut: bool = False  # a number longer than a spreadsheet keeps


def _examine(data: bytes) -> None:
    """What the file is, before anything in it is read: its size unpacked, macros, passwords, crafted XML."""
    if len(data) > MOST_BYTES:
        raise BadSheet(
            "too_large", "表格太大，最多 10 MB。请只留名单那一页。",
            "The spreadsheet is too large; 10 MB at most. Keep only the page with the list.",
        )  # fmt: skip
    if data.startswith(OLD_EXCEL):
        raise BadSheet(
            "old_or_locked", "这是旧版 .xls 或加了密码的表格。请去掉密码，另存为 .xlsx 再选。",
            "This is an old .xls or a spreadsheet with a password. Take the password off, save it as .xlsx, and choose it "
            "again.",
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _examine_parts(parts)
    except BadSheet:
        raise
    except Exception as fault:  # a crafted archive fails in many ways, and each means the same
        raise _damaged() from fault


def _examine_parts(parts: zipfile.ZipFile) -> None:
    listed = parts.infolist()
    # Reading a part stops at the size it declares, so the sum of the declared sizes is a bound.
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
        raise BadSheet(
            "bomb", "这个文件解开后太大，不像正常的名单，没有读取。请把名单复制到新表格里再选。",
            "Unpacked, this file is far too large for a list; it was not read. Copy the list into a new spreadsheet.",
        )  # fmt: skip
    names = {part.filename.lower() for part in listed}
    if "xl/workbook.xml" not in names:
        raise BadSheet(
            "no_spreadsheet", "这不是 .xlsx 表格。请在表格软件里另存为 .xlsx，或者存成 CSV。",
            "This is no .xlsx spreadsheet. Save it as .xlsx, or as CSV.",
        )  # fmt: skip
    if any("vbaproject" in name or "macrosheets" in name for name in names):
        raise BadSheet(
            "macros", "这个表格带有宏，为安全没有读取。请另存为不带宏的 .xlsx。",
            "This spreadsheet carries macros and was not read. Save it as .xlsx without macros.",
        )  # fmt: skip
    for part in listed:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")) and _declares(parts, part):
            raise _damaged()  # a plain sheet declares no entities; they can be made to grow without end


def _declares(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part holds a document type, in whatever width its letters are written."""
    kept = b""
    with parts.open(part) as file:
        while block := file.read(1 << 20):
            plain = (kept + block).replace(b"\0", b"").upper()
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                return True
            kept = block[-32:]
    return False


def _damaged() -> BadSheet:
    return BadSheet(
        "damaged", "这个表格打不开，可能损坏了。请在表格软件里另存一份，或者存成 CSV 再选。",
        "This spreadsheet cannot be opened; it may be damaged. Save it anew, or as CSV, and choose it again.",
    )  # fmt: skip


def _grids(data: bytes) -> Iterator[tuple[str, list[list[_Cell]]]]:
    """Visible sheets that hold anything: the first whole, of the others only the first rows."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        whole = True
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # what the file says of its own size is not believed
            grid = _grid(sheet, MOST_ROWS + TITLE_ROWS if whole else TITLE_ROWS, strict=whole)
            if any(cell.text for row in grid for cell in row):
                yield str(sheet.title), grid
                whole = False
    finally:
        book.close()


def _grid(sheet: Any, most: int, *, strict: bool) -> list[list[_Cell]]:
    grid: list[list[_Cell]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > most:
            if not strict:
                break
            raise BadSheet(
                "too_many_rows", "这一页超过 10 万行。请删掉名单后面的空行和别的内容。",
                "This sheet has more than 100,000 rows. Take out what stands below the list.",
            )  # fmt: skip
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1].text:
            cells.pop()
        grid.append(cells)
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _cell(cell: Any) -> _Cell:
    value = cell.value
    if value is None:
        return _Cell("")
    if cell.data_type == "f" or (not isinstance(value, str | int | float | bool) and hasattr(value, "ref")):
        return _Cell("=", formula=True)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _Cell(" ".join(str(value).split()))
    return _Cell(_number(value), cut=abs(value) >= LONGEST_EXACT)


def _number(value: int | float) -> str:
    """A number as people write it. A sum that a spreadsheet computed may be off in its last binary digit."""
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    cents = round(Decimal(repr(value)), 2)
    return str(cents) if abs(Decimal(repr(value)) - cents) < Decimal("0.000001") else repr(value)


def _odd_cells(grid: list[list[_Cell]]) -> list[dict[str, Any]]:
    """Cells that mean something here and cannot be taken as they stand, told by the row of the sheet."""
    filled = [(number, row) for number, row in enumerate(grid, 1) if any(cell.text for cell in row)]
    start, columns = columns_of([[cell.text for cell in row] for _, row in filled])
    faults = Faults()
    for number, row in filled[start:]:
        for key, cell in zip(columns, row, strict=False):
            if key and cell.formula:
                faults.add(f"/{number}/{key}", "formula", "这一格是公式，请复制后“选择性粘贴为数值”",
                           "A formula stands here; copy the column and paste it as values")  # fmt: skip
            elif key in EXACT and cell.cut:
                faults.add(f"/{number}/{key}", "digits_lost",
                           "号码被表格当成数字，后几位已经丢了；请把这一列设成“文本”，重新输入",
                           "The spreadsheet took this for a number and lost its last digits; set the column to text and "
                           "type it again")  # fmt: skip
    return faults.found


def merged(*lists: list[dict[str, Any]]) -> BadRoster:
    """Faults of cells and of rows together, in the order of the rows; a cell is told once."""
    found: dict[str, dict[str, Any]] = {}
    for faults in lists:
        for fault in faults:
            found.setdefault(str(fault["path"]), fault)
    return BadRoster(sorted(found.values(), key=lambda fault: _row_of(str(fault["path"]))))


def _row_of(path: str) -> int:
    number = path.strip("/").partition("/")[0]
    return int(number) if number.isdecimal() else 0
