"""Where people live: the shipped estimate, and a deployment's own cells."""

from __future__ import annotations

import resource
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuanxin.network.rules import people as room
from nuanxin.network.rules.gazetteer import NATION, UNIT, Level, gazetteer
from nuanxin.network.rules.land import near_land
from nuanxin.network.rules.people import CellsFault, people, read_cells
from nuanxin.network.rules.townships import townships

HEAD = "lon,lat,people\n"


def code(text: str) -> int:
    return int(text) * UNIT


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "cells.csv"
    path.write_bytes(text.encode(encoding))
    return path


def faults(path: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(CellsFault) as caught:
        read_cells(path)
    assert all(f.says.zh and f.says.en for f in caught.value.faults)
    return [(f.row, f.column, f.says.en) for f in caught.value.faults]


@pytest.mark.parametrize(
    ("place", "total"),
    [
        ("110000", 21893095),
        ("310000", 24870895),
        ("440000", 126012510),
        ("540000", 3648100),
        ("650000", 25852345),
    ],
)
def test_a_province_has_the_people_of_the_census(place: str, total: int) -> None:
    cells = people()
    assert cells.people[cells.within(code(place))].sum() == total


def test_the_nation_has_the_people_of_all_thirty_one() -> None:
    cells = people()
    assert cells.total == 1_409_778_724
    assert cells.within(NATION).all()
    shares = [cells.within(p.code).sum() for p in gazetteer().children(NATION)]
    assert sum(shares) == len(cells)
    assert (
        sum(1 for share in shares if share) == 31
    )  # Hong Kong, Macao and Taiwan were not counted by this census


def test_every_county_with_townships_has_people() -> None:
    cells, book = people(), gazetteer()
    counties = set(cells.county.tolist())
    for place in book:
        if place.current and place.level is Level.COUNTY and townships().within(place.code):
            assert place.code in counties, place.name_zh
    for county in counties:
        assert book.place(county).current
        assert not book.children(county)


def test_cells_lie_on_land_and_none_holds_a_city() -> None:
    cells = people()
    assert near_land(cells.lon, cells.lat).all()
    assert cells.people.min() > 0
    assert cells.people.max() < 250_000
    assert len(cells) > 30_000


def test_towns_are_denser_than_the_wide_west() -> None:
    cells = people()
    near_shanghai = (abs(cells.lon - 121.47) < 0.2) & (abs(cells.lat - 31.23) < 0.2)
    near_taklamakan = (abs(cells.lon - 83.0) < 1) & (abs(cells.lat - 39.0) < 0.5)
    assert cells.people[near_shanghai].sum() > 5_000_000
    assert cells.people[near_taklamakan].sum() < 50_000


def test_parts_of_a_region_add_up() -> None:
    cells = people()
    city = cells.within(code("140500"))
    assert city.sum() == sum(cells.within(p.code).sum() for p in gazetteer().children(code("140500")))
    assert not cells.within(140581101000).any()  # no cell knows its township


def test_nobody_can_change_what_all_share() -> None:
    with pytest.raises(ValueError, match="read-only"):
        people().people[0] = 1


def test_a_deployments_own_cells_are_read(tmp_path: Path) -> None:
    text = "\ufeffPeople, lon ,lat,note,place\r\n12.5,116.40,39.90,a,110101\r\n\r\n0,112.92,35.80,b,\r\n7,120.16,30.30,,330103\r\n"
    cells = read_cells(write(tmp_path, text))
    assert cells.people.tolist() == [12.5, 0, 7]
    assert cells.lon.tolist() == [116.40, 112.92, 120.16]
    # 330103 was joined to 330105 in 2021; without a code the nearest shipped cell tells the county.
    assert cells.county[0] == code("110101")
    assert cells.county[1] // 10**8 == 1405
    assert cells.county[2] == code("330105")


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("39.9,116.4,5", "lon", "swapped"),
        ("124.0,30.0,5", "lon", "in the sea"),
        ("105.8,21.0,5", "lon", "abroad"),
        ("x,39.9,5", "lon", "number"),
        ("116.4,nan,5", "lat", "number"),
        ("116.4,39.9,inf", "people", "number"),
        ("116.4,39.9,", "people", "number"),
        ("116.4,39.9,１０", "people", "number"),
        ("116.4,39.9,1_000", "people", "number"),
        ("116.4,39.9,-1", "people", "between"),
        ("116.4,39.9,1e9", "people", "between"),
        ("216.4,39.9,1", "lon", "degrees"),
        ("116.4,-90.1,1", "lat", "degrees"),
        ("116.4,39.9", "", "columns"),
        ("116.4,39.9,1,2", "", "columns"),
        ('116.4,39.9,"1', "", "cannot be read"),
        ("116.4,39.9,\x001", "people", "number"),
        ("1" * 5000, "", "cannot be read"),
    ],
)
def test_a_wrong_row_is_told_by_its_number(tmp_path: Path, row: str, column: str, part: str) -> None:
    path = write(tmp_path, f"{HEAD}116.4,39.9,1\n{row}\n")
    ((number, name, says),) = faults(path)
    assert (number, name) == (3, column)
    assert part in says


@pytest.mark.parametrize("place", ["999999", "000000", "14058", "140581101", "140500", "110000", "abcdef"])
def test_a_wrong_place_is_told(tmp_path: Path, place: str) -> None:
    assert [f[:2] for f in faults(write(tmp_path, f"lon,lat,people,place\n112.9,35.8,1,{place}\n"))] == [
        (2, "place")
    ]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEAD}a,b,c\n116.4,39.9,1\n124,30,-4\n124,30,4\n")
    assert [f[:2] for f in faults(path)] == [(2, "lon"), (2, "lat"), (2, "people"), (4, "people"), (5, "lon")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "lon"), (1, "lat"), (1, "people")]),
        ("lon,lat\n1,2\n", [(1, "people")]),
        ("lon,lat,lat,people\n", [(1, "lat")]),
        (HEAD, [(0, "")]),
        (HEAD + "\n\n", [(0, "")]),
    ],
)
def test_a_file_without_cells_is_refused(tmp_path: Path, text: str, found: list[tuple[int, str]]) -> None:
    assert [f[:2] for f in faults(write(tmp_path, text))] == found


def test_another_encoding_is_told_and_not_guessed(tmp_path: Path) -> None:
    path = write(tmp_path, "lon,lat,people,名\n116.4,39.9,1,北京\n", "gb18030")
    assert [f[:2] for f in faults(path)] == [(1, "")]


def test_faults_without_end_stop_the_reading(tmp_path: Path) -> None:
    found = faults(write(tmp_path, HEAD + "x,39.9,1\n" * 5000))
    assert len(found) == room.MOST_FAULTS + 1
    assert "stopped" in found[-1][2]


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_ROWS", 3)
    assert [f[:2] for f in faults(write(tmp_path, HEAD + "116.4,39.9,1\n" * 4))] == [(5, "")]


def test_a_large_file_takes_bounded_memory(tmp_path: Path) -> None:
    rows = 300_000
    path = write(tmp_path, HEAD + "116.4,39.9,1\n" * rows)
    people()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells = read_cells(path)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert np.isclose(cells.total, rows)
    assert grown < rows * 400  # bytes a row, working arrays of the search for the county included


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300), headed=st.booleans())
def test_whatever_a_file_holds_it_is_read_or_its_faults_are_told(
    tmp_path: Path, body: bytes, headed: bool
) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes((HEAD.encode() if headed else b"") + body)
    told: tuple[room.CellFault, ...] = ()
    try:
        cells = read_cells(path)
    except CellsFault as fault:
        told = fault.faults
    if told:
        assert all(f.row >= 0 and f.says.zh for f in told)
    else:
        assert len(cells) == len(cells.county) > 0
        assert near_land(cells.lon, cells.lat).all()
