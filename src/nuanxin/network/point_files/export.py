"""Service points written as CSV, XLSX or GeoJSON, row by row, in a form that an import takes back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import IO, Any

from openpyxl import Workbook

from nuanxin.network.models import ServicePoint
from nuanxin.network.point_files.neutral import neutral
from nuanxin.network.rules.point_columns import HEADINGS
from nuanxin.network.rules.points import LANGUAGES, SERVICES, codes_of

FORMATS = ("csv", "xlsx", "geojson")
MOST_IN_SHEET = 1_048_575  # rows of a spreadsheet, without the heading
COLUMNS = tuple(HEADINGS)
_BATCH = 5000
_STORED = [name if name != "agency" else "agency_id" for name in COLUMNS if name != "coordinates"]


def points_within(low: int = 0, high: int = 10**12 - 1) -> Iterator[dict[str, Any]]:
    """The points of a range of places, ended ones too, in the order of their ids; memory stays small."""
    rows = ServicePoint.objects.filter(place__gte=low, place__lte=high).order_by("id").values(*_STORED)
    last = 0
    while page := list(rows.filter(id__gt=last)[:_BATCH]):
        yield from page
        last = page[-1]["id"]


def write_points(rows: Iterator[dict[str, Any]], form: str, stream: IO[bytes]) -> int:
    """Write points in a form of ``FORMATS``. Returns how many. Raises ValueError for more than a sheet holds."""
    return {"csv": _csv, "xlsx": _xlsx, "geojson": _geojson}[form](rows, stream)


def csv_pieces(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """The same as CSV, in pieces that leave while they are made."""
    held = io.StringIO()
    writer = csv.writer(held)
    held.write("\ufeff")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([neutral(text) for text in texts_of(row)])
        if held.tell() > 64 * 1024:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def texts_of(row: dict[str, Any]) -> list[str]:
    """A point's cells in the order of ``COLUMNS``."""
    return [_text(column, row) for column in COLUMNS]


def _text(column: str, row: dict[str, Any]) -> str:
    if column == "coordinates":
        return "wgs84"
    value = row["agency_id" if column == "agency" else column]
    if column == "place":
        return place_text(value)
    if column in ("services", "languages"):
        return ";".join(codes_of(value, SERVICES if column == "services" else LANGUAGES))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def place_text(code: int) -> str:
    """Six digits of a county, nine of a township."""
    return f"{code // 10**6:06d}" if code % 10**6 == 0 else f"{code // 1000:09d}"


def _csv(rows: Iterator[dict[str, Any]], stream: IO[bytes]) -> int:
    count = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    for piece in csv_pieces(counted()):
        stream.write(piece)
    return count


def _xlsx(rows: Iterator[dict[str, Any]], stream: IO[bytes]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("points")
    sheet.append(COLUMNS)
    count = 0
    for row in rows:
        count += 1
        if count > MOST_IN_SHEET:
            raise ValueError("more points than a spreadsheet has rows")
        sheet.append([neutral(text) for text in texts_of(row)])
    book.save(stream)
    return count


def _geojson(rows: Iterator[dict[str, Any]], stream: IO[bytes]) -> int:
    stream.write(b'{"type":"FeatureCollection","coordinates":"wgs84","features":[')
    count = 0
    for row in rows:
        properties = {
            column: text
            for column, text in zip(COLUMNS, texts_of(row), strict=True)
            if text and column not in ("id", "lon", "lat", "coordinates")
        }
        feature = {
            "type": "Feature", "id": row["id"], "properties": properties,
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
        }  # fmt: skip
        stream.write(b",\n" if count else b"\n")
        stream.write(json.dumps(feature, ensure_ascii=False).encode())
        count += 1
    stream.write(b"\n]}\n")
    return count
