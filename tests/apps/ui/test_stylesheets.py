"""Tokens that can be read, stylesheets that are fresh, a first page that is light."""

from __future__ import annotations

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

from nuanxin.ui import stylesheets
from nuanxin.ui.stylesheets import SHEETS, finished_file, joined

ROOM = Path(stylesheets.__file__).parent
TOKENS = (ROOM / "styles" / "tokens.css").read_text(encoding="utf-8")
LEAST_TEXT = 5.5
LEAST_SHAPE = 3.0
GROUNDS = ("paper", "card", "well", "chosen")
TONES = ("warm", "go", "wait", "late")
PAIRS = [
    *product(("ink", "ink-soft", *TONES), GROUNDS),
    *((tone, f"{tone}-ground") for tone in TONES),
    *product(("ink", "ink-soft"), (f"{tone}-ground" for tone in TONES)),
    ("on-go", "go-fill"),
    ("on-go", "go-press"),
    ("on-warm", "warm-fill"),
    ("on-alarm", "alarm"),
    ("nav-bright", "nav"),
    ("nav-warm", "nav"),
    ("nav-ink", "nav"),
    ("nav-ink", "nav-on"),
]
SHAPES = [
    ("edge", "card"),
    ("edge", "paper"),
    ("go-fill", "paper"),
    ("go-fill", "line"),
    ("focus-edge", "focus"),
]


def _theme(name: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    if name == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))
    return found


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(name: str) -> None:
    theme = _theme(name)
    faint = {(a, b): round(contrast(theme[a], theme[b]), 2) for a, b in PAIRS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < LEAST_TEXT} == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_edge_and_bar_can_be_seen(name: str) -> None:
    theme = _theme(name)
    faint = {(a, b): round(contrast(theme[a], theme[b]), 2) for a, b in SHAPES}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < LEAST_SHAPE} == {}


def test_colours_are_born_in_the_tokens_only() -> None:
    allowed = {
        "#fff",
        "#000",
        "#333",
        "#999",
        "#666",
        "#444",
        "#ffffff",
        "#1d2327",
    }  # paper, and ink on the focus
    for path in sorted((ROOM / "styles").glob("*.css")):
        if path.name != "tokens.css":
            found = set(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8")))
            assert found <= allowed, path.name


@pytest.mark.parametrize("sheet", SHEETS)
def test_finished_stylesheets_are_fresh(sheet: str) -> None:
    assert finished_file(sheet).read_text(encoding="utf-8") == joined(sheet), "run: make styles"


@pytest.mark.parametrize("sheet", SHEETS)
def test_braces_match(sheet: str) -> None:
    text = joined(sheet)
    assert text.count("{") == text.count("}")


def test_what_every_public_page_loads_is_light() -> None:
    files = [ROOM / "static" / "ui" / name for name in ("public.css", "public.js", "icon.svg")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 12 * 1024
