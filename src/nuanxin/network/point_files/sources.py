"""Files of service points as rows, one at a time. A file is hostile until it has been read; memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nuanxin.network.rules.point_columns import HEADINGS, NEEDED, column_of, duplicates_in

MOST_ROWS = 2_000_000


class FileFault(Exception):
    """A file that cannot be read, or no further than here: a stable code and what to do, in both languages."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: its number as a spreadsheet shows it (of GeoJSON: the feature), cells by column, odd cells by column."""

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()  # columns whose cell holds a formula instead of a value


@dataclass(slots=True)
class Source:
    """An open file. ``columns``: those of ours that it has; ``ignored``: headings that are none of ours."""

    rows: Iterator[RawRow]
    columns: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    system: str = ""  # the coordinate system that the file itself names
    notes: list[str] = field(default_factory=list)


def open_source(path: Path, *, most_unpacked: int | None = None) -> Source:
    """Open a file by what it is, not by its name. Raises FileFault, also while rows are taken."""
    from nuanxin.network.point_files import csv_rows, geojson_rows, xlsx_rows

    with path.open("rb") as file:
        begin = file.read(4096)
    if not begin.strip():
        raise FileFault("empty", "文件是空的。", "The file is empty.")
    if begin.startswith(b"PK\x03\x04"):
        return xlsx_rows.open_rows(path, most_unpacked=most_unpacked)
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileFault(
            "old_or_locked",
            "这是旧版 .xls 或加了密码的表格。请去掉密码，另存为 .xlsx 或 .csv。",
            "This is an old .xls or a locked spreadsheet. Take the password off and save it as .xlsx or .csv.",
        )
    if begin.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return geojson_rows.open_rows(path)
    return csv_rows.open_rows(path)


def head_of(headings: Sequence[str]) -> tuple[list[str | None], tuple[str, ...]]:
    """The column of each heading, and the headings that are none of ours. Raises FileFault for a head of no use."""
    columns = [column_of(heading) for heading in headings]
    if not any(columns):
        known = "、".join(headings_zh())
        raise FileFault(
            "no_heading",
            f"第一行没有可识别的列名。可用的列名：{known}。",
            f"The first row has no heading that is known. Known: {', '.join(HEADINGS)}.",
        )
    twice = duplicates_in(columns)
    if twice is not None:
        raise FileFault("column_twice", f"列“{twice}”出现了两次。", f"The column {twice} stands twice.")
    has = {column for column in columns if column}
    missing = [column for column in NEEDED if column not in has]
    if missing and not has & {"id", "reference"}:
        raise FileFault(
            "column_missing",
            f"缺少列：{'、'.join(missing)}。",
            f"Columns are missing: {', '.join(missing)}.",
        )
    ignored = tuple(h.strip()[:60] for h, c in zip(headings, columns, strict=True) if c is None and h.strip())
    return columns, ignored


def headings_zh() -> list[str]:
    """The Chinese heading of each column."""
    return [next(h for h in headings if not h.isascii()) for headings in HEADINGS.values()]
