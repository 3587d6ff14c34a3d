"""A list of workers as a spreadsheet: read as it stands, every fault by its row; a hostile file is told and not read."""

from __future__ import annotations

import tracemalloc
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuanxin.cases.rules.roster import BadRoster, RosterRow, read_rows
from nuanxin.cases.rules.tables import read_lines
from nuanxin.cases.spreadsheet import MOST_UNPACKED, BadSheet, Sheet, is_spreadsheet, merged, read_sheet
from tests.factories.sheets import book, part, repacked

HEADS = ("序号", "姓名", "电话", "身份证号", "银行卡号", "欠薪金额（元）", "备注")
ID, CARD = "11010519491231002X", "6222020200112233445"
NAME = "田某某".encode("ascii", "xmlcharrefreplace")  # as the library writes it
PLAIN = book(HEADS, (1, "田某某", "13900000001", ID, CARD, 5200.5, "木工"))


def people(sheet: Sheet) -> list[RosterRow]:
    lines, rows = read_lines(sheet.text)
    return read_rows(rows, lines)


def told(fault: pytest.ExceptionInfo[BadRoster]) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in fault.value.faults]


def check(data: bytes) -> list[RosterRow]:
    """As the page checks it: faults of cells and of rows together."""
    sheet = read_sheet(data)
    lines, rows = read_lines(sheet.text)
    try:
        found = read_rows(rows, lines)
    except BadRoster as bad:
        raise merged(sheet.faults, bad.faults) from bad
    if sheet.faults:
        raise merged(sheet.faults)
    return found


def test_a_list_as_a_clerk_makes_it_is_read_whole() -> None:
    sheet = read_sheet(PLAIN)
    assert people(sheet) == [RosterRow("田某某", "13900000001", ID, CARD, 520_050)]
    assert (sheet.name, sheet.others, sheet.faults) == ("名单", (), [])


@pytest.mark.parametrize(
    "rows",
    [
        [("高平站项目工人名单",), (), HEADS, (1, "田某某", 13900000001, None, None, 5200, None)],
        [
            ("名单", None, "制表：王"),
            HEADS,
            (),
            (1, "田某某", "13900000001", None, None, "5,200.00", None),
            (),
        ],
        [("姓名", "欠薪", "电话"), ("田某某", 5200.0, 13900000001.0)],
        [("田某某", 13900000001, None, 5200)],
    ],
    ids=["title", "blank rows", "another order", "no headings"],
)
def test_titles_blank_rows_and_numbers_do_not_matter(rows: list[tuple[Any, ...]]) -> None:
    assert check(book(*rows)) == [RosterRow("田某某", "13900000001", "", "", 520_000)]


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        (0.1 + 0.2, 30),
        (1234.565 - 0.005, 123_456),
        (5200, 520_000),
        (5200.10, 520_010),
        (99999.99, 9_999_999),
    ],
)
def test_sums_that_a_spreadsheet_computed_are_read_to_the_fen(value: float, fen: int) -> None:
    assert check(book(("姓名", "金额"), ("甲", value)))[0].claimed_fen == fen


def test_a_third_decimal_is_a_fault_and_not_rounded_away() -> None:
    with pytest.raises(BadRoster) as fault:
        check(book(("姓名", "金额"), ("甲", 5200.125)))
    assert told(fault) == [("/2/claimed", "invalid_money")]


def test_every_fault_is_told_by_the_row_of_the_sheet() -> None:
    data = book(
        ("名单",), HEADS,
        (1, "甲", "13900000001", ID, None, 100, None),
        (2, "乙", "1390000000a", None, None, "=F3*2", None),
        (),
        (3, "丙", None, 110105194912310020, None, 100, None),
        (4, "丁", None, ID, 6222020200112233445, 100, None),
        ("合计", None, None, None, None, "=SUM(F3:F6)", None),
    )  # fmt: skip
    with pytest.raises(BadRoster) as fault:
        check(data)
    assert set(told(fault)) == {
        ("/4/phone", "invalid_phone"), ("/4/claimed", "formula"), ("/6/resident_id", "digits_lost"),
        ("/7/resident_id", "twice"), ("/7/bank_card", "digits_lost"), ("/8/name", "total_row"), ("/8/claimed", "formula"),
    }  # fmt: skip
    assert [int(path.split("/")[1]) for path, _ in told(fault)] == sorted(
        int(path.split("/")[1]) for path, _ in told(fault)
    )
    twice = next(one for one in fault.value.faults if one["code"] == "twice")
    assert "第 3 行" in twice["message"]["zh"]


def test_a_formula_where_nothing_is_read_does_no_harm() -> None:
    assert check(book(HEADS, ("=ROW()-1", "甲", None, None, None, 100, "=A1")))[0].name == "甲"


def test_text_that_only_looks_like_a_formula_stays_text_and_is_refused_as_a_name() -> None:
    sheet = read_sheet(PLAIN)
    page = part(PLAIN, "xl/worksheets/sheet1.xml").replace(NAME, b"=cmd|' /C calc'!A0")
    assert sheet.faults == []
    with pytest.raises(BadRoster) as fault:
        check(repacked(PLAIN, {"xl/worksheets/sheet1.xml": page}))
    assert told(fault) == [("/2/name", "invalid_name")]


def test_only_the_first_visible_sheet_is_read_and_the_others_are_named() -> None:
    data = book(
        ("姓名",), ("甲",), others=[("藏", "hidden", "秘"), ("工资表", "visible", "乙"), ("空", "visible", None)]
    )  # fmt: skip
    sheet = read_sheet(data)
    assert [one.name for one in people(sheet)] == ["甲"]
    assert sheet.others == ("工资表",)


def test_a_heading_nobody_knows_is_told() -> None:
    with pytest.raises(BadRoster) as fault:
        read_sheet(book(("姓名", "欠新"), ("甲", 5)))
    assert told(fault) == [("/0/欠新", "unknown_heading")]


def entity_bomb() -> bytes:
    shared = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
    )
    return repacked(PLAIN, {"xl/sharedStrings.xml": shared})


def wide_entity_bomb() -> bytes:
    shared = '<?xml version="1.0" encoding="UTF-16"?><!doctype l [<!ENTITY a "ha">]><sst/>'.encode("utf-16")
    return repacked(PLAIN, {"xl/sharedStrings.xml": shared})


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def word() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def many_parts() -> bytes:
    return repacked(PLAIN, {f"xl/media/{n}.bin": b"" for n in range(1001)})


def far_row() -> bytes:
    sheet = part(PLAIN, "xl/worksheets/sheet1.xml")
    return repacked(PLAIN, {"xl/worksheets/sheet1.xml": sheet.replace(b'r="2"', b'r="1048576"')})


HOSTILE = [
    (lambda: repacked(PLAIN, {"xl/media/x.bin": bytes(MOST_UNPACKED)}), "bomb"),
    (many_parts, "bomb"),
    (entity_bomb, "damaged"),
    (wide_entity_bomb, "damaged"),
    (lambda: repacked(PLAIN, {"xl/vbaProject.bin": b"x"}), "macros"),
    (lambda: repacked(PLAIN, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
    (locked, "old_or_locked"),
    (word, "no_spreadsheet"),
    (lambda: PLAIN[: len(PLAIN) // 2], "damaged"),
    (lambda: b"PK\x03\x04" + bytes(60), "damaged"),
    (lambda: repacked(PLAIN, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), "damaged"),
    (lambda: repacked(PLAIN, {"xl/workbook.xml": b"<workbook/>"}), "empty"),
    (far_row, "too_many_rows"),
    (lambda: book(), "empty"),
    (lambda: b"PK\x03\x04" + bytes(11 * 1024 * 1024), "too_large"),
    (lambda: book(*(("甲" * 90, "乙" * 90) for _ in range(4_000))), "too_long"),
]


@pytest.mark.parametrize(("make", "code"), HOSTILE, ids=lambda value: value if isinstance(value, str) else "")
def test_a_hostile_or_broken_file_is_told_with_what_to_do(make: Any, code: str) -> None:
    data = make()
    with pytest.raises(BadSheet) as fault:
        read_sheet(data)
    assert fault.value.code == code
    assert fault.value.zh.endswith("。")
    assert fault.value.en.endswith(".")


def test_a_bomb_costs_no_memory() -> None:
    data = repacked(PLAIN, {"xl/media/x.bin": bytes(400 * 1024 * 1024)})
    assert len(data) < 1024 * 1024
    tracemalloc.start()
    with pytest.raises(BadSheet):
        read_sheet(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * 1024 * 1024


def test_what_the_file_says_of_its_own_size_is_not_believed() -> None:
    sheet = part(PLAIN, "xl/worksheets/sheet1.xml")
    assert b'ref="A1:G2"' in sheet
    for lie in (b'ref="A1"', b'ref="A1:XFD1048576"'):
        data = repacked(PLAIN, {"xl/worksheets/sheet1.xml": sheet.replace(b'ref="A1:G2"', lie)})
        assert [one.name for one in people(read_sheet(data))] == ["田某某"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_one_changed_byte_never_breaks_the_reading(place: int, byte: int) -> None:
    data = PLAIN[:place] + bytes([byte]) + PLAIN[place + 1 :]
    with suppress(BadSheet, BadRoster):
        check(data)


def test_what_is_text_is_left_to_the_other_reading() -> None:
    assert not is_spreadsheet("姓名,电话".encode())
    assert is_spreadsheet(PLAIN)
