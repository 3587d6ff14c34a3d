"""Background work of the hotline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nuanxin.hotline.actions import close_silent


def close_silent_calls(at: datetime) -> int:
    """Close calls of which nothing was told for too long."""
    return close_silent(at=at)


PERIODIC: tuple[tuple[str, int, Callable[[datetime], int]], ...] = (
    ("hotline.close_silent_calls", 60, close_silent_calls),
)
