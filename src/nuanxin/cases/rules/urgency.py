"""How pressing a case is: its lane, the days left before the limitation runs out, and its place in the queue."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from nuanxin.law.eligibility import last_days, presses

RANK = {"green": 1, "mixed": 2, "ordinary": 3}


def is_urgent(limitation_on: date | None, today: date) -> bool:
    """Whether the limitation presses as Legal Aid Law art. 44 has it: aid first, papers later.

    A limitation that has run out is not urgent in this sense: the review looks for what may have restarted it.
    """
    return presses(limitation_on, today)


def turns_on(limitation_on: date | None) -> tuple[date, ...]:
    """The two days on which a case with this last day becomes urgent and stops being so."""
    if limitation_on is None:
        return ()
    first, last = last_days(limitation_on)
    return first, last + timedelta(days=1)


def queue_key(*, lane: str, urgent: bool, next_by: datetime) -> int:
    """One number that sorts a queue: urgent first, then lane, then the next date.

    Rank in the high digits, the second of the next date in the low ones, so that one index column carries
    the whole order and a page deep in the queue costs what the first one costs.
    """
    rank = 0 if urgent else RANK.get(lane, 3)
    return rank * 10**11 + int(next_by.timestamp())
