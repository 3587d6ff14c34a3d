"""Service points from files: all faults by row, nothing half-imported, hostile files refused, and out again."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.network.actions import alter_point
from nuanxin.network.actions.point_import import NotFit, Outdated, publish_import
from nuanxin.network.models import PointChange, ServicePoint
from nuanxin.network.point_files import staging
from nuanxin.network.point_files.export import points_within, write_points
from nuanxin.network.point_files.neutral import neutral, plain
from nuanxin.network.point_files.sources import open_source
from nuanxin.network.point_files.staging import Options, Staged, Stopped, read_staged, stage
from nuanxin.network.rules.coordinates import System, from_wgs84
from tests.factories.points import AT, GAOPING, LAT, LON, point

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
HEAD = "名称,类型,地区代码,经度,纬度,电话,开放时间,服务内容,语言,来源编号"
GOOD = "南城街道法律援助工作站,工作站,140581,112.92,35.80,0356-5550201,Mo-Fr 9:00-17:00,法律咨询、欠薪求助,普通话、彝语,A1"


def write(folder: Path, *lines: str, name: str = "points.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def run(path: Path, by: Actor = SYSTEM, **options: Any) -> Staged:
    return stage(path, Options(**{"source": "province", **options}), by=by, today=TODAY)


def publish(staged: Staged, **more: Any) -> Any:
    return publish_import(staged, by=SYSTEM, at=AT, **more)


def why(staged: Staged) -> str:
    return staged.report.file_fault["code"] if staged.report.file_fault else ""


def told(staged: Staged) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in staged.report.first]


def test_a_good_row_becomes_a_point_and_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    staged = run(write(tmp_path, HEAD, GOOD))
    assert (staged.report.fit, staged.report.created) == (True, 1)
    assert not ServicePoint.objects.exists()  # a dry run writes nothing
    publish(staged)
    made = ServicePoint.objects.get()
    assert (made.kind, made.place, made.hours, made.services, made.languages) == (
        "workstation", GAOPING, "Mo-Fr 09:00-17:00; PH off", 0b11, 1 | 1 << 10,
    )  # fmt: skip
    assert (made.source, made.reference, made.version, made.invented) == ("province", "A1", 1, False)
    again = run(write(tmp_path, HEAD, GOOD, ""))
    assert (again.report.created, again.report.unchanged) == (0, 1)
    publish(again)
    changed = run(write(tmp_path, HEAD, GOOD.replace("5550201", "5550202")))
    assert changed.report.changed == 1
    publish(changed)
    made.refresh_from_db()
    assert (made.phone, made.version, ServicePoint.objects.count()) == ("0356-5550202", 2, 1)
    counted = [e.payload for e in Event.objects.filter(kind="points.imported").order_by("seq")]
    assert [(c["created"], c["changed"], c["unchanged"]) for c in counted] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]


def test_every_fault_is_listed_by_row_and_column_and_nothing_is_imported(tmp_path: Path) -> None:
    staged = run(write(
        tmp_path, HEAD, GOOD,
        "坏行,小卖部,140581,35.80,112.92,call,sometimes,changing money,Klingon,A2",
        "北城街道联络点,联络点,999999,112.92,35.80,,,法律咨询,,A3",
        "海上联络点,联络点,140581,124.0,30.0,,,法律咨询,,A4",
        "北京联络点,联络点,140581,116.4,39.9,,Mo 17:00-09:00,法律咨询,,A1",
        "=HYPERLINK(1),联络点,14058,abc,35.8,,,法律咨询,,A6",
    ))  # fmt: skip
    assert told(staged) == [
        (3, "kind", "unknown"), (3, "services", "unknown"), (3, "languages", "unknown"),
        (3, "phone", "unreadable"), (3, "hours", "hours"), (3, "lon", "swapped"),
        (4, "place", "unknown"),
        (5, "lon", "sea_or_abroad"),
        (6, "reference", "twice"), (6, "hours", "hours"), (6, "lon", "far_from_place"),
        (7, "place", "unreadable"), (7, "lon", "not_a_number"), (7, "name_zh", "missing"),
    ]  # fmt: skip
    assert (staged.report.rows, staged.report.good, staged.report.faulty) == (6, 1, 5)
    with pytest.raises(NotFit):
        publish(staged)
    assert not ServicePoint.objects.exists()
    assert not Event.objects.filter(kind="points.imported").exists()
    rows = list(csv.reader(staged.faults_file.open(encoding="utf-8-sig")))
    assert len(rows) == 1 + staged.report.faults
    assert rows[-1][-1] == "'=HYPERLINK(1)"  # what a spreadsheet would compute leaves as plain text
    assert all(fault.zh and fault.en for fault in staged.report.first)
    counts = publish(staged, skip_faults=True)
    assert (counts.created, counts.skipped, ServicePoint.objects.count()) == (1, 5, 1)


@pytest.mark.parametrize("system", [System.GCJ02, System.BD09])
def test_positions_come_in_the_system_of_the_option_or_of_the_row(tmp_path: Path, system: System) -> None:
    lon, lat = from_wgs84(LON, LAT, system)
    head = "name_zh,kind,place,lon,lat,services,coordinates"
    row = f"甲,mobile,140581,{lon!r},{lat!r},consultation,"
    publish(run(write(tmp_path, head, row), system=system))
    publish(run(write(tmp_path, head, row + system.value), source="x"))
    for made in ServicePoint.objects.all():
        assert (made.lon, made.lat) == pytest.approx((LON, LAT), abs=1e-8)
    assert told(run(write(tmp_path, head, row + "mercator"))) == [(2, "coordinates", "unknown")]


def test_an_update_by_number_leaves_what_the_file_does_not_say(tmp_path: Path) -> None:
    held = point(services="mediation")
    publish(run(write(tmp_path, "id,phone", f"{held.pk},12348")))
    held.refresh_from_db()
    assert (held.phone, held.services, held.name_zh) == ("12348", 1 << 4, "示例·服务点")
    assert told(run(write(tmp_path, "id,phone", "999,12348", f"{held.pk},1", f"{held.pk},12348"))) == [
        (2, "id", "unknown_point"), (2, "name_zh", "missing"), (2, "kind", "missing"), (2, "place", "missing"),
        (2, "lon", "missing"), (2, "lat", "missing"), (3, "phone", "unreadable"), (4, "id", "twice"),
    ]  # fmt: skip


def test_rows_outside_the_actors_region_are_faults(tmp_path: Path) -> None:
    clerk = Actor("staff", 5, frozenset({Role.CLERK}), (330100_000000, 330199_999999))
    assert told(run(write(tmp_path, HEAD, GOOD), by=clerk)) == [(2, "place", "not_yours")]
    held = point()
    assert told(run(write(tmp_path, "id,phone", f"{held.pk},12348"), by=clerk)) == [(2, "place", "not_yours")]


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BATCH", 2)
    rows = [GOOD.replace("A1", f"B{n}").replace("工作站,140581", f"{n}号工作站,140581") for n in range(7)]
    path = write(tmp_path, HEAD, *rows, rows[0], "坏行,,,,,,,,,")
    with pytest.raises(Stopped):
        stage(path, Options(source="p"), by=SYSTEM, today=TODAY, stop=lambda: True)
    said: list[int] = []
    staged = stage(path, Options(source="p"), by=SYSTEM, today=TODAY, say=lambda r: said.append(r.rows))
    assert said[0] == 4  # the first two rows were not checked again
    assert (staged.report.rows, staged.report.good) == (9, 7)
    assert [(row, code) for row, _, code in told(staged)][:2] == [(9, "twice"), (10, "missing")]
    whole = run(path, source="p2")
    assert whole.report.faults == staged.report.faults
    assert len(staged.rows_file.read_text().splitlines()) == 7
    assert publish(staged, skip_faults=True).created == 7
    kept = read_staged(staged.key)
    assert kept is not None
    assert kept.report.done


def test_nothing_is_written_where_points_changed_since_the_dry_run(tmp_path: Path) -> None:
    staged = run(write(tmp_path, HEAD, GOOD, GOOD.replace("A1", "A2")))
    publish(run(write(tmp_path, HEAD, GOOD.replace("A1", "A2"), name="other.csv")))
    with pytest.raises(Outdated):
        publish(staged)
    assert ServicePoint.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "old_or_locked"),
        (b"\x00\x01\x02binary", "binary"),
        (b"alpha,beta\n1,2\n", "no_heading"),
        ("名称,电话\n甲,1\n".encode(), "column_missing"),
        ("名称,name_zh,类型,地区代码,经度,纬度\n".encode(), "column_twice"),
        (HEAD.encode(), "empty"),
        ((HEAD + "\n" + GOOD + "\n").encode() + b"\xff" * 9, "encoding"),
        ((HEAD + '\n"' + "x" * 300_000).encode(), "unreadable"),
        ((HEAD + "\n" + "x" * 300_000).encode(), "unreadable"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature"', "unreadable"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature"},', "truncated"),
        (b'{"type":"FeatureCollection","features":[' + b"[" * 5000, "unreadable"),
        (b'{"type":"FeatureCollection","features":["' + b"x" * 600_000, "too_large"),
        (b'{"type":"FeatureCollection"}', "unreadable"),
        (b'{"type":"FeatureCollection","features":[]}', "empty"),
        (b'{"coordinates":"mercator","features":[{}]}', "coordinates"),
        (b'{"features":[{"id":' + b"9" * 5000 + b"}]}", "unreadable"),  # more digits than Python reads
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    report = run(path).report
    assert report.file_fault is not None, report
    assert report.file_fault["code"] == code
    assert report.file_fault["zh"]
    assert not report.fit


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_comes_in_the_encodings_in_which_spreadsheets_save_it(tmp_path: Path, encoding: str) -> None:
    assert run(write(tmp_path, HEAD, GOOD, encoding=encoding)).report.created == 1
    assert run(write(tmp_path, HEAD.replace(",", ";"), GOOD.replace(",", ";"))).report.created == 1


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


def test_crafted_spreadsheets_are_refused(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b"<a>" + b" " * 3_000_000})
    assert why(run(bomb, most_unpacked=1_000_000)) == "bomb"
    assert why(run(bomb)) == "gigantic_cell"
    laughs = archive(tmp_path / "laughs.xlsx", {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'})
    assert why(run(laughs)) == "damaged"
    many = archive(tmp_path / "many.xlsx", {f"x{n}": b"" for n in range(1001)})
    assert why(run(many)) == "bomb"


def test_a_spreadsheet_is_read_as_it_stands_and_formulas_are_faults(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["名称", "类型", "地区代码", "经度", "纬度", "服务", "核实日期", "备注"])
    book.active.append(["甲站", "工作站", 140581, 112.92, 35.8, "consultation", date(2026, 1, 2), "x"])
    book.active.append(["乙站", "工作站", "=140581", 112.92, 35.8, "consultation", None, None])
    path = tmp_path / "points"  # what it is says its content, as with a file that came through a browser
    book.save(path)
    staged = run(path)
    assert told(staged) == [(3, "place", "formula")]
    assert staged.report.ignored == ("备注",)
    publish(staged, skip_faults=True)
    assert ServicePoint.objects.get().verified_on == date(2026, 1, 2)


@pytest.mark.parametrize(("row", "rows"), [(1_048_576, [1_048_576]), (2_000_000_000, [])])
def test_a_row_far_down_is_found_at_once_and_none_below_the_last(
    tmp_path: Path, row: int, rows: list[int]
) -> None:
    book = Workbook()
    book.active.append(HEAD.split(","))
    book.active.append(GOOD.split(","))
    book.save(tmp_path / "near.xlsx")
    with zipfile.ZipFile(tmp_path / "near.xlsx") as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    sheet = held["xl/worksheets/sheet1.xml"].decode()
    sheet = re.sub(r'(ref="A1:[A-Z]+)2"', rf'\g<1>{row}"', sheet)
    held["xl/worksheets/sheet1.xml"] = re.sub(r'( r="[A-Z]*)2"', rf'\g<1>{row}"', sheet).encode()
    source = open_source(archive(tmp_path / "far.xlsx", held))
    assert [found.number for found in source.rows] == rows


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
def test_what_leaves_comes_back_unchanged(tmp_path: Path, form: str) -> None:
    point(name_zh='甲, "站"', languages="zh ii", phone="+86 356 5550201", capacity=5)
    held = point(
        name_zh="=1+1 站", address_zh="@甲", source="s", reference="R-1", step_free=True, invented=False
    )
    path = tmp_path / f"out.{form}"
    with path.open("wb") as stream:
        assert write_points(points_within(), form, stream) == 2
    staged = run(path)
    assert staged.report.first == []
    assert (staged.report.unchanged, staged.report.rows) == (2, 2)
    if form == "xlsx":
        cells = [c.value for row in load_workbook(path).active.iter_rows() for c in row if c.data_type == "f"]
        assert cells == []
    if form == "csv":
        assert "'=1+1 站" in path.read_text()
        assert "+86 356 5550201" in path.read_text()  # a number is no formula
    ServicePoint.objects.filter(pk=held.pk).update(phone="1")
    assert run(path).report.file_fault is None


def test_neutral_texts_come_back() -> None:
    for text in ("=1", "@x", "-cmd", "+86 1", "-1.5", "'x", "", "a=b", "\tx"):
        assert plain(neutral(text)) == text


def test_geojson_says_its_own_system_and_streams(tmp_path: Path) -> None:
    lon, lat = from_wgs84(LON, LAT, System.GCJ02)
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "name_zh": "甲",
            "kind": "mobile",
            "place": 140581,
            "services": ["consultation"],
            "extra": {},
        },
    }
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "coordinates": "gcj02", "features": [feature] * 3})
    )
    staged = run(path)
    assert (staged.report.rows, staged.report.faults) == (3, 0)
    publish(staged)
    assert ServicePoint.objects.all()[0].lon == pytest.approx(LON, abs=1e-8)


def test_half_a_character_is_told_as_a_fault_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps({"features": [{"properties": {"name_zh": "\ud800甲"}}]})
    )  # escaped: valid JSON
    assert (1, "name_zh", "control_character") in told(run(path))


def test_memory_stays_bounded_however_long_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = write(tmp_path, HEAD, *(GOOD.replace("A1", f"A{n}") for n in range(rows)), name=f"{rows}.csv")
        tracemalloc.start()
        run(path)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(1000)  # tables and imports
    small, large = peak(2000), peak(12000)
    assert large < small + 2_000_000  # 10,000 rows more are 1.3 MB of text; their keys take 64 bits each


def test_a_change_between_check_and_publishing_of_the_same_point_keeps_what_the_file_does_not_say(
    tmp_path: Path,
) -> None:
    held = point()
    staged = run(write(tmp_path, "id,phone", f"{held.pk},12348"))
    alter_point(held.pk, name_zh="新名", by=SYSTEM, at=AT)
    publish(staged)
    held.refresh_from_db()
    assert (held.name_zh, held.phone) == ("新名", "12348")
    assert held.version == PointChange.objects.get().last


def test_a_million_faults_are_counted_and_only_the_first_are_carried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "SHOWN", 5)
    staged = run(write(tmp_path, HEAD, *["坏行,,,,,,,,,"] * 50))
    assert (len(staged.report.first), staged.report.faults) == (5, 50 * 5)
    assert len(list(csv.reader(io.StringIO(staged.faults_file.read_text("utf-8-sig"))))) == 251
