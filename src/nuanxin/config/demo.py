"""The demo's content: each room loads its own, lowest first."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from importlib.util import find_spec

ROOMS = ("network", "accounts", "notices", "cases", "assignment", "documents")


def now() -> datetime:
    """The instant that the demo counts as its present."""
    return datetime.now(UTC)


def load(at: datetime) -> None:
    """Call ``load(at)`` of every room's ``demo`` module."""
    for room in ROOMS:
        module = f"nuanxin.{room}.demo"
        if find_spec(module) is not None:
            importlib.import_module(module).load(at)


def logins() -> list[str]:
    """The lines that tell the demo logins, one for each role."""
    from nuanxin.accounts import demo

    return list(demo.login_lines())
