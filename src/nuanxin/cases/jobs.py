"""Background work of casework: (name, every so many seconds, what to run)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nuanxin.audit.actor import SYSTEM
from nuanxin.cases.actions.personal import erasable, erase
from nuanxin.cases.actions.sweep import recount_provisional, sweep


def sweep_clocks(at: datetime) -> int:
    """Warn, record and end by the clocks that have come due."""
    return sweep(at=at)


def erase_expired(at: datetime) -> int:
    """Erase the persons of files whose archive period is over."""
    ids = erasable(at)
    for case_id in ids:
        erase(case_id=case_id, by=SYSTEM, at=at)
    return len(ids)


def recount(at: datetime) -> int:
    """Count provisional clocks anew."""
    return recount_provisional(at=at)


PERIODIC: tuple[tuple[str, int, Callable[[datetime], int]], ...] = (
    ("cases.sweep_clocks", 5, sweep_clocks),
    ("cases.recount", 3600, recount),
    ("cases.erase_expired", 86400, erase_expired),
)
