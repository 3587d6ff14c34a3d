"""How often and when somebody is rung who asked for it: the same for a report and for a call-back of the hotline."""

from __future__ import annotations

from datetime import timedelta

COUNTED = 3  # tries that count; then one more with priority
TRIES = COUNTED + 1
# A worker who is on shift in the morning is free in the evening: the next try falls into another part of a day.
BETWEEN = (timedelta(hours=3), timedelta(hours=21), timedelta(hours=27))


def pause_after(counted: int) -> timedelta:
    """How long after the ``counted``-th failed try (from 1) the next one is due at the earliest."""
    return BETWEEN[min(counted, COUNTED) - 1]
