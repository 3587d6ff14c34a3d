"""Reading a roster: every fault by row, nothing imported on a fault."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nuanxin.cases.rules import reading
from nuanxin.cases.rules.reading import Faults

MOST_ROWS = 100_000
TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "sum"})  # names that are no worker's
_KEYS = {"name", "phone", "resident_id", "bank_card", "claimed"}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One worker of a group; the sum in fen, 0 where unknown."""

    name: str
    phone: str = ""
    resident_id: str = ""
    bank_card: str = ""
    claimed_fen: int = 0


class BadRoster(Exception):
    """The table has faults; each has ``path`` "/row/key" with rows counted from 1."""

    def __init__(self, faults: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read_rows(rows: Sequence[Mapping[str, Any]], lines: Sequence[int] | None = None) -> list[RosterRow]:
    """Check all rows. Raises BadRoster with every fault, told by row or, where they are given, by ``lines``."""
    faults = Faults()
    if not rows or len(rows) > MOST_ROWS:
        faults.add("", "row_count", "名单要有 1 到 10 万行", "A roster has 1 to 100,000 rows")
        raise BadRoster(faults.found)
    numbers = lines or range(1, len(rows) + 1)
    people = [_row(faults, number, dict(row)) for number, row in zip(numbers, rows, strict=True)]
    seen: dict[str, int] = {}
    for number, row in zip(numbers, people, strict=True):
        if row.resident_id and seen.setdefault(row.resident_id, number) != number:
            faults.add(f"/{number}/resident_id", "twice", f"和第 {seen[row.resident_id]} 行是同一个人",
                       f"The same person as row {seen[row.resident_id]}")  # fmt: skip
    if faults.found:
        raise BadRoster(faults.found)
    return people


def _yuan(typed: str) -> str:
    """A sum as spreadsheets write it ("5,200", "5200.5", "¥5200 元") with two decimals, for the check at the door."""
    plain = unicodedata.normalize("NFKC", typed).strip().removesuffix("元").strip("¥ ").replace(",", "")
    whole, _, part = plain.partition(".")
    return f"{whole}.{part:0<2}" if whole.isdecimal() and (part.isdecimal() or not part) else plain


def _row(faults: Faults, number: int, row: dict[str, Any]) -> RosterRow:
    where = f"/{number}"
    faults.unknown(row, _KEYS, where)
    if str(row.get("name", "")).strip().casefold() in TOTALS:
        faults.add(f"{where}/name", "total_row", "这一行像是合计，不是工人，请删掉",
                   "This row looks like a total and not like a worker; take it out")  # fmt: skip
        return RosterRow("")
    if str(row.get("name", "")).startswith(("=", "+", "@")):
        faults.add(
            f"{where}/name", "invalid_name", "这里要填姓名，不能是公式", "A name stands here, not a formula"
        )
        return RosterRow("")
    claimed = _yuan(str(row.get("claimed") or ""))
    fen = reading.money(faults, {"claimed": claimed}, f"{where}/claimed") if claimed else 0
    return RosterRow(
        name=reading.name(faults, row, f"{where}/name"),
        phone=reading.phone(faults, row, f"{where}/phone"),
        resident_id=reading.resident_id(faults, row, f"{where}/resident_id"),
        bank_card=reading.bank_card(faults, row, f"{where}/bank_card"),
        claimed_fen=fen or 0,
    )
