"""Comma-separated text, in the encodings and with the separators in which spreadsheets save it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from nuanxin.network.point_files.sources import FileFault, RawRow, Source, head_of

LONGEST_LINE = 64 * 1024  # characters
_PROBE = 1024 * 1024  # bytes that the encoding is judged by


def open_rows(path: Path) -> Source:
    """The rows of a file; rows without any cell are passed over. Raises FileFault, also while rows are taken."""
    rows = _records(path, _encoding(path))
    _, headings = next(rows, (0, []))
    if not headings:
        raise FileFault("empty", "文件是空的。", "The file is empty.")
    columns, ignored = head_of(headings)
    return Source(_cells(rows, columns), tuple(c for c in columns if c), ignored)


def _cells(rows: Iterator[tuple[int, list[str]]], columns: list[str | None]) -> Iterator[RawRow]:
    for number, record in rows:
        if any(cell.strip() for cell in record):
            yield RawRow(number, {c: text for c, text in zip(columns, record, strict=False) if c is not None})


def _records(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number that a spreadsheet gives it."""
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            head = file.readline(LONGEST_LINE)
            file.seek(0)
            parting = max(",;\t", key=head.count)
            for number, record in enumerate(csv.reader(_lines(file), delimiter=parting), 1):
                yield number, record
    except UnicodeDecodeError:
        raise FileFault(
            "encoding",
            f"第 {number + 1} 行附近的文字编码有误。请把文件另存为 UTF-8 编码的 CSV。",
            f"Around row {number + 1} the text is damaged. Save the file as CSV in UTF-8.",
        ) from None
    except csv.Error:
        raise FileFault(
            "unreadable",
            f"第 {number + 1} 行无法读取：可能有没有配对的引号，或单元格过长。",
            f"Row {number + 1} cannot be read: perhaps a quote without its pair, or a gigantic cell.",
        ) from None


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error("line too long")
        yield line


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        begin = file.read(_PROBE)
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in begin:
        raise FileFault(
            "binary", "这不是文本文件。请另存为 CSV 或 XLSX。", "This is no text. Save it as CSV or XLSX."
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(begin)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileFault(
        "encoding",
        "无法识别文字编码。请另存为 UTF-8 编码的 CSV。",
        "The encoding is not known. Save it as CSV in UTF-8.",
    )
