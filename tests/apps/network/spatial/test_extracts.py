"""Reading road extracts: tags, one-way streets, cut-off and empty files, stopping and going on."""

from __future__ import annotations

from pathlib import Path

import pytest

from nuanxin.network.spatial.roads import storing
from nuanxin.network.spatial.roads.links import NO_WAY, make_links
from nuanxin.network.spatial.roads.profiles import PROFILES, Mode, straight_seconds
from nuanxin.network.spatial.roads.reading import Segments, UnreadableExtract, read_extract
from nuanxin.network.spatial.roads.storing import import_extract, road_sets
from tests.apps.network.spatial.towns import Way, write_pbf

NODES = {n: (113.0 + n / 1000, 35.0) for n in range(1, 8)}
STREET: Way = ([1, 2, 3], {"highway": "residential"})


def extract(tmp_path: Path, *ways: Way) -> Path:
    return write_pbf(tmp_path / "town.osm.pbf", NODES, list(ways))


def times(segments: Segments, mode: Mode) -> dict[tuple[float, float], int]:
    """Seconds between neighbouring nodes, by their longitude in thousandths beyond 113."""
    links = make_links(segments, PROFILES[mode])
    name = [round(value * 1e-4 - 113_000) for value in links.lon.tolist()]
    found: dict[tuple[float, float], int] = {}
    for a, b, up, down in zip(links.low, links.high, links.up, links.down, strict=True):
        found[name[a], name[b]], found[name[b], name[a]] = int(up), int(down)
    return {pair: time for pair, time in found.items() if time < NO_WAY}


def test_a_street_takes_its_length_at_the_speed_of_the_mode(tmp_path: Path) -> None:
    segments = read_extract(extract(tmp_path, STREET))
    # 0.001 degrees at 35° north: 111,195 m x 0.001 x cos 35° = 91.1 m; 4.8 km/h: 68.3 s; 20 km/h: 16.4 s
    assert times(segments, Mode.WALK)[1, 2] == 683
    assert times(segments, Mode.CAR)[2, 1] == 164


def test_one_way_streets_bind_cars_and_not_walkers(tmp_path: Path) -> None:
    ahead: Way = ([1, 2], {"highway": "primary", "oneway": "yes"})
    back: Way = ([3, 4], {"highway": "primary", "oneway": "-1"})
    round_it: Way = ([5, 6], {"highway": "primary", "junction": "roundabout"})
    segments = read_extract(extract(tmp_path, ahead, back, round_it))
    assert set(times(segments, Mode.CAR)) == {(1, 2), (4, 3), (5, 6)}
    assert set(times(segments, Mode.WALK)) == {(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5)}


def test_roads_that_nobody_may_use_are_left_out(tmp_path: Path) -> None:
    ways: list[Way] = [
        STREET,
        ([3, 4], {"highway": "motorway"}),
        ([4, 5], {"highway": "residential", "access": "private"}),
        ([5, 6], {"highway": "proposed"}),
        ([6, 7], {"highway": "footway"}),
    ]
    segments = read_extract(extract(tmp_path, *ways))
    assert set(times(segments, Mode.WALK)) == {(1, 2), (2, 1), (2, 3), (3, 2), (6, 7), (7, 6)}
    assert set(times(segments, Mode.CAR)) == {(1, 2), (2, 1), (2, 3), (3, 2), (3, 4)}


def test_parallel_roads_keep_the_faster(tmp_path: Path) -> None:
    segments = read_extract(extract(tmp_path, STREET, ([1, 2], {"highway": "primary", "oneway": "yes"})))
    assert (times(segments, Mode.CAR)[1, 2], times(segments, Mode.CAR)[2, 1]) == (82, 164)


def test_nodes_outside_the_extract_cut_the_road(tmp_path: Path) -> None:
    segments = read_extract(extract(tmp_path, ([1, 2, 99, 3, 4], {"highway": "residential"})))
    assert set(times(segments, Mode.WALK)) == {(1, 2), (2, 1), (3, 4), (4, 3)}


def test_a_truncated_extract_is_said_to_be_one(tmp_path: Path) -> None:
    whole = extract(tmp_path, STREET)
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(UnreadableExtract, match=r"cut\.osm\.pbf cannot be read to its end"):
        import_extract(cut, tmp_path / "roads")
    assert road_sets(tmp_path / "roads") == ()
    assert [*(tmp_path / "roads").iterdir()] == []  # nothing is left lying about


@pytest.mark.parametrize("content", [b"", b"no extract at all", b"\x00" * 500])
def test_what_is_no_extract_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.osm.pbf"
    file.write_bytes(content)
    with pytest.raises(UnreadableExtract):
        read_extract(file)


def test_an_extract_without_a_road_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableExtract, match="no road"):
        read_extract(extract(tmp_path, ([1, 2], {"building": "yes"})))
    with pytest.raises(UnreadableExtract, match="no road for car"):
        import_extract(extract(tmp_path, ([1, 2], {"highway": "footway"})), tmp_path / "roads")


def test_a_missing_file_and_a_bad_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        import_extract(tmp_path / "nowhere.osm.pbf", tmp_path / "roads")
    with pytest.raises(UnreadableExtract, match="--name"):
        import_extract(extract(tmp_path, STREET), tmp_path / "roads", name="../up")


def test_an_import_replaces_the_roads_of_its_name(tmp_path: Path) -> None:
    home = tmp_path / "roads"
    first = import_extract(extract(tmp_path, STREET), home)
    assert (first.name, first.nodes) == ("town", {"walk": 3, "bus": 3, "car": 3})
    import_extract(extract(tmp_path, STREET, ([3, 4, 5], {"highway": "service"})), home)
    (found,) = road_sets(home)
    assert found.nodes["walk"] == 5
    assert found.holds(113.002, 35.0)
    assert not found.holds(113.2, 35.0)
    assert sorted(p.name for p in home.iterdir()) == ["town"]
    matched = found.graph(Mode.WALK).match(113.0021, 35.001)
    assert matched is not None
    assert 100 < matched[1] < 125
    assert found.graph(Mode.WALK).match(113.0021, 35.1) is None


def test_a_stopped_import_leaves_the_old_roads_and_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "roads"
    import_extract(extract(tmp_path, STREET), home)
    larger = extract(tmp_path, STREET, ([3, 4], {"highway": "service"}))
    said: list[str] = []

    def stop_before_cars(text: str) -> None:
        said.append(text)
        if text.startswith("bus"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_extract(larger, home, say=stop_before_cars)
    assert [r.nodes["walk"] for r in road_sets(home)] == [3]
    monkeypatch.setattr(storing, "read_extract", lambda *a: pytest.fail("what was read is kept"))
    assert import_extract(larger, home).nodes["walk"] == 4


def test_straight_lines_are_slower_than_roads_look() -> None:
    assert straight_seconds(1000, Mode.WALK) == pytest.approx(975)  # 1.3 km at 80 m a minute: 16 min 15 s
    assert (
        straight_seconds(1000, Mode.WALK)
        > straight_seconds(1000, Mode.BUS)
        > straight_seconds(1000, Mode.CAR)
    )
