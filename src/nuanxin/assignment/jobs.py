"""Background work of assignment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nuanxin.assignment.actions import recall_silent


def recall_silent_offers(at: datetime) -> int:
    """Take back offers that nobody answered in time."""
    return recall_silent(at=at)


PERIODIC: tuple[tuple[str, int, Callable[[datetime], int]], ...] = (
    ("assignment.recall_silent_offers", 10, recall_silent_offers),
)
