"""A small map as SVG, drawn by ourselves: rings of travel time, numbered points, place names, scale, north. Pure.

It is shown as a picture that can be pressed, so it brings its own colours, for light and for dark. The list beside
it says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from nuanxin.portal.rules.find.frame import Frame

Box = tuple[float, float, float, float]  # left, top, right, bottom
PIN, NAME_SIZE, EDGE = 11, 12, 3  # radius of a point, size of letters, free edge; pixels
MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class Ring:
    """How far one gets in some minutes, in a straight line."""

    metres: float
    text: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A point of the list, with its number; hollow where it is closed now."""

    lon: float
    lat: float
    number: int
    open_now: bool = True


@dataclass(frozen=True, slots=True)
class Name:
    """A place to find one's way by; the first ones are drawn first."""

    lon: float
    lat: float
    text: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is on a map. ``here`` marks the middle; ``scale`` is the text of the scale bar."""

    frame: Frame
    north: str
    scale: str
    here: bool = True
    rings: Sequence[Ring] = field(default=())
    pins: Sequence[Pin] = field(default=())
    names: Sequence[Name] = field(default=())
    dots: Sequence[tuple[float, float]] = field(default=())  # towns without a name, that show where land is


def draw(sketch: Sketch, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """The map as one SVG document. ``light`` and ``dark``: colours by the names of the tokens."""
    size = sketch.frame.size
    taken = _furniture(sketch)
    pins = _pins(sketch, taken)  # first, so that no word is written where a point lies
    body = [
        *_dots(sketch),
        *_rings(sketch, taken),
        *pins,
        *_names(sketch, taken),
        *(_here(size) if sketch.here else ()),
        *_scale(sketch),
        _north(sketch),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f"<style>{_colours(light)}@media(prefers-color-scheme:dark){{{_colours(dark)}}}{_LETTERS}</style>"
        f'<rect class="g" width="{size}" height="{size}"/>{"".join(body)}</svg>'
    )


_LETTERS = (
    "text{font:12px PingFang SC,Noto Sans CJK SC,Noto Sans SC,Microsoft YaHei,sans-serif;stroke-width:3px;"
    "paint-order:stroke;stroke-linejoin:round}.n{font-weight:700}"
)


def _colours(tokens: Mapping[str, str]) -> str:
    paper, ink, soft, edge = (tokens[name] for name in ("card", "ink", "ink-soft", "edge"))
    return (
        f".g{{fill:{paper}}}.r{{fill:none;stroke:{tokens['go']};stroke-dasharray:4 4}}"
        f".f{{fill:{tokens['go-ground']}}}"
        f".s{{stroke:{tokens['line']};stroke-width:5px;stroke-linecap:round}}"
        f"text{{fill:{soft};stroke:{paper}}}.t{{fill:{tokens['go']}}}.d{{fill:{edge}}}"
        f".p{{fill:{tokens['warm-fill']};stroke:{paper};stroke-width:2px}}.n{{fill:{tokens['on-warm']};stroke:none}}"
        f".q{{fill:{paper};stroke:{tokens['warm']};stroke-width:2px}}.m{{fill:{tokens['warm']};stroke:none}}"
        f".h{{fill:{ink};stroke:{paper};stroke-width:2px}}.l{{fill:none;stroke:{ink};stroke-width:2px}}"
    )


def _width(text: str) -> float:
    return sum(NAME_SIZE if ord(letter) > 0x2E80 else NAME_SIZE * 0.6 for letter in text)


def _hits(box: Box, taken: Iterable[Box]) -> bool:
    return any(
        box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
        for left, top, right, bottom in taken
    )


def _furniture(sketch: Sketch) -> list[Box]:
    """What is taken before any name is written: scale, north, the middle."""
    size, half = sketch.frame.size, sketch.frame.size / 2
    bar = sketch.frame.scale_bar()[1]
    taken: list[Box] = [
        (0, size - 34, max(bar, _width(sketch.scale)) + 20, size),
        (size - 34, 0, size, 48),
    ]
    return [*taken, (half - 9, half - 9, half + 9, half + 9)] if sketch.here else taken


def _rings(sketch: Sketch, taken: list[Box]) -> list[str]:
    half, drawn, written = sketch.frame.size / 2, [], []
    for place, ring in enumerate(sorted(sketch.rings, key=lambda one: -one.metres)):
        radius = ring.metres / sketch.frame.metres_a_pixel
        if radius < 8:
            continue
        filled = "" if place else f'<circle class="f" cx="{half:g}" cy="{half:g}" r="{radius:.1f}"/>'
        drawn.append(f'{filled}<circle class="r" cx="{half:g}" cy="{half:g}" r="{radius:.1f}"/>')
        wide = _width(ring.text) / 2
        for y in (half - radius, half + radius):
            box = (half - wide, y - 8, half + wide, y + 8)
            if 10 < y < sketch.frame.size - 10 and not _hits(box, taken):
                taken.append(box)
                written.append(_text(half, y + 4, ring.text, "t", "middle"))
                break
    return drawn + written


def _dots(sketch: Sketch) -> list[str]:
    places = (sketch.frame.to_pixels(*dot) for dot in sketch.dots if sketch.frame.shows(*dot))
    marks = "".join(f"M{x:.0f} {y:.0f}h0" for x, y in places)
    return [f'<path class="s" d="{marks}"/>'] if marks else []


def _pins(sketch: Sketch, taken: list[Box]) -> list[str]:
    """The nearest is drawn last, so that it lies on top."""
    drawn = []
    for pin in reversed(sketch.pins):
        if not sketch.frame.shows(pin.lon, pin.lat):
            continue
        x, y = sketch.frame.to_pixels(pin.lon, pin.lat)
        taken.append((x - PIN, y - PIN, x + PIN, y + PIN))
        ground, figure = ("p", "n") if pin.open_now else ("q", "n m")
        drawn.append(
            f'<circle class="{ground}" cx="{x:.1f}" cy="{y:.1f}" r="{PIN}"/>'
            + _text(x, y + 4, str(pin.number), figure, "middle")
        )
    return drawn


def _names(sketch: Sketch, taken: list[Box]) -> list[str]:
    drawn: list[str] = []
    size = sketch.frame.size
    for name in sketch.names:
        if len(drawn) == MOST_NAMES:
            break
        if not sketch.frame.shows(name.lon, name.lat):
            continue
        x, y = sketch.frame.to_pixels(name.lon, name.lat)
        right, left = x + 6, x - 6 - _width(name.text)
        for start, anchor in ((right, "start"), (left, "end")):
            box = (min(start, x - 4), y - 8, max(start + _width(name.text), x + 4), y + 8)
            inside = box[0] >= EDGE and box[2] <= size - EDGE and box[1] >= EDGE and box[3] <= size - EDGE
            if inside and not _hits(box, taken):
                taken.append(box)
                at = right if anchor == "start" else x - 6
                drawn.append(
                    f'<circle class="d" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'
                    + _text(at, y + 4, name.text, "", anchor)
                )
                break
    return drawn


def _here(size: int) -> list[str]:
    half = size / 2
    return [f'<path class="h" d="M{half:g} {half - 9:g}l9 9-9 9-9-9z"/>']


def _scale(sketch: Sketch) -> list[str]:
    bar, foot = sketch.frame.scale_bar()[1], sketch.frame.size - 9
    line = f'<path class="l" d="M10 {foot - 5}v5h{bar:.1f}v-5"/>'
    return [line, _text(10, foot - 9, sketch.scale, "", "start")]


def _north(sketch: Sketch) -> str:
    x = sketch.frame.size - 17
    return f'<path class="l" d="M{x} 24V6m-5 6l5-6 5 6"/>' + _text(x, 39, sketch.north, "", "middle")


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> str:
    named = f' class="{kind}"' if kind else ""
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{named} x="{x:.1f}" y="{y:.1f}"{anchored}>{escape(text)}</text>'
