"""Background work of documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nuanxin.audit.actor import SYSTEM
from nuanxin.documents.actions import erase_expired


def erase_files(at: datetime) -> int:
    """Erase the files of cases whose persons were erased."""
    return erase_expired(by=SYSTEM, at=at)


PERIODIC: tuple[tuple[str, int, Callable[[datetime], int]], ...] = (
    ("documents.erase_files", 3600, erase_files),
)
