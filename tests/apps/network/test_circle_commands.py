"""Coverage, siting, roads and people on the command line: figures as JSON, exit codes, plain faults."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from nuanxin.network import picture, roads
from tests.apps.network.spatial.towns import write_pbf
from tests.factories.points import LAT, LON, point

pytestmark = pytest.mark.database

GAOPING = "140581"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(picture, "FRESH", -1.0)
    roads.forget()
    return tmp_path


def network(*words: str) -> tuple[int, str]:
    """The exit code and what was written."""
    out = io.StringIO()
    try:
        call_command("network", *words, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def told(*words: str) -> dict[str, Any]:
    code, text = network(*words, "--json")
    assert code == 0, text
    body: dict[str, Any] = json.loads(text)
    return body


def people(folder: Path, rows: int = 3) -> Path:
    file = folder / "people.csv"
    lines = [f"{LON + n * 4000 / 90_190.0},{LAT},{(n + 1) * 100},{GAOPING}" for n in range(rows)]
    file.write_text("\n".join(["lon,lat,people,place", *lines]) + "\n")
    return file


def test_coverage_of_a_region(db: None, own_folder: Path) -> None:
    assert network("people", "import", str(people(own_folder))) == (0, "3 cells, 600 people\n")
    point(0)
    body = told("coverage", "--region", GAOPING)
    assert (body["people"], body["people_covered"], body["people_share"]) == (600, 100, 0.1667)
    assert [gap["people"] for gap in body["gaps"]] == [300, 200]
    assert body["gaps"][0]["county_name"] == "山西省晋城市高平市"
    assert (body["by_road"], body["straight_line"]) == (0, 3)
    evening = told("coverage", "--region", GAOPING, "--when", "We20:30", "--week")
    assert evening["people_covered"] == 0
    assert len(evening["week"]) == 168
    assert {"hour": "We10:30", "people_share": 0.1667} in evening["week"]
    assert told("coverage", "--region", "000000", "--mode", "car")["people_covered"] == 600
    code, text = network("coverage", "--region", GAOPING, "--week")
    assert code == 0
    assert "people: 100 of 600 (16.7%)" in text
    assert "straight line, an estimate: 3" in text


def test_a_region_where_nobody_lives_is_found_wanting(db: None, own_folder: Path) -> None:
    network("people", "import", str(people(own_folder)))
    code, text = network("coverage", "--region", "110101")
    assert (code, "nobody lives here" in text) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--region", "999999"], "--region"),
        (["--region", "abc"], "--region"),
        (["--region", GAOPING, "--when", "Wednesday"], "--when"),
        (["--region", GAOPING, "--when", "We24:00"], "--when"),
        (["--region", GAOPING, "--service", "haircuts"], "--service"),
        (["--region", GAOPING, "--language", "klingon"], "--language"),
        (["--region", GAOPING, "--minutes", "0"], "--minutes"),
    ],
)
def test_bad_arguments_say_what_to_write(db: None, words: list[str], said: str) -> None:
    for command in ("coverage", "site"):
        with pytest.raises(CommandError, match=said) as fault:
            call_command("network", command, *words)
        assert fault.value.returncode == 2


def test_siting(db: None, own_folder: Path) -> None:
    network("people", "import", str(people(own_folder)))
    body = told("site", "--region", GAOPING, "--count", "2", "--proof", "10")
    assert [site["people"] for site in body["sites"]] == [300, 200]
    assert (body["people_before"], body["people_after"], body["of_best"]) == (0, 500, 1.0)
    code, text = network("site", "--region", GAOPING, "--count", "1", "--proof", "10")
    assert (code, "100.00%" in text) == (0, True)
    with pytest.raises(CommandError, match="--count"):
        call_command("network", "site", "--region", GAOPING, "--count", "0")
    for n in range(3):
        point(4000 * n)
    assert network("site", "--region", GAOPING)[0] == 1


def test_roads_come_and_go(db: None, own_folder: Path) -> None:
    assert network("roads", "list")[0] == 1
    nodes = {n: (LON + n / 100, LAT) for n in range(3)}
    extract = write_pbf(own_folder / "gaoping.osm.pbf", nodes, [([0, 1, 2], {"highway": "primary"})])
    code, text = network("roads", "import", str(extract), "--name", "town")
    assert (code, "walk: 3 nodes, 2 after contraction" in text) == (0, True)
    assert told("roads", "list")["roads"][0]["nodes"] == {"walk": 3, "bus": 3, "car": 3}
    assert told("roads", "remove", "town")["roads"][0]["name"] == "town"
    assert network("roads", "remove", "town")[0] == 1


def test_a_file_that_is_no_extract(db: None, own_folder: Path) -> None:
    with pytest.raises(CommandError, match="there is no file") as missing:
        call_command("network", "roads", "import", str(own_folder / "nowhere.pbf"))
    assert missing.value.returncode == 2
    broken = own_folder / "broken.osm.pbf"
    broken.write_bytes(b"nothing of the kind")
    with pytest.raises(CommandError, match=r"broken\.osm\.pbf cannot be read") as fault:
        call_command("network", "roads", "import", str(broken))
    assert fault.value.returncode == 1


def test_faults_of_a_file_of_people_are_told_by_row(db: None, own_folder: Path) -> None:
    file = people(own_folder)
    file.write_text(file.read_text() + f"{LAT},{LON},5,{GAOPING}\n,,,\n")
    code, text = network("people", "import", str(file))
    assert code == 1
    assert "row 5" in text
    assert "nothing was imported" in text
    assert not (own_folder / "people.npz").exists()
    with pytest.raises(CommandError):
        call_command("network", "people", "import", str(own_folder / "nowhere.csv"))
    assert "shipped cells are in use already" in network("people", "drop")[1]


def test_drawing_anew(db: None, own_folder: Path) -> None:
    point(0)
    assert "1 points drawn" in network("draw")[1]
    assert len(list((own_folder / "points").iterdir())) == 1
