"""Periodic work of this room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nuanxin.audit.checkpoints import checkpoint


def export_heads(at: datetime) -> int:
    """Export the heads that moved outside the database."""
    return checkpoint(at=at)


PERIODIC: list[tuple[str, float, Callable[[datetime], int | None]]] = [
    ("audit.export_heads", 3600, export_heads)
]
