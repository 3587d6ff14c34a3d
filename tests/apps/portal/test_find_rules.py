"""Which way, how far, where on the map: worked by hand and turned round again."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.network.rules.bearings import METRES_PER_DEGREE, direction, spoken_metres
from nuanxin.network.spatial.sphere import distance
from nuanxin.portal.rules.find.frame import Frame
from nuanxin.portal.rules.find.sketch import Name, Pin, Ring, Sketch, draw
from nuanxin.ui.stylesheets import colours

LON, LAT = 112.92, 35.80  # Gaoping
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("lon", "lat", "towards"),
    [
        (LON, LAT + 0.02, "n"), (LON, LAT - 0.02, "s"), (LON + 0.02, LAT, "e"), (LON - 0.02, LAT, "w"),
        # north-east: as far east over ground as north, so 0.02° of latitude and 0.02° / cos 35.8° of longitude
        (LON + 0.02 / math.cos(math.radians(LAT)), LAT + 0.02, "ne"),
        (LON - 0.02, LAT - 0.02, "sw"), (LON + 0.02, LAT - 0.02, "se"), (LON - 0.02, LAT + 0.02, "nw"),
        (LON, LAT, ""), (LON, LAT + 0.0002, ""),  # 22 m: nobody needs a compass for that
    ],
)  # fmt: skip
def test_one_sets_out_in_one_of_eight_directions(lon: float, lat: float, towards: str) -> None:
    assert direction(LON, LAT, lon, lat) == towards


def test_a_degree_of_latitude_is_111_km() -> None:
    # 6,371,008.8 m × π / 180 = 111,195.1 m
    assert pytest.approx(111_195.1, abs=0.1) == METRES_PER_DEGREE
    assert distance(LON, 35, LON, 36) == pytest.approx(METRES_PER_DEGREE, abs=0.1)


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (3, ("10", "m")), (94, ("90", "m")), (96, ("100", "m")), (349, ("350", "m")), (974, ("950", "m")),
        (976, ("1.0", "km")), (1_234, ("1.2", "km")), (9_949, ("9.9", "km")), (9_951, ("10", "km")),
        (1_234_567, ("1,235", "km")),
    ],
)  # fmt: skip
def test_a_distance_is_rounded_as_one_says_it(metres: float, said: tuple[str, str]) -> None:
    assert spoken_metres(metres) == said


@given(
    st.floats(73, 135), st.floats(4, 53.5), st.sampled_from((1_000.0, 8_000.0, 90_000.0)),
    st.integers(0, 296), st.integers(0, 296),
)  # fmt: skip
def test_what_is_pressed_is_what_was_drawn_there(
    lon: float, lat: float, across: float, x: int, y: int
) -> None:
    frame = Frame(lon, lat, across, 296)
    assert frame.to_pixels(*frame.to_degrees(x, y)) == pytest.approx((x, y), abs=1e-5)


def test_the_edge_of_a_map_is_half_its_width_away() -> None:
    frame = Frame(LON, LAT, 8_000, 400)
    east = frame.to_degrees(400, 200)
    assert distance(LON, LAT, *east) == pytest.approx(4_000, rel=0.001)
    assert direction(LON, LAT, *east) == "e"
    assert frame.shows(*frame.to_degrees(399, 1))
    assert not frame.shows(*frame.to_degrees(401, 1))


@pytest.mark.parametrize(
    ("across", "length"),
    [(8_000, 2_000), (6_000, 2_000), (5_900, 1_000), (1_600, 500), (5_000_000, 1_000_000)],
)
def test_the_scale_is_a_round_length_of_at_most_a_third(across: float, length: int) -> None:
    metres, pixels = Frame(LON, LAT, across, 300).scale_bar()
    assert metres == length
    assert pixels == pytest.approx(length * 300 / across)
    assert 300 / 8 < pixels <= 100


def _drawn(**more: object) -> ElementTree.Element:
    sketch = Sketch(Frame(LON, LAT, 8_000, 296), "北", "2 公里", **more)  # type: ignore[arg-type]
    return ElementTree.fromstring(draw(sketch, colours("light"), colours("dark")))


def test_a_map_shows_middle_rings_points_names_scale_and_north() -> None:
    image = _drawn(
        rings=[Ring(800, "10 分钟"), Ring(2_400, "30 分钟")],
        pins=[Pin(LON + 0.005, LAT, 1), Pin(LON, LAT - 0.01, 2, open_now=False), Pin(LON + 1, LAT, 3)],
        names=[Name(LON - 0.02, LAT + 0.02, "南城街道"), Name(LON - 0.02, LAT + 0.0201, "挤不下")],
    )
    said = [element.text for element in image.iter(f"{SVG}text")]
    assert set(said) == {"北", "2 公里", "10 分钟", "30 分钟", "1", "2", "南城街道"}  # 3 lies off the map
    ring = next(e for e in image.iter(f"{SVG}circle") if e.get("class") == "f")
    assert float(ring.get("r", 0)) == pytest.approx(2_400 * 296 / 8_000, abs=0.1)
    # the nearest lies on top, where two of them touch
    assert said.index("2") < said.index("1")


def test_names_of_places_cannot_bring_markup() -> None:
    image = _drawn(names=[Name(LON - 0.02, LAT + 0.02, "<script>&'\"")])
    assert not list(image.iter(f"{SVG}script"))
    assert any(element.text == "<script>&'\"" for element in image.iter(f"{SVG}text"))


def test_both_themes_take_their_colours_from_the_tokens() -> None:
    sketch = Sketch(Frame(LON, LAT, 8_000, 296), "北", "2 公里")
    used = set(re.findall(r"#[0-9a-f]{6}", draw(sketch, colours("light"), colours("dark"))))
    assert used <= {*colours("light").values(), *colours("dark").values()}
    assert colours("light")["card"] != colours("dark")["card"]
