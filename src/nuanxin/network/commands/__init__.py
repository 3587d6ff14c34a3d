"""What ``nuanxin network`` can do. A module each, with ``SUMMARY``, ``arguments`` and ``run``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from nuanxin.network.commands import coverage, draw, generate, nearest, people, points, roads, site

Write = Callable[[str], object]


class NetworkCommand(Protocol):
    """A module of this folder."""

    SUMMARY: str

    def arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""

    def run(self, options: Mapping[str, Any], write: Write) -> int:
        """Do it. Returns the exit code; raises CommandError (2) for bad arguments."""


COMMANDS: Mapping[str, NetworkCommand] = {
    "nearest": nearest,
    "coverage": coverage,
    "site": site,
    "points": points,
    "roads": roads,
    "people": people,
    "draw": draw,
    "generate": generate,
}
