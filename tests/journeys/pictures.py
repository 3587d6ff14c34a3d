"""The README's picture, taken on the way of the main journey: ``make pictures``. Nothing is taken without its variable."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.journeys.walker import DESK, PHONE, Walker

FILE = os.environ.get("README_PICTURE", "")
HEIGHT, GAP, GROUND = 800, 24, (222, 222, 222)
_taken: list[Image.Image] = []


def take(walker: Walker, path: str) -> None:
    """What this person sees first on a page, as their screen cuts it."""
    if not FILE:
        return
    walker.go(path)
    width = DESK if walker.width > PHONE else PHONE
    walker.page.set_viewport_size({"width": width, "height": HEIGHT})
    _taken.append(Image.open(BytesIO(walker.page.screenshot())).convert("RGB"))


def keep() -> None:
    """Put what was taken side by side into the README's file."""
    if not FILE:
        return
    width = sum(picture.width for picture in _taken) + GAP * (len(_taken) - 1)
    whole = Image.new("RGB", (width, HEIGHT), GROUND)
    left = 0
    for picture in _taken:
        whole.paste(picture, (left, 0))
        left += picture.width + GAP
    whole.quantize(64).save(Path(FILE), optimize=True)
    _taken.clear()
