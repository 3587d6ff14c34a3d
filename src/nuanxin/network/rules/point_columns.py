"""A service point as a row of somebody's file: the columns, their headings, and cells read as values. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nuanxin.network.rules.coordinates import System
from nuanxin.network.rules.point_facts import FieldFault
from nuanxin.network.rules.points import KINDS, LANGUAGES, SERVICES, Term, language_code

LONGEST_CELL = 2_000  # characters; nothing that is said of a point is longer

# Column: the headings under which it comes, the first of which an export writes.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "编号", "网点编号", "point"),
    "name_zh": ("name_zh", "名称", "网点名称", "中文名称", "name"),
    "name_en": ("name_en", "英文名称"),
    "kind": ("kind", "类型", "网点类型", "类别"),
    "agency": ("agency", "所属机构", "机构编号"),
    "place": ("place", "地区代码", "区划代码", "行政区划代码", "行政区划", "地区"),
    "lon": ("lon", "经度", "lng", "longitude", "x"),
    "lat": ("lat", "纬度", "latitude", "y"),
    "coordinates": ("coordinates", "坐标系", "坐标系统", "crs"),
    "address_zh": ("address_zh", "地址", "详细地址", "address"),
    "address_en": ("address_en", "英文地址"),
    "phone": ("phone", "电话", "联系电话", "tel"),
    "hours": ("hours", "开放时间", "服务时间", "opening_hours"),
    "services": ("services", "服务", "服务内容", "服务事项"),
    "languages": ("languages", "语言", "方言"),
    "step_free": ("step_free", "无障碍", "无台阶"),
    "capacity": ("capacity", "每日接待人数", "接待能力"),
    "verified_on": ("verified_on", "核实日期", "核验日期"),
    "active": ("active", "在用", "是否在用"),
    "invented": ("invented", "虚构"),
    "source": ("source", "来源"),
    "reference": ("reference", "来源编号", "外部编号"),
}
NEEDED = ("name_zh", "kind", "place", "lon", "lat")  # of a point that is not on file yet
_BY_HEADING = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_PARTING = re.compile(r"[,;|/、，；\s]+")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_YES = frozenset({"1", "yes", "true", "y", "是", "有"})
_NO = frozenset({"0", "no", "false", "n", "否", "无"})
_SYSTEMS = {
    **{system.value: system for system in System},
    "wgs-84": System.WGS84, "gps": System.WGS84, "cgcs2000": System.WGS84, "epsg:4326": System.WGS84,
    "gcj-02": System.GCJ02, "高德": System.GCJ02, "腾讯": System.GCJ02, "火星坐标": System.GCJ02,
    "bd-09": System.BD09, "百度": System.BD09,
}  # fmt: skip
# Words for a kind in people's files, by what the name of the kind holds.
_KIND_WORDS = (
    ("联络员", "village_helper"), ("联络点", "contact_point"), ("工作站", "workstation"), ("流动", "mobile"),
    ("中心", "platform"), ("公共法律服务", "platform"),
)  # fmt: skip


class Unreadable(ValueError):
    """A cell that cannot be read: a stable code and a sentence in both languages."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


@dataclass(slots=True)
class ReadRow:
    """What a row says: values of the columns that it fills, and what of it could not be read."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[FieldFault] = field(default_factory=list)


def column_of(heading: str) -> str | None:
    """The column of a heading in any of its words; None: not ours."""
    return _BY_HEADING.get(heading.strip().strip("*＊").strip().lower().replace(" ", "_"))


def column_label(column: str) -> tuple[str, str]:
    """A column as a Chinese page names it, and as a file's English heading does."""
    headings = HEADINGS.get(column, (column,))
    return next((heading for heading in headings if not heading.isascii()), column), headings[0]


def read_cells(cells: Mapping[str, str]) -> ReadRow:
    """Read a row's cells by column. An empty cell says nothing of a column: an update leaves it as it is."""
    row = ReadRow()
    for column, text in cells.items():
        plain = text.strip()
        if not plain:
            continue
        try:
            if len(plain) > LONGEST_CELL:
                raise Unreadable("too_long", "内容过长。", "This cell is far too long.")
            if column in _READERS:
                row.values[column] = _READERS[column](plain)
            else:
                row.values[column] = plain
        except Unreadable as fault:
            row.faults.append(FieldFault(column, fault.code, fault.zh, fault.en))
    return row


def system_of(text: str) -> System:
    """A coordinate system by one of its names. Raises Unreadable."""
    found = _SYSTEMS.get(text.strip().lower())
    if found is None:
        raise Unreadable(
            "unknown",
            "没有这个坐标系。可用：wgs84、gcj02、bd09。",
            "No such coordinate system. Known: wgs84, gcj02, bd09.",
        )
    return found


def _whole(text: str) -> int:
    plain = text[:-2] if text.endswith(".0") else text  # as spreadsheets keep whole numbers
    if not (plain.isascii() and plain.isdigit() and len(plain) < 18):
        raise Unreadable("not_a_number", "请填整数。", "Give a whole number.")
    return int(plain)


def _degrees(text: str) -> float:
    try:
        return float(text.rstrip("°EeNn东经北纬 ")) if text.isascii() or "°" in text else float(text)
    except ValueError:
        raise Unreadable(
            "not_a_number",
            "经纬度须为以度为单位的数字，例如 112.92。",
            "Degrees are a number such as 112.92.",
        ) from None


def _place(text: str) -> int:
    """Six digits of a county, nine of a township, or twelve of a village, which counts as its township."""
    digits = text[:-2] if text.endswith(".0") else text
    if not (digits.isascii() and digits.isdigit() and len(digits) in (6, 9, 12)):
        raise Unreadable(
            "unreadable",
            "地区代码须为 6 位（县级）、9 位（乡级）或 12 位（村级）数字。",
            "A region code has 6 digits (county), 9 (township) or 12 (village).",
        )
    code = int(digits.ljust(12, "0"))
    return code - code % 1000


def _kind(text: str) -> str:
    plain = text.lower().replace(" ", "_")
    if plain in KINDS:
        return plain
    for word, code in _KIND_WORDS:
        if word in text:
            return code
    known = "、".join(KINDS)
    raise Unreadable(
        "unknown", f"没有这种网点类型。可用：{known}。", f"No such kind. Known: {', '.join(KINDS)}."
    )


def _codes(table: Mapping[str, Term], text: str, code_of: Callable[[str], str | None]) -> int:
    bits = 0
    for word in filter(None, _PARTING.split(text)):
        code = code_of(word)
        if code is None:
            known = "、".join(term.zh for term in table.values())
            raise Unreadable(
                "unknown",
                f"没有“{word[:20]}”。可用：{known}。",
                f"“{word[:20]}” is not known. Known: {', '.join(table)}.",
            )
        bits |= 1 << table[code].bit
    return bits


def _by_words(table: Mapping[str, Term]) -> Mapping[str, str]:
    return {word: code for code, term in table.items() for word in (code, term.zh, term.en.lower())}


_SERVICE_WORDS, _LANGUAGE_WORDS = _by_words(SERVICES), _by_words(LANGUAGES)


def _services(text: str) -> int:
    return _codes(SERVICES, text, lambda word: _SERVICE_WORDS.get(word.lower()))


def _languages(text: str) -> int:
    return _codes(LANGUAGES, text, lambda word: _LANGUAGE_WORDS.get(word.lower()) or language_code(word))


def _flag(text: str) -> bool:
    plain = text.lower().removesuffix(".0")
    if plain not in _YES | _NO:
        raise Unreadable("unreadable", "请填“是”或“否”。", "Write yes or no.")
    return plain in _YES


def _date(text: str) -> date:
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise Unreadable("unreadable", "日期须写成 2026-11-28。", "Write the day as 2026-11-28.") from None


_READERS: Mapping[str, Callable[[str], Any]] = {
    "id": _whole, "agency": _whole, "capacity": _whole, "lon": _degrees, "lat": _degrees, "place": _place,
    "kind": _kind, "services": _services, "languages": _languages, "step_free": _flag, "active": _flag,
    "invented": _flag, "verified_on": _date, "coordinates": system_of,
}  # fmt: skip


def duplicates_in(columns: Iterable[str | None]) -> str | None:
    """The first column that stands twice in a heading."""
    seen: set[str] = set()
    for column in columns:
        if column is not None and column in seen:
            return column
        if column is not None:
            seen.add(column)
    return None
