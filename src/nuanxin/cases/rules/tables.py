"""A list of workers as a table: pasted text, CSV, or the text that a spreadsheet was turned into."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from nuanxin.cases.rules.reading import Faults
from nuanxin.cases.rules.roster import TOTALS, BadRoster

HEADINGS: Mapping[str, str] = {
    "姓名": "name", "名字": "name", "name": "name", "电话": "phone", "手机": "phone", "手机号": "phone",
    "联系电话": "phone", "电话号码": "phone", "phone": "phone", "身份证": "resident_id", "身份证号": "resident_id",
    "身份证号码": "resident_id", "resident_id": "resident_id", "银行卡": "bank_card", "银行卡号": "bank_card",
    "bank_card": "bank_card", "欠薪": "claimed", "欠薪金额": "claimed", "拖欠金额": "claimed", "欠款": "claimed",
    "金额": "claimed", "主张": "claimed", "主张金额": "claimed", "claimed": "claimed", "amount": "claimed",
    "telephone": "phone", "residentid": "resident_id", "bankcard": "bank_card", "amountclaimed": "claimed",
}  # fmt: skip
# Columns that lists often have and that say nothing here. Any other heading is refused: it may be a misspelt sum.
IGNORED = frozenset(
    {
        "",
        "序号",
        "编号",
        "no",
        "no.",
        "性别",
        "年龄",
        "民族",
        "籍贯",
        "住址",
        "地址",
        "工种",
        "班组",
        "备注",
        "签名",
    }
)
PLAIN = ("name", "phone", "resident_id", "claimed")  # the order of a list without headings
TITLE_ROWS = 10  # how far down the headings may stand, below a title
_UNITS = re.compile(r"[（(\[].*?[）)\]]|\s")  # 欠薪金额（元） is 欠薪金额


def read_table(text: str) -> list[dict[str, Any]]:
    """Rows of a pasted or uploaded CSV or tab-separated table; headings in Chinese or English, or none at all.

    Without headings the columns are ``PLAIN``. Raises BadRoster for a heading that nobody knows.
    """
    return read_lines(text)[1]


def read_lines(text: str) -> tuple[list[int], list[dict[str, Any]]]:
    """The same, with the line at which each row stands in the text, from 1: faults are told by it."""
    lines, cells = _cells(text.lstrip("\ufeff"))
    if not cells:
        return [], []
    start, columns = columns_of(cells)
    rows = [_row(columns, row) for row in cells[start:]]
    return lines[start:], rows


def columns_of(table: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Where the workers begin, and what each column means ("" for one that says nothing here).

    Raises BadRoster for a heading that nobody knows: it may be a misspelt sum.
    """
    for number, row in enumerate(table[:TITLE_ROWS]):
        heads = [_UNITS.sub("", cell.casefold()) for cell in row]
        known = [HEADINGS[head] for head in heads if head in HEADINGS]
        if known and (number == 0 or "name" in known):  # lower down only what is plainly a row of headings
            _refuse_unknown([head for head in heads if head not in HEADINGS and head not in IGNORED])
            return number + 1, [HEADINGS.get(head, "") for head in heads]
    return 0, [*PLAIN]


def _cells(text: str) -> tuple[list[int], list[list[str]]]:
    """The rows that are not empty, each with its line."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = "\t" if "\t" in first else "," if "," in first or "，" not in first else "，"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[int] = []
    table: list[list[str]] = []
    above = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                lines.append(above + 1)
                table.append([cell.strip() for cell in row])
            above = reader.line_num
    except csv.Error as fault:
        faults = Faults()
        faults.add(f"/{above + 1}", "unreadable", "从这一行起读不了：可能少了一个引号，或者混进了别的字符",
                   "It cannot be read from this row on: perhaps a quotation mark is missing")  # fmt: skip
        raise BadRoster(faults.found) from fault
    return lines, table


def _row(columns: Sequence[str], row: Sequence[str]) -> dict[str, Any]:
    """One row by what its columns mean. A row of totals keeps the word, so that it is refused and not entered."""
    found = {key: cell for key, cell in zip(columns, row, strict=False) if key and cell}
    total = next((cell for cell in row if _UNITS.sub("", cell.casefold()) in TOTALS), "")
    return {**found, "name": total} if total else found


def _refuse_unknown(heads: list[str]) -> None:
    if heads:
        faults = Faults()
        for head in heads:
            faults.add(f"/0/{head[:40]}", "unknown_heading", f"不认识“{head[:40]}”这一列，请改名或删掉",
                       f"No column is called “{head[:40]}”; rename it or take it out")  # fmt: skip
        raise BadRoster(faults.found)
