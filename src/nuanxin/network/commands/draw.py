"""``nuanxin network draw``: draw the points anew for all processes, after a change of many."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

SUMMARY = "draw the picture of all points that searches use (imports and the worker do it by themselves)"


def arguments(parser: ArgumentParser) -> None:
    """None."""


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """Draw it."""
    from nuanxin.network import picture

    drawn = picture.draw(write)
    write(f"{len(drawn.points)} points drawn")
    return 0
