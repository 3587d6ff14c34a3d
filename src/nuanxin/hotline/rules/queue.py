"""One queue for who is on the line and who has written: in which order, who may take what, until when. Pure.

The order, most urgent first:

1. A written question whose promise is missed, or would be if nobody began now (``BEGIN_BY`` before its end).
2. A caller on the line. They hold a telephone and hang up; a letter waits without losing anything.
3. Every other written question, by the end of its promise.

Within 1 and 3 the earliest end comes first, within 2 who has waited longest. Only rule 1 lets a letter pass a caller,
so that calls which never cease cannot starve the letters, and a letter with hours to go costs no caller a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

BEGIN_BY = timedelta(minutes=30)  # reading, looking up, writing: what an answer takes
SILENT = timedelta(minutes=10)  # a page that was not heard of for so long is gone, and what it held is free
RETURNS_WITHIN = timedelta(minutes=60)  # so long a follow-up is kept for the lawyer who answered


@dataclass(frozen=True, slots=True)
class Waits:
    """A caller on the line."""

    id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A written question: who has it in hand since when they were last heard of, and who has answered it before."""

    id: int
    asked_at: datetime
    due: datetime
    owner: int = 0
    seen_at: datetime | None = None
    answered_by: int = 0
    asked_again_at: datetime | None = None


class Band(IntEnum):
    """Where something stands in the queue; the smaller first."""

    ABOUT_TO_MISS = 1
    ON_THE_LINE = 2
    WRITTEN = 3


def band(one: Waits | Question, at: datetime) -> Band:
    """Which of the three it is now."""
    if isinstance(one, Waits):
        return Band.ON_THE_LINE
    return Band.ABOUT_TO_MISS if one.due - at <= BEGIN_BY else Band.WRITTEN


def in_order(
    calls: Iterable[Waits], questions: Iterable[Question], at: datetime
) -> Sequence[Waits | Question]:
    """All that wait, the most urgent first."""

    def key(one: Waits | Question) -> tuple[int, datetime, int]:
        return band(one, at), one.since if isinstance(one, Waits) else one.due, one.id

    return sorted([*calls, *questions], key=key)


def held_by(question: Question, at: datetime) -> int:
    """Who has the question in hand; 0 when nobody has, or who had it has gone silent."""
    seen = question.seen_at
    return question.owner if question.owner and seen is not None and at - seen < SILENT else 0


def kept_for(question: Question, on_duty: frozenset[int], at: datetime) -> int:
    """For whom a follow-up is kept: the lawyer who answered, while they are on duty and the promise allows it.

    Others may take it after ``RETURNS_WITHIN``, or when the promise is about to be missed; 0 for nobody.
    """
    again = question.asked_again_at
    if not question.answered_by or again is None or question.answered_by not in on_duty:
        return 0
    late = at - again >= RETURNS_WITHIN or band(question, at) is Band.ABOUT_TO_MISS
    return 0 if late else question.answered_by


def why_not(question: Question, by: int, on_duty: frozenset[int], at: datetime) -> str:
    """Why this person may not take the question now: ``in_other_hands``, ``kept``; empty when they may."""
    holder = held_by(question, at)
    if holder not in {0, by}:
        return "in_other_hands"
    keeper = kept_for(question, on_duty, at)
    return "kept" if keeper not in {0, by} else ""
