"""Checks of quality: which calls are drawn, what is scored, and the sum. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from nuanxin.hotline.rules.callbacks import SHANGHAI

# What is scored, in the order of a call. Values are stored: renaming one is a data migration.
POINTS = ("greeting", "need_asked", "right_law", "next_step", "plain_words", "contact_obeyed")
MOST = 2  # for each: 0 missing, 1 in part, 2 done
BEST = MOST * len(POINTS)
MOST_NOTE = 500


class BadScore(ValueError):
    """A score that is incomplete or out of range; ``points`` are all that are at fault."""

    def __init__(self, points: Iterable[str]) -> None:
        self.points = tuple(points)
        super().__init__(", ".join(self.points))


@dataclass(frozen=True, slots=True)
class Answered:
    """One call that somebody talked on."""

    call: int
    operator: int


def size_of(calls: int, per_mille: int) -> int:
    """How many of so many calls of one person are drawn: the share rounded up, and one at least."""
    if not 0 <= per_mille <= 1000:
        raise ValueError(f"a share is 0 to 1000 per mille, not {per_mille}")
    return min(calls, max(1, -(-calls * per_mille // 1000))) if calls else 0


def draw(calls: Iterable[Answered], *, per_mille: int, seed: str) -> list[int]:
    """The calls to check, by operator: those whose digest with the seed is smallest.

    The same calls and seed give the same draw in whatever order they come, and nobody can choose who does not know
    the seed beforehand.
    """
    of: dict[int, set[int]] = {}
    for one in calls:
        of.setdefault(one.operator, set()).add(one.call)
    drawn = []
    for operator in sorted(of):
        ranked = sorted(of[operator], key=lambda call: (_lot(seed, call), call))
        drawn += ranked[: size_of(len(ranked), per_mille)]
    return drawn


def _lot(seed: str, call: int) -> bytes:
    return sha256(f"{seed}:{call}".encode()).digest()


def total_of(points: Mapping[str, int]) -> int:
    """The sum of a score. Raises BadScore naming every point that is missing, foreign or out of range."""
    wrong = [name for name in POINTS if points.get(name) not in range(MOST + 1)]
    wrong += [name for name in points if name not in POINTS]
    if wrong:
        raise BadScore(wrong)
    return sum(points[name] for name in POINTS)


def week_of(at: datetime) -> date:
    """The Monday of the week in Shanghai."""
    day = at.astimezone(SHANGHAI).date()
    return day - timedelta(days=day.weekday())


def bounds_of(week: date) -> tuple[datetime, datetime]:
    """The first instant of a week and the first behind it."""
    start = datetime(week.year, week.month, week.day, tzinfo=SHANGHAI)
    return start, start + timedelta(days=7)


# A call with nothing to score; one that was long may hide something under such a code, and is drawn all the same.
EMPTY = frozenset({"wrong_number", "nuisance"})
LONG = timedelta(minutes=2)


def worth_checking(code: str, talked_for: timedelta) -> bool:
    """Whether a call that somebody talked on may be drawn."""
    return code not in EMPTY or talked_for >= LONG
