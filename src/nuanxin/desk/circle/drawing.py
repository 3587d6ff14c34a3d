"""The map of a region: places by the number of their people, in reach or not by shape, points, and proposed sites.

Drawn on the server, without outlines: none of counties has a clean licence. Names of the regions below stand for them.
Where places lie too close, those of one small square are drawn as one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from numpy.typing import NDArray

from nuanxin.network.coverage import Flags, Floats
from nuanxin.network.rules.bearings import METRES_PER_DEGREE
from nuanxin.network.rules.people import Cells

WIDTH, TALLEST, FLATTEST, EDGE = 640, 640, 320, 28
MOST_MARKS = 600  # more, and places are drawn together
STEP = 12.0  # pixels of a square in which they are
LARGEST, SMALLEST = 9.0, 1.8  # pixels from the middle of a mark; smaller where there are many
FEW = 60
MOST_POINTS = 1_500
MANY_POINTS = 200  # more, and their crosses are small
MOST_NAMES = 30
NARROWEST = 3_000.0  # metres across, also where there is one place only


@dataclass(frozen=True, slots=True)
class Name:
    """A place for orientation."""

    lon: float
    lat: float
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Degrees to pixels: straight, north up, true to scale at the middle."""

    west: float
    north: float
    pixels_a_metre: float
    shrink: float  # cosine of the middle latitude
    height: int

    def pixels(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """From the upper left corner."""
        scale = METRES_PER_DEGREE * self.pixels_a_metre
        return (lon - self.west) * self.shrink * scale, (self.north - lat) * scale

    def shows(self, x: Floats, y: Floats) -> Flags:
        """Which pixels lie on the map."""
        return (x >= 0) & (x <= WIDTH) & (y >= 0) & (y <= self.height)

    def bar(self) -> tuple[int, float]:
        """A round length in metres, and in pixels."""
        longest = WIDTH / 4 / self.pixels_a_metre
        power = 10 ** math.floor(math.log10(longest))
        length = max(step * power for step in (1, 2, 5) if step * power <= longest)
        return int(length), length * self.pixels_a_metre


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn of the places: where, how large, and which part of their people is in reach."""

    x: Floats
    y: Floats
    people: Floats
    share: Floats
    together: bool  # several places are one mark


def frame(cells: Cells) -> Frame:
    """A frame around places; at least one."""
    west, east = float(cells.lon.min()), float(cells.lon.max())
    south, north = float(cells.lat.min()), float(cells.lat.max())
    shrink = math.cos(math.radians((south + north) / 2))
    wide = max((east - west) * shrink * METRES_PER_DEGREE, NARROWEST)
    tall = max((north - south) * METRES_PER_DEGREE, NARROWEST / 2)
    scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / tall)
    height = max(FLATTEST, math.ceil(tall * scale) + 2 * EDGE)
    degree = METRES_PER_DEGREE * scale
    return Frame(
        west=(west + east) / 2 - WIDTH / 2 / (degree * shrink), north=(south + north) / 2 + height / 2 / degree,
        pixels_a_metre=scale, shrink=shrink, height=height,
    )  # fmt: skip


def marks(cells: Cells, covered: Flags, shown: Frame) -> Marks:
    """Each place for itself, or those of a small square as one at the middle of their people."""
    x, y = shown.pixels(cells.lon, cells.lat)
    share = covered.astype(np.float64)
    if len(cells) <= MOST_MARKS:
        return Marks(x, y, cells.people, share, together=False)
    squares = np.floor(x / STEP).astype(np.int64) * 10_000 + np.floor(y / STEP).astype(np.int64)
    _, of = np.unique(squares, return_inverse=True)
    weight = np.maximum(cells.people, 1e-9)
    total: Floats = np.bincount(of, weight).astype(np.float64)

    def mean(values: NDArray[np.float64]) -> Floats:
        return np.asarray(np.bincount(of, weight * values) / total)

    return Marks(mean(x), mean(y), total, mean(share), together=True)


def draw(shown: Frame, found: Marks, points: tuple[Floats, Floats], sites: tuple[Floats, Floats],
         names: Sequence[Name], *, label: str, scale: str) -> SafeString:  # fmt: skip
    """The map as one SVG element, its colours by the stylesheet."""
    drawn = [*_places(found), *_points(shown, points), *_names(shown, names), *_sites(shown, sites)]
    length = shown.bar()[1]
    foot = shown.height - 10
    drawn.append(f'<path class="bar" d="M12 {foot - 6}v6h{length:.1f}v-6"/>')
    return format_html(
        '<svg class="reach" viewBox="0 0 {w} {h}" role="img" aria-label="{label}">{drawn}'
        '<text x="12" y="{y}">{scale}</text></svg>',
        w=WIDTH, h=shown.height, label=label, y=foot - 11, scale=scale,
        drawn=mark_safe("".join(drawn)),  # noqa: S308 - numbers, and names that _text has escaped
    )  # fmt: skip


def _places(found: Marks) -> list[str]:
    """Discs are in reach, hollow squares are not, rings in part: filled as far as their people are in reach."""
    largest = float(found.people.max(initial=1.0))
    most = STEP * 0.58 if found.together else LARGEST * min(1.0, math.sqrt(FEW / max(len(found.x), 1)))
    least = STEP / 4 if found.together else SMALLEST
    drawn = []
    for number in np.argsort(-found.people).tolist():
        x, y, share = float(found.x[number]), float(found.y[number]), float(found.share[number])
        r = max(least, most * math.sqrt(max(float(found.people[number]), 0.0) / largest))
        if share > 0.999:
            drawn.append(f'<circle class="in" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>')
        elif share < 0.001:
            drawn.append(
                f'<path class="out" d="M{x - r:.1f} {y - r:.1f}h{2 * r:.1f}v{2 * r:.1f}h-{2 * r:.1f}z"/>'
            )
        else:
            drawn.append(
                f'<circle class="part" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
                f'<circle class="in" cx="{x:.1f}" cy="{y:.1f}" r="{r * math.sqrt(share):.1f}"/>'
            )
    return drawn


def _points(shown: Frame, points: tuple[Floats, Floats]) -> list[str]:
    """Small crosses, as one path."""
    x, y = shown.pixels(*points)
    seen = shown.shows(x, y)
    if not seen.any() or len(x) > MOST_POINTS:
        return []
    arm = 3.0 if len(x) <= MANY_POINTS else 1.8
    crosses = "".join(
        f"M{east - arm:.1f} {north:.1f}h{2 * arm:g}m{-arm:g} {-arm:g}v{2 * arm:g}"
        for east, north in zip(x[seen].tolist(), y[seen].tolist(), strict=True)
    )
    return [f'<path class="point" d="{crosses}"/>']


def _sites(shown: Frame, sites: tuple[Floats, Floats]) -> list[str]:
    """Numbered flags; the first are drawn last, so that they lie on top."""
    x, y = shown.pixels(*sites)
    drawn = [
        f'<path class="site" d="M{east:.1f} {north:.1f}l-9-12v-12h18v12z"/>'
        + _text(east, north - 13, str(number), "number")
        for number, (east, north) in enumerate(zip(x.tolist(), y.tolist(), strict=True), 1)
    ]
    return drawn[::-1]


def _names(shown: Frame, names: Sequence[Name]) -> list[str]:
    """Names that do not run into each other."""
    taken: list[tuple[float, float, float]] = []
    drawn: list[str] = []
    for one in names:
        x, y = (float(each[0]) for each in shown.pixels(np.array([one.lon]), np.array([one.lat])))
        half = sum(13 if ord(sign) > 0x2E80 else 7 for sign in one.text) / 2
        if not (0 <= x <= WIDTH and 14 <= y <= shown.height - 40):
            continue
        x = min(max(x, half + 4), WIDTH - half - 4)
        if all(abs(x - a) > half + b + 6 or abs(y - c) > 17 for a, c, b in taken):
            taken.append((x, y, half))
            drawn.append(_text(x, y + 4, one.text, "name"))
        if len(drawn) == MOST_NAMES:
            break
    return drawn


def _text(x: float, y: float, text: str, kind: str) -> str:
    return str(format_html('<text class="{}" x="{}" y="{}">{}</text>', kind, f"{x:.1f}", f"{y:.1f}", text))
